"""Formulas in words: TeX and MathML, as they stand in Markdown and in pages, said once and in English.

Where there are no good words, such as for a matrix or for a command that is not known, a formula is only named, so that
the sentence around it stays whole: docs/decisions/0036-formulas.md.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.sources.read.formulas.mathml import mathml_node, tex_of
from narrate.sources.read.formulas.nodes import Node, Sign, Unsure, items_of, require_shallow, symbols
from narrate.sources.read.formulas.tex import tex_node
from narrate.sources.read.formulas.words import words_of

# Nobody holds more words of one formula in the head.
MAX_WORDS = 80

# What is written in a text of another language as it is said there: "n = 3".
_PLAIN_ROLES = frozenset({"letter", "number", "text"})
_PLAIN_SIGNS = "+=<>%"


def spoken_formula(tex: str, language: str = DEFAULT_LANGUAGE) -> str | None:
    """Return a TeX formula in words: "x^2" is "x squared".

    Args:
        tex: Without the dollars or brackets around it.
        language: BCP 47 tag of the text around it. In others than English only what needs no words is returned.

    Returns:
        None where it is not known how it is said; `formula_name` is what to say then.
    """
    try:
        return _spoken(tex_node(tex), language)
    except Unsure:
        return None


def spoken_mathml(math: HtmlElement, language: str = DEFAULT_LANGUAGE) -> str | None:
    """Return a `<math>` element in words, as `spoken_formula` does.

    The TeX that it was made from goes first where the element tells it, as an annotation or as `alttext`.
    """
    tex = tex_of(math)
    if tex and (words := spoken_formula(tex, language)):
        return words
    try:
        return _spoken(mathml_node(math), language)
    except Unsure:
        return None


def formula_name(language: str = DEFAULT_LANGUAGE) -> str:
    """Return the word that stands for a formula which is not put into words: "formula"."""
    known = symbols()["announced"]
    return str(known.get(primary_language(language), known[DEFAULT_LANGUAGE]))


def _spoken(node: Node, language: str) -> str | None:
    require_shallow(node)
    words = words_of(node) if primary_language(language) == DEFAULT_LANGUAGE else _as_written(node)
    return words if words and len(words.split()) <= MAX_WORDS else None


def _as_written(node: Node) -> str | None:
    """Return letters, numbers and the signs that are said in every language, as the author wrote them."""
    signs = [item for item in items_of(node) if isinstance(item, Sign)]
    is_plain = all(sign.role in _PLAIN_ROLES or sign.char in _PLAIN_SIGNS for sign in signs)
    return " ".join(sign.char for sign in signs) if is_plain and len(signs) == len(items_of(node)) else None
