"""A folder of episodes as a podcast: its feed, its page and its cover, as files or for a server."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import ConfigError, OutputError, SourceError
from narrate.core.file_names import FEED, FEED_COVER, INDEX, MEDIA_TYPES
from narrate.core.settings.loading import Podcast
from narrate.episode.manifest import Manifest
from narrate.library.library import Library, Listing, Problem
from narrate.library.locks import writing
from narrate.library.transactions import changing
from narrate.publish.feed import check_base_url, feed_language, feed_xml, kept
from narrate.publish.library_page import library_page
from narrate.publish.podcast_cover import is_cover_of, podcast_cover

if TYPE_CHECKING:
    from narrate.publish.app import Site

logger = logging.getLogger(__name__)

# How often a folder may change while its feed is written before that is given up.
_TRIES = 5

# Where a page or a feed says what wrote it.
_HEAD_BYTES = 4000


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome of publishing a folder.

    Attributes:
        feed: The feed's file.
        url: Where it will be found.
        episodes: How many it lists.
        too_old: How many whole episodes it does not list, by the podcast's own rule.
        problems: What is wrong with the rest.
        changed: False if every file already was what it is.
    """

    feed: Path
    url: str
    episodes: int
    too_old: int
    problems: tuple[Problem, ...]
    changed: bool


def publish(folder: Path, podcast: Podcast, *, today: date | None = None) -> Published:
    """Write the feed, the library's page and the podcast's cover into a folder; all of them change at once.

    Args:
        folder: Of episodes.
        podcast: What the feed says of itself; it must have a base_url.
        today: For episodes that are too old; the day in Greenwich where left out.

    Raises:
        SourceError: There is no such folder, or nothing in it was ever an episode.
        ConfigError: What the podcast says of itself cannot be used.
        OutputError: A file cannot be written, or is not narrate's to replace.
    """
    base_url = check_base_url(podcast.base_url)
    library = Library(folder)
    for _ in range(_TRIES):
        listing = _listing(library)
        shown = _kept(listing, podcast, today)
        changed = _write(folder, _files(folder, podcast, shown, base_url))
        if _listing(library) == listing:  # no episode came or went in the meantime
            break
    too_old = len(_ready(listing)) - len(shown)
    return Published(folder / FEED, base_url + FEED, len(shown), too_old, listing.problems, changed)


def require_podcast(podcast: Podcast) -> None:
    """Check what a podcast says of itself, before there are episodes.

    Raises:
        ConfigError: No feed can say that.
    """
    feed_xml(podcast, (), base_url=check_base_url(podcast.base_url), cover_name=FEED_COVER)
    if podcast.cover and not podcast.cover.is_file():
        raise ConfigError(f"the podcast's cover cannot be used: there is no file {podcast.cover}", "change cover")


def _listing(library: Library) -> Listing:
    listing = library.listing()
    if not library.folder.is_dir():
        raise SourceError(f"there is no folder {library.folder}", "name the folder that holds your episodes")
    if not (listing.episodes or listing.problems or (library.folder / FEED).exists()):
        hint = f"narrate speak ARTICLE -o {library.folder}"
        raise SourceError(f"{library.folder} holds no episodes with manifests", hint)
    return listing


def _ready(listing: Listing) -> tuple[Manifest, ...]:
    """Return the episodes whose authors do not say that they are drafts."""
    return tuple(episode for episode in listing.episodes if not episode.meta.is_draft)


def _kept(listing: Listing, podcast: Podcast, today: date | None) -> tuple[Manifest, ...]:
    day = today or datetime.now(UTC).date()
    return kept(_ready(listing), keep_episodes=podcast.keep_episodes, keep_days=podcast.keep_days, today=day)


def _files(folder: Path, podcast: Podcast, episodes: tuple[Manifest, ...], base_url: str) -> dict[str, bytes]:
    """Return the files that the folder is to get, those alone that differ."""
    contents = {
        FEED: feed_xml(podcast, episodes, base_url=base_url, cover_name=FEED_COVER),
        INDEX: _page(podcast, episodes, base_url + FEED),
    }
    files = {name: content for name, content in contents.items() if _current(folder / name, content) != content}
    old = _read(folder / FEED_COVER)
    if not is_cover_of(old, podcast):
        files[FEED_COVER] = podcast_cover(podcast)
    return files


