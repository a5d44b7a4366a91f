"""The next item of a stream, while something else is waited for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import TimeoutError as NotYet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.system.prefetch import one_by_one


@given(st.lists(st.integers()))
def test_all_items_come_in_order_and_then_none(items: list[int]) -> None:
    """However many there are."""
    futures = one_by_one(iter(items))

    assert [next(futures).result(10) for _ in range(len(items) + 2)] == [*items, None, None]


def test_nothing_is_asked_for_ahead() -> None:
    """An item is made when somebody waits for it, in another thread; nobody has to."""
    free, made = threading.Event(), []

    def slow() -> Iterator[int]:
        made.append(threading.current_thread())
        free.wait(10)
        yield 1

    futures = one_by_one(slow())
    assert not made
    first = next(futures)

    with pytest.raises(NotYet):
        first.result(0.01)
    free.set()
    assert first.result(10) == 1
    assert made[0] is not threading.current_thread() and made[0].daemon


def test_what_the_iterator_raises_its_future_raises() -> None:
    """Ctrl-C as well."""

    def broken() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    futures = one_by_one(broken())

    assert next(futures).result(10) == 1
    with pytest.raises(KeyboardInterrupt):
        next(futures).result(10)
