"""Speech that cannot be right is refused, whichever engine it came from."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.engines.base import check_speech
from narrate.episode import Audio, Speech
from narrate.errors import SynthesisFailed

TEXT = "The keeper lights the lamp every evening."


def tone(seconds: float, level: float = 0.3) -> np.ndarray:
    return (level * np.sin(np.arange(int(24_000 * seconds)) * 0.05)).astype(np.float32)


def check(samples: np.ndarray, text: str = TEXT, speed: float = 1.0) -> None:
    check_speech(Speech(Audio(samples, 24_000)), text, speed)


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (tone(0), "no audio"),
        (tone(3, 0.0), "silence"),
        (tone(0.3), "only 0.30 s"),
        (np.clip(tone(3, 40), -1, 1), "clipped"),
        (np.full(50_000, np.nan, dtype=np.float32), "not finite"),
        (tone(3).astype(np.float64), "float64"),
        (tone(3).reshape(2, -1), "shape"),
    ],
)
def test_impossible_speech_is_refused(samples: np.ndarray, problem: str) -> None:
    """The error says what is wrong and with which words."""
    with pytest.raises(SynthesisFailed, match=problem) as caught:
        check(samples)

    assert "The keeper" in caught.value.message


def test_ordinary_speech_passes() -> None:
    """Quiet, fast or short, as speech may be."""
    check(tone(2.7))
    check(tone(2.7, 0.01))
    check(tone(1.4), speed=2.0)
    check(tone(0.2), text="No.")


def test_marks_alone_may_be_silent() -> None:
    """There is nothing to hear in a dash."""
    check(tone(0.05, 0.0), text="—")
