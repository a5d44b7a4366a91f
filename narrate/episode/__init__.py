"""Describe an episode and write what lies beside it: manifest, transcripts, chapters, cover, tags, page."""
