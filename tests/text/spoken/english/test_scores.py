"""A sign between two figures is said by what the sentence is about."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("I gave it 8/10; she gave it a 6", "I gave it eight out of ten; she gave it a six"),
        ("rated 4/5 and 8.5/10", "rated four out of five and eight point five out of ten"),
        ("her blood pressure was 120/80", "her blood pressure was one hundred twenty over eighty"),
        ("a waltz in 3/4 time, not 6/8", "a waltz in three four time, not six eight"),
        ("a 50/1 long shot", "a fifty to one long shot"),
        ("an 80/20 split", "an eighty twenty split"),
        ("Due by 12/31", "Due by December thirty first"),
        ("since 3/4", "since March fourth"),
        ("3/4 of voters", "three quarters of voters"),
        ("nearly 7/10 of them", "nearly seven tenths of them"),
        ("add 2 1/4 cups", "add two and a quarter cups"),
        ("rate it 78/100", "rate it seventy eight out of one hundred"),
        ("a Phase 1/2 trial got money", "a Phase one two trial got money"),
        ("20/200 vision", "twenty two hundred vision"),
        ("began 9/1", "began September first"),
        ("cut rates on 9/18", "cut rates on September eighteenth"),
        ("cut by 1/3", "cut by one third"),
        ("from 3/1 to 3/15", "from March first to March fifteenth"),
        ("open 11/1-12/15", "open November first to December fifteenth"),
    ],
)
def test_slashes(written: str, said: str) -> None:
    """Ratings, pressures, beats, odds, dates and fractions are told apart by the words around."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The Bills (11-3) host the Jets (4-10)", "The Bills (eleven and three) host the Jets (four and ten)"),
        (
            "lost 10-2 and fell to 38-61 on the season",
            "lost ten to two and fell to thirty eight and sixty one on the season",
        ),
        ("The Yankees, 94-68, advanced", "The Yankees, ninety four and sixty eight, advanced"),
        ("a 14-0 run in the fourth", "a fourteen to zero run in the fourth"),
        ("play the 3-8 Bears", "play the three and eight Bears"),
        ("Ready In 3-4 Months", "Ready In three to four Months"),
        ("improved to 12-4-1", "improved to twelve, four and one"),
        ("lined up in a 4-3-3", "lined up in a four three three"),
        ("won 6-3, 6-4", "won six to three, six to four"),
        ("tied the series at 2-2", "tied the series at two to two"),
        ("a 5-4 ruling, odds of 5-2", "a five to four ruling, odds of five to two"),
        ("England were 287-6 at the close", "England were two hundred eighty seven for six at the close"),
        ("ages 5-11", "ages five to eleven"),
    ],
)
def test_records(written: str, said: str) -> None:
    """A season's record has "and", a score and a range have "to"."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 Peter 5:5", "First Peter five five"),
        ("Matt. 5:3-12", "Matthew five three to twelve"),
        ("Genesis 1:1–2:3", "Genesis one one to two three"),
        ("Psalm 23:4", "Psalm twenty three four"),
        ("1.05:1 and 1:10,000", "one point zero five to one and one to ten thousand"),
        ("mixed 1:2.5", "mixed one to two point five"),
        ("a 1:50 scale model", "a one to fifty scale model"),
        ("at 1:50", "at one fifty"),
        ("won 3:2", "won three to two"),
    ],
)
def test_verses_and_ratios(written: str, said: str) -> None:
    """Chapter and verse need a book, and what could be a time needs a word of scales to be a ratio."""
    assert spoken_form(written).text == said


def test_the_record_tells_why() -> None:
    """An edit names the reading that was chosen and its evidence."""
    rules = {edit.rule for edit in spoken_form("her blood pressure was 120/80").edits}
    assert any(rule.startswith("slashed_figures: over") and "@pressure" in rule for rule in rules)
