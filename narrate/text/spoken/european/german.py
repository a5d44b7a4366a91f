"""German ranks: a figure with a dot takes the ending that the words around it ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims
from narrate.text.spoken.european.numbers import Tongue

_RANKED = re.compile(
    r"(?<![\w.,:/-])(?P<figure>[1-9]\d{0,2})\.(?P<more> (?:und|oder|bis|sowie) (?P<second>[1-9]\d{0,2})\.)?"
    r" (?P<noun>[^\W\d_][\w-]*+)"
)
_AT_END = re.compile(r"(?<![\w.,:/-])(?<=[Aa]m )(?P<figure>[1-9]\d?)\.(?=$|\n)")
_STREET = re.compile(r"(?<!\w)(?P<name>[^\W\d_]++(?<=[a-zäöüß]str))\.(?!\w)")
_BEFORE = re.compile(r"(?:(?P<further>\w+) )?(?P<near>\w+) $")
_AFTER_RANK = re.compile(r"(?:\d{1,2}\.|\w+(?:ten|sten)) (?:und|bis|oder|sowie) $")
# Longer than any two words that are looked at.
_REACH = 40


class Ranks:
    """The rules for ranks in German."""

    def __init__(self, language: Tongue) -> None:
        self.language = language

    def ranks(self, text: str) -> Iterator[Claim]:
        """im 19. Jahrhundert -> im neunzehnten Jahrhundert; der 2. Platz -> der zweite Platz.

        Unsure, and left as a number that ends its sentence, before a capital that no word in front explains.
        """
        for match in _RANKED.finditer(text):
            ending = self._ending(match)
            if ending is not None:
                yield Claim(match.start("figure"), match.start("noun") - 1, self._said(match, ending))
        yield from claims(_AT_END, text, lambda match: f"{self._rank(int(match['figure']))}n.")

    def streets(self, text: str) -> Iterator[Claim]:
        """in der Hauptstr. 5 -> in der Hauptstraße 5."""
        return claims(_STREET, text, lambda m: f"{m['name']}aße" + "." * (m.end() == len(text)))

    def day(self, text: str, start: int, day: int) -> str:
        """The day of a month: am dritten, der dritte, Montag, dritter."""
        near, _ = _words_before(text, start)
        if near in ("der", "Der", "jeder", "Jeder"):
            return self._rank(day)
        if near in self.language.set("weak_before") or _AFTER_RANK.search(text[max(0, start - _REACH) : start]):
            return f"{self._rank(day)}n"
        return f"{self._rank(day)}r" if not near or near[0].isupper() or near[0].isdecimal() else f"{self._rank(day)}n"

    def _rank(self, number: int) -> str:
        return self.language.ordinal(number)

    def _said(self, match: re.Match[str], ending: str) -> str:
        first = self._rank(int(match["figure"])) + ending
        if not match["more"]:
            return first
        joint = match["more"].split()[0]
        return f"{first} {joint} {self._rank(int(match['second']))}{ending}"

    def _ending(self, match: re.Match[str]) -> str | None:
        noun, text = match["noun"], match.string
        near, further = _words_before(text, match.start())
        gender = self._gender(noun)
        if noun[0].islower() and near not in self.language.set("weak_before") | self.language.set("plain_before"):
            return "r" if near else None
        if noun in self.language.set("starters") or (not gender and not self._is_explained(near, noun)):
            return None
        if near in self.language.set("weak_before") or noun.endswith(("hunderts", "zehnts", "tages")):
            return "n"
        if near in ("der", "Der"):
            dative = further in self.language.set("case_words") or gender == "f"
            return "n" if dative else ""
        if near in self.language.set("plain_before"):
            return ""
        return {"f": "", "n": "s", "m": "r", "": "n"}[gender]

    def _is_explained(self, near: str, noun: str) -> bool:
        known = self.language.set("weak_before") | self.language.set("plain_before")
        return near in known and (noun[0].isupper() or near not in ("bis", "nach", "ab", "vor", "seit"))

    def _gender(self, noun: str) -> str:
        for gender, words in (("f", "feminine_ranks"), ("n", "neuter_ranks"), ("m", "masculine_ranks")):
            known = self.language.set(words)
            if noun in known or noun.removesuffix("s") in known or noun.removesuffix("es") in known:
                return gender
        return ""


def _words_before(text: str, start: int) -> tuple[str, str]:
    """The word in front and the one before it, empty across other signs."""
    match = _BEFORE.search(text[max(0, start - _REACH) : start])
    return (match["near"], match["further"] or "") if match else ("", "")
