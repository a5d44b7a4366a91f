"""The size of the cache folder, and which of its files go when it is too large: those not used for longest."""

from __future__ import annotations

import logging
import math
import os
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from narrate.core.cache.leases import LOCKS, gate_of, in_use_since_s, leased
from narrate.core.system.files import PART_SUFFIX, write_whole

logger = logging.getLogger(__name__)

# The time of a file says when it was used, as exactly as this; access times are off on many disks.
USE_EXACT_S = 60.0

DAY_S = 24 * 3600.0

# The size is an estimate: that of the last walk, and what was stored since. Pages, for example, are not counted.
SIZE_NAME = "size.txt"
WALK_AGAIN_S = DAY_S

# Evicting goes a little below the limit, so that the next run need not do it again.
EVICT_TO = 0.9
# So many files go between two looks at who is at work; whoever wants to begin waits for them.
AT_ONCE = 200

# Where work in progress keeps the size above the limit, it must grow by so much of the limit before the next try.
TRY_AGAIN = 0.05


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of one purpose, in a folder of their own.

    Attributes:
        name: Of the folder.
        pattern: What their names match, below the folder; nothing else there is narrate's.
        is_evicted: Whether they go when there is too much. Records are small, and each saves speaking an article.
        rest_s: They are kept for so long after their last use in any case.
    """

    name: str
    pattern: re.Pattern[str]
    is_evicted: bool = True
    rest_s: float = 0.0


_SUM = "[0-9a-f]{64}"

KINDS = (
    Kind("clips", re.compile(rf"[0-9a-f]{{2}}/{_SUM}\.clip")),
    Kind("sounds", re.compile(rf"[0-9a-f]{{2}}/{_SUM}\.sound")),
    Kind("episodes", re.compile(rf"[0-9a-f]{{2}}/{_SUM}\.json"), is_evicted=False),
    Kind("models", re.compile(r"[\w.+-]+-[0-9a-f]{8}\.onnx"), rest_s=DAY_S),
    Kind("feeds", re.compile(rf"{_SUM}\.json")),
    Kind("pages", re.compile(rf"{_SUM}\.json")),
    Kind("chapters", re.compile(rf"{_SUM}\.json")),
    Kind("pace", re.compile(r"[0-9a-f]{32}\.json"), is_evicted=False),
    Kind("watch", re.compile(r"[0-9a-f]{32}\.json"), is_evicted=False),
    Kind(LOCKS, re.compile(r"(?:[0-9a-f]{32}|run-\d+-[0-9a-f]{16}|cache)\.lock"), is_evicted=False),
)

# What a killed process left of any of them; a younger one is being written.
PARTS = Kind("leftovers", re.compile(rf"(?:[0-9a-f]{{2}}/)?\..+{re.escape(PART_SUFFIX)}"), rest_s=DAY_S)

# Not narrate's, or not known to this version: counted, and never touched.
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the cache.

    Attributes:
        kind: What it is for; None where narrate does not know.
        path: Of the file.
        size_bytes: Its size.
        used_s: When it was last used, in seconds since 1970.
    """

    kind: Kind | None
    path: str
    size_bytes: int
    used_s: float


@dataclass(frozen=True, slots=True)
class Freed:
    """The result of a clearing that was done, or would be.

    Attributes:
        removed: Files that went.
        in_use: Files that had to go and stay, as somebody is at work with them.
        left_bytes: Size of what is left of narrate's files.
    """

    removed: tuple[Kept, ...]
    in_use: tuple[Kept, ...]
    left_bytes: int

    @property
    def size_bytes(self) -> int:
        """The size of what went."""
        return sum(one.size_bytes for one in self.removed)


def files_in(folder: Path) -> Iterator[Kept]:
    """Every file of a cache folder; links are followed nowhere, and folders that are not narrate's not entered.

    Files that go meanwhile are left out; a folder that is missing is empty.
    """
    known = {kind.name: kind for kind in KINDS}
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False) and entry.name in known:
            yield from _below(entry.path, known[entry.name], "")
        elif entry.name != SIZE_NAME:
            yield from _kept(None, entry)


