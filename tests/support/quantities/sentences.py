"""Sentences with a quantity in them, composed of a number, a unit, a shape and a frame, with what they mean.

A shape says how the quantity is written ("5 km", "<5 km", "5-10 km", "5, 10 and 15 km"), a frame what is around it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from support.quantities.numbers import MAKERS, Amount, cardinal, first_sound
from support.quantities.units import FORMS, KINDS, Form


@dataclass(frozen=True, slots=True)
class Shape:
    """How a quantity is written: {a}, {b}, {c} are amounts with their unit, {x}, {y} amounts without.

    `bounds` are the bounds that may be said with it, `joins` the words between its amounts.
    """

    name: str
    written: str
    said: str
    bounds: frozenset[str] = frozenset({""})
    joins: tuple[str, ...] = ()


BELOW = "(?:less than|fewer than|under|below)"
ABOVE = "(?:more than|over|above|greater than)"
AT_MOST = "(?:at most|up to|(?:no|not) more than|(?:less|fewer) than or equal to)"
AT_LEAST = "(?:at least|(?:no|not) less than|(?:more|greater) than or equal to)"
ABOUT = "(?:about|around|approximately|roughly|some)"
TO = "(?:to|through)"

SHAPES = (
    Shape("one", "{a}", "{a}"),
    Shape("<", "<{a}", f"{BELOW} {{a}}", frozenset("<")),
    Shape("< ", "< {a}", f"{BELOW} {{a}}", frozenset("<")),
    Shape(">", ">{a}", f"{ABOVE} {{a}}", frozenset(">")),
    Shape("≤", "≤{a}", f"{AT_MOST} {{a}}", frozenset("≤")),
    Shape("≥", "≥{a}", f"(?:{AT_LEAST} {{a}}|{{a}} or more)", frozenset("≥+")),
    Shape("~", "~{a}", f"{ABOUT} {{a}}", frozenset("~")),
    Shape("≈", "≈{a}", f"{ABOUT} {{a}}", frozenset("~")),
    Shape("±", "±{a}", "plus or minus {a}", frozenset("±")),
    Shape("+", "{a+}", f"(?:{{a+}}|(?:{ABOVE}|at least) {{a}}|{{a}} or more)", frozenset(">≥+")),
    Shape("x-b", "{x}-{b}", f"{{a?}} {TO} {{b}}", joins=("to",)),
    Shape("x–b", "{x}–{b}", f"{{a?}} {TO} {{b}}", joins=("to",)),
    Shape("a-b", "{a}-{b}", f"{{a?}} {TO} {{b}}", joins=("to",)),
    Shape("a–b", "{a}–{b}", f"{{a?}} {TO} {{b}}", joins=("to",)),
    Shape("x to b", "{x} to {b}", "{a?} to {b}", joins=("to",)),
    Shape("a to b", "{a} to {b}", "{a?} to {b}", joins=("to",)),
    Shape("between x and b", "between {x} and {b}", "between {a?} and {b}", joins=("and",)),
    Shape("between a and b", "between {a} and {b}", "between {a?} and {b}", joins=("and",)),
    Shape("from x to b", "from {x} to {b}", "from {a?} to {b}", joins=("to",)),
    Shape("x or b", "{x} or {b}", "{a?} or {b}", joins=("or",)),
    Shape("x, y and c", "{x}, {y} and {c}", "{a?} {b?} and {c}", joins=("", "and")),
    Shape("x°–b", "{x}°–{b}", f"(?:{{a}}|{{x}}(?: degrees)?) {TO} {{b}}", joins=("to",)),
    Shape("x- to b", "{x}- to {b}", "{a?} to {b}", joins=("to",)),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around a quantity; {subject}, {rest}, {noun} are the words of its kind, {article} "a" or "an"."""

    name: str
    before: str
    after: str
    is_attributive: bool = False


FRAMES = (
    Frame("bare", "{Subject} ", " {rest}."),
    Frame("end", "{Subject} ", "."),
    Frame("exclamation", "{Subject} ", "!"),
    Frame("question", "Is it true that {subject} ", "?"),
    Frame("comma", "{Subject} ", ", officials said."),
    Frame("semicolon", "{Subject} ", "; nobody complained."),
    Frame("colon", "The figure is known now: ", "."),
    Frame("dash", "{Subject} ", " – a record."),
    Frame("start", "", " is what they had hoped for."),
    Frame("brackets", "The other part (", ") was left out."),
    Frame("brackets at the end", "They left out the other part (", ")."),
    Frame("quotes", "The note says “", "” in red ink."),
    Frame("straight quotes", 'The note says "', '" in red ink.'),
    Frame("possessive", "The week's ", " surprised everyone."),
    Frame("clause", "When {subject} ", ", people talk."),
    Frame("attributive", "It was {article} ", " {noun}.", is_attributive=True),
    Frame("attributive object", "They remember the ", " {noun} well.", is_attributive=True),
    Frame("attributive start", "{Article} ", " {noun} was expected.", is_attributive=True),
)


