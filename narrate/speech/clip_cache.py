"""Clips by content: what was spoken once need not be spoken again."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from narrate.audio import codec
from narrate.core.article import Sound
from narrate.core.cache.keys import cache_hint, content_key
from narrate.core.cache.space import grew, used
from narrate.core.episode import Speech, Word
from narrate.core.errors import OutputError
from narrate.core.system.files import write_whole

logger = logging.getLogger(__name__)

# First line of a clip file; another number makes older files unknown, so they are made again.
CLIP_MAGIC = b"narrate clip 2 "


def clip_key(text: str, engine: str, version: str, voice: str, speed: float, sounds: Iterable[Sound] = ()) -> str:
    """Name of a clip: everything that decides how it sounds."""
    said = [(sound.start_char, sound.end_char, sound.ipa) for sound in sounds]
    return content_key(("clip", text, engine, version, voice, repr(float(speed)), *said))


class ClipStore(Protocol):
    """A store of finished clips, by key."""

    def load(self, key: str) -> Speech | None:
        """The clip of that key, or None."""
        ...

    def store(self, key: str, speech: Speech) -> None:
        """Keep a clip."""
        ...


class ClipCache:
    """Clips in a folder, one file each: a checksum, the word timings, and 16-bit FLAC.

    Files appear whole or not at all, so any number of threads and processes may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._cache, self._folder = folder, folder / "clips"

    def load(self, key: str) -> Speech | None:
        """The clip of that key, or None; a damaged file is reported and counts as none."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("the cached clip %s cannot be read and is made again: %s", path, error)
            return None
        used(path)
        try:
            return unpack_clip(data)
        except (ValueError, LookupError, TypeError, RecursionError, OSError) as error:
            logger.warning("the cached clip %s is damaged and is made again: %s", path, error)
            return None

    def has(self, key: str) -> bool:
        """Tell whether there is a file of that key; whether it is sound, `load` tells."""
        return self._path(key).is_file()

    def store(self, key: str, speech: Speech) -> None:
        """Keep a clip.

        Raises:
            OutputError: The folder cannot be written.
        """
        path = self._path(key)
        try:
            packed = pack_clip(speech)
            write_whole(path, packed)
        except OSError as error:
            raise OutputError(
                f"the clip {path} cannot be written: {error.strerror or error}", cache_hint(error)
            ) from error
        grew(self._cache, len(packed))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.clip"


def pack_clip(speech: Speech) -> bytes:
    """A clip as its file holds it: a checksum, the word timings, and 16-bit FLAC."""
    words = [[word.start_char, word.end_char, word.start_sample, word.end_sample] for word in speech.words]
    body = (
        json.dumps({"words": words, "estimated": speech.estimated}).encode() + b"\n" + codec.encode_flac(speech.audio)
    )
    return CLIP_MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack_clip(data: bytes) -> Speech:
    """The clip that was packed.

    Raises:
        ValueError, LookupError, TypeError, RecursionError, OSError: It is damaged.
    """
    head, _, body = data.partition(b"\n")
    if head != CLIP_MAGIC + hashlib.sha256(body).hexdigest().encode():
        raise ValueError("its checksum is wrong")
    timings, _, flac = body.partition(b"\n")
    noted = json.loads(timings)
    words = tuple(Word(*word) for word in noted["words"])
    return Speech(codec.decode(flac), words, noted["estimated"])
