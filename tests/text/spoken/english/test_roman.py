"""Roman numerals are said only behind names and numbered things."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("King Louis XIV built", "King Louis the fourteenth built"),
        ("King Charles III’s day", "King Charles the third's day"),
        ("World War II", "World War two"),
        ("Chapter IV", "Chapter four"),
        ("Act V, Scene II", "Act five, Scene two"),
        ("Type I and Type II", "Type one and Type two"),
        ("Super Bowl LVIII", "Super Bowl fifty eight"),
        ("Rocky III", "Rocky three"),
        ("GTA VI is late", "GTA six is late"),
        ("played GTA V, FF VII and Civ V", "played GTA five, FF seven and Civ five"),
        ("King Charles I was", "King Charles the first was"),
        ("Elizabeth I of England", "Elizabeth the first of England"),
        ("Henry VIII and Francis I met", "Henry the eighth and Francis the first met"),
        (
            "When Elizabeth I died, James I took the throne",
            "When Elizabeth the first died, James the first took the throne",
        ),
        ("Charles I's death under Mary I, then", "Charles the first's death under Mary the first, then"),
        ("Popes Leo I and II.", "Popes Leo the first and the second."),
        ("by George V. He died", "by George the fifth. He died"),
        ("Ramose III ruled before Ahmes IV", "Ramose the third ruled before Ahmes the fourth"),
        ("Xantippe II was queen of the island", "Xantippe the second was queen of the island"),
        ("Harold Ford III and Davis Love III said", "Harold Ford the third and Davis Love the third said"),
        ("the video game Starfall IV", "the video game Starfall four"),
        ("Final Fantasy X is a game", "Final Fantasy ten is a game"),
        ("Chapters I–III and Books I, II and IV", "Chapters one to three and Books one, two and four"),
        ("stage III, phase II and type I diabetes", "stage three, phase two and type one diabetes"),
        ("Act IV, scene ii and pp. xii–xiv", "Act four, scene two and pages twelve to fourteen"),
        ("(i) be kind, (ii) be brief", "(one) be kind, (two) be brief"),
        ("the XIX and XX centuries", "the nineteenth and twentieth centuries"),
        ("XVIII Airborne Corps", "eighteenth Airborne Corps"),
        ("Henry the VIII and the rest", "Henry the eighth and the rest"),
        ("James II & VII and others", "James the second and the seventh and others"),
        ("Phase IIb, stage IIIA, type Ia", "Phase two B, stage three A, type one A"),
        ("Both Georges I and II are there", "Both Georges the first and the second are there"),
        ("Grand Theft Auto V sold", "Grand Theft Auto five sold"),
        ("Act III, Sc. 2, of it", "Act three, Scene two, of it"),
        ("Parts I & II, round II", "Parts one and two, round two"),
        ("I. Introduction", "One. Introduction"),
        ("start IV fluids, an IV drip", "start I V fluids, an I V drip"),
        ("Symphony No. IX", "Symphony number nine"),
        ("the Vth Republic", "the fifth Republic"),
        ("a Mk II Jaguar", "a Mark two Jaguar"),
        ("William J. Brandt III", "William J Brandt the third"),
        ("WWI and WWII", "World War one and World War two"),
        ("copyright MCMXCIV", "copyright nineteen ninety four"),
        ("II. The war", "Two. The war"),
    ],
)
def test_said(written: str, said: str) -> None:
    """Rulers have ranks, everything else has numbers."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "Malcolm X",
        "the BVI VI and the PC V",
        "N A C L I V bag",
        "Vitamin C",
        "I think I know",
        "the Part I liked",
        "Charles I know",
        "the NT IV",
        "a CD MIX",
        "World IIII",
        "the type I like",
        "a game I saw",
        "I told Paul I was late",
        "He asked James I think",
        "The Mary I met",
        "With Charles I was happy",
        "George V Higgins",
        "Class C shares",
        "Prince Charles and I",
        "MCMC",
        "I. Newton",
        "Xbox Series X",
        "high-volume CI",
        "the rules of Gemini CLI",
        "Joseph L Jones",
        "Fujifilm X-Pro",
        "Tesla Model X, Type X",
        "Gen X and Generation X",
    ],
)
def test_left(written: str) -> None:
    """A letter that may be a letter stays one."""
    assert spoken_form(written).text == written
