"""Markdown's dialects: what note-takers, site generators, editors and scholars add to it, as rules of the parser."""
