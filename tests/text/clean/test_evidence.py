"""What a line says of itself: features by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block
from narrate.core.language.detection import commonest_words
from narrate.text.clean.evidence import length_bin, look_of, own_evidence
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for


def line_of(text: str, kind: str = "paragraph") -> Line:
    return lines_of([Block(kind, text)], phrases_for("en"))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "look"),
    [
        ("Read more", "paragraph", "phrase"),
        ("Politics", "paragraph", "hint"),
        ("Ferry runs aground off the point", "paragraph", "short"),
        ("It went out.", "paragraph", "sentence"),
        ("Anna Berg climbed the stairs and lit the lamp.", "paragraph", "prose"),
        ("word " * 25 + "end.", "paragraph", "long prose"),
        ("word " * 40, "paragraph", "long prose"),
        ("two eggs", "list_item", "list_item"),
        ("A Light at Sea", "title", "title"),
    ],
)
def test_what_a_line_looks_like(text: str, kind: str, look: str) -> None:
    """By its phrase, its length, its end and its kind; a long line is prose even where its full stop was lost."""
    assert look_of(line_of(text, kind)) == look


@pytest.mark.parametrize(("words", "name"), [(0, "1"), (1, "1"), (5, "4"), (6, "6"), (20, "13"), (500, "61")])
def test_lengths_are_told_by_the_least_of_their_bin(words: int, name: str) -> None:
    """Nine words and twelve are the same to the weights."""
    assert length_bin(words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Write to desk@example.com", "holds:mail address"),
        ("More at www.example.org", "holds:address"),
        ("News | Sport | Culture", "holds:separators"),
        ("$19.99", "holds:price"),
        ("She came. She left", "holds:sentence inside"),
        ("她走了。天黑了", "holds:sentence inside"),
        ("Ingredients:", "ends:colon"),
        ("Warum nicht?", "ends:question"),
        ("2 cups of flour", "begins:digit short"),
        ("…and so on", "begins:mark short"),
        ("TOP STORIES OF TODAY", "letters:all capitals"),
        ("Ten Ways With Rhubarb", "letters:each word raised"),
        ("The ferry of the last days", "letters:first word raised"),
        ("12 345 678 km", "letters:many digits"),
        ("newsletter inbox cookies", "mentions:3 3 open"),
        ("It was the best of the year and it was ours", "small words:4 open"),
        ("Lamp Ferry Harbour Keeper", "small words:0 open"),
    ],
)
def test_what_a_line_holds(text: str, name: str) -> None:
    """Addresses, marks, prices, capitals, small words: each has a name."""
    assert name in set(own_evidence(line_of(text), commonest_words("en")))


def test_small_words_are_counted_only_where_they_are_known() -> None:
    """A language without a list of them says nothing, rather than that there are none."""
    names = set(own_evidence(line_of("Der Leuchtturm steht auf dem Felsen"), commonest_words("xx")))

    assert not any(name.startswith("small words:") for name in names)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_text_has_evidence(text: str) -> None:
    """Whatever the characters: a length, a kind and a beginning, each once."""
    names = list(own_evidence(line_of(text), frozenset()))

    assert len(names) == len(set(names))
    assert {name.partition(":")[0] for name in names} >= {"length", "kind", "begins"}
