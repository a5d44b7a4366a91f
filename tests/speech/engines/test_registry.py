"""Engines are found by name, and what is missing is named."""

from __future__ import annotations

import importlib.metadata
from importlib.metadata import EntryPoint

import pytest
from support.engines import register

from narrate.core.errors import EngineNotInstalled, UnknownEngine
from narrate.core.settings.loading import Settings
from narrate.speech import engines
from narrate.speech.engines.tone import ToneEngine


def test_engines_of_this_package() -> None:
    """The three that are always there."""
    assert {"gtts", "kokoro", "tone"} <= set(engines.engine_names())


def test_unknown_engine() -> None:
    """A misspelt name gets a proposal."""
    with pytest.raises(UnknownEngine, match="kokkoro") as caught:
        engines.make_engine(Settings(engine="kokkoro"))

    assert "did you mean kokoro?" in caught.value.hint


def test_an_engine_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point is all it takes."""
    register(monkeypatch, other=lambda settings: ToneEngine())

    assert "other" in engines.engine_names()
    assert engines.make_engine(Settings(engine="other")).name == "tone"


def test_an_engine_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which package, and what to type."""
    entry = EntryPoint("other", "no_such_package.engine:make", engines.ENTRY_POINT_GROUP)
    monkeypatch.setattr(engines, "entry_points", lambda group: importlib.metadata.EntryPoints([entry]))

    with pytest.raises(EngineNotInstalled, match="no_such_package") as caught:
        engines.make_engine(Settings(engine="other"))

    assert "pip install" in caught.value.hint
