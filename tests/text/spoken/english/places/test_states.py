"""States and provinces are said behind a place or a party, and nowhere else."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("moved to Dallas, TX", "moved to Dallas, Texas"),
        ("born in Gary, IN, last year", "born in Gary, Indiana, last year"),
        ("The plant in Gary, IN will close", "The plant in Gary, Indiana will close"),
        ("Eugene, OR.", "Eugene, Oregon."),
        ("near Boulder, CO.", "near Boulder, Colorado."),
        ("in Honolulu, HI (for now)", "in Honolulu, Hawaii (for now)"),
        ("a doctor in Rockville, MD, said", "a doctor in Rockville, Maryland, said"),
        ("downtown Fort Wayne, IN, is", "downtown Fort Wayne, Indiana, is"),
        ("in Toronto, ON, and Vancouver, BC", "in Toronto, Ontario, and Vancouver, British Columbia"),
        ("Sen. Ruiz (D-Calif.) and Rep. Hale (R-TX)", "Senator Ruiz (D-California) and Representative Hale (R-Texas)"),
        ("in Trenton, N.J., and Scranton, Pa.", "in Trenton, New Jersey, and Scranton, Pennsylvania."),
        ("from Calgary, Alta., to Regina, Sask. The road", "from Calgary, Alberta, to Regina, Saskatchewan. The road"),
        ("Davis of Pa. sued", "Davis of Pennsylvania sued"),
        ("Akron, Ohio 44309, still", "Akron, Ohio four four three zero nine, still"),
        ("Is Rome, GA near Athens?", "Is Rome, Georgia near Athens?"),
        ("Mass. Ave. and Fla. Gov. Cole", "Massachusetts Avenue and Florida Governor Cole"),
        ("a N.Y.-based firm", "a New York-based firm"),
        ("an Alexandria, Va.-based firm", "an Alexandria, Virginia-based firm"),
        ("in southern Calif. this week", "in southern California this week"),
    ],
)
def test_said(written: str, said: str) -> None:
    """The letters of the post and the abbreviations of the wires, whatever comes after them."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "Katie Allen, MD, said",
        "by Lena Ortiz, MD, and Paul Reed, MA",
        "Plan E works in Oregon, OR so they say",
        "Fine, OK, so he went",
        "Ask Paul, ME, or John",
        "doctors at Walter Reed, VA staff and others",
        "the CA law and the PA system",
        "the La. band and Miss. Otis",
    ],
)
def test_left(written: str) -> None:
    """A degree, an office and a word that is shouted are no state."""
    assert spoken_form(written).text == written
