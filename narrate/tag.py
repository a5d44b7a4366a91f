"""Eighth stage: ID3 tags, in the version that every podcast app reads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from mutagen.id3 import ID3, TALB, TCON, TDRC, TIT2, TLAN, TPE1, TXXX, WOAF, Frame

from narrate.article import Metadata
from narrate.language import primary_language

# Apple loses tags and chapters of ID3v2.4 (radio-t-site PR #211); 2.3 is read everywhere.
ID3_MINOR_VERSION = 3

# TLAN takes ISO 639-2; the languages that narrate's engines speak.
LANGUAGES = {
    "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "hi": "hin", "it": "ita", "ja": "jpn", "nl": "nld",
    "pl": "pol", "pt": "por", "ru": "rus", "zh": "zho",
}  # fmt: skip

# Artist and album of an article that names neither author nor publication.
UNKNOWN = "narrate"

# What stands in an address for itself (RFC 3986), and the sign of what is quoted already.
_URL_MARKS = "%:/?#[]@!$&'()*+,;=~"


def tag(path: Path, meta: Metadata, *, title: str, language: str) -> None:
    """Write title, artist, album, date, language and source into an MP3.

    The date is the day of publication, or the day the source file was last changed; the source is the
    article's address, or the name of its file. What is not known is left out, but for artist and album,
    which players sort by.

    Args:
        path: An MP3 without tags.
        meta: Of the article.
        title: Of the episode.
        language: BCP 47 tag of what is spoken.

    Raises:
        OSError: The file cannot be written.
    """
    tags = ID3()
    for frame in _frames(meta, title, language):
        tags.add(frame)
    tags.update_to_v23()
    tags.save(path, v1=0, v2_version=ID3_MINOR_VERSION)


def _frames(meta: Metadata, title: str, language: str) -> list[Frame]:
    frames: list[Frame] = [
        TIT2(encoding=1, text=title),
        TPE1(encoding=1, text=meta.author or meta.site or UNKNOWN),
        TALB(encoding=1, text=meta.site or UNKNOWN),
        TCON(encoding=1, text="Podcast"),
    ]
    if day := meta.published or meta.modified:
        frames.append(TDRC(encoding=0, text=day.isoformat()))
    if code := LANGUAGES.get(primary_language(language)):
        frames.append(TLAN(encoding=0, text=code))
    if meta.url:
        frames.append(WOAF(url=quote(meta.url, safe=_URL_MARKS)))  # this frame is Latin-1
    if source := meta.url or meta.source:
        frames.append(TXXX(encoding=1, desc="source", text=source))
    return frames
