"""The articles that several commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Path:
    """Two articles."""
    made = Path("in")
    made.mkdir()
    for name, text in (("one.txt", "One\n\nThe keeper lights the lamp."), ("two.md", "# Two\n\nThe lamp is lit.")):
        (made / name).write_text(text)
    return made
