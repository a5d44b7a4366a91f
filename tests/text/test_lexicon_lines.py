"""Lines are put into lexicons, and all else in them stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import ConfigError
from narrate.text.lexicon import entries_of
from narrate.text.lexicon_lines import Way, lexicon_line, with_line


@pytest.mark.parametrize(
    ("word", "way", "value", "expected"),
    [
        ("Kyiv", "ipa", "kˈiːv", '"Kyiv" = { ipa = "kˈiːv" }'),
        ("Nguyen", "say", "win", '"Nguyen" = "win"'),
        ("SQL", "spell", "", '"SQL" = { spell = true }'),
        ("NATO", "word", "", '"NATO" = { word = true }'),
        ("O’Neill", "say", "o neel", '"O\'Neill" = "o neel"'),
    ],
)
def test_a_line_says_a_word_in_a_way(word: str, way: Way, value: str, expected: str) -> None:
    """The key is in quotes, so that any word can be one."""
    assert lexicon_line(word, way, value) == expected


@pytest.mark.parametrize(
    ("word", "way", "value"), [("Kyiv", "ipa", "123"), ("Kyiv", "say", "7"), ("Kyiv", "say", ""), ("!", "spell", "")]
)
def test_what_no_lexicon_takes_is_refused(word: str, way: Way, value: str) -> None:
    """Before anything is written."""
    with pytest.raises(ConfigError):
        lexicon_line(word, way, value)


LINE = '"Kyiv" = "keev"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", f"[en]\n{LINE}\n"),
        ("# Mine\n", f"# Mine\n\n[en]\n{LINE}\n"),
        ('[de]\n"A" = "b"\n', f'[de]\n"A" = "b"\n\n[en]\n{LINE}\n'),
        ('[en]\n"A" = "b"\n\n# German\n[de]\n"C" = "d"', f'[en]\n"A" = "b"\n{LINE}\n\n# German\n[de]\n"C" = "d"\n'),
        ('[en] # mine\nKyiv = "kiev" # old\n"A" = "b"\n', f'[en] # mine\n{LINE} # old\n"A" = "b"\n'),
        ('[en]\n"Kyiv" = { ipa = "ki" }\n', f"[en]\n{LINE}\n"),
        ('[ "en" ]\n', f'[ "en" ]\n{LINE}\n'),
        ("[en]\n'Kyiv ' = \"kiev\"\n", f"[en]\n{LINE}\n"),
        ("[en]\n# a note\n[de]\n", f"[en]\n{LINE}\n# a note\n[de]\n"),
        ('[en]\n"#1" = "number one" # best\n', f'[en]\n"#1" = "number one" # best\n{LINE}\n'),
    ],
)
def test_a_line_goes_into_its_table(text: str, expected: str) -> None:
    """At its end or in place of the word's own; comments and other tables stay."""
    assert with_line(text, "en", LINE) == expected


@pytest.mark.parametrize("text", ['en = { A = "b" }\n', '[en.Kyiv]\nipa = "ki"\n', 'en."A" = "b"\n'])
def test_a_lexicon_written_in_another_way_is_left_alone(text: str) -> None:
    """Rather than damaged; the line to write by hand is in the hint."""
    with pytest.raises(ConfigError) as raised:
        with_line(text, "en", LINE)
    assert LINE in raised.value.hint


def test_what_is_no_lexicon_is_refused() -> None:
    """A damaged file is told and stays as it is."""
    with pytest.raises(ConfigError, match="cannot be read"):
        with_line("[en\n", "en", LINE)


_WORDS = st.text(alphabet="abZé #\"'\\", min_size=1, max_size=6).filter(lambda word: any(map(str.isalnum, word)))


@given(st.lists(st.tuples(_WORDS, st.sampled_from(["en", "de", "any"])), max_size=8), _WORDS)
def test_only_one_entry_changes(before: list[tuple[str, str]], word: str) -> None:
    """Whatever stood there: all other entries are what they were, and the new one is there once."""
    text = ""
    for one, language in before:
        text = with_line(text, language, lexicon_line(one, "say", "bee"))
    line = lexicon_line(word, "say", "sea")
    [wanted] = entries_of(f"[en]\n{line}\n", "the line")
    old = {entry for entry in entries_of(text, "before") if (entry.language, entry.written) != ("en", wanted.written)}
    made = with_line(text, "en", line)
    assert set(entries_of(made, "after")) == {*old, replace(wanted, language="en")}
