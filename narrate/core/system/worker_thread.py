"""Work on a stream in two threads: one makes the items, another does something with each, in order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

# Enough for one thread not to wait for the other at each item, and few enough not to count: frames of 4 kB.
MOST_WAITING = 64


@contextmanager
def behind(do: Callable[[Item], object], most: int = MOST_WAITING) -> Iterator[Callable[[Item], None]]:
    """Do something with items in a thread of its own, while the next ones are made in this one.

    Args:
        do: Called with each item, in order.
        most: Items that wait at most.

    Yields:
        What takes the next item. It raises what `do` raised with an earlier one; the end of the block does so too, and
        comes when the last item is done. When the block raises, items that wait are left undone.
    """
    waiting: queue.Queue[tuple[Item] | None] = queue.Queue(most)
    ended: list[BaseException] = []

    def work() -> None:
        while (entry := waiting.get()) is not None:
            if not ended:
                try:
                    do(*entry)
                except BaseException as error:
                    ended.append(error)

    def take(item: Item) -> None:
        if ended:
            raise ended[0]
        waiting.put((item,))

    thread = threading.Thread(target=work, name="narrate-behind", daemon=True)
    thread.start()
    try:
        yield take
    except BaseException as error:
        ended.append(error)
        raise
    finally:
        waiting.put(None)
        thread.join()
    if ended:
        raise ended[0]
