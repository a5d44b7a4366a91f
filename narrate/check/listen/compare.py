"""Comparison of words said and heard: how many differ, which stretches are missing, which are too many.

A recogniser mistakes single words for others, and that is no fault of the voice; words for which nothing was heard
are one. So a word that was taken for another counts as an error, and only runs of words without any counterpart are
reported.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from narrate.check.listen.align import Timed, align
from narrate.check.listen.heard import HeardWord
from narrate.check.listen.regions import Region, regions
from narrate.check.listen.runs import Sentences, Span, doubtful, extra_runs, missing_runs, resembles
from narrate.check.listen.words import Token, tokens
from narrate.core.episode import TimedBlock, TimedWord, Transcript
from narrate.core.timecode import to_ms
from narrate.text.lexicon import Lexicon

# What is heard comes without paragraphs; it is put into spoken form in portions of whole sentences.
_PORTION_MIN_WORDS = 60
_PORTION_MAX_WORDS = 400
_STOPS = (".", "?", "!")

# A stretch that is heard twice is looked for among so many times its words on either side.
_NEAR = 2

AddedKind = Literal["doubled", "moved", "added"]
DifferenceKind = Literal["missed", "misheard", "added"]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words of the script that were not heard.

    Attributes:
        block: Index of their block in the transcript.
        words: As the author wrote them.
        start_ms: Where the transcript has the first of them.
        end_ms: Where it has the end of the last.
    """

    block: int
    words: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Added:
    """Words that were heard and are not in the script at that place.

    Attributes:
        block: Index of the block in or after which they were heard.
        words: As the recogniser wrote them.
        start_ms: When the first was heard.
        end_ms: When the last ended.
        kind: "doubled" where the script has them once nearby, "moved" where they were missed elsewhere.
    """

    block: int
    words: str
    start_ms: int
    end_ms: int
    kind: AddedKind = "added"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch in which what was heard is not what was written; slips of the recogniser are among them.

    Attributes:
        block: Index of the block in the transcript.
        start_char: Where its words begin in the text of the block.
        end_char: Where they end; the same where nothing was to be said.
        heard: As the recogniser wrote it; "" where nothing was heard.
        start_ms: Where in the sound it begins, as far as the words around it tell.
        kind: "missed" where it is part of what is reported as such, or nothing was heard; "added" where nothing was
            to be said; "misheard" where words were taken for others.
    """

    block: int
    start_char: int
    end_char: int
    heard: str
    start_ms: int
    kind: DifferenceKind


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison of what was heard with what was written.

    Attributes:
        word_errors: Words missed, added and taken for others.
        words: Words of the script in spoken form; each figure of a number is one.
        missed: In order of the script.
        added: In order of the sound.
        by_block: Word error rate of each block of the transcript.
        doubts: Where in the sound, in milliseconds, what was heard is unlike what was to be said: from the end of the
            last word that is sure to the beginning of the next one.
        differences: All that differs, in order of the script, with its place in the text.
    """

    word_errors: int
    words: int
    missed: tuple[Missed, ...] = ()
    added: tuple[Added, ...] = ()
    by_block: tuple[float, ...] = ()
    doubts: tuple[Span, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def wer(self) -> float:
        """Word error rate; 0 where all was heard as it was written, above 1 where more was heard than that."""
        return _rate(self.word_errors, self.words)


@dataclass(frozen=True, slots=True)
class _Script:
    """The words of a transcript in the form that is compared, and where each comes from."""

    tokens: tuple[Token, ...]
    blocks: tuple[int, ...]
    starts_ms: tuple[int, ...]
    sentences: tuple[int, ...]
    words: tuple[tuple[TimedWord, ...], ...]


def compare(transcript: Transcript, heard: Sequence[HeardWord], lexicon: Lexicon | None = None) -> Report:
    """Compare an episode's script with what was heard in it.

    Args:
        transcript: The script, with times.
        heard: Every word that was heard, in order of time.
        lexicon: How names and terms were said; the shipped one where left out.
    """
    script = _script(transcript, lexicon)
    ear = _ear(heard, transcript.language, lexicon)
    said = [token.text for token in script.tokens]
    listened = [token.text for token in ear]
    times = [heard[token.first].start_ms for token in ear]
    pairs = align(Timed(said, script.starts_ms), Timed(listened, times))
    found = list(regions(said, listened, pairs))
    where = Sentences(script.sentences, script.blocks)
    missing = missing_runs(said, found, where)
    errors = _errors(found, script.blocks)
    totals = Counter(script.blocks)
    return Report(
        sum(errors.values()),
        len(said),
        tuple(_missed(run, script, transcript) for run in missing),
        tuple(_added(found, script, ear, heard, missing)),
        tuple(_rate(errors[number], totals[number]) for number in range(len(transcript.blocks))),
        tuple(_sound(region, ear, heard, transcript) for region in found if doubtful(region, where)),
        tuple(_differences(found, script, ear, heard, transcript, missing)),
    )


def _sound(region: Region, ear: Sequence[Token], heard: Sequence[HeardWord], transcript: Transcript) -> Span:
    """Return where in the sound a region is."""
    start_ms = heard[ear[region.heard - 1].last].end_ms if region.heard else 0
    last_ms = max([to_ms(transcript.duration_samples, transcript.rate_hz), *(word.end_ms for word in heard[-1:])])
    end_ms = heard[ear[region.heard_end].first].start_ms if region.heard_end < len(ear) else last_ms
    return min(start_ms, end_ms), end_ms


def _rate(errors: int, words: int) -> float:
    return errors / words if words else float(errors > 0)


def _script(transcript: Transcript, lexicon: Lexicon | None) -> _Script:
    found: list[tuple[Token, int, int, int]] = []
    own: list[tuple[TimedWord, ...]] = []
    sentences = 0
    for number, block in enumerate(transcript.blocks):
        words = _words(block)
        own.append(words)
        owners = [count for count, sentence in enumerate(block.sentences, sentences) for _ in sentence.words]
        sentences += len(block.sentences)
        spans = [(word.start_char, word.end_char) for word in words]
        for token in tokens(block.text, spans, transcript.language, lexicon):
            start_ms = to_ms(words[token.first].start_sample, transcript.rate_hz)
            found.append((token, number, start_ms, owners[token.first]))
    said, blocks, starts_ms, sentence_of = tuple(zip(*found, strict=True)) or ((), (), (), ())
    return _Script(said, blocks, starts_ms, sentence_of, tuple(own))


def _words(block: TimedBlock) -> tuple[TimedWord, ...]:
    return tuple(word for sentence in block.sentences for word in sentence.words)


def _ear(heard: Sequence[HeardWord], language: str, lexicon: Lexicon | None) -> list[Token]:
    """Return what was heard in the form that is compared; indices are those of the heard words."""
    found: list[Token] = []
    for start, end in _portions(heard):
        texts = [word.text for word in heard[start:end]]
        spans = _spans(texts)
        portion = tokens(" ".join(texts), spans, language, lexicon)
        found += [Token(token.text, start + token.first, start + token.last) for token in portion]
    return found


def _portions(heard: Sequence[HeardWord]) -> Iterator[Span]:
    start = 0
    for end in range(1, len(heard) + 1):
        length = end - start
        full = length >= _PORTION_MIN_WORDS and heard[end - 1].text.endswith(_STOPS)
        if full or length == _PORTION_MAX_WORDS or end == len(heard):
            yield start, end
            start = end


def _spans(texts: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for text in texts:
        spans.append((at, at + len(text)))
        at += len(text) + 1
    return spans


def _errors(found: Sequence[Region], blocks: Sequence[int]) -> Counter[int]:
    """Word errors by block; what was heard and not said counts for the block before it."""
    errors: Counter[int] = Counter()
    for region in found:
        for place in range(region.said, region.said_end):
            errors[blocks[place]] += 1
        if region.extra and blocks:
            errors[blocks[max(0, region.said_end - 1)]] += region.extra
        elif region.extra:
            errors[0] += region.extra
    return errors


def _missed(run: Span, script: _Script, transcript: Transcript) -> Missed:
    number = script.blocks[run[0]]
    block = transcript.blocks[number]
    inside = script.tokens[slice(*run)]
    words = script.words[number][inside[0].first : inside[-1].last + 1]
    return Missed(
        number,
        block.text[words[0].start_char : words[-1].end_char],
        to_ms(words[0].start_sample, transcript.rate_hz),
        to_ms(words[-1].end_sample, transcript.rate_hz),
    )


def _added(
    found: Sequence[Region], script: _Script, ear: Sequence[Token], heard: Sequence[HeardWord], missing: Sequence[Span]
) -> Iterator[Added]:
    said = [token.text for token in script.tokens]
    for run, place in extra_runs(said, [token.text for token in ear], found):
        mine = [token.text for token in ear[slice(*run)]]
        reach = _NEAR * len(mine) + 1
        kind: AddedKind = "added"
        if any(resembles(mine, said[slice(*span)]) for span in missing):
            kind = "moved"
        elif resembles(mine, said[max(0, place - reach) : place + reach]):
            kind = "doubled"
        words = heard[ear[run[0]].first : ear[run[1] - 1].last + 1]
        block = script.blocks[min(max(0, place - 1), len(said) - 1)] if said else 0
        yield Added(block, " ".join(word.text for word in words), words[0].start_ms, words[-1].end_ms, kind)


def _differences(
    found: Sequence[Region],
    script: _Script,
    ear: Sequence[Token],
    heard: Sequence[HeardWord],
    transcript: Transcript,
    missing: Sequence[Span],
) -> Iterator[Difference]:
    gone = {place for run in missing for place in range(*run)}
    for region in found:
        start_ms = _sound(region, ear, heard, transcript)[0]
        for part, listened in _by_block(region, script, gone):
            words = heard[ear[listened[0]].first : ear[listened[1] - 1].last + 1] if listened[1] > listened[0] else ()
            number, start, end = _chars(part, script)
            kind: DifferenceKind = "misheard"
            if part[0] == part[1]:
                kind = "added"
            elif part[0] in gone or not words:
                kind = "missed"
            yield Difference(number, start, end, " ".join(word.text for word in words), start_ms, kind)


def _by_block(region: Region, script: _Script, gone: Collection[int]) -> Iterator[tuple[Span, Span]]:
    """The parts of a region within one block that are reported as missing, or not, with what was heard in each."""
    start, there = region.said, region.heard
    pairs = deque(region.pairs)
    end = there
    for place in range(region.said + 1, region.said_end):
        while pairs and pairs[0][0] < place:
            end = max(end, pairs.popleft()[1] + 1)
        if script.blocks[place] == script.blocks[start] and (place in gone) == (start in gone):
            continue
        yield (start, place), (there, end)
        start, there = place, end
    yield (start, region.said_end), (there, region.heard_end)


def _chars(part: Span, script: _Script) -> tuple[int, int, int]:
    """The block of some words of the script, and where they stand in it; for none, the end of the word before."""
    if part[0] == part[1]:
        if not part[0]:
            return 0, 0, 0
        number = script.blocks[part[0] - 1]
        end = script.words[number][script.tokens[part[0] - 1].last].end_char
        return number, end, end
    number = script.blocks[part[0]]
    words = script.words[number]
    return number, words[script.tokens[part[0]].first].start_char, words[script.tokens[part[1] - 1].last].end_char
