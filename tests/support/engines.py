"""Engines that note what they are asked, fail, or dawdle on purpose."""

from __future__ import annotations

import time
from collections.abc import Sequence

from narrate.core.article import Sound
from narrate.core.episode import Speech
from narrate.core.errors import SynthesisFailed
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
