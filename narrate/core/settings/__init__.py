"""Declare what a run can be told, and gather it: defaults, narrate.toml, variables, flags."""
