"""Rules for dates, decades and clock times, which the spoken form says before plain figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.context import stop
from narrate.text.spoken.numbers import as_plural, cardinal, ordinal, two_digits, year
from narrate.text.spoken.vocabulary import any_of, word_map

_SENTENCE_WORDS = ("March", "May")
_MONTHS = word_map("calendar", "months")
# Every way a month is written, headings and careless typing included; in lower case only what is no other word.
_WRITTEN_MONTHS = {
    **_MONTHS,
    **{written.upper(): said for written, said in _MONTHS.items()},
    **{written.lower(): said for written, said in _MONTHS.items() if said not in _SENTENCE_WORDS},
}
# Words of the sentence as well; a day and a year beside them leave no doubt.
_WITH_YEAR = {said.lower(): said for said in _SENTENCE_WORDS}
_DAYS = word_map("calendar", "days")
_MONTH = any_of(_MONTHS)
# Cheaper than all months in a row; the rules look the word up.
_MAYBE_MONTH = r"(?P<month>[A-Za-z]{3,9}+\.?)"
_NAMES = tuple(dict.fromkeys(_MONTHS.values()))
_RANK = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?![\d%:])(?!,\d|\.\d)"

_MONTH_DAY = re.compile(
    rf"(?<!\w){_MAYBE_MONTH}[ -]?(?P<day>[0-3]?\d){_RANK}(?: ?[-–] ?(?P<until>[0-3]?\d){_RANK}(?!\d))?"
    rf"(?![\w%:])(?![,.]\d)(?:(?P<comma>,?)[ -]{_YEAR}(?!\w))?"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w.,:/$-])(?P<the>[Tt]he )?(?P<day>[0-3]?\d){_RANK}(?: ?[-–] ?(?P<until>[0-3]?\d){_RANK})?"
    r" (?:of )?"
    rf"{_MAYBE_MONTH}(?!\w)(?! (?:be|not|have)\b)(?:(?P<comma>,?) {_YEAR}(?!\w))?"
)
_MONTH_YEAR = re.compile(rf"(?<!\w){_MAYBE_MONTH}(?P<of>,? (?:of )?){_YEAR}(?![\w])")
_ISO = re.compile(
    r"(?<![\w/.-])(?P<year>[12]\d{3})(?P<sep>[-/])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)"
    r"(?:T(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"
)
_SLASHED = re.compile(
    r"(?<![\w/.-])(?P<first>[0-3]?\d)(?P<sep>[/.-])(?P<second>[0-3]?\d)(?P=sep)(?P<year>[12]\d{3}|\d\d)(?![\w/-])(?!\.\d)"
)
_ON_SLASHED = re.compile(r"(?<=\b[Oo]n )(?P<first>[01]?\d)/(?P<second>[0-3]?\d)(?![\w/])")
_LONE_MONTH = re.compile(r"(?<!\w)(?:Jan|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)\.")
_DAY = rf"(?:{any_of(_DAYS)})"
_WEEKDAY = re.compile(rf"(?<!\w)(?P<it>{_DAY})\.(?=,? (?:{_MONTH}|\d))")
_WEEKDAYS = re.compile(rf"(?<!\w)(?P<from>{_DAY})\.? ?(?:[-–]|to|through) ?(?P<to>{_DAY})(?!\w)(?P<dot>\.?)")

_DECADE = re.compile(r"(?<![\w.])(?<!\d,)(?:(?P<century>\d\d)(?P<full>\d)0 ?|'?(?P<short>[1-9])0)'?s(?!\w)")
_SHORT_YEAR = re.compile(r"(?<!\S)'(?P<it>\d\d)(?![\w'])(?=[ .,;:!?)]|$)(?![.,:]\d)")
_YEARS = re.compile(r"(?<![\w.,$-])(?P<first>1[1-9]\d\d|20\d\d) ?[-–/] ?(?P<second>\d\d)(?![\w%]|[-–/.]\d)")

_HALF = r"(?:[ap]\.m\.?|[AP]\.M\.?|[ap]m|[AP]M)(?!\w)"
_TIME = re.compile(rf"(?<![\w:.])(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>{_HALF})")
_DURATION = re.compile(r"(?<![\w:.])(?P<hours>\d\d?):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\w:])")
_CLOCK = re.compile(r"(?<![\w:.])(?P<hour>\d\d?):(?P<minute>[0-5]\d)(?![\w:])(?!\.\d)")


@needs("0-9")
def month_first_dates(text: str) -> Iterator[Claim]:
    """Jan. 5, 2024 -> January fifth, twenty twenty four; Aug. 3-5 -> August third to fifth."""

    def say(match: re.Match[str]) -> str | None:
        month, days = _month(match), _days(match)
        return f"{month} {days}{_and_year(match)}" if month and days else None

    return claims(_MONTH_DAY, text, say)


@needs("0-9")
def day_first_dates(text: str) -> Iterator[Claim]:
    """12 March 2021 -> the twelfth of March twenty twenty one. Known failure: "Chapter 2 May 4"."""

    def say(match: re.Match[str]) -> str | None:
        month, days = _month(match), _days(match)
        if not month or not days:
            return None
        dot = stop(text, match.end()) if match["month"].endswith(".") and not match["year"] else ""
        return f"{match['the'] or 'the '}{days} of {month}{_and_year(match)}{dot}"

    return claims(_DAY_MONTH, text, say)


@needs("0-9")
def months_with_years(text: str) -> Iterator[Claim]:
    """Feb. 2020 -> February twenty twenty."""

    def say(match: re.Match[str]) -> str | None:
        month = _WRITTEN_MONTHS.get(match["month"])
        return f"{month}{match['of']}{year(int(match['year']))}" if month else None

    return claims(_MONTH_YEAR, text, say)


@needs("0-9")
def numeric_dates(text: str) -> Iterator[Claim]:
    """2024-01-05 -> January fifth, twenty twenty four; 31.12.2024 -> December thirty first, ...

    5/1/2024 is read the American way, as May first; british.py has the other one.
    """
    yield from claims(_ISO, text, _iso)
    yield from claims(_SLASHED, text, lambda match: _slashed(match, is_day_first=match["sep"] == "."))
    yield from claims(_ON_SLASHED, text, lambda m: _date(int(m["first"]), int(m["second"]), ""))


@needs("0-9")
def numeric_dates_day_first(text: str) -> Iterator[Claim]:
    """The British reading: 5/1/2024 -> January fifth, twenty twenty four."""
    yield from claims(_ISO, text, _iso)
    yield from claims(_SLASHED, text, lambda match: _slashed(match, is_day_first=True))
    yield from claims(_ON_SLASHED, text, lambda m: _date(int(m["second"]), int(m["first"]), ""))


@needs(".")
def lone_months(text: str) -> Iterator[Claim]:
    """in Sept. alone -> in September alone; a full stop that also ends the sentence stays."""
    return claims(_LONE_MONTH, text, lambda match: _MONTHS[match[0]] + stop(text, match.end()))


def weekdays(text: str) -> Iterator[Claim]:
    """Mon., Dec. 2 -> Monday, December second; Mon–Fri -> Monday to Friday."""
    yield from claims(_WEEKDAY, text, lambda match: _DAYS[match["it"]])
    yield from claims(
        _WEEKDAYS,
        text,
        lambda m: f"{_DAYS[m['from']]} to {_DAYS[m['to']]}{stop(text, m.end()) if m['dot'] else ''}",
    )


@needs("0-9")
def decades(text: str) -> Iterator[Claim]:
    """the 1990s -> the nineteen nineties; the '80s -> the eighties; her 30s -> her thirties."""

    def say(match: re.Match[str]) -> str:
        if match["short"]:
            return as_plural(cardinal(10 * int(match["short"])))
        return as_plural(year(100 * int(match["century"]) + 10 * int(match["full"])))

    return claims(_DECADE, text, say)


