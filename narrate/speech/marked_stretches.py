"""Stretches of an utterance between the places where its author's marks cut it: pauses and changes of the voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from narrate.core.article import Mark, Script, Utterance


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an utterance that one voice says without a pause of the author's in it.

    Attributes:
        start_char: Where it begins in the utterance's text.
        end_char: Where it ends (exclusive).
        voice: Name of the voice, "" for the one that speaks the block.
        pause_ms: The pause that the author wants after it; None for the usual one.
    """

    start_char: int
    end_char: int
    voice: str = ""
    pause_ms: int | None = None


def stretches_of(utterance: Utterance) -> list[Stretch]:
    """Return an utterance in stretches, each with words in it; one without marks is one stretch."""
    length = len(utterance.text)
    marks = [mark for mark in utterance.marks if mark.kind in ("pause", "voice")]
    if not marks:
        return [Stretch(0, length)]
    pauses = _pauses(marks, utterance.text)
    voices = [mark for mark in marks if mark.kind == "voice"]
    edges = {0, length, *(at for at in pauses if 0 < at < length)}
    edges |= {at for mark in voices for at in (mark.start_char, mark.end_char)}
    found = [Stretch(start, end, _voice_at(voices, start), pauses.get(end)) for start, end in pairwise(sorted(edges))]
    return list(_with_words(found, utterance.text))


def leading_pause_ms(utterance: Utterance | None) -> int:
    """Return the pause that the author wants before the first word of an utterance."""
    return _pauses(utterance.marks, utterance.text).get(0, 0) if utterance else 0


def opening_pause_ms(script: Script) -> int:
    """Return the pause that the author wants before the first word of all."""
    return leading_pause_ms(next(iter(script.utterances), None))


def _pauses(marks: Iterable[Mark], text: str) -> dict[int, int]:
    """Return the pauses by their places: of several in one place the sum; before all words 0, behind them the end."""
    pauses: dict[int, int] = {}
    for mark in marks:
        if mark.kind == "pause":
            at = mark.start_char
            at = 0 if not _has_words(text[:at]) else at if _has_words(text[at:]) else len(text)
            pauses[at] = pauses.get(at, 0) + int(mark.value)
    return pauses


def _voice_at(voices: Iterable[Mark], at: int) -> str:
    """The innermost voice: an outer one comes first."""
    return next((mark.value for mark in reversed([*voices]) if mark.start_char <= at < mark.end_char), "")


def _with_words(stretches: Iterable[Stretch], text: str) -> Iterator[Stretch]:
    """Join a stretch of signs alone with a neighbour: no engine can say it."""
    waiting: Stretch | None = None
    start: int | None = None
    for one in stretches:
        if not _has_words(text[one.start_char : one.end_char]):
            if waiting:
                pause_ms = one.pause_ms if waiting.pause_ms is None else waiting.pause_ms + (one.pause_ms or 0)
                waiting = Stretch(waiting.start_char, one.end_char, waiting.voice, pause_ms)
            elif start is None:
                start = one.start_char
            continue
        if waiting:
            yield waiting
        waiting = Stretch(one.start_char if start is None else start, one.end_char, one.voice, one.pause_ms)
        start = None
    if waiting:
        yield waiting


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
