"""Finds the title again where a page's menu stands before it: a choice among the first lines by learnt weights."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from narrate.core.article import Article
from narrate.core.resources import packaged_table
from narrate.text.clean.evidence import LONG_MIN_WORDS, capitals_of, length_bin
from narrate.text.clean.line_features import Line, is_verse

# So many lines are looked at for the title, and no further than so many long paragraphs: notices and teasers.
LEAD_MAX_LINES = 80
LEAD_MAX_PARAGRAPHS = 3
TITLE_MAX_WORDS = 35
# What is read as the title stays it, unless another line is so much better: in logits.
MOVED_MIN_LOGIT = 0.3

# A line that is less likely than the likeliest by so many logits is in doubt.
DOUBT_MAX_LOGIT = 1.5

# Stands for "what was read stays as it is" among the lines that may be the title.
STAY = -1

# A paragraph of so many words is the article's, or looks much like it.
BODY_MIN_WORDS = 15
BODY_MAX_PARAGRAPHS = 40
NEAR_LINES = 5
DATE_MAX_WORDS = 9
CONTENT_MIN_CHARS = 4
SHARED_MAX = 6
SHARE_BINS = (0.01, 0.26, 0.51, 0.76, 0.99)
DISTANCE_BINS = (2, 3, 4, 6, 9, 13, 20, 35)
LEAD_BINS = (1, 2, 4, 8, 20, 40)

# What stands near a title and is named by its rule; the other phrases are all alike.
_NEAR = frozenset({"age-and-counts", "author-bio", "photo-credit", "share-bar", "navigation"})
_TOLD = frozenset({*_NEAR, "date", "long prose"}) - {"navigation"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SEPARATOR = re.compile(r"\s[|·•»›/]\s|[»›]")
_WORD = re.compile(r"[^\W_]+")
_STOPS = (".", "…", ":", "。")


@dataclass(frozen=True, slots=True)
class _Lead:
    """The beginning of a text, and what is known of all of it.

    Attributes:
        lines: Lines of the text.
        end: Index of the first one that is no longer looked at.
        roles: What each line that is looked at is, and some after it (`_role`).
        body: Index of the first paragraph.
        vocabulary: Content words of the paragraphs.
        times: How often a line stands in the text, by its words.
        longest: Words of the longest line that may be the title.
    """

    lines: Sequence[Line]
    end: int
    roles: Sequence[str]
    body: int
    vocabulary: frozenset[str]
    times: Counter[str]
    longest: int


def with_settled_title(article: Article, lines: Sequence[Line], weights: Mapping[str, float] | None = None) -> Article:
    """Move the title to the line that is most likely the headline.

    Text that was copied from a whole page begins with its menu ("News", "Sport", "Opinion"), a breadcrumb or the
    date, and the first of it was read as the title. Where nothing is better, or where no title was read at all, the
    same article comes back.

    Args:
        article: As it was read.
        lines: What its blocks look like.
        weights: Others than those of the package (`settled_index`).
    """
    index = settled_index(lines, _weights() if weights is None else weights)
    if index is None or article.blocks[index].kind == "title":
        return article
    blocks = [replace(block, kind="paragraph") if block.kind == "title" else block for block in article.blocks]
    blocks[index] = replace(blocks[index], kind="title", level=0, rows=())
    return replace(article, meta=replace(article.meta, title=blocks[index].text), blocks=tuple(blocks))


def settled_index(lines: Sequence[Line], weights: Mapping[str, float]) -> int | None:
    """Return which line is the title; None if what was read stays.

    Args:
        lines: All lines of a text.
        weights: For each name of `title_evidence` how much it speaks for a line, in logits.
    """
    if len(lines) < 2 or lines[0].block.kind != "title" or is_verse(lines):
        return None
    logits = _logits(lines, weights)
    as_read = {index for index in logits if index == STAY or lines[index].block.kind == "title"}
    others = logits.keys() - as_read
    if not others:
        return None
    best = max(others, key=lambda index: (logits[index], -index))
    stays = math.log(sum(math.exp(logits[index]) for index in as_read))
    return best if logits[best] - stays >= MOVED_MIN_LOGIT else None


def possible_titles(lines: Sequence[Line], weights: Mapping[str, float] | None = None) -> frozenset[int]:
    """Return the lines of which one may be the title instead of that which was taken: none of them is to be lost.

    Args:
        lines: All lines of a text, its title among them.
        weights: Others than those of the package (`settled_index`).
    """
    if not lines or all(line.block.kind != "title" for line in lines):
        return frozenset()
    logits = _logits(lines, _weights() if weights is None else weights)
    least = max(logits.values()) - DOUBT_MAX_LOGIT
    return frozenset(i for i, logit in logits.items() if i != STAY and logit >= least)


def _logits(lines: Sequence[Line], weights: Mapping[str, float]) -> dict[int, float]:
    return {index: sum(weights.get(name, 0.0) for name in seen) for index, seen in title_evidence(lines).items()}


@cache
def _weights() -> Mapping[str, float]:
    return dict(packaged_table(__package__ or "", "title.json"))


def title_evidence(lines: Sequence[Line]) -> dict[int, list[str]]:
    """Return for each line that may be the title the names of what speaks for or against it.

    The key STAY has what speaks for leaving everything as it was read.

    Args:
        lines: All lines of a text.
    """
    lead = _lead(lines)
    found = {index: list(_evidence(lead, index)) for index in range(lead.end) if _may_be_title(lines[index])}
    return {STAY: list(_as_read(lead)), **found}


def _as_read(lead: _Lead) -> Iterator[str]:
    """Yield what speaks for the title as it was read: pages begin with a run of entries, texts with their title."""
    phrases = sum(line.hit is not None for line in lead.lines[: lead.end])
    yield "read"
    yield from (f"read {name}:{role}" for name, role in zip(("first", "second"), lead.roles, strict=False))
    yield f"read lead:{bisect_right(LEAD_BINS, min(lead.body, lead.end))}"
    yield f"read phrases:{bisect_right(LEAD_BINS, phrases)}"


def _may_be_title(line: Line) -> bool:
    return 1 <= line.words <= TITLE_MAX_WORDS and line.block.kind in {"title", "heading", "paragraph", "list_item"}


def _lead(lines: Sequence[Line]) -> _Lead:
    body = [index for index, line in enumerate(lines) if line.is_own_prose and line.words >= BODY_MIN_WORDS]
    long = [index for index in body if lines[index].words >= LONG_MIN_WORDS]
    end = min([LEAD_MAX_LINES, len(lines), *long[LEAD_MAX_PARAGRAPHS : LEAD_MAX_PARAGRAPHS + 1]])
    words = (_content(lines[index].block.text) for index in body[:BODY_MAX_PARAGRAPHS])
    near = lines[: 2 * LEAD_MAX_LINES]
    times = Counter(_plain(line.block.text) for line in near if line.words <= TITLE_MAX_WORDS)
    candidates = [line.words for line in lines[:end] if _may_be_title(line) and not line.is_sentence and not line.hit]
    roles = [_role(line) for line in lines[: end + NEAR_LINES]]
    vocabulary = frozenset(itertools.chain.from_iterable(words))
    return _Lead(lines, end, roles, body[0] if body else len(lines), vocabulary, times, max(candidates, default=0))


def _role(line: Line) -> str:
    """Return what a line around a title is, in a word or two: a byline, a date, a standfirst, a button."""
    if line.hit is not None:
        is_told = line.hit.strength in {"edge", "tail"} or line.hit.rule in _NEAR
        return line.hit.rule if is_told else "phrase"
    if line.is_prose:
        return "long prose" if line.words >= LONG_MIN_WORDS else "prose"
    if line.is_sentence:
        return "sentence"
    if line.words <= DATE_MAX_WORDS and _YEAR.search(line.block.text):
        return "date"
    return "entry" if line.words <= 3 else "short" if line.words < DATE_MAX_WORDS else "headline"


def _evidence(lead: _Lead, index: int) -> Iterator[str]:
    line = lead.lines[index]
    text = line.block.text
    yield f"length:{length_bin(line.words)} {'ended' if text.endswith(_STOPS) else 'open'}"
    yield f"letters:{capitals_of(text)}"
    yield f"phrase:{line.hit.strength if line.hit else 'none'}"
    yield f"kind:{line.block.kind}"
    checks = {
        "separators": bool(_SEPARATOR.search(text)),
        "mentions": bool(line.mentions),
        "year": bool(_YEAR.search(text)),
        "in line above": index > 0 and _plain(text) in _plain(lead.lines[index - 1].block.text),
        "repeated": lead.times[_plain(text)] > 1,
        "longest": line.words == lead.longest,
    }
    yield from (name for name, is_so in checks.items() if is_so)
    if index == 0:
        yield f"first:{lead.roles[0]} {bisect_right(LEAD_BINS, min(lead.body, lead.end))}"
    yield from _shared(lead, text)
    yield from _around(lead, index)


def _shared(lead: _Lead, text: str) -> Iterator[str]:
    words = _content(text)
    shared = len(words & lead.vocabulary)
    yield f"shared:{min(SHARED_MAX, shared)}"
    yield f"share:{bisect_right(SHARE_BINS, shared / max(1, len(words)))}"


def _around(lead: _Lead, index: int) -> Iterator[str]:
    """Yield what stands above and under a line, and how far it is to the first paragraph."""
    roles = lead.roles
    distance = "passed" if index > lead.body else bisect_right(DISTANCE_BINS, lead.body - index)
    yield f"to body:{distance}"
    places = (("above", index - 1), ("under", index + 1), ("second under", index + 2))
    yield from (f"{name}:{roles[place] if 0 <= place < len(roles) else 'none'}" for name, place in places)
    yield from (f"soon:{role}" for role in sorted(_TOLD.intersection(roles[index + 1 : index + 1 + NEAR_LINES])))
    yield from (f"lately:{role}" for role in sorted(_TOLD.intersection(roles[max(0, index - NEAR_LINES) : index])))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.lower()) if len(word) >= CONTENT_MIN_CHARS)
