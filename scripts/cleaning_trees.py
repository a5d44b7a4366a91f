"""Grows the trees that look a second time at lines in doubt (narrate.text.clean.second_look).

They learn from what the chain made of texts that it had not seen: of those that it learnt from it is surer than it will
be of a user's. Needs numpy and scikit-learn, which narrate does not need to run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from cleaning_data import View
from forest_training import stated
from sklearn.ensemble import HistGradientBoostingClassifier

from narrate.text.clean.judging import first_look, in_doubt
from narrate.text.clean.line_features import Line
from narrate.text.clean.second_look import NAMES, rows
from narrate.text.clean.surroundings import text_of
from narrate.text.forest import Forest
from narrate.text.linear_chain import ChainModel, Item, logit_of

TREES, LEAVES, DEPTH, RATE, LEAST_ROWS, BINS = 80, 10, 5, 0.15, 30, 64

# How much more each line is the author's than trees say, in logits: what the chain is taught by costs. So much that by
# folds no more than .3 % of the author's words on whole pages are lost.
AUTHOR_LOGIT = 0.7

# How much a line of a view weighs: pages from top to bottom are what users copy, and of those labelled by hand there
# are few.
VIEW_WEIGHTS: Mapping[str, float] = {
    "whole": 1.5, "brief": 1.5, "part": 0.7, "text": 3.0, "marked": 3.0, "alone": 3.0, "ours": 10.0,
}  # fmt: skip


class Seen(Protocol):
    """A text as the weights see it."""

    @property
    def view(self) -> View: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def items(self) -> Sequence[Item]: ...


@dataclass(frozen=True)
class SecondLook:
    """The lines of a text that are in doubt.

    Attributes:
        numbers: For each of them its numbers, in the order of NAMES.
        labels: For each 1, 0 or None.
        weight: How much each counts.
    """

    numbers: Sequence[Sequence[float]]
    labels: Sequence[int | None]
    weight: float


def second_look(sample: Seen, chain: ChainModel) -> SecondLook:
    """Return the lines of a text that are in doubt after a chain that has not seen it."""
    found = first_look(chain, sample.lines, sample.items)
    numbers = rows(text_of(sample.lines), [*map(logit_of, found)], in_doubt(sample.lines, found))
    labels = [sample.view.labels[index] for index in numbers]
    return SecondLook(list(numbers.values()), labels, VIEW_WEIGHTS.get(sample.view.group, 1.0))


def grown(looks: Sequence[SecondLook]) -> Forest:
    """Return the trees that tell such lines best."""
    known = [(row, label, look.weight) for look in looks for row, label in _known(look)]
    numbers, labels, weights = (np.array(column, dtype=np.float32) for column in zip(*known, strict=True))
    trees = HistGradientBoostingClassifier(
        max_iter=TREES, max_leaf_nodes=LEAVES, max_depth=DEPTH, learning_rate=RATE, min_samples_leaf=LEAST_ROWS,
        l2_regularization=1.0, max_bins=BINS, random_state=0, early_stopping=False,
    )  # fmt: skip
    base, roots = stated(trees.fit(numbers, labels, sample_weight=weights))
    return Forest(NAMES, base + AUTHOR_LOGIT, roots)


def _known(look: SecondLook) -> list[tuple[Sequence[float], int]]:
    pairs = zip(look.numbers, look.labels, strict=True)
    return [(row, label) for row, label in pairs if label is not None]


def as_data(forest: Forest) -> dict[str, Any]:
    """Return trees as they are kept in a file."""
    return {"features": list(forest.features), "base": round(forest.base, 4), "trees": forest.trees}
