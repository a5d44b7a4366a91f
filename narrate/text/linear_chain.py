"""Labels the items of a sequence (blocks of a page, lines of a text) as the article's or not, by learnt weights.

A linear chain: each item has named features, each feature a weight, and a change of label between neighbours a price.
Weights are learnt offline (scripts/chain_training.py) and shipped as data files; this module reads and applies them,
and tells which features decided. The sums are those of a conditional random field with two labels (Lafferty, McCallum
and Pereira, 2001).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from narrate.core.resources import packaged_table

# Names of an item's features, each with its value; what is there or not has the value 1.
Features = Mapping[str, float]

# A logit beyond it is certainty to every digit that is printed.
_LOGIT_MAX = 60.0


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sequence.

    Attributes:
        own: Features of the item that speak for a label.
        link: Features of it and the one before it that speak for the same label on both.
    """

    own: Features
    link: Features


@dataclass(frozen=True, slots=True)
class ChainModel:
    """A chain with the labels "the article's" and "something else"; all weights are logits.

    Attributes:
        own: For each feature of an item how much it speaks for "the article's".
        link: For each feature of a pair how much it speaks for two labels that are the same.
        enter: What is earned where the article begins, or goes on after something else.
    """

    own: Mapping[str, float]
    link: Mapping[str, float]
    enter: float = 0.0


@cache
def packaged_model(package: str, name: str) -> ChainModel:
    """Read a model from a package's data file: JSON with the attributes of ChainModel."""
    stated = packaged_table(package, name)
    return ChainModel(stated["own"], stated["link"], stated["enter"])


def own_logits(model: ChainModel, items: Sequence[Item]) -> list[float]:
    """Return how much each item, taken by itself, speaks for "the article's"."""
    return [_weighed(model.own, item.own) for item in items]


def link_logits(model: ChainModel, items: Sequence[Item]) -> list[float]:
    """Return how much each item speaks for having the label of the one before it."""
    return [_weighed(model.link, item.link) for item in items]


def probabilities(own: Sequence[float], link: Sequence[float], enter: float) -> list[float]:
    """Return for each item the probability that it is the article's, all others considered.

    Args:
        own: Logits of the items by themselves (`own_logits`).
        link: Logits of having the label of the item before (`link_logits`).
        enter: The model's `enter`.
    """
    forward = _forward(own, link, enter)
    backward = _backward(own, link, enter)
    return [probability(before + after) for before, after in zip(forward, backward, strict=True)]


def reasons(weights: Mapping[str, float], features: Features, *, is_kept: bool, most: int = 3) -> list[str]:
    """Return the names of the features that spoke most for what became of an item, the strongest first."""
    sign = 1.0 if is_kept else -1.0
    said = sorted(((sign * weights.get(name, 0.0) * value, name) for name, value in features.items()), reverse=True)
    return [name for logit, name in said[:most] if logit > 0]


def _weighed(weights: Mapping[str, float], features: Features) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _forward(own: Sequence[float], link: Sequence[float], enter: float) -> list[float]:
    """Return each item's logit by itself and everything before it."""
    logits: list[float] = []
    for index, logit in enumerate(own):
        before = _passed_on(logits[-1], link[index], enter, 0.0) if index else enter
        logits.append(_bounded(logit + before))
    return logits


def _backward(own: Sequence[float], link: Sequence[float], enter: float) -> list[float]:
    """Return each item's logit by everything after it."""
    logits = [0.0] * len(own)
    for index in range(len(own) - 2, -1, -1):
        after = _bounded(logits[index + 1] + own[index + 1])
        logits[index] = _passed_on(after, link[index + 1], 0.0, enter)
    return logits


def _passed_on(logit: float, stay: float, to_article: float, from_article: float) -> float:
    """Return what a neighbour's logit says of an item: of two labels, the sum over both of the neighbour's."""
    return _log_sum(logit + stay, to_article) - _log_sum(logit + from_article, stay)


def _log_sum(one: float, other: float) -> float:
    more, less = (one, other) if one > other else (other, one)
    return more + math.log1p(math.exp(less - more))


def _bounded(logit: float) -> float:
    return max(-_LOGIT_MAX, min(_LOGIT_MAX, logit))


def probability(logit: float) -> float:
    """Return the probability that a logit stands for."""
    return 1.0 / (1.0 + math.exp(-_bounded(logit)))


def logit_of(chance: float) -> float:
    """Return the logit that a probability stands for."""
    chance = min(max(chance, 1e-9), 1.0 - 1e-9)
    return math.log(chance / (1.0 - chance))
