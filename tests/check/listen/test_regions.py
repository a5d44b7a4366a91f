"""Where what was heard differs."""

from __future__ import annotations

from narrate.check.listen.regions import Region, regions


def test_what_is_the_same_is_no_region() -> None:
    """Words that go together and are equal leave nothing."""
    assert list(regions(["a", "b"], ["a", "b"], [(0, 0), (1, 1)])) == []


def test_words_divided_otherwise_do_not_differ() -> None:
    """The letters are the same, with a gap in another place."""
    said, heard = ["the", "website", "opens"], ["the", "web", "site", "opens"]
    assert list(regions(said, heard, [(0, 0), (1, 1), (2, 3)])) == []


def test_a_misheard_word_looks_like_it() -> None:
    """A pair of unequal words is inside a region, which says how much of the letters is the same."""
    (region,) = regions(["the", "kiriyenko"], ["the", "kirienko"], [(0, 0), (1, 1)])
    assert (region.said, region.said_end, region.heard, region.heard_end) == (1, 2, 1, 2)
    assert (region.pairs, region.near, region.extra) == (((1, 1),), (1,), 0)
    assert region.likeness > 0.9


def test_what_is_on_one_side_only_is_like_nothing() -> None:
    """A gap at the end, and words too many."""
    assert list(regions(["a", "b"], ["a"], [(0, 0)])) == [Region(1, 2, 1, 1, (), (), 0.0)]
    (region,) = regions(["a"], ["a", "b", "c"], [(0, 0)])
    assert region.extra == 2
