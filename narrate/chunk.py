"""Fourth stage: a script becomes chunks that fit the engine, each with the pause that follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from narrate import sentences
from narrate.article import Chunk, Script, Sound, Utterance
from narrate.config import Pauses
from narrate.errors import SynthesisFailed

Span = tuple[int, int]
Fits = Callable[[str], bool]

# Coarse to fine; a piece that still does not fit is cut by the next one.
CUTS: tuple[tuple[str, Callable[[str], Iterator[int]]], ...] = (
    ("sentence", sentences.sentence_ends),
    ("clause", sentences.clause_ends),
    ("word", sentences.word_ends),
)


def chunk(script: Script, fits: Fits, pauses: Pauses) -> tuple[Chunk, ...]:
    """Cut each utterance into as few pieces as the engine allows, at the best places.

    A whole utterance is one chunk if it fits; else runs of sentences, else of clauses, else of words,
    and a word that is too long by itself is cut in two until it fits. A chunk never spans two
    utterances, so a heading stays on its own.

    Args:
        script: What is to be said.
        fits: Tells whether the engine takes a text in one call.
        pauses: Silence by what a chunk ends.

    Raises:
        SynthesisFailed: The engine takes not even a single character.
    """
    chunks: list[Chunk] = []
    for number, utterance in enumerate(script.utterances):
        for piece in _pieces(number, utterance, fits, pauses):
            chunks.append(replace(piece, index=len(chunks)))
    return tuple(chunks)


def _pieces(number: int, utterance: Utterance, fits: Fits, pauses: Pauses) -> Iterator[Chunk]:
    for start, end, ending in _cut(utterance.text, (0, len(utterance.text)), fits, 0):
        pause_ms = getattr(pauses, f"{ending or utterance.kind}_ms")
        chapter = utterance.written if start == 0 and utterance.kind in ("title", "heading") else None
        sounds = tuple(_moved(sound, start) for sound in utterance.sounds if start <= sound.start_char < end)
        yield Chunk(0, utterance.text[start:end], number, start, end, pause_ms, chapter, sounds)


def _moved(sound: Sound, start: int) -> Sound:
    return replace(sound, start_char=sound.start_char - start, end_char=sound.end_char - start)


def _cut(text: str, span: Span, fits: Fits, level: int) -> Iterator[tuple[int, int, str]]:
    """Yield stripped spans that fit, each with the kind of break that follows it ("" after the last)."""
    start, end = _strip(text, span)
    if fits(text[start:end]):
        yield start, end, ""
        return
    if level == len(CUTS):
        yield from _halves(text, (start, end), fits)
        return
    kind, ends = CUTS[level]
    runs = list(_runs(text, (start, end), [start + at for at in ends(text[start:end])], fits))
    for run in runs:
        *inner, (last_start, last_end, _) = _cut(text, run, fits, level + 1)
        yield from inner
        yield last_start, last_end, "" if run is runs[-1] else kind


def _runs(text: str, span: Span, ends: list[int], fits: Fits) -> Iterator[Span]:
    """Join neighbouring parts for as long as the engine takes them together."""
    start, last = span[0], span[0]
    for end in [*ends, span[1]]:
        if not text[last:end].strip():
            continue
        if last > start and not fits(text[start:end].strip()):
            yield start, last
            start = last
        last = end
    yield start, span[1]


def _halves(text: str, span: Span, fits: Fits) -> Iterator[tuple[int, int, str]]:
    start, end = span
    if fits(text[start:end]):
        yield start, end, "word"
    elif end - start == 1:
        raise SynthesisFailed(f"the engine does not take {text[start:end]!r}", "try another engine with --engine")
    else:
        middle = (start + end) // 2
        yield from _halves(text, (start, middle), fits)
        yield from _halves(text, (middle, end), fits)


def _strip(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
