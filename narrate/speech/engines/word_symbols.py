"""Which phonemes of a chunk belong to which word of its text: marks are the same in both, and part the work."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from narrate.core.article import Sound
from narrate.speech.engines.alignment import Span, align
from narrate.speech.engines.phonemes import stretches

# From the beginning of what stands between spaces: a row of signs without a word is looked through once.
_WORD = re.compile(r"(?<!\S)[^\w\s]*+\w\S*")


class WordSymbols(NamedTuple):
    """A word of the text (characters) and its phonemes (symbols), ends exclusive."""

    start_char: int
    end_char: int
    start_symbol: int
    end_symbol: int


Alone = Callable[[int, int], str]


def word_symbols(
    text: str, symbols: str, sounds: Sequence[Sound], read: Callable[[str, tuple[Sound, ...]], str]
) -> tuple[WordSymbols, ...]:
    """Find the phonemes of each word.

    Args:
        text: The chunk.
        symbols: Its phonemes, with the marks of the text.
        sounds: Words of the text whose phonemes are given.
        read: Phonemes of a word alone.

    Returns:
        Every word in order; what cannot be heard, such as a lone dash, is none. Spans of symbols never overlap.
    """

    def alone(start: int, end: int) -> str:
        inside = [sound for sound in sounds if start <= sound.start_char and sound.end_char <= end]
        moved = (Sound(one.start_char - start, one.end_char - start, one.ipa, one.rule) for one in inside)
        return read(text[start:end], tuple(moved))

    said, heard = stretches(text), stretches(symbols)
    if [mark for mark, *_ in heard if mark] != [mark for mark, *_ in said if mark]:
        return _aligned(text, symbols, (0, len(text)), (0, len(symbols)), alone)
    pairs = zip(_between(said, len(text)), _between(heard, len(symbols)), strict=True)
    return tuple(word for chars, spans in pairs for word in _aligned(text, symbols, chars, spans, alone))


def _between(stretched: Sequence[tuple[str, int, int]], length: int) -> list[Span]:
    """Return the spans between marks, empty ones included, so that two texts with the same marks have as many."""
    edges = [(start, end) for mark, start, end in stretched if mark]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), length]
    return list(zip(starts, ends, strict=True))


def _aligned(text: str, symbols: str, chars: Span, span: Span, alone: Alone) -> tuple[WordSymbols, ...]:
    # Of the piece alone: a word that stands right behind a mark begins there.
    found = _WORD.finditer(text[slice(*chars)])
    words = [(chars[0] + match.start(), chars[0] + match.end()) for match in found]
    if not words:
        return ()
    spans = align([alone(*word) for word in words], symbols[span[0] : span[1]])
    return tuple(
        WordSymbols(*word, span[0] + start, span[0] + end) for word, (start, end) in zip(words, spans, strict=True)
    )
