"""Second stage: what nobody wants read aloud is dropped, block by block, each drop with its rule."""

from __future__ import annotations

from narrate.text.clean.rules import RULES, clean

__all__ = ["RULES", "clean"]
