"""Which stretches are reported."""

from __future__ import annotations

from narrate.check.listen.regions import Region
from narrate.check.listen.runs import Sentences, doubtful, missing_runs, resembles

# Two blocks, the first of two sentences: five words, five words; then four.
WHERE = Sentences((0,) * 5 + (1,) * 5 + (2,) * 4, (0,) * 10 + (1,) * 4)
SAID = ["musk", "also", "spoke", "to", "putin", "musk", "never", "said", "so", "aloud", "and", "that", "was", "all"]


def gap(start: int, end: int) -> Region:
    """Nothing was heard for these words."""
    return Region(start, end, start, start, (), (), 0.0)


def test_a_small_word_inside_a_sentence_is_not_reported() -> None:
    """One or two words are a slip, but where a sentence ends they are what a voice leaves out."""
    assert missing_runs(SAID, [gap(1, 3)], WHERE) == []
    assert missing_runs(SAID, [gap(4, 5)], WHERE) == [(4, 5)]
    assert missing_runs(SAID, [gap(1, 4)], WHERE) == [(1, 4)]


def test_a_gap_is_put_where_a_sentence_begins() -> None:
    """Both "musk also spoke to putin" and "also spoke to putin musk" may be missing; the sentence is."""
    assert missing_runs(SAID, [gap(1, 6)], WHERE) == [(0, 5)]


def test_a_word_heard_by_chance_divides_no_gap() -> None:
    """Two gaps with a word between them are one."""
    assert missing_runs(SAID, [gap(0, 3), gap(4, 9)], WHERE) == [(0, 9)]


def test_a_gap_over_two_blocks_is_one_in_each() -> None:
    """Each has its paragraph."""
    assert missing_runs(SAID, [gap(6, 14)], WHERE) == [(6, 10), (10, 14)]


def test_other_letters_of_the_same_sound_are_no_gap() -> None:
    """Three words for five, alike in most letters, are what the recogniser made of them."""
    misheard = Region(0, 5, 0, 2, ((0, 0), (1, 1)), (), 0.7)
    assert missing_runs(SAID, [misheard], WHERE) == []
    assert not doubtful(misheard, WHERE)
    assert doubtful(gap(4, 5), WHERE)
    assert not doubtful(gap(1, 2), WHERE)


def test_most_words_make_a_stretch_the_same() -> None:
    """Seven of ten, in the same order."""
    assert resembles(list("abcdefgxyz"), list("0abcdefg"))
    assert not resembles(list("abcd"), list("dcba"))
