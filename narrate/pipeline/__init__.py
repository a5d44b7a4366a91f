"""Bring the stages together: one article into one episode, many of them, again and again."""
