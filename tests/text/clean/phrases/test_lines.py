"""A line of the phrase files is passed over only where it could not match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.phrases.lines import PhraseLine, folded, heads_of

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "tr", "ru", "uk", "el", "ar", "hi", "ja", "zh", "ko")


@pytest.mark.parametrize(
    ("source", "heads"),
    [
        ("read more", ["read"]),
        ("(?:read|see) the", ["read", "see "]),
        ("(?:(?:please )?share|tag) it", ["plea", "shar", "tag "]),
        ("colou?r of", ["colo"]),
        ("ab?cde", ["abcd", "acde"]),
        ("a(?:bc)?", ["a", "abc"]),
        ("ab+cde", ["ab"]),
        ("ab*cde", ["ab", "acde"]),
        ("ab{0,3}cde", ["ab", "acde"]),
        ("ab{2}cde", ["ab"]),
        (r"a\.bcd", ["a.bc"]),
        (r"ab\dcd", ["ab"]),
        ("ab[cd]ef", ["ab"]),
        (r"ab[\]x]ef", ["ab"]),
        ("ab.+?ef", ["ab"]),
        ("one|three", ["one", "thre"]),
        ("(?!no)yes", ["yes"]),
        ("(?-i:AP) photo", ["ap p"]),
        (r"\d+ comments", []),
        (".{0,40}by", []),
        ("(?:x)?", []),
        ("(?:点击|查看)(?:全文|更多)", ["查看", "点击"]),
        ("看(?:全文|更多)", ["看全文", "看更多"]),
        ("one|", []),
        ("", []),
    ],
)
def test_what_a_line_begins_with(source: str, heads: list[str]) -> None:
    """The first four characters of each way to match it, as far as they are known."""
    assert heads_of(source) == tuple(heads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_lines_are_compiled_only_if_asked_for(language: str) -> None:
    """Else to load a language would take as long as to compile it."""
    lines = [line for rules in phrases_for(language).lines.values() for _, listed in rules for line in listed]

    assert sum(bool(line.heads) for line in lines) > 0.6 * len(lines)


LINES = {
    line.source: line
    for language in LANGUAGES
    for rules in phrases_for(language).lines.values()
    for _, listed in rules
    for line in listed
}


@given(st.data())
def test_a_line_that_matches_is_not_passed_over(data: st.DataObject) -> None:
    """Whatever a line's expression matches, in any letter case, begins as the line does."""
    source = data.draw(st.sampled_from(sorted(LINES)))
    text = data.draw(st.from_regex(re.compile(source, re.IGNORECASE)))
    bare = text[re.search(source, text, re.IGNORECASE).start() :]  # type: ignore[union-attr]

    assert LINES[source].matches(bare, folded(bare))


@given(st.text(alphabet="aiİıſsKkß σς"))
def test_letters_of_odd_case(text: str) -> None:
    """A letter that IGNORECASE takes for another one is folded to the same."""
    line = PhraseLine("iskßσ", whole=False)

    assert line.matches(text, folded(text)) == bool(re.match("iskßσ", text, re.IGNORECASE))
