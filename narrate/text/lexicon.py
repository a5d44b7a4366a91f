"""Lexicons: how single words are said, as a user or this package writes it down in TOML files."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from narrate.core import toml
from narrate.core.errors import ConfigError
from narrate.core.language.tags import primary_language, with_usual_case
from narrate.core.near_names import did_you_mean
from narrate.core.resources import packaged_rows

ANY_LANGUAGE = "any"

EXAMPLE = 'write "Kyiv" = { ipa = "kˈiːv" }, "Nguyen" = "win", "SQL" = { spell = true } or "NATO" = { word = true }'

_WAYS = ("say", "ipa", "spell", "word")
_FIELDS = (*_WAYS, "case")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_STRAIGHT = str.maketrans("‘’ʼ＇“”‐‑", "''''\"\"--")

# Letters, spaces, apostrophes and hyphens: nothing that an engine or a rule could read in a second way.
_SAID = re.compile(r"[^\W\d_](?:[ '-]?[^\W\d_])*'?")

_IPA_LETTERS = frozenset("abcdefhijklmnopqrstuvwxyzæçðøħŋœβθχɫⱱᵻᵿɡǀǁǂǃ" + "".join(map(chr, range(0x250, 0x2B0))))
_IPA_SIGNS = _IPA_LETTERS | frozenset("ˈˌːˑʰʲʷˠˤˡⁿ˞˥˦˧˨˩")
# A tie between two signs and a dot between syllables are good IPA, and no engine's alphabet has them.
_UNUSED = str.maketrans({"͡": "", "͜": "", ".": "", "g": "ɡ"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase and how it is said: in other letters, in sounds, letter by letter or as a word.

    Attributes:
        written: As it stands in texts, with straight quotes.
        say: Other letters to read; None for another way.
        ipa: Its sounds in the International Phonetic Alphabet; None for another way.
        is_spelt: Said letter by letter.
        is_word: Said as a word, though it looks like letters.
        is_case_sensitive: Whether capitals must be as in `written`.
        language: "en" for a language, "en-GB" for one region of it, "any" for all.
    """

    written: str
    say: str | None = None
    ipa: str | None = None
    is_spelt: bool = False
    is_word: bool = False
    is_case_sensitive: bool = True
    language: str = ANY_LANGUAGE


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries of every language, those that win over others last; two of the same entries are equal."""

    entries: tuple[Entry, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A thousand entries take half a millisecond to hash, and a lexicon is looked up at every sentence.
        object.__setattr__(self, "_hash", hash(self.entries))

    def __hash__(self) -> int:
        return self._hash

    def entries_for(self, language: str) -> tuple[Entry, ...]:
        """The entries for texts of a language, one for each way to write a word.

        Args:
            language: BCP 47 tag; "en-GB" gets what is for "en-GB", "en" and "any".
        """
        wanted = {ANY_LANGUAGE, primary_language(language), with_usual_case(language)}
        merged: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            if entry.language in wanted:
                same_letters = merged.setdefault(entry.written.lower(), {})
                if not entry.is_case_sensitive:
                    same_letters.clear()
                same_letters[entry.written] = entry
        return tuple(entry for same_letters in merged.values() for entry in same_letters.values())

    def __add__(self, other: Lexicon) -> Lexicon:
        """Return both, those of `other` winning."""
        return Lexicon(self.entries + other.entries)


def load_lexicon(paths: Iterable[Path]) -> Lexicon:
    """Read lexicon files; an entry of a later file wins over one of an earlier file.

    Raises:
        ConfigError: A file cannot be read, or an entry is none; says where it stands.
    """
    return Lexicon(tuple(entry for path in paths for entry in _entries(_read(path), str(path))))


def entries_of(text: str, name: str) -> tuple[Entry, ...]:
    """Return the entries of a lexicon's text.

    Args:
        text: Of a file.
        name: Of the file, for errors.

    Raises:
        ConfigError: It is no lexicon, or an entry is none; says which.
    """
    try:
        tables = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} cannot be read as a lexicon: {error}", EXAMPLE) from error
    return tuple(_entries(tables, name))


@cache
def shipped_lexicon() -> Lexicon:
    """Return names and terms of the news that engines are known to say wrong."""
    return Lexicon(tuple(_shipped(*row) for row in packaged_rows("narrate.text", "lexicon.tsv")))


def _shipped(written: str, ipa: str, *case: str) -> Entry:
    return Entry(written, ipa=ipa, is_case_sensitive=not case, language="en")


def is_ipa(text: str) -> bool:
    """Tell whether a text is made of sounds and their marks, words apart by single spaces."""
    signs = text.replace(" ", "")
    return _spaced(text) == text and any(sign in _IPA_LETTERS for sign in signs) and not _no_sounds(signs)


def is_sayable(text: str) -> bool:
    """Tell whether a text is letters to be read as they stand, with no digit and no sign that is said."""
    return bool(_SAID.fullmatch(_without_marks(text)))


def _read(path: Path) -> Mapping[str, object]:
    try:
        return toml.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as a lexicon: {error}", EXAMPLE) from error


def _entries(tables: Mapping[str, object], where: str) -> Iterator[Entry]:
    """Yield all entries of a file, the more particular ones later: any, en, en-GB."""
    for name in sorted(tables, key=lambda name: (name != ANY_LANGUAGE, name.count("-") + name.count("_"))):
        words = tables[name]
        if not isinstance(words, dict):
            raise ConfigError(f"{name!r} in {where} stands under no language", "write [en] on the line above it")
        if name != ANY_LANGUAGE and not _LANGUAGE.fullmatch(name):
            raise ConfigError(f"[{name}] in {where} is no language", "write [en], [en-GB] or [any] above the words")
        yield from _of_language(words, with_usual_case(name), f"[{name}] in {where}")


def _of_language(words: Mapping[str, object], language: str, where: str) -> Iterator[Entry]:
    seen: set[str] = set()
    for key, value in words.items():
        try:
            entry = _entry(_written(key), value, language)
            if entry.written in seen:
                raise ValueError("it is there twice, with other quotes or spaces")
        except ValueError as error:
            raise ConfigError(f"{key!r} = {value!r} of {where} cannot be used: {error}", _hint(value)) from error
        seen.add(entry.written)
        yield entry


def _entry(written: str, value: object, language: str) -> Entry:
    fields = {"say": value} if isinstance(value, str) else value
    if not isinstance(fields, dict):
        raise ValueError("it must be what is said, or a table of one way to say it")
    for name in fields:
        if name not in _FIELDS:
            raise ValueError(f"{name!r} is no field of an entry")
    ways = [name for name in _WAYS if name in fields]
    if len(ways) != 1:
        raise ValueError(f"it needs exactly one of {', '.join(_WAYS)}")
    return Entry(
        written,
        say=_say(fields["say"]) if "say" in fields else None,
        ipa=ipa_of(_text("ipa", fields["ipa"])) if "ipa" in fields else None,
        is_spelt=_true("spell", fields.get("spell"), written),
        is_word=_true("word", fields.get("word"), written),
        is_case_sensitive=_case(fields.get("case", True)),
        language=language,
    )


def _written(key: str) -> str:
    written = _spaced(unicodedata.normalize("NFC", key).translate(_STRAIGHT))
    if not any(char.isalnum() for char in written):
        raise ValueError("the word is empty")
    return written


def _say(value: object) -> str:
    said = _spaced(unicodedata.normalize("NFC", _text("say", value)).translate(_STRAIGHT))
    if not is_sayable(said):
        raise ValueError("say must be letters, spaces, apostrophes and hyphens: digits and signs as words")
    return said


def ipa_of(text: str) -> str:
    """Return sounds in the letters that engines know: without ties and dots, accents composed, words apart by a space.

    Raises:
        ValueError: A sign stands for no sound; the message ends a sentence about it.
    """
    ipa = _spaced(unicodedata.normalize("NFD", text).translate(_UNUSED))
    ipa = unicodedata.normalize("NFC", ipa)
    if not is_ipa(ipa):
        wrong = _no_sounds(ipa.replace(" ", ""))
        raise ValueError(f"{wrong} is no vowel or consonant" if wrong else "ipa has no sound in it")
    return ipa


def _true(name: str, value: object, written: str) -> bool:
    if value is None:
        return False
    if value is not True:
        raise ValueError(f"{name} can only be true")
    if not any(char.isalpha() for char in written):
        raise ValueError(f"there is no letter to {name}")
    return True


def _case(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("case must be true or false")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text that is not empty")
    return value


def _no_sounds(signs: str) -> str:
    """The signs among these that stand for no sound and mark none."""
    if _IPA_SIGNS.issuperset(signs):
        return ""
    bare = _without_marks(signs)
    return " ".join(dict.fromkeys(sign for sign in bare if sign not in _IPA_SIGNS))


def _without_marks(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.category(char).startswith("M")
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _hint(value: object) -> str:
    for name in value if isinstance(value, dict) else ():
        if name not in _FIELDS and (near := did_you_mean(name, _FIELDS)):
            return near
    if isinstance(value, dict) and "ipa" in value:
        return "stress is ˈ before the vowel, length is ː, and slashes stay away: kˈiːv"
    return EXAMPLE
