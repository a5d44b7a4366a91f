"""The cast as it is asked for: which voice each speaker of a dialogue has, and whether the others are given one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narrate.core.errors import UnfitValue

AUTO, NONE = "auto", "none"
_HINT = 'write it as "Anna=af_bella, Ben=am_michael", or auto'


@dataclass(frozen=True, slots=True)
class Casting:
    """A cast that is asked for.

    Attributes:
        voices: Names of speakers and what is asked for each of them, as --voice takes it.
        is_auto: Speakers that are not named get a voice of their own.
    """

    voices: tuple[tuple[str, str], ...] = ()
    is_auto: bool = False

    def __bool__(self) -> bool:
        return bool(self.voices) or self.is_auto

    def __str__(self) -> str:
        """Return the cast in one line, as `parse_casting` takes it."""
        pairs = (f"{name}={voice}" for name, voice in self.voices)
        return ", ".join((*((AUTO,) if self.is_auto else ()), *pairs))


def parse_casting(text: str) -> Casting:
    """Read a cast from one line: "Anna=af_bella, Ben=am_michael", "auto", or both; "" and "none" are none.

    Raises:
        UnfitValue: A part is no pair of name and voice, or a name stands there twice.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    pairs = [part for part in parts if part.casefold() not in (AUTO, NONE)]
    if len(parts) > 1 and any(part.casefold() == NONE for part in parts):
        raise UnfitValue("none stands beside others", _HINT)
    voices = tuple(_pair(part) for part in pairs)
    names = [name.casefold() for name, _ in voices]
    if twice := next((name for name, _ in voices if names.count(name.casefold()) > 1), None):
        raise UnfitValue(f"{twice} has two voices", "give each name once")
    return Casting(voices, any(part.casefold() == AUTO for part in parts))


def casting_of(table: Mapping[str, object]) -> Casting:
    """Read a cast from a table: names and voices; `auto = true` gives all others one.

    Raises:
        UnfitValue: A value is no voice's name, or a name cannot be written in a line.
    """
    voices: list[str] = []
    for name, voice in table.items():
        if isinstance(voice, bool) and name.casefold() == AUTO:
            voices += [AUTO] if voice else []
        elif not isinstance(voice, str) or not voice.strip() or any(sign in f"{name}{voice}" for sign in ",="):
            raise UnfitValue(f"{name} has no voice's name", f'write "{name}" = "af_bella" below [cast]')
        else:
            voices.append(f"{name}={voice}")
    return parse_casting(", ".join(voices))


def _pair(part: str) -> tuple[str, str]:
    name, sign, voice = part.partition("=")
    if not sign or not name.strip() or not voice.strip():
        raise UnfitValue(f"{part!r} is no name with a voice", _HINT)
    return " ".join(name.split()), voice.strip()