@dataclass(frozen=True, slots=True)
class Combination:
    """What a sentence is composed of. Numbers are drawn anew for each sentence."""

    number: str
    form: Form
    shape: Shape
    frame: Frame


@dataclass(frozen=True, slots=True)
class Composed:
    """A sentence: what is written before, in and after the quantity, how the quantity is said, what it means.

    `words` is a regular expression of all right readings of the quantity, in small letters without punctuation.
    """

    combination: Combination
    number: str
    before: str
    quantity: str
    after: str
    words: str
    values: tuple[Fraction, ...]

    @property
    def written(self) -> str:
        """The whole sentence."""
        # A stop that ends an abbreviation ends the sentence, too.
        doubled = self.quantity.endswith(".") and self.after.startswith(".")
        return self.before + self.quantity + (self.after[1:] if doubled else self.after)

    @property
    def key(self) -> dict[str, str]:
        """What the sentence is composed of, by the names in the list of what is open."""
        form = self.combination.form
        return {
            "number": self.number,
            "unit": form.unit.name,
            "form": form.name,
            "joint": form.joint,
            "shape": self.combination.shape.name,
            "frame": self.combination.frame.name,
        }


def draw(chance: random.Random, forms: Sequence[Form] = FORMS) -> Combination:
    """Return a combination that somebody would write, each of the forms as often as the others."""
    form = chance.choice(forms)
    while True:
        one = Combination(chance.choice(form.unit.takes), form, chance.choice(SHAPES), chance.choice(FRAMES))
        if _is_written(one):
            return one


def compose(combination: Combination, chance: random.Random) -> Composed:
    """Return a sentence of a combination, with numbers drawn from `chance`."""
    amounts = _amounts(combination, chance)
    kind = KINDS[combination.form.unit.kind]
    words = {"subject": kind.subject, "rest": kind.rest, "noun": kind.noun, "article": first_sound(amounts[0])}
    words |= {"Subject": _capital(kind.subject), "Article": _capital(words["article"])}
    frame, shape = combination.frame, combination.shape
    quantity = shape.written.format_map(_written(combination, amounts))
    quantity = quantity if frame.before else _capital(quantity)
    return Composed(
        combination,
        amounts[0].form,
        frame.before.format_map(words),
        quantity,
        frame.after.format_map(words),
        shape.said.format_map(_said(combination, amounts)),
        tuple(amount.value for amount in amounts),
    )


def _is_written(one: Combination) -> bool:
    """Whether anybody writes a number, a unit, a shape and a frame together."""
    form, shape = one.form, one.shape
    if form.joint == "-" or shape.name == "x- to b":
        return _is_hyphened(one)
    if form.is_word and not _is_agreed(one):
        return False
    if one.number == "scale word" and form.joint == "":
        return False
    if shape.name == "x°–b" and form.name not in {"°C", "°F"}:
        return False
    # Only a sentence that speaks of a length tells whether "5m" is five meters or five million.
    if form.written in {"m", "pt", "pt.", "pts."} and "{" not in one.frame.before + one.frame.after:
        return False
    return _is_before_noun(one) and _takes_shape(one.number, form, shape)


def _is_before_noun(one: Combination) -> bool:
    """Whether a quantity may stand where it does: before a noun only a plain one, a range, or one that is about so."""
    if not one.frame.is_attributive:
        return True
    # What is said for "~" would ask for another article.
    shapes = {"one", "x-b", "x–b"} if "rticle}" in one.frame.before else {"one", "x-b", "x–b", "~"}
    return one.shape.name in shapes and one.form.unit.kind != "count"


def _is_agreed(one: Combination) -> bool:
    """Whether a unit that is written as a word is in the right number, and its amounts are not tied by a mark alone."""
    unit = one.form.unit
    wants_one = one.frame.is_attributive or one.number in {"one", "fraction"}
    return one.form.written in (unit.one if wants_one else unit.many) and one.shape.name not in {"a-b", "a–b"}


