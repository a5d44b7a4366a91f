"""Units as they are written behind a figure: squares, products, rates, and the dot of an abbreviation."""

from __future__ import annotations

from typing import NamedTuple

from narrate.text.spoken.claims import late
from narrate.text.spoken.context import sentence_ends
from narrate.text.spoken.english.quantities.numerals import Numeral, numeral_at
from narrate.text.spoken.english.quantities.units import Unit, below, compass, doubt, first_words, nouns, unit_of

# Superscripts are word characters, too, so the letters are named.
_LETTER = "A-Za-zµμΩΩ"
_LETTERS = late(rf"[{_LETTER}]+")
_SIGN = late(rf"[°º](?: ?[CFK](?![\w]))?|[{_LETTER}]+|[★⭐]\ufe0f?|[%‰¢'\"℃℉]")
_WHERE = late(r" ([NS]?[NSEW]?[EW]?)(?= of\b)")
_SECOND_WORD = late(r"[ .·⋅-]{1,2}([^\W\d_]+)")
_AREA = late(r"(?:(?P<sq>[Ss]q)|[Cc]u)(?:\. |\.-|[. -])")
_RAISED = late(r"(?P<minus>[⁻^]?-?)(?P<it>[²³]|(?<=\^)[1-3]|(?<=[⁻-])[¹²³1-3]|(?<=[a-z])[23])(?![\w]|[.,]\d)")
_TIMES = late(r"[·⋅∙•]")
_UNDER = late(r" ?/ ?| (?:per|an?) ")
_WORD = late(r"[a-z]{3,}(?!\w)")
# So many of a thing are under a line: "L/100 km"; any other figure begins an amount of its own: "200g/7oz".
_ROUND = frozenset(("1", "10", "100", "1000", "100000"))
_POWERS = {"2": "square ", "3": "cubic ", "²": "square ", "³": "cubic "}
_AFTER_TIME = {"square ": " squared", "cubic ": " cubed"}


class Rate(NamedTuple):
    """A name under a line: where it ends, the name, and what is said of line and name."""

    end: int
    below: str
    said: str


class Written(NamedTuple):
    """A unit that was read: its first sign as it stands, the unit, where it ends, and what is said behind it."""

    sign: str
    unit: Unit
    end: int
    tail: str = ""


def unit_at(text: str, start: int) -> Written | None:
    """Return the longest unit that begins at a place: "kW·h", "mg/dL", "sq. ft."; None where none does."""
    found = _factor(text, start)
    if found is None:
        return None
    while (times := _TIMES().match(text, found.end)) and (factor := _factor(text, times.end())):
        one, unit = found.unit.one, factor.unit
        unit = unit._replace(one=f"{one} {unit.one}", many=f"{one} {unit.many}")
        found = Written(f"{found.sign}·{factor.sign}", unit, factor.end)
    return _under(text, found)


def _under(text: str, found: Written) -> Written:
    """Add what stands under a line: "/day", " per dL", "/100 km", and s⁻¹ behind a space."""
    while rate := rate_at(text, found.end, is_noun_below=found.unit.kind != "temperature"):
        if _is_other_system(found.unit, rate):
            break
        found = Written(found.sign, found.unit, rate.end, f"{found.tail}{rate.said}")
    where = _WHERE().match(text, found.end) if found.unit.kind == "length" else None
    if where and (direction := compass(where[1])):
        return Written(found.sign, found.unit, where.end(), f"{found.tail} {direction}")
    return found


def _is_other_system(unit: Unit, rate: Rate) -> bool:
    """Tell whether the same amount follows once more and no line: "3½oz/100g"."""
    return unit.one.split()[-1] in nouns("kitchen") and rate.below.endswith((" grams", " milliliters"))


def rate_at(text: str, start: int, *, is_noun_below: bool = True) -> Rate | None:
    """Return what an amount is for: "/MWh", "/100 km", "/person", " a gal."; None where no such thing follows."""
    line = _UNDER().match(text, start)
    if not line:
        return _inverse(text, start)
    at = line.end()
    sign = _LETTERS().match(text, at) if "/" in line[0] else None
    if sign and (named := below(sign[0])):
        return _per(sign.end(), named)
    numeral = numeral_at(text, at)
    if numeral and numeral.written.replace(",", "") not in _ROUND:
        return None
    if numeral:
        at = numeral.end + (text[numeral.end : numeral.end + 1] in (" ", "-"))
    found, word = _factor(text, at), line[0].strip().replace("/", "per")
    if found and not _goes_on(text, found.end) and ("/" in line[0] or numeral or _is_abbreviated(found.sign)):
        name = _below(found.unit, numeral)
        return Rate(bare_dot(text, found.end, is_dotted="dot" in found.unit.takes), name, f" {word} {name}")
    return _noun(text, at) if is_noun_below and not numeral and "/" in line[0] else None


