"""How much lies in the cache folder, and what goes when it is too much."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.cache import space
from narrate.core.cache.leases import gate_of, leased
from narrate.core.cache.space import (
    DAY_S,
    KINDS,
    SIZE_NAME,
    USE_EXACT_S,
    at_work,
    clear,
    estimated_bytes,
    files_in,
    grew,
    keep_below,
    make_room,
    used,
)
from narrate.core.settings.model import Settings
from narrate.pipeline.making import make_episode

CACHE = Path("cache")
NOW_S = time.time()


def sum_of(number: int) -> str:
    """A name as narrate gives it."""
    return f"{number:064x}"


def put(name: str, size_bytes: int = 100, unused_s: float = 0.0, folder: Path = CACHE) -> Path:
    """A file of the cache that was not used for so long."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size_bytes)
    os.utime(path, (NOW_S - unused_s, NOW_S - unused_s))
    return path


def clip(number: int, unused_s: float = 0.0, size_bytes: int = 100) -> Path:
    """A clip of a number."""
    return put(f"clips/{number:02x}/{sum_of(number)}.clip", size_bytes, unused_s)


def there(folder: Path = CACHE) -> set[str]:
    """What the folder holds beside its note of the size and locks."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if name != SIZE_NAME and not name.startswith("locks/")}


EVERY = {
    "clips": f"clips/00/{sum_of(1)}.clip",
    "sounds": f"sounds/0a/{sum_of(2)}.sound",
    "episodes": f"episodes/ff/{sum_of(3)}.json",
    "models": "models/kokoro-v1.0.int8-34a826c5-onnxruntime-1.23.2-0123abcd.onnx",
    "feeds": f"feeds/{sum_of(4)}.json",
    "pages": f"pages/{sum_of(5)}.json",
    "watch": f"watch/{'a' * 32}.json",
    "locks": f"locks/{'b' * 32}.lock",
    "leftovers": f"clips/00/.{sum_of(6)[:40]}.0123abcd.x_1.part",
}

FOREIGN = (
    "notes.txt",
    "clips/notes.txt",
    f"clips/{sum_of(1)}.clip",
    f"clips/00/deep/{sum_of(1)}.clip",
    f"clips/00/{sum_of(1)}.clip.bak",
    f"clips/00/{'G' * 64}.clip",
    "models/mine.onnx",
    f"music/00/{sum_of(1)}.clip",
    "feeds/mine.json",
    "locks/apt.lock",
    "download.part",
)


def test_every_kind_is_told_by_its_name() -> None:
    """Also what a killed run left in its folders; nothing else is narrate's."""
    for name in EVERY.values():
        put(name)
    for name in FOREIGN:
        put(name)

    found = {one.path.removeprefix("cache/").removeprefix("cache\\").replace("\\", "/"): one for one in files_in(CACHE)}

    assert {name: found[path].kind.name for name, path in EVERY.items()} == {name: name for name in EVERY}  # type: ignore[union-attr]
    assert [name for name in FOREIGN if name in found and found[name].kind] == []


def test_what_a_real_run_keeps_is_known() -> None:
    """No file of narrate's own is counted among the others."""
    Path("a.txt").write_text("A Light at Sea\n\nThe keeper climbs.\n\nThe lamp is lit.\n")
    settings = Settings(engine="tone", cover="none", cache_dir=CACHE)
    make_episode("a.txt", settings)

    found = list(files_in(CACHE))

    kinds = {one.kind.name for one in found if one.kind}
    assert [one.path for one in found if one.kind is None] == []
    assert {"clips", "sounds", "episodes", "locks", "pace"} == kinds
    assert estimated_bytes(CACHE) == sum(one.size_bytes for one in found)


@pytest.mark.parametrize("kinds", [(), tuple(EVERY)])
def test_foreign_files_are_never_touched(kinds: tuple[str, ...]) -> None:
    """Whatever is cleared, and however old they are."""
    for name in (*EVERY.values(), *FOREIGN):
        put(name, unused_s=400 * DAY_S)

    freed = clear(CACHE, kinds)

    left = {path.relative_to(CACHE).as_posix() for path in CACHE.rglob("*") if path.is_file()}
    assert left - {"locks/cache.lock"} == set(FOREIGN)
    assert (len(freed.removed), freed.left_bytes) == (len(EVERY), 0)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_lead_nowhere(tmp_path: Path) -> None:
    """Neither one that stands for a file, nor one for a folder of a kind, nor one below it."""
    outside = tmp_path / "outside"
    real = put(f"00/{sum_of(1)}.clip", unused_s=DAY_S, folder=outside)
    one = clip(2, DAY_S)
    one.with_name(f"{sum_of(3)}.clip").symlink_to(real)
    (CACHE / "clips" / "00").symlink_to(outside / "00")
    (CACHE / "sounds").symlink_to(outside)

    freed = clear(CACHE)

    assert [Path(gone.path).name for gone in freed.removed] == [one.name]
    assert real.exists()
    assert (CACHE / "sounds").is_symlink()


