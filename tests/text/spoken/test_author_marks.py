"""Marks in the spoken stage: their words win over rules and lexicons, and their places move with the edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Cleaned, Mark, Metadata, Utterance, replay
from narrate.text.lexicon import Entry, Lexicon
from narrate.text.spoken import to_script


def spoken(text: str, *marks: Mark, lexicon: Lexicon | None = None) -> Utterance:
    """Put a paragraph with marks into spoken words."""
    block = Block("paragraph", text, marks=marks)
    return to_script(Cleaned(Article(Metadata(), (block,)), ()), "en", lexicon).utterances[0]


def at(text: str, span: str, kind: str, value: str) -> Mark:
    """A mark around a span of a text."""
    start = text.index(span)
    return Mark(kind, start, start + len(span), value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "span", "kind", "value", "said"),
    [
        ("It is far away.", "far", "say", "5 km", "It is five kilometers away."),
        ("See Dr. Smith.", "Dr.", "sounds", "dˈɒktə", "See Dr. Smith."),
        ("In 1999 it was.", "1999", "as", "digits", "In one nine nine nine it was."),
        ("See St. Nguyen's.", "Nguyen", "sounds", "wˈɪn", "See Saint Nguyen's."),
        ("A row of H2O.", "2", "say", "two", "A row of H two O."),
    ],
)
def test_a_mark_says_what_it_says_and_rules_the_rest(text: str, span: str, kind: str, value: str, said: str) -> None:
    """The edits on record make what is said of what is written."""
    found = spoken(text, at(text, span, kind, value))

    assert found.text == said
    assert replay(text, found.edits) == said
    assert [sound.ipa for sound in found.sounds if sound.rule == "mark"] == ([value] if kind == "sounds" else [])


def test_sounds_win_over_heteronyms_and_lexicons() -> None:
    """Nothing else is known of the word then."""
    text = "He saw Kyiv and the lead pipe."
    words = Lexicon((Entry("Kyiv", ipa="kˈiːv"),))
    found = spoken(text, at(text, "Kyiv", "sounds", "kˈɪjɪv"), at(text, "lead", "sounds", "lˈiːd"), lexicon=words)

    assert [(sound.ipa, sound.rule) for sound in found.sounds] == [("kˈɪjɪv", "mark"), ("lˈiːd", "mark")]


@pytest.mark.parametrize(
    ("text", "place", "before"),
    [
        ("In 1999 he came.", 8, "In nineteen ninety nine "),
        ("It cost $5 million.", 10, "It cost five million dollars."),
        ("An undone thing.", 5, "An undone"),
        ("Wait, he said.", 4, "Wait,"),
    ],
)
def test_a_pause_parts_no_word(text: str, place: int, before: str) -> None:
    """It comes behind the words that a rule says as one, and behind the signs that close a word."""
    found = spoken(text, Mark("pause", place, place, "500"))

    assert found.text[: found.marks[0].start_char] == before


@given(st.text("ab $5.,'2 "), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4))
def test_places_are_in_the_spoken_text_and_edits_make_it(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever marks there are, in whatever order they stand."""
    text = f"It is {text} here."
    pairs = sorted((min(pair), max(pair) + 1) for pair in places)
    kinds = ("say", "voice", "sounds", "as")
    values = {"say": "other", "voice": "low", "sounds": "lˈɛd", "as": "digits"}
    marks = [Mark(kinds[i], *pair, values[kinds[i]]) for i, pair in enumerate(pairs) if pair[1] <= len(text)]  # type: ignore[arg-type]
    found = spoken(text, *marks)

    assert replay(text, found.edits) == found.text
    assert all(0 <= mark.start_char <= mark.end_char <= len(found.text) for mark in found.marks)
    assert all(0 <= sound.start_char < sound.end_char <= len(found.text) for sound in found.sounds)
