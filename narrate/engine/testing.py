"""Tests that every engine must pass, for pytest: a class that the tests of an engine inherit.

    class TestDemo(EngineContract):
        @pytest.fixture
        def engine(self):
            return make_engine_under_test("demo", pitch_hz=330)

Needs pytest, which narrate itself does not; nothing of narrate imports this module.
"""

from __future__ import annotations

import numpy as np
import pytest

from narrate.core.errors import UnknownVoice
from narrate.core.settings.loading import load_settings
from narrate.speech.engines import check_speech, find_voice, guarded_instance, make_engine
from narrate.speech.engines.base import Engine

__all__ = ["SENTENCE", "EngineContract", "make_engine_under_test"]

SENTENCE = "The keeper lights the lamp."


def make_engine_under_test(name: str, **options: object) -> Engine:
    """Return an installed engine as narrate makes it: found by its entry point, and behind its guard.

    Args:
        name: Of the engine.
        options: Settings of its own, as they may stand below [engines.NAME].

    Raises:
        NarrateError: It is not installed, breaks the contract or does not take the options.
    """
    return make_engine(load_settings({"engine": name, "engines": {name: options}}, environ={}))


class EngineContract:
    """Subclasses give a fixture `engine`; it may be an instance of the engine's own class, too."""

    @pytest.fixture
    def guarded(self, engine: Engine) -> Engine:
        """Return the engine behind the guard that it has in narrate, which says what breaks the contract."""
        return guarded_instance(engine)

    def test_it_says_what_it_is(self, guarded: Engine) -> None:
        """Name and version go into cache keys, and a run needs at least one job."""
        assert isinstance(guarded, Engine), "it lacks an attribute or a method of narrate.engine.Engine"
        assert guarded.name == guarded.name.lower() != "", f"its name is {guarded.name!r}"
        assert guarded.version, "it has no version, by which clips are cached"
        assert guarded.parallel >= 1, "nothing can be spoken by less than one call at once"

    def test_its_default_voice_is_one_of_its_voices(self, guarded: Engine) -> None:
        """The default voice is listed, and no voice is listed twice."""
        names = [voice.name for voice in guarded.voices()]

        assert guarded.default_voice in names, f"{guarded.default_voice!r} is none of {names}"
        assert len(names) == len(set(names)), "a voice is listed twice"

    def test_a_voice_it_lacks_is_an_error_that_names_others(self, guarded: Engine) -> None:
        """A voice that it lacks is an error that names others, with words to type."""
        with pytest.raises(UnknownVoice, match="no-such-voice") as caught:
            find_voice(guarded, "no-such-voice")

        assert "--voice" in caught.value.hint

    def test_it_takes_a_sentence_and_refuses_a_book(self, guarded: Engine) -> None:
        """There is a limit, and it says so before it is asked to speak."""
        assert guarded.fits(SENTENCE, voice=guarded.default_voice), f"{SENTENCE!r} does not fit"
        assert not guarded.fits(SENTENCE * 1000, voice=guarded.default_voice), "27,000 characters fit"

    def test_it_speaks(self, guarded: Engine) -> None:
        """float32 mono of a plausible length."""
        speech = guarded.synthesise(SENTENCE, voice=guarded.default_voice, speed=1.0)

        check_speech(speech, SENTENCE, 1.0)
        assert speech.audio.samples.dtype == np.float32
        assert 1.0 < speech.audio.duration_s < 4.0, f"{SENTENCE!r} takes {speech.audio.duration_s:g} s"

    def test_its_words_are_where_it_says(self, guarded: Engine) -> None:
        """Word timings, where it has any, are in order, and each has letters of the text."""
        speech = guarded.synthesise(SENTENCE, voice=guarded.default_voice, speed=1.0)
        starts = [word.start_sample for word in speech.words]

        assert bool(speech.words) == guarded.word_timings, "`word_timings` is not what it does"
        assert starts == sorted(starts), "words are not in order"
        assert all(SENTENCE[word.start_char : word.end_char].strip() for word in speech.words), "a word is empty"

    def test_it_speaks_the_same_the_same_way(self, guarded: Engine) -> None:
        """A run that was killed must end with the file of one that was not."""
        voice = guarded.default_voice
        once, again = (guarded.synthesise(SENTENCE, voice=voice, speed=1.0) for _ in range(2))

        assert np.array_equal(once.audio.samples, again.audio.samples), "the same text sounds another way again"

    def test_speed_shortens(self, guarded: Engine) -> None:
        """Twice as fast takes about half as long."""
        voice = guarded.default_voice
        slow, fast = (guarded.synthesise(SENTENCE, voice=voice, speed=speed) for speed in (1.0, 2.0))

        ratio = fast.audio.duration_s / slow.audio.duration_s
        assert 0.35 < ratio < 0.75, f"at twice the speed it takes {ratio:.2f} of the time"
