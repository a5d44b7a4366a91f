"""`narrate cache`: say what lies in the cache folder, and remove what is not wanted."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from narrate.cli.console import errors_shown
from narrate.cli.output import plain, print_json
from narrate.core.cache.space import KINDS, OTHERS, PARTS, Freed, Kept, clear, files_in, make_room
from narrate.core.errors import ConfigError, OutputError
from narrate.core.settings.loading import load_settings
from narrate.core.settings.model import Settings
from narrate.core.system.terminal_text import size_of

_UNITS_S = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}

NAMES = tuple(kind.name for kind in (*KINDS, PARTS))


@dataclass(frozen=True, slots=True)
class Heap:
    """All files of a kind.

    Attributes:
        kind: Its name, "others" for files that are not narrate's.
        files: How many.
        size_bytes: Of all of them.
        oldest: When the one that was not used for longest was used, as "2026-11-30T07:52:04Z"; "" for no files.
        newest: When the last one was used.
    """

    kind: str
    files: int
    size_bytes: int
    oldest: str
    newest: str


def show(*, as_json: bool, debug: bool) -> None:
    """Print where the cache is, and what lies in it."""
    with errors_shown(debug=debug):
        settings = load_settings()
        heaps = heaps_of(files_in(settings.cache_folder))
        own = [heap for heap in heaps if heap.kind != OTHERS]
        values = {"files": sum(heap.files for heap in own), "size_bytes": sum(heap.size_bytes for heap in own)}
        if as_json:
            limit = {"limit_bytes": settings.cache_limit_bytes}
            print_json({"folder": str(settings.cache_folder), **values, **limit, "kinds": plain(heaps)})
            return
        for line in _lines(settings, heaps, **values):
            typer.echo(line)


def heaps_of(found: Iterable[Kept]) -> list[Heap]:
    """Files by their kind, in the order of the kinds; those that are there only."""
    files: Counter[str] = Counter()
    size_bytes: Counter[str] = Counter()
    times: dict[str, list[float]] = defaultdict(lambda: [float("inf"), float("-inf")])
    for one in found:
        name = one.kind.name if one.kind else OTHERS
        files[name] += 1
        size_bytes[name] += one.size_bytes
        times[name] = [min(times[name][0], one.used_s), max(times[name][1], one.used_s)]
    there = (name for name in (*NAMES, OTHERS) if files[name])
    return [Heap(name, files[name], size_bytes[name], *map(_moment, times[name])) for name in there]


def _moment(time_s: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time_s))


def _lines(settings: Settings, heaps: Sequence[Heap], *, files: int, size_bytes: int) -> Iterator[str]:
    yield str(settings.cache_folder)
    for heap in heaps:
        used = heap.oldest[:10] if heap.oldest[:10] == heap.newest[:10] else f"{heap.oldest[:10]} to {heap.newest[:10]}"
        yield f"  {heap.kind:<10}{_files(heap.files)}{size_of(heap.size_bytes):>11}   used {used}"
    yield f"  {'in all':<10}{_files(files)}{size_of(size_bytes):>11}   {_limit(settings)}"


def _files(number: int) -> str:
    return f"{number:>9,} {'file' if number == 1 else 'files':<5}"


def _limit(settings: Settings) -> str:
    limit = settings.cache_limit_bytes
    return f"of {size_of(limit)} (cache_limit_mb)" if limit else "of any size (cache_limit_mb = 0)"


def clear_away(kinds: Sequence[str], *, older_than: str | None, dry_run: bool, as_json: bool, debug: bool) -> None:
    """Remove what is kept; of some kinds only, or what was not used for long."""
    with errors_shown(debug=debug):
        if unknown := [name for name in kinds if name not in NAMES]:
            raise ConfigError(f"the cache keeps no {unknown[0]!r}", f"kinds: {', '.join(NAMES)}")
        unused_s = age_s(older_than) if older_than else 0.0
        folder = load_settings().cache_folder
        with _in_words(folder):
            freed = clear(folder, kinds, unused_s=unused_s, is_rehearsal=dry_run)
        _tell(freed, is_rehearsal=dry_run, as_json=as_json)


def trim(*, as_json: bool, debug: bool) -> None:
    """Evict what is above the limit, now."""
    with errors_shown(debug=debug):
        settings = load_settings()
        if not settings.cache_limit_bytes:
            raise ConfigError("the cache has no limit (cache_limit_mb = 0)", "set one, or use narrate cache clear")
        with _in_words(settings.cache_folder):
            freed = make_room(settings.cache_folder, settings.cache_limit_bytes)
        _tell(freed, is_rehearsal=False, as_json=as_json)


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    """Turn errors of the cache folder into one that names it."""
    try:
        yield
    except TimeoutError as error:
        message = f"another process is clearing the cache {folder}"
        raise OutputError(message, "try again when it has finished") from error
    except OSError as error:
        message = f"the cache {folder} cannot be used: {error.strerror or error}"
        hint = "check the folder's permissions, or choose another with NARRATE_CACHE_DIR"
        raise OutputError(message, hint) from error


def _tell(freed: Freed, *, is_rehearsal: bool, as_json: bool) -> None:
    if as_json:
        values = {"removed": plain(heaps_of(freed.removed)), "in_use": plain(heaps_of(freed.in_use))}
        print_json({"freed_bytes": freed.size_bytes, **values, "left_bytes": freed.left_bytes, "dry_run": is_rehearsal})
        return
    verb = "would free" if is_rehearsal else "freed"
    for heap in heaps_of(freed.removed):
        typer.echo(f"  {heap.kind:<10}{_files(heap.files)}{size_of(heap.size_bytes):>11}")
    typer.echo(f"{verb} {size_of(freed.size_bytes)}; {size_of(freed.left_bytes)} left")
    if freed.in_use:
        typer.echo(f"narrate: {_files(len(freed.in_use)).strip()} in use by another run: left alone", err=True)


def age_s(text: str) -> float:
    """A time such as "30d", "12h" or "2w" in seconds.

    Raises:
        ConfigError: It is none.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([mhdw])", text.strip().lower())
    if not found:
        raise ConfigError(f"{text!r} is no age", "write 90m, 12h, 30d or 4w")
    return float(found[1]) * _UNITS_S[found[2]]
