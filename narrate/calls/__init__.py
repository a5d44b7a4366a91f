"""The functions that Python's callers have: what the commands do, with values in and out, and nothing printed."""
