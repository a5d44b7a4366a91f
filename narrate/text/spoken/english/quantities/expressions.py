"""Quantities put together: ranges, sizes, one measure in two systems, and the words for all of them."""

from __future__ import annotations

from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.english.quantities.coins import Coin, with_small_coin
from narrate.text.spoken.english.quantities.counted import is_amount, stands_before_unit
from narrate.text.spoken.english.quantities.numerals import FRACTION_SIGNS
from narrate.text.spoken.english.quantities.positions import describes, describes_sum, facts, is_led
from narrate.text.spoken.english.quantities.terms import Term, as_scale, is_behind_thing, starts, term_at
from narrate.text.spoken.english.quantities.unit_signs import unit_at
from narrate.text.spoken.english.quantities.units import doubt, unit_named
from narrate.text.spoken.readings import choose

_TO = late(rf"(?: ?[-–—] ?|- (?=\d))(?=[-−]?[^\s\w]{{0,3}}[\w{FRACTION_SIGNS}])")
_BY = late(rf" ?[x×] ?(?=[\d.{FRACTION_SIGNS}])")
_ALSO = late(rf" ?/ ?(?=[\d{FRACTION_SIGNS}])")
_TO_SCALED = late(r" to (?=[^\s\w])")
_HOURS = late(r"(?:(?: (?:to|and|or) |[-–])\d{4})?[ -]?(?:hours?|hrs?|h)\b")
_TIME_OF_DAY = late(r"\d{4}|\d\d?\.[0-5]\d")
_YEAR = late(r"(?:1[1-9]|20)\d\d")
_SIDES_MOST = 4
# Between a joint and its numeral: a sign, a currency of a few letters, a space.
_HEAD_MOST_CHARS = 6
_OR = " or "
# Kitchens weigh and measure the same thing.
_SAME_AMOUNT = frozenset(("mass", "volume"))
_SCALES = frozenset(("thousand", "million", "billion", "trillion"))


class Expression(NamedTuple):
    """Terms that belong together, and what is said between them."""

    terms: tuple[Term, ...]
    joint: str = ""

    @property
    def start(self) -> int:
        """The place where it begins (characters)."""
        return self.terms[0].start

    @property
    def end(self) -> int:
        """The place where it ends (exclusive)."""
        return self.terms[-1].end


def expression_at(text: str, start: int, marks: frozenset[int]) -> Expression | None:
    """Return the longest expression whose first numeral begins at a place; None where no quantity stands there."""
    first = term_at(text, start, marks)
    if first and _is_added(text, first.start) and not (first.written and first.written.unit.kind == "time"):
        return None
    if first and is_behind_thing(text, first.start) and not _is_kitchen(first):
        return None
    if first is None or (_is_tied(text, first.start) and not first.coin and (first.sign or not first.written)):
        return None
    return (
        _range(text, first, marks)
        or _sides(text, first, marks)
        or _in_two_systems(text, first, marks)
        or _alone(text, first)
    )


def _is_added(text: str, start: int) -> bool:
    """Tell whether a sum of figures stands here, which is a quantity where hours are added: "6+24 hrs"."""
    return text[start - 1 : start] == "+" and text[start - 2 : start - 1].isdigit()


def _is_kitchen(term: Term) -> bool:
    return term.written is not None and term.written.unit.kind in _SAME_AMOUNT


def _is_tied(text: str, start: int) -> bool:
    """Tell whether figures stand right before, so that only a unit makes this a quantity: "80/120 mmHg"."""
    return text[start - 1 : start] in ("/", ":", "-") and text[start - 2 : start - 1].isdigit()


def _alone(text: str, first: Term) -> Expression:
    if first.is_bare and is_amount(text, first.end - len(first.numeral.written), first.end):
        return Expression((_counted(first),))
    return Expression((first,))


def _counted(term: Term) -> Term:
    """A bare number that is an amount, and no year."""
    return term._replace(numeral=term.numeral._replace(is_settled=True))


