"""Drafts: an article as Markdown that says what will be spoken of it, for its editor to change (docs/drafts.md)."""
