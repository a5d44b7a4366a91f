"""Formulas between dollars: told from money, and put into words."""

from __future__ import annotations

import re

from narrate.sources.read.formulas import formula_name, spoken_formula
from narrate.sources.read.formulas.nodes import symbols

_TEX = re.compile(r"\\[A-Za-z{|,]|[\^_{]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def is_formula(tex: str) -> bool:
    """Tell a formula from what stands between two sums of money: "$5 and A$"."""
    if not any(char.isalnum() for char in tex):
        return False
    if _TEX.search(tex):
        return True
    known = symbols()["functions"]
    is_prose = any(_WORD.fullmatch(word) and word not in known for word in tex.split()) and len(tex.split()) > 1
    return not is_prose and all(word in known for word in _LONG_WORD.findall(tex))


def formula_in_words(tex: str, language: str, *, is_display: bool) -> tuple[str, bool]:
    """Return what is said for a formula, and whether that is all of it and not only its name.

    Args:
        tex: Without the dollars around it.
        language: BCP 47 tag of the text around it.
        is_display: It stands in a line of its own, so that its name is a sentence.
    """
    if words := spoken_formula(tex.strip(), language):
        return words, True
    name = formula_name(language)
    return (f"{name[0].upper()}{name[1:]}." if is_display else name), False
