"""The next item of a stream as a future: who waits for other things as well need not wait for it alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TypeVar

Item = TypeVar("Item")


def one_by_one(items: Iterator[Item]) -> Iterator[Future[Item | None]]:
    """Futures of the items, each asked for when its future is; None comes behind the last one.

    Items are made in a daemon thread: one that never comes, as of a pipe that nobody closes, keeps no program alive.
    What the iterator raises, its future does.
    """
    wanted: queue.SimpleQueue[Future[Item | None] | None] = queue.SimpleQueue()

    def work() -> None:
        while (future := wanted.get()) is not None:
            try:
                future.set_result(next(items, None))
            except BaseException as error:
                future.set_exception(error)

    threading.Thread(target=work, name="narrate-ahead", daemon=True).start()
    try:
        while True:
            future: Future[Item | None] = Future()
            wanted.put(future)
            yield future
    finally:
        wanted.put(None)
