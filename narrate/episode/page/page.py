"""An episode's page: the article to read while it is heard, in one file that needs nothing but the sound beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from narrate.core.chapters import Span
from narrate.core.clean_text import one_line
from narrate.core.timecode import clock, length
from narrate.episode.page.markup import (
    filled,
    language_attributes,
    line_html,
    name_url,
    text_html,
    time_html,
    web_url,
)
from narrate.episode.page.passages import Shown, Timeline, heading_html, passages_html

__all__ = ["EpisodePage", "Shown", "episode_page"]

_STYLES = ("episode/page/shared.css", "episode/page/page.css")
_SCRIPTS = ("episode/page/page.js",)


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """The contents of an episode's page.

    Attributes:
        title: Of the episode.
        language: BCP 47 tag of the text.
        audio_name: Name of the sound's file, which lies beside the page.
        media_type: Of the sound.
        duration_ms: Its length.
        author: Who wrote the article, "" where that is not known, like all that follow.
        site: Name of its publication.
        url: Where it stands; a link if it is an address of the web.
        published: The day it was published.
        cover_name: Name of the cover's file, which lies beside the page.
        chapters: In order; none where there is nothing to tell apart.
        passages: The text in reading order. The first title among them is the page's heading.
        guid: Under which the listener's place is kept; by the sound's name where left out.
        podcast: Name of the podcast, for the lock screen where the site is not known.
    """

    title: str
    language: str
    audio_name: str
    media_type: str
    duration_ms: int
    author: str = ""
    site: str = ""
    url: str = ""
    published: date | None = None
    cover_name: str = ""
    chapters: tuple[Span, ...] = ()
    passages: tuple[Shown, ...] = ()
    guid: str = ""
    podcast: str = ""


def episode_page(page: EpisodePage, rate_hz: int) -> str:
    """Write an episode's page.

    Args:
        page: What is on it.
        rate_hz: Samples per second of the timeline of its passages.

    Returns:
        HTML, to be written as UTF-8 with line feeds as they are: its policy counts on every byte of style and script.
    """
    timeline = Timeline(rate_hz)
    title, rest = _heading(page)
    heading = heading_html(title, timeline, 1)
    text = passages_html(rest, timeline)
    return filled(
        "episode/page/page.html",
        _STYLES,
        _SCRIPTS,
        attributes=language_attributes(page.language),
        head=_head(page),
        heading=heading,
        cover=_cover(page),
        byline=_byline(page),
        chapters=_chapters(page.chapters),
        text=text,
        audio=text_html(name_url(page.audio_name)),
        audio_name=line_html(page.audio_name),
        data=_data(page, timeline.times_ms),
    )


def _heading(page: EpisodePage) -> tuple[Shown, Sequence[Shown]]:
    """The title and everything else; a title that is not spoken, as after an intro that says it, is only shown."""
    titles = [at for at, shown in enumerate(page.passages) if shown.kind == "title"]
    if not titles:
        return Shown("title", text=one_line(page.title)), page.passages
    at = titles[0]
    return page.passages[at], page.passages[:at] + page.passages[at + 1 :]


def _head(page: EpisodePage) -> str:
    named = f"{line_html(page.title)} · {line_html(page.site)}" if one_line(page.site) else line_html(page.title)
    lines = [f"<title>{named}</title>"]
    if one_line(page.author):
        lines.append(f'<meta name="author" content="{line_html(page.author)}">')
    if web_url(page.url):
        lines.append(f'<link rel="canonical" href="{line_html(web_url(page.url))}">')
    return "\n".join(lines)


def _cover(page: EpisodePage) -> str:
    if not page.cover_name:
        return ""
    source = text_html(name_url(page.cover_name))
    return f'<img class="cover" src="{source}" alt="" width="160" height="160" decoding="async">'


def _byline(page: EpisodePage) -> str:
    """Return who wrote it, where, when, and how long it is; what is not known is left out."""
    site, url = line_html(page.site), line_html(web_url(page.url))
    if url:
        site = f'<a href="{url}" rel="noopener noreferrer">{site or line_html(_host(page.url))}</a>'
    parts = (
        line_html(page.author),
        site,
        time_html(page.published) if page.published else "",
        f'<span lang="en" dir="ltr">{length(page.duration_ms)}</span>',
    )
    return '<span class="dot" aria-hidden="true"> · </span>'.join(f"<span>{part}</span>" for part in parts if part)


def _host(url: str) -> str:
    return url.split("//", 1)[1].split("/", 1)[0].rpartition("@")[2].removeprefix("www.")


def _chapters(chapters: Sequence[Span]) -> str:
    if not chapters:
        return ""
    items = "\n".join(
        f'<li><a href="#t={chapter.start_ms / 1000:g}"><span class="time">{clock(chapter.start_ms)}</span> '
        f"<span>{line_html(chapter.title)}</span></a></li>"
        for chapter in chapters
    )
    name = '<summary lang="en">Chapters</summary>'
    return (
        f'<nav class="chapters" aria-label="Chapters">\n<details open>\n{name}\n<ol>\n{items}\n</ol></details>\n</nav>'
    )


def _data(page: EpisodePage, times_ms: Sequence[int]) -> str:
    """Return what the page's script needs, as JSON that cannot end its element early."""
    data = {
        "key": page.guid or f"{page.audio_name} {page.duration_ms}",
        "title": one_line(page.title),
        "artist": one_line(page.author) or one_line(page.site),
        "album": one_line(page.site) or one_line(page.podcast),
        "name": one_line(page.audio_name),
        "type": page.media_type,
        "duration": page.duration_ms / 1000,
        "cover": name_url(page.cover_name) if page.cover_name else "",
        "chapters": [[chapter.start_ms / 1000, one_line(chapter.title)] for chapter in page.chapters],
        "times": times_ms,
    }
    # ASCII, so that halves of letters do no harm; "<" can end a script or begin a comment in it.
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
