"""Rounds of looking for new articles, in simulated time."""

from __future__ import annotations

import gc
import os
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from narrate.core.errors import OutputError, SourceError
from narrate.core.settings.model import Settings
from narrate.core.settings.tables import Podcast
from narrate.pipeline.engine import open_engine
from narrate.pipeline.many.batch import Failed, speak_all
from narrate.pipeline.many.outcomes import Outcome, Report
from narrate.pipeline.many.watch import FIRST_PAUSE_S, Notes, Waiting, Watch
from narrate.publish.site import publish
from narrate.sources.gather import Wanted, gathered

EPISODE = "episode.mp3"


class World:
    """A folder, a clock, and a note of what was spoken."""

    def __init__(self, *names: str, notes: Notes | None = None) -> None:
        self.now = 0.0
        self.names = list(names)
        self.spoken: list[str] = []
        self.failing: set[str] = set()
        self.renewed = 0
        self.during_pause: Callable[[], object] = lambda: None
        self.watch = Watch(
            lambda: self.names,
            self.speak,
            self.renew,
            waiting=Waiting(now_s=lambda: self.now, pause=self.pause),
            notes=notes,
        )

    def speak(self, sources: Iterable[str | Failed], tell: Callable[[Outcome], None]) -> Report:
        for source in sources:
            assert isinstance(source, str)
            self.spoken.append(source)
            error = SourceError("it is broken")
            tell(Outcome.failure(source, error) if source in self.failing else Outcome(source, "made", EPISODE))
        return Report()

    def renew(self) -> None:
        self.renewed += 1

    def pause(self, seconds: float) -> bool:
        self.now += seconds
        self.during_pause()
        return self.watch.waiting.stop.is_set()


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


def test_an_address_is_read_again_when_its_feed_says_that_it_changed() -> None:
    """Without waiting, as nobody is writing to it; and also by the process after this one."""
    address, updated = "https://example.com/b", {"https://example.com/b": (0, 100)}
    write(EPISODE, "sound")
    world = World(address, notes=Notes(Path("notes.json")))
    world.watch.state = updated.get
    world.watch.once()
    world.watch.once()
    updated[address] = (0, 200)
    world.watch.once()

    after = World(address, notes=Notes(Path("notes.json")))
    after.watch.state = updated.get
    after.watch.once()

    assert world.spoken == [address, address]
    assert world.now == 0
    assert after.spoken == []


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
            world.watch.waiting.stop.set()

    def fail() -> None:
        raise OutputError("the disk is full") if rounds % 2 else ValueError("odd")

    world.during_pause = between
    world.watch.renew = fail
    world.watch.for_ever(60.0)

    assert world.now == 3600.0
    assert len(world.spoken) == len(set(world.spoken)) == 60
    assert len(world.watch._known) == 1


def test_after_a_restart_nothing_is_read_again_that_need_not_be() -> None:
    """What changed, failed or lost its episode is; where the notes are lost or damaged, all is."""
    write(EPISODE, "sound")
    names = write("a.txt", "one"), write("b.txt", "two"), "https://example.com/c", "https://example.com/d"
    before = World(*names, notes=Notes(Path("cache/notes.json")))
    before.failing.add(names[3])
    before.watch.once()
    write("b.txt", "two and more")

    def again() -> list[str]:
        world = World(*names, notes=Notes(Path("cache/notes.json")))
        world.failing.add(names[3])
        world.watch.once()
        return world.spoken

    assert again() == [names[1], names[3]]
    assert again() == [names[3]]
    for damage in (b"", b"[]", b'{"a.txt": 1}', b'{"a.txt": [[1], "x"]}', b'{"a.txt": [[1, "2"], "x"]}', b"\xff"):
        Path("cache/notes.json").write_bytes(damage)
        assert again() == list(names)
    Path(EPISODE).unlink()
    assert again() == list(names)


def test_what_was_spoken_before_it_was_told_to_end_is_noted() -> None:
    """In the middle of a round."""
    write(EPISODE, "sound")
    world = World("https://example.com/a", "https://example.com/b", notes=Notes(Path("notes.json")))

    def end(sources: Iterable[str | Failed], tell: Callable[[Outcome], None]) -> Report:
        tell(Outcome("https://example.com/a", "made", EPISODE))
        raise KeyboardInterrupt

    world.watch.speak = end
    with pytest.raises(KeyboardInterrupt):
        world.watch.once()

    after = World(*world.names, notes=Notes(Path("notes.json")))
    after.watch.once()
    assert after.spoken == ["https://example.com/b"]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no list of open files")
@pytest.mark.slow
def test_an_hour_of_rounds_leaves_memory_and_files_as_they_were(tmp_path: Path) -> None:
    """Real files, real episodes and a feed, in simulated time: none missed, none twice, nothing grows."""
    Path("in").mkdir()
    settings = Settings(engine="tone", cover="none", format="wav", cache_dir=tmp_path / "cache")
    made: list[str] = []
    measured: list[tuple[int, int]] = []

    def speak(sources: Iterable[str | Failed], tell: Callable[[Outcome], None]) -> Report:
        def note(outcome: Outcome) -> None:
            tell(outcome)
            made.append(f"{outcome.status} {outcome.source}")

        waiting = list(sources)
        with open_engine(settings) as engine:
            return speak_all(waiting, settings, engine=engine, on_outcome=note) if waiting else Report()

    def find() -> Iterable[str | Failed]:
        return [one.source for one in gathered(["in"]) if isinstance(one, Wanted)]

    world = World(notes=Notes(tmp_path / "cache" / "notes.json"))
    world.watch.find, world.watch.speak = find, speak
    world.watch.renew = lambda: publish(Path("output"), Podcast(base_url="https://example.com/pod"))

    def between() -> None:
        minute = round(world.now / 60)
        if minute % 20 == 0:
            write(f"in/{minute}.txt", f"Day {minute}\n\nThe lamp is lit.")
        gc.collect()
        measured.append((len(os.listdir("/dev/fd")), tracemalloc.get_traced_memory()[0]))
        if minute >= 60:
            world.watch.waiting.stop.set()

    world.during_pause = between
    write("in/0.txt", "Day 0\n\nThe lamp is lit.")
    tracemalloc.start()
    try:
        world.watch.for_ever(120.0)
    finally:
        tracemalloc.stop()

    assert made == [f"made {Path('in', f'{minute}.txt')}" for minute in range(0, 60, 20)]
    half = len(measured) // 2
    assert max(files for files, _ in measured[half:]) <= max(files for files, _ in measured[:half])
    assert measured[-1][1] - measured[half][1] < 300_000
    assert Path("output/feed.xml").read_text(encoding="utf-8").count("<item>") == 3
