"""Labelled texts to learn cleaning from: pages as people copy them and as extractors leave them, with the truth.

A page comes in several views: all of it from top to bottom as a browser shows it, a part of it from somewhere near
the title on, what another extractor leaves, what narrate's own does. Each block of a view is labelled by the page's
truth: 1 for the article's, 0 for what is not, None where the truth does not say (captions, bylines, dates, lines of
the article that the truth may have left out).
"""

from __future__ import annotations

import gzip
import json
import logging
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import trafilatura

from narrate.core.article import Article
from narrate.core.errors import NarrateError
from narrate.core.language.detection import settled_language
from narrate.sources.read import article_from_text
from narrate.sources.read.html import read_page
from narrate.sources.read.html_blocks import pieces
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.shown.unspoken import remove_unspoken

# So much of a long page is looked at, in lines before and after the article.
BEFORE_MAX_LINES = 60
AFTER_MAX_LINES = 80
VIEW_MAX_LINES = 320

SHINGLE_WORDS = 4
# A line with so many of its shingles in the truth is the article's, and one with so few is not.
SAME_MIN_SHARE = 0.8
OTHER_MAX_SHARE = 0.2

BYLINE_MAX_WORDS = 14

_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d)\b")
_DATE_MAX_WORDS = 9
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»“)\]]*$")
_PROSE_MIN_WORDS = 8


@dataclass(frozen=True)
class View:
    """A text with its labels.

    Attributes:
        name: The page's and the view's: "0001/whole".
        site: Whose it is; texts of a site are learnt from, or measured with, together.
        language: Primary tag.
        article: As narrate reads it.
        labels: For each block 1, 0 or None.
    """

    name: str
    site: str
    language: str
    article: Article
    labels: tuple[int | None, ...]

    @property
    def group(self) -> str:
        """What kind of view it is."""
        return self.name.partition("/")[2] or self.name.partition("-")[0]


def words_of(text: str) -> list[str]:
    """Return the words of a text without case, accents of compatibility and marks."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).replace("’", "'").lower())


def bare(text: str) -> str:
    """Return a line so that it equals the same line set otherwise."""
    return " ".join(words_of(text))


class Truth:
    """What the article of a page is, and where a line of the page stands to it."""

    def __init__(self, stated: Mapping[str, str], title: str) -> None:
        """Take the page's line of the truth."""
        lines = [line for line in stated["main_content"].split("\n") if line.strip()]
        self._lines = {bare(line) for line in lines}
        self._running = f" {bare(stated['main_content'])} "
        tokens = self._running.split()
        self._shingles = set(zip(*(tokens[start:] for start in range(SHINGLE_WORDS)), strict=False))
        self.title = bare(title)
        self._author = bare(stated.get("author") or "")
        self._without = {bare(text) for text in stated.get("without") or () if isinstance(text, str)}

    def share(self, tokens: Sequence[str]) -> float:
        """Return how many of a line's shingles the truth has; a short line is in it as a whole or not at all."""
        if len(tokens) < SHINGLE_WORDS + 1:
            return float(f" {' '.join(tokens)} " in self._running)
        found = list(zip(*(tokens[start:] for start in range(SHINGLE_WORDS)), strict=False))
        return sum(shingle in self._shingles for shingle in found) / len(found)

    def label(self, text: str, kind: str) -> int | None:
        """Return a line's label, whatever stands around it."""
        tokens = words_of(text)
        plain = " ".join(tokens)
        if not tokens or kind in {"caption", "image", "code", "table", "footnote"}:
            return None
        if plain == self.title or kind == "title":
            return 1 if plain == self.title else None
        if self._is_byline(tokens, plain) or (_DATE.search(text) and len(tokens) <= _DATE_MAX_WORDS):
            return 1 if plain in self._lines else None
        share = self.share(tokens)
        if share >= SAME_MIN_SHARE:
            return 1 if plain in self._lines or len(tokens) > SHINGLE_WORDS else None
        return 0 if share <= OTHER_MAX_SHARE else None

    def _is_byline(self, tokens: Sequence[str], plain: str) -> bool:
        return bool(self._author) and self._author in plain and len(tokens) <= BYLINE_MAX_WORDS


