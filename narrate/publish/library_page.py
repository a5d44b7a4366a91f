"""The library's page: what there is to hear, newest first, and how to subscribe to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote, urlsplit

from narrate.core.file_names import COVER, PAGE, THUMB
from narrate.core.timecode import length
from narrate.core.web.hosts import is_private_host
from narrate.episode.manifest import Manifest, newest_first
from narrate.episode.page.markup import (
    filled,
    language_attributes,
    line_html,
    name_url,
    text_html,
    time_html,
    web_url,
)
from narrate.publish.adding.form import NO_INBOX, inbox_part

_STYLES = ("episode/page/shared.css", "publish/library.css")
_SCRIPTS = ("publish/library.js",)

# A filter is worth its place where the list is longer than a screen or two.
_FILTER_FROM = 12


class About(Protocol):
    """A library's words about itself; narrate.core.settings.model.Podcast is one."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def author(self) -> str: ...


def library_page(
    podcast: About,
    episodes: Sequence[Manifest],
    *,
    feed_url: str = "",
    cover_name: str = "",
    language: str = "en",
    inbox: bool = False,
) -> str:
    """Write the page of a library.

    Args:
        podcast: What it says of itself.
        episodes: In any order; the page shows the newest first.
        feed_url: Address of the feed; "" where there is none to subscribe to.
        cover_name: Name of the cover's file beside the page, "" for none.
        language: BCP 47 tag of the title and the description.
        inbox: Whether the server that has the page takes articles in; the page then has a form for them.

    Returns:
        HTML, to be written as UTF-8 with line feeds as they are.
    """
    feed = web_url(feed_url)
    listed = newest_first(episodes)
    items = "\n".join(_item(episode, language) for episode in listed)
    part = inbox_part(podcast.title) if inbox else NO_INBOX
    return filled(
        "publish/library.html",
        (*_STYLES, *part.styles),
        (*_SCRIPTS, *part.scripts),
        rules=part.rules,
        attributes=language_attributes(language),
        title=line_html(podcast.title),
        head=part.head + (_alternate(podcast.title, feed) if feed else ""),
        cover=_picture(cover_name, "cover", 160, lazy=False) if cover_name else "",
        description=_description(podcast),
        inbox=part.form,
        subscribe=_subscribe(feed) if feed else "",
        anywhere=part.anywhere,
        summary=_summary(listed),
        filter=_FILTER if len(listed) >= _FILTER_FROM else "",
        episodes=f'<ol id="episodes" class="episodes" role="list">\n{items}\n</ol>' if items else _NOTHING,
    )


def _alternate(title: str, feed: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{line_html(title)}" href="{text_html(feed)}">'


_NOTHING = '<p class="nothing" lang="en" dir="ltr">There are no episodes here yet.</p>'

_FILTER = (
    '<p class="filter js" lang="en" dir="ltr"><label for="filter">Find</label>'
    '<input id="filter" type="search" autocomplete="off" spellcheck="false">'
    '<span id="found" role="status"></span></p>'
)


def _description(podcast: About) -> str:
    author, description = line_html(podcast.author), text_html(podcast.description.strip())
    lines = [f'<p class="byline">{author}</p>' if author else ""]
    lines += [f"<p>{paragraph}</p>" for paragraph in description.split("\n") if paragraph.strip()]
    return "\n".join(filter(None, lines))


def _summary(episodes: Sequence[Manifest]) -> str:
    if not episodes:
        return ""
    count = "1 episode" if len(episodes) == 1 else f"{len(episodes)} episodes"
    return f"{count}, {length(sum(episode.duration_ms for episode in episodes))}"


def _item(episode: Manifest, page_language: str) -> str:
    page = episode.sidecars.get(PAGE)
    cover = episode.sidecars.get(THUMB) or episode.sidecars.get(COVER)
    meta = episode.meta
    facts = (
        line_html(meta.author or ""),
        line_html(meta.site or ""),
        time_html(meta.published or episode.added.date()),
        f'<span lang="en" dir="ltr">{length(episode.duration_ms)}</span>',
    )
    own = "" if episode.language == page_language else f" {language_attributes(episode.language)}"
    target = text_html(name_url((page or episode.audio).name))
    thumbnail = _picture(cover.name, "thumbnail", 72, lazy=True) if cover else '<span class="thumbnail"></span>'
    return (
        f'<li>{thumbnail}<div><h2><a{own} href="{target}">{line_html(episode.title)}</a></h2>'
        f'<p class="byline">{_dotted(facts)}</p></div></li>'
    )


def _dotted(parts: Sequence[str]) -> str:
    return '<span class="dot" aria-hidden="true"> · </span>'.join(f"<span>{part}</span>" for part in parts if part)


def _picture(name: str, style: str, side_px: int, *, lazy: bool) -> str:
    later = ' loading="lazy"' if lazy else ""
    size = f'width="{side_px}" height="{side_px}"'
    return f'<img class="{style}" src="{text_html(name_url(name))}" alt="" {size} decoding="async"{later}>'


def _subscribe(feed: str) -> str:
    links = "\n".join(
        f'<li><a class="button" href="{text_html(address)}" rel="noopener noreferrer">{name}</a></li>'
        for name, address in app_links(feed)
    )
    note = "" if not _is_near(feed) else f"<p>{_NEAR}</p>"
    return (
        '<details id="subscribe" class="subscribe" lang="en" dir="ltr">\n'
        "<summary>Subscribe in a podcast app</summary>\n"
        f'<ul class="apps" role="list">\n{links}\n</ul>\n{note}\n'
        f'<p class="feed"><label class="hidden" for="feed">Address of the feed</label>'
        f'<input id="feed" type="text" readonly value="{text_html(feed)}">'
        '<button id="copy" class="js" type="button">Copy</button></p>\n'
        '<p id="copied" class="byline" role="status"></p>\n</details>'
    )


_NEAR = (
    "This address is known on this network only. Apps that fetch podcasts through servers of their own, "
    "such as Overcast and Pocket Casts, cannot reach it."
)


def app_links(feed_url: str) -> tuple[tuple[str, str], ...]:
    """Links that open a feed in an app: names and addresses.

    Apple's scheme, Pocket Casts' and Podcast Addict's take the address without its own; Overcast's takes all of it as a
    parameter. AntennaPod's own scheme stands for http: a browser drops the colon of an "https:" inside it, so the app
    asks publishers to use an address of its site, which it opens itself where it is installed
    (https://antennapod.org/documentation/podcasters-hosters/add-on-antennapod).

    Args:
        feed_url: An address of the web.
    """
    bare = feed_url.split("://", 1)[1]
    whole = quote(feed_url, safe="")
    antennapod = f"https://antennapod.org/deeplink/subscribe?url={whole}"
    near = (
        ("Apple Podcasts", f"podcast://{bare}"),
        ("AntennaPod", antennapod if feed_url.lower().startswith("https:") else f"antennapod-subscribe://{bare}"),
        ("Podcast Addict", f"podcastaddict://{bare}"),
    )
    if _is_near(feed_url):
        return near
    return (
        *near,
        ("Overcast", f"overcast://x-callback-url/add?url={whole}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
    )


def _is_near(url: str) -> bool:
    """Tell whether an address is one of this machine or its network."""
    return is_private_host(urlsplit(url).hostname or "")
