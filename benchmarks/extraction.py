"""Measures how well article text is found on web pages, and whether its structure survives.

    python benchmarks/extraction.py --data DIR

DIR holds pages as NN.html.gz and truth.json: {"NN": {"url": "...", "articleBody": "..."}}. The pages of
https://github.com/scrapinghub/article-extraction-benchmark have this form. The score is that benchmark's: shingles
of four words as multisets; the mean of the pages' precisions, the mean of their recalls, and F1 of the two means.
Title, captions and alternative texts are left out of narrate's text: the truth has no title, and the others are not
spoken unless asked for. Structure is counted over headings (h2-h6), list items and paragraphs of quotes on the
page whose text is a line of the truth: how many arrive marked as what they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import readability
import trafilatura
from lxml import etree, html

from narrate.core.errors import SourceError
from narrate.sources.read.html import read_page

KINDS = ("heading", "list_item", "quote")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
NOT_SCORED = frozenset({"title", "caption", "image"})

Marked = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """Text of an article, and the keys of what is marked as a heading, a list item, a quote."""

    text: str
    marked: Marked


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what it should give."""

    source: str
    url: str
    body: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with NN.html.gz and truth.json")
    pages = load(parser.parse_args().data)
    for name in ("trafilatura", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    expected = [expected_marks(page) for page in pages]
    totals = ", ".join(f"{sum(len(marks[kind]) for marks in expected)} {kind}s" for kind in KINDS)
    print(f"{len(pages)} pages; structure in the truth: {totals}")
    print(f"{'extractor':<24}{'F1':>7}{'P':>7}{'R':>7}{'ms':>6}{'max':>6}  " + "  ".join(f"{k:>9}" for k in KINDS))
    for name, extract in EXTRACTORS.items():
        print(f"{name:<24}{measure(extract, pages, expected)}")


def load(folder: Path) -> list[Page]:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [
        Page(gzip.decompress((folder / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace"), entry["url"], body)
        for name, entry in sorted(truth.items())
        if (body := entry["articleBody"])
    ]


def measure(extract: Callable[[Page], Result], pages: list[Page], expected: list[Marked]) -> str:
    """One row of the table."""
    extract(pages[0])  # imports and caches
    precisions, recalls, milliseconds, arrived = [], [], [], Counter[str]()
    for page, marks in zip(pages, expected, strict=True):
        begin = time.process_time()
        result = extract(page)
        milliseconds.append(1000 * (time.process_time() - begin))
        precision, recall = compare(page.body, result.text)
        precisions.append(precision)
        recalls.append(recall)
        arrived.update({kind: len(marks[kind] & result.marked[kind]) for kind in KINDS})
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    shares = (arrived[kind] / max(1, sum(len(marks[kind]) for marks in expected)) for kind in KINDS)
    scores = f"{2 * precision * recall / (precision + recall):7.3f}{precision:7.3f}{recall:7.3f}"
    times = f"{statistics.median(milliseconds):6.0f}{max(milliseconds):6.0f}"
    return scores + times + "  " + "  ".join(f"{share:9.2f}" for share in shares)


def compare(truth: str, text: str) -> tuple[float, float]:
    """Precision and recall of a text's shingles."""
    expected, got = shingles(truth), shingles(text)
    shared = (expected & got).total()
    return shared / max(1, got.total()), shared / max(1, expected.total())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3))) if words else Counter()


def key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def expected_marks(page: Page) -> Marked:
    """What the page marks, of the lines that the truth has."""
    lines = {key(line) for line in page.body.split("\n")}
    return {kind: marked & lines - {""} for kind, marked in html_marks(parse(page.source)).items()}


def parse(source: str) -> etree._Element:
    return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))


def html_marks(root: etree._Element) -> Marked:
    return {
        "heading": {key("".join(element.itertext())) for element in root.iter(*HEADINGS)},
        "list_item": {key("".join(item.itertext())) for item in root.iter("li") if item.find(".//li") is None},
        "quote": {key("".join(part.itertext())) for quote in root.iter("blockquote") for part in paragraphs(quote)},
    }


def paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    inner = list(element.iter("p"))
    yield from inner or [element]


def narrate(page: Page) -> Result:
    try:
        blocks = read_page(page.source, url=page.url).article.blocks
    except SourceError:
        return Result("", {kind: set() for kind in KINDS})
    marked = {kind: {key(block.text) for block in blocks if block.kind == kind} for kind in KINDS}
    marked["list_item"] |= {key(re.sub(r"^\d+\. ", "", block.text)) for block in blocks if block.kind == "list_item"}
    return Result("\n".join(block.text for block in blocks if block.kind not in NOT_SCORED), marked)


def trafilatura_default(page: Page) -> Result:
    return trafilatura_alone(page, favor_precision=False)


def trafilatura_precision(page: Page) -> Result:
    return trafilatura_alone(page, favor_precision=True)


def trafilatura_alone(page: Page, favor_precision: bool) -> Result:
    text = trafilatura.extract(page.source, include_comments=False, favor_precision=favor_precision) or ""
    return Result(text, {kind: set() for kind in KINDS})


def trafilatura_structure(page: Page) -> Result:
    found = trafilatura.bare_extraction(
        page.source, favor_precision=True, include_comments=False, include_formatting=True
    )
    body = found.body if found is not None and not isinstance(found, dict) else etree.Element("body")
    quotes = [part for quote in body.iter("quote") for part in paragraphs(quote)]
    marked = {
        "heading": {key("".join(element.itertext())) for element in body.iter("head")},
        "list_item": {key("".join(element.itertext())) for element in body.iter("item")},
        "quote": {key("".join(element.itertext())) for element in quotes},
    }
    return Result("\n".join("".join(element.itertext()) for element in body), marked)


def readability_alone(page: Page) -> Result:
    root = html.fromstring(readability.Document(page.source).summary(html_partial=True))
    for element in root.iter("p", "div", "li", "br", *HEADINGS):
        element.tail = "\n" + (element.tail or "")
    return Result("".join(root.itertext()), html_marks(root))


EXTRACTORS: dict[str, Callable[[Page], Result]] = {
    "narrate": narrate,
    "trafilatura": trafilatura_default,
    "trafilatura, precision": trafilatura_precision,
    "its tree, precision": trafilatura_structure,
    "readability-lxml": readability_alone,
}


if __name__ == "__main__":
    main()
