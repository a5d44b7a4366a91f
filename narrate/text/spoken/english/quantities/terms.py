"""One quantity where it is written: comparison, sign, coin, numeral, scale, unit and rate, before it is decided what
a doubtful sign means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.context import word_before
from narrate.text.spoken.english.quantities.chains import Chain, chain_at
from narrate.text.spoken.english.quantities.coins import COIN, Coin, coin_behind, coin_ends, coin_of
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS, Numeral, numeral_at
from narrate.text.spoken.english.quantities.unit_signs import Written, bare_dot, is_free, rate_at, unit_at
from narrate.text.spoken.english.quantities.units import behind_sum, doubt
from narrate.text.spoken.vocabulary import word_map

_SCALES = word_map("currencies", "scales")
# What may lead a numeral, right before it.
_HEAD = late(
    rf"(?:(?<![^\s(\[\"'/])(?P<compared>[<>]=?|[≤≥~≈∼±≲≳+]) ?)?"
    rf"(?P<minus>(?<![\w)\]])(?<![\d)] )[-−]|(?<![^\s(\[])(?<!\d )–)?"
    rf"(?:(?<![A-Za-z0-9$])(?P<coin>{COIN}) ?)?(?P<inner>(?<=[^\w\s])-)?$"
)
_HEAD_CHARS = 12
# The last characters of what may lead a numeral: most have nothing of the kind before them.
_LEADERS = frozenset((*coin_ends(), *"<>=≤≥~≈∼±≲≳+-−–"))
_FIGURE = late(rf"\d++(?:,\d++)*+|[{FRACTION_SIGNS}]")
# So many of a thing, of which the amount follows: "½ cup/113g", "1 stick/4oz".
_COUNTED_THING = late(rf"(?:[\d{FRACTION_SIGNS}]|(?<!\w)(?:an?|one|two|three|four|half)) ?[a-z]{{3,}}/$")
_THING_CHARS = 24
# Behind a sum: "$10+ a head", "€3+/kg", but no "$5+$3".
_PLUS = late(r"\+(?! ?[\w$£€+])|\+(?= [a-z])")
_COMPARED = word_map("symbols", "compared")
_SCALE = late(r"(?P<gap>[ -]?)(?P<word>[A-Za-z]+)(?![\w])")


class _Head(NamedTuple):
    """Signs that lead a numeral, and where they begin."""

    start: int
    compared: str = ""
    is_minus: bool = False
    coin: Coin | None = None


class Term(NamedTuple):
    """A quantity as it stands.

    Attributes:
        start: Where it begins (characters).
        end: Where it ends with all that belongs to it (exclusive).
        numeral: Its numeral.
        compared: What is said of a sign of comparison before it: "less than".
        is_minus: Whether it is negative.
        coin: Its currency, if any.
        scale: What is said of its scale: "million"; empty without one.
        gap: What stands before the unit: nothing, a space or a hyphen.
        written: Its unit, if any.
        sign: A sign of which it is still to be decided whether it is the unit, a scale or neither.
        per: What is said of the line below a sum: "per hour".
        reading: Which of several readings was chosen, and why.
        chain: The chain of units that it begins, if any, which then is all of it.
        base: Where its numeral and scale end, before the unit.
    """

    start: int
    end: int
    numeral: Numeral
    compared: str = ""
    is_minus: bool = False
    coin: Coin | None = None
    scale: str = ""
    gap: str = ""
    written: Written | None = None
    sign: str = ""
    per: str = ""
    reading: str = ""
    chain: Chain | None = None
    base: int = 0

    @property
    def is_bare(self) -> bool:
        """True for a number and nothing else."""
        return not (self.coin or self.written or self.sign or self.scale or self.chain)


def starts(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield the places where a numeral may begin."""
    return (match.start() for match in _FIGURE().finditer(text, start, len(text) if end is None else end))


def term_at(
    text: str, start: int, marks: frozenset[int], *, after: int | None = None, coin: Coin | None = None
) -> Term | None:
    """Return the quantity whose numeral begins at a place, with what leads it; None where there is none.

    Args:
        text: The text.
        start: Where the numeral begins (characters); the dot of ".5" before it is found.
        marks: The places of quote marks that are measures.
        after: Where the joint to a quantity before it ends; all between there and the numeral must belong to it.
        coin: The currency of that quantity, which both share.
    """
    at = start - 1 if text[start - 1 : start] == "." else start
    head = _head(text, at, after)
    if head is None:
        return None
    coin = head.coin or coin
    numeral = numeral_at(text, at, is_money=bool(coin))
    if numeral is None:
        return None
    term = Term(head.start, numeral.end, numeral, head.compared, head.is_minus, coin)
    if coin:
        return _with_rate(text, _with_scale(text, term))
    chain = chain_at(text, at, numeral, marks)
    return (
        term._replace(end=chain.end, chain=chain)
        if chain
        else _checked(with_unit(text, _with_scale(text, term)), marks)
    )


