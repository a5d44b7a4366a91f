"""A label and its figures name one thing: no amount, no range and no scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("seat 14B and Gate 22K", "seat fourteen B and Gate twenty two K"),
        ("Form 10-K, Rule 10b-5", "Form ten K, Rule ten b five"),
        ("Section 2(a)(1) and § 5(b)(ii)", "Section two A one and section five b two"),
        ("Article 5.1 of Section G.2", "Article five point one of Section G point two"),
        ("Gates 12A and 22K", "Gates twelve A and twenty two K"),
        ("Highway 401B and State Route 9W", "Highway four oh one B and State Route nine W"),
        ("Room 204, Suite 1200", "Room two oh four, Suite twelve hundred"),
        ("BWV 1048, K. 525, Op. 59", "BWV ten forty eight, K five twenty five, Opus fifty nine"),
        ("H.R. 1424 and S. 2140", "HR fourteen twenty four and S twenty one forty"),
        ("a Boeing 737-800 and an RTX 4090", "a Boeing seven thirty seven eight hundred and an RTX forty ninety"),
        ("Apt. 7D, Bldg. 4C", "Apartment seven D, Building four C"),
        ("badge 2214, case 23-118", "badge twenty two fourteen, case twenty three one eighteen"),
        ("initial line 14b", "initial line fourteen b"),
        ("Docket No. 21-3094", "Docket number twenty one thirty ninety four"),
        ("Proposition 1-A", "Proposition one A"),
    ],
)
def test_labels(written: str, said: str) -> None:
    """Letters, hyphens and brackets of a label's figures are parts of a name."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("pages 12–15", "pages twelve to fifteen"),
        ("pp. 231–4", "pages two hundred thirty one to two hundred thirty four"),
        ("page 12-15", "page twelve to fifteen"),
        ("Figs. 3A–C", "Figures three A to C"),
        ("seats 14A-16B", "seats fourteen A to sixteen B"),
        ("Nos. 22-24", "numbers twenty two to twenty four"),
        ("Nos. 22-1451 and 22-1460", "numbers twenty two fourteen fifty one and twenty two fourteen sixty"),
        ("No. 22–451", "number twenty two four fifty one"),
        ("Public Law 117-58", "Public Law one seventeen fifty eight"),
        ("Pub. L. 117-58", "Public Law one seventeen fifty eight"),
        ("Article 30-4", "Article thirty dash four"),
        ("sizes 2XS-XL", "sizes two XS to XL"),
        ("Rooms 101-109", "Rooms one oh one to one oh nine"),
    ],
)
def test_ranges_of_labels(written: str, said: str) -> None:
    """A dash is "to" only where several things are meant or what comes in ranges, and never in a docket."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("No. I left at six.", "No. I left at six."),
        ("policy, No. TX-40971", "policy, number TX four zero nine seven one"),
        ("b. 1960, d. 2001", "born nineteen sixty, died two thousand one"),
        ("the pump's 36V.", "the pump's thirty six volts."),
        ("a team of b. 19", "a team of b. nineteen"),
        ("Class 1st", "Class first"),
        ("Flight 9AM", "Flight nine AM"),
        ("Box 12GB", "Box twelve gigabytes"),
        ("Type 250 words", "Type two hundred fifty words"),
        ("Flight 1549 lands", "Flight fifteen forty nine lands"),
        ("room 400 guests", "room four hundred guests"),
        ("order 10-15 units", "order ten to fifteen units"),
        ("the US 500 firms", "the US five hundred firms"),
        ("beat the US 3-2", "beat the US three to two"),
        ("Season 2019-20", "Season twenty nineteen to twenty"),
    ],
)
def test_no_labels(written: str, said: str) -> None:
    """Amounts, ranks, times and answers that stand behind such a word stay what they are."""
    assert spoken_form(written).text == said


@given(
    st.sampled_from(["Gate", "Section", "Form", "No.", "Room", "pages", "Figs.", "Boeing"]),
    st.from_regex(r"[1-9][0-9]{0,4}[A-F]?([-–.][0-9]{1,5}){0,3}(\([a-z]\))?", fullmatch=True),
)
def test_no_digit_of_a_label_is_left(label: str, figures: str) -> None:
    """Whatever figures a label has, they become words, and the words around them stay."""
    said = spoken_form(f"They saw {label} {figures} again").text

    assert not any(char.isdigit() for char in said)
    assert said.startswith("They saw ")
    assert said.endswith(" again")
