"""Finished work by content: mastered sounds and records of episodes, which need not be made again."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NotRequired, TypedDict

from narrate.core.cache.keys import cache_hint
from narrate.core.cache.space import grew, used
from narrate.core.errors import OutputError
from narrate.core.parsed import count, items, mapping, text
from narrate.core.system.files import sha256_of, write_whole

logger = logging.getLogger(__name__)

# First line of a sound's file; another number makes older files unknown, so they are made again.
SOUND_MAGIC = b"narrate sound 1 "
# That line is far shorter than so many bytes.
SOUND_HEAD_BYTES = 1_000

# Checksums of files that a record's episode had under other names; some six names' worth.
SUMS_BEFORE = 50

# What is copied at once: enough for speed, and little beside a clip.
COPY_BYTES = 1_000_000


class SoundCache:
    """The mastered sound of each article, without tags, in a folder: the last one of each, so that they do not pile up.

    A file is a line with the key and the sum of what follows, and the sound.
    """

    def __init__(self, folder: Path) -> None:
        self._cache, self._folder = folder, folder / "sounds"

    def load(self, article: str, key: str, target: Path) -> bool:
        """Write the sound of that key to a file, if it is the article's last one.

        Args:
            article: The key of whose sound it is.
            key: Of everything that decides the bytes.
            target: What is in it is replaced; where nothing was found, it may hold anything.

        Raises:
            OSError: The target cannot be written.
        """
        path = self._path(article)
        try:
            file = path.open("rb")
        except OSError:
            return False
        with file:
            noted, _, expected = file.readline(SOUND_HEAD_BYTES).rstrip(b"\n").rpartition(b" ")
            if noted != SOUND_MAGIC + key.encode():
                return False
            with target.open("wb") as out:
                shutil.copyfileobj(file, out, COPY_BYTES)
        if sha256_of(target).encode() == expected:
            used(path)
            return True
        logger.warning("the cached sound %s is damaged and is made again", path)
        return False

    def store(self, article: str, key: str, sound: Path) -> None:
        """Keep a sound instead of the one that was made of this article before.

        Raises:
            OutputError: The folder cannot be written.
        """
        path = self._path(article)

        def fill(part: Path) -> None:
            with sound.open("rb") as file, part.open("wb") as out:
                out.write(SOUND_MAGIC + f"{key} {sha256_of(sound)}\n".encode())
                shutil.copyfileobj(file, out, COPY_BYTES)

        try:
            write_whole(path, fill)
            grew(self._cache, path.stat().st_size)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror or error}", cache_hint(error)) from error

    def _path(self, article: str) -> Path:
        return self._folder / article[:2] / f"{article}.sound"


class Record(TypedDict):
    """A finished episode as it is kept on record.

    Checksums are SHA-256, those of sidecars by their endings; `before` has those of files that it took the place of.
    """

    sha256: str
    duration_ms: int
    sidecars: dict[str, str]
    before: NotRequired[list[str]]


def _read(path: Path) -> Record:
    """A record as its file holds it.

    Raises:
        OSError: It cannot be read.
        ValueError, LookupError, RecursionError: It is damaged.
    """
    found = mapping(json.loads(path.read_text(encoding="utf-8")))
    return {
        "sha256": text(found["sha256"]),
        "duration_ms": count(found["duration_ms"]),
        "sidecars": {ending: text(checksum) for ending, checksum in mapping(found["sidecars"]).items()},
        "before": [text(checksum) for checksum in items(found.get("before", []))],
    }


class EpisodeRecords:
    """Records of how finished episodes were made, so that a run that would change nothing can say so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "episodes"

    def find(self, fingerprint: str, path: Path, stem: str = "") -> tuple[int, tuple[str, ...]] | None:
        """The length of the episode in milliseconds and the endings of its sidecars, whose names begin with `stem`.

        None unless the file at `path` and those beside it are, byte for byte, what the fingerprint led to.
        """
        try:
            record = _read(self._path(fingerprint))
            sidecars = record["sidecars"]
            beside = {path.with_name((stem or path.stem) + ending): sum_ for ending, sum_ in sidecars.items()}
            files = {path: record["sha256"]} | beside
            if any(sha256_of(file) != checksum for file, checksum in files.items()):
                return None
            used(self._path(fingerprint))
            return record["duration_ms"], tuple(sidecars)
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def store(self, fingerprint: str, path: Path, duration_ms: int, sidecars: Mapping[str, Path]) -> None:
        """Note what the fingerprint led to.

        Args:
            fingerprint: Of everything that decides the bytes.
            path: The episode.
            duration_ms: Its length.
            sidecars: The files beside it, by the ending that follows the episode's name.

        Raises:
            OutputError: The folder cannot be written.
        """
        target = self._path(fingerprint)
        beside = {ending: sha256_of(file) for ending, file in sidecars.items()}
        record: Record = {"sha256": sha256_of(path), "duration_ms": duration_ms, "sidecars": beside}
        # Under another name the page is another one; the one before is still narrate's.
        sums = {record["sha256"], *beside.values()}
        if before := [one for one in self._sums(target) if one not in sums]:
            record["before"] = before[-SUMS_BEFORE:]
        try:
            write_whole(target, json.dumps(record).encode())
        except OSError as error:
            raise OutputError(f"{target} cannot be written: {error.strerror or error}", cache_hint(error)) from error

    def _path(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}.json"

    @staticmethod
    def _sums(record: Path) -> list[str]:
        """All checksums that a record holds, the newest last; none where it cannot be read."""
        try:
            found = _read(record)
            return [*found.get("before", ()), found["sha256"], *found["sidecars"].values()]
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return []

    def is_made(self, path: Path) -> bool:
        """Tell whether a file is, byte for byte, one that a run wrote; reads all records, so ask in doubt only."""
        try:
            checksum = sha256_of(path).encode()
        except OSError:
            return False
        for record in self._folder.glob("*/*.json"):
            with suppress(OSError):
                if checksum in record.read_bytes():
                    return True
        return False
