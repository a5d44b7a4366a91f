"""Clips at an address that the workers of a cluster share: a folder, a bucket, whatever fsspec knows."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress
from typing import Protocol

from narrate.core.episode import Speech
from narrate.core.errors import EngineUnavailable
from narrate.speech.clip_cache import pack_clip, unpack_clip

logger = logging.getLogger(__name__)


class Files(Protocol):
    """A file system of fsspec, as far as it is used; it has no types of its own."""

    def cat_file(self, path: str) -> bytes:
        """Return all that a file holds."""

    def makedirs(self, path: str, exist_ok: bool) -> None:
        """Make a folder and those above it."""

    def pipe_file(self, path: str, value: bytes) -> object:
        """Write a file."""

    def mv(self, path1: str, path2: str) -> object:
        """Give a file another name."""

    def rm_file(self, path: str) -> object:
        """Remove a file."""


class SharedClips:
    """A cache like ClipCache; what cannot be read is a miss, and what cannot be kept is only told."""

    def __init__(self, address: str) -> None:
        """Nothing is read yet.

        Args:
            address: As fsspec takes it: "s3://bucket/clips", "gs://…", "file:///mnt/clips"
                (https://filesystem-spec.readthedocs.io/en/latest/features.html).

        Raises:
            EngineUnavailable: It is none, or a package for it is missing.
        """
        try:
            from fsspec.core import url_to_fs

            files, folder = url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            hint = "install on the workers what fsspec needs for it, or change shared_cache"
            raise EngineUnavailable(f"the shared cache {address} cannot be used: {error}", hint) from error
        self._address = address
        self._files: Files = files
        self._folder: str = folder.rstrip("/")

    def load(self, key: str) -> Speech | None:
        """The clip of that key, or None."""
        try:
            return unpack_clip(self._files.cat_file(self._path(key)))
        except FileNotFoundError:
            return None
        except Exception as error:  # each kind of place has errors of its own, and the clip can be spoken again
            logger.warning("a clip in %s cannot be used and is made again: %s", self._address, error)
            return None

    def store(self, key: str, speech: Speech) -> None:
        """Keep a clip; it has its name only when it is whole."""
        path = self._path(key)
        part = f"{path}.{uuid.uuid4().hex}.part"
        try:
            if self.load(key):  # another worker was first
                return
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(part, pack_clip(speech))
            self._files.mv(part, path)
        except Exception as error:  # as above
            logger.warning("a clip cannot be kept in %s: %s", self._address, error)
            with suppress(Exception):
                self._files.rm_file(part)

    def _path(self, key: str) -> str:
        return f"{self._folder}/{key[:2]}/{key}.clip"
