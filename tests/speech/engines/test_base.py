"""Speech that cannot be right is refused, whichever engine it came from; and it can be made faster."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import SynthesisFailed
from narrate.speech.engines.base import check_speech, faster

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


WORDS = (Word(0, 3, 2_400, 9_600), Word(4, 10, 14_400, 47_999))


@pytest.mark.parametrize("tempo", [0.5, 0.8, 1.25, 1.667, 2.0])
@pytest.mark.parametrize("samples", [48_000, 48_001])
def test_words_keep_their_place_in_faster_speech(samples: int, tempo: float) -> None:
    """Each begins and ends at the same part of the whole; the last is not beyond the end."""
    speech = Speech(Audio(tone(3)[:samples], 24_000), WORDS, estimated=True)

    made = faster(speech, tempo)

    length = len(made.audio.samples)
    assert length == pytest.approx(samples / tempo, abs=0.05 * 24_000)
    assert made.audio.rate_hz == 24_000
    assert made.estimated
    assert [(word.start_char, word.end_char) for word in made.words] == [(0, 3), (4, 10)]
    for word, before in zip(made.words, WORDS, strict=True):
        assert word.start_sample / length == pytest.approx(before.start_sample / samples, abs=0.001)
        assert word.end_sample / length == pytest.approx(before.end_sample / samples, abs=0.001)
    assert made.words[-1].end_sample <= length


def test_words_stay_with_their_sound_in_faster_speech() -> None:
    """A pause between two sounds is still between the words."""
    silent = np.zeros(12_000, dtype=np.float32)
    samples = np.concatenate([tone(0.5), silent, tone(0.5)])
    words = (Word(0, 3, 0, 12_000), Word(4, 7, 24_000, 36_000))

    made = faster(Speech(Audio(samples, 24_000), words), 1.5)

    loud = np.abs(made.audio.samples) > 0.1
    first, last = made.words
    assert not loud[first.end_sample + 480 : last.start_sample - 480].any()
    assert loud[first.start_sample + 480 : first.end_sample - 480].mean() > 0.5
    assert loud[last.start_sample + 480 : last.end_sample - 480].mean() > 0.5


def test_speech_at_its_own_speed_is_untouched() -> None:
    """To the sample."""
    speech = Speech(Audio(tone(1), 24_000), WORDS)

    assert faster(speech, 1.0) is speech
