"""Rules claim spans in order, and what one has claimed no other changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Edit
from narrate.text.sentences import PART_MAX_CHARS
from narrate.text.spoken import replay
from narrate.text.spoken.claims import Claim, among_digits, claims, fold, late, needs, needs_words, rewrite, where


def _cats(text: str) -> Iterator[Claim]:
    return claims(re.compile("cat"), text, lambda _: "dog")


def _scats(text: str) -> Iterator[Claim]:
    return claims(re.compile("scat|mat"), text, lambda _: "rug")


def _digits(text: str) -> Iterator[Claim]:
    return claims(re.compile("[0-9]"), text, lambda _: "one")


def test_first_claim_wins() -> None:
    """A match that overlaps an earlier claim is refused, its neighbours are not."""
    edits = rewrite("scat mat", (_cats, _scats))

    assert edits == (Edit("_cats", 1, 4, "cat", " dog"), Edit("_scats", 5, 8, "mat", "rug"))


def test_words_never_run_together() -> None:
    """Words said are parted from the letters around them."""
    assert replay("a1b11", rewrite("a1b11", (_digits,))) == "a one b one one"


def test_unsure_rules_leave_text_alone() -> None:
    """A rule that says None claims nothing."""
    assert rewrite("cat", (lambda text: claims(re.compile("cat"), text, lambda _: None),)) == ()


def test_guarded_rules_keep_their_name() -> None:
    """A guard skips texts without the character and does not hide which rule spoke."""
    guarded = needs("0-9")(_digits)

    assert list(guarded("none")) == []
    assert rewrite("1", (guarded,)) == (Edit("_digits", 0, 1, "1", "one"),)


def test_rules_for_digits_are_not_asked_without_any() -> None:
    """A rule among digits is passed over in a text without digits, and asked where its pattern occurs."""
    asked = []

    @among_digits("[0-9]-")
    def ranges(text: str) -> Iterator[Claim]:
        asked.append(text)
        return claims(re.compile("-"), text, lambda _: " to ")

    for text in ("a-b", "5 a-b", "1-2"):
        rewrite(text, (ranges,))

    assert asked[:1] == ["1-2"]
    assert "a-b" not in asked


def test_a_pattern_guards_a_rule() -> None:
    """A rule runs only where the pattern of its guard occurs."""
    guarded = where("c.t")(_cats)

    assert list(guarded("a dog")) == []
    assert [claim.said for claim in guarded("a cat")] == ["dog"]


def test_keeping_is_no_edit() -> None:
    """A claim that says what is written protects it and leaves no edit."""

    def keep(text: str) -> Iterator[Claim]:
        return claims(re.compile("cat"), text, lambda match: match[0])

    assert rewrite("cat", (keep, _cats)) == ()


def test_folding_is_an_edit() -> None:
    """Curly quotes are straightened one by one, and no word is lost."""
    edits = rewrite("wasn’t “it”", ())

    assert replay("wasn’t “it”", edits) == 'wasn\'t "it"'
    assert [edit.rule for edit in edits] == ["fold"] * 3


@given(st.text())
def test_fold_keeps_length(text: str) -> None:
    """Folding changes characters one for one, so that positions stay true."""
    assert len(fold(text)) == len(text)


@given(st.integers(0, 40), st.booleans(), st.booleans())
def test_words_do_not_grow_together_where_a_long_text_is_cut(before: int, is_figure: bool, is_next: bool) -> None:
    """A word of 10,000 letters is cut somewhere; what is said of its halves stays apart."""

    def ones(text: str) -> Iterator[Claim]:
        return claims(re.compile("1"), text, lambda match: "one")

    written = "x" * (PART_MAX_CHARS - 1) + ("1" if is_figure else "x") + ("1" if is_next else "y") + "z" * before
    said = replay(written, rewrite(written, (ones,)))

    assert said.replace(" ", "") == written.replace("1", "one")
    assert re.search(r"[xyz]one|one[xyz]|oneone", said) is None


def test_a_rule_that_needs_words_runs_only_where_one_stands() -> None:
    """Letters alone are compared, so that a dot or a bracket beside the word does not hide it."""
    seen = []

    @needs_words(("Co", "ret"))
    def rule(text: str) -> list[Claim]:
        seen.append(text)
        return []

    for text in ("Ford Co. said", "a (ret.) general", "a cot in the retreat", "co. of"):
        list(rule(text))

    assert seen == ["Ford Co. said", "a (ret.) general"]


def test_a_late_pattern_is_compiled_once() -> None:
    """Asked for twice it is the same."""
    pattern = late("a+")

    assert pattern() is pattern()
    assert pattern().fullmatch("aaa")
