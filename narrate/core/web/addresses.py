"""Addresses of the web, told from paths and from all else by how they begin."""

from __future__ import annotations

_BEGINNINGS = ("http://", "https://")


def is_web_address(text: str) -> bool:
    """Tell whether a text begins as an address of the web does, in any letter case; the rest is not looked at."""
    return text.lower().startswith(_BEGINNINGS)
