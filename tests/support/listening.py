"""Scripts and ears for the tests of listening: a word each 400 ms, paragraphs a second apart."""

from __future__ import annotations

import re

from narrate.check.listen import HeardWord
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.text.sentences import sentence_ends

RATE_HZ = 24_000
WORD_SAMPLES = 9_600


def script_of(*paragraphs: str, language: str = "en") -> Transcript:
    """A transcript of some paragraphs."""
    at = 0
    blocks = []
    for text in paragraphs:
        words = []
        for match in re.finditer(r"\S+", text):
            words.append(TimedWord(match[0], match.start(), match.end(), at, at + WORD_SAMPLES))
            at += WORD_SAMPLES
        ends = [*sentence_ends(text), len(text)]
        starts = [0, *ends[:-1]]
        sentences = tuple(
            TimedSentence(tuple(word for word in words if start <= word.start_char < end))
            for start, end in zip(starts, ends, strict=True)
        )
        blocks.append(TimedBlock("paragraph", 0, text, "", words[0].start_sample, at, sentences))
        at += RATE_HZ
    return Transcript(RATE_HZ, at, language, tuple(blocks))


def heard_as(text: str) -> tuple[HeardWord, ...]:
    """A recogniser's words."""
    return tuple(HeardWord(word, 400 * number, 400 * number + 400) for number, word in enumerate(text.split()))
