"""Rules for clock times and for times that races take, which the spoken form says before plain figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late, needs
from narrate.text.spoken.context import stop, word_after
from narrate.text.spoken.numbers import cardinal, digit_by_digit, number, two_digits
from narrate.text.spoken.readings import choose
from narrate.text.spoken.vocabulary import word_set

_HALF = r"(?:[ap]\.m\.?|[AP]\.M\.?|[ap]m|[AP]M)(?!\w)"
_TIME = late(rf"(?<![\w:.])(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>{_HALF})")
# Halves of one letter, where a zone follows or the other half: "10p ET", "9p-5a"; "5p-10p" are pence.
_HOUR = r"(?:1[0-2]|[1-9])(?::[0-5]\d)?"
_BRIEF = late(
    rf"(?<![\w:.,$£€-])(?P<from>{_HOUR})(?P<half>[ap])"
    rf"(?: ?[-–] ?(?P<to>{_HOUR})(?P<other>(?!(?P=half))[ap])(?!\w)|(?= (?:[ECMP][SD]?T|GMT|BST)\b))"
)
_DURATION = late(
    r"(?<![\w:.])(?P<hours>\d\d?):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?:\.(?P<part>\d{1,3}))?(?![\w:])"
)
# The 10.15 to Crewe.
_HEADED = late(r" to [A-Z][a-z]")
_CLOCK = late(
    r"(?<![\w:.])(?P<hour>\d\d?):(?P<minute>[0-5]\d)(?:\.(?P<part>\d{1,3}))?"
    r"(?P<zulu>Z\b)?(?P<oclock> o'clock)?(?![\w:])(?!\.\d)"
)
_SUB = late(r"(?<=\b[Ss]ub-)(?P<it>\d{1,2}):00(?![\w:.])")
_DOTTED = late(r"(?<![\w.,:$£€¥/-])(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\w%]|[.,]\d| ?[%°])")
_FOUR = late(
    r"(?<![\w.,:$£€¥/])(?<!\s[-+])(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<hours> ?(?:hours|hrs?|h)\b\.?)?"
    r"(?:(?=(?P<until> ?(?:[-–]|to|until) ?(?:[01]\d|2[0-4])[0-5]\d ?(?:hours|hrs?|h)\b))|(?!-\d))(?![\w%]|[.,]\d)"
)
# As long as " until ".
_LIST_REACH_CHARS = 7
_SINCE = late(r"(?:[01]\d|2[0-4])[0-5]\d ?(?:[-–]|to|until) ?$")
# Before a time without any other sign of one; most four digits are years, and this is cheaper than to weigh them all.
_EXPECTS_TIME = late(r"\b(?:[Aa]t|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Aa]round|[Ff]rom|[Tt]o|[Tt]he) $")
# Four digits that begin like this are a year first.
_CENTURIES = range(14, 21)
_NOON = r"(?:[Nn]oon|[Mm]idday|[Mm]idnight)"
_TO_NOON = late(rf"(?:(?<=\d)|(?<=[apAP][mM])|(?<=[apAP]\.[mM]\.)) ?[-–] ?(?={_NOON}\b)")
_FROM_NOON = late(rf"\b{_NOON}(?P<it> ?[-–] ?)(?=\d)")
_ZONE = late(r"(?<!\w)(?P<name>GMT|UTC) ?(?P<sign>[-+−–])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?!\w)")


@needs("0-9")
def times_of_day(text: str) -> Iterator[Claim]:
    """3:30 p.m. -> three thirty PM; 9am -> nine AM; 10p ET -> ten PM ET; a stop that ends the sentence stays."""

    def say(match: re.Match[str]) -> str | None:
        if int(match["hour"]) > 23:
            return None
        minutes = int(match["minute"] or 0)
        half = match["half"].replace(".", "").upper()
        said = f"{cardinal(int(match['hour']))} {two_digits(minutes) + ' ' if minutes else ''}"
        return said + half + (stop(text, match.end()) if match["half"].endswith(".") else "")

    yield from claims(_TIME(), text, say)
    yield from claims(_BRIEF(), text, _brief)


@among_digits(r"\d:\d")
def durations(text: str) -> Iterator[Claim]:
    """2:01:39 -> two hours one minute thirty nine seconds; 00:12:05 -> twelve minutes five seconds."""

    def say(match: re.Match[str]) -> str:
        units = [unit for unit in ("hours", "minutes", "seconds") if unit != "hours" or int(match[unit])]
        said = [_counted(int(match[unit]), unit) for unit in units]
        if match["part"]:
            figure = f"{int(match['seconds'])}.{match['part']}"
            said[-1] = f"{number(figure)} seconds"
        return " ".join(said)

    return claims(_DURATION(), text, say)


@among_digits(r"\d:\d")
def clock_times(text: str) -> Iterator[Claim]:
    """14:45 -> fourteen forty five; 5:00 -> five o'clock; 18:00 -> eighteen hundred; 4:07.3 -> ... point three.

    Of more hours than a day has, it is a length: 35:00 -> thirty five minutes. "sub-4:00 mile" is of four minutes.
    """
    yield from claims(_SUB(), text, lambda match: f"{cardinal(int(match['it']))} {_length(text, match.end())}")
    yield from claims(_CLOCK(), text, _clock)


@among_digits(r"\d\.\d\d")
def dotted_clock_times(text: str) -> Iterator[Claim]:
    """the 17.45 train -> the seventeen forty five train; decimals are left alone."""
    last = -_LIST_REACH_CHARS - 1
    for match in _DOTTED().finditer(text):
        facts = ["zero"] if match["hour"].startswith("0") and len(match["hour"]) > 1 else []
        facts += ["listed"] if match.start() - last <= _LIST_REACH_CHARS else []
        facts += ["headed"] if _HEADED().match(text, match.end()) else []
        reading = choose("dotted_clock", text, match.start(), match.end(), facts)
        if reading.name == "clock":
            last = match.end()
            said = clock(int(match["hour"]), int(match["minute"]))
            yield Claim(match.start(), match.end(), said, str(reading))


@among_digits(r"\d{4}")
def four_digit_times(text: str) -> Iterator[Claim]:
    """at 0430 -> at oh four thirty; until 1900 hrs -> until nineteen hundred hours."""
    for match in _FOUR().finditer(text):
        facts = [name for name in ("hours", "until") if match[name]]
        facts += ["zero"] if match["hour"].startswith("0") else []
        facts += ["since"] if _SINCE().search(text, max(0, match.start() - 10), match.start()) else []
        if not (facts or _EXPECTS_TIME().search(text, max(0, match.start() - 9), match.start())):
            continue
        facts += ["followed"] if _is_followed(text, match.end("minute")) else []
        facts += ["year"] if int(match["hour"]) in _CENTURIES else []
        reading = choose("four_digits", text, match.start(), match.end("minute"), facts)
        if reading.name == "clock":
            said, end = _four_digits(match["hour"], int(match["minute"])), match.end("minute")
            if match["hours"]:
                end = match.end("hours")
                said += f" hours{stop(text, end) if match['hours'].endswith('.') else ''}"
            yield Claim(match.start(), end, said, str(reading))


@needs("-–")
def spans_to_noon(text: str) -> Iterator[Claim]:
    """9am–noon -> nine AM to noon; noon–5pm -> noon to five PM."""
    yield from claims(_TO_NOON(), text, lambda _: " to ")
    yield from claims(_FROM_NOON(), text, lambda _: " to ", "it")


@needs("GU")
def zones(text: str) -> Iterator[Claim]:
    """UTC-5 -> UTC minus five; GMT+5:30 -> GMT plus five thirty."""

    def say(match: re.Match[str]) -> str:
        sign = "plus" if match["sign"] == "+" else "minus"
        said = f"{match['name']} {sign} {cardinal(int(match['hours']))}"
        return f"{said} {two_digits(int(match['minutes']))}" if match["minutes"] else said

    return claims(_ZONE(), text, say)


def _is_followed(text: str, end: int) -> bool:
    """Tell whether a word that figures can count stands right behind: at 1200 bps."""
    word = word_after(text, end)
    return word.islower() and word not in word_set("words", "function")


def clock(hour: int, minute: int) -> str:
    """Return a time of day in words: (14, 45) -> fourteen forty five, (5, 0) -> five o'clock."""
    if minute:
        return f"{cardinal(hour)} {two_digits(minute)}"
    return f"{cardinal(hour)} o'clock" if hour < 13 else f"{cardinal(hour)} hundred"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["part"]:
        before = f"{cardinal(hour)} {two_digits(minute)}" if hour else cardinal(minute)
        return f"{before} point {digit_by_digit(match['part'])}"
    if hour > 24 and not minute:
        return f"{cardinal(hour)} minutes"
    return clock(hour, minute) + (" Zulu" if match["zulu"] else "")


def _four_digits(hour: str, minute: int) -> str:
    """Return the time of a timetable or an army in words: 0430 -> oh four thirty, 1900 -> nineteen hundred."""
    hours = two_digits(int(hour)) if int(hour) else "zero zero"
    return f"{hours} {two_digits(minute)}" if minute else f"{hours} hundred"


def _brief(match: re.Match[str]) -> str:
    said = f"{_hour(match['from'])} {match['half'].upper()}M"
    return f"{said} to {_hour(match['to'])} {match['other'].upper()}M" if match["to"] else said


def _hour(written: str) -> str:
    hour, _, minute = written.partition(":")
    return clock(int(hour), int(minute)) if minute.strip("0") else cardinal(int(hour))


def _length(text: str, end: int) -> str:
    return "hour" if word_after(text, end).lower() in word_set("calendar", "hour_races") else "minute"


def _counted(number: int, units: str) -> str:
    return f"{cardinal(number)} {units if number != 1 else units[:-1]}"
