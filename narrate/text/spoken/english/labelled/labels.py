"""Rules for labels: a word, and the figure that tells one thing from others of its kind, "seat 14B", "Rule 10b-5"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from narrate.text.spoken.claims import Claim, late, needs
from narrate.text.spoken.context import is_counted, word_after
from narrate.text.spoken.numbers import cardinal, paired, whole
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_ABBREVIATED = word_map("labels", "abbreviated")
_PARTS = late(r"\d+|[^\W\d_]+|[^\w ]")

# One thing's own figures: 14B, 10b-5, 2(a)(1), 5.1.2, 22-1451, B7, G.2, 3A–C; amounts have commas, signs or scales.
# A letter right behind digits is the label's, where it is no unit, no half of the day and no rank.
_LETTER = r"(?:[A-Z](?:[A-Z](?<![KMGT]B|[KMGT]W|[AP]M))?|[a-fh-jn-qu-z])(?![^\W\d_])"
_OWN = (
    rf"(?:[A-Z]{{1,3}}[-.]?)?\d{{1,9}}(?:{_LETTER})?"
    rf"(?:[-–.](?:\d{{1,9}}(?:{_LETTER})?|[A-Z]{{1,2}}(?![^\W_])|[a-z](?![^\W_])))*+"
    r"(?: ?\((?:\d{1,3}|[A-Za-z]|[ivx]{2,5})\))*+"
)
_NO_AMOUNT = r"(?![\w%°$€£]|[,:/]\d|\.\d)(?! ?(?:percent|per|million|billion|trillion|thousand|hundred|degrees)\b| %)"
_LABELLED = late(
    rf"(?<![\w.&/'-])(?P<label>Pub\. L\.|[A-Za-z][A-Za-z.]*+|[#№]|§§?)(?P<gap> ?)(?P<own>{_OWN}){_NO_AMOUNT}"
)
_MORE = late(rf"(?:,| and| or| &|, and|, or| through| to) (?P<own>{_OWN}){_NO_AMOUNT}")
_SHORT = late(
    rf"(?<![\w.#§])(?P<it>{any_of(_ABBREVIATED)})(?P<gap> ?)"
    r"(?=\d|[A-Z]{1,3}[-.]?\d|(?P<roman>[IVXLC]+)\b)(?P<digits>\d{1,4})?"
)
# Longer signs of units than "mph" are rare behind a word that could be a label.
_UNIT_CHARS = 3
HYPHEN = "dash"
# Spans of years are said by the rule for dates.
_YEARS = late(r"(?:1[5-9]|20)\d\d[-–]\d{2,4}")
# What is an initial or a word as well, and how many digits it needs: S. 2140, K. 525, b. 1960.
_FEWEST_DIGITS = {"S.": 3, "K.": 2, "b.": 4, "d.": 4, "r.": 4, "fl.": 3, "ca": 3}
_ROMAN_ITEMS = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


class _Kind(NamedTuple):
    """A kind of things with figures, such as rooms, and how its label was written: of several, in lower case."""

    name: str
    is_several: bool
    is_written_low: bool


@needs("0-9")
def labelled_figures(text: str) -> Iterator[Claim]:
    """Form 10-K -> Form ten K; Section 2(a)(1) -> Section two A one; pages 12–15 -> pages twelve to fifteen.

    What is claimed are the figures; a plain figure of one or two digits is left to the rules for numbers. A hyphen
    is a range only where a label speaks of several things or of what comes in ranges, as pages do.
    """
    for match in _LABELLED().finditer(text):
        kind = _kind(match["label"])
        if kind is None:
            continue
        yield from _figures(text, match, kind, is_first=True)
        end = match.end()
        while more := _MORE().match(text, end):
            yield from _figures(text, more, kind, is_first=False)
            end = more.end()


@needs("0-9IVXLC")
def references(text: str) -> Iterator[Claim]:
    """No. 1 -> number one; pp. 12 -> pages twelve; #1 -> number one; the figure is said by another rule."""

    def say(match: re.Match[str]) -> str | None:
        if len(match["digits"] or "") < _FEWEST_DIGITS.get(match["it"], 0):
            return None
        # "No. I left": the speaker, not the first.
        if match["roman"] == "I" and match["it"].lower().startswith(("no", "s")):
            return None
        return f"{_ABBREVIATED[match['it']]}{match['gap'] or ' '}"

    for match in _SHORT().finditer(text):
        said = say(match)
        if said is not None:
            yield Claim(match.start(), match.end("gap"), said)


def is_label(word: str) -> bool:
    """Tell whether a word with a capital names a kind of numbered things: Phase, Route."""
    return word[:1].isupper() and _kind(word) is not None


def _figures(text: str, match: re.Match[str], kind: _Kind, *, is_first: bool) -> Iterator[Claim]:
    own = match["own"]
    if own.isdecimal():
        is_name = len(own) > 2 and (is_first or kind.is_several) and not kind.is_written_low
        if not is_name or _counts(text, match, kind):
            return
    elif not _is_own(text, match, kind, is_first):
        return
    yield Claim(match.start("own"), match.end("own"), _said(own, kind))


