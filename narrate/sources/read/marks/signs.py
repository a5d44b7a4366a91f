"""Signs of marks: most texts have none, and what reads marks is not loaded for them."""

from __future__ import annotations

import re

# Elements of SSML that are heeded, or passed through.
ELEMENTS = "break|sub|say-as|phoneme|voice|emphasis|speak|p|s"
_MAYBE = re.compile(rf"\[pause\b|\]\(/[^\n]|<(?:{ELEMENTS})(?=[\s/>])", re.IGNORECASE)


def may_have_marks(text: str) -> bool:
    """Tell whether there is anything like a mark in a text; most have nothing, and are not looked through."""
    return _MAYBE.search(text) is not None
