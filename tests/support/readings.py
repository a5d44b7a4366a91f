"""Sets of written sentences with their accepted readings, and the judge that compares a reading with them.

A set is a TSV file: category, written sentence, accepted readings, and the language where it is not en-US. In
readings {a|b} is a choice, [x] or [x|y] may be left out, A_B are letters said one by one, "=" is the sentence as
it stands, and in nemo.tsv a bare "|" parts whole readings.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "text" / "spoken" / "data"

_CHOICE = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]")
_LETTERS = re.compile(r"\b\w(?:_\w+)+")

# No sentence has more readings than this that differ in earnest.
READINGS_MAX = 4000


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a set."""

    category: str
    written: str
    readings: str
    language: str = "en-US"


def table(name: str) -> list[list[str]]:
    """Return the fields of each row of a set; comments and empty lines are none."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def cases(name: str) -> list[Case]:
    """The rows of a set."""
    return [Case(*row[:4]) for row in table(name)]


def is_accepted(case: Case, said: str) -> bool:
    """Whether what is said is one of the accepted readings, letter case and punctuation aside."""
    readings = case.written if case.readings == "=" else case.readings
    return any(_plain(reading, joined) == _plain(said, joined) for reading, joined in _expanded(readings))


def _expanded(readings: str) -> Iterator[tuple[str, frozenset[str]]]:
    joined = frozenset(letters.replace("_", "").lower() for letters in _LETTERS.findall(readings))
    for reading in itertools.islice(_choices(readings), READINGS_MAX):
        for whole in reading.split("|"):
            yield _LETTERS.sub(lambda match: match[0].replace("_", ""), whole), joined


def _choices(text: str) -> Iterator[str]:
    """Every way through the choices of a row, the innermost first."""
    match = _CHOICE.search(text)
    if match is None:
        yield text
        return
    options = match[1].split("|") if match[1] is not None else [*match[2].split("|"), ""]
    for option in options:
        yield from _choices(text[: match.start()] + option + text[match.end() :])


def _plain(text: str, joined: frozenset[str]) -> str:
    """Lower case, words apart by single spaces, and letters of an acronym in one word however they were written."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"['’‘ʼ`´.\u200b\u00ad]", "", text)
    text = " ".join(re.sub(r"[^\w]|_", " ", text).split())
    for letters in sorted(joined, key=len, reverse=True):
        text = re.sub(rf"\b{' ?'.join(map(re.escape, letters))}\b", letters, text)
    return text
