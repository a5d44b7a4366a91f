"""Currencies: their signs and codes, their coins, and how an amount of them is said."""

from __future__ import annotations

from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.numbers import whole
from narrate.text.spoken.vocabulary import any_of, word_map

_SIGNS = word_map("currencies", "signs")
_CODES = word_map("currencies", "codes")
_BEHIND_SIGNS = [sign for sign in _SIGNS if len(sign) == 1 or sign in ("kr", "zł", "Kč")]
_FIRST = frozenset(sign[0] for sign in (*_BEHIND_SIGNS, *_CODES))
# Two dollar signs so near to each other are those of a formula.
_FORMULA_CHARS = 40
# Signs that also stand behind a figure, as they do on the continent: "50 €".
_BEHIND = late(rf" ?(?P<coin>{any_of(_BEHIND_SIGNS)}|{any_of(_CODES)})(?![\w$])(?! ?\d)")
COIN = rf"(?:{any_of(_SIGNS)}|{any_of(_CODES)})"
# Tenths and a last zero are cents, too: "$20.5", "$2.000".
_SMALL = late(r"[\d,]*\.(?P<cents>\d\d?)0?")


class Coin(NamedTuple):
    """A currency as it is said: of one, of many, and its small coin, which it may not have."""

    one: str
    many: str
    small_one: str = ""
    small_many: str = ""


def coin_of(sign: str) -> Coin:
    """Return the currency of a sign or code of the tables: "US$", "EUR"."""
    return Coin(*word_map("currencies", "names")[_SIGNS.get(sign) or _CODES[sign]].split("|"))


def coin_ends() -> frozenset[str]:
    """The last characters of all signs and codes."""
    return frozenset(sign[-1] for sign in (*_SIGNS, *_CODES))


def coin_behind(text: str, start: int) -> tuple[int, Coin] | None:
    """Return the end and the currency of a sign or code behind a figure: "50 €", "2 million USD"."""
    if text[start : start + 2].lstrip()[:1] not in _FIRST:
        return None
    match = _BEHIND().match(text, start)
    if match and match["coin"] == "$" and "$" in text[max(0, start - _FORMULA_CHARS) : start]:
        return None
    return (match.end(), coin_of(match["coin"])) if match else None


def with_small_coin(written: str, coin: Coin, large: str) -> str:
    """Say a sum with its small coin: 12.50 -> twelve dollars fifty cents; empty where it has no such part.

    Args:
        written: The figures.
        coin: The currency.
        large: What is said of its large coin where the words around ask for one or many, else empty.
    """
    small = _SMALL().fullmatch(written)
    if not small or not coin.small_one:
        return ""
    before, cents = written.partition(".")[0], int(small["cents"].ljust(2, "0"))
    parts = []
    if before.strip("0,") or not cents:
        parts.append(f"{whole(before or '0')} {large or (coin.one if before == '1' else coin.many)}")
    if cents:
        is_single = cents == 1 or large == coin.one  # "a forty two cent dividend"
        parts.append(f"{whole(str(cents))} {coin.small_one if is_single else coin.small_many}")
    return " ".join(parts)
