"""What one edit says is divided among the words it was written as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.word_mapping import shared_out
from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    "shares",
    [
        {"$43.6": "forty three point six", "million": "million dollars"},
        {"$120": "one hundred twenty", "million": "million dollars"},
        {"$15.2": "fifteen point two", "billion": "billion dollars"},
        {"US$4.5": "four point five", "million": "million US dollars"},
        {"Oct.": "October", "25,": "twenty fifth,", "2024": "twenty twenty four"},
        {"July": "July", "4,": "fourth,", "1776": "seventeen seventy six"},
        {"August": "August", "23": "twenty third", "2002": "two thousand two"},
        {"the": "the", "4th": "fourth", "of": "of", "July": "July"},
        {"3:30": "three thirty", "p.m.": "PM"},
        {"5": "five", "km": "kilometers"},
        {"4": "four", "1/2": "and a half"},
        {"+1": "plus one,", "212": "two one two,", "555": "five five five,", "0199": "zero one nine nine"},
        {"6": "six", "ft": "feet", "2": "two", "in": "inches"},
        {"14": "quatorze", "h": "heures", "30": "trente", "min": "minutes"},
        {"5": "cinq", "M€": "millions d'euros"},
        {"M.": "Monsieur", "et": "et", "Mme": "madame"},
        {"500": "fünfhundert", "Mio.": "Millionen", "€": "Euro"},
    ],
    ids=" ".join,
)
def test_each_word_has_what_is_said_for_it(shares: dict[str, str]) -> None:
    """By words that are said as they stand, by commas, and by the likely length of figures and signs."""
    spoken = " ".join(shares.values())

    assert [spoken[start:end].strip() for start, end in shared_out(spoken, list(shares))] == list(shares.values())


@pytest.mark.parametrize(
    ("written", "shares"),
    [
        ("$43.6 million", ["forty three point six", "million dollars"]),
        ("nearly $120 million", ["one hundred twenty", "million dollars"]),
        ("Oct. 25, 2024", ["October", "twenty fifth,", "twenty twenty four"]),
    ],
)
def test_edits_as_they_are_made(written: str, shares: list[str]) -> None:
    """The edits of the spoken form are divided like those of the table above."""
    (edit,) = spoken_form(written).edits
    spans = shared_out(edit.after, edit.before.split())

    assert [edit.after[start:end].strip() for start, end in spans] == shares


@pytest.mark.parametrize(
    ("spoken", "written", "spans"),
    [
        ("forty three", ["43"], [(0, 11)]),
        ("", ["["], [(0, 0)]),
        ("", ["(", "b)"], [(0, 0), (0, 0)]),
        (" ", ["(", "b)"], [(0, 0), (0, 0)]),
        ("seconds", ["9", "s"], [(0, 6), (6, 7)]),
    ],
)
def test_too_few_words_to_share(spoken: str, written: list[str], spans: list[tuple[int, int]]) -> None:
    """One written word has it all; of nothing everyone has nothing; a single spoken word is cut."""
    assert shared_out(spoken, written) == spans


WORDS = st.text(alphabet="abcXY019$€%,.()-—'", min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=10).map(" ".join), st.lists(WORDS, min_size=1, max_size=6))
def test_nothing_is_lost_and_nothing_said_twice(spoken: str, written: list[str]) -> None:
    """The spans lie end to end, from the first character to the last."""
    spans = shared_out(spoken, written)

    assert len(spans) == len(written)
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(spoken)
    assert all(start <= end for start, end in spans)


@given(st.lists(WORDS, min_size=1, max_size=10).map(" ".join), st.lists(WORDS, min_size=1, max_size=6))
def test_words_stay_whole_where_there_are_enough(spoken: str, written: list[str]) -> None:
    """Each written word has at least one spoken one, and begins with its beginning."""
    words = spoken.split()
    if len(words) < len(written):
        return
    parts = [spoken[start:end].split() for start, end in shared_out(spoken, written)]

    assert all(parts)
    assert [word for part in parts for word in part] == words


@given(st.lists(st.text(alphabet="abcdef", min_size=2, max_size=8), min_size=1, max_size=6))
def test_words_said_as_written_keep_their_own(words: list[str]) -> None:
    """Where nothing changed, everyone has itself."""
    spoken = " ".join(words)

    assert [spoken[start:end].strip() for start, end in shared_out(spoken, words)] == words