def _below(folder: str, kind: Kind, prefix: str) -> Iterator[Kept]:
    for entry in _entries(folder):
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if not prefix:
                yield from _below(entry.path, kind, f"{name}/")
        elif not entry.is_symlink() and kind.pattern.fullmatch(name):
            yield from _kept(kind, entry)
        else:
            is_part = not entry.is_symlink() and PARTS.pattern.fullmatch(name)
            yield from _kept(PARTS if is_part else None, entry)


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _kept(kind: Kind | None, entry: os.DirEntry[str]) -> Iterator[Kept]:
    with suppress(OSError):
        found = entry.stat(follow_symlinks=False)
        yield Kept(kind, entry.path, found.st_size, found.st_mtime)


def clear(
    folder: Path,
    kinds: Collection[str] = (),
    *,
    unused_s: float = 0.0,
    is_rehearsal: bool = False,
    now_s: float | None = None,
) -> Freed:
    """Remove what narrate keeps, but for what somebody is at work with.

    Args:
        folder: The cache folder.
        kinds: Names of what goes; none for all.
        unused_s: Only what was not used for so long.
        is_rehearsal: Remove nothing, and tell what would go.
        now_s: The time, in seconds since 1970.

    Raises:
        OSError: The folder cannot be used.
    """
    # Without an age all goes, also what a clock that was wrong has dated.
    before_s = (time.time() if now_s is None else now_s) - unused_s if unused_s else math.inf
    found = list(files_in(folder))
    wanted = [
        one
        for one in found
        if one.kind and (not kinds or one.kind.name in kinds) and one.kind.name != LOCKS and one.used_s <= before_s
    ]
    if not kinds or LOCKS in kinds:
        wanted += [one for one in found if one.kind and one.kind.name == LOCKS and _is_old_lock(one, before_s)]
    freed = _remove(folder, found, wanted, math.inf, is_rehearsal=is_rehearsal)
    if freed.removed and not is_rehearsal:
        (folder / SIZE_NAME).unlink(missing_ok=True)
    return freed


def _is_old_lock(one: Kept, before_s: float) -> bool:
    """The gate and leases are for whoever works; an episode's lock of the last day may be held at this moment."""
    name = os.path.basename(one.path)
    return not name.startswith(("run-", "cache")) and one.used_s <= min(before_s, time.time() - DAY_S)


def make_room(folder: Path, limit_bytes: int, *, now_s: float | None = None) -> Freed:
    """Evict what was not used for longest, until the folder is below a limit, and note how large it is.

    Args:
        folder: The cache folder.
        limit_bytes: What it may hold; 0 for any size, and the folder is only measured.
        now_s: The time, in seconds since 1970.

    Raises:
        OSError: The folder cannot be used.
    """
    now_s = time.time() if now_s is None else now_s
    found = list(files_in(folder))
    size_bytes = _size_bytes(found)
    freed = Freed((), (), size_bytes)
    if limit_bytes and size_bytes > limit_bytes:
        evicted = [one for one in found if _may_go(one, now_s)]
        freed = _remove(folder, found, evicted, size_bytes - limit_bytes * EVICT_TO)
    again_bytes = freed.left_bytes + round(limit_bytes * TRY_AGAIN) if freed.left_bytes > limit_bytes else 0
    write_whole(folder / SIZE_NAME, f"{freed.left_bytes} {int(now_s)} {again_bytes}\n".encode())
    return freed


def _may_go(one: Kept, now_s: float) -> bool:
    kind = one.kind
    return kind is not None and kind.is_evicted and (not kind.rest_s or one.used_s <= now_s - kind.rest_s)


def _size_bytes(found: Iterable[Kept]) -> int:
    return sum(one.size_bytes for one in found if one.kind)


def _remove(
    folder: Path, found: list[Kept], wanted: list[Kept], enough_bytes: float, *, is_rehearsal: bool = False
) -> Freed:
    """Remove files, those first that were not used for longest, until that is enough."""
    removed: list[Kept] = []
    in_use: list[Kept] = []
    left = deque(sorted(wanted, key=lambda one: (one.used_s, one.path)))
    if left:
        (folder / LOCKS).mkdir(exist_ok=True)
    freed_bytes = 0
    while left and freed_bytes < enough_bytes:
        with gate_of(folder):  # nobody begins meanwhile
            since_s = in_use_since_s(folder) - USE_EXACT_S
            for _ in range(min(AT_ONCE, len(left))):
                one = left.popleft()
                if one.used_s >= since_s or not (is_rehearsal or _gone(one)):
                    in_use.append(one)
                    continue
                removed.append(one)
                freed_bytes += one.size_bytes
                if freed_bytes >= enough_bytes:
                    break
    return Freed(tuple(removed), tuple(in_use), _size_bytes(found) - freed_bytes)


