"""A lexicon's entries go before every rule, and nothing outside of them changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Sound
from narrate.text.lexicon import Entry, shipped_lexicon
from narrate.text.spoken import replay
from narrate.text.spoken.claims import fold, rewrite
from narrate.text.spoken.english.rules import ENGLISH_RULES
from narrate.text.spoken.lexicon_entries import entry_rule, entry_sounds, entry_spans, said_as

ENTRIES = (
    Entry("Kyiv", ipa="kˈiːv"),
    Entry("Nguyen", say="win"),
    Entry("SQL", is_spelt=True),
    Entry("NCAA", is_spelt=True),
    Entry("H2O", is_spelt=True),
    Entry("NATO", is_word=True),
    Entry("N.A.S.A.", is_word=True),
    Entry("gif", say="jif", is_case_sensitive=False),
    Entry("St. Bees", say="saint bees"),
    Entry("Bees", say="the bees"),
    Entry("coup d'état", ipa="kˌuː deɪtˈɑː", is_case_sensitive=False),
    Entry("C++", say="see plus plus"),
    Entry("O'Neil", say="oh neel"),
    Entry("Neil", say="nile"),
    Entry("Henry V", ipa="hˈɛnɹi"),
    Entry("to", say="fro"),
    Entry("fro", say="to"),
)
PIECES = st.sampled_from(
    (
        *(entry.written for entry in ENTRIES),
        *map(said_as, ENTRIES),
        *" .,-'’“”/@#&:$1\n",
        "'s",
        "s'",
        "the",
        "http://",
        "é",
    )
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


def said(written: str) -> str:
    return replay(written, rewrite(written, (entry_rule(ENTRIES), *ENGLISH_RULES)))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nguyen said", "win said"),
        ("Nguyen’s plan, the Nguyens' plan", "win's plan, the Nguyens' plan"),
        ("James Nguyen' s", "James win' s"),
        ("an SQL-like query", "an S Q L-like query"),
        ("some H2O", "some H two O"),
        ("NATO's chief", "Nato's chief"),
        ("N.A.S.A. flew", "Nasa flew"),
        ("a GIF, a Gif", "a jif, a jif"),
        ("St. Bees and Bees", "saint bees and the bees"),
        ("C++ code", "see plus plus code"),
        ("O’Neil met Neil", "oh neel met nile"),
        ("Henry V spoke", "Henry V spoke"),
        (
            "nato, sql, Nguyens, MySQL, SQLite, xNATO, NATO_x, R&SQL",
            "nato, sql, Nguyens, MySQL, SQLite, xNATO, NATO_x, R and S Q L",
        ),
        ("NATO'll", "NATO'll"),
        ("to", "to"),
    ],
)
def test_entries(written: str, expected: str) -> None:
    """Whole words and phrases, the longest first, before every other rule."""
    assert said(written) == expected


@pytest.mark.parametrize("written", ["https://sql.com/SQL/x", "SQL@SQL.org", "www.SQL.com", "SQL.com"])
def test_addresses_are_said_by_their_rules(written: str) -> None:
    """An entry inside would break the address into pieces that no rule knows."""
    assert said(written) == replay(written, rewrite(written, ENGLISH_RULES)).replace("SQL", "S Q L")


def test_marks_make_other_letters() -> None:
    """A letter with a mark that is a character of its own is another letter."""
    assert said("Nguyen\u0301") == "Nguyen\u0301"


def test_sounds_stand_where_words_stand() -> None:
    """Each with its place in the spoken text; the engine adds a possessive."""
    text = said("Kyiv’s “Coup d’état” at the NCAA: A Kyivan.")

    assert text == "Kyiv's \"Coup d'état\" at the N C A A: A Kyivan."
    assert list(entry_sounds(text, ENTRIES)) == [
        Sound(0, 4, "kˈiːv", "lexicon"),
        Sound(8, 19, "kˌuː deɪtˈɑː", "lexicon"),
        Sound(32, 33, "ˈeɪ", "lexicon"),
        Sound(34, 35, "ˈeɪ", "lexicon"),
    ]


def test_no_entries_do_nothing() -> None:
    """Neither rule nor sounds."""
    assert list(entry_rule(())("Kyiv")) == []
    assert list(entry_sounds("Kyiv", ())) == []


@given(TEXTS)
def test_edits_replay_and_settle(written: str) -> None:
    """The rule never raises; spoken words said again are the same words."""
    edits = rewrite(written, (entry_rule(ENTRIES),))
    text = replay(written, edits)

    assert all(edit.before == written[edit.start_char : edit.end_char] != edit.after for edit in edits)
    assert rewrite(text, (entry_rule(ENTRIES),)) == ()


@given(TEXTS)
def test_nothing_else_changes(written: str) -> None:
    """Outside of the claims a text stays as it is, but for the form of its quotes."""
    rule = entry_rule(ENTRIES)
    claimed = list(rule(fold(written)))
    spans = list(entry_spans(written, ENTRIES))

    assert [(claim.start, claim.end) for claim in claimed] == spans
    assert all(left.end <= right.start for left, right in pairwise(claimed))
    assert all(claim.said for claim in claimed)


@given(TEXTS)
def test_sounds_are_in_order_and_inside(written: str) -> None:
    """As an engine expects them."""
    sounds = list(entry_sounds(written, ENTRIES))

    assert all(0 <= sound.start_char < sound.end_char <= len(written) for sound in sounds)
    assert all(left.end_char <= right.start_char for left, right in pairwise(sounds))


@pytest.mark.parametrize("piece", ["Xi-", "Xi", "Xi.", "a.Xi", "Xi'Xi ", "Xi/", "a://Xi ", "coup "])
def test_long_runs_end_soon(piece: str) -> None:
    """No look around a word reads the whole text again."""
    text = piece * (100_000 // len(piece))

    assert all(claim.end <= len(text) for claim in entry_rule(shipped_lexicon().entries)(text))
