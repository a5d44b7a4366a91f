"""The names that hints propose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.near_names import did_you_mean, nearest

FORMATS = ("mp3", "m4b", "FLAC", "opus", "wav")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("mp33", "did you mean mp3?"),
        ("MP4", "did you mean mp3?"),
        (" flca\n", "did you mean FLAC?"),
        ("flac", "did you mean FLAC?"),
        ("ogg", ""),
        ("", ""),
        (3, ""),
        (None, ""),
    ],
)
def test_a_slip_is_answered_with_the_name_as_it_is_written(typed: object, hint: str) -> None:
    """Capitals and spaces around a word make no difference; where nothing is near, nothing is proposed."""
    assert did_you_mean(typed, FORMATS) == hint


def test_what_stands_before_a_name_is_typed_too_and_makes_none_nearer() -> None:
    """A long beginning that all names have is in the hint and not in the comparison."""
    assert did_you_mean("FORMTA", ["FORMAT", "SPEED"], before="NARRATE_") == "did you mean NARRATE_FORMAT?"
    assert did_you_mean("XY", ["FORMAT", "SPEED"], before="NARRATE_") == ""


def test_several_come_with_the_most_alike_first() -> None:
    """No more than are wanted, and none that is less alike than that."""
    names = ["portuguese", "polish", "portuguese creole", "german"]

    assert nearest("Portugese", names, most=3) == ["portuguese", "portuguese creole"]
    assert nearest("Portugese", names, most=3, nearness=0.9) == ["portuguese"]
    assert nearest("Portugese", names) == ["portuguese"]
    assert nearest("Portugese", []) == []


NAMES = st.text(min_size=1, max_size=12).filter(lambda name: name == name.strip())


@given(st.lists(NAMES, min_size=1, max_size=8), st.data())
def test_a_name_that_is_known_is_the_nearest_to_itself(names: list[str], data: st.DataObject) -> None:
    """Whatever else is there, a known name is found again; of those that differ in capitals alone, one of them."""
    name = data.draw(st.sampled_from(names))

    assert [one.lower() for one in nearest(name, names)] == [name.lower()]
