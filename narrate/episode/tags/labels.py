"""Labels for a sound file, clean and settled, before any format gives it names of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from narrate.core.article import Metadata
from narrate.core.chapters import Span, in_ms
from narrate.core.clean_text import many_lines, one_line
from narrate.core.episode import Chapter
from narrate.core.formats import language_code
from narrate.episode.tags.mark import Marked

# Artist and album of an article that names neither author nor publication.
UNKNOWN = "narrate"

GENRE = "Podcast"

# Longer than any title a person wrote, shorter than what makes a player stumble.
TITLE_MAX_BYTES = 1000

# iTunes shows so much of a description.
OPENING_MAX_BYTES = 255

# What stands in an address for itself (RFC 3986), and the sign of what is quoted already.
_URL_MARKS = "%:/?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that a sound file carries about its episode; empty where nothing is known.

    Attributes:
        title: One line, like all but `text`.
        artist: Who wrote it, else who published it.
        album: Who published it.
        day: Of publication, else of the last change.
        language: BCP 47 tag.
        language_code: Three letters of ISO 639-2.
        url: The article's address, in ASCII.
        source: The address as it was given, else the name of the file.
        opening: What the article says that it is about, else its first words.
        text: All of them, with their lines.
        cover_jpeg: A whole JPEG file.
        chapters: In order of time.
        keywords: The article's tags, apart by commas.
    """

    title: str
    artist: str
    album: str
    day: date | None
    language: str
    language_code: str
    url: str
    source: str
    opening: str
    text: str
    cover_jpeg: bytes
    chapters: tuple[Span, ...]
    keywords: str = ""

    @property
    def mark(self) -> str:
        """The mark by which the file is known for narrate's, see mark.py."""
        return Marked(self.title, self.url, self.text).mark


def gather(
    meta: Metadata,
    title: str,
    language: str,
    chapters: Sequence[Chapter],
    rate_hz: int,
    cover_jpeg: bytes | None,
    text: str,
) -> Labels:
    """Settle and clean what is written; for the arguments see `tag`."""
    album = one_line(meta.site or "", TITLE_MAX_BYTES)
    url = one_line(meta.url or "")
    return Labels(
        title=one_line(title, TITLE_MAX_BYTES) or UNKNOWN,
        artist=one_line(meta.author or "", TITLE_MAX_BYTES) or album or UNKNOWN,
        album=album or UNKNOWN,
        day=meta.published or meta.modified,
        language=one_line(language),
        language_code=language_code(language),
        url=quote(url, safe=_URL_MARKS),
        source=url or one_line(meta.source or "", TITLE_MAX_BYTES),
        opening=one_line(meta.description or text, OPENING_MAX_BYTES),
        text=many_lines(text),
        cover_jpeg=cover_jpeg or b"",
        chapters=in_ms(chapters, rate_hz),
        keywords=one_line(", ".join(meta.tags), TITLE_MAX_BYTES),
    )
