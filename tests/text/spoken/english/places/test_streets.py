"""Streets, saints, states, doctors and drives are told apart by the names around them."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at St. Andrews", "at Saint Andrews"),
        ("at 12 Main St. in Boston", "at twelve Main Street in Boston"),
        ("on 42nd St. Then", "on forty second Street. Then"),
        ("off Main St. in Boston", "off Main Street in Boston"),
        ("from Main St. Bob called", "from Main Street Bob called"),
        ("St. Mary's on St. James St. in town", "Saint Mary's on Saint James Street in town"),
        ("in Bury St. Edmunds near Lake St. Clair", "in Bury Saint Edmunds near Lake Saint Clair"),
        ("North St Bride Lane, then St Cross Road", "North Saint Bride Lane, then Saint Cross Road"),
        ("St John's St is near", "Saint John's Street is near"),
        ("Ohio St. beat Iowa on Saturday", "Ohio State beat Iowa on Saturday"),
        ("they met on Ohio St. to talk", "they met on Ohio Street to talk"),
        ("5th and Main Sts.", "fifth and Main Streets."),
    ],
)
def test_saints_and_streets(written: str, said: str) -> None:
    """A name behind St. makes a saint, one before it a street, and in sport the place may be a state's college."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Smith", "Doctor Smith"),
        ("on Lakeview Dr. and beyond", "on Lakeview Drive and beyond"),
        ("on Lakeview Dr. The house", "on Lakeview Drive. The house"),
        ("When Dr. Lee called Professor Dr. Wu", "When Doctor Lee called Professor Doctor Wu"),
        ("Dr Smythe on Harbour Dr at noon", "Doctor Smythe on Harbour Drive at noon"),
        ("ask your Dr. first", "ask your Doctor first"),
        ("the dr was in", "the dr was in"),
    ],
)
def test_doctors_and_drives(written: str, said: str) -> None:
    """A doctor has the name behind, a drive before."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("on Elm Pl. in June", "on Elm Place in June"),
        ("Station Rd, off Mill Ln.", "Station Road, off Mill Lane."),
        ("on Harbor Blvd., then", "on Harbor Boulevard, then"),
        ("on E. 7th St. and N. Clark St.", "on East seventh Street and North Clark Street."),
        ("left on 3rd Ave. N. at noon", "left on third Avenue North at noon"),
        ("2 hours N. of St. Paul", "two hours north of Saint Paul"),
        ("Rte. 7 N. for a mile", "Route seven North for a mile"),
        ("at 201 E. Washington", "at two hundred one East Washington"),
        ("Ave. of the Americas", "Avenue of the Americas"),
        ("E. Smith wrote to S. King", "E Smith wrote to S King"),
        ("an Ave Maria at Sq. One", "an Ave Maria at Sq. One"),
    ],
)
def test_kinds_and_directions(written: str, said: str) -> None:
    """The kind of a street needs its name before it, a direction the whole street behind it."""
    assert spoken_form(written).text == said