def test_what_was_not_used_for_longest_goes_first() -> None:
    """Until it is a little below the limit, of whatever kind it is."""
    for number in range(1, 11):
        clip(number, unused_s=number * 1000)
    put(EVERY["sounds"], unused_s=9500)

    freed = make_room(CACHE, 1000, now_s=NOW_S)

    assert [Path(one.path).suffix for one in freed.removed] == [".clip", ".sound"]
    assert there() == {f"clips/{number:02x}/{sum_of(number)}.clip" for number in range(1, 10)}
    assert freed.left_bytes == 900


@pytest.mark.parametrize("limit_bytes", [0, 1100, 5000])
def test_below_the_limit_nothing_goes(limit_bytes: int) -> None:
    """Nothing goes below the limit, or where there is none."""
    for number in range(1, 12):
        clip(number, unused_s=number * DAY_S)

    assert make_room(CACHE, limit_bytes, now_s=NOW_S).removed == ()
    assert len(there()) == 11
    assert estimated_bytes(CACHE) == 1100


def test_what_is_not_evicted() -> None:
    """Small things that save much, a model of today, and what is being written; they count all the same."""
    for name in EVERY.values():
        put(name, unused_s=DAY_S / 2)

    freed = make_room(CACHE, 1, now_s=NOW_S)

    assert {one.kind.name for one in freed.removed if one.kind} == {"clips", "sounds", "feeds", "pages"}
    assert there() | {EVERY["locks"]} == {EVERY[name] for name in ("episodes", "models", "watch", "locks", "leftovers")}
    assert freed.left_bytes == 500


def test_an_old_model_goes_and_so_do_leftovers() -> None:
    """A day after they were used or written."""
    for name in ("models", "leftovers"):
        put(EVERY[name], unused_s=DAY_S + 1)

    assert len(make_room(CACHE, 1, now_s=NOW_S).removed) == 2


def test_reading_is_using() -> None:
    """Noted to a minute, so that a hit seldom costs a write; the clip that was read outlives younger ones."""
    old, young, just = clip(1, 5000), clip(2, 4000), clip(3)
    before = time.time() - USE_EXACT_S / 4
    os.utime(just, (before, before))

    used(old)
    used(just)

    assert just.stat().st_mtime == pytest.approx(before, abs=1e-3)
    make_room(CACHE, 250)
    assert (old.exists(), young.exists(), just.exists()) == (True, False, True)
    used(CACHE / "none")


def test_a_run_that_reads_its_clips_uses_them() -> None:
    """The last reading of clips decides, and not their making."""
    Path("a.txt").write_text("A Light at Sea\n\nThe keeper climbs.\n")
    settings = Settings(engine="tone", cover="none", cache_dir=CACHE, sidecars=False)
    make_episode("a.txt", settings)
    for path in CACHE.rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    make_episode("a.txt", replace(settings, output=Path("other")))  # the record says that nothing is to be done
    make_episode("a.txt", replace(settings, loudness_lufs=-20.0))

    ages = {one.kind.name: one.used_s for one in files_in(CACHE) if one.kind and one.kind.name != "locks"}
    assert all(used_s > 1_000_000_000 for name, used_s in ages.items() if name in ("clips", "sounds"))


def test_what_a_run_in_progress_used_stays() -> None:
    """What was used before it began goes; when it has ended, all may go."""
    before, during = clip(1, 1000), clip(2)
    os.utime(during, (time.time(), time.time()))

    with leased(CACHE):
        used(during)
        freed = make_room(CACHE, 1)
        assert [Path(one.path) for one in freed.removed] == [before]
        assert [Path(one.path) for one in freed.in_use] == [during]
        assert [Path(one.path) for one in clear(CACHE).in_use] == [during]

    assert len(clear(CACHE).removed) == 1
    assert there() == set()


