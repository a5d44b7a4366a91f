"""The gate: what has been reached once is not lost again."""

from __future__ import annotations

import tomllib

import pytest
from support.readings import DATA, Case, cases, is_accepted

from narrate.text.spoken import spoken_form

FLOORS = tomllib.loads((DATA / "floors.toml").read_text(encoding="utf-8"))["sets"]


@pytest.mark.parametrize("name", FLOORS)
def test_no_set_falls_below_its_floor(name: str) -> None:
    """The sentences that are not read in an accepted way are listed."""
    rows = cases(name)
    wrong = [(case.category, case.written, said) for case in rows if not is_accepted(case, said := _said(case))]
    percent = 100 * (1 - len(wrong) / len(rows))

    assert percent >= FLOORS[name], "\n".join(map(str, wrong))


def _said(case: Case) -> str:
    return spoken_form(case.written, case.language).text
