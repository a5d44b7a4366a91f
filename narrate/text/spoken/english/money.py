"""Rules for sums of money, which the spoken form says before any other figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, needs
from narrate.text.spoken.context import word_after, words_before
from narrate.text.spoken.numbers import FIGURE, START, number, whole
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_SIGNS = word_map("currencies", "signs")
_CODES = word_map("currencies", "codes")
_SCALES = word_map("currencies", "scales")
_PERIODS = word_map("currencies", "periods")
_SIGN = any_of(_SIGNS)
# Scales of one letter stand right behind the figure, the longer ones may keep a distance.
_LONG_SCALE, _SHORT_SCALE = (any_of(s for s in _SCALES if (len(s) > 1) is is_long) for is_long in (True, False))
_SCALE = rf"(?:[ -]?{_LONG_SCALE}|{_SHORT_SCALE}| [bB](?!\.))(?!\w)"

_SUM = re.compile(
    rf"(?<![A-Za-z0-9$])(?P<minus>[-−])?(?P<sign>{_SIGN}) ?(?P<figure>{FIGURE})(?P<scale>{_SCALE})?"
    rf"(?: ?[-–] ?(?:(?P=sign) ?)?(?P<figure2>{FIGURE})(?P<scale2>{_SCALE})?)?"
    rf"(?:/(?P<per>{any_of(_PERIODS)})(?!\w))?"
)
_CODE_AFTER = re.compile(rf"{START}(?P<figure>{FIGURE})(?P<scale>{_SCALE})? ?(?P<code>{any_of(_CODES)})(?!\w)")
_CODE_BEFORE = re.compile(rf"(?<!\w)(?P<code>{any_of(_CODES)}) ?(?P<figure>{FIGURE})(?P<scale>{_SCALE})?")
_CENTS = re.compile(rf"{START}(?<!:)(?P<figure>{FIGURE})(?: ?¢|(?P<pence>p))(?!\.?\w)")
# Tenths and a last zero are cents, too: "$20.5", "$2.000".
_SMALL_COIN = re.compile(r"[\d,]*\.(?P<cents>\d\d?)0?")


@needs("".join(re.escape(sign[-1]) for sign in _SIGNS))
def sums_of_money(text: str) -> Iterator[Claim]:
    """$43.6 million -> forty three point six million dollars; a $500 fine -> a five hundred dollar fine.

    Known failure: whether a noun follows is guessed from the words around, so "The $5 million helped" is
    said with "dollar".
    """
    return claims(_SUM, text, _sum)


@needs("0-9")
def sums_with_codes(text: str) -> Iterator[Claim]:
    """2 million USD -> two million US dollars; EUR 50 -> fifty euros."""
    yield from claims(_CODE_AFTER, text, _coded)
    yield from claims(_CODE_BEFORE, text, _coded)


@needs("0-9")
def cents(text: str) -> Iterator[Claim]:
    """50¢ -> fifty cents; 99p -> ninety nine pence. Known failure: 80p as a picture's height."""

    def say(match: re.Match[str]) -> str | None:
        if match["pence"]:
            return f"{number(match['figure'])} pence" if len(match["figure"]) < 3 else None
        return f"{number(match['figure'])} {'cent' if match['figure'] == '1' else 'cents'}"

    return claims(_CENTS, text, say)


def _sum(match: re.Match[str]) -> str:
    names = _names(_SIGNS[match["sign"]])
    figure, scale = match["figure"], _scale(match["scale"])
    before = "minus " if match["minus"] else ""
    after = f" per {_PERIODS[match['per']]}" if match["per"] else ""
    if match["figure2"]:
        return before + _range(match, names) + after
    coin = names[0] if not after and _noun_follows(match) else None
    return before + _amount(figure, scale, names, coin) + after


def _range(match: re.Match[str], names: list[str]) -> str:
    """$10–$20 -> ten to twenty dollars."""
    scale, scale2 = _scale(match["scale"]), _scale(match["scale2"])
    if len(names) > 2 and not scale and not scale2 and _SMALL_COIN.fullmatch(match["figure"]):
        first = _amount(match["figure"], "", names)
    else:
        first = f"{number(match['figure'])} {scale}".rstrip()
    coin = names[0] if _noun_follows(match) else names[1]
    return f"{first} to {_amount(match['figure2'], scale2, names, coin)}"


def _coded(match: re.Match[str]) -> str:
    return _amount(match["figure"], _scale(match["scale"]), _names(_CODES[match["code"]]))


def _amount(figure: str, scale: str, names: list[str], coin: str | None = None) -> str:
    """A figure with its coin; `coin` is said where the words around ask for one or many."""
    if scale:
        return f"{number(figure)} {scale} {coin or names[1]}"
    small = _SMALL_COIN.fullmatch(figure)
    if small and len(names) > 2:
        return _with_small_coin(figure.partition(".")[0], int(small["cents"].ljust(2, "0")), names, coin)
    return f"{number(figure)} {coin or names[figure != '1']}"


def _with_small_coin(large: str, small: int, names: list[str], coin: str | None) -> str:
    """12.50 -> twelve dollars fifty cents; 0.99 -> ninety nine cents; 1.00 -> one dollar."""
    parts = []
    if large.strip("0,") or not small:
        parts.append(f"{whole(large or '0')} {coin or names[large != '1']}")
    if small:
        parts.append(f"{whole(str(small))} {names[2 if small == 1 else 3]}")
    return " ".join(parts)


def _noun_follows(match: re.Match[str]) -> bool:
    """Tell whether the sum describes a noun: an article shortly before it, and right behind a word that can be one."""
    text = match.string
    after = word_after(text, match.end())
    if not after or after.lower() in word_set("words", "function") or after.endswith(("ed", "ing")):
        return False
    if text[match.end()] == "-":
        return True
    for word in words_before(text, match.start(), 2):
        if word.lower() in word_set("words", "determiners") or word.endswith(("'s", "s'")):
            return True
        if word.lower() in word_set("words", "function") or word.endswith("."):
            return False
    return False


def _names(currency: str) -> list[str]:
    return word_map("currencies", "names")[currency].split("|")


def _scale(written: str | None) -> str:
    return _SCALES[written.strip(" -")] if written else ""
