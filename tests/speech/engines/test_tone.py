"""The engine that beeps."""

from __future__ import annotations

import pytest

from narrate.engine.testing import EngineContract
from narrate.speech.engines.tone import ToneEngine


class TestTone(EngineContract):
    """The contract."""

    @pytest.fixture
    def engine(self) -> ToneEngine:
        return ToneEngine()


def test_words_lie_where_they_beep() -> None:
    """One timing a word, in order, gaps silent."""
    text = "one  three five"
    speech = ToneEngine().synthesise(text, voice="low", speed=1.0)

    assert [text[word.start_char : word.end_char] for word in speech.words] == ["one", "three", "five"]
    for word in speech.words:
        assert abs(speech.audio.samples[word.start_sample : word.end_sample]).max() > 0.2
    gap = speech.audio.samples[speech.words[0].end_sample : speech.words[1].start_sample]
    assert len(gap) and not gap.any()


def test_voices_are_pitches() -> None:
    """Voices are pitches, so that a test can tell which voice spoke."""
    low, high = (ToneEngine().synthesise("hello", voice=voice, speed=1.0) for voice in ("low", "high"))

    assert (low.audio.samples != high.audio.samples).any()