@needs("'")
def short_years(text: str) -> Iterator[Claim]:
    """in '98 -> in ninety eight. Known failure: a quotation that begins with two digits loses its quote."""
    return claims(_SHORT_YEAR, text, lambda match: two_digits(int(match["it"])))


@needs("0-9")
def spans_of_years(text: str) -> Iterator[Claim]:
    """2019-20 -> twenty nineteen to twenty; 1861–65 -> eighteen sixty one to sixty five."""

    def say(match: re.Match[str]) -> str | None:
        if int(match["second"]) <= int(match["first"]) % 100:
            return None
        return f"{year(int(match['first']))} to {two_digits(int(match['second']))}"

    return claims(_YEARS, text, say)


@needs("0-9")
def times_of_day(text: str) -> Iterator[Claim]:
    """3:30 p.m. -> three thirty PM; 9am -> nine AM; a full stop that also ends the sentence stays."""

    def say(match: re.Match[str]) -> str | None:
        if int(match["hour"]) > 23:
            return None
        minutes = int(match["minute"] or 0)
        half = match["half"].replace(".", "").upper()
        said = f"{cardinal(int(match['hour']))} {two_digits(minutes) + ' ' if minutes else ''}{half}"
        return said + (stop(text, match.end()) if match["half"].endswith(".") else "")

    return claims(_TIME, text, say)


