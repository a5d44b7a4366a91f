"""Values out of parsed JSON, which may hold anything: each is looked at before it is taken for what it should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from narrate.core.article import BlockKind


def text(value: object) -> str:
    """Return a text.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, str):
        raise _damaged(value, "text")
    return value


def count(value: object) -> int:
    """Return a whole number that is not below nought; true and false are none.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _damaged(value, "a number")
    return value


def mapping(value: object) -> Mapping[str, object]:
    """Return values by their names.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, dict):
        raise _damaged(value, "values by their names")
    return value


def items(value: object) -> Sequence[object]:
    """Return the items of a list.

    Raises:
        ValueError: It is something else.
    """
    if not isinstance(value, list):
        raise _damaged(value, "a list")
    return value


def block_kind(value: object) -> BlockKind:
    """Return the kind of a block.

    Raises:
        ValueError: It is none.
    """
    kinds: tuple[BlockKind, ...] = get_args(BlockKind)
    for kind in kinds:
        if kind == value:
            return kind
    raise ValueError(f"it is damaged: {value!r} is no kind of block")


def _damaged(value: object, what: str) -> ValueError:
    return ValueError(f"it is damaged: {value!r} should be {what}")
