"""What figures identify is said as a name, and a hyphen in it is no range."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the 787-9s and an A320-200", "the seven eighty seven nines and an A three twenty two hundred"),
        ("CVE-2023-4811", "CVE twenty twenty three forty eight eleven"),
        ("an i7-13700K", "an i seven thirteen seven hundred K"),
        ("In 22-1451 and 19-0830", "In twenty two fourteen fifty one and nineteen zero eight three zero"),
        ("1:20-cr-00188", "one twenty CR zero zero one eight eight"),
        ("the value 0x1F", "the value zero X one F"),
        ("over 802.11ac", "over eight oh two dot eleven ac"),
        ("in H.264", "in H dot two sixty four"),
        ("DC-9-30", "DC nine thirty"),
        ("Jan-15-2020", "January fifteenth twenty twenty"),
        ("in Q1-3", "in Q one to three"),
        ("10-1000 people", "ten to one thousand people"),
        ("ages 5-11", "ages five to eleven"),
        ("2019–2023", "twenty nineteen to twenty twenty three"),
    ],
)
def test_identifiers(written: str, said: str) -> None:
    """Models, cases and standards are told from ranges by their letters, or by figures that end no range."""
    assert spoken_form(written).text == said


def test_an_identifier_of_hexadecimal_digits() -> None:
    """Digits and letters of a UUID are said one by one."""
    said = spoken_form("123e4567-e89b-12d3-a456-426614174000").text

    assert said.startswith("one two three E four five six seven, E eight nine B, one two D three, ")
