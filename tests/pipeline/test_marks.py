"""Marks as they are heard: pauses in the finished MP3, voices and sounds as given, and nothing of them shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support.google import google

from narrate.audio.codec import decode
from narrate.audio.timeline import LEAD_IN_MS, SILENCE_DBFS
from narrate.core.article import Sound
from narrate.core.episode import Audio, Episode, Speech
from narrate.core.errors import MarkError
from narrate.core.settings.model import Settings
from narrate.pipeline.making import make_episode
from narrate.speech.engines.base import Engine
from narrate.speech.engines.gtts import GttsEngine
from narrate.speech.engines.kokoro import KokoroEngine
from narrate.speech.engines.tone import ToneEngine

ARTICLE = """# Marks

He said hello [pause 2s] to the world.

[pause 3s]

Then there was <break time="1200ms"/> a break, and [Kokoro](/kˈOkəɹO/) came.
"""
PAUSES_MS = (2000, 3000, 1200)
TOLERANCE_MS = 20

# A stretch this long is loud or quiet as a whole.
WINDOW_MS = 5
# Voices make none that is so long.
LEAST_MS = 1050


class Spy:
    """An engine with a list of what it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: list[tuple[str, str, tuple[Sound, ...]]] = []
        self.loudest = 0.0

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        self.asked.append((text, voice, tuple(sounds)))
        speech = self._engine.synthesise(text, voice=voice, speed=speed, sounds=sounds)
        self.loudest = max(self.loudest, levels(speech.audio).max())
        return speech


