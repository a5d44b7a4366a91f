"""Who is meant by a name, and whether a woman or a man bears it."""

from __future__ import annotations

import pytest

from narrate.text.speakers import gender_of, is_role, match_name
from narrate.text.speakers.names import canonical_names

PEOPLE = ("Anna Berg", "Ben Okafor", "Jean-Luc Moreau", "Ben Adams")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("anna berg", "Anna Berg"),
        ("Berg", "Anna Berg"),
        ("ANNA", "Anna Berg"),
        ("A. B.", "Anna Berg"),
        ("JLM", "Jean-Luc Moreau"),
        ("Mr. Moreau", "Jean-Luc Moreau"),
        ("Ben", ""),
        ("Carla", ""),
    ],
)
def test_a_name_is_matched(given: str, meant: str) -> None:
    """The whole name, the last, the first, initials; nobody where two may be meant."""
    assert match_name(given, PEOPLE).name == meant


def test_two_of_one_name_are_both_told() -> None:
    """Who asks for Ben learns which Bens there are."""
    assert match_name("Ben", PEOPLE).others == ("Ben Okafor", "Ben Adams")


def test_short_forms_are_the_same_person() -> None:
    """Labels that are shorter later on are those of the one who was named in full."""
    assert set(canonical_names(["Anna Berg", "BERG", "AB", "Anna"]).values()) == {"Anna Berg"}


@pytest.mark.parametrize(
    ("name", "language", "gender"),
    [
        ("Anna Berg", "en", "female"),
        ("BEN", "en", "male"),
        ("Mr. Smith", "en", "male"),
        ("Frau Köhler", "de", "female"),
        ("Andrea Rossi", "it", "male"),
        ("Andrea Jones", "en", "female"),
        ("Kestrel", "en", ""),
        ("", "en", ""),
    ],
)
def test_a_first_name_or_title_tells_the_gender(name: str, language: str, gender: str) -> None:
    """By the first name in its language, or the title; nothing is guessed."""
    assert gender_of(name, language) == gender


def test_roles_are_no_names() -> None:
    """A moderator is somebody, and not called so."""
    assert is_role("Moderator")
    assert not is_role("Anna Berg")
