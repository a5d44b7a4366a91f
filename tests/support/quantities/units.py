"""Units with their words and forms, and the kinds of sentence they stand in: what units.toml holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """The sentence that a kind of quantity stands in: who has it, what follows, and what it is said of."""

    subject: str
    rest: str
    noun: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its words for one and for many, and which numbers it takes.

    `small` are the words for its hundredth part, where it has one.
    """

    name: str
    kind: str
    takes: tuple[str, ...]
    one: tuple[str, ...]
    many: tuple[str, ...]
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a unit: its letters or sign, and what joins it to the number.

    `joint` is "" or a space or a hyphen after the number, or "before" for a sign that stands before it; `after` is
    what follows the number behind such a sign ("$5/kg").
    """

    unit: Unit
    written: str
    joint: str
    after: str = ""

    @property
    def name(self) -> str:
        """The form as it is listed: "km", " km", "-km", "$", "$/kg"."""
        return self.written + self.after if self.joint == "before" else self.joint + self.written

    @property
    def is_word(self) -> bool:
        """Whether the unit is written as the word for it."""
        return self.written in self.unit.one + self.unit.many


def _read() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "units.toml").read_text(encoding="utf-8"))


def _unit(row: dict[str, Any], takes: dict[str, list[str]]) -> Unit:
    words = (tuple(row.get(name, ())) for name in ("one", "many", "small"))
    return Unit(row["name"], row["kind"], tuple(takes[row["takes"]]), *words)


def _forms(unit: Unit, row: dict[str, Any]) -> list[Form]:
    before = [Form(unit, sign, "before", row.get("after", "")) for sign in row.get("before", ())]
    spaced = [Form(unit, written, " ") for written in row.get("forms", ())]
    glued = [Form(unit, written, "") for written in row.get("glued", ())]
    hyphened = [
        Form(unit, form.written, "-") for form in spaced if form.written[0].isalpha() and "/" not in form.written
    ]
    words = [] if before else [Form(unit, unit.many[0], " "), Form(unit, unit.one[0].replace(" ", "-"), "-")]
    # Before a noun ("a 5 kilometer trail"), where what is counted does not stand.
    words += [Form(unit, unit.one[0], " ")] if not before and unit.kind != "count" else []
    return [*before, *spaced, *glued, *hyphened, *words]


_ROWS = _read()
KINDS = {name: Kind(*words) for name, words in _ROWS["kinds"].items()}
UNITS = tuple(_unit(row, _ROWS["takes"]) for row in _ROWS["unit"])
FORMS = tuple(form for unit, row in zip(UNITS, _ROWS["unit"], strict=True) for form in _forms(unit, row))
