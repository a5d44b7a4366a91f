"""Measures are said with the unit's full name."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5km or 1 km", "five kilometers or one kilometer"),
        ("120 km/h", "one hundred twenty kilometers per hour"),
        ("7 lb. 4 oz.", "seven pounds four ounces."),
        ("10 mi. in an hour", "ten miles in an hour"),
        ("a 500-MW plant", "a five hundred megawatt plant"),
        ("400 sq. ft.", "four hundred square feet."),
        ("12 km² or 50 m³", "twelve square kilometers or fifty cubic meters"),
        ("6 ft 2 in tall", "six feet two inches tall"),
        ("5’11” tall", "five feet eleven inches tall"),
        ("8,849 m tall", "eight thousand eight hundred forty nine meters tall"),
        ("3–4 kg", "three to four kilograms"),
        ("100 million kg", "one hundred million kilograms"),
        ("4 1/2 lbs", "four and a half pounds"),
        ("½ km", "one half kilometer"),
        ("6+24 hrs", "six plus twenty four hours"),
        (
            "a 3.7 Gyr-old rock, 61 Mly off",
            "a three point seven billion year-old rock, sixty one million light years off",
        ),
        ("26 x ⅛ in thick", "twenty six by one eighth inch thick"),
        ("⅜–⅝ mi", "three eighths to five eighths mile"),
        ("12KG", "twelve kilograms"),
        ("5 mg/kg", "five milligrams per kilogram"),
        ("ran 100 m in 9.58s", "ran one hundred meters in nine point five eight seconds"),
        ("it takes 1h30m", "it takes one hour thirty minutes"),
        ("1980-1970 kg", "one thousand nine hundred eighty to one thousand nine hundred seventy kilograms"),
    ],
)
def test_units(written: str, said: str) -> None:
    """A unit is singular after one and before the noun it describes."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1.2M users", "one point two million users"),
        ("24m subscribers", "twenty four million subscribers"),
        ("a 100m sprint", "a one hundred meter sprint"),
        ("about 3bn people", "about three billion people"),
        ("10k views", "ten thousand views"),
        ("a 4K TV", "a four K TV"),
    ],
)
def test_large_amounts(written: str, said: str) -> None:
    """A letter is a scale only where nothing says that it is a unit or a name."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3.2% in May", "three point two percent in May"),
        ("5%–10%", "five percent to ten percent"),
        ("98°F", "ninety eight degrees Fahrenheit"),
        ("-10 °C", "minus ten degrees Celsius"),
        ("an angle of 1°", "an angle of one degree"),
    ],
)
def test_percent_and_degrees(written: str, said: str) -> None:
    """Signs behind a figure are said behind its words."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1/2 of voters", "one half of voters"),
        ("2/3 of them", "two thirds of them"),
        ("3/4", "three quarters"),
        ("1½ cups", "one and a half cups"),
        ("2 1/4 cups", "two and a quarter cups"),
        ("¼ teaspoon", "one quarter teaspoon"),
        ("a 1/8-inch bit", "a one eighth-inch bit"),
    ],
)
def test_fractions(written: str, said: str) -> None:
    """Fractions are said as parts, after "and" where a whole number stands before."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("½ cup/113g butter", "one half cup or one hundred thirteen grams butter"),
        ("2 cups/500 ml water", "two cups or five hundred milliliters water"),
        ("1 stick/4oz/113g of it", "one stick or four ounces or one hundred thirteen grams of it"),
        ("half a cup/115g, one ounce/28g", "half a cup or one hundred fifteen grams, one ounce or twenty eight grams"),
        ("5 files/3 GB", "five files slash three GB"),
        ("the price/100g", "the price slash one hundred g"),
    ],
)
def test_an_amount_of_what_is_counted(written: str, said: str) -> None:
    """Behind a thing and a line stands how much it weighs or holds; behind other words nothing is sure."""
    assert spoken_form(written).text == said
