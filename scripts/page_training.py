"""Learns which pieces of a web page are the article: python scripts/page_training.py DATA [--folds 5] [--write]

DATA is a folder like that of the Web Content Extraction Benchmark (WCXB, CC-BY-4.0): `html/ID.html.gz` and
`truth.jsonl.gz` with `id`, `url` and `main_content`. Each piece of a page is labelled by the truth: one that stands in
it is the article's, one of whose four-word shingles few do is not, what is between is left open. Trees are learnt
from the features of narrate.sources.read.choosing.features. Folds are by
domain: no page is scored by a model that saw its site, and words in classes and ids are counted without the page's own
site. Needs numpy and LightGBM. What was measured: docs/decisions/0040-learnt-choice.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np

from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.columns import row_of
from narrate.sources.read.choosing.extractors import extractors_choices
from narrate.sources.read.choosing.features import Page, feature_columns
from narrate.sources.read.choosing.holders import holders_of, names_of
from narrate.sources.read.choosing.matching import select
from narrate.sources.read.html import decode_page
from narrate.sources.read.html_blocks import Piece, pieces
from narrate.sources.read.prepared import prepared

TREES, LEAVES, RATE, LEAST_ROWS = 120, 16, 0.12, 60
NAME_LEAST_SITES = 4
PAGE_LEAST_WORDS = 200
WEIGHTS = Path(__file__).parents[1] / "narrate" / "sources" / "read" / "choosing" / "weights.json"
_WORD = re.compile(r"\w+")


@dataclass
class Seen:
    """A page as the model sees it, and its truth.

    Attributes:
        labels: For each piece 1, 0 or None where nobody can say.
        weights: For each piece how much a mistake costs: its share of the article's words.
        names: For each piece the words in the classes and ids around it.
    """

    id: str
    site: str
    truth: str
    pieces: Sequence[Piece]
    page: Page
    chosen: Mapping[str, set[int]]
    labels: list[int | None] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    names: list[set[str]] = field(default_factory=list)


def seen_pages(data: Path) -> Iterator[Seen]:
    with gzip.open(data / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            html = gzip.decompress((data / "html" / f"{one['id']}.html.gz").read_bytes())
            page = prepared(decode_page(html))
            if page is None:
                continue
            found = list(pieces(page.root))
            chosen = extractors_choices(page.root, found)
            site = ".".join((urlsplit(one["url"]).hostname or "").split(".")[-2:])
            yield labelled(Seen(one["id"], site, one["main_content"] or "", found, page.stated, chosen))


def labelled(seen: Seen) -> Seen:
    """Label the pieces of a page by its truth."""
    words = [[word.casefold() for word in _WORD.findall(piece.block.text)] for piece in seen.pieces]
    truth = [word.casefold() for word in _WORD.findall(seen.truth)]
    there, title = set(shingles(truth)), bare(seen.page.title or "")
    matched = select(seen.pieces, seen.truth.split("\n"))
    for index, piece in enumerate(seen.pieces):
        seen.labels.append(_label(piece, words[index], there, index in matched, title))
    total = max(PAGE_LEAST_WORDS, sum(len(w) for w, label in zip(words, seen.labels, strict=True) if label))
    lengths = [min(len(one), 200) + 1 for one in words]
    seen.weights = [0.0 if label is None else n / total for n, label in zip(lengths, seen.labels, strict=True)]
    seen.names = [{name for one in holders_of(piece.element) for name in names_of(one)} for piece in seen.pieces]
    return seen


def _label(piece: Piece, words: list[str], there: set[tuple[str, ...]], is_matched: bool, title: str) -> int | None:
    if piece.block.kind == "image" or not words or (title and bare(piece.block.text) == title):
        return None
    if piece.block.kind == "caption":
        return 1 if is_matched else None
    own = shingles(words)
    if not own:
        return int(is_matched)
    share = sum(one in there for one in own) / len(own)
    if is_matched:
        return 1 if share >= 0.6 else None
    return 1 if share > 0.85 and len(words) >= 12 else None if share >= 0.4 else 0


def shingles(words: Sequence[str], size: int = 4) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(size)), strict=False))


def name_counts(pages: Sequence[Seen]) -> dict[str, dict[str, tuple[float, float]]]:
    """Count for each site and name the words of pieces called so: the article's, and all."""
    sites: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for seen in pages:
        counts = sites[seen.site]
        for names, label, weight in zip(seen.names, seen.labels, seen.weights, strict=True):
            if label is not None:
                for name in names:
                    counts[name][0] += label * weight
                    counts[name][1] += weight
    return {site: {name: (kept, of) for name, (kept, of) in c.items()} for site, c in sites.items()}