def _is_own(text: str, match: re.Match[str], kind: _Kind, is_first: bool) -> bool:
    """Tell whether figures with letters and hyphens belong to a label: not "order 14k units", "No. 2.5"."""
    own = match["own"]
    if kind.name in ("US", "U.S.") or own.count(".") > 2 or _YEARS().fullmatch(own):
        return False
    plain = own.replace(".", "").replace("-", "").replace("–", "").isdecimal()
    if plain and (kind.is_written_low or not is_first) and "." in own:
        return False
    if plain and _counts(text, match, kind):
        return False
    if kind.is_written_low and plain and not kind.is_several and kind.name not in word_set("labels", "ranging"):
        return kind.name.lower() in word_set("labels", "everyday")
    scale = own[-1] in "kmbs" and own[-2].isdecimal() and own.count("-") == 0
    return not (scale and is_counted(word_after(text, match.end())))


def parts_of_label(own: str) -> str:
    """Say figures with letters, dots and brackets where no label stands before: 212(a)(7) -> two twelve A seven."""
    return _said(own, _Kind("", is_several=False, is_written_low=False))


def _counts(text: str, match: re.Match[str], kind: _Kind) -> bool:
    """Tell whether so many or so much follows what looks like a label: Type 250 words, a building 250 ft tall."""
    following = word_after(text, match.end())
    if len(following) <= _UNIT_CHARS and following.islower() and following not in word_set("words", "function"):
        return True
    if not is_counted(following):
        return False
    written = match.groupdict().get("label") or ""
    if written.islower() and not written.endswith("."):
        return True
    begins = not re.search(r"[\w,;] $", text[max(0, match.start() - 2) : match.start()])
    return begins and kind.name in word_set("labels", "commands")


def _said(own: str, kind: _Kind) -> str:
    """Return the figures of a label in words, part by part."""
    parts = _PARTS().findall(own)
    dash = next((at for at, part in enumerate(parts) if part in ("-", "–")), 0)
    is_range = bool(dash) and _is_range(own, parts, dash, kind)
    if is_range and parts[dash - 1].isdecimal() and parts[dash + 1].isdecimal():
        parts[dash + 1] = _completed(parts[dash - 1], parts[dash + 1])
    counts = kind.name in word_set("labels", "counted") and (is_range or not dash)
    said: list[str] = []
    for before, part, after in zip(["", *parts], parts, [*parts[1:], ""], strict=False):
        if part.isdecimal():
            said.append(whole(part) if counts and len(part) < 4 else paired(part))
        elif part.isalpha():
            said.append(_letters(part, before))
        elif part == "." and before.isalnum() and after.isalnum():
            said.append("point")
        elif part in "-–":
            said += ["to"] if is_range else [HYPHEN] if runs_together(before, after) else []
    return " ".join(said)


def runs_together(before: str, after: str) -> bool:
    """Tell whether two numbers would be heard as one, "30-4" as thirty four, so that the hyphen must be said."""
    if not (before.isdecimal() and after.isdecimal()) or after.startswith("0"):
        return False
    return (int(before) % 10 == 0 and len(after) == 1) or (int(before) % 100 == 0 and len(after) == 2)


def _completed(first: str, second: str) -> str:
    """Return the last page of a range that is written short: 231–4 -> 234."""
    return first[: -len(second)] + second if len(second) == 1 < len(first) else second


def _letters(part: str, before: str) -> str:
    if before == "(" and part in _ROMAN_ITEMS:
        return cardinal(_ROMAN_ITEMS[part])
    return part.upper() if part == "a" else part


def _is_range(own: str, parts: list[str], dash: int, kind: _Kind) -> bool:
    """Tell whether a dash in a label's figures is "to": pages 12–15 and Figs. 3A–C, not Form 10-K or No. 22-1451."""
    if own.count(parts[dash]) > 1:
        return False
    before, after = parts[dash - 1], parts[dash + 1]
    several = kind.is_several or parts[dash] == "–"
    if before.isalpha() and after.isalpha():
        return several and (before < after or len(before) > 1)
    if before.isalpha() or after.isalpha():
        return several and _are_alike(own, parts[dash])
    if kind.name in word_set("labels", "dockets") and len(before) == 2 < len(after):
        return False
    rises = int(before) < int(_completed(before, after)) or len(after) < len(before)
    return rises and (several or kind.name in word_set("labels", "ranging"))


def _are_alike(own: str, dash: str) -> bool:
    """Tell whether both ends are made alike, "14A-16B", and in order."""
    first, second = own.split(dash)
    shapes = [re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "0", end)) for end in (first, second)]
    return shapes[0] == shapes[1] and first != second


@lru_cache(maxsize=1024)
def _kind(label: str) -> _Kind | None:
    """Look a label up: whole or short, one or several, with a capital or without."""
    if len(label) == 1 and label.isalpha():
        return None
    word = _ABBREVIATED.get(label, label).rpartition(" ")[2]
    several = word != label and word.endswith("s") and word not in ("S",)
    name = word[:1].upper() + word[1:].lower() if word.islower() or not word.isupper() else word
    for candidate, is_several in ((name, several), (name.capitalize(), several), (_one(name), True)):
        if candidate in _known():
            is_low = label.islower() and candidate.lower() not in word_set("labels", "everyday")
            is_low = is_low and label not in _ABBREVIATED
            return _Kind(candidate, is_several or several, is_low)
    return None


def _one(name: str) -> str:
    return name.removesuffix("es") if name.endswith(("xes", "ches", "sses")) else name.removesuffix("s")


@cache
def _known() -> frozenset[str]:
    lists = (word_set("labels", name) for name in ("paired", "makers", "counted", "works"))
    return frozenset(word for words in lists for word in words)
