"""Rules for two or three figures with a sign between them: scores, records, ratios, ratings, odds and verses.

Which it is, only the sentence says: tables/readings.toml weighs its words. Fractions, ranges, dates and clock times
are left to their own rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, among_digits, late
from narrate.text.spoken.context import word_before
from narrate.text.spoken.english.labelled.labels import is_label
from narrate.text.spoken.numbers import cardinal
from narrate.text.spoken.readings import Reading, choose
from narrate.text.spoken.vocabulary import word_map, word_set

_SLASHED = late(r"(?<![\w./,-])(?<!\d )(?P<one>\d{1,3}(?:\.\d)?)/(?P<two>\d{1,3})(?![\w/]|[.,]\d| ?[-–]\d)")
_DATE_NEXT = late(r" (?:to|through|thru|until|and) \d{1,2}/\d{1,2}(?![\w/])")
_DATE_LAST = late(r"(?<![\w/])\d{1,2}/\d{1,2} (?:to|through|thru|until|and) $")
_PAIR = late(r"(?<![\w.,:/$£€-])(?P<one>\d{1,3})(?P<sign>[-–])(?P<two>\d{1,3})(?![\w%/-]|[.,:]\d|–| ?[-–]\d)")
_TRIPLE = late(r"(?<![\w.,:/-])\d{1,3}(?:[-–]\d{1,2}){2,8}(?![\w/-]|[.,:]\d)")
_PART = r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d+)?)"
_RATIO = late(rf"(?<![\w:.,])(?P<one>{_PART})(?P<sign>:)(?P<two>{_PART})(?![\w:])(?![.,]\d)")
_CLOCK = late(r"(?:[0-5]?\d):[0-5]\d(?:\.\d+)?")
# A standard with the year of its edition: ISO 9001:2015.
_EDITION = late(r"\d{3,5}:(?:19|20)\d\d")
_VERSE = late(
    r"(?<!\w)(?:(?P<nth>[123]|I{1,3}) )?(?P<book>[A-Z][a-z]+\.?) (?P<chapter>\d{1,3})(?P<colon>:)(?P<verse>\d{1,3})"
    r"(?:(?P<dash>[-–])\d{1,3}(?:(?P<again>:)\d{1,3})?)?(?![\w:])"
)
_BRACKETED = late(r"(?<![\w'])[A-Z][\w']* \($")
_APPOSED = late(r"(?<!\w)[A-Z][a-z]+s, $")
_TEAM = late(r" [A-Z][a-z]+s(?!\w)")
_BOOKS = word_map("labels", "books")
_NUMBERED_BOOKS = word_set("labels", "numbered_books")
_NTH = {"1": "First", "2": "Second", "3": "Third", "I": "First", "II": "Second", "III": "Third"}

# Into so many parts things are divided by people who write a fraction.
_PARTS = frozenset((*range(2, 11), 12, 16, 32, 64))
# Feet from which a chart of letters is read, and those from which others read it.
_SNELLEN_FEET, _SNELLEN = 20, (10, 15, 25, 30, 40, 50, 60, 70, 80, 100, 200, 400)
_MARKS = (5, 20, 100)
_FULL_MARKS = (3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100)
# Pressures of blood that living people have.
_SYSTOLIC, _DIASTOLIC = range(70, 251), range(40, 151)
_WICKETS = 10
# No team's name is longer.
_NAME_CHARS = 24
# No team plays more games than this in a season.
_MOST_GAMES = 162


@among_digits(r"\d/\d")
def slashed_figures(text: str) -> Iterator[Claim]:
    """rated 8/10 -> rated eight out of ten; a pressure of 120/80 -> one hundred twenty over eighty; in 6/8 time."""
    for match in _SLASHED().finditer(text):
        reading = slash_reading(match)
        if reading.name in ("out of", "over", "to", "apart"):
            sign = match.end("one")
            said = " " if reading.name == "apart" else f" {reading.name} "
            yield Claim(sign, sign + 1, said, str(reading))


def slash_reading(match: re.Match[str]) -> Reading:
    """Choose the reading of two figures with a slash; its groups are `one` and `two`."""
    text, start, end = match.string, match.start("one"), match.end("two")
    facts = _slash_facts(match["one"], match["two"])
    if _DATE_NEXT().match(text, end) or _DATE_LAST().search(text, max(0, start - 18), start):
        facts.append("pair")
    if is_label(word_before(text, start)):
        facts.append("labelled")
    return choose("slash", text, start, end, facts)


def _slash_facts(first: str, second: str) -> list[str]:
    """Return what the figures themselves say of a slash, in the words that readings.toml asks for."""
    top, bottom = float(first), int(second)
    is_date = top.is_integer() and 1 <= min(top, bottom) <= 12 and 1 <= max(top, bottom) <= 31
    facts = {
        "decimal": "." in first,
        "proper": 0 < top < bottom and (bottom in _PARTS or top == 1) and top.is_integer(),
        "ten": 1 < top <= bottom == 10,
        "tens": 1 < top <= bottom and bottom in _MARKS,
        "no marks": bottom not in _FULL_MARKS,
        "larger": top > bottom,
        "sight": top == _SNELLEN_FEET and bottom in _SNELLEN,
        "one": bottom == 1,
        "hundred": top + bottom == 100 and bottom != 1,
        "pressure": top in _SYSTOLIC and bottom in _DIASTOLIC and top > bottom,
        "late day": is_date and max(top, bottom) not in _PARTS and max(top, bottom) > 12,
        "no date": not is_date,
    }
    facts["no pressure"] = not facts["pressure"]
    return [name for name, holds in facts.items() if holds]


@among_digits(r"\d[-–]\d")
def records(text: str) -> Iterator[Claim]:
    """The Bills (11-3) -> eleven and three; improved to 12-4-1 -> twelve, four and one; in a 4-3-3 -> four three three.

    A score and a range are left to the rule that says "to".
    """
    for match in _TRIPLE().finditer(text):
        figures = re.findall(r"\d+", match[0])
        if all(figure == "0" or not figure.startswith("0") for figure in figures):
            reading = choose("hyphens", text, match.start(), match.end(), _bracketed(match))
            yield from _triple(match, [cardinal(int(figure)) for figure in figures], reading)
    for match in _PAIR().finditer(text):
        reading = choose("hyphen", text, match.start(), match.end(), _pair_facts(match))
        if reading.name != "to":
            yield Claim(match.start("sign"), match.end("sign"), f" {reading.name} ", str(reading))


def _triple(match: re.Match[str], said: list[str], reading: Reading) -> Iterator[Claim]:
    if reading.name == "record":
        yield Claim(match.start(), match.end(), f"{', '.join(said[:-1])} and {said[-1]}", str(reading))
    elif "–" not in match[0] and not _DATE_LIKE().fullmatch(match[0]):
        yield Claim(match.start(), match.end(), " ".join(said), str(reading))


# "5-12-24" may be a day; the rule for dates knows better.
_DATE_LIKE = late(r"[0-3]?\d-[0-3]?\d-\d\d")


def _pair_facts(match: re.Match[str]) -> list[str]:
    first, second = int(match["one"]), int(match["two"])
    facts = {
        "falling": first > second,
        "rising": first < second,
        "even": first == second,
        "team": bool(_TEAM().match(match.string, match.end())) and word_before(match.string, match.start()) == "the",
        "apposed": bool(_APPOSED().search(match.string, max(0, match.start() - _NAME_CHARS), match.start())),
        "large": first + second > _MOST_GAMES,
        "no wickets": second >= _WICKETS or first <= second,
    }
    return [name for name, holds in facts.items() if holds] + _bracketed(match)


def _bracketed(match: re.Match[str]) -> list[str]:
    """Tell whether figures stand alone in brackets behind a name: the Bills (11-3)."""
    opened = _BRACKETED().search(match.string, max(0, match.start() - _NAME_CHARS), match.start())
    return ["bracketed"] if opened and match.string.startswith(")", match.end()) else []


@among_digits(r"\d:\d")
def verses(text: str) -> Iterator[Claim]:
    """1 Peter 5:5 -> First Peter five five; Matt. 5:3-12 -> Matthew five three to twelve."""
    for match in _VERSE().finditer(text):
        book = _BOOKS.get(match["book"].removesuffix("."))
        if book is None or (match["nth"] and book not in _NUMBERED_BOOKS):
            continue
        if match["nth"]:
            yield Claim(match.start("nth"), match.end("nth"), _NTH[match["nth"]])
        yield Claim(match.start("book"), match.end("book"), book)
        yield Claim(match.end("chapter"), match.start("verse"), " ")
        if match["dash"]:
            yield Claim(match.start("dash"), match.end("dash"), " to ")
        if match["again"]:
            yield Claim(match.start("again"), match.end("again"), " ")


@among_digits(r"\d:")
def ratios(text: str) -> Iterator[Claim]:
    """16:9 -> sixteen to nine; 1:2.5 -> one to two point five; what could be a time needs a word: a 1:50 scale."""
    for match in _RATIO().finditer(text):
        reading = Reading("ratio", "")
        if _CLOCK().fullmatch(match[0]):
            reading = choose("colon", text, match.start(), match.end())
        if _EDITION().fullmatch(match[0]):
            yield Claim(match.start("sign"), match.end("sign"), " ")
        elif reading.name == "ratio":
            yield Claim(match.start("sign"), match.end("sign"), " to ", str(reading) if reading.why else "")
