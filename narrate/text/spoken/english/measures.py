"""Rules for measures: percent, degrees, units, fractions and large amounts with a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.context import stop, word_after
from narrate.text.spoken.numbers import FIGURE, START, cardinal, number, ordinal, whole
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_UNITS = word_map("units", "units")
_LETTERS = word_map("units", "letters")
_DOTTED = word_map("units", "dotted")
_FRACTIONS = word_map("units", "fractions")
_SCALES = word_map("currencies", "scales")
_NUMBER = rf"{START}(?<!/)(?P<minus>(?<![\w)])[-−])?(?P<figure>{FIGURE})"

_DEGREES = re.compile(rf"{_NUMBER} ?°(?: ?(?P<scale>[CFK])(?!\w))?")
_DEGREE_NAMES = {"C": " Celsius", "F": " Fahrenheit", "K": " Kelvin"}
_FEET_INCHES = re.compile(
    r"(?<![\w.])(?P<feet>\d{1,3})(?:(?:'|-? ?(?:ft|feet|foot)\.?) ?(?P<inches>\d\d?)(?:\"| ?in(?![\w])\.?)"
    r"|'(?P<bare>1[01]|\d)(?![\w'.,]\w|[\w']))"
)
_UNIT_DOTTED = re.compile(rf"{_NUMBER} ?(?P<unit>{any_of(_DOTTED)})\.")
_SCALE_WORD = r"(?P<scale> (?:hundred|thousand|million|billion|trillion))?"
_UNIT_NAME = any_of(_UNITS)
_UNIT = re.compile(
    rf"{_NUMBER}{_SCALE_WORD}(?P<gap> ?|-)(?P<unit>{_UNIT_NAME})(?:/(?P<per>{_UNIT_NAME}|s|h|d))?(?![\w/'])(?!-[a-z])"
)
_UNIT_OF_PART = re.compile(
    rf"(?P<whole>\d ?)?(?:(?<![\d/])\d{{1,2}}/\d{{1,2}}|[{''.join(_FRACTIONS)}])[ -]?(?P<it>{_UNIT_NAME})(?![\w/'])"
)
_LETTER = re.compile(rf"{_NUMBER} ?(?P<unit>{any_of(_LETTERS)})(?![\w/'&])(?!-\w)")
_PER = re.compile(rf"(?<=\d)/(?P<per>{_UNIT_NAME})(?![\w/'])")
_SECONDS = re.compile(rf"{START}(?P<figure>\d{{1,3}}\.\d{{1,3}})s(?![\w-])")
_HOURS_MINUTES = re.compile(r"(?<![\w.])(?P<hours>\d{1,2}) ?h ?(?P<minutes>[0-5]?\d) ?m(?:in)?(?!\w)")
_LARGE = re.compile(rf"{START}(?P<figure>{FIGURE})-?(?P<scale>bn|tn|trn|mn|mln|[kKmMbB])(?!\w)")
_PERCENT = re.compile(r"(?<=\d) ?%")
_MIXED = re.compile(rf"(?<![\w./])(?:(?P<whole>\d++)(?: |-)?)?(?P<sign>[{''.join(_FRACTIONS)}])")
_FRACTION = re.compile(
    r"(?<![\w./,-])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,3})(?:ths?|rds?|THS?|RDS?)?"
    r"(?![\w/]|[.,]\d)"
)
# Above these nobody says halves and tenths but one number over another.
_BOTTOMS = frozenset((*range(2, 13), 16, 20, 32, 50, 64, 100, 1000))


@needs("°")
def degrees(text: str) -> Iterator[Claim]:
    """-10°C -> minus ten degrees Celsius; 45° -> forty five degrees."""

    def say(match: re.Match[str]) -> str:
        name = "degree" if match["figure"] == "1" else "degrees"
        return f"{_signed(match)} {name}{_DEGREE_NAMES.get(match['scale'], '')}"

    return claims(_DEGREES, text, say)


@needs("0-9")
def feet_and_inches(text: str) -> Iterator[Claim]:
    """5'11" -> five feet eleven inches; 6 ft 2 in -> six feet two inches."""

    def say(match: re.Match[str]) -> str:
        feet, inches = int(match["feet"]), int(match["inches"] or match["bare"])
        return f"{cardinal(feet)} {'foot' if feet == 1 else 'feet'} {cardinal(inches)} inch{'es' * (inches != 1)}"

    return claims(_FEET_INCHES, text, say)


