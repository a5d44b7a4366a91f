"""Twice the text is at most two and a half times the work, for each stage between the readers and the voice and back.

Rules by themselves are in test_costs_of_rules.py; what is measured stands in tests/support/costs.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from narrate.check.listen.compare import compare
from narrate.check.listen.heard import HeardWord
from narrate.check.listen.regions import _likeness
from narrate.core.article import Article, Block, BlockKind, Chunk, Cleaned, Drop, Metadata, Script
from narrate.core.clean_text import many_lines, one_line
from narrate.core.language.detection import detect_language
from narrate.core.settings.loading import BlockPolicies, Pauses
from narrate.core.system.terminal_text import printable
from narrate.episode import naming, transcript, word_timing
from narrate.episode.accounting import require_all_chunked, require_all_said
from narrate.episode.cover.typeset import prepared
from narrate.episode.page.markup import text_html
from narrate.episode.page.passages import Shown, Timeline, passages_html
from narrate.library.identity import likeness
from narrate.speech import speech_checks
from narrate.speech.chunking import chunk
from narrate.speech.engines import word_symbols
from narrate.text import block_policy, sentences
from narrate.text.doubtful_words import doubtful_words
from narrate.text.intro_outro import default_template, frame
from narrate.text.lexicon import shipped_lexicon
from narrate.text.spoken import SpokenForm, spoken_form, to_script
from tests.fuzz.shapes import Shape, quick_shapes, shapes
from tests.support.costs import DOUBLING_MAX, TimeGrowth, step_growth, time_growth
from tests.support.transcripts import spoken

# How work grows is measured on the clock and takes minutes; CI does it.
pytestmark = pytest.mark.slow

QUICK_CHARS = 2**11
LONG_CHARS = 2**14
HARMLESS_S = 0.06

Work = Callable[[Any], object]


def _flat(text: str) -> str:
    return " ".join(text.split()) or "-"


def _said(text: str) -> Script:
    meta = Metadata(title="Light", language="en")
    return to_script(Cleaned(Article(meta, (Block("paragraph", _flat(text)), Block("paragraph", "Light."))), ()), "en")


def _cut_by(fits: Callable[[str], bool], **options: Any) -> Work:
    def work(script: Script) -> tuple[Chunk, ...]:
        chunks = chunk(script, fits, Pauses(), **options)
        require_all_chunked(script, chunks)
        return chunks

    return work


def _placed(script: Script) -> object:
    return [
        word_timing.said_for(one, [match.span() for match in word_timing._TOKEN.finditer(one.written)])
        for one in script.utterances
    ]


def _framed(text: str) -> object:
    meta = Metadata(title=text, author=text, site=text, published=date(2024, 1, 1))
    script = Script(meta, _said("a").utterances, ())
    intro, outro = default_template("intro", "en"), default_template("outro", "en")
    return frame(script, intro=intro, outro=outro, language="en", title=text, say=lambda said: SpokenForm(said, ()))


def _cut(text: str) -> object:
    ends = (sentences.sentence_ends, sentences.clause_ends, sentences.word_ends, sentences.parts)
    return [list(end(text)) for end in ends]


def _ruled(text: str) -> object:
    kinds: tuple[BlockKind, ...] = ("paragraph", "code", "image", "caption", "footnote", "code")
    rows = tuple((text, text) for _ in range(3))
    blocks = (*(Block(kind, _flat(text)) for kind in kinds), Block("table", _flat(text), rows=rows))
    cleaned = block_policy.apply_policies(Cleaned(Article(Metadata(), blocks), ()), BlockPolicies(), 60, "en")
    unsaid = tuple(Drop(block, "no-words") for block in cleaned.article.blocks)
    require_all_said(cleaned, Script(Metadata(), (), cleaned.drops + unsaid))
    return cleaned


def _shown(timed: Any) -> object:
    return passages_html([Shown(one.kind, 0, one.text, (), one) for one in timed.blocks], Timeline(timed.rate_hz))


def _named(text: str) -> object:
    return naming.slug(text), naming.first_words(text), one_line(text, 200), many_lines(text), printable(text)


def _timed(text: str) -> Any:
    return spoken(("paragraph", _flat(text)))


def _captioned(timed: Any) -> object:
    return transcript.to_vtt(timed), transcript.to_srt(timed), transcript.to_json(timed, title="Light")


def _heard(timed: Any) -> object:
    """Another text is heard: nothing can be pinned, and all differs."""
    heard = [
        HeardWord("".join(reversed(word.text)) or "a", 0, 1) for one in timed.blocks[0].sentences for word in one.words
    ]
    return compare(timed, heard)


def _as_it_is(text: str) -> str:
    return text


# What is done with a text, and what it is made into before the measuring begins.
STAGES: dict[str, tuple[Callable[[str], Any], Work]] = {
    "spoken form": (_as_it_is, spoken_form),
    "spoken form, German": (_as_it_is, lambda text: spoken_form(text, "de")),
    "language": (_as_it_is, detect_language),
    "sentences": (_as_it_is, _cut),
    "policies": (_as_it_is, _ruled),
    "frame": (_as_it_is, _framed),
    "names": (_as_it_is, _named),
    "cover": (_as_it_is, lambda text: prepared(text, "en", ())),
    "likeness": (_as_it_is, lambda text: likeness(text, text[1:])),
    "HTML": (_as_it_is, text_html),
    "chunks": (_said, _cut_by(lambda text: len(text) <= 300)),
    "chunks of one engine": (_said, _cut_by(lambda text: True)),
    "chunks by sentence": (_said, _cut_by(lambda text: len(text) <= 300, by_sentence=True)),
    "doubtful words": (_said, lambda script: doubtful_words(script, shipped_lexicon())),
    "timing": (_said, _placed),
    "transcripts": (_timed, _captioned),
    "passages": (_timed, _shown),
    "comparison": (_timed, _heard),
}


# So much work for each word that a hundred shapes take minutes; steps are counted in the quick run.
SLOW = ("comparison", "transcripts")


def _steepest(name: str, tried: Iterable[Shape], chars: int) -> list[tuple[str, TimeGrowth]]:
    made, work = STAGES[name]
    work(made("Light."))
    found = []
    for shape in tried:
        given = made(shape.text(chars))
        began_s = time.thread_time()
        work(given)
        if time.thread_time() - began_s < HARMLESS_S:
            continue
        growth = time_growth(lambda size, of=shape: made(of.text(size)), work, chars, at_least_s=HARMLESS_S / 2)  # type: ignore[misc]
        if growth.ratio > DOUBLING_MAX:
            found.append((str(shape), growth))
    return found


@pytest.mark.parametrize("name", [name for name in STAGES if name not in SLOW])
def test_stage(name: str) -> None:
    """A stage takes no more than twice and a half the time for twice the text, whatever it is."""
    assert not _steepest(name, list(quick_shapes())[::4], QUICK_CHARS)


@pytest.mark.long
@pytest.mark.parametrize("name", STAGES)
def test_stage_with_every_shape(name: str) -> None:
    """More shapes, between other edges, and longer ones cost no more than twice as much for twice the text."""
    assert not _steepest(name, shapes(), LONG_CHARS)


PROSE = Shape("", "The U.S. keeper's light, of 1999, is $5 million—or so he said. “Read it,” Dr. Berg wrote! ")


@pytest.mark.parametrize("name", STAGES)
def test_steps(name: str) -> None:
    """Counted in steps of Python, which are the same each time, twice the prose is about twice the work."""
    made, work = STAGES[name]

    assert step_growth(lambda chars: made(PROSE.text(chars)), work, 1_200) <= DOUBLING_MAX


# What took the square of its length before, each with the size at which that was plain.
@pytest.mark.parametrize(
    ("unit", "name"), [("-5 ", "timing"), ("a", "doubtful words"), ("a", "frame"), ("Nguyen read it. ", "chunks")]
)
def test_what_was_a_square(unit: str, name: str) -> None:
    """Words of many edits, a word of a megabyte and a block of many known sounds take as long as their length says."""
    assert not _steepest(name, [Shape("", unit, ".")], LONG_CHARS)


def test_other_words_than_those_that_were_said() -> None:
    """Letters without end that are alike nowhere in order are compared in pieces."""
    growth = time_growth(lambda chars: (("ab" * chars), ("cad" * chars)), lambda both: _likeness(*both), 400)

    assert growth.ratio <= DOUBLING_MAX


@pytest.mark.parametrize("pattern", [speech_checks._WORD, word_symbols._WORD, transcript._LINE_BREAK])
@pytest.mark.parametrize("unit", [".", " ", "…-", "a.", " \n"])
def test_pattern(pattern: re.Pattern[str], unit: str) -> None:
    """What looks for a word or the end of a line in a row of other signs does not begin anew at each of them."""
    growth = time_growth(Shape("", unit, " b").text, lambda text: pattern.sub("", text), 2**13, at_least_s=0.02)

    assert growth.ratio <= DOUBLING_MAX
