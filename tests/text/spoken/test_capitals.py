"""Words in capitals are lowered where capitals are a style, and initialisms stay."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("BREAKING NEWS: US STOCKS FALL 3%", "Breaking News: US Stocks Fall three percent"),
        ("CHAPTER IV", "Chapter four"),
        ("A MIX OF CIVIC PRIDE", "A Mix of Civic Pride"),
        ("NASA AND THE FBI", "NASA and the FBI"),
        ("NASA", "NASA"),
        ("HTML CSS", "HTML CSS"),
        ("The FBI SAID so", "The FBI SAID so"),
        ("HAVE A NICE DAY", "Have a Nice Day"),
        ("VITAMIN A IS GOOD", "Vitamin A is Good"),
    ],
)
def test_headings_in_capitals(written: str, said: str) -> None:
    """Only a text wholly in capitals is lowered, and known acronyms stay."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("IT WAS LATE WHEN THE last train left", "It was Late when the last train left"),
        ("THREE MEN WERE ARRESTED in Leeds", "Three Men were Arrested in Leeds"),
        ("Stop, THIS IS NOT A DRILL, and run", "Stop, This is not a Drill, and run"),
        ("WHY THE FBI AND NASA LEFT us", "Why the FBI and NASA Left us"),
        ("NASA AND ESA AND the rest", "NASA and ESA and the rest"),
        ("IBM, SAP, AMD and others", "IBM, SAP, AMD and others"),
        ("the MIT IEEE ACM and more", "the MIT IEEE ACM and more"),
        ("NO WAY, he said", "NO WAY, he said"),
    ],
)
def test_capitals_in_a_row(written: str, said: str) -> None:
    """Three words in a row are a lead-in or a shout where one of them is no initialism; else they stay."""
    assert spoken_form(written).text == said
