"""Show notes: where an article comes from, its chapters with times to tap, and its text, as HTML.

Two forms of the same: PSP-1 allows few tags in an item's description, and 4000 bytes; content:encoded takes all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from narrate.core.article import Block
from narrate.core.clean_text import many_lines, one_line
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.core.resources import packaged_table
from narrate.core.timecode import clock_with_hours
from narrate.episode.manifest import Manifest
from narrate.publish.rss import allowed
from narrate.publish.urls import ascii_url

# https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification, and Apple's
DESCRIPTION_MAX_BYTES = 4000

NAME_MAX_BYTES = 255

# A longer description is none: apps show two lines of it.
ABOUT_MAX_BYTES = 1000

# Not the author's words, or no help without the picture.
_LEFT_OUT = ("intro", "outro", "image")

# What needs tags that a description cannot have, or belongs to it.
_NOT_SIMPLE = ("code", "caption")

_NUMBERED = re.compile(r"\d+[.)]\s")

# Stands where the text goes on.
_MORE = "…"
_MORE_HTML = f"<p>{_MORE}</p>"

# A text is cut at a space if there is one near; Chinese and Japanese have none.
_WORD_MAX_CHARS = 40

_LOWEST_HEADING, _TOP_HEADING = 6, 3

_JOINERS = ("\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block on its way to HTML: its text, what stands around it, and what around all such that follow one another."""

    text: str
    opening: str = "<p>"
    closing: str = "</p>"
    around: str = ""

    @property
    def html(self) -> str:
        inner = escape(self.text, quote=False)
        keeps_lines = self.opening.startswith("<pre>")
        return self.opening + (inner if keeps_lines else inner.replace("\n", "<br />")) + self.closing

    @property
    def size_bytes(self) -> int:
        """Never less than what it takes in the end."""
        return _size_bytes(self.html) + 1 + (2 * len(self.around) + len("<></>\n\n") if self.around else 0)


def article_html(manifest: Manifest, *, page_url: str = "") -> str:
    """Return all of an episode's notes, with the whole text.

    Args:
        manifest: Of the episode.
        page_url: Address of its page, "" for none.
    """
    top = min((one.block.level for one in manifest.text if one.block.kind == "heading"), default=1)
    pieces = _pieces(manifest, lambda block: _full(block, top))
    return "\n".join(filter(None, (*_opening(manifest, page_url), _joined(pieces))))


def summary_html(
    manifest: Manifest,
    max_bytes: int = DESCRIPTION_MAX_BYTES,
    *,
    page_url: str = "",
    text_max_bytes: int | None = None,
) -> str:
    """Return as much of an episode's notes as fits, in the few tags that every app knows.

    The chapters are there all or not at all: some apps make their list of chapters from these lines.

    Args:
        manifest: Of the episode.
        max_bytes: In UTF-8.
        page_url: Address of its page, "" for none.
        text_max_bytes: How much of that may be the article's text; None for all that is left, 0 for none.
    """
    parts = []
    room_bytes = max_bytes
    for part in _opening(manifest, page_url):
        if part and _size_bytes(part) + 1 <= room_bytes:
            parts.append(part)
            room_bytes -= _size_bytes(part) + 1
    room_bytes = room_bytes if text_max_bytes is None else min(room_bytes, text_max_bytes)
    return "\n".join(filter(None, (*parts, _beginning(_pieces(manifest, _simple), room_bytes))))


def words(language: str) -> Mapping[str, str]:
    """Return the headings and labels of notes in a language, English where it is not known."""
    known: Mapping[str, Mapping[str, str]] = packaged_table("narrate.publish", "show_notes.toml")
    return known.get(primary_language(language), known[DEFAULT_LANGUAGE])


def cut_to_bytes(text: str, max_bytes: int) -> str:
    """A text as it is if it fits as HTML, else its beginning and "…"; "" if there is room for nothing."""
    if _size_bytes(escape(text, quote=False)) <= max_bytes:
        return text
    room_bytes = max_bytes - _size_bytes(f" {_MORE}")
    end = 0
    while end < len(text) and (size_bytes := _size_bytes(escape(text[end], quote=False))) <= room_bytes:
        room_bytes -= size_bytes
        end += 1
    while end and (_clings(text[end]) or text[end - 1] in _JOINERS):
        end -= 1
    at_word = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    whole = text[: at_word if end - at_word <= _WORD_MAX_CHARS and at_word > 0 else end].rstrip()
    return f"{whole} {_MORE}" if whole else ""


def _clings(char: str) -> bool:
    """Tell whether a character is part of the one before: accents, vowel signs, joiners, colours of skin."""
    return unicodedata.category(char)[0] == "M" or char in _JOINERS or "\U0001f3fb" <= char <= "\U0001f3ff"


