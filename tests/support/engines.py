"""Engines that note what they are asked, fail, or dawdle on purpose."""

from __future__ import annotations

import importlib.metadata
import sys
import time
import types
from collections.abc import Sequence
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from narrate.core.article import Sound
from narrate.core.episode import Speech
from narrate.core.errors import SynthesisFailed
from narrate.speech import engines
from narrate.speech.engines.tone import ToneEngine


class CountingEngine(ToneEngine):
    """The tone engine, with a list of what it spoke."""

    def __init__(self, fail_on: str = "", pause_s: float = 0.0) -> None:
        self.asked: list[str] = []
        self._fail_on = fail_on
        self._pause_s = pause_s

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        self.asked.append(text)
        time.sleep(self._pause_s)
        if self._fail_on and self._fail_on in text:
            raise SynthesisFailed(f"the engine choked on {text!r}")
        return super().synthesise(text, voice=voice, speed=speed)


def register(monkeypatch: pytest.MonkeyPatch, **makers: object) -> None:
    """Have engines of another package be found, by name, beside those of narrate; nothing is installed for it."""
    module = types.ModuleType("other_package")
    monkeypatch.setitem(sys.modules, "other_package", module)
    found = list(importlib.metadata.entry_points(group=engines.ENTRY_POINT_GROUP))
    for number, (name, maker) in enumerate(makers.items()):
        setattr(module, f"make_{number}", maker)
        found.append(EntryPoint(name, f"other_package:make_{number}", engines.ENTRY_POINT_GROUP))
    monkeypatch.setattr(engines, "entry_points", lambda group: EntryPoints(found))
