"""Respeaking: faulty speech is made again in smaller pieces, and these are joined where the text has a break.

Engines stumble over whole chunks: a voice fades, loses the last words or says them twice. Most often the same words
come out right when they are cut elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from narrate.audio.codec import from_int16, to_int16
from narrate.core.article import Break, Sound
from narrate.core.episode import Audio, Check, Speech, Word
from narrate.core.errors import SynthesisFailed
from narrate.speech.speech_checks import edges_of_sound, failed
from narrate.text.sentences import clause_ends, sentence_ends, word_ends

# A half, then a half of that: a chunk is spoken seven times at most.
LEVELS = 2

# Coarse to fine; the first that can cut a text does.
CUTS = (sentence_ends, clause_ends, word_ends)

# Quiet beginnings and ends of consonants, and a fade that leaves no click.
KEEP_MS = 40
FADE_MS = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to say, with its pronunciations and breaks; places are in `text`."""

    text: str
    sounds: tuple[Sound, ...] = ()
    breaks: tuple[Break, ...] = ()

    def cut(self, at: int) -> tuple[Piece, int]:
        """Return the piece after a place, and where that begins."""
        start = at + len(self.text[at:]) - len(self.text[at:].lstrip())
        sounds = (
            replace(sound, start_char=sound.start_char - start, end_char=sound.end_char - start)
            for sound in self.sounds
            if sound.start_char >= start
        )
        breaks = (replace(one, at_char=one.at_char - start) for one in self.breaks if one.at_char > start)
        return Piece(self.text[start:], tuple(sounds), tuple(breaks)), start

    def up_to(self, at: int) -> Piece:
        """Return the piece before a place."""
        return Piece(
            self.text[:at].rstrip(),
            tuple(sound for sound in self.sounds if sound.end_char <= at),
            tuple(one for one in self.breaks if one.at_char < at),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """Speech, what came of each rule it was held against, and the sentences it is wrong about."""

    speech: Speech
    checks: tuple[Check, ...] = ()
    text: str = ""

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that it fails."""
        return failed(self.checks)


Speak = Callable[[Piece], Speech]
Examine = Callable[[Speech, Piece], tuple[Check, ...]]


def speak_well(piece: Piece, speak: Speak, examine: Examine, levels: int = LEVELS) -> Attempt:
    """Speak a text; where that goes wrong, in two parts, each of which may be cut again.

    Args:
        piece: The text.
        speak: Speaks one piece in one call.
        examine: Applies the rules to what comes back.
        levels: How often it may be cut.

    Returns:
        The first attempt without faults, or of all the one with the fewest.

    Raises:
        EngineError: The whole text could not be spoken, or the engine is gone.
    """
    whole = _attempt(speak(piece), piece, examine)
    at = middle_break(piece.text) if whole.faults and levels else None
    if at is None:
        return whole
    try:
        parts = _in_parts(piece, at, speak, examine, levels)
    except SynthesisFailed:
        return whole  # a part that cannot be spoken is no better than a whole that sounds wrong
    best = min(whole, parts, key=lambda attempt: len(attempt.faults))
    # Half a sentence is hard to find for whoever looks for it.
    return replace(best, text=parts.text if best.faults and at in sentence_ends(piece.text) else best.text)


def _attempt(speech: Speech, piece: Piece, examine: Examine) -> Attempt:
    checks = examine(speech, piece)
    return Attempt(speech, checks, piece.text if failed(checks) else "")


def _in_parts(piece: Piece, at: int, speak: Speak, examine: Examine, levels: int) -> Attempt:
    later, start = piece.cut(at)
    attempts = [speak_well(part, speak, examine, levels - 1) for part in (piece.up_to(at), later)]
    bad = [attempt for attempt in attempts if attempt.faults]
    if any(_is_unusable(attempt) for attempt in bad):
        raise SynthesisFailed("a part has no sound")
    pause_ms = next((one.at_least_ms for one in piece.breaks if one.at_char == at), 0)
    joined = joined_speech(attempts[0].speech, attempts[1].speech, start, pause_ms)
    if bad:
        return Attempt(joined, tuple(fault for attempt in bad for fault in attempt.faults), bad[0].text)
    return _attempt(joined, piece, examine)


def _is_unusable(attempt: Attempt) -> bool:
    return any(fault.name in ("form", "length", "finite", "silence") for fault in attempt.faults)


def middle_break(text: str) -> int | None:
    """The end of a sentence that is nearest to the middle, else of a clause, else of a word; None in a single word."""
    for ends in CUTS:
        places = [at for at in ends(text) if _is_said(text[:at]) and _is_said(text[at:])]
        if places:
            return min(places, key=lambda at: abs(2 * at - len(text)))
    return None


def _is_said(text: str) -> bool:
    return any(char.isalnum() for char in text)


def joined_speech(first: Speech, second: Speech, start_char: int, pause_ms: int) -> Speech:
    """One after the other, with a pause of at least that length; words keep their sound.

    Args:
        first: Some sound.
        second: More of it, at the same rate.
        start_char: Where the text of the second begins in the text of both.
        pause_ms: Silence between the two.

    Raises:
        SynthesisFailed: The rates differ.
    """
    rate_hz = first.audio.rate_hz
    if second.audio.rate_hz != rate_hz:
        raise SynthesisFailed(f"two parts of a text have {rate_hz} and {second.audio.rate_hz} samples a second")
    # The outer edges stay as they are; the pause is what the two inner ones keep, and what that lacks.
    _, end = _kept(first)
    begin, _ = _kept(second)
    pause = max(pause_ms - 2 * KEEP_MS, 0) * rate_hz // 1000
    # As the cache will keep it; see speech/synthesis.py.
    parts = np.concatenate(
        [
            _faded(first.audio.samples[:end], rate_hz),
            np.zeros(pause, dtype=np.float32),
            _faded(second.audio.samples[begin:][::-1], rate_hz)[::-1],
        ]
    )
    samples = from_int16(to_int16(parts))
    words = (*_moved(first.words, 0, 0, end), *_moved(second.words, start_char, end + pause - begin, len(samples)))
    return Speech(Audio(samples, rate_hz), words, first.estimated or second.estimated)


def _kept(speech: Speech) -> tuple[int, int]:
    """The first and last sample (exclusive) of the sound and its quiet edges."""
    keep = KEEP_MS * speech.audio.rate_hz // 1000
    start, end = edges_of_sound(speech.audio)
    return max(start - keep, 0), min(end + keep, len(speech.audio.samples))


def _faded(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """Fade the end."""
    length = min(FADE_MS * rate_hz // 1000, len(samples))
    faded = samples.copy()
    faded[len(samples) - length :] *= np.linspace(1, 0, length, dtype=np.float32)
    return faded


def _moved(words: Sequence[Word], chars: int, samples: int, last_sample: int) -> tuple[Word, ...]:
    def moved(word: Word) -> Word:
        start, end = (min(max(at + samples, 0), last_sample) for at in (word.start_sample, word.end_sample))
        return Word(word.start_char + chars, word.end_char + chars, start, end)

    return tuple(map(moved, words))