def _opening(manifest: Manifest, page_url: str) -> tuple[str, str, str, str]:
    """Return the article's description, source, page and chapters; each may be empty."""
    about = allowed(one_line(manifest.meta.description or "", ABOUT_MAX_BYTES))
    said = words(manifest.language)
    page = f'<p><a href="{escape(page_url)}">{escape(said["page"])}</a></p>' if page_url else ""
    described = f"<p>{escape(about, quote=False)}</p>" if about else ""
    return described, _source(manifest, said), page, "\n".join(_chapters(manifest))


def _source(manifest: Manifest, said: Mapping[str, str]) -> str:
    meta = manifest.meta
    url = ascii_url(meta.url or "")
    author, site = _name(meta.author), _name(meta.site) or (urlsplit(url).hostname or "").removeprefix("www.")
    key = "_".join(key for key, value in (("site", site), ("author", author)) if value)
    if not key:
        return ""
    named = f'<a href="{escape(url)}">{escape(site)}</a>' if url else escape(site, quote=False)
    return f"<p>{said[key].format(site=named, author=escape(author, quote=False))}</p>"


def _name(name: str | None) -> str:
    return allowed(one_line(name or "", NAME_MAX_BYTES))


def _chapters(manifest: Manifest) -> Iterator[str]:
    """Yield lines such as "00:01:30 Winter"."""
    for number, chapter in enumerate(manifest.chapters, 1):
        # AntennaPod takes "00:40" for 40 minutes where all times of an episode might be hours and minutes, and Apple
        # asks for a first chapter at "00:00:00".
        title = escape(_name(chapter.title) or str(number), quote=False)
        yield f"<p>{clock_with_hours(chapter.start_ms, 2)} {title}</p>"


def _pieces(manifest: Manifest, form: Callable[[Block], _Piece | None]) -> list[_Piece]:
    """The article's blocks; its title stands above the notes in every app."""
    blocks = [
        passage.block
        for passage in manifest.text
        if passage.block.kind not in _LEFT_OUT
        and not (passage.block.kind == "title" and one_line(passage.block.text) == one_line(manifest.title))
    ]
    return [piece for piece in map(form, blocks) if piece and piece.text]


def _full(block: Block, top: int) -> _Piece:
    text = _text(block)
    if block.kind in ("title", "heading"):
        rank = min(_LOWEST_HEADING, _TOP_HEADING + max(0, block.level - top))
        return _Piece(text, f"<h{rank}>", f"</h{rank}>")
    if block.kind == "code":
        return _Piece(text, "<pre><code>", "</code></pre>")
    if block.kind == "quote":
        return _Piece(text, around="blockquote")
    return _Piece(text, "<p><em>", "</em></p>") if block.kind == "caption" else _list_item(block, text)


def _simple(block: Block) -> _Piece | None:
    if block.kind in _NOT_SIMPLE or block.rows:
        return None
    text = _text(block)
    if block.kind in ("title", "heading"):
        return _Piece(text, "<p><strong>", "</strong></p>")
    return _Piece(text, "<p><em>", "</em></p>") if block.kind == "quote" else _list_item(block, text)


def _list_item(block: Block, text: str) -> _Piece:
    """A list item that is not numbered by its author, or a plain paragraph."""
    if block.kind == "list_item" and not _NUMBERED.match(text):
        return _Piece(text, "<li>", "</li>", "ul")
    return _Piece(text)


def _text(block: Block) -> str:
    if block.rows:
        return "\n".join(" | ".join(map(_line, row)) for row in block.rows if any(row))
    return allowed(many_lines(block.text)) if block.kind == "code" else _line(block.text)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isprintable() else allowed(one_line(text))  # slow: it looks at each character


def _beginning(pieces: Sequence[_Piece], room_bytes: int) -> str:
    whole = _joined(pieces)
    if _size_bytes(whole) <= room_bytes:
        return whole
    room_bytes -= _size_bytes(_MORE_HTML) + 1
    kept: list[_Piece] = []
    for piece in pieces:
        if piece.size_bytes > room_bytes:
            return "\n".join(filter(None, (_joined(kept), _cut(piece, room_bytes))))
        kept.append(piece)
        room_bytes -= piece.size_bytes
    return _joined(kept)  # pieces take less than they might, so all may fit after all


def _cut(piece: _Piece, room_bytes: int) -> str:
    """The beginning of a piece as a paragraph, or only the sign that there is more; "" if even that does not fit."""
    if room_bytes < 0:
        return ""
    text = cut_to_bytes(piece.text, min(room_bytes, _size_bytes(escape(piece.text, quote=False)) - 1))
    return f"<p>{escape(text, quote=False)}</p>" if text else _MORE_HTML


def _joined(pieces: Sequence[_Piece]) -> str:
    groups = groupby(pieces, lambda one: one.around)
    parts = ((around, "\n".join(one.html for one in group)) for around, group in groups)
    return "\n".join(f"<{around}>\n{html}\n</{around}>" if around else html for around, html in parts)


def _size_bytes(text: str) -> int:
    return len(text.encode())
