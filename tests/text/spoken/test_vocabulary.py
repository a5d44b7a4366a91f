"""Every table can be read, and its words keep what the rules rely on."""

from __future__ import annotations

from narrate.text.spoken.vocabulary import any_of, with_capitals, word_map


def test_longest_word_first() -> None:
    """No word hides behind its own beginning, and dots mean dots."""
    assert any_of(["a", "a.b"]) == r"(?:a\.b|a)"


def test_capitals() -> None:
    """An entry also stands at the beginning of a sentence and in a heading."""
    assert with_capitals({"e.g.": "for example"})["E.g."] == "For example"


def test_currencies_name_known_coins() -> None:
    """Every sign and code leads to a currency with a singular and a plural."""
    names = word_map("currencies", "names")

    for section in ("signs", "codes"):
        assert all(len(names[coin].split("|")) in (2, 4) for coin in word_map("currencies", section).values())
