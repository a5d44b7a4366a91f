"""Turns trees that scikit-learn has grown into those that narrate.text.forest reads."""

from __future__ import annotations

from typing import Any

from sklearn.ensemble import HistGradientBoostingClassifier


def stated(trees: HistGradientBoostingClassifier) -> tuple[float, list[Any]]:
    """Return the logit before the first tree, and the trees as narrate.text.forest reads them."""
    roots = [_node(predictor[0].nodes, 0) for predictor in trees._predictors]
    return float(trees._baseline_prediction.ravel()[0]), roots


def _node(nodes: Any, place: int) -> Any:
    node = nodes[place]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    low, high = _node(nodes, int(node["left"])), _node(nodes, int(node["right"]))
    return [int(node["feature_idx"]), float(f"{node['num_threshold']:.5g}"), low, high, round(float(node["value"]), 4)]
