"""Abbreviations around names lose their dots, and a dot that also ends the sentence stays."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the U.S. presidential race", "the US presidential race"),
        ("moved to the U.S. Later he", "moved to the US. Later he"),
        ("moved to the U.S.", "moved to the US."),
        ("“I left the U.S.” He did.", '"I left the US." He did.'),
        ("(in the U.S.) and", "(in the US) and"),
        ("the U.S. Senator", "the US Senator"),
        ("the U.S.’s allies", "the US's allies"),
        ("U.S.-China talks", "US-China talks"),
        ("Washington, D.C., is", "Washington, DC, is"),
        ("J.K. Rowling and James T. Kirk", "JK Rowling and James T Kirk"),
        ("a Ph.D. in physics", "a PhD in physics"),
        ("plan B. The rest", "plan B. The rest"),
        ("E. coli and Smith J. and others", "E coli and Smith J and others"),
        ("bus four A. Type it", "bus four A. Type it"),
        ("Fiat S.p.A. and two M.D.s", "Fiat SpA and two MDs"),
        ("take Vitamin C. Doctors agree", "take Vitamin C. Doctors agree"),
    ],
)
def test_initials(written: str, said: str) -> None:
    """Initials are joined, and the next word decides whether a full stop stays."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Smith met Mr. Jones", "Doctor Smith met Mister Jones"),
        ("Mr. and Mrs. Brown", "Mister and Missus Brown"),
        ("Lt. Col. Vindman", "Lieutenant Colonel Vindman"),
        ("at St. Andrews", "at Saint Andrews"),
        ("at 12 Main St. in Boston", "at twelve Main Street in Boston"),
        ("on 42nd St. Then", "on forty second Street. Then"),
        ("Apple Inc. sued Samsung Co. Ltd. last year", "Apple Inc sued Samsung Company Limited last year"),
        ("Smith & Co.", "Smith and Company."),
        ("Martin Luther King Jr. spoke", "Martin Luther King Junior spoke"),
        ("Springfield, Ill., police", "Springfield, Illinois, police"),
        ("Springfield, IL 62704", "Springfield, Illinois six two seven zero four"),
        ("at 1600 Pennsylvania Ave. NW", "at sixteen hundred Pennsylvania Avenue NW"),
        ("the gen. public; the dr was in", "the gen. public; the dr was in"),
    ],
)
def test_titles_and_places(written: str, said: str) -> None:
    """A title needs a name behind it, a street one before it."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("fruits, e.g. apples", "fruits, for example apples"),
        ("E.g., apples", "For example, apples"),
        ("the capital, i.e. Paris", "the capital, that is Paris"),
        ("pens, paper, etc. to class", "pens, paper, et cetera to class"),
        ("pens, paper, etc. Then", "pens, paper, et cetera. Then"),
        ("Ali vs. Frazier, Roe v. Wade", "Ali versus Frazier, Roe versus Wade"),
        ("U.S. v. Nixon, England v Australia", "US versus Nixon, England versus Australia"),
        ("ca. 1850", "circa eighteen fifty"),
        ("No. 1 and #1", "number one and number one"),
        ("He said no. Then he left", "He said no. Then he left"),
        ("pp. 12–15 and vol. 3", "pages twelve to fifteen and volume three"),
        ("Fig. 2 and a fig tree", "Figure two and a fig tree"),
    ],
)
def test_phrases_and_references(written: str, said: str) -> None:
    """Abbreviated phrases are said in full, references only before a number."""
    assert spoken_form(written).text == said