def _page(podcast: Podcast, episodes: tuple[Manifest, ...], feed_url: str, *, inbox: bool = False) -> bytes:
    language = feed_language(podcast, episodes)
    page = library_page(podcast, episodes, feed_url=feed_url, cover_name=FEED_COVER, language=language, inbox=inbox)
    return page.encode()


def _current(path: Path, content: bytes) -> bytes:
    """Return what a file holds now.

    Raises:
        OutputError: It was not written by narrate.
    """
    found = _read(path)
    if found and b"narrate" not in found[:_HEAD_BYTES]:
        raise OutputError(f"{path} was not written by narrate", "move it away, then try again")
    return found


def _read(path: Path) -> bytes:
    with writing(path):
        return path.read_bytes() if path.exists() else b""


def _write(folder: Path, files: Mapping[str, bytes]) -> bool:
    if not files:
        return False
    with writing(folder / FEED), changing(folder) as change:
        for name, content in files.items():
            change.new(name).write_bytes(content)
    return True


class LiveSite:
    """A folder as a server shows it: as it is now, made anew only when an episode came, went or changed."""

    def __init__(self, folder: Path, podcast: Podcast, *, has_inbox: bool = False) -> None:
        """Begin with nothing read.

        Args:
            folder: Of episodes; it may be empty.
            podcast: What the feed says of itself; its base_url is where clients find the folder.
            has_inbox: The page takes articles, too.
        """
        self._has_inbox = has_inbox
        self._library = Library(folder)
        self._podcast = podcast
        self._cover = b""
        self._app: Site = {}
        self._made: tuple[object, Site] | None = None
        self._reported: tuple[Problem, ...] = ()

    def is_at(self, base_url: str) -> None:
        """Say where clients find the folder, once that is known."""
        self._podcast = replace(self._podcast, base_url=base_url)
        self._made = None

    def __call__(self) -> Site:
        """Return every address below the base, and what lies there; "" is the library's page.

        Raises:
            NarrateError: The folder cannot be read, or what the podcast says of itself cannot be used.
        """
        listing = self._library.listing()
        self._report(listing.problems)
        shown = _kept(listing, self._podcast, None)
        state = (listing, shown)
        if self._made is None or self._made[0] != state:
            self._made = state, self._site(listing, shown)
        return self._made[1]

    def _report(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            if problem not in self._reported:
                logger.warning("%s: %s; %s", problem.name, problem.message, problem.hint)
        self._reported = problems

    def _site(self, listing: Listing, shown: tuple[Manifest, ...]) -> Site:
        from narrate.publish.app import Made
        from narrate.publish.headers import page_policy

        self._cover = self._cover or podcast_cover(self._podcast)
        base_url = check_base_url(self._podcast.base_url)
        feed = feed_xml(self._podcast, shown, base_url=base_url, cover_name=FEED_COVER)
        policy = page_policy(may_send=True) if self._has_inbox else ""
        content = _page(self._podcast, shown, base_url + FEED, inbox=self._has_inbox)
        page = Made(content, "text/html", policy)
        made: Site = {
            "": page,
            INDEX: page,
            FEED: Made(feed, "application/rss+xml"),
            FEED_COVER: Made(self._cover, "image/jpeg"),
        }
        return {**files_of(self._library.folder, listing.episodes), **made, **self._web_app()}

    def _web_app(self) -> Site:
        """Return what makes an app of the page, on a phone that can share with it; it is made once."""
        if self._has_inbox and not self._app:
            from narrate.publish.adding.web_app import web_app_files

            self._app = web_app_files(self._podcast, self._cover)
        return self._app


def files_of(folder: Path, episodes: tuple[Manifest, ...]) -> Site:
    """Return every file of every episode that is for the public, by its name."""
    from narrate.publish.app import OnDisk

    files: dict[str, OnDisk] = {}
    for episode in episodes:
        files[episode.audio.name] = OnDisk(folder / episode.audio.name, episode.media_type)
        for ending, file in episode.sidecars.items():
            if ending in MEDIA_TYPES:
                files[file.name] = OnDisk(folder / file.name, MEDIA_TYPES[ending])
    return files
