"""Times of day and of races are said as such, decimals and years are not."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the 17.45 train", "the seventeen forty five train"),
        ("the 10.15 to Crewe", "the ten fifteen to Crewe"),
        ("Doors open at 19.30.", "Doors open at nineteen thirty."),
        ("at 05.12, 13.08 and 20.41", "at five twelve, thirteen oh eight and twenty forty one"),
        ("rose 17.45 points", "rose seventeen point four five points"),
        ("a GPA of 3.45", "a GPA of three point four five"),
        ("at 0430 hrs", "at oh four thirty hours"),
        ("until 1900 hrs.", "until nineteen hundred hours."),
        ("from 2200 to 0500 hours", "from twenty two hundred to oh five hundred hours"),
        ("0900-1700 hrs", "oh nine hundred to seventeen hundred hours"),
        ("logged 1500 hours", "logged one thousand five hundred hours"),
        ("By 2000, the firm", "By two thousand, the firm"),
    ],
)
def test_times_without_a_colon(written: str, said: str) -> None:
    """A dot or nothing between hours and minutes needs words of time around."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("noon–5pm", "noon to five PM"),
        ("9 a.m.–noon", "nine AM to noon"),
        ("7-9 p.m.", "seven to nine PM."),
        ("9am–5:30pm", "nine AM to five thirty PM"),
        ("at 10:00 o'clock", "at ten o'clock"),
        ("14:00Z, UTC-5", "fourteen hundred Zulu, UTC minus five"),
        ("GMT+5:30", "GMT plus five thirty"),
    ],
)
def test_spans_and_zones(written: str, said: str) -> None:
    """A dash between times is "to", and a zone's sign is said."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a sub-4:00 mile", "a sub-four minute mile"),
        ("a sub-3:00 marathon", "a sub-three hour marathon"),
        ("in 3:59.4", "in three fifty nine point four"),
        ("in 2:01:39", "in two hours one minute thirty nine seconds"),
        ("in 1:02:03.4", "in one hour two minutes three point four seconds"),
        ("in 00:12:05", "in twelve minutes five seconds"),
        ("for 35:00", "for thirty five minutes"),
    ],
)
def test_lengths(written: str, said: str) -> None:
    """What takes so long is no time of day."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("on at 10p ET, 9:30a PT", "on at ten PM ET, nine thirty AM PT"),
        ("closed 9p-5a and 7a–3:30p", "closed nine PM to five AM and seven AM to three thirty PM"),
        ("from 5p-10p to 12p each", "from five pence to ten pence to twelve pence each"),
    ],
)
def test_halves_of_one_letter(written: str, said: str) -> None:
    """Where a zone or the other half of a day follows; pence stay."""
    assert spoken_form(written).text == said
