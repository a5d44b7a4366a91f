"""Is this sound the text, spoken? Cheap rules for every clip of every engine, each with a limit that was measured.

They find what goes wrong with engines: words left out, silence, halves, repeats, noise, cut edges. What none of them
can tell is one word said in place of another; for that an episode has to be listened to (narrate/listen). Limits are
in speech_bands.toml, with how they were measured; docs/decisions/0017-speech-checks.md has which fault is found by
which rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from narrate.core.episode import Audio, Check, Speech, Word
from narrate.core.errors import SynthesisFailed
from narrate.speech.speech_bands import Limits, limits_of

FRAME_MS = 10

# What is so far below the loudest 10 ms of a clip is no voice; for Kokoro it is the -48 dBFS of speech/word_edges.py.
QUIET_DB = 32.0

# -60 dBFS: below it there is no speech, only the noise of a quiet recording.
SILENT_PEAK = 0.001

# A full-scale sample or two is a loud consonant; one in two hundred is a broken waveform.
CLIPPED_SHARE = 0.005

# Seconds follow the vowels: in 162 clips the pace strays by 14 % when a consonant counts as 0.4 of a vowel, and by 16 %
# when it counts as much. "strengths" has one vowel and seven consonants.
VOWELS = frozenset("aeiouyæɐɑɒɔəɚɛɜɪɨʊʌᵻøœɘɵɤɯAIWYOQ")
CONSONANT_VOWELS = 0.4

# Where a word's sound is looked for beside its place; so far from every word there is none. Kokoro's words lie at most
# 60 ms from their sound, but beside a pause.
WORD_OFF_MS = 20
WORD_FAR_OFF_MS = 150

# From the beginning of what stands between spaces: a row of signs without a word is looked through once.
_WORD = re.compile(r"(?<!\S)[^\w\s]*+\w\S*")
_MARKS = frozenset('.,;:!?…—–-()“”"«»।。、！？，；：')

# A sign that is a syllable or more takes as long as so many letters.
_DIGIT_LETTERS = 4
_SYLLABLE_LETTERS = 3
_SYMBOL_LETTERS = 6
_SYLLABLES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


@dataclass(frozen=True)
class _Clip:
    """A clip under examination, and what several rules need to know of it; worked out once, when it is asked for."""

    speech: Speech
    text: str
    voice: str
    speed: float
    sounds: float | None
    limits: Limits

    @property
    def samples(self) -> NDArray[np.float32]:
        return self.speech.audio.samples

    @cached_property
    def peak(self) -> float:
        return float(np.abs(self.samples).max())

    @cached_property
    def frame_samples(self) -> int:
        return _frame_samples(self.speech.audio)

    @cached_property
    def levels_db(self) -> NDArray[np.float64]:
        return _levels_db(self.samples, self.frame_samples)

    @cached_property
    def is_sound(self) -> NDArray[np.bool_]:
        return _is_sound(self.levels_db)

    @cached_property
    def level_dbfs(self) -> float:
        return float(10 * np.log10(np.mean(10 ** (self.levels_db[self.is_sound] / 10))))

    @cached_property
    def voiced_s(self) -> float:
        return float(self.is_sound.sum()) * self.frame_samples / self.speech.audio.rate_hz

    @cached_property
    def heard(self) -> tuple[int, int]:
        """The frames from the first sound to the last (exclusive)."""
        found = np.flatnonzero(self.is_sound)
        return int(found[0]), int(found[-1]) + 1

    @cached_property
    def units(self) -> tuple[float, float]:
        """The units that there are to say, at least and at most."""
        if self.limits.unit == "vowel" and self.sounds is not None:
            return self.sounds, self.sounds
        return _letters(self.text)

    def frames_of(self, words: Sequence[Word], beside_ms: int) -> NDArray[np.int64]:
        """First frame and end of each word, and somewhat on both sides."""
        beside = beside_ms // FRAME_MS
        edges = np.array([[word.start_sample, word.end_sample] for word in words], dtype=np.int64)
        starts, ends = edges[:, 0] // self.frame_samples, -(-edges[:, 1] // self.frame_samples)
        last = len(self.levels_db)
        starts = np.clip(starts - beside, 0, last - 1)
        return np.stack([starts, np.clip(ends + beside, starts + 1, last)], axis=1)


def _frame_samples(audio: Audio) -> int:
    return max(1, audio.rate_hz * FRAME_MS // 1000)


def _levels_db(samples: NDArray[np.float32], frame_samples: int) -> NDArray[np.float64]:
    """Level of each 10 ms; of the last, what there is of it."""
    padded = np.pad(samples, (0, -len(samples) % frame_samples)).reshape(-1, frame_samples)
    power = np.einsum("ij,ij->i", padded, padded, dtype=np.float64) / frame_samples
    return np.asarray(10 * np.log10(power + 1e-12))


def _is_sound(levels_db: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(levels_db > levels_db.max() - QUIET_DB)


def edges_of_sound(audio: Audio) -> tuple[int, int]:
    """The sample where something is heard first, and the one (exclusive) where it is heard last; not of silence."""
    size = _frame_samples(audio)
    found = np.flatnonzero(_is_sound(_levels_db(audio.samples, size)))
    return int(found[0]) * size, min((int(found[-1]) + 1) * size, len(audio.samples))


def _letters(text: str) -> tuple[int, int]:
    """Letters to say: each sign counted once, and with what takes longer than a letter, or may be said as a word."""
    least = most = 0
    for char in text:
        kind = unicodedata.category(char)
        if kind[0] in "LN":
            is_syllable = char > "\u1100" and unicodedata.name(char, "").startswith(_SYLLABLES)
            least += 1
            most += _DIGIT_LETTERS if kind[0] == "N" else _SYLLABLE_LETTERS if is_syllable else 1
        elif char not in _MARKS and not char.isspace():
            most += _SYMBOL_LETTERS
    return least, most


def speech_sounds(phonemes: str) -> float:
    """Return how much there is to say in phonemes of the IPA, counted in vowels; marks count nothing."""
    letters = [char for char in phonemes if unicodedata.category(char) in ("Ll", "Lu", "Lo")]
    vowels = sum(char in VOWELS for char in letters)
    return vowels + CONSONANT_VOWELS * (len(letters) - vowels)


Rule = Callable[[_Clip], Check]


def _most(name: str, value: float, limit: float, message: str) -> Check:
    return Check(name, value <= limit, value, f"<= {limit:g}", message if value > limit else "")


def _least(name: str, value: float, limit: float, message: str) -> Check:
    return Check(name, value >= limit, value, f">= {limit:g}", message if value < limit else "")


def _within(name: str, value: float, limits: tuple[float, float], low: str, high: str) -> Check:
    least, most = limits
    message = low if value < least else high if value > most else ""
    return Check(name, not message, value, f"{least:.3g} to {most:.3g}", message)


def form(clip: _Clip) -> Check:
    """float32 mono."""
    samples = clip.samples
    is_right = samples.ndim == 1 and samples.dtype == np.float32
    message = f"{samples.dtype} audio of shape {samples.shape} instead of float32 mono"
    return Check("form", is_right, samples.ndim, "float32 mono", "" if is_right else message)


def length(clip: _Clip) -> Check:
    """There is something."""
    return _least("length", len(clip.samples), 1, "no audio")


def finite(clip: _Clip) -> Check:
    """No NaN and no infinity."""
    bad = clip.samples.size - int(np.isfinite(clip.samples).sum())
    return _most("finite", bad, 0, "audio with numbers that are not finite")


def silence(clip: _Clip) -> Check:
    """Something can be heard, unless there is nothing to say."""
    is_word = any(char.isalnum() for char in clip.text)
    return _least("silence", clip.peak, SILENT_PEAK if is_word else 0.0, "silence")


def clipping(clip: _Clip) -> Check:
    """The waveform is not cut off at full scale."""
    share = float((np.abs(clip.samples) >= 0.9999).mean())
    return _most("clipping", share, CLIPPED_SHARE, "clipped audio")


def level(clip: _Clip) -> Check:
    """The voice is about as loud as that voice is."""
    shown = f"a voice of {clip.level_dbfs:.0f} dBFS"
    limits = clip.limits.level_of(clip.voice)
    return _within("level", clip.level_dbfs, limits, f"{shown}, too quiet,", f"{shown}, too loud,")


def pace(clip: _Clip) -> Check:
    """There is as much voice as the text needs: pauses do not count, nor does the speed that was asked for."""
    own_s = clip.voiced_s * clip.speed
    least, most = (units + clip.limits.drawn_out for units in clip.units)
    low_s, high_s = clip.limits.pace_of(clip.voice)
    shown = f"{clip.voiced_s:.2f} s of voice"
    # Too fast for the fewest units, or too slow for the most: what may be said and what may not is no fault.
    value = max(min(own_s / least, high_s), own_s / most)
    return _within("pace", value, (low_s, high_s), f"only {shown}", f"as much as {shown}")


def pauses(clip: _Clip) -> Check:
    """Silence inside is where a mark is, or short."""
    worst_ms, limit_ms = 0.0, clip.limits.gap_ms
    for start, end in _runs(~clip.is_sound, *clip.heard):
        limit = (clip.limits.pause_ms if _is_marked(clip, (start + end) // 2) else clip.limits.gap_ms) / clip.speed
        length_ms = (end - start) * FRAME_MS
        if length_ms - limit > worst_ms - limit_ms or not worst_ms:
            worst_ms, limit_ms = length_ms, limit
    return _most("pauses", worst_ms, limit_ms, f"{worst_ms / 1000:.1f} s of silence where none is written")


def _runs(wanted: NDArray[np.bool_], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of frames (end exclusive) that are wanted, from `first` to before `end`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted[first:end], [False]]).astype(np.int8)))
    return ((int(start) + first, int(stop) + first) for start, stop in edges.reshape(-1, 2))


def _is_marked(clip: _Clip, frame: int) -> bool:
    """Tell whether the text has a mark about where that frame is; anywhere inside, where no word's place is known."""
    words = clip.speech.words
    if not words:
        return bool(_MARKS & set(clip.text.strip()[1:-1]))
    at = frame * clip.frame_samples
    before = sum((word.start_sample + word.end_sample) // 2 < at for word in words)
    # An engine may count a pause with the word before or after it, so one word more on each side is looked at.
    start = words[max(before - 2, 0)].end_char - 1
    end = words[min(before + 1, len(words) - 1)].start_char + 1
    return bool(_MARKS & set(clip.text[start:end]))


def start_edge(clip: _Clip) -> Check:
    """The sound does not begin in the middle of one."""
    value = float(clip.levels_db[0]) - clip.level_dbfs
    return _most("start", value, clip.limits.edge_db, "a beginning that is cut off")


def end_edge(clip: _Clip) -> Check:
    """The sound does not end in the middle of a word."""
    size = clip.frame_samples
    value = 10 * np.log10(float(np.mean(np.square(clip.samples[-size:], dtype=np.float64))) + 1e-12) - clip.level_dbfs
    return _most("end", float(value), clip.limits.edge_db, "an end that is cut off")


def brightness(clip: _Clip) -> Check:
    """A voice is no hiss: the mean frequency, from how much the samples differ from one to the next."""
    ratio = _energy(np.diff(clip.samples)) / max(_energy(clip.samples), 1e-12)
    value = clip.speech.audio.rate_hz / (2 * np.pi) * ratio**0.5
    return _most("brightness", value, clip.limits.brightness_hz, "noise")


def _energy(samples: np.ndarray) -> float:
    """The sum of squares; not by np.dot, whose BLAS wakes a thread a core: they spin, a sixth of a cached run."""
    return float(np.einsum("i,i->", samples, samples, dtype=np.float64))


def liveliness(clip: _Clip) -> Check:
    """Speech goes up and down; hum and noise do not."""
    quiet, loud = np.percentile(clip.levels_db[slice(*clip.heard)], [10, 90])
    return _least("liveliness", float(loud - quiet), clip.limits.liveliness_db, "one steady sound")


def words(clip: _Clip) -> Check:
    """Every word of the text has its place, where the engine knows places at all."""
    covered = {at for word in clip.speech.words for at in range(word.start_char, word.end_char)}
    missing = [found[0] for found in _WORD.finditer(clip.text) if covered.isdisjoint(range(*found.span()))]
    missing = missing if clip.speech.words else []
    return _most("words", len(missing), 0, f"no sound for the words {' '.join(missing[:5])!r}")


def unheard(clip: _Clip) -> Check:
    """There is sound in the place of each word, the last one included.

    A word that the engine cannot tell from its neighbour has no length and is not looked for.
    """
    placed = [one for one in clip.speech.words if one.end_sample - one.start_sample >= clip.frame_samples]
    if not placed:
        return _least("unheard", 0.0, clip.limits.unheard_db, "")
    spans = clip.frames_of(placed, WORD_OFF_MS)
    loudest = [float(clip.levels_db[start:end].max()) for start, end in spans.tolist()]
    number = int(np.argmin(loudest))
    word = placed[number]
    message = f"silence in place of {clip.text[word.start_char : word.end_char]!r}"
    return _least("unheard", loudest[number] - clip.level_dbfs, clip.limits.unheard_db, message)


def extra(clip: _Clip) -> Check:
    """There is no sound that belongs to no word, such as a second time round."""
    if not clip.speech.words:
        return _most("extra", 0.0, clip.limits.extra_ms, "")
    owned = np.zeros(len(clip.levels_db) + 1, dtype=np.int64)
    spans = clip.frames_of(clip.speech.words, WORD_FAR_OFF_MS)
    np.add.at(owned, spans[:, 0], 1)
    np.add.at(owned, spans[:, 1], -1)
    alien = clip.is_sound & (np.cumsum(owned)[:-1] == 0)
    longest_ms = max((end - start for start, end in _runs(alien, 0, len(alien))), default=0) * FRAME_MS
    return _most("extra", longest_ms, clip.limits.extra_ms, f"{longest_ms / 1000:.1f} s of sound that no word explains")


# Each of these makes sure that those after it have something to look at; the first that fails is the last.
FIRST_CHECKS: tuple[Rule, ...] = (form, length, finite, silence)

CHECKS: tuple[Rule, ...] = (
    clipping,
    pace,
    words,
    unheard,
    extra,
    pauses,
    level,
    start_edge,
    end_edge,
    brightness,
    liveliness,
)


def examine(
    speech: Speech, text: str, *, engine: str = "", voice: str = "", speed: float = 1.0, sounds: float | None = None
) -> tuple[Check, ...]:
    """Apply every rule to a clip.

    Args:
        speech: What an engine gave back; its words where the engine put them.
        text: What it was to say.
        engine: Name of the engine; one that was not measured has wide limits.
        voice: Name of the voice.
        speed: The speed that was asked for.
        sounds: `speech_sounds` of the text, where the engine gives phonemes; letters are counted otherwise.

    Returns:
        What came of each rule that could be applied, passed or not.
    """
    clip = _Clip(speech, text, voice, speed, sounds, limits_of(engine))
    made: list[Check] = []
    for rule in FIRST_CHECKS:
        made.append(rule(clip))
        if not made[-1].passed:
            return tuple(made)
    if clip.peak >= SILENT_PEAK:
        made += [rule(clip) for rule in CHECKS]
    return tuple(made)


def is_playable(speech: Speech) -> bool:
    """Tell whether it is sound at all, good or bad: float32 mono, finite, not empty."""
    samples = speech.audio.samples
    return samples.ndim == 1 and samples.dtype == np.float32 and len(samples) > 0 and bool(np.isfinite(samples).all())


def failed(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the checks that were not passed."""
    return tuple(check for check in checks if not check.passed)


def failure(faults: tuple[Check, ...], text: str) -> SynthesisFailed:
    """The error for speech that failed; names what is wrong and the words."""
    shown = text if len(text) <= 160 else text[:157] + "..."
    return SynthesisFailed(f"the engine gave back {faults[0].message} for {shown!r}", "try again, or another --voice")
