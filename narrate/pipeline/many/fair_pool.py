"""Threads that many articles share, and that take from each in turn."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


class FairPool:
    """Threads that take from each article in turn, so that a book does not hold up a note."""

    def __init__(self, jobs: int) -> None:
        self._changed = threading.Condition()
        self._lanes: deque[_Lane] = deque()
        self._ended = False
        for number in range(jobs):
            # Daemons: after Ctrl-C nobody waits for an inference.
            threading.Thread(target=self._work, name=f"narrate-{number}", daemon=True).start()

    def lane(self) -> _Lane:
        """An executor for one article; shut it down when the article is finished."""
        lane = _Lane(self._changed, self._lanes)
        with self._changed:
            self._lanes.append(lane)
        return lane

    def end(self) -> None:
        """Begin nothing more; what waits is cancelled."""
        with self._changed:
            self._ended = True
            lanes = list(self._lanes)
            self._changed.notify_all()
        for lane in lanes:
            lane.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or any(lane.tasks for lane in self._lanes))
                if self._ended:
                    return
                task = self._next()
            task.run()

    def _next(self) -> _Task:
        """Take a piece of work from the lane that waited longest."""
        lane = next(lane for lane in self._lanes if lane.tasks)
        self._lanes.remove(lane)
        self._lanes.append(lane)
        task = lane.tasks.popleft()
        for one in [one for one in self._lanes if one.closed and not one.tasks]:
            self._lanes.remove(one)
        return task


class _Task:
    """A call that waits for a thread, and the future of what it gives back."""

    def __init__(self, future: Future[Made], call: Callable[[], Made]) -> None:
        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(call())
                except BaseException as error:
                    future.set_exception(error)

        self.run, self.cancel = run, future.cancel


class _Lane(Executor):
    """The chunks of one article that wait for a thread."""

    def __init__(self, changed: threading.Condition, lanes: deque[_Lane]) -> None:
        self.tasks: deque[_Task] = deque()
        self.closed = False
        self._changed = changed
        self._lanes = lanes

    def submit(self, fn: Callable[Given, Made], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Made]:
        future: Future[Made] = Future()
        with self._changed:
            if self.closed:
                raise RuntimeError("the article is finished")
            self.tasks.append(_Task(future, partial(fn, *args, **kwargs)))
            self._changed.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._changed:
            self.closed = True
            left = list(self.tasks) if cancel_futures else []
            if cancel_futures:
                self.tasks.clear()
            if not self.tasks and self in self._lanes:
                self._lanes.remove(self)
        for task in left:
            task.cancel()
