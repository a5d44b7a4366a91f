"""Quantities in generated sentences: whatever a number, a unit, a shape and a frame make together is said right.

The sentences, their readings and the reader that reads them back (tests/support/quantities) know nothing of the rules.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.quantities.judging import FAULTS, faults
from support.quantities.numbers import MAKERS, cardinal
from support.quantities.open import FIELDS, is_open, open_rows
from support.quantities.reading import Item, meanings
from support.quantities.sentences import FRAMES, SHAPES, Combination, Composed, compose, draw
from support.quantities.units import FORMS, KINDS, UNITS

from narrate.text.spoken import spoken_form

COUNT, LONG_COUNT = 1200, 1000
LANGUAGES = ("en-US", "en-GB")


def composed(chance: random.Random, count: int, kind: str = "") -> Iterator[Composed]:
    """Yield so many sentences, of one kind of quantity or of all, without those that are open."""
    rows = open_rows()
    forms = [form for form in FORMS if form.unit.kind == kind] if kind else FORMS
    for _ in range(count):
        one = compose(draw(chance, forms), chance)
        if not is_open(one.key, rows):
            yield one


def judged(sentences: Iterator[Composed]) -> list[tuple[frozenset[str], str, str]]:
    """Return what is wrong with each sentence, what is written and what is said, in both kinds of English by turns."""
    found = []
    for number, one in enumerate(sentences):
        said = spoken_form(one.written, LANGUAGES[number % 2]).text
        found.append((faults(one, said), one.written, said))
    return found


@pytest.fixture(scope="module")
def sample() -> list[tuple[frozenset[str], str, str]]:
    """Sentences that are the same in every run."""
    return judged(composed(random.Random(20), COUNT))


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault(sample: list[tuple[frozenset[str], str, str]], fault: str) -> None:
    """Words around, pauses, values, units and both ends of a range are kept; no sign, digit or stop is left within."""
    assert [(written, said) for found, written, said in sample if fault in found] == []
    # What is open may not be nearly everything.
    assert len(sample) > COUNT / 4


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_of_many(kind: str) -> None:
    """Each kind of quantity by itself has no fault either."""
    every = judged(composed(random.Random(kind), LONG_COUNT, kind))
    assert [(sorted(found), written, said) for found, written, said in every if found] == []


def test_open_rows_name_what_there_is() -> None:
    """A row of the open list names nothing that no sentence has: it would leave out nothing, unseen."""
    amounts = {MAKERS[name](random.Random(seed)).form for name in MAKERS for seed in range(40)}
    names = {
        "number": amounts,
        "unit": {unit.name for unit in UNITS},
        "form": {form.name for form in FORMS},
        "joint": {form.joint for form in FORMS},
        "shape": {shape.name for shape in SHAPES},
        "frame": {frame.name for frame in FRAMES},
    }
    for row in open_rows():
        assert row
        assert [name for field in FIELDS for name in row.get(field, ()) if name not in names[field]] == []


# The generator's own parts: what judges others is judged first.

READ = [
    ("five kilometers", [("", 5, "kilometer")]),
    ("less than five kilometers", [("<", 5, "kilometer")]),
    ("five miles or more", [("+", 5, "mile")]),
    ("half a mile", [("", Fraction(1, 2), "mile")]),
    ("three quarters of a cup", [("", Fraction(3, 4), "cup")]),
    ("two and a half hours", [("", Fraction(5, 2), "hour")]),
    ("minus four degrees celsius", [("", -4, "degree Celsius")]),
    ("point zero five percent", [("", Fraction(1, 20), "percent")]),
    ("three point two billion dollars", [("", 3_200_000_000, "dollar")]),
    ("twelve dollars and fifty cents", [("", Fraction("12.5"), "dollar")]),
    ("twelve fifty", [("", Fraction("12.5"), "dollar")]),
    ("five to ten miles per hour", [("", 5, "mile per hour"), ("", 10, "mile per hour")]),
    ("between three and five million people", [("", 3_000_000, "people"), ("", 5_000_000, "people")]),
    ("five , ten and fifteen feet", [("", 5, "foot"), ("", 10, "foot"), ("", 15, "foot")]),
    ("one thousand two hundred and five watts", [("", 1205, "watt")]),
    ("twelve hundred five watts", [("", 1205, "watt")]),
]


@pytest.mark.parametrize(("words", "items"), READ)
def test_reader_reads(words: str, items: list[tuple[str, int | Fraction, str]]) -> None:
    """The reader finds bound, value and unit in words, and what is shared by the ends of a range."""
    wanted = tuple(Item(bound, Fraction(value), unit) for bound, value, unit in items)
    assert wanted in {meaning.items for meaning in meanings(tuple(words.split()))}


@pytest.mark.parametrize(
    "words",
    ["five km", "five kilometers long", "five five kilometers", "kilometers", "ten point kilometers", "five to"],
)
def test_reader_refuses(words: str) -> None:
    """Words that are left over, or that are no quantity, mean nothing."""
    assert meanings(tuple(words.split())) == set()


@settings(max_examples=50)
@given(st.data(), st.integers(0, 10**12 - 1))
def test_reader_reads_every_number_back(data: st.DataObject, number: int) -> None:
    """In whichever of its readings a number is said, the reader finds the number."""
    said = data.draw(st.from_regex(cardinal(number), fullmatch=True))
    assert number in {meaning.items[0].value for meaning in meanings(tuple(said.split())) if not meaning.joins}


@settings(max_examples=60)
@given(st.data(), st.integers(0, 2**32))
def test_readings_of_sentences_are_right(data: st.DataObject, seed: int) -> None:
    """A sentence that is said in one of its readings has no fault; the speller and the reader agree on it."""
    chance = random.Random(seed)
    one = compose(draw(chance), chance)
    # The commas of a list are no part of its readings.
    assume(one.combination.shape.name != "x, y and c")
    said = data.draw(st.from_regex(one.words, fullmatch=True))
    assert faults(one, f"{one.before}{said}{one.after}") == set()


WRONG = [
    ("The new trail is less than five kilometers, officials said.", ()),
    ("The new trail is less than five kilometres, officials said.", ()),
    ("The new trail is <5 kilometers, officials said.", ("left", "meaning", "words")),
    ("The new trail is less than five km, officials said.", ("meaning", "words")),
    ("The new trail is more than five kilometers, officials said.", ("meaning", "words")),
    ("The new trail is less than six kilometers, officials said.", ("meaning", "words")),
    ("The new trail is less than five miles, officials said.", ("meaning", "words")),
    ("The new trail is less than five kilometer, officials said.", ("words",)),
    ("The new trail is less than five kilometers., officials said.", ("stop",)),
    ("The new trail is less than five kilometers officials said.", ("pause",)),
    ("The trail is less than five kilometers, officials said.", ("around",)),
    ("The new trail is less than five kilometers, they said.", ("around",)),
    ("The new trail is, officials said.", ("around",)),
]


@pytest.mark.parametrize(("said", "wrong"), WRONG)
def test_faults_are_seen(said: str, wrong: tuple[str, ...]) -> None:
    """What is wrong with a sentence is told, and nothing of one that is right."""
    form = next(form for form in FORMS if form.name == " km")
    shape = next(shape for shape in SHAPES if shape.name == "<")
    frame = next(frame for frame in FRAMES if frame.name == "comma")
    number = next(n for n in range(999) if MAKERS["plain"](random.Random(n)).value == 5)

    one = compose(Combination("plain", form, shape, frame), random.Random(number))
    assert one.written == "The new trail is <5 km, officials said."
    assert faults(one, said) == set(wrong)
