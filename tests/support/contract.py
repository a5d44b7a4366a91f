"""What every engine must do; the tests of each engine inherit these."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.core.errors import UnknownVoice
from narrate.speech.engines import Engine, check_speech, find_voice

SENTENCE = "The keeper lights the lamp."


class EngineContract:
    """Subclasses give a fixture `engine`."""

    def test_it_says_what_it_is(self, engine: Engine) -> None:
        """Name and version go into cache keys, and a run needs at least one job."""
        assert isinstance(engine, Engine)
        assert engine.name == engine.name.lower() != ""
        assert engine.version
        assert engine.parallel >= 1

    def test_its_default_voice_is_one_of_its_voices(self, engine: Engine) -> None:
        """And no voice is listed twice."""
        names = [voice.name for voice in engine.voices()]

        assert engine.default_voice in names
        assert len(names) == len(set(names))

    def test_a_voice_it_lacks_is_an_error_that_names_others(self, engine: Engine) -> None:
        """With words to type."""
        with pytest.raises(UnknownVoice, match="no-such-voice") as caught:
            find_voice(engine, "no-such-voice")

        assert "--voice" in caught.value.hint

    def test_it_takes_a_sentence_and_refuses_a_book(self, engine: Engine) -> None:
        """There is a limit, and it says so before it is asked to speak."""
        assert engine.fits(SENTENCE, voice=engine.default_voice)
        assert not engine.fits(SENTENCE * 1000, voice=engine.default_voice)

    def test_it_speaks(self, engine: Engine) -> None:
        """float32 mono of a plausible length."""
        speech = engine.synthesise(SENTENCE, voice=engine.default_voice, speed=1.0)

        check_speech(speech, SENTENCE, 1.0)
        assert speech.audio.samples.dtype == np.float32
        assert 1.0 < speech.audio.duration_s < 4.0

    def test_it_speaks_the_same_the_same_way(self, engine: Engine) -> None:
        """A run that was killed must end with the file of one that was not."""
        once, again = (engine.synthesise(SENTENCE, voice=engine.default_voice, speed=1.0) for _ in range(2))

        assert np.array_equal(once.audio.samples, again.audio.samples)

    def test_speed_shortens(self, engine: Engine) -> None:
        """Twice as fast takes about half as long."""
        slow, fast = (engine.synthesise(SENTENCE, voice=engine.default_voice, speed=speed) for speed in (1.0, 2.0))

        assert 0.35 < fast.audio.duration_s / slow.audio.duration_s < 0.75
