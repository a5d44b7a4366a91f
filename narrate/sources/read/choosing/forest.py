"""Small decision trees in a row, each adding to the logit of what those before it said: learnt offline, applied here.

They are what scikit-learn's HistGradientBoostingClassifier learns (Friedman 2001, Ke and others 2017); this module
needs nothing but their nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from narrate.core.resources import packaged_table

# A node is (feature, threshold, where it is not above it, where it is, mean of all below); a leaf has its value alone.
Node = list[Any] | float


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees and what they know.

    Attributes:
        features: Names of the features; nodes have their places in this list.
        base: The logit before the first tree.
        trees: Their roots.
        odds: For words in classes and ids how much they speak for the article, in logits.
    """

    features: tuple[str, ...]
    base: float
    trees: Sequence[Node]
    odds: Mapping[str, float]


@cache
def packaged_forest(package: str, name: str) -> Forest:
    """Read a forest from a package's data file."""
    stated = packaged_table(package, name)
    return Forest(tuple(stated["features"]), stated["base"], stated["trees"], stated["odds"])


def logits(forest: Forest, rows: Sequence[Mapping[str, float]]) -> list[float]:
    """Return for each row of features how much it speaks for "the article's"."""
    names = forest.features
    return [_logit(forest, [row.get(name, 0.0) for name in names]) for row in rows]


def _logit(forest: Forest, values: Sequence[float]) -> float:
    total = forest.base
    for root in forest.trees:
        node = root
        while isinstance(node, list):
            node = node[2] if values[node[0]] <= node[1] else node[3]
        total += node
    return total


def reasons(forest: Forest, row: Mapping[str, float], *, is_kept: bool, most: int = 3) -> list[str]:
    """Return the features that moved the trees most towards what became of a row, the strongest first."""
    moved: dict[str, float] = {}
    for tree in forest.trees:
        for place, change in _steps(tree, [row.get(name, 0.0) for name in forest.features]):
            name = forest.features[place]
            moved[name] = moved.get(name, 0.0) + (change if is_kept else -change)
    return [name for name, by in sorted(moved.items(), key=lambda pair: -pair[1])[:most] if by > 0]


def _steps(node: Node, values: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Yield for each step down a tree the feature that was asked and by how much the mean changed."""
    while isinstance(node, list):
        place, threshold, low, high, mean = node
        node = low if values[place] <= threshold else high
        yield place, (node[4] if isinstance(node, list) else node) - mean
