"""Lexicon files are read whole or refused, and the shipped one corrects only what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.errors import ConfigError
from narrate.speech.engines.kokoro_model import shipped_vocab
from narrate.speech.engines.phonemes import phonemise
from narrate.text.lexicon import Entry, Lexicon, is_ipa, is_sayable, load_lexicon, shipped_lexicon


def written(text: str, name: str = "lexicon.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_way_to_write_an_entry() -> None:
    """In sounds, in other letters, letter by letter, as a word, and short for other letters."""
    path = written(
        """
        [en]
        "Kyiv" = { ipa = "kˈiːv" }
        "Nguyen" = { say = "win" }
        "SQL" = { spell = true }
        "NATO" = { word = true }
        "gif" = { say = "jif", case = false }
        "St. Bees" = "saint  bees"
        """
    )

    assert load_lexicon([path]).entries == (
        Entry("Kyiv", ipa="kˈiːv", language="en"),
        Entry("Nguyen", say="win", language="en"),
        Entry("SQL", is_spelt=True, language="en"),
        Entry("NATO", is_word=True, language="en"),
        Entry("gif", say="jif", is_case_sensitive=False, language="en"),
        Entry("St. Bees", say="saint bees", language="en"),
    )


def test_writing_is_made_even() -> None:
    """Curly quotes, spaces, ties, syllable dots, the keyboard's g and a byte order mark."""
    path = written('\ufeff[en_gb]\n"coup  d’état" = { ipa = "t͡ʃɪ.g" }\n')

    assert load_lexicon([path]).entries == (Entry("coup d'état", ipa="tʃɪɡ", language="en-GB"),)


def test_later_and_nearer_entries_win() -> None:
    """Of two files the later one, of one file the one for the region."""
    first = written('[en-GB]\na = "one"\nb = "one"\n[en]\na = "two"\nc = "two"\n[any]\na = "any"\n[de]\na = "vier"\n')
    second = written('[en]\nc = "three"\n', "second.toml")
    lexicon = load_lexicon([first, second])

    def said(language: str) -> dict[str, str | None]:
        return {entry.written: entry.say for entry in lexicon.entries_for(language)}

    assert said("en_GB.UTF-8") == {"a": "one", "b": "one", "c": "three"}
    assert said("en") == {"a": "two", "c": "three"}
    assert said("de-AT") == {"a": "vier"}
    assert said("fr") == {"a": "any"}


def test_any_case_wins_over_every_case_before() -> None:
    """A later entry for any case replaces those for one, and leaves those that come after it."""
    lexicon = Lexicon((Entry("GIF", say="a"), Entry("gif", say="b", is_case_sensitive=False), Entry("Gif", say="c")))

    assert [entry.say for entry in lexicon.entries_for("en")] == ["b", "c"]


def test_lexicons_add_up() -> None:
    """The user's on top of the shipped one; equal ones have one hash."""
    lexicon = Lexicon((Entry("a", say="b"),)) + Lexicon((Entry("a", say="c"),))

    assert [entry.say for entry in lexicon.entries_for("en")] == ["c"]
    assert hash(lexicon) == hash(Lexicon((Entry("a", say="b"), Entry("a", say="c"))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[en", "cannot be read"),
        ('Kyiv = "x"', "under no language"),
        ('[english]\nKyiv = "x"', "no language"),
        ("[en]\nKyiv = 1", "what is said"),
        ('[en]\nKyiv = ""', "not empty"),
        ('[en]\n"  " = "x"', "the word is empty"),
        ('[en]\n"--" = "x"', "the word is empty"),
        ("[en]\nKyiv = {}", "exactly one"),
        ("[en]\nKyiv = { case = false }", "exactly one"),
        ('[en]\nKyiv = { say = "a", ipa = "a" }', "exactly one"),
        ('[en]\nKyiv = { sya = "a" }', "'sya' is no field"),
        ("[en]\nKyiv = { spell = false }", "only be true"),
        ("[en]\n12 = { spell = true }", "no letter"),
        ('[en]\nKyiv = { word = "yes" }', "only be true"),
        ('[en]\nKyiv = { say = "a", case = "no" }', "true or false"),
        ('[en]\nKyiv = { say = "2nd" }', "letters, spaces"),
        ('[en]\nKyiv = { say = "a.b" }', "letters, spaces"),
        ("[en]\nKyiv = { ipa = 3 }", "not empty"),
        ('[en]\nKyiv = { ipa = "ˈ" }', "no sound"),
        ('[en]\nKyiv = { ipa = "/kˈiv/" }', "/ is no vowel"),
        ('[en]\nKyiv = { ipa = "k\'i:v" }', "' : is no vowel"),
        ("[en]\n\"O'Neil\" = 'a'\n\"O’Neil\" = 'b'", "there twice"),
    ],
)
def test_a_broken_lexicon_is_refused(text: str, message: str) -> None:
    """With the file, the word and what to write."""
    with pytest.raises(ConfigError, match=message) as caught:
        load_lexicon([written(text)])

    assert "lexicon.toml" in caught.value.message
    assert caught.value.hint


def test_a_misspelt_field_gets_a_proposal() -> None:
    """As a misspelt setting does."""
    with pytest.raises(ConfigError) as caught:
        load_lexicon([written('[en]\nKyiv = { iap = "a" }')])

    assert caught.value.hint == "did you mean ipa?"


def test_a_missing_file_is_refused() -> None:
    """A lexicon that was named is wanted."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_lexicon([Path("none.toml")])


def test_what_can_be_said() -> None:
    """Letters of any script with their marks; no digits, signs or dots."""
    assert all(map(is_sayable, ("win", "saint bees", "O'Neil", "James'", "Łódź", "हिन्दी", "北京", "A-ha")))
    assert not any(map(is_sayable, ("", " ", "a  b", "a1", "a.b", "$", "-a", "a_b")))
    assert is_ipa("kˌuː deɪtˈɑː") and is_ipa("ɑ̃") and not is_ipa(" a") and not is_ipa("") and not is_ipa("a1")


def test_shipped_entries_are_known_to_kokoro() -> None:
    """Sounds of the model's alphabet, each with a stressed vowel."""
    entries = shipped_lexicon().entries

    assert len(entries) > 250
    assert all(entry.ipa and set(entry.ipa) <= set(shipped_vocab()) and "ˈ" in entry.ipa for entry in entries)


def test_shipped_entries_correct_something() -> None:
    """An entry that says what espeak says anyway has no place but where a shorter one would say it otherwise."""
    entries = shipped_lexicon().entries
    written = {entry.written for entry in entries}
    needless = [
        entry.written
        for entry in entries
        if f" {entry.ipa} sˈɛd" in phonemise(f"and then the {entry.written} said", "en-us").replace("ɾ", "t")
        and not written.intersection(entry.written.split()[:-1])
    ]

    assert needless == []
