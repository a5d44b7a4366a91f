"""Clips are found again, and damage is noticed."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clips import sine

from narrate.audio.codec import from_int16, to_int16
from narrate.core.article import Sound
from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import OutputError
from narrate.speech.clip_cache import ClipCache, clip_key

KEY = clip_key("hello", "tone", "1", "middle", 1.0)


@pytest.fixture
def speech() -> Speech:
    samples = from_int16(to_int16(sine(1)))
    return Speech(Audio(samples, 24_000), (Word(0, 5, 10, 2000),))


@pytest.fixture
def cache() -> ClipCache:
    return ClipCache(Path("cache"))


def only_file() -> Path:
    (path,) = (path for path in Path("cache/clips").rglob("*") if path.is_file())
    return path


def test_a_clip_comes_back_as_it_was(cache: ClipCache, speech: Speech) -> None:
    """Every sample, the rate, and the words with their times."""
    cache.store(KEY, speech)

    back = cache.load(KEY)

    assert back is not None
    assert np.array_equal(back.audio.samples, speech.audio.samples)
    assert (back.audio.rate_hz, back.words) == (24_000, speech.words)


def test_a_clip_that_was_never_made(cache: ClipCache) -> None:
    """None, and no warning."""
    assert cache.load(KEY) is None


@pytest.mark.parametrize(
    "other",
    [
        ("hello.", "tone", "1", "middle", 1.0),
        ("hello", "gtts", "1", "middle", 1.0),
        ("hello", "tone", "2", "middle", 1.0),
        ("hello", "tone", "1", "low", 1.0),
        ("hello", "tone", "1", "middle", 1.1),
    ],
)
def test_everything_that_is_heard_is_in_the_key(other: tuple[str, str, str, str, float]) -> None:
    """Text, engine, version, voice, speed."""
    assert clip_key(*other) != KEY
    assert clip_key(*other, [Sound(0, 5, "həlˈoʊ", "lexicon")]) != clip_key(*other)


@given(st.text(), st.text(), st.text(), st.text())
def test_keys_do_not_mix_their_parts(text: str, engine: str, other_text: str, other_engine: str) -> None:
    """No two different requests share a clip, also those whose parts would join to the same."""
    keys = clip_key(text, engine, "1", "v", 1), clip_key(other_text, other_engine, "1", "v", 1)

    assert (keys[0] == keys[1]) == ((text, engine) == (other_text, other_engine))


@pytest.mark.parametrize("damage", ["cut", "empty", "bit", "head", "foreign"])
def test_damage_is_noticed_and_said(
    cache: ClipCache, speech: Speech, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    """A damaged clip is as good as none, and the next one takes its place."""
    cache.store(KEY, speech)
    path, data = only_file(), only_file().read_bytes()
    harmed = {
        "cut": data[: len(data) // 2],
        "empty": b"",
        "bit": data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
        "head": b"narrate clip 0" + data[14:],
        "foreign": b"RIFF....WAVE",
    }
    path.write_bytes(harmed[damage])

    with caplog.at_level(logging.WARNING):
        assert cache.load(KEY) is None

    assert path.name in caplog.text
    cache.store(KEY, speech)
    assert cache.load(KEY) is not None


def test_a_folder_that_cannot_be_written_is_an_error(speech: Speech) -> None:
    """With the way round it."""
    Path("cache").write_text("a file where the folder should be")

    with pytest.raises(OutputError, match="cannot be written") as caught:
        ClipCache(Path("cache")).store(KEY, speech)

    assert "--no-cache" in caught.value.hint