def _is_hyphened(one: Combination) -> bool:
    """Whether a hyphen joins them: before a noun, one amount, or two that share the unit ("5- to 10-km")."""
    if one.form.joint != "-" or not one.frame.is_attributive or one.shape.name not in {"one", "x- to b"}:
        return False
    return one.shape.name == "one" or one.number in {"plain", "hundreds", "decimal"}


def _takes_shape(number: str, form: Form, shape: Shape) -> bool:
    """Whether a number of this unit is written in a shape: no fraction in a range or with a plus, for one."""
    if number in {"one", "negative"}:
        return shape.name == "one"
    if number in {"fraction", "mixed", "below one"} and (shape.joins or shape.name == "+"):
        return False
    if shape.name == "+" and (number in {"cents", "decimal"} or form.after):
        return False
    if shape.name == "±" and form.unit.kind in {"money", "count"}:
        return False
    # Before a number, a sign stands at both ends of a range in words: "$5 to $10".
    return form.joint != "before" or "{x}" not in shape.written or shape.name in {"x-b", "x–b"}


def _amounts(combination: Combination, chance: random.Random) -> list[Amount]:
    """Draw as many amounts as the shape has, the small ones first, all of one form and one scale."""
    wanted = len(combination.shape.joins) + 1
    first = MAKERS[combination.number](chance)
    found = {first.number: first}
    while len(found) < wanted:
        other = MAKERS[combination.number](chance)
        if (other.form, other.scale_written) == (first.form, first.scale_written):
            found[other.number] = other
    return [found[number] for number in sorted(found)]


def _written(combination: Combination, amounts: list[Amount]) -> dict[str, str]:
    """The written parts of a shape: each amount with its unit, without, and with a plus."""
    form = combination.form
    sign, joint = (form.written, "") if form.joint == "before" else ("", form.joint)
    parts = {}
    for whole, bare, amount in zip("abc", "xyz", amounts, strict=False):
        after = form.after if sign else joint + form.written
        parts[whole] = sign + amount.written + after
        parts[bare] = sign + amount.digits
        parts["a+"] = parts.get("a+", sign + amount.written + "+" + after)
    if sign and len(amounts) == 2:
        # The sign stands once: "$5-10".
        parts["b"] = parts["b"] if "{a}" in combination.shape.written else amounts[1].written + form.after
    return parts


def _said(combination: Combination, amounts: list[Amount]) -> dict[str, str]:
    """The said parts of a shape: amounts with their unit, with or without it ("a?"), without ("x"), with "plus"."""
    parts = {}
    for name, amount in zip("abc", amounts, strict=False):
        unit = _unit_words(combination, amount)
        if amount.form == "cents":
            parts[name] = parts[name + "?"] = _cents(combination, amount)
            continue
        parts.setdefault("x", amount.said)
        parts[name] = f"{amount.said} {unit}"
        scale = f"(?: {amount.scale})?" if amount.scale else ""
        parts[name + "?"] = f"{amount.words}{scale}(?: {unit})?"
        parts.setdefault("a+", f"(?:{amount.said} plus {unit}|{amount.said} {unit} plus|{amount.said} or more {unit})")
    return parts


def _unit_words(combination: Combination, amount: Amount) -> str:
    """The words for the unit after an amount: one before a noun, after 1 and after a fraction, many otherwise."""
    unit, number = combination.form.unit, combination.number
    one, many = ("(?:" + "|".join(words) + ")" for words in (unit.one, unit.many))
    if combination.frame.is_attributive or number == "one" or amount.value == 1:
        return one
    if number == "fraction":
        return f"(?:of an? |an? )?{one}"
    return f"(?:{one}|{many})" if number == "below one" else many


def _cents(combination: Combination, amount: Amount) -> str:
    """The words for a sum with its hundredth parts: "four dollars fifty (cents)", "four fifty", "four oh five"."""
    whole, places = amount.digits.split(".")
    unit = combination.form.unit
    big, small = "|".join((*unit.one, *unit.many)), "|".join(unit.small)
    pounds, cents = cardinal(int(whole)), cardinal(int(places))
    tight = f"(?:oh|zero) {cents}" if places.startswith("0") else cents
    return (
        f"(?:{pounds} (?:{big}) (?:and )?{cents} (?:{small})|{pounds} (?:(?:{big}) )?{tight}|{amount.said} (?:{big}))"
    )


def _capital(text: str) -> str:
    """The text with its first letter as a capital, a quantity as it is."""
    return text[:1].upper() + text[1:]