def is_unmistakable(text: str, found: Expression) -> bool:
    """Tell whether an expression is a quantity whatever its figures look like: by a coin, a chain, a sure unit.

    Hours behind four digits or two decimals are not: "1745 hrs" may be a time of day.
    """
    last = found.terms[-1]
    if any(term.coin or term.chain for term in found.terms):
        return True
    if last.written is None or any(term.sign for term in found.terms):
        is_counted = last.numeral.is_settled and not last.written and bool(last.numeral.written)
        return is_counted and not _HOURS().match(text, last.end)
    return last.written.unit.one != "hour" or not _TIME_OF_DAY().fullmatch(last.numeral.written)


def settled(text: str, found: Expression) -> Expression | None:
    """Decide what doubtful signs mean, by all that stands around; None where nothing but bare numbers is left.

    All terms with one sign are read alike: in "2.1m-3.4m people" both are millions.
    """
    doubtful = next((term for term in reversed(found.terms) if term.sign), None)
    if doubtful:
        tied = {"tied"} if len(found.terms) > 1 else set()
        known = tied | facts(text, found.start, doubtful.end, doubtful.gap, doubtful.sign, doubtful.numeral.written)
        chosen = choose(doubt(doubtful.sign), text, found.start, found.end, known)
        name = "unit" if found.joint == _OR else chosen.name
        found = found._replace(terms=tuple(_read(text, term, name, str(chosen)) for term in found.terms))
    if all(term.is_bare for term in found.terms):
        if all(term.numeral.is_settled for term in found.terms):
            return found
        return Expression(found.terms[:1]) if found.terms[0].numeral.is_settled else None
    return found


def said(text: str, found: Expression) -> str:
    """Say an expression, with its unit in the singular where it describes a noun."""
    if any(term.coin for term in found.terms):
        return _sums(text, found)
    is_single = _is_attributive(text, found)
    return found.joint.join(_measure(term, is_single=is_single or term.gap == "-") for term in found.terms)


def _is_attributive(text: str, found: Expression) -> bool:
    last = found.terms[-1]
    if last.chain:
        led = is_led(text, found.start) and describes(text, found.start, found.end, last.chain.parts[-1][1].unit, " ")
        return led or text[found.end : found.end + 1] == "-"
    return last.written is not None and describes(text, found.start, found.end, last.written.unit, last.gap)


def _second(text: str, start: int, marks: frozenset[int], coin: Coin | None = None) -> Term | None:
    """The term right behind a joint, whose numeral may have a sign and a coin before it."""
    numeral = next(starts(text, start, start + _HEAD_MOST_CHARS), None)
    return term_at(text, numeral, marks, after=start, coin=coin) if numeral is not None else None


def _range(text: str, first: Term, marks: frozenset[int]) -> Expression | None:
    if between := _TO().match(text, first.end):
        second = _second(text, between.end(), marks, first.coin)
        if second and first.is_bare and second.is_bare:
            return _bare_range(text, first, second)
        if second and _are_ends(first, second, between[0]) and not (first.coin and _is_measured(text, second.end)):
            return Expression((first, second), " to ")
    if first.coin and not first.scale and (between := _TO_SCALED().match(text, first.end)):
        second = _second(text, between.end(), marks)
        if second and second.coin == first.coin and second.scale and _is_short(first):
            return Expression((first, second), " to ")
    return None


def _bare_range(text: str, first: Term, second: Term) -> Expression | None:
    """A range of numbers alone where one of them can be nothing else: "4-5½ inches", "2028-7981 grams"."""
    is_settled = first.numeral.is_settled or second.numeral.is_settled
    if (
        is_settled
        or is_amount(text, first.end - len(first.numeral.written), first.end)
        or stands_before_unit(text, second.end)
    ):
        return Expression((_counted(first), _counted(second)), " to ")
    return None


def _is_measured(text: str, end: int) -> bool:
    """Tell whether a unit follows what else would be a sum: "$430 - 76% off"."""
    return text[end : end + 1] not in ("'", '"') and unit_at(text, end) is not None


def _is_short(first: Term) -> bool:
    """Tell whether a sum without a scale may share that of the one behind it: "$5 to $7bn", but "$150,000 to $5m"."""
    return len(first.numeral.written.partition(".")[0]) < 4


