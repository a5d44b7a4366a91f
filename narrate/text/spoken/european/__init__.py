"""The rules of five European languages, by what they say; rules.py has their order."""
