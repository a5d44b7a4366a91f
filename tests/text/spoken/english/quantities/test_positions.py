"""What stands around an amount decides whether its unit is of one or of many."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form
from narrate.text.spoken.english.quantities.positions import describes_sum, facts, is_countable, is_led


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A 16GB phone beats phones with 16 GB.", "A sixteen gigabyte phone beats phones with sixteen gigabytes."),
        ("Take one 500mg tablet.", "Take one five hundred milligram tablet."),
        ("a 12m shaft is 12 m deep", "a twelve meter shaft is twelve meters deep"),
        ("a 10cm deep hole, the 6 ft tall man", "a ten centimeter deep hole, the six foot tall man"),
        ("It is 3 m high and wide, 5mm thin", "It is three meters high and wide, five millimeters thin"),
        ("200g butter in a 2 kg bag", "two hundred grams butter in a two kilogram bag"),
        ("50 mm lenses", "fifty millimeter lenses"),
        ("a 240V supply, a 12 V battery", "a two hundred forty volt supply, a twelve volt battery"),
        ("a 9' ceiling and a 360° camera", "a nine foot ceiling and a three hundred sixty degree camera"),
        ("60cm height; a fever over 102°F needs care", "sixty centimeters height; a fever over one hundred two degrees "
         "Fahrenheit needs care"),
        ("the 30 kg of rice", "the thirty kilograms of rice"),
        ("a 9-hr. flight, 1-yr-old twins", "a nine hour flight, one year-old twins"),
        ("our 5'11\" tester", "our five foot eleven inch tester"),
        ("a 5–10 kg bag", "a five to ten kilogram bag"),
        ("he ran 5 km Sunday", "he ran five kilometers Sunday"),
        ("offered a $10,000 reward, its 2nd", "offered a ten thousand dollar reward, its second"),
        ("pays a $0.42 quarterly dividend", "pays a forty two cent quarterly dividend"),
        ("takes a $40 monthly fee, $40 monthly", "takes a forty dollar monthly fee, forty dollars monthly"),
        ("the 6'4\" forward", "the six foot four inch forward"),
    ],
)  # fmt: skip
def test_singular_before_the_noun_it_describes(written: str, said: str) -> None:
    """An article before and a noun behind, a hyphen, or a package; but not what is said of the amount itself."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("a $5 bill", True), ("in $20 bills", True), ("the $5 million in aid", False), ("paid $5 directly", False)],
)
def test_sums_that_describe(text: str, is_one: bool) -> None:
    """A note is named after its sum."""
    start = text.index("$")
    end = text.index(" ", start + 1)

    assert describes_sum(text, start, end if "million" not in text else text.index(" in")) is is_one


def test_an_article_further_off_belongs_to_another_noun() -> None:
    """One word may stand between them."""
    assert is_led("a new 16GB phone", 6)
    assert not is_led("the city paid for 16GB", 18)


def test_facts_for_readings() -> None:
    """The table of readings asks for them by these names."""
    text = "seat 14B in row 3"

    assert {"labelled", "tight"} <= facts(text, 5, 8, "", "B", "14")
    assert "counted" in facts("12m jobs", 0, 3, "", "m", "12")
    assert "ordinal" in facts("21st of", 0, 4, "", "st", "21")


@pytest.mark.parametrize(
    ("word", "is_many"),
    [("tonnes", True), ("people", True), ("kWh", True), ("census", False), ("costs", False), ("in", False)],
)
def test_what_is_counted(word: str, is_many: bool) -> None:
    """A plural is counted, a verb or a singular in s is not."""
    assert is_countable(word) is is_many
