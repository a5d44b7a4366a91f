"""Tests of the trees that weigh what a page shows."""

import pytest

from narrate.text.forest import Forest, logits, packaged_forest, reasons

# Links first; of what has few, words. Means of the nodes are the last values.
TREE = [0, 0.5, [1, 2.0, -1.0, 2.0, 0.5], -3.0, -0.5]
FOREST = Forest(("links", "words"), 0.25, (TREE, 0.5), {})


@pytest.mark.parametrize(
    ("row", "logit"),
    [
        ({"links": 0.9, "words": 5.0}, 0.25 - 3.0 + 0.5),
        ({"links": 0.1, "words": 5.0}, 0.25 + 2.0 + 0.5),
        ({"links": 0.5, "words": 2.0}, 0.25 - 1.0 + 0.5),
        ({}, 0.25 - 1.0 + 0.5),
    ],
)
def test_a_row_goes_down_each_tree(row: dict[str, float], logit: float) -> None:
    """The leaves that a row comes to are added to the base; a feature that is not there is 0."""
    columns = {name: [value] for name, value in row.items()}
    assert logits(FOREST, columns, 1) == [pytest.approx(logit)]


def test_reasons_are_what_moved_the_trees() -> None:
    """What moved them towards the other answer is no reason."""
    row = {"links": 0.1, "words": 5.0}
    assert reasons(FOREST, row, is_kept=True) == ["words", "links"]
    assert reasons(FOREST, row, is_kept=False) == []
    assert reasons(FOREST, {"links": 0.9}, is_kept=False) == ["links"]


def test_the_packaged_forest_is_whole() -> None:
    """Each node asks for a feature that there is, and the file stays small."""
    forest = packaged_forest("narrate.sources.read.choosing", "weights.json")

    def nodes(node: object) -> list[list[object]]:
        return [node, *nodes(node[2]), *nodes(node[3])] if isinstance(node, list) else []

    asked = [node[0] for tree in forest.trees for node in nodes(tree)]
    assert asked
    assert all(isinstance(place, int) and 0 <= place < len(forest.features) for place in asked)
