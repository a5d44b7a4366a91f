"""The phrases that cleaning knows, read from one TOML file a language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from narrate.core.article import Block
from narrate.core.language.tags import primary_language
from narrate.core.resources import packaged_file, packaged_table
from narrate.text.clean.phrases.lines import PhraseLine, folded
from narrate.text.clean.phrases.spelling import respelt_phrase, respelt_text

# Where the files lie, by the letters that their languages are written in.
FOLDERS = ("latin", "scripts")

# No whole-line phrase is this long, and a regular expression on a whole paragraph would only cost time.
PHRASE_MAX_CHARS = 160

# The text of a plea or a notice may be a paragraph; only its beginning is looked at.
START_MAX_CHARS = 700

# Phrases are looked up by so many of a text's first characters.
INDEX_CHARS = 4
# So many texts, and beginnings of texts, are remembered; a page has a few hundred.
KEPT_MAX = 4_096

STRENGTHS = ("opens", "lines", "weak", "starts", "tail", "edge")

# Of these only the beginning of a block must match.
_BEGINNINGS = ("starts", "tail", "continues")

# Marks that pages put before and after a button; what belongs to a phrase ("©", "@", "#", "%") stays, and so do
# quotation marks: “Got it.” is what somebody says.
_MARKS_BEFORE = re.compile(r"^[^\w©@#%&<←«\"'“”‘„「『《]+|^[«<←]+\s*(?=\w)")
_MARKS_AFTER = re.compile(r"[\s.…!:·|–—\-»›→>▶▼▽•*+✓✔\]})】〕〉、。｡।॥۔~]+$")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")


_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Hit:
    """The rule and strength by which a line was recognised.

    Attributes:
        rule: Name of the rule whose table holds the phrase.
        strength: Which list of the table: one of STRENGTHS.
    """

    rule: str
    strength: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases: for each strength the rules in order with their lines, and the words of pleas."""

    lines: Mapping[str, tuple[tuple[str, tuple[PhraseLine, ...]], ...]]
    mentions: re.Pattern[str] | None
    about_header: re.Pattern[str] | None
    # What may match a line that begins with these characters, by strength and characters; filled as lines come.
    _by_first: dict[tuple[tuple[str, ...], str], tuple[tuple[str, str, PhraseLine], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    # What was found of texts: a page's are looked at once to choose the article's and again to clean it.
    _hits: dict[tuple[str, str, tuple[str, ...]], Hit | None] = field(default_factory=dict, compare=False, repr=False)
    _counts: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    _indices: dict[str, Mapping[str, Sequence[tuple[int, str, PhraseLine]]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def hit(self, block: Block, strengths: tuple[str, ...] = STRENGTHS) -> Hit | None:
        """The first phrase that a block is (edge marks aside), or that it begins with; None for the author's words.

        Where a heading may be the author's or a button ("Share", "Two years ago"), it is a hint; where its words only
        make neighbours suspicious ("Highlights"), it is nothing.
        """
        if len(block.text) > START_MAX_CHARS:
            return None
        key = (block.text, block.kind, strengths)
        try:
            return self._hits[key]
        except KeyError:
            return _kept(self._hits, key, self._found(block, strengths))

    def _found(self, block: Block, strengths: tuple[str, ...]) -> Hit | None:
        bare = _MARKS_AFTER.sub("", _MARKS_BEFORE.sub("", respelt_text(block.text)))
        if block.kind == "list_item":
            bare = _NUMBER.sub("", bare, count=1)
        plain = folded(bare)
        if block.kind == "heading":
            strengths = tuple(strength for strength in strengths if strength != "edge")
        if len(block.text) > PHRASE_MAX_CHARS:
            strengths = tuple(strength for strength in strengths if strength in _BEGINNINGS)
        for strength, rule, line in self._candidates(strengths, plain[:INDEX_CHARS]):
            if line.matches(bare, plain):
                return Hit(rule, "edge" if strength == "weak" and block.kind == "heading" else strength)
        return None

    def _candidates(self, strengths: tuple[str, ...], first: str) -> tuple[tuple[str, str, PhraseLine], ...]:
        """Return the lines that may match what begins so, each after its strength and rule: a few of all, in order."""
        key = (strengths, first)
        try:
            return self._by_first[key]
        except KeyError:
            found = tuple(entry for strength in strengths for entry in self._of(strength, first))
            return _kept(self._by_first, key, found)

    def _of(self, strength: str, first: str) -> list[tuple[str, str, PhraseLine]]:
        index = self._index(strength)
        found = [entry for length in range(len(first) + 1) for entry in index.get(first[:length], ())]
        return [(strength, rule, line) for _, rule, line in sorted(found, key=lambda entry: entry[0])]

    def _index(self, strength: str) -> Mapping[str, Sequence[tuple[int, str, PhraseLine]]]:
        """Return lines with their place and rule by what texts that they match begin with; "" where it is anything."""
        if strength not in self._indices:
            index: dict[str, list[tuple[int, str, PhraseLine]]] = defaultdict(list)
            lines = ((rule, line) for rule, lines in self.lines.get(strength, ()) for line in lines)
            for place, (rule, line) in enumerate(lines):
                for head in {head[:INDEX_CHARS] for head in line.heads} or {""}:
                    index[head].append((place, rule, line))
            self._indices[strength] = dict(index)
        return self._indices[strength]

    def count_mentions(self, text: str) -> int:
        """Count the different words of pleas and notices ("newsletter", "cookies") a text holds."""
        if self.mentions is None:
            return 0
        if len(text) > START_MAX_CHARS:
            return self._mentioned(self.mentions, text)
        try:
            return self._counts[text]
        except KeyError:
            return _kept(self._counts, text, self._mentioned(self.mentions, text))

    @staticmethod
    def _mentioned(mentions: re.Pattern[str], text: str) -> int:
        return len({match.lower() for match in mentions.findall(respelt_text(text))})

    def about(self, text: str) -> str | None:
        """The name in a header such as "About Acme"."""
        found = self.about_header.fullmatch(text) if self.about_header else None
        return found["name"] if found and found["name"][0].isupper() else None


def _kept(known: dict[_K, _V], key: _K, value: _V) -> _V:
    """Remember a value and return it; where too much is known, all else is forgotten, as threads ask all the time."""
    if len(known) >= KEPT_MAX:
        known.clear()
    known[key] = value
    return value


@cache
def phrases_for(language: str) -> Phrases:
    """The English phrases and those of the language, where there is a file for it."""
    names = dict.fromkeys(("en", primary_language(language)))
    found: dict[str, dict[str, list[str]]] = {}
    extra: dict[str, list[str]] = {"mentions": [], "about": []}
    for tables in map(_load, names):
        words = tables.pop("words", {})
        extra["mentions"] += _mentions(tables.pop("mentions", {}))
        extra["about"] += tables.pop("about", {}).get("words", [])
        for rule, table in tables.items():
            for strength, lines in table.items():
                found.setdefault(strength, {}).setdefault(rule, []).extend(_with_words(line, words) for line in lines)
    lines_of = {
        strength: tuple((rule, _lines(listed, whole=strength not in _BEGINNINGS)) for rule, listed in rules.items())
        for strength, rules in found.items()
    }
    about = f"(?:{'|'.join(extra['about'])}) (?P<name>.{{2,41}}?):?"
    return Phrases(
        lines_of,
        re.compile("|".join(extra["mentions"]), re.IGNORECASE) if extra["mentions"] else None,
        re.compile(about) if extra["about"] else None,
    )


def _mentions(table: Mapping[str, list[str]]) -> list[str]:
    """Return patterns of the words of pleas: of whole words, and of those found inside others ("parts")."""
    words, parts = (list(map(respelt_phrase, table.get(name, []))) for name in ("words", "parts"))
    return ([rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"] if words else []) + parts


def _load(language: str) -> dict[str, dict[str, list[str]]]:
    """Return the tables of a language; none if there is no file for it."""
    names = [f"{folder}/{language}.toml" for folder in FOLDERS if language.isalpha()]
    found = next((name for name in names if packaged_file(__name__, name).is_file()), None)
    return dict(packaged_table(__name__, found)) if found else {}


def _with_words(line: str, words: Mapping[str, list[str]]) -> str:
    """{name} stands for any of words.name; the rest is a regular expression."""
    for name, choices in words.items():
        line = line.replace(f"{{{name}}}", f"(?:{'|'.join(choices)})")
    return line


def _lines(sources: Iterable[str], *, whole: bool) -> tuple[PhraseLine, ...]:
    return tuple(PhraseLine(respelt_phrase(source), whole=whole) for source in sources)
