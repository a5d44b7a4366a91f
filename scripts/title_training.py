"""Learns which of a copied page's first lines is its title, or measures by folds how often it is found.

    python scripts/title_training.py folds --pages WCXB --texts LABELLED --marked ARTICLES --cache VIEWS
    python scripts/title_training.py learn --pages WCXB --texts LABELLED --marked ARTICLES --cache VIEWS

Needs numpy and scipy, which narrate does not need to run. Each text has lines of which one is the title, or none: a
choice by the softmax of weighted features (`narrate.text.clean.title.title_evidence`). `folds` parts the texts by
site into five groups, and asks weights that have seen nothing of a group about it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cleaning_data import View, bare, words_of
from cleaning_views import FOLDS, ROOT, add_sources, fold_of, views_of
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from narrate.text.clean import title
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for

WEIGHTS = ROOT / "narrate/text/clean/title.json"
RIDGE = 1.0
ITERATIONS = 200
AT_LEAST = 5
# A line with so many of the title's words, and few others, is the title as that page sets it.
SAME_MIN_SHARE = 0.7


@dataclass(frozen=True)
class Choice:
    """A text, what speaks for each of its first lines, and which of them are right."""

    view: View
    lines: Sequence[Line]
    evidence: Mapping[int, Sequence[str]]
    right: frozenset[int]

    @property
    def is_sure(self) -> bool:
        """It may be learnt from: a title was read, and a page that has its own nowhere has it under another name."""
        is_named = self.view.group not in {"whole", "brief"} or self.right != {title.STAY}
        return bool(self.right) and self.lines[0].block.kind == "title" and is_named


def choices(views: Sequence[View], pages: Path) -> list[Choice]:
    """Return all texts with what is to be chosen in them; the folder of pages has their titles."""
    with gzip.open(pages / "truth.jsonl.gz", "rt", encoding="utf8") as file:
        titles = {one["id"]: one["title"] for one in map(json.loads, file)}
    return [_choice(view, titles.get(view.name.partition("/")[0])) for view in views]


def _choice(view: View, stated: str | None) -> Choice:
    lines = lines_of(view.article.blocks, phrases_for(view.language))
    evidence = title.title_evidence(lines)
    right = _right(view, lines, stated) if stated else _first_kept(view)
    read = {index for index, line in enumerate(lines) if line.block.kind == "title"}
    if not right or right & read:
        right = right | {title.STAY}
    return Choice(view, lines, evidence, frozenset(right & evidence.keys()))


def _right(view: View, lines: Sequence[Line], stated: str) -> set[int]:
    """Return which lines say the title; where none says it word for word, which come close."""
    same = {index for index, line in enumerate(lines) if bare(line.block.text) == bare(stated)}
    return same or {index for index, line in enumerate(lines) if _likeness(line.block.text, stated) >= SAME_MIN_SHARE}


def _likeness(one: str, other: str) -> float:
    first, second = set(words_of(one)), set(words_of(other))
    return len(first & second) / max(1, len(first | second))


def _first_kept(view: View) -> set[int]:
    """Return the first line of the author's: texts labelled by hand begin with their title."""
    kept = [index for index, label in enumerate(view.labels) if label == 1]
    return set(kept[:1])


def learnt(chosen: Sequence[Choice]) -> dict[str, float]:
    """Return the weights under which what is right is likeliest."""
    chosen = [one for one in chosen if one.is_sure]
    counts = Counter(name for one in chosen for seen in one.evidence.values() for name in seen)
    names = sorted(name for name, times in counts.items() if times >= AT_LEAST)
    matrix, starts, right = _laid_out(chosen, {name: place for place, name in enumerate(names)})
    lengths = np.diff([*starts, len(right)])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = matrix @ weights
        raised = np.exp(logits - np.repeat(np.maximum.reduceat(logits, starts), lengths))
        total, fitting = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
        slopes = raised / np.repeat(total, lengths) - raised * right / np.repeat(fitting, lengths)
        value = float(np.sum(np.log(total) - np.log(fitting)))
        return value + RIDGE / 2 * float(weights @ weights), matrix.T @ slopes + RIDGE * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    return {name: float(weight) for name, weight in zip(names, found.round(2), strict=True) if weight}


def title_weights_by_fold(found: Sequence[Choice]) -> list[dict[str, float]]:
    """Return for each fold the weights that have seen nothing of it."""
    return [learnt([one for one in found if fold_of(one.view) != fold]) for fold in range(FOLDS)]


def _laid_out(chosen: Sequence[Choice], column: Mapping[str, int]) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    """Return the lines of all texts as rows, where each text begins, and which rows are right."""
    rows = [(index in one.right, seen) for one in chosen for index, seen in one.evidence.items()]
    cells = [(row, column[name]) for row, (_, seen) in enumerate(rows) for name in seen if name in column]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(column)))
    starts = np.cumsum([0, *(len(one.evidence) for one in chosen[:-1])])
    return matrix, starts, np.array([is_right for is_right, _ in rows], dtype=float)


def measure(args: argparse.Namespace) -> None:
    """Print how often the title is found in texts that the weights have not seen, by kind of text."""
    found = choices(views_of(args), Path(args.pages))
    weights = title_weights_by_fold(found)
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        _tally(tallies[one.view.group], one, weights[fold_of(one.view)])
    for group, tally in sorted(tallies.items()):
        total, without = tally["read"] + tally["moved"] + tally["wrong"], tally["left"] + tally["invented"]
        was, right = tally["was right"] / max(1, total), 1 - tally["wrong"] / max(1, total)
        invented = tally["invented"]
        print(f"{group:10} of {total} right {right:.3f}, as read {was:.3f}; {invented} of {without} without get one")


def _tally(tally: Counter[str], one: Choice, weights: Mapping[str, float]) -> None:
    read = [index for index, line in enumerate(one.lines) if line.block.kind == "title"]
    index = title.settled_index(one.lines, weights)
    if one.right == {title.STAY}:
        tally["left" if index is None else "invented"] += 1
        return
    tally["was right"] += bool(one.right.intersection(read))
    if index is None:
        tally["read" if one.right.intersection(read) else "wrong"] += 1
    else:
        tally["moved" if index in one.right else "wrong"] += 1


def write(args: argparse.Namespace) -> None:
    """Learn from all texts and write the weights of the package."""
    weights = learnt(choices(views_of(args), Path(args.pages)))
    WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", "utf8")
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(weights)} weights", file=sys.stderr)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("folds", "learn"))
    add_sources(parser)
    args = parser.parse_args()
    (measure if args.command == "folds" else write)(args)


if __name__ == "__main__":
    main()
