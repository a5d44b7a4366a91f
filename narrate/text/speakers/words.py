"""The words that tell speakers from other things before a colon, from words.toml, ready to be asked."""

from __future__ import annotations

import re
from functools import cache

from narrate.core.language.tags import primary_language
from narrate.core.resources import packaged_rows, packaged_table

_PACKAGE = "narrate.text.speakers"
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{3,}")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def folded(name: str) -> str:
    """Return a name without letter case, points and doubled spaces, so that "L. H." is "lh" and "SMITH" "smith"."""
    joined = re.sub(r"(?<=\b\w)\.\s*(?=\w\b)", "", name)
    return " ".join(re.sub(r"[.\u2019']", "", joined).casefold().split())


def shown_name(name: str) -> str:
    """Return a name as it is written in a sentence: "Mr. O'NEILL" is "Mr. O'Neill"; short ones may be initials."""
    return _CAPITALS.sub(lambda word: word[0].capitalize(), name)


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of words.toml, each word folded."""
    return frozenset(map(folded, packaged_table(_PACKAGE, "words.toml")[name]))


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return the abbreviations and words for question and answer, folded."""
    return tuple((folded(asks), folded(says)) for asks, says in packaged_table(_PACKAGE, "words.toml")["pairs"])


@cache
def editors_words() -> re.Pattern[str]:
    """Return the pattern of a paragraph that an editor wrote about the conversation."""
    return re.compile("|".join(packaged_table(_PACKAGE, "words.toml")["editors"]), re.IGNORECASE)


@cache
def persons(table: str, language: str) -> frozenset[str]:
    """Return the words of a grammatical person, those of English where a language has no list.

    Args:
        table: "first_person" (and second: by which people talk to each other) or "second_person".
        language: BCP 47 tag.
    """
    lists = packaged_table(_PACKAGE, "words.toml")[table]
    return frozenset(lists.get(primary_language(language), lists["en"]))


def has_person(text: str, table: str, language: str) -> bool:
    """Tell whether a text has a word of a grammatical person."""
    words = persons(table, language)
    return any(match[0].casefold().replace("’", "'") in words for match in _TOKEN.finditer(text))


@cache
def _first_names() -> dict[tuple[str, str], str]:
    rows = packaged_rows(_PACKAGE, "first_names.tsv")
    return {(name.casefold(), language): gender for name, gender, language in ((*row, "")[:3] for row in rows)}


def is_first_name(word: str) -> bool:
    """Tell whether a word is one of the first names that are known, in any letter case."""
    return (word.casefold(), "") in _first_names()


def is_role(name: str) -> bool:
    """Tell whether a name says what somebody does in a conversation, and not who it is."""
    return folded(name) in listed("roles")


def gender_of(name: str, language: str = "") -> str:
    """Return "female" or "male" by a person's first name or title, "" where neither says it.

    Args:
        name: As the article has it: "Anna Berg", "Mr. SMITH".
        language: BCP 47 tag, for names that are a man's in one language and a woman's in another.
    """
    words = name.replace(".", " ").split()
    if not words:
        return ""
    titles = packaged_table(_PACKAGE, "words.toml")["titles"]
    for gender in ("female", "male"):
        if words[0].casefold() in titles[gender]:
            return gender
    known, first = _first_names(), words[0].casefold()
    return known.get((first, primary_language(language)), "") or known.get((first, ""), "")
