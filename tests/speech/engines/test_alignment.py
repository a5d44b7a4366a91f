"""Each word finds its phonemes in those of the sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.speech.engines.alignment import align

# What espeak makes of each word alone, of the words together, and which part of that is whose.
READINGS = [
    ("ˈʌv ðə ˈɛnd", "ʌvðɪ ˈɛnd", "ʌv ðɪ ˈɛnd"),
    ("ˈʌv ˈeɪ wˈɔːɹ", "əvə wˈɔːɹ", "əv ə wˈɔːɹ"),
    ("ˈɪn ˈeɪ lˈoʊ vˈɔɪs", "ɪn ɐ lˈoʊ vˈɔɪs", "ɪn ɐ lˈoʊ vˈɔɪs"),
    ("hˈæd bˈɪn ɡˈɔn", "hɐdbɪn ɡˈɔn", "hɐd bɪn ɡˈɔn"),
    ("tˈuː ðə wˈɔːɹ", "təðə wˈɔːɹ", "tə ðə wˈɔːɹ"),
    ("ɪt wʌzənt", "ɪtwˈʌznt", "ɪt wˈʌznt"),
    ("ˈaɪ ˈæm ˈaʊt", "aɪɐm ˈaʊt", "aɪ ɐm ˈaʊt"),
    ("lˈɛft wˈɪŋ", "lˈɛftwˈɪŋ", "lˈɛft wˈɪŋ"),
    ("ˈeɪ", "ɐ", "ɐ"),
]


@pytest.mark.parametrize(("alone", "together", "shares"), READINGS)
def test_words_that_run_together_are_parted(alone: str, together: str, shares: str) -> None:
    """Weak forms, other vowels and lost stress do not hide whose sound it is."""
    spans = align(alone.split(), together)

    assert [together[start:end] for start, end in spans] == shares.split()


def test_several_groups_of_one_word_stay_together() -> None:
    """ "1,000" is one word on the page and two in the ear."""
    together = "ɐbˌaʊt wˈʌn θˈaʊzənd pˈɔɪnts"

    spans = align(["ɐbˈaʊt", "wˈʌn θˈaʊzənd", "pˈɔɪnts"], together)

    assert [together[start:end] for start, end in spans] == ["ɐbˌaʊt", "wˈʌn θˈaʊzənd", "pˈɔɪnts"]


def test_a_word_without_sounds_stands_where_it_would_be() -> None:
    """Its span is empty, between its neighbours."""
    first, silent, last = align(["wˈɔːɹ", "", "sˈɪɾi"], "wˈɔːɹ sˈɪɾi")

    assert silent[0] == silent[1]
    assert first[1] <= silent[0] <= last[0]


def test_without_a_sentence_all_are_empty() -> None:
    """Nothing was heard of any of them."""
    assert align(["wˈɔːɹ", "sˈɪɾi"], "") == [(0, 0), (0, 0)]


SOUNDS = st.text(alphabet="aeəɪptksnmˈː", max_size=6)


@given(st.lists(SOUNDS, min_size=1, max_size=8), st.text(alphabet="aeəɪptksnmˈː ", max_size=30))
@example(["", ""], " a ")
def test_spans_are_in_order(alone: list[str], together: str) -> None:
    """One for each word; none overlaps another or has a space at its edge, and together they hold every sound."""
    spans = align(alone, together)

    assert len(spans) == len(alone)
    assert all(0 <= start <= end <= len(together) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(together[start:end] == together[start:end].strip(" ") for start, end in spans)
    held = {position for span in spans for position in range(*span)}
    assert {position for position, symbol in enumerate(together) if symbol != " "} <= held


@given(st.lists(st.tuples(SOUNDS.filter(bool), st.booleans()), min_size=1, max_size=8))
def test_lost_spaces_are_found_again(words: list[tuple[str, bool]]) -> None:
    """Where the words sound as they do alone, each has exactly its own sounds, whichever spaces are gone."""
    together = "".join(word + (" " if spaced else "") for word, spaced in words).rstrip()

    spans = align([word for word, _ in words], together)

    assert [together[start:end] for start, end in spans] == [word for word, _ in words]
