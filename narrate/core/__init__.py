"""Provide what all packages build on: values, settings, errors, progress; imports none of them."""
