"""Small decision trees in a row, each adding to the logit of what those before it said: learnt offline, applied here.

They are what LightGBM learns (Friedman 2001, Ke and others 2017: gradient boosting over histograms); this module
needs nothing but their nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from narrate.core.resources import packaged_table

# A node is (feature, threshold, where it is not above it, where it is, mean of all below); a leaf has its value alone.
Node = list[Any] | float
# The same as what is unpacked at once: a node without its mean; a leaf is no feature, and its value.
_Step = tuple[int | None, float, "_Step", "_Step"]
# Behind a leaf nothing is asked for.
_NO_STEP = cast("_Step", ())


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees and what they know.

    Attributes:
        features: Names of the features; nodes have their places in this list.
        base: The logit before the first tree.
        trees: Their roots.
        odds: For words in classes and ids how much they speak for the article, in logits; none where no page is read.
    """

    features: tuple[str, ...]
    base: float
    trees: Sequence[Node]
    odds: Mapping[str, float] = field(default_factory=dict)
    _steps: tuple[_Step, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Bring the trees into the form that they are gone through in."""
        object.__setattr__(self, "_steps", tuple(map(_step, self.trees)))

    def logit(self, values: Sequence[float]) -> float:
        """Return how much something speaks for "the article's", of which all features are given in their order."""
        total = self.base
        for root in self._steps:
            feature, value, low, high = root
            while feature is not None:
                feature, value, low, high = low if values[feature] <= value else high
            total += value
        return total


def _step(node: Node) -> _Step:
    return (
        (node[0], node[1], _step(node[2]), _step(node[3]))
        if isinstance(node, list)
        else (None, node, _NO_STEP, _NO_STEP)
    )


@cache
def packaged_forest(package: str, name: str) -> Forest:
    """Read a forest from a package's data file."""
    stated = packaged_table(package, name)
    return Forest(tuple(stated["features"]), stated["base"], stated["trees"], stated.get("odds", {}))


def logits(forest: Forest, columns: Mapping[str, Sequence[float]], count: int) -> list[float]:
    """Return for each of so many pieces how much it speaks for "the article's".

    Args:
        forest: The trees.
        columns: For each feature its values, piece by piece; a feature that is missing is 0.
        count: How many pieces there are.
    """
    nothing = [0.0] * count
    return list(map(forest.logit, zip(*(columns.get(name, nothing) for name in forest.features), strict=True)))


def reasons(forest: Forest, row: Mapping[str, float], *, is_kept: bool, most: int = 3) -> list[str]:
    """Return the features that moved the trees most towards what became of a row, the strongest first."""
    moved: dict[str, float] = {}
    for tree in forest.trees:
        for place, change in _way(tree, [row.get(name, 0.0) for name in forest.features]):
            name = forest.features[place]
            moved[name] = moved.get(name, 0.0) + (change if is_kept else -change)
    return [name for name, by in sorted(moved.items(), key=lambda pair: -pair[1])[:most] if by > 0]


def _way(node: Node, values: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Yield for each step down a tree the feature that was asked and by how much the mean changed."""
    while isinstance(node, list):
        place, threshold, low, high, mean = node
        node = low if values[place] <= threshold else high
        yield place, (node[4] if isinstance(node, list) else node) - mean