def labels_of(article: Article, truth: Truth) -> tuple[int | None, ...]:
    """Return the labels of an article's blocks, those that stand alone far from the article taken back."""
    labels = [truth.label(block.text, block.kind) for block in article.blocks]
    texts = [block.text for block in article.blocks]
    long = [i for i, label in enumerate(labels) if label == 1 and len(texts[i].split()) >= _PROSE_MIN_WORDS]
    if not long:
        return tuple(labels)
    seen: set[str] = set()
    for i, label in enumerate(labels):
        is_outside = not long[0] - 8 <= i <= long[-1] + 8
        is_again = bare(texts[i]) in seen and len(texts[i].split()) < _PROSE_MIN_WORDS
        if label == 1 and (is_outside or is_again) and bare(texts[i]) != truth.title:
            labels[i] = None
        if label == 0 and long[0] < i < long[-1] and _is_left_out(texts, labels, i):
            labels[i] = None
        seen.add(bare(texts[i]))
    return tuple(labels)


def _is_left_out(texts: Sequence[str], labels: Sequence[int | None], index: int) -> bool:
    """A paragraph between two of the article's is likely one that the truth has lost."""
    is_prose = len(texts[index].split()) >= _PROSE_MIN_WORDS and _SENTENCE_END.search(texts[index])
    return bool(is_prose) and labels[index - 1] == 1 and labels[index + 1] == 1


def page_views(folder: Path) -> Iterator[View]:
    """Yield the views of all pages of WCXB's development split; see the README beside them."""
    logging.disable(logging.CRITICAL)
    with gzip.open(folder / "truth.jsonl.gz", "rt", encoding="utf8") as file:
        stated = [json.loads(line) for line in file]
    for one in stated:
        if not one["main_content"]:
            continue
        with gzip.open(folder / "html" / f"{one['id']}.html.gz", "rt", encoding="utf8", errors="replace") as file:
            source = file.read()
        site = (urlsplit(one["url"]).hostname or "").removeprefix("www.")
        yield from _views_of(one, source, site)


def _views_of(one: Mapping[str, str], source: str, site: str) -> Iterator[View]:
    truth = Truth(one, one["title"])
    chance = random.Random(one["id"])
    by_itself = article_from_text(f"{one['title']}\n\n" + "\n\n".join(one["main_content"].split("\n")))
    for name, article in [*_articles(source, truth, chance), ("truth", by_itself)]:
        labels = labels_of(article, truth)
        if sum(label == 1 for label in labels) >= 3:
            language = settled_language(None, "\n".join(block.text for block in article.blocks)) or "en"
            yield View(f"{one['id']}/{name}", site, language, article, labels)


def _articles(source: str, truth: Truth, chance: random.Random) -> Iterator[tuple[str, Article]]:
    whole, plain = _lines(source, buttons=True), _lines(source, buttons=False)
    yield "whole", article_from_text("\n\n".join(_bounded(whole, truth)))
    yield "part", article_from_text(chance.choice(("\n", "\n\n")).join(_cropped(plain, truth, chance)))
    yield "brief", article_from_text(chance.choice(("\n", "\n\n")).join(_shortened(whole, truth, chance)))
    if found := trafilatura.extract(source, favor_recall=True, include_comments=False):
        yield "extracted", article_from_text("\n\n".join(found.split("\n")))
    try:
        yield "own", read_page(source).article
    except NarrateError:
        return


def _lines(source: str, *, buttons: bool) -> list[str]:
    """Return the lines of a page as a browser shows it, with or without the words on its buttons."""
    root = parse_html(source)
    if root is None:
        return []
    if buttons:
        for button in root.iter("button"):
            button.tag = "div"
    remove_unspoken(root)
    return [piece.block.text for piece in pieces(root) if piece.block.kind not in {"image", "code"}]


