"""The feed: RSS 2.0 with the tags that podcast apps read, from the manifests of a library.

What each tag must hold: https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification,
https://podcasters.apple.com/support/823-podcast-requirements and
https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape

from lxml import etree

from narrate.core.categories import plain_category
from narrate.core.clean_text import many_lines, one_line
from narrate.core.errors import ConfigError
from narrate.core.file_names import CHAPTERS, COVER, FEED, FEED_COVER, JSON, MEDIA_TYPES, PAGE, SRT, VTT
from narrate.core.language.tags import DEFAULT_LANGUAGE
from narrate.core.settings.loading import Podcast
from narrate.core.timecode import timecode
from narrate.core.version import __version__
from narrate.episode.manifest import Filed, Manifest, newest_first
from narrate.publish.rss import allowed, new_feed, put, to_xml
from narrate.publish.show_notes import (
    DESCRIPTION_MAX_BYTES,
    article_html,
    cut_to_bytes,
    summary_html,
    words,
)
from narrate.publish.urls import ascii_url, check_base_url, file_url
from narrate.text.speakers import is_role, match_name

__all__ = ["FEED", "FEED_COVER", "check_base_url", "feed_language", "feed_xml", "kept", "newest_first", "podcast_guid"]

_TRANSCRIPTS = (VTT, SRT, JSON)

# What PSP-1 and Apple call it in feeds; servers know it by its registered name.
_FEED_TYPES = {"audio/mp4": "audio/x-m4a"}

# PSP-1, of every value for which it says nothing else.
VALUE_MAX_CHARS = 255

# The text of an article in the notes of those who want to give its beginning only: a paragraph or two.
SUMMARY_MAX_BYTES = 1000

# https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


@dataclass(frozen=True, slots=True)
class _Feed:
    """The values that all parts of a feed are made from.

    Attributes:
        podcast: What it says of itself.
        base_url: Of the folder, with a slash at its end.
        cover_url: Of the podcast's cover.
    """

    podcast: Podcast
    base_url: str
    cover_url: str

    @property
    def url(self) -> str:
        return file_url(self.base_url, FEED)

    @property
    def title(self) -> str:
        return _value(self.podcast.title) or Podcast().title

    @property
    def author(self) -> str:
        return _value(self.podcast.author) or self.title

    @property
    def link(self) -> str:
        return ascii_url(self.podcast.link) or self.base_url

    @property
    def explicit(self) -> str:
        return "true" if self.podcast.explicit else "false"

    def file(self, file: Filed | None) -> str:
        """The address of a file, "" for none."""
        return file_url(self.base_url, file.name) if file else ""

    def page(self, episode: Manifest) -> str:
        return self.file(episode.sidecars.get(PAGE))


def feed_xml(
    podcast: Podcast,
    episodes: Sequence[Manifest],
    *,
    base_url: str,
    cover_name: str = FEED_COVER,
) -> bytes:
    """Write a feed; the same podcast and episodes give the same bytes, whenever it is written.

    Args:
        podcast: What it says of itself.
        episodes: In any order; all of them are in the feed, newest first.
        base_url: Where the folder is found on the web.
        cover_name: Name of the podcast's cover in the folder.

    Raises:
        ConfigError: The address, the podcast's link, its category or its identity cannot be used.
    """
    base_url = check_base_url(base_url)
    if podcast.link and not ascii_url(podcast.link):
        raise ConfigError(f"the podcast's link {podcast.link!r} is no address of the web", "begin it with https://")
    feed = _Feed(podcast, base_url, file_url(base_url, cover_name))
    root = new_feed()
    channel = put(root, "channel")
    ordered = newest_first(episodes)
    _put_channel(channel, feed, ordered)
    for episode in ordered:
        _put_item(put(channel, "item"), feed, episode)
    return to_xml(root)


def kept(episodes: Sequence[Manifest], *, keep_episodes: int, keep_days: int, today: date) -> tuple[Manifest, ...]:
    """The episodes that a feed still holds, newest first.

    Args:
        episodes: In any order.
        keep_episodes: So many of the newest; 0 for all.
        keep_days: Those that were added on so many days up to today; 0 for all.
        today: In UTC, as episodes are dated.
    """
    young = (one for one in newest_first(episodes) if not keep_days or (today - _day(one)).days < keep_days)
    return tuple(young)[: keep_episodes or None]


def podcast_guid(feed_url: str) -> str:
    """The podcast's identity, which follows from the feed's address without "https://" and slashes at its end.

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(PODCASTS, re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", feed_url).rstrip("/")))


def feed_language(podcast: Podcast, episodes: Sequence[Manifest]) -> str:
    """The language the podcast says, else that of most of its episodes, the first of them where there are two."""
    counts = Counter(_value(episode.language) for episode in episodes)
    usual = counts.most_common(1)[0][0] if counts else DEFAULT_LANGUAGE
    return _value(podcast.language) or usual


def _put_channel(channel: etree._Element, feed: _Feed, episodes: Sequence[Manifest]) -> None:
    podcast, language = feed.podcast, feed_language(feed.podcast, episodes)
    put(channel, "atom:link", href=feed.url, rel="self", type="application/rss+xml")
    put(channel, "generator", f"narrate {__version__}")
    put(channel, "title", feed.title)
    put(channel, "link", feed.link)
    put(channel, "description", _description(podcast, language))
    put(channel, "language", language)
    if podcast.copyright:
        put(channel, "copyright", _value(podcast.copyright))
    if episodes:  # never the time of writing: a feed in which nothing is new is the same feed
        put(channel, "pubDate", _moment(episodes[0].added))
        put(channel, "lastBuildDate", _moment(episodes[0].added))
    image = put(channel, "image")
    for name, value in (("url", feed.cover_url), ("title", feed.title), ("link", feed.link)):
        put(image, name, value)
    _put_itunes(channel, feed)
    _put_identity(channel, feed)


def _put_itunes(channel: etree._Element, feed: _Feed) -> None:
    put(channel, "itunes:author", feed.author)
    if feed.podcast.email:
        owner = put(channel, "itunes:owner")
        put(owner, "itunes:name", feed.author)
        put(owner, "itunes:email", _value(feed.podcast.email))
    put(channel, "itunes:image", href=feed.cover_url)
    parent = channel
    for name in plain_category(feed.podcast.category):
        parent = put(parent, "itunes:category", text=name)
    put(channel, "itunes:explicit", feed.explicit)
    put(channel, "itunes:type", "episodic")


def _put_identity(channel: etree._Element, feed: _Feed) -> None:
    podcast = feed.podcast
    put(channel, "podcast:guid", _checked_guid(podcast.guid) or podcast_guid(feed.url))
    owner = {"owner": _value(podcast.email)} if podcast.email else {}
    put(channel, "podcast:locked", "yes" if podcast.locked else "no", **owner)
    put(channel, "podcast:medium", "podcast")


def _put_item(item: etree._Element, feed: _Feed, episode: Manifest) -> None:
    title, author = _value(episode.title) or episode.stem, _value(episode.meta.author or "")
    put(item, "title", title)
    put(item, "itunes:title", title)
    put(item, "link", ascii_url(episode.meta.url or "") or feed.page(episode) or feed.link)
    put(item, "guid", one_line(episode.guid), isPermaLink="false")
    put(item, "pubDate", _moment(episode.added))
    _put_notes(item, feed, episode)
    media_type = episode.media_type.partition(";")[0].strip()
    media_type = _FEED_TYPES.get(media_type, media_type)
    put(item, "enclosure", url=feed.file(episode.audio), length=str(episode.audio.size_bytes), type=media_type)
    put(item, "itunes:duration", str(max(1, round(episode.duration_ms / 1000))))
    if cover := feed.file(episode.sidecars.get(COVER)):
        put(item, "itunes:image", href=cover)
    put(item, "itunes:explicit", feed.explicit)
    put(item, "itunes:episodeType", "full")
    if author:
        put(item, "itunes:author", author)
        # "prose originally intended for text that is now being read verbatim on air", says the list of roles
        put(item, "podcast:person", author, role="author", group="writing")
    for name, role in _people(episode):
        put(item, "podcast:person", name, role=role, group="cast")
    _put_files(item, feed, episode)


def _people(episode: Manifest) -> list[tuple[str, str]]:
    """Return who speaks in an interview, with their roles, where they are known: its author asks, and has guests.

    The list of roles has none for somebody of whom no more is known than that he speaks, and without a role everybody
    is taken for a host (https://github.com/Podcastindex-org/podcast-namespace/blob/main/taxonomy.json).
    """
    host = match_name(episode.meta.author or "", episode.speakers).name
    people = [_value(name) for name in episode.speakers if len(name.split()) > 1 and not is_role(name)]
    return [(name, "host" if name == _value(host) else "guest") for name in people] if host else []


def _put_notes(item: etree._Element, feed: _Feed, episode: Manifest) -> None:
    """Apps that know content:encoded show it in place of the description, so it is there only where it holds more."""
    page_url, notes = feed.page(episode), feed.podcast.notes
    text_max_bytes = {"none": 0, "summary": SUMMARY_MAX_BYTES}.get(notes)
    description = summary_html(episode, DESCRIPTION_MAX_BYTES, page_url=page_url, text_max_bytes=text_max_bytes)
    put(item, "description", description or f"<p>{escape(_value(episode.title) or episode.stem, quote=False)}</p>")
    if notes == "article" and (article := article_html(episode, page_url=page_url)) != description:
        put(item, "content:encoded", article)


def _put_files(item: etree._Element, feed: _Feed, episode: Manifest) -> None:
    for ending in _TRANSCRIPTS:
        if url := feed.file(episode.sidecars.get(ending)):  # each says when every passage is spoken: captions
            kind = {"type": MEDIA_TYPES[ending], "language": episode.language, "rel": "captions"}
            put(item, "podcast:transcript", url=url, **kind)
    if url := feed.file(episode.sidecars.get(CHAPTERS)):
        put(item, "podcast:chapters", url=url, type=MEDIA_TYPES[CHAPTERS])
    if episode.chapters:  # in the feed itself for Spotify and AntennaPod, https://podlove.org/simple-chapters
        chapters = put(item, "psc:chapters", version="1.2")
        for number, chapter in enumerate(episode.chapters, 1):
            start = timecode(chapter.start_ms)
            put(chapters, "psc:chapter", start=start, title=_value(chapter.title) or str(number))


def _description(podcast: Podcast, language: str) -> str:
    text = allowed(many_lines(podcast.description)).strip()
    return cut_to_bytes(text, DESCRIPTION_MAX_BYTES) or words(language)["description"]


def _checked_guid(guid: str) -> str:
    try:
        return str(uuid.UUID(guid)) if guid else ""
    except ValueError:
        raise ConfigError(f"the podcast's guid {guid!r} is no UUID", "copy it from the podcast's feed") from None


def _value(text: str) -> str:
    """A text of one line that is no longer than PSP-1 allows."""
    line = allowed(one_line(text)).strip()
    return line if len(line) <= VALUE_MAX_CHARS else f"{line[: VALUE_MAX_CHARS - 1].rstrip()}…"


def _moment(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _day(episode: Manifest) -> date:
    return episode.added.astimezone(UTC).date()
