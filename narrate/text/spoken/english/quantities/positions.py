"""Surroundings of a quantity: the noun that it describes, the label that makes it a name, what is counted."""

from __future__ import annotations

from narrate.text.spoken.claims import late
from narrate.text.spoken.context import is_counted, word_after, word_before, words_before
from narrate.text.spoken.english.quantities.units import Unit, doubt, nouns, unit_of
from narrate.text.spoken.vocabulary import word_set

# An article and one adjective: "a new 16GB phone"; further off, the article is that of another noun.
_WORDS_BEFORE = 2
_GLOSS = late(r"\.? \([~≈]?[.\d]")
_COMPARING = frozenset(("than", "over", "under", "up", *"<>≤≥~≈±"))
# These describe the noun behind them with a space before the unit, too: "a row of 12 V batteries", "60 W bulb".
_LEADING = frozenset(("power", "electricity", "data"))
# Of these more often something is said than a noun described: "102°F needs care", "48h passed".
_STATED = frozenset(("ratio", "time", "temperature", "coins"))


def describes(text: str, start: int, end: int, unit: Unit, gap: str) -> bool:
    """Tell whether an amount describes the noun behind it, and its unit is said in the singular: "a 16GB phone".

    Args:
        text: The text in which it stands.
        start: Where the amount begins (characters).
        end: Where it ends (exclusive).
        unit: Its unit; of wares such as butter the amount is counted: "200 grams butter".
        gap: What stands between figure and unit: nothing, a space or a hyphen.
    """
    if gap == "-" or text[end : end + 1] == "-":
        return True
    noun = _noun_after(text, end)
    if not noun:
        return _describes_behind_adjective(text, start, end)
    if noun in nouns("packed") or is_led(text, start):
        return True
    if "wares" in unit.takes or unit.kind in _STATED or word_after(text, end)[0].isupper():
        return False
    if noun in nouns("dimensions"):
        return False
    return gap == "" or is_countable(noun) or unit.kind in _LEADING


def _describes_behind_adjective(text: str, start: int, end: int) -> bool:
    """Tell whether an adjective of size stands between an amount and its noun: "a 10cm deep hole"."""
    word = word_after(text, end)
    is_between = word in nouns("adjectives") and bool(_noun_after(text, end + 1 + len(word)))
    return is_between and is_led(text, start)


def describes_sum(text: str, start: int, end: int) -> bool:
    """Tell whether a sum describes the noun behind it: "a $5 bill", "a $100-million contract", "paid in $20 notes"."""
    noun = _noun_after(text, end)
    return bool(noun) and (text[end] == "-" or noun in word_set("currencies", "notes") or is_led(text, start))


def _noun_after(text: str, end: int) -> str:
    """The word behind an amount if it can be a noun that the amount describes, else nothing."""
    word = word_after(text, end)
    plain = word.lower().removesuffix("'s")
    if plain in nouns("recurring"):
        return _noun_after(text, end + 1 + len(word))
    if len(word) < 2 or plain in word_set("words", "function") or plain in nouns("measured"):
        return ""
    if unit_of(word) and not doubt(word):
        return ""
    if plain.endswith(("ed", "ing", "ly", "ward", "wards")) and plain not in nouns("nouns_too"):
        return ""
    return plain


def is_led(text: str, start: int) -> bool:
    """Tell whether an article or the like stands before, with at most one word in between: "a new $500 fine"."""
    for word in words_before(text, start, _WORDS_BEFORE):
        if word.lower() in word_set("words", "determiners") or word.endswith(("'s", "s'")):
            return True
        if word.lower() in word_set("words", "function") or word.endswith(".") or word[-1:].isdigit():
            return False
    return False


def facts(text: str, start: int, end: int, gap: str, sign: str, figure: str) -> set[str]:
    """Return what is known of a doubtful sign, in the words of readings.toml: "decimal", "labelled", "counted"..."""
    digits = figure.replace(",", "")
    after, before = word_after(text, end), word_before(text, start).lower()
    known = {
        "decimal": "." in figure,
        "single": len(figure) == 1,
        "large": len(digits) > 2 and "." not in figure,
        "fraction": not figure,
        "labelled": before.rstrip(".") in nouns("labels"),
        "numbered": before.isdigit() and len(before) < 3,
        "hyphen": gap == "-",
        "grouped": "," in figure,
        "joined": text[end : end + 1] == "-",
        "spaced": gap == " ",
        "tight": not gap,
        "counted": is_countable(after),
        "described": bool(_noun_after(text, end)) and is_led(text, start),
        "compared": before in word_set("words", "quantifiers")
        or before in _COMPARING
        or text[start : start + 1] in _COMPARING,
        "named": word_before(text, start)[:1].isupper() and start > len(before) + 1,
        "minus": text[start : start + 1] in ("-", "−"),
        "glossed": _GLOSS().match(text, end) is not None,
        "dotted": text[end - 1] == "." or (text[end : end + 1] == "." and not text[end + 1 : end + 2].isalnum()),
        "ordinal": sign == "st" and digits.endswith("1") and not digits.endswith("11"),
    }
    return {name for name, holds in known.items() if holds}


def is_countable(word: str) -> bool:
    """Tell whether a word can be what a number counts: a plural in small letters, or a unit without doubts."""
    if word in word_set("words", "people") or (len(word) > 1 and unit_of(word) and word not in ("in", "as")):
        return True
    return is_counted(word) and word not in nouns("measured")
