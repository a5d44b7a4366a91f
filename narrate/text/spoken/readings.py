"""Choice between the legal readings of one sign: the sentence's evidence, weighed by one visible table.

The table is tables/readings.toml: for each sign its readings, and for each reading its evidence, one a line, as a
weight, a place and what is looked for there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from narrate.core.resources import packaged_table

# So many words on either side are "near"; further off, a word mostly belongs to something else.
_NEAR_WORDS = 5
# No sentence of an article that says anything about a sign is longer; keeps a wall of text linear.
_REACH_CHARS = 240
# An abbreviation with its stop and the spaces behind it.
_ABBREVIATION_CHARS = 12
_WORD = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*|[$£€¥%°]")
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[A-Z])|\n")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})\.\s+$")


class _Evidence(NamedTuple):
    """One line of the table: so much for a reading where one of the words stands in the place."""

    weight: float
    place: str
    words: frozenset[str]
    written: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that was chosen.

    Attributes:
        name: The name of the reading in the table.
        why: The evidence that spoke for it, as it stands in the table: "after @people, near @change".
    """

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} ({self.why})" if self.why else self.name


class _Surroundings(NamedTuple):
    """The words around a span within its sentence, in lower case, the nearest last before it and first behind it."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def at(self, place: str) -> tuple[str, ...]:
        """Return the words of one of the places that evidence may name."""
        match place:
            case "before":
                return self.before[-1:]
            case "after":
                return self.after[:1]
            case "ahead":
                return self.before[-_NEAR_WORDS:]
            case "behind":
                return self.after[:_NEAR_WORDS]
            case "near":
                return self.before[-_NEAR_WORDS:] + self.after[:_NEAR_WORDS]
        return self.before + self.after


def choose(sign: str, text: str, start: int, end: int, facts: Collection[str] = ()) -> Reading:
    """Choose how a sign is read: "12m" in "gave 12m in aid" is millions, in "a 12m shaft" meters.

    Args:
        sign: Name of the sign, a section of tables/readings.toml.
        text: The text in which it stands.
        start: Where the doubtful span begins (characters).
        end: Where it ends (exclusive).
        facts: What the rule knows itself, such as "decimal"; lines of the table ask for it by "if decimal".

    Returns:
        The reading with the greatest sum of weights; of equal ones the first in the table.
    """
    around = _surroundings(text, start, end)
    best, best_weight = Reading("", ""), float("-inf")
    for name, evidence in _readings(sign):
        found = [line for line in evidence if _holds(line, around, facts)]
        weight = sum(line.weight for line in found)
        if weight > best_weight:
            best = Reading(name, ", ".join(line.written for line in found if line.weight > 0 and line.written))
            best_weight = weight
    return best


def _holds(line: _Evidence, around: _Surroundings, facts: Collection[str]) -> bool:
    if line.place == "always":
        return True
    if line.place == "if":
        return not line.words.isdisjoint(facts)
    return not line.words.isdisjoint(around.at(line.place))


def _surroundings(text: str, start: int, end: int) -> _Surroundings:
    before = text[max(0, start - _REACH_CHARS) : start]
    for found in reversed(list(_SENTENCE_END.finditer(before))):
        if not _ABBREVIATED.search(before, max(0, found.end() - _ABBREVIATION_CHARS), found.end()):
            before = before[found.end() :]
            break
    after = text[end : end + _REACH_CHARS]
    found_end = _SENTENCE_END.search(after)
    after = after[: found_end.start()] if found_end else after
    return _Surroundings(_words(before), _words(after))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


@cache
def _readings(sign: str) -> tuple[tuple[str, tuple[_Evidence, ...]], ...]:
    readings = _table()[sign]
    return tuple((name, tuple(_evidence(line) for line in lines)) for name, lines in readings.items())


def _evidence(line: str) -> _Evidence:
    """Read one line of the table: "3 after people|@money"."""
    weight, _, rest = line.partition(" ")
    place, _, wanted = rest.partition(" ")
    words = frozenset(_expanded(wanted))
    return _Evidence(float(weight), place, words, "" if place == "always" else rest)


def _expanded(wanted: str) -> Iterator[str]:
    for word in filter(None, wanted.split("|")):
        if word.startswith("@"):
            yield from " ".join(_table()["classes"][word[1:]]).lower().split()
        else:
            yield word.lower()


@cache
def _table() -> Mapping[str, dict[str, list[str]]]:
    return packaged_table("narrate.text.spoken", "tables/readings.toml")