@pytest.fixture(scope="module", params=["tone", "gtts", "kokoro"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "tone":
        yield ToneEngine()
    elif request.param == "gtts":
        with google() as service:
            made = GttsEngine(service.url, sleep=lambda seconds: None)
            yield made
            made.close()
    else:
        real = KokoroEngine(request.getfixturevalue("model_cache"))
        yield real
        real.close()


def speak(tmp_path: Path, engine: Engine, text: str = ARTICLE, **others: object) -> tuple[Episode, Spy]:
    """Speak a text into an MP3 with what an engine was asked for it."""
    source = tmp_path / "marks.md"
    source.write_text(text, encoding="utf-8")
    spy = Spy(engine)
    settings = Settings(
        engine=engine.name, output=tmp_path / "out", cover="none", cache_dir=tmp_path / "cache", jobs=1, **others
    )
    return make_episode(source, settings, engine=spy), spy  # type: ignore[arg-type]


def levels(audio: Audio) -> NDArray[np.float32]:
    """Return how loud each window of a sound is (root mean square)."""
    size = audio.rate_hz * WINDOW_MS // 1000
    windows = audio.samples[: len(audio.samples) // size * size].reshape(-1, size)
    return np.sqrt((windows**2).mean(axis=1))


def silences_ms(path: Path, loudest: float) -> list[float]:
    """Return the long silences of an episode in order, without those at its ends.

    Args:
        path: Of the episode.
        loudest: Window of the voice before mastering, which makes its quiet edges louder as it does the rest.
    """
    found = levels(decode(path))
    quiet = 10 ** (SILENCE_DBFS / 20) * found.max() / loudest
    gaps_ms = (np.diff(np.flatnonzero(found > quiet)) - 1) * WINDOW_MS
    return [float(gap_ms) for gap_ms in gaps_ms if gap_ms > LEAST_MS]


def test_pauses_last_as_long_as_they_say(tmp_path: Path, engine: Engine) -> None:
    """In the decoded MP3, inside a sentence and between two paragraphs."""
    episode, spy = speak(tmp_path, engine)

    assert silences_ms(episode.path, spy.loudest) == pytest.approx(PAUSES_MS, abs=TOLERANCE_MS)


def test_nothing_of_a_mark_is_spoken_or_shown(tmp_path: Path, engine: Engine) -> None:
    """Engines get words and sounds; the files beside the episode have the author's words."""
    episode, spy = speak(tmp_path, engine)

    assert [text for text, _, _ in spy.asked] == [
        "Marks",
        "He said hello",
        "to the world.",
        "Then there was",
        "a break, and Kokoro came.",
    ]
    assert [(sound.ipa, sound.rule) for *_, sounds in spy.asked for sound in sounds] == [("kˈoʊkəɹoʊ", "mark")]
    for path in (tmp_path / "out").iterdir():
        if path.suffix in (".vtt", ".srt", ".json", ".html"):
            found = path.read_text(encoding="utf-8")
            assert "[pause" not in found
            assert "1200ms" not in found
            assert "](/" not in found
    shown = json.loads(episode.path.with_suffix(".json").read_text(encoding="utf-8"))
    assert "Kokoro came." in json.dumps(shown)


def test_a_span_has_the_voice_that_is_named(tmp_path: Path) -> None:
    """Whole words, with the signs that close them; the inner one of two."""
    text = '# T\n\n<voice name="low">\n\nA low one, and <voice name="high">a high</voice>, too.\n\n</voice>\n\nLast.'
    _, spy = speak(tmp_path, ToneEngine(), text)

    assert [(said, voice) for said, voice, _ in spy.asked] == [
        ("T", "middle"),
        ("A low one, and", "low"),
        ("a high,", "high"),
        ("too.", "low"),
        ("Last.", "middle"),
    ]


def test_a_voice_that_is_not_there_is_refused_before_a_word_is_spoken(tmp_path: Path) -> None:
    """With its line and what is like it."""
    with pytest.raises(MarkError, match=r"marks\.md, line 3: tone has no voice 'lowe'") as caught:
        speak(tmp_path, ToneEngine(), '# T\n\nOne <voice name="lowe">is</voice> here.')

    assert "low" in caught.value.hint
    assert not list((tmp_path / "out").glob("*.mp3"))


def test_another_pause_speaks_nothing_again(tmp_path: Path) -> None:
    """The clips are there; the episode is a new one."""
    first, _ = speak(tmp_path, ToneEngine())
    again, spy = speak(tmp_path, ToneEngine(), ARTICLE.replace("2s", "2500ms").replace("3s", "4s"))

    assert spy.asked == []
    assert again.duration_ms - first.duration_ms == pytest.approx(1500, abs=TOLERANCE_MS)


def test_other_words_are_said_and_the_written_ones_shown(tmp_path: Path) -> None:
    """Transcripts have what the author wrote."""
    text = '# T\n\nThe <sub alias="World Wide Web">WWW</sub> of <say-as interpret-as="cardinal">1999</say-as>.'
    episode, spy = speak(tmp_path, ToneEngine(), text)

    assert spy.asked[-1][0] == "The World Wide Web of one thousand nine hundred ninety nine."
    assert "The WWW of 1999." in episode.path.with_suffix(".srt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["[pause 2s] Hello to all.", "[pause 2s]\n\n# T\n\nHello to all."])
def test_a_pause_before_the_first_word_begins_the_episode(tmp_path: Path, text: str) -> None:
    """Whatever the first block is; it takes the place of the usual silence."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    without, _ = speak(tmp_path / "a", ToneEngine(), text.replace("[pause 2s]", "").strip())
    with_pause, _ = speak(tmp_path / "b", ToneEngine(), text)

    longer_ms = with_pause.duration_ms - without.duration_ms
    assert longer_ms == pytest.approx(2000 - LEAD_IN_MS, abs=TOLERANCE_MS)


def test_a_pause_that_is_put_before_the_first_word_makes_the_episode_anew(tmp_path: Path) -> None:
    """Though no word of it is spoken again."""
    first, _ = speak(tmp_path, ToneEngine(), "Hello to all.")
    again, spy = speak(tmp_path, ToneEngine(), "[pause 3s] Hello to all.")

    assert spy.asked == []
    assert again.duration_ms - first.duration_ms > 2000
