"""Learns the weights of narrate.text.linear_chain from labelled sequences: L-BFGS on the chain's likelihood.

Needs numpy and scipy, which narrate does not need to run. Labels are 1 (the article's), 0 (something else) or None
(nobody knows: both are allowed). A mistake may cost more where an item has many words or is the author's: what it
costs is added to the wrong label while learning (softmax-margin: Gimpel and Smith, 2010), so that the model keeps
away from mistakes in proportion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from narrate.text.linear_chain import ChainModel, Features, Item

_NEVER = -1e9


@dataclass(frozen=True)
class Labelled:
    """A labelled sequence.

    Attributes:
        items: What is seen.
        labels: 1, 0 or None for each item.
        costs: What a wrong label of the item costs, in logits.
    """

    items: Sequence[Item]
    labels: Sequence[int | None]
    costs: Sequence[float]


def learn(
    sequences: Sequence[Labelled], *, ridge: float = 1.0, at_least: int = 3, iterations: int = 150, digits: int = 3
) -> ChainModel:
    """Return the model that explains the labels best.

    Args:
        sequences: What to learn from.
        ridge: How much large weights cost: the weight of half their squares' sum.
        at_least: Features of fewer items are left out.
        iterations: At most so many steps.
        digits: Weights are rounded to so many.
    """
    sequences = sorted(sequences, key=lambda sequence: len(sequence.items))
    rows = [item for sequence in sequences for item in sequence.items]
    own_names, own = _matrix([item.own for item in rows], at_least)
    link_names, link = _matrix([item.link for item in rows], at_least)
    grids = _Grids(sequences)
    count = len(own_names)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        own_logits, link_logits = own @ weights[:count], link @ weights[count:-1]
        value, by_own, by_link, by_enter = grids.loss(own_logits, link_logits, weights[-1])
        slope = np.concatenate([own.T @ by_own, link.T @ by_link, [by_enter]])
        return value + ridge / 2 * float(weights @ weights), slope + ridge * weights

    start = np.zeros(count + len(link_names) + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x.round(digits)
    return ChainModel(
        {name: float(w) for name, w in zip(own_names, found, strict=False) if w},
        {name: float(w) for name, w in zip(link_names, found[count:], strict=False) if w},
        float(found[-1]),
    )


def _matrix(rows: Sequence[Features], at_least: int) -> tuple[list[str], Any]:
    counts = Counter(name for row in rows for name in row)
    names = [name for name, times in sorted(counts.items()) if times >= at_least]
    column = {name: place for place, name in enumerate(names)}
    cells = [(r, column[n], v) for r, row in enumerate(rows) for n, v in row.items() if n in column]
    r, c, v = zip(*cells, strict=True) if cells else ((), (), ())
    return names, csr_matrix((v, (r, c)), shape=(len(rows), len(names)))


# So many grids, each of sequences of about the same length: one grid for all would be mostly empty.
_GRIDS = 12


class _Grids:
    """All sequences, the shortest first, in some grids."""

    def __init__(self, sequences: Sequence[Labelled]) -> None:
        size = -(-len(sequences) // _GRIDS)
        self.grids = [_Grid(sequences[start : start + size]) for start in range(0, len(sequences), size)]
        self.ends = np.cumsum([int(grid.there.sum()) for grid in self.grids])

    def loss(self, own: np.ndarray, link: np.ndarray, enter: float) -> tuple[float, np.ndarray, np.ndarray, float]:
        parts = zip(self.grids, np.split(own, self.ends[:-1]), np.split(link, self.ends[:-1]), strict=True)
        losses, by_own, by_link, by_enter = zip(*(grid.loss(o, li, enter) for grid, o, li in parts), strict=True)
        return sum(losses), np.concatenate(by_own), np.concatenate(by_link), sum(by_enter)


class _Grid:
    """Some sequences beside each other, so that a step along all of them is one sum of arrays."""

    def __init__(self, sequences: Sequence[Labelled]) -> None:
        lengths = np.array([len(one.items) for one in sequences])
        self.shape = (int(lengths.max()), len(sequences))
        self.there = np.arange(self.shape[0])[:, None] < lengths[None, :]
        self.last = lengths - 1
        labels = self._laid([-1 if label is None else label for one in sequences for label in one.labels], -1)
        costs = self._laid([cost for one in sequences for cost in one.costs], 0.0)
        # For label 0 and 1: what is allowed, and what is paid for being wrong.
        self.allowed = np.stack([np.where(labels == 1, _NEVER, 0.0), np.where(labels == 0, _NEVER, 0.0)])
        self.costs = np.stack([np.where(labels == 1, costs, 0.0), np.where(labels == 0, costs, 0.0)])

    def _laid(self, values: Sequence[float], empty: float) -> np.ndarray:
        grid = np.full(self.shape, empty)
        grid.T[self.there.T] = values
        return grid

    def loss(self, own: np.ndarray, link: np.ndarray, enter: float) -> tuple[float, np.ndarray, np.ndarray, float]:
        own_grid, link_grid = self._laid(own, 0.0), self._laid(link, 0.0)
        logits = np.stack([np.zeros_like(own_grid), own_grid])
        free, *free_slopes = self._sums(logits + self.costs, link_grid, enter)
        fixed, *fixed_slopes = self._sums(logits + self.allowed, link_grid, enter)
        slopes = [one - other for one, other in zip(free_slopes, fixed_slopes, strict=True)]
        return float(free - fixed), slopes[0].T[self.there.T], slopes[1].T[self.there.T], float(slopes[2])

    def _sums(self, own: np.ndarray, link: np.ndarray, enter: float) -> tuple[float, np.ndarray, np.ndarray, float]:
        """Return the log of the sum over all labellings, and its slopes by own, link and enter."""
        steps, count = self.shape
        forward = np.empty((2, steps, count))
        forward[:, 0] = own[:, 0] + np.array([[0.0], [enter]])
        for t in range(1, steps):
            stay = link[t]
            forward[0, t] = own[0, t] + np.logaddexp(forward[0, t - 1] + stay, forward[1, t - 1])
            forward[1, t] = own[1, t] + np.logaddexp(forward[0, t - 1] + enter, forward[1, t - 1] + stay)
        backward = np.zeros((2, steps, count))
        for t in range(steps - 2, -1, -1):
            stay, after = link[t + 1], own[:, t + 1] + backward[:, t + 1]
            inside = self.there[t + 1]
            zero = np.logaddexp(after[0] + stay, after[1] + enter)
            one = np.logaddexp(after[0], after[1] + stay)
            backward[0, t], backward[1, t] = np.where(inside, zero, 0.0), np.where(inside, one, 0.0)
        every = np.arange(count)
        total = np.logaddexp(forward[0, self.last, every], forward[1, self.last, every])
        by_own = np.where(self.there, np.exp(np.minimum(forward[1] + backward[1] - total, 0.0)), 0.0)
        after = own + backward
        same = np.zeros(self.shape)
        entered = np.zeros(self.shape)
        for label in (0, 1):
            pair = forward[label, :-1] + after[label, 1:] + link[1:] - total
            same[1:] += np.where(self.there[1:], np.exp(np.minimum(pair, 0.0)), 0.0)
        pair = forward[0, :-1] + after[1, 1:] + enter - total
        entered[1:] = np.where(self.there[1:], np.exp(np.minimum(pair, 0.0)), 0.0)
        return float(total.sum()), by_own, same, float(entered.sum() + by_own[0].sum())
