"""Units are read in every way they are written."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form

UNITS = [
    ("5 km²", "five square kilometers"),
    ("5 m3", "five cubic meters"),
    ("5 sq. km.", "five square kilometers."),
    ("400 sq.-ft.", "four hundred square feet."),
    ("40 cu ft", "forty cubic feet"),
    ("2 fl. oz. of milk", "two fluid ounces of milk"),
    ("9.8 m/s²", "nine point eight meters per second squared"),
    ("9.8 m/s^2", "nine point eight meters per second squared"),
    ("3 m s⁻¹", "three meters per second"),
    ("5 kg m⁻³", "five kilograms per cubic meter"),
    ("25 N·m", "twenty five newton meters"),
    ("5 kW⋅h", "five kilowatt hours"),
    ("20 mg/kg/day", "twenty milligrams per kilogram per day"),
    ("180 mg/dL", "one hundred eighty milligrams per deciliter"),
    ("130 kWh/100 km", "one hundred thirty kilowatt hours per one hundred kilometers"),
    ("5 g per dL", "five grams per deciliter"),
    ("90 mi. an hr. or more", "ninety miles an hour or more"),
    ("50 people/km²", "fifty people per square kilometer"),
    ("1.5 tonnes/ha", "one point five tonnes per hectare"),
    ("5 km/h/s", "five kilometers per hour per second"),
    ("12 μg/m³", "twelve micrograms per cubic meter"),
    ("31.8 in-lbs of torque", "thirty one point eight inch pounds of torque"),
    ("28 oz in all", "twenty eight ounces in all"),
    ("7 1/3 Tbsp., they said", "seven and a third tablespoons, they said"),
    ("The plank was 20 in. Then he left.", "The plank was twenty inches. Then he left."),
    ("5 km. from here", "five kilometers from here"),
    ("200g/7oz", "two hundred grams or seven ounces"),
    ("8GB/128GB", "eight gigabytes, one hundred twenty eight gigabytes"),
    ("3½oz/100g", "three and a half ounces or one hundred grams"),
    ("24W/M", "twenty four W M"),
    ("a 6-in-1 tool", "a six-in one tool"),
    ("6 p.m. sharp", "six PM sharp"),
]


@pytest.mark.parametrize(("written", "said"), UNITS)
def test_units(written: str, said: str) -> None:
    """Squares, products, lines and dots are read; what only looks like a unit is left."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "sign", ["kPa", "hPa", "yr", "yrs.", "wk", "mos.", "qt", "ly", "nmi", "mmHg", "µg", "cu m", "TB", "kWh", "fl oz"]
)
@pytest.mark.parametrize("frame", ["{} {}, they said", "({} {})", "“{} {}” it says", "about {}{}", "< {} {}", "{}+ {}"])
def test_every_unit_in_every_position(sign: str, frame: str) -> None:
    """No position is without a unit that another one has."""
    said = spoken_form(frame.format(7, sign)).text

    assert "seven" in said
    assert sign.rstrip(".") not in said.replace("plus", "").split()
