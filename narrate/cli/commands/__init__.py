"""The work of each command, a module for those that belong together; their flags are in the modules above."""
