"""Twice the text is at most two and a half times the work, for each rule that cleans or says it, whatever the text.

A rule that is added to a list of rules is tested by that. What is measured, and why no second is compared with a limit,
stands in tests/support/costs.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest

from narrate.core.article import Article, Block, BlockKind, Metadata
from narrate.text.clean import RULES, clean
from narrate.text.clean.line_features import lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.rules import Page, page_of
from narrate.text.lexicon import shipped_lexicon
from narrate.text.spoken.claims import Rule, fold
from narrate.text.spoken.english.british import BRITISH_RULES
from narrate.text.spoken.english.rules import ENGLISH_RULES
from narrate.text.spoken.heteronyms import heteronym_sounds
from narrate.text.spoken.letters import letter_sounds
from narrate.text.spoken.lexicon_entries import entry_rule, entry_sounds, prepared
from narrate.text.spoken.other_languages import rules_for
from tests.fuzz.shapes import Shape, quick_shapes, shapes
from tests.support.costs import DOUBLING_MAX, TimeGrowth, time_growth

# How work grows is measured on the clock and takes minutes; CI does it.
pytestmark = pytest.mark.slow

LANGUAGES = ("de", "es", "fr", "it", "pt", "nl", "tlh")

# Their rules are those of German and French with other words; num2words, which says Dutch figures, is slow.
LONG_LANGUAGES = ("es", "it", "pt", "nl")

# Of each shape; what is done with so many in less time is no danger, whatever its growth.
QUICK_CHARS = 2**11
LONG_CHARS = 2**15
HARMLESS_S = 0.012


def _name(rule: Rule) -> str:
    return getattr(rule, "__name__", type(rule).__name__)


def _spoken_rules() -> Iterator[tuple[str, Rule]]:
    words = prepared(shipped_lexicon().entries_for("en"))
    yield "en", entry_rule(words)
    yield from (("en", rule) for rule in ENGLISH_RULES)
    english = {_name(rule) for rule in ENGLISH_RULES}
    yield from (("en-GB", rule) for rule in BRITISH_RULES if _name(rule) not in english)
    seen = set()
    for language in LANGUAGES:
        for rule in rules_for(language):
            if rule not in seen:
                seen.add(rule)
                yield language, rule
    yield "en", lambda text: entry_sounds(text, words)  # type: ignore[arg-type,return-value]
    yield "en", letter_sounds  # type: ignore[arg-type]
    yield "en", heteronym_sounds  # type: ignore[arg-type]


SPOKEN = [
    pytest.param(rule, id=f"{language}-{_name(rule)}", marks=[pytest.mark.long] if language in LONG_LANGUAGES else [])
    for language, rule in _spoken_rules()
]


@cache
def _folded(shape: Shape, chars: int) -> str:
    """Return a shape as rules see it; all of them are tried with the same texts."""
    return fold(shape.text(chars))


def _exhausted(rule: Rule) -> Callable[[str], object]:
    return lambda text: [None for _ in rule(text)]


def _steepest(rule: Rule, tried: Iterable[Shape], chars: int) -> list[tuple[str, TimeGrowth]]:
    """The shapes of which twice as much takes more than it may."""
    work = _exhausted(rule)
    work(next(iter(shapes())).text(100))
    found = []
    for shape in tried:
        text = _folded(shape, chars)
        began_s = time.thread_time()
        work(text)
        if time.thread_time() - began_s < HARMLESS_S:
            continue
        growth = time_growth(lambda size, of=shape: fold(of.text(size)), work, chars, at_least_s=HARMLESS_S / 2)  # type: ignore[misc]
        if growth.ratio > DOUBLING_MAX:
            found.append((str(shape), growth))
    return found


@pytest.mark.parametrize("rule", SPOKEN)
def test_spoken_rule(rule: Rule) -> None:
    """A rule of the spoken form looks at each place of a text a bounded number of times."""
    assert not _steepest(rule, quick_shapes(), QUICK_CHARS)


@pytest.mark.long
@pytest.mark.parametrize("rule", SPOKEN)
def test_spoken_rule_with_every_shape(rule: Rule) -> None:
    """Each spoken rule takes time in step with its text, with more shapes, other edges and longer texts."""
    assert not _steepest(rule, shapes(), LONG_CHARS)


def _article(texts: list[str]) -> Article:
    kinds: tuple[BlockKind, ...] = ("title", "paragraph", "heading", "list_item", "paragraph", "quote")
    return Article(Metadata(), tuple(Block(kinds[n % 6 or (n > 0)], text) for n, text in enumerate(texts)))


def _long_blocks(chars: int) -> Article:
    """Few blocks that grow: every shape is one."""
    return _article([" ".join(shape.text(chars).split()) or "-" for shape in shapes()])


# Lines that phrases, regions and the rules for neighbours wait for.
LINES = (
    "About Acme", "Acme is a company that makes lamps for every house in town.", "Comments", "12 comments", "Share",
    "By Anna Berg", "Anna Berg is the author of six books about the sea and its lights.", "Read more", "A", "Home",
    "Related stories", "Advertisement", "The keeper of the light wrote that the night was calm and dry.", "Home",
    "Home", "-", "UP NEXT", "Subscribe to our newsletter", "2 months ago 5", "© 2024 Acme", "Photo: Acme",
    "Tags: a, b, c", "Host the Lakers on Friday.",
)  # fmt: skip


def _many_blocks(lines: int) -> Article:
    """Many short lines, each kind many times over and then all in turn."""
    apart = [line for line in LINES for _ in range(lines // 2 // len(LINES))]
    return _article([*apart, *(LINES[number % len(LINES)] for number in range(lines // 2))])


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("make", "size"), [(_long_blocks, 20), (_many_blocks, 200)])
def test_clean(language: str, make: Callable[[int], Article], size: int) -> None:
    """Cleaning an article of longer blocks, or of more of them, takes as much longer."""
    growth = time_growth(make, lambda article: clean(article, language), size, at_least_s=0.03, size_max=size)

    assert growth.ratio <= DOUBLING_MAX, growth


def _page(article: Article) -> Page:
    return page_of(lines_of(article.blocks, phrases_for("en")), "en")


@pytest.mark.parametrize("name", [name for name, _ in RULES])
def test_cleaning_rule(name: str) -> None:
    """A cleaning rule looks at each line a bounded number of times."""
    rule = dict(RULES)[name]
    pages = cache(lambda lines: _page(_many_blocks(lines)))
    growth = time_growth(pages, lambda page: list(rule(page)), 1_500, at_least_s=0.02, size_max=1_500)

    assert growth.ratio <= DOUBLING_MAX, growth


def test_shapes_find_a_square() -> None:
    """The measure is none that everything passes: a search that starts anew at each place is found."""

    growth = time_growth(Shape("", "a").text, re.compile("a*b").search, 500, at_least_s=0.002)

    assert growth.ratio > DOUBLING_MAX
