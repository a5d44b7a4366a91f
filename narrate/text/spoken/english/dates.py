"""Rules for dates, weekdays, years and decades, which the spoken form says before plain figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, claims, late, needs, needs_words
from narrate.text.spoken.context import stop, word_before
from narrate.text.spoken.english.clocks import clock
from narrate.text.spoken.english.scores import slash_reading
from narrate.text.spoken.numbers import as_plural, cardinal, ordinal, two_digits, year
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

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
# Abbreviations that are nothing else, and those that are words of the sentence.
_SURE_DAYS = ("Tues", "Weds", "Thur", "Thurs")
_WORD_DAYS = ("Sat", "Sun")
_MONTH = any_of(_MONTHS)
# Cheaper than all months in a row; the rules look the word up.
_MAYBE_MONTH = r"(?P<month>[A-Za-z]{3,9}+\.?)"
_NAMES = tuple(dict.fromkeys(_MONTHS.values()))
_RANK = r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?![\d%:])(?!,\d|\.\d)"

_MONTH_DAY = late(
    rf"(?<!\w){_MAYBE_MONTH}[ -]?(?P<day>[0-3]?\d){_RANK}(?: ?[-–] ?(?P<until>[0-3]?\d){_RANK}(?!\d))?"
    rf"(?![\w%:])(?![,.]\d)(?:(?P<comma>,?)[ -]{_YEAR}(?!\w))?"
)
_DAY_MONTH = late(
    rf"(?<![\w.,:/$])(?<!\d-)(?<!\w-)(?P<the>[Tt]he )?(?P<day>[0-3]?\d){_RANK}(?: ?[-–] ?(?P<until>[0-3]?\d){_RANK})?"
    r" (?:of )?"
    rf"{_MAYBE_MONTH}(?!\w)(?! (?:be|not|have)\b)(?:(?P<comma>,?) {_YEAR}(?!\w))?"
)
_MONTH_YEAR = late(rf"(?<!\w){_MAYBE_MONTH}(?P<of>,? (?:of )?){_YEAR}(?![\w])")
_NUMBERED_MONTH = late(
    r"(?<![\w.,/$-])(?:(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])|(?P<first>0?[1-9]|1[0-2])/(?P<last>(?:19|20)\d\d))"
    r"(?![\w/-]|[.,]\d)"
)
_ISO = late(
    r"(?<![\w/.-])(?P<year>[12]\d{3})(?P<sep>[-/])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)"
    r"(?:T(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"
)
_SLASHED = late(
    r"(?<![\w/.-])(?P<first>[0-3]?\d)(?P<sep>[/.-])(?P<second>[0-3]?\d)(?P=sep)(?P<year>[12]\d{3}|\d\d)(?![\w/-])(?!\.\d)"
)
_SHORT_SLASHED = late(r"(?<![\w./,-])(?<!\d )(?P<one>[0-3]?\d)/(?P<two>[0-3]?\d)(?![\w/]|[.,]\d)")
_SLASHED_SPAN = late(
    r"(?<![\w./,-])(?P<one>[0-3]?\d)/(?P<two>[0-3]?\d) ?[-–] ?(?P<three>[0-3]?\d)/(?P<four>[0-3]?\d)(?![\w/]|[.,]\d)"
)
_LONE_MONTH = late(r"(?<!\w)(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.")
# A span over days or months, "Feb. 28–Mar. 3", "Oct-Dec", "30 May–2 June"; whether they are months, the table says.
_DAY_RANK = r"[0-3]?\d(?:st|nd|rd|th)?"
_SPAN = late(
    rf"(?<![\w-])(?P<from_day>{_DAY_RANK} )?(?P<from>[A-Za-z]{{3,9}}+\.?)"
    rf"(?P<from_date> {_DAY_RANK}(?:, \d{{4}})?| \d{{4}})?"
    rf"(?P<dash> ?[-–] ?)(?P<to_day>{_DAY_RANK} )?(?P<to>[A-Za-z]{{3,9}}+(?P<dot>\.?))(?![\w-])(?P<to_date> \d)?"
)
_MAYBE_WEEKDAY = late(r"(?<![\w.'@#/])(?P<it>[A-Z][a-z]{2,4}+)(?P<dot>\.?)(?![\w'])(?!-[a-z])")
_DATE_AFTER = late(
    rf",? (?:the )?(?:{_MONTH}|\d{{1,2}}(?:st|nd|rd|th| ?[ap]\.?m|:\d\d|/\d{{1,2}}(?![\d/])| {_MONTH})|"
    r"(?:night|morning|afternoon|evening|noon)s?)(?!\w)"
)
_FIGURE_AFTER = late(r",? \d")
_LISTED = late(r",? ?(?:[-–/&]|and|or|to|through|thru)? ?(?P<it>[A-Z][a-z]{2,4}+)(?!\w)")
_LISTED_BEFORE = late(r"(?<!\w)(?P<it>[A-Z][a-z]{2,8}+)\.?,?(?: ?[-–/&] ?| (?:and|or|to|through|thru) | )$")
# As long as "Wednesday., through ".
_LIST_REACH_CHARS = 20
_CAPITAL_AFTER = late(r" [A-Z]")

_DECADE_SPAN = late(r"(?<=0s) ?[-–] ?(?=(?:early|mid|late)\b)")
# Later than this nobody writes of.
_LATEST = 2199
_DECADE = late(r"(?<![\w.])(?<!\d,)(?:(?P<century>1\d|2[01])(?P<full>\d)0 ?|'?(?P<short>[1-9])0|'(?P<new>00))'?s(?!\w)")
# Behind a part of a year without a space, too: "Q3'25".
_SHORT_YEAR = late(
    r"(?:(?<!\S)|(?<=\b[QH][1-4])|(?<=\b[FC]Y)|(?<=\b[1-4][QH]))'(?P<it>\d\d)(?![\w'])(?=[ .,;:!?)]|$)(?![.,:]\d)"
)
_YEARS = late(
    r"(?<![\w.,$-])(?P<first>1[1-9]\d\d|20\d\d)(?: ?[-–/] ?(?P<second>\d\d)|/(?P<full>\d{4}))(?![\w%]|[-–/.]\d)"
)


@among_digits(r"[a-zA-Z]\.?[ -]?\d")
def month_first_dates(text: str) -> Iterator[Claim]:
    """Jan. 5, 2024 -> January fifth, twenty twenty four; Aug. 3-5 -> August third to fifth."""

    def say(match: re.Match[str]) -> str | None:
        month, days = _month(match), _days(match)
        return f"{month} {days}{_and_year(match)}" if month and days else None

    return claims(_MONTH_DAY(), text, say)


@among_digits(r"\d(?:[snrt][tdh])? (?:of )?[A-Za-z]{3}")
def day_first_dates(text: str) -> Iterator[Claim]:
    """12 March 2021 -> the twelfth of March twenty twenty one. Known failure: "Chapter 2 May 4"."""

    def say(match: re.Match[str]) -> str | None:
        month, days, dot = _month(match), _days(match), ""
        if match["month"].endswith(".") and not match["year"]:
            # A stop behind a month in full is the sentence's own: "due on 3 June."
            dot = stop(text, match.end()) if month else "."
            month = month or _WRITTEN_MONTHS.get(match["month"][:-1])
        if not month or not days:
            return None
        return f"{match['the'] or 'the '}{days} of {month}{_and_year(match)}{dot}"

    return claims(_DAY_MONTH(), text, say)


@among_digits(r"\d{4}")
def months_with_years(text: str) -> Iterator[Claim]:
    """Feb. 2020 -> February twenty twenty; 2024-01 and 01/2024 -> January twenty twenty four."""

    def say(match: re.Match[str]) -> str | None:
        month = _WRITTEN_MONTHS.get(match["month"])
        return f"{month}{match['of']}{year(int(match['year']))}" if month else None

    yield from claims(_MONTH_YEAR(), text, say)
    yield from claims(_NUMBERED_MONTH(), text, _numbered_month)


@among_digits(r"\d[-/.]\d")
def numeric_dates(text: str) -> Iterator[Claim]:
    """2024-01-05 -> January fifth, twenty twenty four; 31.12.2024 -> December thirty first, ...

    5/1/2024 is read the American way, as May first; british.py has the other one.
    """
    yield from claims(_ISO(), text, _iso)
    yield from claims(_SLASHED(), text, lambda match: _slashed(match, is_day_first=match["sep"] == "."))
    yield from _short_dates(text, is_day_first=False)


@among_digits(r"\d[-/.]\d")
def numeric_dates_day_first(text: str) -> Iterator[Claim]:
    """The British reading: 5/1/2024 -> January fifth, twenty twenty four."""
    yield from claims(_ISO(), text, _iso)
    yield from claims(_SLASHED(), text, lambda match: _slashed(match, is_day_first=True))
    yield from _short_dates(text, is_day_first=True)


@needs(".")
def lone_months(text: str) -> Iterator[Claim]:
    """in Sept. alone -> in September alone; a full stop that also ends the sentence stays."""

    def say(match: re.Match[str]) -> str | None:
        before = word_before(text, match.start()).lower().rstrip("-")
        # A name as well, where no word of time stands before it: "went fishing with Mar."
        if match[0] == "Mar." and before not in word_set("calendar", "before_months"):
            return None
        return _MONTHS[match[0]] + stop(text, match.end())

    return claims(_LONE_MONTH(), text, say)


@needs_words(_DAYS)
def weekdays(text: str) -> Iterator[Claim]:
    """Mon., Dec. 2 -> Monday, December second; closed on Sun. -> closed on Sunday; He sat. stays."""
    for match in _MAYBE_WEEKDAY().finditer(text):
        said = _DAYS.get(match["it"])
        if said is None or not _is_weekday(text, match):
            continue
        kept = stop(text, match.end()) if match["dot"] and not _DATE_AFTER().match(text, match.end()) else ""
        yield Claim(match.start(), match.end(), said + kept)


@needs("-–")
def spans_of_days(text: str) -> Iterator[Claim]:
    """Feb. 28–Mar. 3 -> February twenty eighth to March third; Oct-Dec -> October to December; Monday–Friday.

    The dash is claimed, and months without a day or year; dates and weekdays have rules of their own.
    """
    for match in _SPAN().finditer(text):
        from_, to = match["from"], match["to"]
        if from_ in _WRITTEN_MONTHS and to in _WRITTEN_MONTHS:
            yield Claim(match.start("dash"), match.end("dash"), " to ")
            if not (match["from_day"] or match["from_date"]):
                yield Claim(match.start("from"), match.end("from"), _WRITTEN_MONTHS[from_])
            if not (match["to_day"] or match["to_date"]):
                dot = stop(text, match.end("to")) if match["dot"] else ""
                yield Claim(match.start("to"), match.end("to"), _WRITTEN_MONTHS[to] + dot)
        elif _is_day_name(from_) and _is_day_name(to):
            yield Claim(match.start("dash"), match.end("dash"), " to ")


@among_digits(r"\d0 ?'?s")
def decades(text: str) -> Iterator[Claim]:
    """the 1990s -> the nineteen nineties; the '80s -> the eighties; her 30s -> her thirties."""

    def say(match: re.Match[str]) -> str:
        if match["new"]:
            return "two thousands"
        if match["short"]:
            return as_plural(cardinal(10 * int(match["short"])))
        return as_plural(year(100 * int(match["century"]) + 10 * int(match["full"])))

    yield from claims(_DECADE(), text, say)
    yield from claims(_DECADE_SPAN(), text, lambda _: " to ")