def _is_abbreviated(sign: str) -> bool:
    """Tell whether a sign is no word that could stand behind "a" or "per" as well."""
    return len(sign) > 1 and not doubt(sign)


def bare_dot(text: str, end: int, *, is_dotted: bool) -> int:
    """Return where a unit ends with the dot of its abbreviation: in "10 mi. in" it is none of the sentence's."""
    if text[end : end + 1] != "." or not text[end - 1].isalpha() or text[end + 1 : end + 2].isalnum():
        return end
    behind = text[end + 1 : end + 3].lstrip()
    goes_on = behind[:1].islower() or behind[:1] in (",", ";", ":", ")", "-", "/") or behind[:1].isdigit()
    if goes_on or (is_dotted and not sentence_ends(text, end + 1)):
        return end + 1
    return end


def _below(unit: Unit, numeral: Numeral | None) -> str:
    if numeral is None:
        return unit.one
    return f"{numeral.said} {unit.one if numeral.is_one else unit.many}"


def _factor(text: str, start: int) -> Written | None:
    area = _AREA().match(text, start)
    at = area.end() if area else start
    match = _SIGN().match(text, at)
    if not match:
        return None
    sign, end = match[0].replace(" ", "") if match[0][0] in "°º" else match[0].rstrip("\ufe0f"), match.end()
    second = _SECOND_WORD().match(text, end) if sign in first_words() else None
    if second and unit_of(f"{sign} {second[1]}") and not (second[1] == "in" and " " in second[0]):
        sign, end = f"{sign} {second[1]}", second.end()
    if sign.endswith("x") and text[end : end + 1].isdigit():
        sign, end = sign[:-1], end - 1
    unit = unit_of(sign)
    if unit is None:
        return None
    if area:
        return _powered(sign, unit, "2" if area["sq"] else "3", end)
    raised = _RAISED().match(text, end) if end < len(text) else None
    if raised and not raised["minus"].strip("^"):
        return _powered(sign, unit, raised["it"], raised.end())
    return Written(sign, unit, end)


def _powered(sign: str, unit: Unit, power: str, end: int) -> Written | None:
    if "powers" not in unit.takes or power not in _POWERS:
        return None
    word = _POWERS[power]
    if unit.kind == "time":
        return Written(f"{sign}{power}", unit._replace(one=f"{unit.one}{_AFTER_TIME[word]}"), end)
    kind = "area" if word == "square " else "volume"
    return Written(f"{sign}{power}", Unit(f"{word}{unit.one}", f"{word}{unit.many}", kind, unit.takes), end)


def _inverse(text: str, start: int) -> Rate | None:
    """Read "m s⁻¹": the unit with a minus is under the line."""
    match = _LETTERS().match(text, start + 1) if text[start : start + 1] in (" ", "·", "⋅") else None
    unit = unit_of(match[0]) if match else None
    raised = _RAISED().match(text, match.end()) if match else None
    if not unit or not raised or not raised["minus"].strip("^"):
        return None
    power = raised["it"].translate(str.maketrans("¹²³", "123"))
    powered = _powered("", unit, power, raised.end()) if power != "1" else Written("", unit, raised.end())
    return _per(powered.end, powered.unit.one) if powered else None


def _noun(text: str, start: int) -> Rate | None:
    match = _WORD().match(text, start)
    return _per(match.end(), match[0]) if match and match[0] not in nouns("joining") else None


def _per(end: int, below: str) -> Rate:
    return Rate(end, below, f" per {below}")


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a word goes on behind what was taken for a sign."""
    return text[end : end + 1].isalnum() or text[end : end + 1] == "_"


def is_free(text: str, end: int) -> bool:
    """Tell whether a sign ends where its word does, and is no beginning of "in's", "p.m." or "24W/M"."""
    after, next_one = text[end : end + 1], text[end + 1 : end + 2]
    if after == "/" and next_one.isupper() and not text[end - 2].isalpha():
        return False
    if after == "x" and next_one.isdigit():
        return True
    return not (after.isalnum() or after == "_" or (after in ("'", ".", "&") and next_one.isalpha()))
