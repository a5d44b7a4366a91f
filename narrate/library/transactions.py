"""Files of one episode that change together: all of them or none, also when the process is killed in between.

The new files are written beside the old ones under temporary names. Then a journal that lists them is put into the
folder; from that moment the change has happened: whoever comes next and finds a journal finishes what it says.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import OutputError
from narrate.core.system.files import PART_SUFFIX, finished, new_part, remove_parts, replacing
from narrate.library.listing import Shelf

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_NAME = ".narrate.lock"
JOURNAL_SUFFIX = ".commit"

# Renaming a dozen files takes milliseconds; who holds the lock for longer is stopped or hangs.
LOCK_TIMEOUT_S = 60


class Change:
    """A plan for the files of one episode: which are put into place, which are removed."""

    def __init__(self, shelf: Shelf) -> None:
        self._folder, self._shelf = shelf.folder, shelf
        self._parts: dict[str, Path] = {}
        self._removed: list[str] = []

    def new(self, name: str) -> Path:
        """Give a temporary file to fill; it will have that name. Files appear in the order in which they are named."""
        self._parts[name] = new_part(self._folder / name)
        return self._parts[name]

    def remove(self, name: str) -> None:
        """Let a file go, if it is there."""
        self._removed.append(name)

    def _undo(self) -> None:
        for part in self._parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _commit(self) -> None:
        for name in (*self._removed, *self._parts):
            if (self._folder / name).is_dir():  # known before the journal stands, as that must not fail
                raise OutputError(f"{self._folder / name} cannot be written: it is a folder", "move it away")
        for part in self._parts.values():
            finished(part)
        moves = [(part.name, name) for name, part in self._parts.items()]
        with library_lock(self._folder):
            # Journals are written under the lock only, so whatever is left of one is nobody's.
            hidden = self._shelf.names().hidden
            remove_parts(self._folder, (one for one in hidden if one.startswith("..") and f"{JOURNAL_SUFFIX}." in one))
            journal = self._folder / _journal_name(moves[-1][1] if moves else self._removed[0])
            with replacing(journal) as part:
                part.write_text(json.dumps({"removes": self._removed, "moves": moves}), encoding="utf-8")
            self._parts.clear()  # from here on they are the journal's
            _apply(journal)


@contextmanager
def changing(folder: Path, shelf: Shelf | None = None) -> Iterator[Change]:
    """Gather changes; at the end all of them happen, or none if the block raises.

    Args:
        folder: Of the files; made where it is missing.
        shelf: Its names, where it is often looked at.

    Raises:
        OSError: The folder cannot be written.
        OutputError: A folder has the name of a file, or another process does not let go of this one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    change = Change(shelf or Shelf(folder))
    try:
        yield change
        change._commit()
    except BaseException:
        change._undo()
        raise


def finish_changes(folder: Path, shelf: Shelf | None = None, *, of: Iterable[Path] = ()) -> None:
    """Finish what killed processes began; nothing to do is the rule, and costs a look at the folder's names.

    Args:
        folder: With the journals.
        shelf: Its names, where it is often looked at; they may be some seconds old.
        of: Files of one episode, whose journal is looked for by its name, so that it is not too new to be found.

    Raises:
        OSError: The folder cannot be read, or written though it must be.
        OutputError: Another process does not let go of the folder.
    """
    shelf = shelf or Shelf(folder)
    own = [_journal_name(file.name) for file in of]
    if not any(_journals(folder, [*shelf.names().hidden, *own])):
        return
    with library_lock(folder):
        for journal in _journals(folder, shelf.names(fresh=True).hidden):
            _apply(journal)


@contextmanager
def library_lock(folder: Path) -> Iterator[None]:
    """Keep all other processes from changing a folder's episodes, and from reading them half-changed, for a moment."""
    from filelock import FileLock, Timeout

    path = folder / LOCK_NAME
    lock: FileLock = FileLock(path)
    try:
        lock.acquire(timeout=LOCK_TIMEOUT_S)
    except Timeout as error:
        message = f"another process has held {path} for {LOCK_TIMEOUT_S} s"
        raise OutputError(message, "end that process, then try again") from error
    except OSError as error:
        if path.is_dir() or path.is_symlink():
            raise OutputError(f"{path} is not the file that narrate locks", "remove it, then try again") from error
        raise
    try:
        yield
    finally:
        lock.release()


def _journals(folder: Path, hidden: Iterable[str]) -> list[Path]:
    paths = [folder / name for name in sorted(hidden) if name.endswith(JOURNAL_SUFFIX)]
    # No folder, and no link: what a journal says is about files beside it.
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def _journal_name(name: str) -> str:
    return f".{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}{JOURNAL_SUFFIX}"


def _apply(journal: Path) -> None:
    """Do what a journal says, from wherever it was left; only under the lock."""
    folder = journal.parent
    removes, moves = _read(journal)
    for name in removes:
        (folder / name).unlink(missing_ok=True)
    for part, name in moves:
        with suppress(FileNotFoundError):  # it has its name already
            (folder / part).replace(folder / name)
    journal.unlink(missing_ok=True)


def _read(journal: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Read a journal; one that is damaged, or was not written by narrate, asks for nothing."""
    try:
        found = json.loads(journal.read_bytes())
        removes, moves = [str(name) for name in found["removes"]], [(str(one), str(two)) for one, two in found["moves"]]
    except (ValueError, KeyError, TypeError, RecursionError, FileNotFoundError):
        return [], []
    are_names = all(map(_is_name, [*removes, *(name for move in moves for name in move)]))
    are_parts = all(part.startswith(".") and part.endswith(PART_SUFFIX) for part, _ in moves)
    return (removes, moves) if are_names and are_parts else ([], [])


def _is_name(name: str) -> bool:
    """Tell whether this names a file of the folder itself, in a way that a file can be called."""
    try:
        return Path(name).name == name and name not in ("", "..") and 0 not in os.fsencode(name)
    except UnicodeEncodeError:
        return False
