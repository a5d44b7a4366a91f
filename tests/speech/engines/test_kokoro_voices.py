"""Every voice that ships speaks, with the sounds of its own language; blends and speeds do, too."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from narrate.core.episode import Audio
from narrate.speech.engines import check_speech, find_voice
from narrate.speech.engines.choice import sample_line
from narrate.speech.engines.kokoro import LANGUAGES, KokoroEngine
from narrate.speech.engines.kokoro_model import shipped_voices, voice_names
from narrate.speech.engines.phonemes import phonemise

# Two or three words, for they are spoken 41 times.
GREETINGS = {
    "a": "Good evening.",
    "b": "Good evening.",
    "e": "Buenas noches.",
    "f": "Bonsoir à tous.",
    "h": "नमस्ते दोस्तों।",
    "i": "Buonasera a tutti.",
    "p": "Boa noite.",
}

NAMES = voice_names(shipped_voices())


class Blending(KokoroEngine):
    """Says that it blends, which its voices file can."""

    blends = True


@pytest.fixture(scope="module")
def engine(model_cache: Path) -> Iterator[Blending]:
    made = Blending(model_cache)
    yield made
    made.close()


def level_db(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples**2)) + 1e-9))


ONE_A_LANGUAGE = [next(name for name in NAMES if name[0] == letter) for letter in GREETINGS]


@pytest.mark.slow
@pytest.mark.parametrize(
    "names", [ONE_A_LANGUAGE, pytest.param(NAMES, marks=pytest.mark.long)], ids=["one a language", "all"]
)
def test_all_voices_speak(engine: Blending, names: Sequence[str]) -> None:
    """41 of them, each at a pace and level of speech, and no two alike; in a quick run one a language."""

    def greeting(name: str) -> Audio:
        text = GREETINGS[name[0]]
        return check_speech(engine.synthesise(text, voice=name, speed=1.0), text, 1.0).audio

    with concurrent.futures.ThreadPoolExecutor(2) as executor:
        greetings = dict(zip(names, executor.map(greeting, names), strict=True))

    for name, audio in greetings.items():
        assert 0.7 < audio.duration_s < 3.5, name
        assert -35 < level_db(audio.samples) < -10, name
    assert len({audio.samples.tobytes() for audio in greetings.values()}) == len(names)
    assert len(NAMES) == 41


@pytest.mark.parametrize("letter", GREETINGS)
def test_each_language_has_its_own_sounds(engine: Blending, letter: str) -> None:
    """Those that espeak gives for it, all known to the model, and not those of American English."""
    name = next(name for name in NAMES if name[0] == letter)
    text = sample_line(LANGUAGES[letter][0])
    sounds = engine.pronounce(text, voice=name)

    # "-" is espeak's sign for a French schwa that may be dropped; the model has none for it.
    assert sounds == phonemise(text, LANGUAGES[letter][1]).replace("-", "")
    # espeak reads Devanagari as Hindi whatever language it is set to.
    if letter not in "ah":
        assert sounds != phonemise(text, "en-us")


def test_a_blend_speaks(engine: Blending) -> None:
    """Like neither of its parts, in the language of the heaviest, and the same for each way to write it."""
    text = "Good evening."
    voice = find_voice(engine, "ff_siwis:2 + bf_emma:3")
    blend = check_speech(engine.synthesise(text, voice=voice.name, speed=1.0), text, 1.0).audio.samples
    parts = [engine.synthesise(text, voice=name, speed=1.0).audio.samples for name in ("bf_emma", "ff_siwis")]

    assert voice.language == "en-GB"
    assert engine.pronounce(text, voice=voice.name) == engine.pronounce(text, voice="bf_emma")
    assert not any(np.array_equal(blend, part) for part in parts)
    again = find_voice(engine, voice.name)
    assert np.array_equal(blend, engine.synthesise(text, voice=again.name, speed=1.0).audio.samples)


@pytest.mark.parametrize("speed", [0.5, 2.0])
def test_speeds_up_to_the_limits(engine: Blending, speed: float) -> None:
    """About as long as told, edges included, and still speech."""
    text = "The keeper lights the lamp."
    plain = engine.synthesise(text, voice="af_heart", speed=1.0).audio
    other = check_speech(engine.synthesise(text, voice="af_heart", speed=speed), text, speed).audio

    assert 0.8 < plain.duration_s / other.duration_s / speed < 1.2
