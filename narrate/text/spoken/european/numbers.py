"""Figures to the number words of Spanish, French, German, Italian and Portuguese, and what they agree with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from narrate.text.spoken.vocabulary import any_of, word_map, word_set

# 1.234.567,8 or 1 234 567 or 1'234 or 1,234.5; possessive parts keep a wall of digits linear.
FIGURE = (
    r"(?:[1-9]\d{0,2}(?:(?:\.\d{3})++|(?: \d{3})++|(?:'\d{3})++)(?!\d)(?:,\d++)?"
    r"|[1-9]\d{0,2}(?:(?:,\d{3})++(?!\d)\.\d++|(?:,\d{3}){2,}+(?!\d))"
    r"|\d++(?:[.,]\d++)?)"
)
# Where a figure may begin and end: not inside a word, nor inside a longer figure.
START = r"(?<![\w.,])(?<!\d[':/])"
END = r"(?!\w)(?![.,:/]\d)"

_GROUPED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_ENGLISH = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+)\.(\d+)|([1-9]\d{0,2}(?:,\d{3}){2,})")
_COUNTED = re.compile(r"(?: (?:a|o|ou|y|e|à|et) \d{1,3})? (?P<scale>mil )?(?P<noun>[^\W\d_]+)")
_ARTICLE = re.compile(r"(?<!\w)([^\W\d_]+) $")
# Longer than any word that is looked for in front of a figure.
_REACH = 12
# Italian accents its three at the end of a longer word: ventitré, centotré.
_COMPOUND_THREE = re.compile(r"(?<=\w)tre\b")
_ELIDED = re.compile(r"^una (?=[aeiou])")
_MOST_DIGITS = 15
# Decimals of more digits are said one by one.
_LONGEST_DECIMALS = 3


class Tongue:
    """One language: its words, its numbers and how they agree."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.table = f"languages/{code}"

    def map(self, section: str) -> Mapping[str, str]:
        """The entries of one section of the language's table."""
        return word_map(self.table, section)

    def set(self, section: str) -> frozenset[str]:
        """The words of one list of the language's table."""
        return word_set(self.table, section)

    def word(self, name: str) -> str:
        """Return one of the words that are said for signs."""
        return self.map("words")[name]

    def cardinal(self, number: int, gender: str = "") -> str:
        """A whole number as it is counted before a noun of the gender "m" or "f", or by itself."""
        return _cardinal(self, number, gender)

    def ordinal(self, number: int, gender: str = "m") -> str:
        """A rank: 3 -> tercero, troisième, dritte; "f" for the feminine, "s" for the short form before a noun."""
        return _ordinal(self, number, gender)

    def year(self, number: int) -> str:
        """A year: only German counts those from 1100 to 1999 in hundreds."""
        if self.code != "de" or not 1100 <= number < 2000:
            return self.cardinal(number)
        hundreds, rest = divmod(number, 100)
        return f"{self.cardinal(hundreds)}hundert{self.cardinal(rest) if rest else ''}"

    def one_by_one(self, figures: str) -> str:
        """Return every digit by itself: 112 -> uno uno dos."""
        return " ".join(self.cardinal(int(digit)) for digit in figures if digit.isdecimal())

    def whole(self, digits: str, gender: str = "") -> str:
        """A run of digits as one number; 007 and endless runs digit by digit."""
        if len(digits) > _MOST_DIGITS or (len(digits) > 1 and digits.startswith("0")):
            return self.one_by_one(digits)
        return self.cardinal(int(digits), gender)

    def number(self, figure: str, gender: str = "") -> str:
        """Say what FIGURE matches: 1.234,5 -> mil doscientos treinta y cuatro coma cinco."""
        digits, mark, after = parsed(figure)
        if not after:
            return self.whole(digits, gender)
        return f"{self.whole(digits)} {self.word('comma' if mark == ',' else 'point')} {self._decimals(after)}"

    def counted(self, figure: str, gender: str, one: str, many: str) -> str:
        """A figure with the noun it counts, in its singular or plural."""
        said = f"{self.number(figure, gender)} {one if self.is_one(figure) else many}"
        return _ELIDED.sub("un'", said) if self.code == "it" else said

    def is_one(self, figure: str) -> bool:
        """Tell whether a noun counted so stays in its singular: in French up to 1,9."""
        digits, _, after = parsed(figure)
        return digits == "1" and not after if self.code != "fr" else digits in ("0", "1")

    def gender_around(self, text: str, start: int, end: int) -> str:
        """The gender of what a figure counts, by the noun behind it or the article in front; else nothing."""
        before = _ARTICLE.search(text[max(0, start - _REACH) : start])
        return self.gender_after(text, end) or "f" * bool(before and before[1] in self.set("feminine_before"))

    def gender_after(self, text: str, end: int) -> str:
        """The gender of the noun right behind a figure, where that is surely a noun of it; else nothing."""
        match = _COUNTED.match(text, end)
        if match is None:
            return ""
        gender = self._gender(match["noun"])
        if match["noun"] == "mil" or (match["scale"] and not gender):
            return "m"
        return gender

    def _gender(self, noun: str) -> str:
        if noun in self.set("function"):
            return ""
        if noun in self.set("masculine"):
            return "m"
        if noun in self.set("feminine") or noun.endswith(self._endings()):
            return "f"
        return "m" if self.code == "es" and noun.islower() and noun.endswith(("s", "o")) else ""

    def _endings(self) -> tuple[str, ...]:
        return tuple(self.set("feminine_endings"))

    def _decimals(self, after: str) -> str:
        if self.code == "de" or len(after) > _LONGEST_DECIMALS:
            return self.one_by_one(after)
        rest = after.lstrip("0")
        zeros = self.one_by_one("0" * (len(after) - len(rest)))
        return f"{zeros} {self.cardinal(int(rest))}".lstrip() if rest else zeros