def _gone(one: Kept) -> bool:
    """Remove a file, unless it was used since it was seen, or cannot be removed while somebody reads it (Windows)."""
    try:
        if os.lstat(one.path).st_mtime != one.used_s:
            return False
        os.unlink(one.path)
    except FileNotFoundError:
        return True
    except OSError as error:
        logger.debug("%s stays: %s", one.path, error)
        return False
    return True


def used(path: Path) -> None:
    """Note that a file was used now; where that cannot be noted, nothing is lost."""
    with suppress(OSError):
        now_s = time.time()
        if abs(now_s - path.stat().st_mtime) > USE_EXACT_S:
            os.utime(path, (now_s, now_s))


class _Grown:
    """Bytes that this process has stored in each folder since they were last noted; for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes: Counter[Path] = Counter()

    def add(self, folder: Path, size_bytes: int) -> None:
        with self._lock:
            self._bytes[folder] += size_bytes

    def take(self, folder: Path) -> int:
        with self._lock:
            return self._bytes.pop(folder, 0)


_grown = _Grown()


def grew(folder: Path, size_bytes: int) -> None:
    """Note that so much was stored in a cache folder."""
    _grown.add(folder, size_bytes)


@contextmanager
def at_work(folder: Path | None, limit_bytes: int) -> Iterator[None]:
    """Work with the cache: what is used stays, and afterwards the folder is below its limit.

    Args:
        folder: The cache folder; None to work without.
        limit_bytes: What it may hold; 0 for any size.
    """
    if folder is None:
        yield
        return
    try:
        with leased(folder):
            yield
    finally:
        keep_below(folder, limit_bytes)


def keep_below(folder: Path, limit_bytes: int, *, now_s: float | None = None) -> None:
    """Evict where this process has stored something and the folder may have grown too large.

    It is walked only where an estimate says so; whatever goes wrong is said, and stops nobody.
    """
    grown_bytes = _grown.take(folder)
    if not grown_bytes:
        return
    now_s = time.time() if now_s is None else now_s
    try:
        if _is_too_large(folder, grown_bytes, limit_bytes, now_s):
            make_room(folder, limit_bytes, now_s=now_s)
        else:
            # A line is written in one go, so any number of processes may add theirs.
            with (folder / SIZE_NAME).open("ab", buffering=0) as file:
                file.write(f"{grown_bytes}\n".encode())
    except OSError as error:
        logger.warning("the cache %s cannot be kept below its limit: %s", folder, error.strerror or error)


def _is_too_large(folder: Path, grown_bytes: int, limit_bytes: int, now_s: float) -> bool:
    """Tell whether a folder has outgrown its limit, or nobody knows its size."""
    noted = _noted(folder)
    if noted is None or not 0 <= now_s - noted.walked_s < WALK_AGAIN_S:
        return True
    return bool(limit_bytes and noted.size_bytes + grown_bytes > max(limit_bytes, noted.again_bytes))


@dataclass(frozen=True, slots=True)
class _Noted:
    """The contents of the note of a folder's size.

    Attributes:
        size_bytes: At the last walk, and what was stored since.
        walked_s: When that was, in seconds since 1970.
        again_bytes: From which size on evicting is tried again; 0 for the limit.
    """

    size_bytes: int
    walked_s: int
    again_bytes: int


def _noted(folder: Path) -> _Noted | None:
    """None where there is no note, or one that is damaged."""
    try:
        head, *more = (folder / SIZE_NAME).read_bytes().splitlines()
        walked_bytes, walked_s, again_bytes = map(int, head.split())
        return _Noted(walked_bytes + sum(map(int, more)), walked_s, again_bytes)
    except (OSError, ValueError):
        return None


def estimated_bytes(folder: Path) -> int | None:
    """Return a folder's size, as far as that is known without a walk; None where it is not."""
    noted = _noted(folder)
    return noted.size_bytes if noted else None
