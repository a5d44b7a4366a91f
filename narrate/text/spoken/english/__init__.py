"""The rules of spoken English, by what they say; rules.py has their order."""