@needs("0-9")
def durations(text: str) -> Iterator[Claim]:
    """2:01:39 -> two hours one minute thirty nine seconds."""

    def say(match: re.Match[str]) -> str:
        return " ".join(_counted(int(match[unit]), unit) for unit in ("hours", "minutes", "seconds"))

    return claims(_DURATION, text, say)


@needs("0-9")
def clock_times(text: str) -> Iterator[Claim]:
    """14:45 -> fourteen forty five; 5:00 -> five o'clock; 18:00 -> eighteen hundred.

    A verse is read alike: John 3:16 -> John three sixteen.
    """

    def say(match: re.Match[str]) -> str | None:
        return _clock(int(match["hour"]), int(match["minute"]))

    return claims(_CLOCK, text, say)


def _clock(hour: int, minute: int) -> str:
    if minute:
        return f"{cardinal(hour)} {two_digits(minute)}"
    return f"{cardinal(hour)} o'clock" if hour < 13 else f"{cardinal(hour)} hundred"


def _month(match: re.Match[str]) -> str | None:
    written = match["month"]
    return _WRITTEN_MONTHS.get(written) or (_WITH_YEAR.get(written) if match["year"] else None)


def _days(match: re.Match[str]) -> str | None:
    first, until = int(match["day"]), int(match["until"] or 0)
    if not 1 <= first <= 31 or until > 31:
        return None
    return f"{ordinal(first)} to {ordinal(until)}" if until else ordinal(first)


def _and_year(match: re.Match[str]) -> str:
    return f"{match['comma']} {year(int(match['year']))}" if match["year"] else ""


def _slashed(match: re.Match[str], *, is_day_first: bool) -> str | None:
    """Americans put the month first, unless dots part the figures; where that gives no date, it is the other way."""
    first, second = int(match["first"]), int(match["second"])
    if match["sep"] == "." and len(match["year"]) < 4:
        return None
    if first > 12 or (is_day_first and second <= 12):
        first, second = second, first
    return _date(first, second, match["year"])


def _iso(match: re.Match[str]) -> str | None:
    """2024-01-05T10:30:00Z -> January fifth, twenty twenty four, at ten thirty; seconds and zones tell nobody much."""
    said = _date(int(match["month"]), int(match["day"]), match["year"])
    return f"{said}, at {_clock(int(match['hour']), int(match['minute']))}" if said and match["hour"] else said


def _date(month: int, day: int, written_year: str) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{_NAMES[month - 1]} {ordinal(day)}"
    if len(written_year) == 2:
        return f"{said}, {two_digits(int(written_year))}"
    return f"{said}, {year(int(written_year))}" if written_year else said


def _counted(number: int, units: str) -> str:
    return f"{cardinal(number)} {units if number != 1 else units[:-1]}"
