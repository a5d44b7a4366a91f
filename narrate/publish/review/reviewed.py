"""The review as its server knows it; narrate.pipeline.reviewing has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from narrate.core.errors import NarrateError

Json = Mapping[str, object]


class Conflict(NarrateError):
    """Another was there first: an editor with the file, another page, something else that is to be heard."""


class Working(Protocol):
    """The making of an episode."""

    @property
    def files(self) -> Mapping[str, Path]:
        """Files that were made, by name."""

    def state(self) -> Json:
        """Return how far it is."""


class Reviewed(Protocol):
    """A draft that is reviewed; any thread may call, and errors are NarrateErrors."""

    @property
    def making(self) -> Working:
        """The making of its episode."""

    def state(self) -> Json:
        """All that the page shows."""

    def notes(self) -> Json:
        """All that the page shows, with the words that are said of each block."""

    def check(self) -> Json:
        """Tell whether the page is up to date."""

    def change(self, revision: int, change: Json) -> Json:
        """Make a change."""

    def undo(self) -> Json:
        """Take one back."""

    def redo(self) -> Json:
        """Make it again."""

    def reload(self) -> Json:
        """Read the file again."""

    def save(self) -> Json:
        """Write the file again."""

    def choices(self, id: str, word: str) -> Json:
        """The ways to say a word."""

    def lexicon(self, word: str, way: str, value: str, where: str, *, is_written: bool) -> Json:
        """The line that keeps one."""

    def hear(self, id: str, span: tuple[int, int], trial: Json | None = None) -> bytes:
        """Sound, as FLAC."""

    def make(self) -> Json:
        """Begin to make the episode."""
