"""What is taken out of parsed JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core import parsed
from narrate.core.article import BlockKind

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)

READERS: dict[Callable[[object], object], type] = {
    parsed.text: str,
    parsed.count: int,
    parsed.mapping: dict,
    parsed.items: list,
    parsed.block_kind: str,
}


@pytest.mark.parametrize("reader", READERS)
@given(value=ANYTHING)
def test_a_value_comes_out_as_it_is_or_not_at_all(reader: Callable[[object], object], value: object) -> None:
    """Nothing is turned into something else, and nothing but ValueError is raised, which shows what was there."""
    again = json.loads(json.dumps(value))
    try:
        found = reader(again)
    except ValueError as error:
        assert repr(again) in str(error)
    else:
        assert found is again or found == again
        assert type(found) is READERS[reader]


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (parsed.text, 3),
        (parsed.text, None),
        (parsed.text, ["a"]),
        (parsed.count, True),
        (parsed.count, -1),
        (parsed.count, 2.0),
        (parsed.count, "2"),
        (parsed.mapping, [["a", 1]]),
        (parsed.mapping, None),
        (parsed.items, "ab"),
        (parsed.items, {"a": 1}),
        (parsed.block_kind, "poem"),
        (parsed.block_kind, ["title"]),
        (parsed.block_kind, None),
    ],
)
def test_what_is_refused(reader: Callable[[object], object], value: object) -> None:
    """True is no number, a text is no list of its letters, and pairs are no mapping."""
    with pytest.raises(ValueError, match=r"^it is damaged: "):
        reader(value)


def test_every_kind_of_block_is_known() -> None:
    """Those of the type, and no others."""
    assert tuple(map(parsed.block_kind, get_args(BlockKind))) == get_args(BlockKind)
