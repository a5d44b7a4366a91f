"""Rounds of looking for new articles, in simulated time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from narrate.batch import Failed
from narrate.errors import OutputError, SourceError
from narrate.report import Outcome, Report
from narrate.watching import FIRST_PAUSE_S, Watch


class World:
    """A folder, a clock, and a note of what was spoken."""

    def __init__(self, *names: str) -> None:
        self.now = 0.0
        self.names = list(names)
        self.spoken: list[str] = []
        self.failing: set[str] = set()
        self.renewed = 0
        self.during_pause: Callable[[], object] = lambda: None
        self.watch = Watch(lambda: self.names, self.speak, self.renew, now_s=lambda: self.now, pause=self.pause)

    def speak(self, sources: Iterable[str | Failed], tell: Callable[[Outcome], None]) -> Report:
        for source in sources:
            assert isinstance(source, str)
            self.spoken.append(source)
            error = SourceError("it is broken")
            tell(Outcome.failure(source, error) if source in self.failing else Outcome(source, "made"))
        return Report()

    def renew(self) -> None:
        self.renewed += 1

    def pause(self, seconds: float) -> bool:
        self.now += seconds
        self.during_pause()
        return self.watch.stop.is_set()


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_an_article_is_spoken_once_and_again_when_it_changes() -> None:
    """Addresses once."""
    world = World(write("a.txt", "one"), "https://example.com/b")

    world.watch.once()
    world.watch.once()
    write("a.txt", "one and two")
    world.watch.once()

    assert world.spoken == ["a.txt", "https://example.com/b", "a.txt"]
    assert world.renewed == 3


def test_a_file_that_is_being_written_waits() -> None:
    """Until a round in which it stays as it is."""
    world = World(write("a.txt", "one"))
    world.during_pause = lambda: write("a.txt", "one and more")

    world.watch.once()
    assert world.spoken == []
    world.during_pause = lambda: None
    world.watch.once()

    assert world.spoken == ["a.txt"]


def test_what_fails_is_tried_again_after_growing_pauses() -> None:
    """Twice as long each time."""
    world = World("https://example.com/b")
    world.failing.add("https://example.com/b")
    tried = []
    for _ in range(8):
        world.watch.once()
        tried.append(len(world.spoken))
        world.now += FIRST_PAUSE_S

    assert tried == [1, 2, 2, 3, 3, 3, 3, 4]


def test_an_hour_of_rounds_survives_errors_and_ends_when_told() -> None:
    """What is gone is forgotten."""
    world = World("https://example.com/0")
    rounds = 0

    def between() -> None:
        nonlocal rounds
        rounds += 1
        world.names = [f"https://example.com/{rounds}"]
        if rounds == 60:
            world.watch.stop.set()

    def fail() -> None:
        raise OutputError("the disk is full") if rounds % 2 else ValueError("odd")

    world.during_pause = between
    world.watch.renew = fail
    world.watch.for_ever(60.0)

    assert world.now == 3600.0
    assert len(world.spoken) == len(set(world.spoken)) == 60
    assert len(world.watch._known) == 1
