"""Sums of money and large amounts of the European languages, said before any other figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims
from narrate.text.spoken.european.numbers import FIGURE, START, Tongue, one_of, parsed
from narrate.text.spoken.vocabulary import word_map

_SIGNS = word_map("languages/common", "signs")
_SIGN = one_of(_SIGNS)
_MINUS = r"(?P<minus>(?<!\w)[-−] ?)?"


class Money:
    """The rules for sums of money in one language."""

    def __init__(self, language: Tongue) -> None:
        self.language = language
        self.scales = {**language.map("scale_letters"), **language.map("scales")}
        self.coins = {name: entry.split("|") for name, entry in language.map("currencies").items()}
        words, letters = one_of(language.map("scales")), one_of(language.map("scale_letters"))
        scale = rf"(?: ?(?P<scale>{words}|{letters})(?![^\W_]))?"
        until = rf"(?: ?(?:[-–]|(?<= ){language.word('to')}) ?(?P<until>{FIGURE}))?"
        per = rf"(?: ?/ ?(?P<per>{one_of(language.map('per'))})(?!\w))?"
        named = rf"(?P<named>(?= (?:{language.word('of')} )?(?:{one_of(self._coin_words())})(?!\w)))?"
        self.after = re.compile(
            rf"{START}{_MINUS}(?P<figure>{FIGURE}){until}{scale} ?(?P<sign>{_SIGN})(?![^\W\d_]){per}"
        )
        self.before = re.compile(
            rf"(?<![^\W\d_])(?<!\d){_MINUS}(?P<sign>{_SIGN}) ?(?P<figure>{FIGURE}){until}(?!\d){scale}{named}{per}"
        )
        self.large = re.compile(rf"{START}(?P<minus>(?<!\w)[-−])?(?P<figure>{FIGURE}){until} ?(?P<scale>{words})(?!\w)")

    def sums_of_money(self, text: str) -> Iterator[Claim]:
        """12,50 € -> doce euros con cincuenta céntimos; $5 millones -> cinco millones de dólares; US$ 3.000.

        Known failure: a bare $ is the dollar, in Mexico too, unless the words after it name another coin.
        """
        yield from claims(self.after, text, self._sum)
        yield from claims(self.before, text, self._sum)

    def large_amounts(self, text: str) -> Iterator[Claim]:
        """3,2 Mrd. Euro -> drei Komma zwei Milliarden Euro; 21 millones -> veintiún millones."""

        def say(match: re.Match[str]) -> str:
            mil = self.scales[match["scale"]].startswith("mil|")
            gender = self.language.gender_after(text, match.end()) if mil else ""
            said = self._scaled(match["until"] or match["figure"], match["scale"], gender)
            first = f"{self.language.number(match['figure'])} {self.language.word('to')} " if match["until"] else ""
            return self._signed(match, first + said)

        return claims(self.large, text, say)

    def _coin_words(self) -> list[str]:
        return sorted({coin[1] for coin in self.coins.values()} | {coin[0] for coin in self.coins.values()})

    def _sum(self, match: re.Match[str]) -> str:
        found = match.groupdict()
        first = ""
        figure = match["figure"]
        if match["until"]:
            first = f"{self.language.number(figure)} {self.language.word('to')} "
            figure = match["until"]
        coin = self.coins[_SIGNS[match["sign"]]]
        if found.get("named") is not None:
            scale = match["scale"]
            said = self._scaled(figure, scale) if scale else self.language.number(figure, coin[4])
        else:
            said = self._amount(figure, match["scale"], coin)
        per = f" {self.language.map('per')[match['per']]}" if match["per"] else ""
        return self._signed(match, first + said) + per

    def _signed(self, match: re.Match[str], said: str) -> str:
        return f"{self.language.word('minus')} {said}" if match["minus"] else said

    def _amount(self, figure: str, scale: str | None, coin: list[str]) -> str:
        if scale:
            of = [*self.scales[scale].split("|"), ""][2]
            return f"{self._scaled(figure, scale)} {self._joined(of, coin[1])}"
        large, _, small = parsed(figure)
        if len(small) == 2 and coin[2]:
            return self._with_small_coin(large, small, coin)
        said = self.language.number(figure, coin[4])
        if said.rpartition(" ")[2] in self.language.word("million").split():
            return f"{said} {self._joined(self.language.word('of'), coin[1])}"
        return f"{said} {coin[0] if self.language.is_one(figure) else coin[1]}"

    def _joined(self, of: str, noun: str) -> str:
        """millions de dollars, millions d'euros; Milliarden Euro."""
        if self.language.code == "fr" and of and noun[0] in "aeiouy":
            return f"d'{noun}"
        return f"{of} {noun}".lstrip()

    def _scaled(self, figure: str, scale: str, gender: str = "") -> str:
        """2,5 millones; a scale of thousands is one word with its figure in Italian: 5mila -> cinquemila."""
        one, many, *more = self.scales[scale].split("|")
        if one in ("mil", "mila", "mille", "tausend") and (figure == "1" or one == "mila"):
            whole = figure.isdecimal()
            return self.language.whole(f"{figure}000") if whole else f"{self.language.number(figure)} {one}"
        gender = gender or ("f" if "f" in more[1:] else "m")
        if scale in (one, many):
            return f"{self.language.number(figure, gender)} {scale}"
        return self.language.counted(figure, gender, one, many)

    def _with_small_coin(self, large: str, small: str, coin: list[str]) -> str:
        """12,50 -> zwölf Euro fünfzig; 0,99 -> neunundneunzig Cent; 1,00 -> ein Euro."""
        large_said = self.language.counted(large, coin[4], coin[0], coin[1])
        if not int(small):
            return large_said
        cents = self.language.counted(str(int(small)), "m", coin[2], coin[3])
        if not large.strip("0"):
            return cents
        if self.language.code in ("fr", "de"):
            return f"{large_said} {self.language.cardinal(int(small))}"
        return f"{large_said} {self.language.word('cents')} {cents}"