class Odds:
    """Odds of names without a site's own: the sums of all sites less those of one."""

    def __init__(self, counts: Mapping[str, Mapping[str, tuple[float, float]]]) -> None:
        self.counts, self.kept, self.sites = counts, Counter[str](), Counter[str]()
        for names in counts.values():
            for name, (own, of) in names.items():
                self.kept[name] += own / of  # type: ignore[assignment]
                self.sites[name] += 1

    def without(self, site: str) -> dict[str, float]:
        own, result = self.counts.get(site, {}), {}
        for name in self.sites:
            kept, times = self.kept[name], self.sites[name]
            if name in own:
                kept, times = kept - own[name][0] / own[name][1], times - 1
            if times >= NAME_LEAST_SITES:
                result[name] = round(math.log((kept + 1) / (times - kept + 1)), 2)
        return result


def rows_of(pages: Sequence[Seen], odds: Odds) -> list[list[dict[str, float]]]:
    known: dict[str, dict[str, float]] = {}
    rows = []
    for seen in pages:
        if seen.site not in known:
            known = {seen.site: odds.without(seen.site)}
        columns = feature_columns(seen.pieces, seen.page, seen.chosen, known[seen.site])
        rows.append([row_of(columns, index) for index in range(len(seen.pieces))])
    return rows


def matrix(rows: Sequence[Sequence[Mapping[str, float]]], names: Sequence[str]) -> Any:
    place = {name: index for index, name in enumerate(names)}
    cells = np.zeros((sum(map(len, rows)), len(names)), np.float32)
    for line, row in zip(cells, (row for page in rows for row in page), strict=True):
        for name, value in row.items():
            if name in place:
                line[place[name]] = value
    return cells


@dataclass(frozen=True)
class Grown:
    """Trees, and the logit before the first of them."""

    base: float
    trees: lightgbm.Booster

    def logits(self, cells: Any) -> Any:
        return self.base + self.trees.predict(cells, raw_score=True)


def grown(cells: Any, pages: Sequence[Seen]) -> Grown:
    labels = np.array([label or 0 for seen in pages for label in seen.labels])
    weights = np.array([weight for seen in pages for weight in seen.weights])
    known = weights > 0
    share = float(np.average(labels[known], weights=weights[known]))
    base = math.log(share / (1 - share))
    data = lightgbm.Dataset(
        cells[known], labels[known], weight=weights[known] / weights[known].mean(),
        init_score=np.full(known.sum(), base),
    )  # fmt: skip
    given = {
        "objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": LEAST_ROWS,
        "lambda_l2": 1.0, "feature_fraction": 0.5, "max_bin": 127, "seed": 1, "num_threads": 1,
        "force_col_wise": True, "deterministic": True, "verbose": -1,
    }  # fmt: skip
    return Grown(base, lightgbm.train(given, data, TREES))


def folds_of(pages: Sequence[Seen], count: int) -> list[int]:
    return [zlib.crc32(seen.site.encode()) % count for seen in pages]


