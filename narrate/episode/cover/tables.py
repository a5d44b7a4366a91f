"""The words, letters and colours of cover.toml, each table with its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from narrate.core.resources import packaged_table

_FILE = "narrate.episode.cover", "cover.toml"


class Families(TypedDict):
    """Families of fonts: the best first, for all and by language; words in the names of the last, and of no use."""

    families: list[str]
    late: list[str]
    never: list[str]
    by_language: Mapping[str, list[str]]


class Letters(TypedDict):
    """Letters that lines may begin and end with, that stand in for others, and between which words are divided.

    `install` names the fonts that have a script, by the first word of its characters' Unicode names.
    """

    closing: str
    opening: str
    vowels: str
    sounds: list[str]
    instead: Mapping[str, str]
    install: Mapping[str, str]


class Colours(TypedDict):
    """Two colours of the ground, from the upper left to the lower right, and one each for words and accent."""

    name: str
    ground: list[str]
    words: str
    accent: str


def families() -> Families:
    """Return what is known of families of fonts."""
    found: Families = packaged_table(*_FILE)["fonts"]
    return found


def letters() -> Letters:
    """Return what is known of letters."""
    found: Letters = packaged_table(*_FILE)["typeset"]
    return found


def colours() -> Sequence[Colours]:
    """Return the palettes of drawn covers, in their order."""
    found: Sequence[Colours] = packaged_table(*_FILE)["palettes"]
    return found
