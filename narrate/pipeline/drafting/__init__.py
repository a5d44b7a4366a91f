"""Drafts of articles: made, noted and filed."""