def _head(text: str, at: int, after: int | None) -> _Head | None:
    """Read the signs that lead a numeral; None where none may begin."""
    leader = text[at - 1 : at] if text[at - 1 : at] != " " else text[at - 2 : at - 1]
    if leader not in _LEADERS:
        begins = _may_begin(text, at) if after is None else at == after
        return _Head(at) if begins else None
    match = _HEAD().search(text, max(0, at - _HEAD_CHARS) if after is None else after, at)
    if match is None or (after is not None and match.start() != after):
        return None
    if after is None and not match["coin"] and not _may_begin(text, match.start()):
        return None
    compared = _COMPARED[match["compared"]] if match["compared"] else ""
    if compared and compared == word_before(text, match.start()).lower():
        compared = ""
    coin = coin_of(match["coin"]) if match["coin"] else None
    return _Head(match.start(), compared, bool(match["minus"] or match["inner"]), coin)


def _checked(term: Term, marks: frozenset[int]) -> Term:
    """A term without its quote mark where that is no measure."""
    if term.written and term.written.sign in ("'", '"') and term.end - 1 not in marks:
        return term._replace(end=term.base, written=None, gap="")
    return term


def with_unit(text: str, term: Term) -> Term:
    """Add the unit or the currency behind a numeral and its scale; a doubtful sign is only noted."""
    term = term._replace(base=term.end)
    plus = "+" if text[term.end : term.end + 1] == "+" else ""
    at = term.end + len(plus)
    gap = text[at : at + 1] if text[at : at + 1] in (" ", "-") else ""
    at += len(gap)
    found = unit_at(text, at)
    if found and is_free(text, found.end):
        if found.sign in ("'", '"') and gap:
            return term
        if plus:
            term = term._replace(scale=f"{term.scale} plus".lstrip(), base=term.end + 1)
        section = doubt(found.sign) if not found.tail or found.sign == "K" else ""
        end = bare_dot(text, found.end, is_dotted="dot" in found.unit.takes)
        if end != found.end:
            found = _under_dot(text, found, end)
        return term._replace(end=max(end, found.end), gap=gap, written=found, sign=found.sign if section else "")
    letter = _SCALE().match(text, term.end)
    if letter and not term.scale and doubt(letter["word"]):
        return term._replace(end=letter.end(), gap=letter["gap"], sign=letter["word"])
    behind = coin_behind(text, term.end)
    return term._replace(end=behind[0], coin=behind[1]) if behind else term


def as_scale(text: str, term: Term, scale: str) -> Term:
    """Take the doubtful sign of a term for a scale; a unit without doubts may follow: "3k km", but not "12m in aid"."""
    bare = term._replace(scale=scale, sign="", written=None, gap="")
    found = with_unit(text, bare)
    return _with_rate(text, bare) if found.sign or found.coin or not found.written else found


def _under_dot(text: str, found: Written, end: int) -> Written:
    """Read "5 mi./hr": the line behind the dot of an abbreviation."""
    rate = rate_at(text, end)
    return Written(found.sign, found.unit, rate.end, rate.said) if rate else found


def _with_scale(text: str, term: Term) -> Term:
    match = _SCALE().match(text, term.end)
    if not match or match["word"] not in _SCALES:
        return term
    word, gap = match["word"], match["gap"]
    if len(word) == 1:
        spaced = gap == " " and word in "bB" and text[match.end() : match.end() + 1] != "."
        if not term.coin or not (gap == "" or spaced):
            return term
    if word in {"MM", "mm"} and not term.coin:
        return term
    return term._replace(end=match.end(), scale=_SCALES[word])


def _with_rate(text: str, term: Term) -> Term:
    match = _SCALE().match(text, term.end)
    is_near = match and (not match["gap"] or (term.coin is not None and match["gap"] == " "))
    if match and is_near and (purpose := behind_sum(match["word"])):
        return term._replace(end=match.end(), per=f" per {purpose}")
    if match and term.coin and match["word"] in _names(term.coin):
        return term._replace(end=match.end(), gap="-" if match["gap"] == "-" else "")
    plus = _PLUS().match(text, term.end)
    if plus:
        term = term._replace(end=plus.end(), per=" plus")
    rate = rate_at(text, term.end)
    if not rate:
        return term
    return term._replace(end=bare_dot(text, rate.end, is_dotted=True), per=f"{term.per}{rate.said}")


def _names(coin: Coin) -> tuple[str, str]:
    """The words for a currency that may stand behind its sign once more: "$3 trillion-dollar plan"."""
    return coin.one.split()[-1], coin.many.split()[-1]


def _may_begin(text: str, start: int) -> bool:
    """Tell whether a quantity may begin here: in no word, in no longer figure, behind no capital with a hyphen."""
    before, leader = text[start - 1 : start], text[max(0, start - 2) : start - 1]
    if not before or before.isspace():
        return True
    if before.isalnum() or before in "_." or (before == "," and leader.isdigit()):
        return False
    if before == "/" and leader.islower():
        return is_behind_thing(text, start)
    if before in "/:":
        return leader.isdigit() or (before == ":" and not leader.isdigit())
    return before not in "-+" or leader.islower() or not leader.isalnum() or leader.isdigit()


def is_behind_thing(text: str, start: int) -> bool:
    """Tell whether a thing that is counted stands right before, with a line behind it: "1 stick/113g"."""
    if text[start - 1 : start] != "/" or not text[start - 2 : start - 1].islower():
        return False
    return _COUNTED_THING().search(text, max(0, start - _THING_CHARS), start) is not None
