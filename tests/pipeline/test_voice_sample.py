"""A line in a voice, to choose by ear."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from narrate.audio.codec import decode, measure_file
from narrate.core.errors import ConfigError, OutputError, UnknownVoice
from narrate.core.settings.loading import Settings
from narrate.pipeline.voice_sample import speak_sample
from narrate.speech.engines import sample_line
from narrate.speech.engines.tone import PITCHES_HZ


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(engine="tone", cache_dir=tmp_path / "cache")


def pitch_hz(path: Path) -> float:
    """The loudest frequency."""
    audio = decode(path)
    spectrum = np.abs(np.fft.rfft(audio.samples))
    return float(np.argmax(spectrum) * audio.rate_hz / len(audio.samples))


def test_a_line_is_spoken_with_the_voice(settings: Settings) -> None:
    """Into a file called after it, as loud as an episode, and as long as the line."""
    path = speak_sample("low", settings)

    assert path == Path("output/low.mp3")
    assert os.listdir("output") == ["low.mp3"]
    assert pitch_hz(path) == pytest.approx(PITCHES_HZ["low"], abs=3)
    assert abs(measure_file(path).integrated_lufs + 16) < 0.3
    assert decode(path).duration_s == pytest.approx(len(sample_line("und")) / 15 + 0.75, abs=0.2)


@pytest.mark.parametrize("name", ["a/talk.opus", "b/talk.flac"])
def test_it_goes_where_it_is_told(settings: Settings, name: str) -> None:
    """In the format of the ending, at the speed that is set."""
    made = Settings(engine="tone", cache_dir=settings.cache_dir, output=Path(name), speed=2.0)

    path = speak_sample("high", made)

    assert path == Path(name)
    assert pitch_hz(path) == pytest.approx(PITCHES_HZ["high"], abs=3)
    assert decode(path).duration_s < len(sample_line("und")) / 30 + 1


def test_samples_of_several_voices_lie_side_by_side(settings: Settings) -> None:
    """None replaces another."""
    paths = {speak_sample(name, settings) for name in PITCHES_HZ}

    assert sorted(os.listdir("output")) == sorted(path.name for path in paths) == ["high.mp3", "low.mp3", "middle.mp3"]


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    """The folder is not even made."""
    speak_sample("low", Settings(engine="tone", cache=False, cache_dir=tmp_path / "cache"))

    assert not (tmp_path / "cache").exists()


def test_a_voice_there_is_not(settings: Settings) -> None:
    """Is an error that names others, and no file."""
    with pytest.raises(UnknownVoice) as caught:
        speak_sample("lo", settings)

    assert "low" in caught.value.hint
    assert not Path("output").exists()


def test_what_does_not_go_together_leaves_no_file(settings: Settings) -> None:
    """Such as a bit rate that the format does not have."""
    with pytest.raises(ConfigError, match="33"):
        speak_sample("low", Settings(engine="tone", cache_dir=settings.cache_dir, bitrate_kbps=33))

    assert not list(Path().rglob("*.*"))


def test_a_place_that_cannot_be_written(settings: Settings) -> None:
    """Says so."""
    Path("taken").write_text("a file where a folder should be")

    with pytest.raises(OutputError, match="cannot be written"):
        speak_sample("low", Settings(engine="tone", cache_dir=settings.cache_dir, output=Path("taken/x.mp3")))