@cache
def tongue(code: str) -> Tongue:
    """The language of a primary tag."""
    return Tongue(code)


def one_of(words: Collection[str]) -> str:
    """A pattern for any of the words, and for nothing where a language has none."""
    return any_of(words) if words else r"(?!)"


def parsed(figure: str) -> tuple[str, str, str]:
    """A figure as its digits, its decimal mark and its decimals, the signs between groups gone."""
    plain = figure.replace(" ", "").replace("'", "")
    if grouped := _GROUPED.fullmatch(plain):
        return grouped[1].replace(".", ""), ",", grouped[2] or ""
    if english := _ENGLISH.fullmatch(plain):
        return (english[1] or english[3]).replace(",", ""), ".", english[2] or ""
    mark = "," if "," in plain else "."
    before, _, after = plain.partition(mark)
    return before, mark, after


@lru_cache(maxsize=4096)
def _cardinal(language: Tongue, number: int, gender: str) -> str:
    from num2words import num2words  # here, so that English never loads it

    said = str(num2words(number, lang=language.code)).replace(",", "")
    for wrong, right in language.map("repairs").items():
        said = said.replace(wrong, right)
    if language.code == "it":
        said = _COMPOUND_THREE.sub("tré", said)
    return _agreeing(language, said, gender) if gender else said


def _agreeing(language: Tongue, said: str, gender: str) -> str:
    """Return number words before a noun: veintiuno -> veintiún, dois -> duas, eins -> ein."""
    if gender == "f":
        said = _hundreds_agreeing(language, said)
    forms = language.map("before_masculine" if gender == "m" else "before_feminine")
    head, space, last = _last_word(said)
    return f"{head}{space}{forms.get(last, last)}"


def _hundreds_agreeing(language: Tongue, said: str) -> str:
    """Let hundreds and thousands agree as well, but millions are nouns of their own."""
    words = said.split(" ")
    millions = language.word("million").split()
    first = max((place + 1 for place, word in enumerate(words) if word in millions), default=0)
    below = " ".join(words[first:])
    for masculine, feminine in language.map("feminine_hundreds").items():
        below = re.sub(rf"\b{masculine}\b", feminine, below)
    return " ".join((*words[:first], below))


def _last_word(said: str) -> tuple[str, str, str]:
    place = max(said.rfind(" "), said.rfind("-"))
    return (said[:place], said[place], said[place + 1 :]) if place >= 0 else ("", "", said)


@lru_cache(maxsize=1024)
def _ordinal(language: Tongue, number: int, gender: str) -> str:
    from num2words import num2words

    said = language.map("ordinals").get(str(number)) or str(num2words(number, lang=language.code, to="ordinal"))
    if gender == "s":
        head, space, last = _last_word(said)
        return f"{head}{space}{language.map('short_ordinals').get(last, last)}"
    if gender != "f":
        return said
    if language.code == "fr":
        return "première" if number == 1 else said
    return re.sub(r"o\b", "a", said)
