"""Files that are there whole or not at all."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART_SUFFIX = ".part"

# The size of a file in bytes, and when it was written, in nanoseconds.
FileState = tuple[int, int]

# Writing a file that others write at the same time; each of them clears away once.
TRIES = 5


def _read_umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


# Read once: reading it means setting it for a moment, for all threads.
_UMASK = _read_umask()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path` to fill; at the end it takes the name of `path` in one step.

    If the block raises, the temporary file is removed and `path` stays as it was. A process that is
    killed inside the block leaves only a hidden file that ends in ".part"; see `remove_leftovers`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = new_part(path)
    try:
        yield part
        finished(part)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def file_state(path: Path) -> FileState:
    """Return what changes when a file does.

    Raises:
        OSError: There is none.
        ValueError: No file can have that name.
    """
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def new_part(path: Path) -> Path:
    """Make an empty temporary file beside `path`, for its content."""
    handle, name = tempfile.mkstemp(prefix=_part_prefix(path), suffix=PART_SUFFIX, dir=path.parent)
    os.close(handle)
    return Path(name)


def finished(part: Path) -> None:
    """Make a temporary file one that anybody may read, and that is on the disk."""
    _give_usual_permissions(part)
    _flush_to_disk(part)


def write_whole(path: Path, content: bytes | Callable[[Path], object]) -> None:
    """Write a file that any number of processes may be writing, and clear away what killed ones left of it.

    What looks like a leftover may be the temporary file of a process that is alive; that one tries again.

    Args:
        path: The file.
        content: What is in it, or what writes that to the file it is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path)
    for tried in range(1, TRIES + 1):
        try:
            with replacing(path) as part:
                part.write_bytes(content) if isinstance(content, bytes) else content(part)
            return
        except FileNotFoundError:
            if tried == TRIES:
                raise


def sha256_of(path: Path) -> str:
    """The checksum of a file's content, in hexadecimal; the file is never all in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_of_content(file: Path | str | None) -> str:
    """Return the checksum of a file that somebody named; "" where there is none, which is reported when it is used."""
    try:
        return sha256_of(Path(file).expanduser()) if file else ""
    except (OSError, ValueError, RuntimeError):
        return ""


def expanded(file: Path | str) -> Path:
    """A path with the user's home in place of "~"; as it is where that home is not known."""
    try:
        return Path(file).expanduser()
    except RuntimeError:
        return Path(file)


def crc32_of(path: Path) -> int:
    """A checksum that notices damage, and nobody's intention: ten times as fast as sha256_of.

    In one go over the file as it lies in memory: nothing is copied, and no turn of Python's is waited for in between.
    """
    with path.open("rb") as file:
        if not path.stat().st_size:
            return 0
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return zlib.crc32(content)


def remove_leftovers(path: Path, names: Iterable[str] | None = None) -> None:
    """Remove temporary files of `path` that killed processes left; only under a lock on `path`.

    Args:
        path: The file that they were to become.
        names: In its folder, the hidden ones at least; None to read the folder.
    """
    prefix = _part_prefix(path)
    found = names if names is not None else os.listdir(path.parent) if path.parent.is_dir() else ()
    remove_parts(path.parent, (name for name in found if name.startswith(prefix)))


def remove_parts(folder: Path, names: Iterable[str]) -> None:
    """Remove files of a folder, those of them that are temporary."""
    for name in names:
        if name.endswith(PART_SUFFIX):
            with suppress(OSError):
                (folder / name).unlink()


def _part_prefix(path: Path) -> str:
    """Long names are cut, for what follows; the checksum tells apart those that begin alike."""
    checksum = hashlib.sha256(path.name.encode("utf-8", "surrogatepass")).hexdigest()
    return f".{path.name[:40]}.{checksum[:8]}."


def _give_usual_permissions(part: Path) -> None:
    """mkstemp makes files that only their owner may read, and a finished file is for everyone the umask allows."""
    part.chmod(0o666 & ~_UMASK)


def _flush_to_disk(part: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
