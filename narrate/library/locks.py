"""One process at a time on an episode, and errors of the file system in words that help."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.cache.keys import CACHE_HINT, content_key
from narrate.core.errors import OutputError
from narrate.core.system.files import PART_SUFFIX, remove_leftovers
from narrate.library.listing import Shelf
from narrate.library.transactions import finish_changes

if TYPE_CHECKING:
    from filelock import FileLock

logger = logging.getLogger(__name__)


@contextmanager
def exclusive(
    path: Path, beside: Iterable[Path], cache_folder: Path | None, shelf: Shelf | None = None
) -> Iterator[None]:
    """Let one process at a time write an episode, and clear away what a killed one left.

    Args:
        path: The episode.
        beside: The files that belong to it.
        cache_folder: Where locks live; None for no lock: two runs do their work twice then, each in files of its own.
        shelf: The names in the episode's folder, where it is often looked at.

    Raises:
        OutputError: A folder cannot be written.
    """
    _require_possible(path)
    files = (path, *beside)
    shelf = shelf or Shelf(path.parent)
    if cache_folder is None:
        with writing(path):
            finish_changes(path.parent, shelf, of=files)
        yield
        return
    from filelock import FileLock

    locks = cache_folder / "locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        # Two formats of an episode share what lies beside them.
        lock = FileLock(locks / f"{content_key([path.absolute().with_suffix('')])[:32]}.lock")
        _acquire(lock, path)
    except OSError as error:
        raise OutputError(f"the cache folder {cache_folder} cannot be used: {error}", CACHE_HINT) from error
    try:
        with writing(path):
            finish_changes(path.parent, shelf, of=files)  # before what looks like a leftover is one
            hidden = shelf.names().hidden
            for file in files:
                remove_leftovers(file, hidden)
        yield
    finally:
        lock.release()


@contextmanager
def held(cache_folder: Path, key: str) -> Iterator[None]:
    """Keep other processes from what a key stands for, if the cache folder can be used.

    Args:
        cache_folder: Where locks live.
        key: A content_key.
    """
    from filelock import FileLock

    lock = FileLock(cache_folder / "locks" / f"{key[:32]}.lock")
    try:
        lock.acquire()
    except OSError as error:
        logger.debug("%s cannot be locked: %s", lock.lock_file, error)
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, path: Path) -> None:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.warning("another run is writing %s; waiting for it", path)
        lock.acquire()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn errors of the file system into one that names the episode."""
    try:
        yield
    except OSError as error:
        if blocked := _no_folder(path):
            message = f"{path} cannot be written: {blocked} is no folder"
            raise OutputError(message, "move it away, or choose another folder with -o") from error
        hint = "check the folder's permissions and free space, or choose another with -o"
        reason = f"{_other_file(error, path)}{error.strerror or error}"
        raise OutputError(f"{path} cannot be written: {reason}", hint) from error


def _no_folder(path: Path) -> Path | None:
    """The file, or the link to nowhere, that stands where a folder of the path should be."""
    return next((one for one in path.parents if os.path.lexists(one) and not one.is_dir()), None)


def _other_file(error: OSError, path: Path) -> str:
    """The name of the file at fault, where it is another one of the folder; temporary files tell nobody anything."""
    named = error.filename2 or error.filename
    if not isinstance(named, (str, os.PathLike)) or Path(named).parent != path.parent:
        return ""
    is_ours = Path(named) == path or str(named).endswith(PART_SUFFIX)
    return "" if is_ours else f"{named}: "


def _require_possible(path: Path) -> None:
    """The names of files are in ASCII or Latin-1 where neither the locale nor Python was told otherwise."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError as error:
        message = f"{path} cannot be written: names of files are in {sys.getfilesystemencoding()} here"
        raise OutputError(message, "set PYTHONUTF8=1 or another locale, or name the file with -o") from error
