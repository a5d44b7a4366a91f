"""Listening to an episode: all of it once, and again wherever what was heard is not what was to be said.

A recogniser passes over a sentence now and then where its half minutes meet, and hears thanks for watching in a
silence. Asked again, with other edges around the same sound, it seldom makes the same mistake; words that are not in
the sound are heard neither time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from narrate.check.listen.compare import Report, compare
from narrate.check.listen.heard import HeardWord, OnHeard, hear, hear_again
from narrate.core.episode import Transcript
from narrate.text.lexicon import Lexicon

# So much of the sound on either side of a doubt is heard again, too: first more, then, if the doubt is left, less.
AROUND_MS = (10_000, 5_000)

# Of what is heard again, words so near to the doubt are taken; those at the edges are cut.
TAKEN_MS = 3_500

# An episode with more doubts than these is not its script, and need not be heard twice.
MOST_AGAIN = 40

Span = tuple[int, int]


def listen(
    path: Path, transcript: Transcript, *, lexicon: Lexicon | None = None, on_progress: OnHeard | None = None
) -> Report:
    """Hear an episode and compare it with its script.

    Args:
        path: The sound.
        transcript: Its script, with times.
        lexicon: How names and terms were said; the shipped one where left out.
        on_progress: See narrate.check.listen.heard.hear.

    Raises:
        ConfigError, EngineNotInstalled, SourceError: See narrate.check.listen.heard.hear.
    """
    heard = hear(path, language=transcript.language, on_progress=on_progress)
    report = compare(transcript, heard, lexicon)
    for around_ms in AROUND_MS:
        doubts = report.doubts
        if not 0 < len(doubts) <= MOST_AGAIN:
            break
        spans = [(max(0, start_ms - around_ms), end_ms + around_ms) for start_ms, end_ms in doubts]
        for doubt, again in zip(doubts, hear_again(path, spans, language=transcript.language), strict=False):
            other = spliced(heard, again, doubt)
            second = compare(transcript, other, lexicon)
            if second.word_errors < report.word_errors:
                heard, report = other, second
    return report


def spliced(heard: Sequence[HeardWord], again: Sequence[HeardWord], doubt: Span) -> tuple[HeardWord, ...]:
    """Put what was heard the second time around a doubt into what was heard first.

    The two are joined in the widest pauses, within TAKEN_MS of the doubt, of what was heard first.
    """
    start_ms = _pause(heard, doubt[0] - TAKEN_MS, doubt[0])
    end_ms = _pause(heard, doubt[1], doubt[1] + TAKEN_MS)
    before = [word for word in heard if _middle(word) < start_ms]
    after = [word for word in heard if _middle(word) >= end_ms]
    return (*before, *(word for word in again if start_ms <= _middle(word) < end_ms), *after)


def _pause(heard: Sequence[HeardWord], start_ms: int, end_ms: int) -> int:
    """The middle of the widest pause between two places; the outer of them where there is none."""
    near = [word for word in heard if start_ms <= _middle(word) <= end_ms]
    pauses = [
        (after.start_ms - before.end_ms, (before.end_ms + after.start_ms) // 2) for before, after in pairwise(near)
    ]
    return max(pauses)[1] if pauses else end_ms


def _middle(word: HeardWord) -> int:
    return (word.start_ms + word.end_ms) // 2
