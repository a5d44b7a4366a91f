"""Fourth stage: a script becomes chunks that fit the engine, each with the pause that follows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from narrate.core.article import BlockKind, Break, Chunk, Script, Sound, Utterance
from narrate.core.errors import SynthesisFailed
from narrate.core.settings.loading import Pauses
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
    speakers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Chunk, ...]:
    """Cut each utterance into as few pieces as the engine allows, at the best places.

    A whole utterance is one chunk if it fits; else runs of sentences, else of clauses, else of words,
    and a word that is too long by itself is cut in two until it fits. A chunk never spans two
    utterances, so a heading stays on its own.

    Args:
        script: What is to be said.
        fits: Tells whether the engine takes a text in one call.
        pauses: Silence by what a chunk ends.
        by_sentence: Make each sentence a chunk, for engines that do not say when a word is heard: where a
            sentence begins and ends is known then.
        voices: Names of other voices than the episode's own, by the kind of block they speak.
        speakers: The same by the name of the speaker, which counts for more than the kind.

    Raises:
        SynthesisFailed: The engine takes not even a single character.
    """
    chunks: list[Chunk] = []
    following = [*script.utterances[1:], None][: len(script.utterances)]
    for number, (utterance, after) in enumerate(zip(script.utterances, following, strict=True)):
        pause_ms = _pause_ms(utterance, after, pauses)
        spans = _cut(utterance.text, (0, len(utterance.text)), fits, 0, each=by_sentence)
        for start, end, ending in spans:
            piece = utterance.text[start:end]
            chunks.append(
                Chunk(
                    index=len(chunks),
                    text=piece,
                    utterance=number,
                    start_char=start,
                    end_char=end,
                    pause_after_ms=getattr(pauses, f"{ending}_ms") if ending else pause_ms,
                    chapter=_chapter(utterance, after, script.meta.title) if start == 0 else None,
                    sounds=_sounds(utterance.sounds, start, end),
                    breaks=tuple(_breaks(piece, pauses)),
                    voice=speakers.get(utterance.speaker, voices.get(utterance.kind, "")),
                    speaker=utterance.speaker,
                )
            )
    return tuple(chunks)


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
