"""The mark by which a sound is known for narrate's where no manifest and no record speaks for it.

It is a checksum of what the tags say of the article, so it holds as long as nobody has changed them: a file that
somebody gave another title or other words is theirs.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from narrate.core.formats import format_of_ending

# The field's name, in whichever way a format has fields of one's own.
NAME = "narrate"

# Under this one MP4 has names of one's own.
MP4_OWN = "----:com.apple.iTunes:"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as an episode's mark names it.

    Attributes:
        title: Of the episode.
        url: The article's address, in ASCII; "" where it has none.
        text: All its words, as they were written.
    """

    title: str
    url: str
    text: str

    @property
    def mark(self) -> str:
        """The text that a file's tags hold for it: a sum of all three."""
        said = json.dumps([self.title, self.url, self.text]).encode()
        return hashlib.sha256(said).hexdigest()[:32]


def marked_in(path: Path) -> Marked | None:
    """Return what a sound says of its article, if narrate wrote that; None for any other file, whatever it holds."""
    format = format_of_ending(path.suffix)
    if not format or not path.is_file():  # opening a pipe would wait for whoever writes to it
        return None
    try:
        found, mark = _READERS[format.name](path)
    except Exception as error:  # mutagen fails in many ways on foreign bytes, struct.error to MemoryError
        _LOG.debug("the tags of %s: %r", path, error)
        return None
    return found if mark == found.mark else None


_Read = tuple[Marked, str]

# Of a file without tags, or with those of another kind.
_NOTHING: _Read = (Marked("", "", ""), "")


def _id3(tags: object) -> _Read:
    from mutagen.id3 import ID3

    if not isinstance(tags, ID3):
        return _NOTHING
    lyrics = tags.getall("USLT")
    url = tags.get("WXXX:")
    found = Marked(str(tags.get("TIT2", "")), url.url if url else "", lyrics[0].text if lyrics else "")
    return found, str(tags.get(f"TXXX:{NAME}", ""))


def _mp3(path: Path) -> _Read:
    from mutagen.id3 import ID3

    return _id3(ID3(path))


def _wav(path: Path) -> _Read:
    from mutagen.wave import WAVE

    return _id3(WAVE(path).tags)


def _mp4(path: Path) -> _Read:
    from mutagen.mp4 import MP4

    return _atoms(MP4(path).tags)


def _atoms(tags: object) -> _Read:
    from mutagen.mp4 import MP4Tags

    if not isinstance(tags, MP4Tags):
        return _NOTHING
    free = {name: bytes(tags.get(MP4_OWN + name, [b""])[0]).decode() for name in ("URL", NAME)}
    return Marked(tags.get("©nam", [""])[0], free["URL"], tags.get("©lyr", [""])[0]), free[NAME]


def _opus(path: Path) -> _Read:
    from mutagen.oggopus import OggOpus

    return _opus_comments(OggOpus(path).tags)


def _opus_comments(tags: object) -> _Read:
    from mutagen.oggopus import OggOpusVComment

    return _vorbis(tags.get) if isinstance(tags, OggOpusVComment) else _NOTHING


def _flac(path: Path) -> _Read:
    from mutagen.flac import FLAC, VCFLACDict

    tags = FLAC(path).tags
    return _vorbis(tags.get) if isinstance(tags, VCFLACDict) else _NOTHING


def _vorbis(comments: Callable[[str, list[str]], list[str]]) -> _Read:
    title, url, text, mark = (comments(name, [""])[0] for name in ("TITLE", "URL", "LYRICS", NAME.upper()))
    return Marked(title, url, text), mark


_READERS: Mapping[str, Callable[[Path], _Read]] = {
    "mp3": _mp3,
    "wav": _wav,
    "m4b": _mp4,
    "opus": _opus,
    "flac": _flac,
}
