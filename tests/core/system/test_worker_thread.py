"""Two threads and one stream."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.system.worker_thread import behind


@given(st.lists(st.integers()), st.integers(1, 5))
def test_all_is_done_in_order(items: list[int], most: int) -> None:
    """By the end of the block, however few may wait."""
    done: list[int] = []

    with behind(done.append, most) as take:
        for item in items:
            take(item)

    assert done == items


def test_it_is_done_in_another_thread() -> None:
    """That is what it is for."""
    found: list[threading.Thread] = []

    with behind(lambda item: found.append(threading.current_thread())) as take:
        take(1)

    assert found[0] is not threading.current_thread()
    assert not found[0].is_alive()


@pytest.mark.parametrize("count", [1, 2, 50])
def test_what_fails_is_raised_here(count: int) -> None:
    """At the next item or at the end, and nothing is done after it; whoever gives items never waits for nobody."""
    done: list[int] = []

    def fail(item: int) -> None:
        done.append(item)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"), behind(fail, 1) as take:
        for item in range(count):
            take(item)

    assert done == [0]


def test_a_block_that_fails_leaves_the_rest_undone() -> None:
    """What is being done is finished, what waits is not begun, and the block's own error is raised."""
    done: list[int] = []
    may_go_on = threading.Event()

    def slow(item: int) -> None:
        may_go_on.wait(10)
        done.append(item)

    def give() -> None:
        with behind(slow, 5) as take:
            for item in range(5):
                take(item)
            threading.Timer(0.1, may_go_on.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give()

    assert done in ([0], [])
