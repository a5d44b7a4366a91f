"""Tests of the chain that labels lines and blocks."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.linear_chain import ChainModel, Item, link_logits, own_logits, probabilities, reasons

LOGIT = st.floats(-8, 8)


def summed(own, link, enter):
    """Return the probabilities by adding up all labellings, one by one."""
    total, kept = 0.0, [0.0] * len(own)
    for labels in itertools.product((0, 1), repeat=len(own)):
        logit = sum(value for value, label in zip(own, labels, strict=True) if label)
        for index, label in enumerate(labels):
            before = labels[index - 1] if index else 0
            logit += link[index] if index and label == before else enter * (label > before)
        for index, label in enumerate(labels):
            kept[index] += label * math.exp(logit)
        total += math.exp(logit)
    return [value / total for value in kept]


@given(st.lists(st.tuples(LOGIT, LOGIT), min_size=1, max_size=7), LOGIT)
def test_probabilities_are_the_shares_of_all_labellings(logits, enter):
    """Passing forward and back gives what adding up every labelling gives."""
    own, link = zip(*logits, strict=True)
    assert probabilities(own, link, enter) == pytest.approx(summed(own, link, enter), abs=1e-6)


def test_extreme_logits_stay_probabilities():
    """Weights of any size give numbers from 0 to 1, not an overflow."""
    found = probabilities([1e6, -1e6, 1e6], [0.0, 1e5, -1e5], 1e4)
    assert all(0 <= value <= 1 for value in found)


def test_no_items_have_no_probabilities():
    """An empty sequence is labelled with an empty one."""
    assert probabilities([], [], 1.0) == []


def test_logits_are_sums_of_weights_times_values():
    """A feature without a weight says nothing."""
    model = ChainModel({"long": 2.0, "linked": -4.0}, {"siblings": 1.5})
    items = [Item({"long": 1.0, "linked": 0.25}, {}), Item({"unheard": 1.0}, {"siblings": 1.0})]
    assert own_logits(model, items) == [1.0, 0.0]
    assert link_logits(model, items) == [0.0, 1.5]


def test_a_doubtful_item_goes_with_its_neighbours():
    """What is linked to an item that is surely the article's is the article's too."""
    with_link = probabilities([6.0, 0.0, 6.0], [0.0, 3.0, 3.0], 0.0)
    alone = probabilities([6.0, 0.0, 6.0], [0.0, 0.0, 0.0], 0.0)
    assert with_link[1] > 0.95
    assert alone[1] == pytest.approx(0.5)


def test_reasons_name_what_spoke_most_for_the_label():
    """Features that speak against what became of the item are no reasons."""
    weights = {"linked": -3.0, "short": -1.0, "title words": 2.0}
    features = {"short": 1.0, "linked": 1.0, "title words": 1.0}
    assert reasons(weights, features, is_kept=False) == ["linked", "short"]
    assert reasons(weights, features, is_kept=True) == ["title words"]