@needs(f"0-9{''.join(_FRACTIONS)}")
def units(text: str) -> Iterator[Claim]:
    """5km -> five kilometers; a 500-MW plant -> a five hundred megawatt plant; 7 lb. 4 oz. keeps its last stop.

    Known failure: "5 m" is always meters here; sums of money and millions of people are said before.
    """

    def dotted(match: re.Match[str]) -> str:
        return _measure(match, _UNITS[_DOTTED[match["unit"]]]) + stop(text, match.end())

    yield from claims(_UNIT_DOTTED, text, dotted)
    yield from claims(_UNIT, text, lambda match: _measure(match, _UNITS[match["unit"]], match["gap"] == "-"))
    yield from claims(_LETTER, text, lambda match: _measure(match, _LETTERS[match["unit"]]))
    yield from claims(_SECONDS, text, lambda match: f"{number(match['figure'])} seconds")
    yield from claims(_HOURS_MINUTES, text, _hours_and_minutes)
    yield from claims(_PER, text, lambda match: f" per {_per(match['per'])}")
    yield from claims(_UNIT_OF_PART, text, lambda m: _counted(_UNITS[m["it"]], not m["whole"]), "it")


@needs("0-9")
def large_amounts(text: str) -> Iterator[Claim]:
    """1.2M users -> one point two million users; 3bn -> three billion; 10k -> ten thousand.

    A lone m means millions only before people and the like, and 4K and 3M stay names.
    """

    def say(match: re.Match[str]) -> str | None:
        figure, scale = match["figure"], match["scale"]
        named = len(figure) == 1 and scale in ("K", "M", "B", "b")
        if (scale == "m" or named) and word_after(text, match.end()) not in word_set("words", "people"):
            return None
        return f"{number(figure)} {_SCALES[scale]}"

    return claims(_LARGE, text, say)


@needs("%")
def percent_signs(text: str) -> Iterator[Claim]:
    """3.2% -> three point two percent; the figure is said by a later rule."""
    return claims(_PERCENT, text, lambda _: " percent")


@needs(f"/⁄{''.join(_FRACTIONS)}")
def fractions(text: str) -> Iterator[Claim]:
    """2/3 -> two thirds; 1½ cups -> one and a half cups; 2 1/4 -> two and a quarter."""

    def sign(match: re.Match[str]) -> str:
        top, bottom = _FRACTIONS[match["sign"]].split("/")
        return _fraction(match["whole"], int(top), int(bottom))

    def slashed(match: re.Match[str]) -> str | None:
        top, bottom = int(match["top"]), int(match["bottom"])
        if bottom not in _BOTTOMS or not 0 < top < bottom:
            return None
        return _fraction(match["whole"], top, bottom)

    yield from claims(_MIXED, text, sign)
    yield from claims(_FRACTION, text, slashed)


def _fraction(before: str | None, top: int, bottom: int) -> str:
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    if top > 1:
        name = "halves" if bottom == 2 else f"{name}s"
    if not before:
        return f"{cardinal(top)} {name}"
    return f"{whole(before)} and {'a' if top == 1 else cardinal(top)} {name}"


def _measure(match: re.Match[str], names: str, describes: bool = False) -> str:
    scale = match.groupdict().get("scale") or ""
    single = describes or (match["figure"] == "1" and not scale)
    per = match.groupdict().get("per")
    return f"{_signed(match)}{scale} {_counted(names, single)}{f' per {_per(per)}' if per else ''}"


def _per(unit: str) -> str:
    """Return the word under the line of a unit: km/h -> hour."""
    return {"s": "second", "h": "hour", "d": "day"}.get(unit) or _counted(_UNITS[unit], single=True)


def _hours_and_minutes(match: re.Match[str]) -> str:
    hours, minutes = int(match["hours"]), int(match["minutes"])
    said = f"{cardinal(hours)} {'hour' if hours == 1 else 'hours'}"
    return f"{said} {cardinal(minutes)} {'minute' if minutes == 1 else 'minutes'}"


def _counted(names: str, single: bool) -> str:
    one, _, many = names.partition("|")
    return one if single else many or f"{one}s"


def _signed(match: re.Match[str]) -> str:
    return f"{'minus ' if match['minus'] else ''}{number(match['figure'])}"