def report(name: str, pages: Sequence[Seen], kept: Sequence[set[int]]) -> None:
    """Print F1, precision and recall of four-word shingles (a vote a page), and how many pages lost over half."""
    sums, lost = np.zeros(3), 0
    for seen, indices in zip(pages, kept, strict=True):
        title, start = bare(seen.page.title or ""), bare(seen.truth)[:400]
        texts = [seen.pieces[i].block for i in sorted(indices)]
        body = [b.text for b in texts if b.kind not in ("image", "caption") and bare(b.text) != title]
        said = ([seen.page.title or ""] if title and title in start else []) + [re.sub(r"^\d+\. ", "", t) for t in body]
        want, got = (Counter(shingles(_WORD.findall(text))) for text in (seen.truth, "\n".join(said)))
        both, more, less = ((want & got).total(), (got - want).total(), (want - got).total())
        sums += np.array([both, more, less]) / (both + more + less or 1)
        lost += both < less
    both, more, less = sums
    f1, p, r = 2 * both / (2 * both + more + less), both / (both + more), both / (both + less)
    print(f"{name}: F1 {f1:.4f} P {p:.4f} R {r:.4f} lost {lost} of {len(pages)}", flush=True)


def split(values: Any, pages: Sequence[Seen]) -> list[list[float]]:
    ends = np.cumsum([len(seen.pieces) for seen in pages])[:-1]
    return [[float(value) for value in part] for part in np.split(values, ends)]


def cross(pages: Sequence[Seen], count: int) -> list[list[float]]:
    """Return for each page what trees say of its pieces that saw no page of its fold."""
    fold, logits = folds_of(pages, count), [[] for _ in pages]
    for left_out in range(count):
        train = [seen for seen, own in zip(pages, fold, strict=True) if own != left_out]
        test = [index for index, own in enumerate(fold) if own == left_out]
        odds = Odds(name_counts(train))
        rows = rows_of(train, odds)
        names = sorted({name for page in rows for row in page for name in row})
        trees = grown(matrix(rows, names), train)
        held = [pages[index] for index in test]
        said = trees.logits(matrix(rows_of(held, odds), names))
        for index, own in zip(test, split(said, held), strict=True):
            logits[index] = own
        print(f"fold {left_out + 1} of {count}", flush=True)
    return logits


def stated(grown: Grown) -> tuple[float, list[Any]]:
    """Return the trees as narrate.text.forest reads them."""
    return round(grown.base, 4), [_node(tree["tree_structure"]) for tree in grown.trees.dump_model()["tree_info"]]


def _node(node: Mapping[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), 4)
    low, high = _node(node["left_child"]), _node(node["right_child"])
    threshold = float(f"{node['threshold']:.5g}")
    return [int(node["split_feature"]), threshold, low, high, round(float(node["internal_value"]), 4)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="learn from all pages and write the weights")
    given = parser.parse_args()
    pages = list(seen_pages(given.data))
    run(pages, given.folds, is_written=given.write)


def run(pages: Sequence[Seen], folds: int, *, is_written: bool) -> None:
    report("labels", pages, [{i for i, label in enumerate(seen.labels) if label} for seen in pages])
    for name in ("usual", "readability"):
        report(name, pages, [seen.chosen.get(name, set()) for seen in pages])
    logits = cross(pages, folds)
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        alone = [{i for i, v in enumerate(own) if v > math.log(threshold / (1 - threshold))} for own in logits]
        report(f"read from {threshold}", pages, alone)
    if is_written:
        write(pages)


def write(pages: Sequence[Seen]) -> None:
    odds = Odds(name_counts(pages))
    rows = rows_of(pages, odds)
    names = sorted({name for page in rows for row in page for name in row})
    base, roots = stated(grown(matrix(rows, names), pages))
    weights = {
        "features": names, "base": base, "trees": roots,
        "odds": {name: value for name, value in odds.without("").items() if abs(value) >= 0.2},
    }  # fmt: skip
    WEIGHTS.write_text(json.dumps(weights, separators=(",", ":")), encoding="utf-8")
    print(f"{WEIGHTS}: {WEIGHTS.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
