"""Transcripts for tests: of given texts, with times as long as the words, and random ones."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import strategies as st

from narrate.core.article import BlockKind
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.text.sentences import sentence_ends

RATE_HZ = 24_000

# Words that are something else in a caption's format, or to a line breaker.
_AWKWARD = (
    "<b>", "</v>", "&amp;", "&", "-->", "00:00:01,000", "1984", "NOTE", "WEBVTT", "{\\an8}", "—", "«", "»", "|", "’",
    "“So”", "don’t", "U.S.", "$43.6", "https://example.com/a/very/long/address", "naïve", "мир", "سلام", "שלום", "😀",
)  # fmt: skip
SPACED_WORDS = st.one_of(st.text(alphabet="abcdeABC,.;'", min_size=1, max_size=9), st.sampled_from(_AWKWARD))
SPACELESS_WORDS = st.text(alphabet="雨が降る。風、「」カーabกาเ", min_size=1, max_size=80)


def spoken(
    *blocks: tuple[BlockKind, str] | tuple[BlockKind, str, str], language: str = "en", word_ms: int = 300
) -> Transcript:
    """Blocks of (kind, text) or (kind, text, speaker); each word lasts as long, half a second follows a sentence."""
    made: list[TimedBlock] = []
    at = 0
    for kind, text, *speaker in blocks:
        start, sentences = at, []
        for first, last in pairwise([0, *sentence_ends(text), len(text)]):
            words = []
            for match in re.finditer(r"\S+", text[first:last]):
                end = at + word_ms * RATE_HZ // 1000
                words.append(TimedWord(match[0], first + match.start(), first + match.end(), at, end))
                at = end
            sentences.append(TimedSentence(tuple(words)))
            at += RATE_HZ // 2
        made.append(TimedBlock(kind, 0, text, "".join(speaker), start, at - RATE_HZ // 2, tuple(sentences)))
    return Transcript(RATE_HZ, at, language, tuple(made))


@st.composite
def transcripts(
    draw: st.DrawFn, words: st.SearchStrategy[str] = SPACED_WORDS | SPACELESS_WORDS, min_word_samples: int = 0
) -> Transcript:
    """Any transcript: words of no length, neighbours with one span, several speakers, an end that comes too soon."""
    rate_hz = draw(st.sampled_from((24_000, 44_100, 48_000)))
    at = draw(st.integers(0, rate_hz))
    blocks = []
    for _ in range(draw(st.integers(0, 5))):
        block, at = _block(draw, words, at, rate_hz, min_word_samples)
        blocks.append(block)
    duration_samples = max(0, at + draw(st.integers(0 if min_word_samples else -rate_hz, rate_hz)))
    language = draw(st.sampled_from(("en", "en-GB", "de", "fr", "ja", "ru")))
    return Transcript(rate_hz, duration_samples, language, tuple(blocks))


def _block(
    draw: st.DrawFn, words: st.SearchStrategy[str], at: int, rate_hz: int, min_word_samples: int
) -> tuple[TimedBlock, int]:
    lengths = st.one_of(st.just(min_word_samples), st.integers(min_word_samples, rate_hz))
    kind: BlockKind = draw(st.sampled_from(("title", "heading", "paragraph", "list_item", "quote", "code")))
    text, start, sentences = "", at, []
    for _ in range(draw(st.integers(1, 4))):
        timed: list[TimedWord] = []
        for word in draw(st.lists(words, min_size=1, max_size=15)):
            text += (
                draw(st.sampled_from((" ", " ", " ", "\u00a0", "\n    " if kind == "code" else " "))) if text else ""
            )
            same = not min_word_samples and timed and draw(st.integers(0, 5)) == 0
            span = (timed[-1].start_sample, timed[-1].end_sample) if same else (at, at + draw(lengths))
            timed.append(TimedWord(word, len(text), len(text) + len(word), *span, estimated=draw(st.booleans())))
            text, at = text + word, span[1]
        sentences.append(TimedSentence(tuple(timed)))
        at += draw(st.sampled_from((0, rate_hz // 5, rate_hz)))
    level = draw(st.integers(1, 6)) if kind == "heading" else 0
    speaker = draw(st.sampled_from(("", "Anna", "Anna Maria Berg", "Bo & Co <news>")))
    return TimedBlock(kind, level, text, speaker, start, at, tuple(sentences)), at
