"""Fourth stage: a script becomes chunks that fit the engine, each with the pause that follows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from narrate.core.article import BlockKind, Break, Chunk, Script, Sound, Utterance
from narrate.core.errors import SynthesisFailed
from narrate.core.settings.loading import Pauses
from narrate.speech.marked_stretches import Stretch, leading_pause_ms, stretches_of
from narrate.text import sentences

Span = tuple[int, int]
Fits = Callable[[str], bool]

# Coarse to fine; a piece that still does not fit is cut by the next one.
CUTS: tuple[tuple[str, Callable[[str], Iterator[int]]], ...] = (
    ("sentence", sentences.sentence_ends),
    ("clause", sentences.clause_ends),
    ("word", sentences.word_ends),
)


def chunk(
    script: Script,
    fits: Fits,
    pauses: Pauses,
    *,
    by_sentence: bool = False,
    voices: Mapping[BlockKind, str] = MappingProxyType({}),
) -> tuple[Chunk, ...]:
    """Cut each utterance into as few pieces as the engine allows, at the best places.

    A whole utterance is one chunk if it fits; else runs of sentences, else of clauses, else of words,
    and a word that is too long by itself is cut in two until it fits. A chunk never spans two
    utterances, so a heading stays on its own, nor a pause or a change of the voice that the author marked.

    Args:
        script: What is to be said.
        fits: Tells whether the engine takes a text in one call.
        pauses: Silence by what a chunk ends.
        by_sentence: Make each sentence a chunk, for engines that do not say when a word is heard: where a
            sentence begins and ends is known then.
        voices: Names of other voices than the episode's own, by the kind of block they speak.

    Raises:
        SynthesisFailed: The engine takes not even a single character.
    """
    chunks: list[Chunk] = []
    following = [*script.utterances[1:], None][: len(script.utterances)]
    for number, (utterance, after) in enumerate(zip(script.utterances, following, strict=True)):
        end = _end_of(utterance, after, pauses)
        for piece in _pieces(utterance, fits, pauses, end, by_sentence=by_sentence):
            chunks.append(
                Chunk(
                    index=len(chunks),
                    text=utterance.text[piece.start_char : piece.end_char],
                    utterance=number,
                    start_char=piece.start_char,
                    end_char=piece.end_char,
                    pause_after_ms=piece.pause.duration_ms,
                    chapter=_chapter(utterance, after, script.meta.title) if piece.start_char == 0 else None,
                    sounds=_sounds(utterance.sounds, piece.start_char, piece.end_char),
                    breaks=tuple(_breaks(utterance.text[piece.start_char : piece.end_char], pauses)),
                    voice=piece.voice or voices.get(utterance.kind, ""),
                    speaker=utterance.speaker,
                    is_pause_exact=piece.pause.is_exact,
                )
            )
    return tuple(chunks)


class _Pause(NamedTuple):
    """A silence; an exact one is the author's."""

    duration_ms: int
    is_exact: bool = False


class _Piece(NamedTuple):
    """A span of an utterance that becomes a chunk."""

    start_char: int
    end_char: int
    pause: _Pause
    voice: str


def _pieces(utterance: Utterance, fits: Fits, pauses: Pauses, end: _Pause, *, by_sentence: bool) -> Iterator[_Piece]:
    stretches = stretches_of(utterance)
    for stretch in stretches:
        last = end if stretch is stretches[-1] else _between(utterance.text, stretch, pauses)
        span = stretch.start_char, stretch.end_char
        for start, stop, ending in _cut(utterance.text, span, fits, 0, each=by_sentence):
            pause = _Pause(getattr(pauses, f"{ending}_ms")) if ending else last
            yield _Piece(start, stop, pause, stretch.voice)


def _between(text: str, stretch: Stretch, pauses: Pauses) -> _Pause:
    """The silence between two stretches: the author's, or that of the break that the voice changes at."""
    if stretch.pause_ms is not None:
        return _Pause(stretch.pause_ms, is_exact=True)
    at = len(text[: stretch.end_char].rstrip())
    is_at = {kind: any(end == at for end in ends(text)) for kind, ends in CUTS[:2]}
    return _Pause(getattr(pauses, f"{next((kind for kind in is_at if is_at[kind]), 'word')}_ms"))


def _end_of(utterance: Utterance, after: Utterance | None, pauses: Pauses) -> _Pause:
    """The silence after a block; a longer one is the author's."""
    own = _pause_ms(utterance, after, pauses)
    wanted = (stretches_of(utterance)[-1].pause_ms or 0) + leading_pause_ms(after)
    return _Pause(wanted, is_exact=True) if wanted > own else _Pause(own)


def _pause_ms(utterance: Utterance, after: Utterance | None, pauses: Pauses) -> int:
    """The silence after a block: its own, or the one that the block after it asks for, whichever is longer."""
    name = f"heading_{min(max(utterance.level, 1), 3)}" if utterance.kind == "heading" else utterance.kind
    own: int = getattr(pauses, f"{name}_ms")
    return max(own, pauses.before_heading_ms) if after and after.kind in ("heading", "outro") else own


def _chapter(utterance: Utterance, after: Utterance | None, title: str | None) -> str | None:
    if utterance.kind == "intro":  # it says the title, and what stands in it besides is no chapter's name
        is_said_again = after is not None and (after.kind == "title" or after.written == title)
        return None if is_said_again else title
    return utterance.written if utterance.kind in ("title", "heading") else None


def _breaks(text: str, pauses: Pauses) -> Iterator[Break]:
    ends = dict.fromkeys(sentences.clause_ends(text), pauses.clause_ms)
    ends |= dict.fromkeys(sentences.sentence_ends(text), pauses.sentence_ms)
    last = len(text.rstrip())
    return (Break(at, at_least_ms) for at, at_least_ms in sorted(ends.items()) if at < last)


def _sounds(sounds: Sequence[Sound], start: int, end: int) -> tuple[Sound, ...]:
    """Return the sounds of a piece; they are in order, so that a long utterance is not read through for each piece."""
    first = bisect_left(sounds, start, key=lambda sound: sound.start_char)
    last = bisect_left(sounds, end, lo=first, key=lambda sound: sound.start_char)
    return tuple(_moved(sound, start) for sound in sounds[first:last])


def _moved(sound: Sound, start: int) -> Sound:
    return replace(sound, start_char=sound.start_char - start, end_char=sound.end_char - start)


def _cut(text: str, span: Span, fits: Fits, level: int, *, each: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield stripped spans that fit, each with the kind of break that follows it ("" after the last).

    With `each`, what is cut at this level is cut everywhere, and not only where it must be.
    """
    start, end = _strip(text, span)
    if not each and fits(text[start:end]):
        yield start, end, ""
        return
    if level == len(CUTS):
        yield from _halves(text, (start, end), fits)
        return
    kind, ends = CUTS[level]
    together: Fits = (lambda run: False) if each else fits
    runs = list(_runs(text, (start, end), [start + at for at in ends(text[start:end])], together))
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
