"""Quotations inside paragraphs, by their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Cleaned, Metadata
from narrate.text.quotations import quotations, with_quote_voice


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "we have waited too long" and left.', ['"we have waited too long"']),
        ("Sie sagte: „Das ist der ganze Grund.“ Dann ging sie.", ["„Das ist der ganze Grund.“"]),
        ("Il dit : « nous avons attendu ici » et partit.", ["« nous avons attendu ici »"]),
        ("»Das war schon immer so«, sagte er.", ["»Das war schon immer so«"]),
        ("“He told me “never again, my friend” twice,” she said.", ["“He told me “never again, my friend” twice,”"]),
        ("“One two three four” and “five six seven eight”.", ["“One two three four”", "“five six seven eight”"]),
        ("A so-called “green deal” it was.", []),
        ("It's the dogs' own fault, isn't it, and they're 'sorry for it all'.", []),
        ('A board of 5" by 7" is not a quotation of four words.', []),
        ("“Nobody closed this one and it goes on.", []),
    ],
)
def test_quotations_are_found(text: str, found: list[str]) -> None:
    """Several words in quotation marks of any language; no apostrophes, no single words, no inches."""
    assert [text[start:end] for start, end in quotations(text)] == found


@given(st.text(alphabet="ab \"“”„«»'", max_size=60))
def test_spans_are_in_order(text: str) -> None:
    """Spans never overlap, whatever marks a text has."""
    ends = [0, *(place for span in quotations(text) for place in span)]
    assert ends == sorted(ends)


def test_what_a_speaker_says_has_one_voice() -> None:
    """Somebody who quotes in an interview goes on in his own voice."""
    said = 'He said "we have waited too long" and left.'
    blocks = (Block("paragraph", said), Block("paragraph", said, speaker="Anna"))
    marked = with_quote_voice(Cleaned(Article(Metadata(), blocks), ()), "low").article.blocks
    assert [[mark.value for mark in block.marks] for block in marked] == [["low"], []]