@needs("'")
def short_years(text: str) -> Iterator[Claim]:
    """in '98 -> in ninety eight. Known failure: a quotation that begins with two digits loses its quote."""
    return claims(_SHORT_YEAR(), text, lambda match: two_digits(int(match["it"])))


@among_digits(r"\d ?[-–/] ?\d")
def spans_of_years(text: str) -> Iterator[Claim]:
    """2019-20 -> twenty nineteen to twenty; 1861–65 -> eighteen sixty one to sixty five; 1999-00; 2019/2020."""

    def say(match: re.Match[str]) -> str | None:
        first = int(match["first"])
        last = int(match["full"]) if match["full"] else first - first % 100 + int(match["second"])
        if last == first - 99:
            return f"{year(first)} to {year(first + 1)}"
        if match["full"] and last != first + 1:
            return None
        if last <= first or last > _LATEST:
            return None
        return f"{year(first)} to {year(last) if match['full'] else two_digits(int(match['second']))}"

    return claims(_YEARS(), text, say)


def _month(match: re.Match[str]) -> str | None:
    written = match["month"]
    return _WRITTEN_MONTHS.get(written) or (_WITH_YEAR.get(written) if match["year"] else None)


def _numbered_month(match: re.Match[str]) -> str | None:
    """Say a month that is a number; "2005-06" is rather a span of years."""
    if match["year"] and int(match["month"]) > int(match["year"]) % 100:
        return None
    number = int(match["month"] or match["first"])
    return f"{_NAMES[number - 1]} {year(int(match['year'] or match['last']))}"


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


