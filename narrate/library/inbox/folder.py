"""The inbox on disk: a file for each entry, and a folder for what was given with it; all of an entry is there or none.

An entry counts from the moment its file has its name. What was given is written before that and removed after the file,
so a process that is killed in between leaves only what belongs to no entry, and the next one sweeps it away.
"""

from __future__ import annotations

import logging
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narrate.core.errors import ConfigError, OutputError
from narrate.core.system.files import PART_SUFFIX, replacing
from narrate.library.inbox.entry import ID, MAX_BYTES, Entry, from_json, to_json

logger = logging.getLogger(__name__)

# In the folder of episodes; like everything there that begins with a dot it is no episode, and is never served.
NAME = ".narrate-inbox"
LOCK = "lock"
_ENDING = ".json"


class InboxFolder:
    """The files of an inbox."""

    def __init__(self, library: Path) -> None:
        """Nothing is looked at yet.

        Args:
            library: The folder of episodes.
        """
        self.path = library / NAME

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other servers from it; the folder is made where it is missing, for its owner alone.

        Raises:
            ConfigError: Another process has it, or it is no folder.
            OutputError: It cannot be written.
        """
        from filelock import FileLock, Timeout

        with written(self.path):
            if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
                raise ConfigError(f"{self.path} is not the folder that narrate keeps its inbox in", "move it away")
            self.path.mkdir(mode=0o700, exist_ok=True)
            if stat.S_IMODE(self.path.stat().st_mode) & 0o077:
                self.path.chmod(0o700)
            lock: FileLock = FileLock(self.path / LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                hint = "end it first, or serve another folder"
                raise ConfigError(f"another narrate has the inbox of {self.path.parent}", hint) from error
        try:
            yield
        finally:
            lock.release()

    def load(self) -> list[Entry]:
        """Return all entries, the oldest first, after sweeping away what a killed process left of others.

        Raises:
            OutputError: The folder cannot be read or written.
        """
        with written(self.path):
            found = {one.id: one for path in sorted(self.path.glob(f"*{_ENDING}")) if (one := _read(path))}
            # A successor is younger; a circle of edited files takes nothing away.
            for replaced in {one.instead for one in found.values() if one.instead < one.id} & set(found):
                self.remove(found.pop(replaced).id)
            self._sweep({path.stem for path in self.path.glob(f"*{_ENDING}")})
        return list(found.values())

    def _sweep(self, known: set[str]) -> None:
        for path in self.path.iterdir():
            is_orphan = bool(ID.fullmatch(path.name)) and path.name not in known
            if is_orphan and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name.startswith(".") and path.name.endswith(PART_SUFFIX):
                path.unlink(missing_ok=True)

    def save(self, entry: Entry) -> None:
        """Write an entry's file, whole or not at all.

        Raises:
            OutputError: It cannot be written.
        """
        with written(self.path), replacing(self.path / (entry.id + _ENDING)) as part:
            part.write_bytes(to_json(entry))

    def keep(self, entry: Entry, content: bytes | memoryview) -> None:
        """Write what was given with an entry, and then the entry; where that fails nothing is left of it.

        Raises:
            OutputError: It cannot be written.
        """
        folder = self.path / entry.id
        try:
            if entry.payload:
                with written(self.path):
                    folder.mkdir(mode=0o700)
                    with replacing(folder / entry.payload) as part:
                        part.write_bytes(content)
            self.save(entry)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def payload(self, entry: Entry) -> Path | None:
        """Return the file that holds what was given with an entry; None where there is none any more."""
        folder = self.path / entry.id
        path = folder / entry.payload
        is_ours = bool(entry.payload) and not folder.is_symlink() and not path.is_symlink()
        return path if is_ours and path.is_file() else None

    def drop_payload(self, entry: Entry) -> None:
        """Let go of what was given with an entry, which stays itself."""
        shutil.rmtree(self.path / entry.id, ignore_errors=True)

    def remove(self, id: str) -> None:
        """Take an entry away.

        Raises:
            OutputError: It cannot be removed.
        """
        with written(self.path):
            (self.path / (id + _ENDING)).unlink(missing_ok=True)
        shutil.rmtree(self.path / id, ignore_errors=True)


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Turn errors of the file system into one that says what to do, and names nothing of the machine."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "make room on the disk, or check the permissions of its folder"
        raise OutputError(f"the inbox cannot be written: {reason}", hint) from error


def _read(path: Path) -> Entry | None:
    """Read an entry's file; one that cannot be used stays where it is, and is told of."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:  # to open a pipe would be to wait for ever
            raise ValueError("it is no file of the inbox")
        with path.open("rb") as file:
            entry = from_json(file.read(MAX_BYTES))
        if entry.id != path.stem:
            raise ValueError("it is called like another")
        return entry
    except (OSError, ValueError) as error:
        logger.warning("%s is left out of the inbox: %s", path, error)
        return None
