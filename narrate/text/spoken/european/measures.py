"""Measures of the European languages: units, percent, degrees, fractions, ranges, scores and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims
from narrate.text.spoken.european.numbers import END, FIGURE, START, Tongue, one_of
from narrate.text.spoken.vocabulary import word_map

_SIGNS = word_map("languages/common", "fractions")
_NUMBER = rf"{START}(?P<minus>(?<!\w)[-−] ?)?(?P<figure>{FIGURE})"
_PERCENT = re.compile(rf"{_NUMBER}(?: ?[-–] ?(?P<until>{FIGURE}))? ?(?P<sign>[%‰])")
_MIXED = re.compile(rf"(?<![\w./])(?:(?P<whole>\d{{1,6}}+) ?)?(?P<sign>[{''.join(_SIGNS)}])(?!\w)")
_FRACTION = re.compile(r"(?<![\w./,-])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,2})[/⁄](?P<bottom>\d{1,3})(?![\w/-]|[.,]\d)")
_BOTTOMS = frozenset((*range(2, 11), 12, 16, 20, 100, 1000))
_RANGE = re.compile(rf"{START}(?P<figure>{FIGURE}) ?[-–] ?(?P<until>{FIGURE})(?![-–]\d){END}")
_SCORE = re.compile(rf"(?<![\w.,:-])(?P<figure>\d{{1,2}}):(?P<until>\d|\d{{3}})(?![-–:]\d){END}")
_VERSION = re.compile(r"(?<![\w.,])(?!\d{1,3}(?:\.\d{3})+(?!\d))\d{1,4}(?:\.\d{1,4}){2,}+(?!\w)(?![.,]\d)")
_CHAIN = re.compile(r"(?<![\w-])\d++(?:[-–]\d++){2,}+")
_WORD = re.compile(r"\w")
_NOUN = re.compile(r" ((?!d(?:i|el|ei|ella|elle|egli|ell)\b|e\b)[^\W\d_]+)")
_LONE_MINUS = re.compile(rf"(?<!\S)[-−](?P<figure>{FIGURE}){END}")
_PLAIN = re.compile(rf"{START}(?P<figure>{FIGURE}){END}")
_JOINED = re.compile(
    rf"{START}(?P<figure>\d{{1,6}})-?(?P<end>er|x|fach|fache|fachen|mal|jährig\w*|stündig\w*|köpfig\w*)(?!\w)"
)
_DECADE = re.compile(r"(?<![\w'])'(?=\d\d(?:00|0)?(?!\w))|(?<=[lL]')(?=\d00(?!\w))")
_YEAR = r"1[1-9]\d\d|20\d\d"
_SPAN = re.compile(rf"(?<![\w.,/-])(?P<first>{_YEAR}) ?[-–/] ?(?P<until>{_YEAR}|\d\d)(?![\w%]|[-–/.]\d)")


class Measures:
    """The rules for figures with what they measure, and for the figures that are left."""

    def __init__(self, language: Tongue) -> None:
        self.language = language
        units = one_of(language.map("units"))
        # "5 h 30" is for the times of day, and "5 m." before a capital may end a sentence anyway.
        self.unit = re.compile(
            rf"{_NUMBER}(?: ?(?:[-–]|(?<= ){language.word('to')}) ?(?P<until>{FIGURE}))? ?"
            rf"(?P<unit>{units})(?![\w/'&²³])(?!-[^\W\d_])"
        )

        scales = one_of([*language.map("scales"), *(() if language.word("of") else ("Million",))])
        self.scaled = re.compile(
            rf"{START}{FIGURE} ?{scales} (?:{language.word('of')} )?(?P<unit>{units})(?![\w/'&²³])"
        )
        self.size = re.compile(
            rf"{START}(?P<figure>{FIGURE}) ?[x×] ?(?P<until>{FIGURE}) ?(?P<unit>{units})(?![\w/'&²³])"
        )
        self.part = re.compile(rf"(?:(?<![\d/])\d\d?/\d\d?|[{''.join(_SIGNS)}]) ?(?P<unit>{units})(?![\w/'&²³])")

    def units(self, text: str) -> Iterator[Claim]:
        """3–5 km -> tres a cinco kilómetros; 1 t -> una tonelada; -5 °C -> menos cinco grados Celsius.

        Known failure: "5 m" is always metres, "5 t" always tonnes.
        """

        def say(match: re.Match[str]) -> str:
            one, many, gender = self.language.map("units")[match["unit"]].split("|")
            if match["until"]:
                first = f"{self._signed(match)} {self.language.word('to')} "
                return first + self.language.counted(match["until"], gender, one, many)
            return self._minus(match) + self.language.counted(match["figure"], gender, one, many)

        def sized(match: re.Match[str]) -> str:
            first, last = self.language.number(match["figure"]), self.language.number(match["until"])
            return f"{first} {self.language.word('times')} {last} {self._many(match)}"

        yield from claims(self.size, text, sized)
        yield from claims(self.scaled, text, self._many, "unit")
        yield from claims(self.unit, text, say)

    def percent_signs(self, text: str) -> Iterator[Claim]:
        """45 % -> cuarenta y cinco por ciento; 1 % -> ein Prozent; 5-10 % -> cinq à dix pour cent."""

        def say(match: re.Match[str]) -> str:
            gender = "m" if self.language.code == "de" else ""
            word = self.language.word("percent" if match["sign"] == "%" else "per_mille")
            if not match["until"]:
                return f"{self._signed(match, gender)} {word}"
            until = self.language.number(match["until"], gender)
            return f"{self._signed(match)} {self.language.word('to')} {until} {word}"

        return claims(_PERCENT, text, say)

    def fractions(self, text: str) -> Iterator[Claim]:
        """2/3 -> dos tercios; ½ -> un medio; 3/4 -> trois quarts; 1½ -> uno y medio."""

        def sign(match: re.Match[str]) -> str:
            top, bottom = _SIGNS[match["sign"]].split("/")
            return self._half(match) or self._fraction(match["whole"], int(top), int(bottom))

        def slashed(match: re.Match[str]) -> str | None:
            top, bottom = int(match["top"]), int(match["bottom"])
            if bottom not in _BOTTOMS or not 0 < top < bottom or match["top"].startswith("0"):
                return None
            return self._half(match) or self._fraction(match["whole"], top, bottom)

        yield from claims(self.part, text, self._unit_of_part, "unit")
        yield from claims(_MIXED, text, sign)
        yield from claims(_FRACTION, text, slashed)

    def spans_of_years(self, text: str) -> Iterator[Claim]:
        """2010–2015 -> dos mil diez a dos mil quince; 2023/24 -> zweitausenddreiundzwanzig vierundzwanzig."""

        def say(match: re.Match[str]) -> str | None:
            first, until = int(match["first"]), int(match["until"])
            if len(match["until"]) == 2 and until != (first + 1) % 100 and not first % 100 < until:
                return None
            to = " " if "/" in match[0] else f" {self.language.word('to')} "
            return self.language.year(first) + to + self.language.year(until)

        return claims(_SPAN, text, say)

    def scores_and_ranges(self, text: str) -> Iterator[Claim]:
        """3-1 -> tres a uno; 3:1 -> drei zu eins; 10-20 -> zehn bis zwanzig."""

        def between(word: str, match: re.Match[str]) -> str:
            gender = self.language.gender_after(text, match.end())
            first, last = (self.language.number(match[group], gender) for group in ("figure", "until"))
            return f"{first} {word} {last}"

        yield from claims(_RANGE, text, lambda match: between(self.language.word("to"), match))
        yield from claims(_SCORE, text, lambda match: between(self.language.word("score"), match))

    def joined_figures(self, text: str) -> Iterator[Claim]:
        """90er -> neunziger; 16-jährige -> sechzehnjährige; anni '90 -> anni novanta."""
        if self.language.code == "de":
            yield from claims(_JOINED, text, self._compound)
        yield from claims(_DECADE, text, lambda _: "")

    def digit_chains(self, text: str) -> Iterator[Claim]:
        """17.4.1 -> dix-sept point quatre point un; 978-84-376 -> digit by digit."""
        point = f" {self.language.word('point')} "
        yield from claims(_VERSION, text, lambda match: point.join(map(self.language.whole, match[0].split("."))))
        yield from claims(_CHAIN, text, self._chain)

    def _chain(self, match: re.Match[str]) -> str | None:
        # No part of the pattern, which would look through the rest of a long chain from each figure of it.
        if _WORD.match(match.string, match.end()):
            return None
        return ", ".join(map(self.language.one_by_one, re.split("[-–]", match[0])))

    def plain_numbers(self, text: str) -> Iterator[Claim]:
        """1.234 personas -> mil doscientas treinta y cuatro personas; -5 -> menos cinco; 1998 is a year in German.

        Known failure: agreement is only heard with nouns the table or their endings tell.
        """
        minus = self.language.word("minus")
        yield from claims(_LONE_MINUS, text, lambda match: f"{minus} {self.language.number(match['figure'])}")
        yield from claims(_PLAIN, text, self._plain)

    def _plain(self, match: re.Match[str]) -> str:
        figure = match["figure"]
        if self.language.code == "de" and len(figure) == 4 and figure.isdecimal() and figure[0] in "12":
            return self._year_or_number(match)
        return self.language.number(figure, self.language.gender_around(match.string, match.start(), match.end()))

    def _year_or_number(self, match: re.Match[str]) -> str:
        """Say four digits: before a noun they count it, unless a word before says that they are a year."""
        before = re.search(r"(\w+) $", match.string[max(0, match.start() - 24) : match.start()])
        counts = re.match(r" [A-ZÄÖÜ]", match.string[match.end() : match.end() + 2])
        year = before is not None and before[1] in self.language.set("year_words")
        return self.language.whole(match["figure"]) if counts and not year else self.language.year(int(match["figure"]))

    def _compound(self, match: re.Match[str]) -> str:
        number, end = int(match["figure"]), match["end"]
        if end == "x":
            return f"{self.language.cardinal(number, 'm')}mal"
        said = self.language.year(number) if end == "er" else self.language.cardinal(number, "m")
        return f"{said}{end}"

    def _minus(self, match: re.Match[str]) -> str:
        return f"{self.language.word('minus')} " if match["minus"] else ""

    def _signed(self, match: re.Match[str], gender: str = "") -> str:
        return self._minus(match) + self.language.number(match["figure"], gender)

    def _many(self, match: re.Match[str]) -> str:
        return self.language.map("units")[match["unit"]].split("|")[1]

    def _unit_of_part(self, match: re.Match[str]) -> str:
        return self.language.map("units")[match["unit"]].partition("|")[0]

    def _half(self, match: re.Match[str]) -> str | None:
        """1/2 litro -> medio litro; 1/2 hora -> media hora."""
        if match["whole"] or match[0] not in ("½", "1/2") or self.language.code not in ("es", "it", "pt"):
            return None
        noun = _NOUN.match(match.string, match.end())
        if noun is None or noun[1] in self.language.set("function"):
            return None
        half = self.language.map("fractions")["2"].partition("|")[0]
        return half if self.language.gender_after(match.string, match.end()) != "f" else f"{half[:-1]}a"

    def _fraction(self, before: str | None, top: int, bottom: int) -> str:
        named = self.language.map("fractions").get(str(bottom))
        one, _, many = named.partition("|") if named else self._part(bottom)
        count = self.language.cardinal(top, "m")
        if self.language.code == "de" and bottom == 2:
            return f"{self.language.whole(before) if before else ''}einhalb".replace("einseinhalb", "eineinhalb")
        if top == 1 and bottom == 2 and before:
            return f"{self.language.whole(before)} {self.language.word('and')} {one}"
        said = f"{count} {one if top == 1 else many}"
        return f"{self.language.whole(before)} {self.language.word('and')} {said}" if before else said

    def _part(self, bottom: int) -> tuple[str, str, str]:
        rank = self.language.ordinal(bottom)
        if self.language.code == "de":
            return f"{rank[:-1]}el".capitalize(), "", f"{rank[:-1]}el".capitalize()
        many = f"{rank[:-1]}i" if self.language.code == "it" else f"{rank}s"
        return rank, "", many
