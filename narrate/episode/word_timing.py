"""Times of written words: the times of spoken words, taken back through the edits to the author's words.

"$43.6 million" is on the page while "forty three point six million dollars" is in the ear: "$43.6" takes the
time of "forty three point six", and "million" that of "million dollars".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from narrate.core.article import Edit, Script, Utterance
from narrate.core.episode import Narration, Placed, TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.episode.word_mapping import shared_out
from narrate.text.sentences import sentence_ends

# Words stand between white space, and on either side of a dash that joins two clauses: "PAC—including".
_TOKEN = re.compile(r"\S+?—(?=\w)|\S+")

Span = tuple[int, int]


def transcribe(
    script: Script, narration: Narration, *, language: str, speakers: Mapping[str, str] | None = None
) -> Transcript:
    """Time every written word of what was spoken.

    Args:
        script: What was said.
        narration: Where its chunks and their words lie on the timeline.
        language: BCP 47 tag of the text.
        speakers: What to call each voice, by its name in `Chunk.voice`; left out where there is one voice only.

    Returns:
        Every utterance as a block, every word of it with a time; words are parted by white space and dashes.
    """
    by_utterance = groupby(narration.placed, key=lambda placed: placed.chunk.utterance)
    timed = (_block(script.utterances[number], tuple(placed), speakers or {}) for number, placed in by_utterance)
    return Transcript(narration.rate_hz, narration.duration_samples, language, tuple(timed))


def _block(utterance: Utterance, placed: Sequence[Placed], speakers: Mapping[str, str]) -> TimedBlock:
    sentences = tuple(_sentences(utterance.written, _words(utterance, placed)))
    return TimedBlock(
        utterance.kind,
        utterance.level,
        utterance.written,
        utterance.speaker or speakers.get(placed[0].chunk.voice, ""),
        sentences[0].start_sample,
        sentences[-1].end_sample,
        sentences,
    )


def _sentences(written: str, words: Sequence[TimedWord]) -> Iterator[TimedSentence]:
    first = 0
    for end_char in [*sentence_ends(written), len(written)]:
        last = first
        while last < len(words) and words[last].start_char < end_char:
            last += 1
        if last > first:
            yield TimedSentence(tuple(words[first:last]))
        first = last


def _words(utterance: Utterance, placed: Sequence[Placed]) -> list[TimedWord]:
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(utterance.written)]
    times = _char_times(placed, len(utterance.text))
    estimated = any(item.estimated for item in placed)
    last = placed[0].words[0].start_sample if placed[0].words else placed[0].start_sample
    timed = []
    for token, said in zip(tokens, said_for(utterance, tokens), strict=True):
        heard = [time for start, end in said for time in times[start:end] if time]
        start_sample = max(last, heard[0][0]) if heard else last
        last_sample = max(start_sample, heard[-1][1]) if heard else last
        timed.append(TimedWord(utterance.written[slice(*token)], *token, start_sample, last_sample, estimated))
        last = last_sample
    return timed


def _char_times(placed: Iterable[Placed], length: int) -> list[Span | None]:
    """Return when each character of the spoken text is heard; None for white space and marks that stand alone."""
    times: list[Span | None] = [None] * length
    for item in placed:
        for word in item.words:
            chars, samples = word.end_char - word.start_char, word.end_sample - word.start_sample
            for number in range(chars):
                start, end = (word.start_sample + samples * part // chars for part in (number, number + 1))
                times[item.chunk.start_char + word.start_char + number] = (start, end)
    return times


def said_for(utterance: Utterance, tokens: Sequence[Span]) -> list[list[Span]]:
    """The spans of the spoken text that say each word of the written text; none for what is not said.

    Args:
        utterance: Its edits lead from one text to the other.
        tokens: Spans of written words, in order, not overlapping.
    """
    said: list[list[Span]] = [[] for _ in tokens]
    for written, spoken, edit in _pieces(utterance):
        # Words are in order and do not overlap: those that a piece touches are neighbours.
        first = bisect_right(tokens, written[0], key=lambda token: token[1])
        touched = range(first, bisect_left(tokens, written[1], lo=first, key=lambda token: token[0]))
        if edit is None:
            for number in touched:
                start, end = max(tokens[number][0], written[0]), min(tokens[number][1], written[1])
                said[number].append((spoken[0] + start - written[0], spoken[0] + end - written[0]))
        elif touched:
            inside = [utterance.written[max(tokens[n][0], written[0]) : min(tokens[n][1], written[1])] for n in touched]
            for number, (start, end) in zip(touched, shared_out(edit.after, inside), strict=True):
                said[number].append((spoken[0] + start, spoken[0] + end))
    return said


def _pieces(utterance: Utterance) -> Iterator[tuple[Span, Span, Edit | None]]:
    """The text as stretches that stay and edits: the span in the written text, that in the spoken one, the edit."""
    at, spoken = 0, 0
    for edit in utterance.edits:
        kept = edit.start_char - at
        yield (at, edit.start_char), (spoken, spoken + kept), None
        spoken += kept
        yield (edit.start_char, edit.end_char), (spoken, spoken + len(edit.after)), edit
        at, spoken = edit.end_char, spoken + len(edit.after)
    yield (at, len(utterance.written)), (spoken, len(utterance.text)), None