def test_a_file_that_is_used_while_others_go_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was old when it was seen, and is not any more."""
    one, other = clip(1, 2000), clip(2, 1000)
    plain = space.in_use_since_s

    def late(folder: Path) -> float:
        used(one)
        return plain(folder)

    monkeypatch.setattr(space, "in_use_since_s", late)

    freed = clear(CACHE)

    assert (one.exists(), other.exists()) == (True, False)
    assert [Path(kept.path) for kept in freed.in_use] == [one]


def test_a_file_that_cannot_be_removed_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that somebody reads on Windows; what another process removed first counts as gone."""
    held, gone, last = clip(1, 3000), clip(2, 2000), clip(3, 1000)
    plain = os.unlink

    def unlink(path: str, **options: object) -> None:
        if Path(path) == held:
            raise PermissionError(13, "it is used by another process", path)
        if Path(path) == gone:
            plain(path)
        plain(path)

    monkeypatch.setattr(os, "unlink", unlink)

    freed = clear(CACHE)

    assert [Path(one.path) for one in freed.removed] == [gone, last]
    assert [Path(one.path) for one in freed.in_use] == [held]
    assert freed.left_bytes == 100


def test_clearing_can_be_rehearsed_and_limited() -> None:
    """By kind and by age."""
    clip(1, 40 * DAY_S)
    clip(2, 10 * DAY_S)
    put(EVERY["pages"], unused_s=40 * DAY_S)

    rehearsed = clear(CACHE, ["clips"], unused_s=30 * DAY_S, is_rehearsal=True)
    assert len(there()) == 3
    freed = clear(CACHE, ["clips"], unused_s=30 * DAY_S)

    assert rehearsed == freed
    assert [Path(one.path).name for one in freed.removed] == [f"{sum_of(1)}.clip"]
    assert clear(Path("nowhere")).removed == ()


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """An entry for each time that all files are looked at."""
    counted: list[int] = []
    plain = space.files_in
    monkeypatch.setattr(space, "files_in", lambda folder: counted.append(1) or plain(folder))
    return counted


def test_the_folder_is_walked_only_where_it_may_be_too_large(walks: list[int]) -> None:
    """At first, when the estimate passes the limit, and once a day; nothing is noted of runs that store nothing."""
    clip(1)
    keep_below(CACHE, 1000)
    assert (walks, estimated_bytes(CACHE)) == ([], None)

    for expected, size in ((1, 100), (1, 300), (1, 300), (2, 500)):
        grew(CACHE, size)
        keep_below(CACHE, 1000)
        assert len(walks) == expected
    assert estimated_bytes(CACHE) == 100  # what it is, and not what was said

    grew(CACHE, 1)
    keep_below(CACHE, 1000, now_s=time.time() + DAY_S + 1)
    assert len(walks) == 3


@pytest.mark.parametrize("content", [b"", b"x", b"1 2\n", b"1 2 3\nfour\n", b"\xff\x00", b"9" * 5000 + b" 1 1\n"])
def test_a_damaged_note_is_none(content: bytes, walks: list[int]) -> None:
    """All is walked, and noted again."""
    clip(1)
    (CACHE / SIZE_NAME).write_bytes(content)
    assert estimated_bytes(CACHE) is None

    grew(CACHE, 1)
    keep_below(CACHE, 1000)

    assert (len(walks), estimated_bytes(CACHE)) == (1, 100)


def test_what_cannot_be_evicted_is_not_tried_each_time(walks: list[int]) -> None:
    """Only when it has grown by a twentieth of the limit; a note that says so holds for a day."""
    with leased(CACHE):
        for number in range(1, 21):
            one = clip(number)
            os.utime(one)
        for size in (100, 10, 10, 10, 100):
            grew(CACHE, size)
            keep_below(CACHE, 1000)

    assert len(walks) == 2
    assert len(there()) == 20


def test_a_disk_that_is_full_is_said_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In one line; what was made is made."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(space, "write_whole", full)
    CACHE.mkdir()

    with at_work(CACHE, 1000):
        grew(CACHE, 1)

    assert [record.getMessage() for record in caplog.records] == [
        "the cache cache cannot be kept below its limit: No space left on device"
    ]


