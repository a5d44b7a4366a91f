"""Indented paragraphs are prose, or code."""

from __future__ import annotations

import pytest

from narrate.sources.read.dialects.indented import is_prose
from narrate.sources.read.markdown import article_from_markdown


@pytest.mark.parametrize(
    "text",
    [
        "The ferry leaves at seven, and on most days it is late.",
        "“Why not?” he asked.",
        '"No," she said.',
        "In 1984, some 3,000 of them – or so – came *back*.",
        "Élodie n’est pas d’accord avec l’idée.",
        "Он ушёл в море рано утром.",
        "The captain (who is old) said: well-known men sail.",
    ],
)
def test_sentences_are_prose(text: str) -> None:
    """Whatever the language, and with all that sentences have."""
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "$ npm install foo.",
        "def f(x): return x.",
        "for name in names: print(name).",
        "Loading /usr/lib/foo.so ... ok.",
        "x = y + z.",
        "SELECT name FROM users WHERE id = 3;",
        "Hello, world!",
        "make all",
        "The ferry leaves at seven",
        "const a = new Map();",
        "# Compute the value.",
        "{ 'a': 1 }",
    ],
)
def test_code_is_no_prose(text: str) -> None:
    """Signs of code, or no sentence's beginning or end."""
    assert not is_prose(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "    The rain fell.\n\n    Nobody *came* here.",
            [("paragraph", "The rain fell."), ("paragraph", "Nobody came here.")],
        ),
        (
            "    It was a dark night. The rain\nfell on the harbour.",
            [("paragraph", "It was a dark night. The rain fell on the harbour.")],
        ),
        ("\tThe rain fell down.", [("paragraph", "The rain fell down.")]),
        (
            "    The rain fell.\n\n    x = 1\n    y = f(x) + g(x)",
            [("code", "The rain fell.\n\nx = 1\ny = f(x) + g(x)")],
        ),
        ("1. a\n\n        The rain fell.", [("list_item", "1. a"), ("paragraph", "The rain fell.")]),
        ("a\n    The rain fell.", [("paragraph", "a The rain fell.")]),
        ("    make all\nThe rain fell.", [("code", "make all"), ("paragraph", "The rain fell.")]),
    ],
)
def test_indented_parts(written: str, expected: list[tuple[str, str]]) -> None:
    """A part is prose if most of it is, and code otherwise, all of it."""
    assert [(block.kind, block.text) for block in article_from_markdown(written).blocks] == expected


@pytest.mark.parametrize("blank", ["\t\x0c", "    \x0b", "\t\x1c\n\t\x0c", "\t\x0c\n\tThe boat came in late."])
@pytest.mark.parametrize("before", ["", "import Chart from './chart'\n\n<Chart />\n\n"])
def test_an_indented_line_of_spaces_of_other_kinds(before: str, blank: str) -> None:
    """Found at random: the parser takes it for text, there is none in it, and reading went no further."""
    assert all(block.text.strip() for block in article_from_markdown(f"{before}{blank}\n\nThe lamp is lit.").blocks)
