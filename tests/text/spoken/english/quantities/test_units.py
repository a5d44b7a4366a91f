"""Every unit stands in one line of one table."""

from __future__ import annotations

import pytest

from narrate.core.resources import packaged_table
from narrate.text.spoken.english.quantities.units import doubt, first_words, links, unit_named, unit_of, unit_words


@pytest.mark.parametrize(
    ("sign", "one", "many"),
    [
        ("km", "kilometer", "kilometers"),
        ("µg", "microgram", "micrograms"),
        ("μg", "microgram", "micrograms"),
        ("hPa", "hectopascal", "hectopascals"),
        ("ml", "milliliter", "milliliters"),
        ("mL", "milliliter", "milliliters"),
        ("GB", "gigabyte", "gigabytes"),
        ("Gb", "gigabit", "gigabits"),
        ("MΩ", "megohm", "megohms"),
        ("ft", "foot", "feet"),
        ("fl oz", "fluid ounce", "fluid ounces"),
        ("kHz", "kilohertz", "kilohertz"),
        ('"', "inch", "inches"),
    ],
)
def test_a_sign_has_its_unit(sign: str, one: str, many: str) -> None:
    """Prefixes are made, irregular plurals are stated."""
    unit = unit_of(sign)

    assert unit is not None
    assert (unit.one, unit.many) == (one, many)


def test_no_unit_without_a_line() -> None:
    """Words of the language and unknown letters are no units."""
    assert unit_of("cat") is None
    assert unit_named("furlong") is None


def test_every_doubt_has_its_readings() -> None:
    """A sign that is named as doubtful finds a section of the table of readings, and none of its readings is empty."""
    readings = packaged_table("narrate.text.spoken", "tables/readings.toml")
    for section, signs in packaged_table("narrate.text.spoken", "tables/units.toml")["doubtful"].items():
        assert len(readings[section]) > 1
        assert all(doubt(sign) == section for sign in signs.split())


def test_links_of_chains() -> None:
    """In a chain m is a minute, and the minute stands below the hour."""
    (hour,), minutes = links("h"), links("m")

    assert [link.unit.one for link in minutes if link.chain == hour.chain] == ["minute"]
    assert hour.rank < minutes[0].rank


def test_words_of_units() -> None:
    """Both spellings count, names of several words do not."""
    assert {"watt", "watts", "litre", "kilometres"} <= unit_words()
    assert "square foot" not in unit_words()
    assert "fl" in first_words()
