"""Eighth stage: title, author, date, source, cover, chapters and words, as each file format holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mutagen import MutagenError

from narrate.core.article import Metadata
from narrate.core.episode import Chapter
from narrate.core.formats import FORMATS, Format
from narrate.episode.tags import id3, mp4, vorbis
from narrate.episode.tags.labels import Labels, gather
from narrate.episode.tags.mark import Marked, marked_in

__all__ = ["Marked", "marked_in", "tag"]

_WRITERS: Mapping[str, Callable[[Path, Labels, Format], None]] = {
    "mp3": id3.write_mp3,
    "m4b": mp4.write_mp4,
    "opus": vorbis.write_opus,
    "flac": vorbis.write_flac,
    "wav": id3.write_wav,
}


def tag(
    path: Path,
    meta: Metadata,
    *,
    title: str,
    language: str,
    format: Format = FORMATS["mp3"],
    chapters: Sequence[Chapter] = (),
    rate_hz: int = 24_000,
    cover_jpeg: bytes | None = None,
    text: str = "",
) -> None:
    """Write title, artist, album, date, language, source, cover, chapters and words into a finished file.

    The date is the day of publication, or the day the source file was last changed; the source is the
    article's address, or the name of its file. What is not known is left out, but for artist and album,
    which players sort by. The same labels give the same bytes. A mark says that narrate wrote them, see `marked_in`.

    Args:
        path: A file that encode wrote, without tags; its ending does not matter.
        meta: Of the article.
        title: Of the episode.
        language: BCP 47 tag of what is spoken.
        format: What the file is.
        chapters: In order of time, at most chapters.MAX_CHAPTERS; MP4 has its own, and takes none here.
        rate_hz: Of the timeline they lie on.
        cover_jpeg: The picture in front, a whole JPEG file.
        text: The article's words, shown as lyrics.

    Raises:
        ValueError: There are more chapters than a file can hold.
        OSError: The file cannot be written.
    """
    labels = gather(meta, title, language, chapters, rate_hz, cover_jpeg, text)
    try:
        _WRITERS[format.name](path, labels, format)
    except MutagenError as error:  # mutagen hides a full disk or a missing folder in errors of its own
        raise OSError(f"the tags cannot be written: {error}") from error
