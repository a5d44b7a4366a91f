"""Signs of a draft: the ending of its name, and how far into it the key stands that no other article has."""

from __future__ import annotations

ENDING = ".draft.md"
HEAD_MAX_CHARS = 64_000
