"""Leaves of a parsed page what a browser shows of it, and of that what is words."""