def test_a_gate_that_is_held_is_said_and_nothing_goes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody else is clearing."""
    one = clip(1, 1000)
    (CACHE / "locks").mkdir()
    monkeypatch.setattr(space, "gate_of", lambda folder: gate_of(folder, 0))
    grew(CACHE, 1)

    with gate_of(CACHE):
        keep_below(CACHE, 10)

    assert one.exists()
    assert "cannot be kept below its limit" in caplog.text


def test_after_each_piece_of_work_the_folder_is_below_its_limit() -> None:
    """Also what that work stored may go then: nobody uses it any more."""
    with at_work(CACHE, 1000):
        for number in range(1, 21):
            clip(number)
            grew(CACHE, 100)
        assert len(there()) == 20

    assert len(there()) == 9
    with at_work(None, 1000):
        pass


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 500)), max_size=40, unique_by=lambda one: one[0]),
    st.integers(1, 20_000),
)
def test_evicting_keeps_the_youngest(files: list[tuple[int, int]], limit_bytes: int) -> None:
    """Whatever lies there: nothing that goes was used after anything that stays, and no more goes than must."""
    clear(CACHE)
    for number, (unused_s, size_bytes) in enumerate(files):
        put(f"clips/{number:02x}/{sum_of(number)}.clip", size_bytes, unused_s)
    total = sum(size_bytes for _, size_bytes in files)

    freed = make_room(CACHE, limit_bytes, now_s=NOW_S)

    left = [one for one in files_in(CACHE) if one.kind and one.kind.name == "clips"]
    assert sum(one.size_bytes for one in left) == freed.left_bytes == total - freed.size_bytes
    assert freed.left_bytes <= limit_bytes
    assert all(gone.used_s <= one.used_s for gone in freed.removed for one in left)
    if freed.removed:
        assert freed.left_bytes + freed.removed[-1].size_bytes > limit_bytes * space.EVICT_TO


WORKER = """
import sys
from pathlib import Path
from narrate.pipeline.making import make_episode
from narrate.core.settings.model import Settings
name = sys.argv[1]
for round in range(3):
    Path(f"{name}.txt").write_text(f"Title {name}\\n\\n" + "\\n\\n".join(
        f"This is paragraph {n} of article {name} in round {round}." for n in range(6)))
    settings = Settings(engine="tone", cover="none", cache_dir=Path("cache"), cache_limit_mb=1, speed=2.0)
    make_episode(f"{name}.txt", settings)
"""


def test_several_processes_evict_at_once() -> None:
    """None of them fails or has a word to say, and the folder ends below its limit."""
    for number in range(30):
        clip(number, unused_s=number * DAY_S, size_bytes=50_000)
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, name], stderr=-1) for name in ("one", "two", "three")]

    said = [worker.communicate()[1].decode() for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0, 0], said
    assert said == ["", "", ""]
    make_room(CACHE, 1_000_000)
    assert sum(one.size_bytes for one in files_in(CACHE) if one.kind) <= 1_000_000
    assert {kind.name for kind in KINDS} >= {one.kind.name for one in files_in(CACHE) if one.kind}


KILLED = """
import os, signal, sys
from pathlib import Path
from narrate.core.cache import space
from narrate.core.system import files
left = int(sys.argv[1])
def audit(event, args):
    global left
    if event in ("open", "os.remove", "os.rename", "os.scandir", "os.listdir", "os.mkdir") and "cache" in str(args[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
with space.leased(Path("other")):  # what is imported late is imported
    pass
space.write_whole(Path("other/x"), b"")
sys.addaudithook(audit)
with space.at_work(Path("cache"), 1000):
    space.grew(Path("cache"), 1)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    "step", [pytest.param(n, marks=() if n in (4, 12, 20, 27) else pytest.mark.long) for n in range(1, 45)]
)
def test_killed_at_any_step(step: int) -> None:
    """The cache works, and the next run evicts what that one did not."""
    for number in range(1, 16):
        clip(number, unused_s=number * 1000)

    ended = subprocess.run([sys.executable, "-c", KILLED, str(step)], capture_output=True, check=False)

    assert ended.returncode in (0, -9), ended.stderr.decode()
    grew(CACHE, 1)
    keep_below(CACHE, 1000)
    left = len(there())
    assert left in (9, 10)  # ten are not above the limit, where the killed one came so far
    assert there() == {f"clips/{number:02x}/{sum_of(number)}.clip" for number in range(1, left + 1)}
    assert [path.name for path in (CACHE / "locks").iterdir()] == ["cache.lock"]