def _are_ends(first: Term, second: Term, between: str) -> bool:
    """Tell whether two terms are the ends of a range: of one kind, and one of them with a unit or a coin."""
    if between == " — ":
        return False
    if first.chain or second.chain:
        return bool(first.chain) == bool(second.chain)
    if first.is_bare and between not in {"-", "–"} and _YEAR().fullmatch(first.numeral.written):
        return False
    if second.coin or first.coin:
        return second.is_bare or first.is_bare or second.coin == first.coin
    if second.is_bare:
        return bool(first.written and first.written.unit.kind in ("ratio", "temperature"))
    if first.is_bare or first.sign == second.sign != "":
        return True
    if first.written and second.written:
        return first.written.unit.kind == second.written.unit.kind
    return bool(first.scale or first.sign) and bool(second.scale or second.sign)


def _sides(text: str, first: Term, marks: frozenset[int]) -> Expression | None:
    """Read a size: "12 ft. x 15 ft.", "3 x 4 x 5 cm"; without a unit another rule says it."""
    terms = [first]
    while len(terms) < _SIDES_MOST and (by := _BY().match(text, terms[-1].end)):
        side = _second(text, by.end(), marks)
        if side is None or side.coin:
            break
        terms.append(side)
    if len(terms) < 2 or not any(term.written or term.chain for term in terms):
        return None
    return Expression(tuple(terms), " by ")


def _in_two_systems(text: str, first: Term, marks: frozenset[int]) -> Expression | None:
    """Read "200g/7oz": one amount in two units, or two of one, "8GB/128GB"."""
    also = _ALSO().match(text, first.end)
    second = _second(text, also.end(), marks) if also and first.written else None
    unit = second and (second.written.unit if second.written else second.chain and second.chain.parts[0][1].unit)
    if not second or not unit or not first.written:
        return None
    if unit == first.written.unit:
        return Expression((first, second), ", ")
    kinds = {first.written.unit.kind, unit.kind}
    return Expression((first, second), _OR) if len(kinds) == 1 or kinds == _SAME_AMOUNT else None


def _read(text: str, term: Term, reading: str, why: str) -> Term:
    """Give a doubtful sign its reading: the table's unit, another unit, a scale, or none."""
    if not term.sign:
        return term
    bare = term._replace(end=term.base, sign="", written=None, gap="", reading=why)
    if reading in _SCALES:
        return as_scale(text, bare._replace(end=bare.end + len(term.gap) + len(term.sign)), reading)
    unit = term.written.unit if term.written and reading == "unit" else unit_named(reading)
    if unit is None:
        return bare
    if term.written is None:
        return bare
    return term._replace(sign="", written=term.written._replace(unit=unit), reading=why)


def _measure(term: Term, *, is_single: bool) -> str:
    if term.chain:
        return f"{lead(term)}{term.chain.said(is_single=is_single)}"
    words = f"{lead(term)}{term.numeral.said}{f' {term.scale}' if term.scale else ''}"
    if not term.written:
        return f"{words}{term.per}"
    unit = term.written.unit
    one = is_single or (term.numeral.is_one and not term.scale)
    return f"{words} {unit.one if one else unit.many}{term.written.tail}"


def lead(term: Term) -> str:
    """Say what leads a number: "less than ", "minus "; empty where nothing does."""
    return f"{f'{term.compared} ' if term.compared else ''}{'minus ' if term.is_minus else ''}"


def _sums(text: str, found: Expression) -> str:
    """Say a sum or a range of sums: the currency once, behind the last figure."""
    last = found.terms[-1]
    coin = last.coin or found.terms[0].coin
    assert coin is not None, "a sum has a currency"
    is_single = last.gap == "-" or (not last.per and describes_sum(text, found.start, found.end))
    words = [_sum(last, coin, coin.one if is_single else "")]
    for first in found.terms[:-1]:
        small = "" if first.scale or last.scale else with_small_coin(first.numeral.written, coin, "")
        words.insert(0, lead(first) + (small or f"{first.numeral.said} {first.scale}".rstrip()))
    return found.joint.join(words)


def _sum(term: Term, coin: Coin, large: str) -> str:
    if term.scale:
        return f"{lead(term)}{term.numeral.said} {term.scale} {large or coin.many}{term.per}"
    named = large or (coin.one if term.numeral.is_one else coin.many)
    small = with_small_coin(term.numeral.written, coin, large)
    return f"{lead(term)}{small or f'{term.numeral.said} {named}'}{term.per}"
