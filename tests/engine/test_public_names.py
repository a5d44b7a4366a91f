"""The public names are those that docs/stability.md promises."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from conftest import ROOT

import narrate
import narrate.engine

STABILITY = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", [narrate, narrate.engine], ids=lambda module: module.__name__)
def test_the_document_lists_what_can_be_imported(module: ModuleType) -> None:
    """Each name once, in the order of `__all__`, and each is there."""
    (section,) = re.findall(rf"^## `{re.escape(module.__name__)}`$(.*?)(?=^## |\Z)", STABILITY, re.M | re.S)

    assert re.findall(r"`(\w+)`", section) == list(module.__all__)
    assert all(getattr(module, name) is not None for name in module.__all__)


def test_types_are_the_same_wherever_they_are_from() -> None:
    """What an engine raises is what a program catches."""
    shared = set(narrate.__all__) & set(narrate.engine.__all__)

    assert {"ConfigError", "EngineUnavailable", "SynthesisFailed"} <= shared
    assert all(getattr(narrate, name) is getattr(narrate.engine, name) for name in shared)