def _is_day_name(word: str) -> bool:
    name = word.removesuffix(".").removesuffix("s") if len(word) > 6 else word.removesuffix(".")
    return name in _DAYS or name in _DAYS.values()


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    """Tell whether "Sun", "Sat." or "Wed" is a day: beside a date or another day, or where a day is expected."""
    name, end = match["it"], match.end()
    if name in _SURE_DAYS or _DATE_AFTER().match(text, end):
        return True
    listed = _LISTED().match(text, end)
    earlier = _LISTED_BEFORE().search(text, max(0, match.start() - _LIST_REACH_CHARS), match.start())
    if (listed and listed["it"] in _DAYS) or (earlier and _is_day_name(earlier["it"])):
        return True
    before = word_before(text, match.start()).strip("(")
    if match["dot"]:
        is_expected = before.lower() in word_set("calendar", "before_weekdays")
        return is_expected or name not in _WORD_DAYS or bool(_FIGURE_AFTER().match(text, end))
    return before.lower() in ("on", "next", "last", "every", "by", "until") and not (
        name in _WORD_DAYS or _CAPITAL_AFTER().match(text, end)
    )


def _short_dates(text: str, *, is_day_first: bool) -> Iterator[Claim]:
    """due by 12/31 -> due by December thirty first; whether it is a date and no fraction, the sentence says."""
    for match in _SLASHED_SPAN().finditer(text):
        ends = [(int(match["one"]), int(match["two"])), (int(match["three"]), int(match["four"]))]
        spoken = [_date(second, first, "") if is_day_first else _date(first, second, "") for first, second in ends]
        if all(spoken):
            yield Claim(match.start(), match.end(), f"{spoken[0]} to {spoken[1]}")
    for match in _SHORT_SLASHED().finditer(text):
        first, second = int(match["one"]), int(match["two"])
        reading = slash_reading(match)
        if is_day_first or first > 12:
            first, second = (second, first) if second <= 12 else (first, second)
        said = _date(first, second, "")
        if reading.name == "date" and said:
            yield Claim(match.start(), match.end(), said, str(reading))


def _iso(match: re.Match[str]) -> str | None:
    """2024-01-05T10:30:00Z -> January fifth, twenty twenty four, at ten thirty; seconds and zones tell nobody much."""
    said = _date(int(match["month"]), int(match["day"]), match["year"])
    return f"{said}, at {clock(int(match['hour']), int(match['minute']))}" if said and match["hour"] else said


def _date(month: int, day: int, written_year: str) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    said = f"{_NAMES[month - 1]} {ordinal(day)}"
    if len(written_year) == 2:
        return f"{said}, {two_digits(int(written_year))}"
    return f"{said}, {year(int(written_year))}" if written_year else said