def _span(lines: Sequence[str], truth: Truth) -> tuple[int, int, int]:
    """Return where the title, the article's first long line and its last one stand."""
    long = [i for i, line in enumerate(lines) if len(line.split()) >= _PROSE_MIN_WORDS and _is_own(line, truth)]
    if not long:
        return 0, 0, len(lines)
    title = next((i for i in range(long[0], -1, -1) if bare(lines[i]) == truth.title), max(0, long[0] - 3))
    return title, long[0], long[-1] + 1


def _is_own(line: str, truth: Truth) -> bool:
    return truth.share(words_of(line)) >= SAME_MIN_SHARE


def _bounded(lines: Sequence[str], truth: Truth) -> list[str]:
    title, _, end = _span(lines, truth)
    return list(lines[max(0, title - BEFORE_MAX_LINES) : end + AFTER_MAX_LINES][:VIEW_MAX_LINES])


def _cropped(lines: Sequence[str], truth: Truth, chance: random.Random) -> list[str]:
    """Return a page from around its title, or from somewhere after it, up to some lines after its end."""
    title, first, end = _span(lines, truth)
    start = chance.choice((title, title, max(0, title - chance.randrange(1, 16)), min(end - 1, first + 3)))
    return list(lines[max(0, start) : end + chance.choice((0, 5, 10, 20, 40))][:VIEW_MAX_LINES])


def _shortened(lines: Sequence[str], truth: Truth, chance: random.Random) -> list[str]:
    """Return a page as if its article were a short one: some lines of its beginning and some of its end."""
    title, first, end = _span(lines, truth)
    start = max(0, title - chance.choice((0, 0, 2, 5, 12)))
    opening = min(end, first + chance.randrange(2, 9))
    closing = max(opening, end - chance.randrange(1, 8))
    return [*lines[start:opening], *lines[closing : end + chance.choice((0, 3, 8, 15, 30))]]


def text_views(folder: Path) -> Iterator[View]:
    """Yield the texts of data/cleaning, whose every line is labelled; optional lines are None."""
    for path in sorted(folder.glob("*.json")):
        stated = json.loads(path.read_text("utf8"))
        article = article_from_text("\n\n".join(line["text"] for line in stated["lines"]))
        known: dict[str, list[int | None]] = defaultdict(list)
        for line in stated["lines"]:
            known[bare(line["text"])].append(None if line.get("optional") else int(line["keep"]))
        labels = tuple(_next(known[bare(block.text)]) for block in article.blocks)
        source = stated["source"]
        site = (urlsplit(source if "//" in source else f"//{source}").hostname or source).removeprefix("www.")
        yield View(f"text-{stated['id']}", site, settled_language(stated["lang"], ""), article, labels)


def _next(labels: list[int | None]) -> int | None:
    return labels.pop(0) if labels else None


# How a line of a marked text begins that is the page's, and one that counts as either: a byline, a date, a caption.
_PAGE_MARK, _EITHER_MARK = "~", "?"


def marked_views(folder: Path) -> Iterator[View]:
    """Yield texts whose lines that are not the article's begin with "~", one file each: "de-1.src".

    Lines that begin with "?" count as either: bylines, dates, captions.
    """
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        lines = [line for line in path.read_text("utf8").split("\n") if line.strip()]
        known: dict[str, list[int | None]] = defaultdict(list)
        for line in lines:
            known[bare(_unmarked(line))].append({_PAGE_MARK: 0, _EITHER_MARK: None}.get(line[0], 1))
        article = article_from_text("\n\n".join(map(_unmarked, lines)))
        labels = tuple(_next(known[bare(block.text)]) for block in article.blocks)
        language = settled_language(None, " ".join(lines)) or path.name[:2]
        yield View(f"marked-{path.stem}", path.stem, language, article, labels)


def _unmarked(line: str) -> str:
    return line[1:] if line.startswith((_PAGE_MARK, _EITHER_MARK)) else line
