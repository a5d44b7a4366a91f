"""Asks the web for many pages as a guest would: one at a time, with pauses, and only where programs are welcome."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

from narrate.core.errors import SourceError
from narrate.core.web.retry_after import retry_after_s
from narrate.sources.fetch.addresses import SAVE_IT, MayReach, is_public, shown
from narrate.sources.fetch.host_turns import MAX_WAIT_S, PAUSE_S, Turns
from narrate.sources.fetch.http_cache import KeptPages
from narrate.sources.fetch.robots import Rules, read_rules
from narrate.sources.fetch.web import ARTICLE, Limits, Page, Refused, Seen, Turn, Wanted, fetch, fetch_if_changed

logger = logging.getLogger(__name__)

_Got = TypeVar("_Got")

# What a server says that would answer later, and how long to wait where it does not say that.
_BUSY = frozenset({429, 503})
_WAITS_S = (5.0, 20.0)

# So long a site's robots.txt counts (RFC 9309, 2.4), and so long one that could not be fetched keeps us away.
_RULES_FOR_S = 24 * 3600.0
_FAILURE_FOR_S = 300.0
_SITES_MAX = 1000

# A document is asked for once a chapter; so long it is the one that was fetched last.
_DOCUMENT_FOR_S = 600.0
_DOCUMENT_MARKS = (b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xef\xbb\xbf%PDF-")

# Servers call feeds anything; what they are, their bytes tell.
_FEED = Wanted(
    "a feed",
    "application/atom+xml, application/rss+xml, application/feed+json, text/x-opml, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, text/html;q=0.1",
    frozenset(),
)
_ROBOTS = Wanted("a robots.txt", "text/plain, */*;q=0.1", frozenset(), may_be_empty=True)
_ROBOTS_LIMITS = Limits(size=4 * 1024 * 1024, total_s=20.0)


@dataclass(slots=True)
class _Site:
    """The rules of a site's robots.txt as far as they are known.

    Attributes:
        rules: An error where it could not be fetched, so that nothing may be asked.
        until_s: When it is to be fetched again.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | SourceError = field(default_factory=Rules)
    until_s: float = float("-inf")


@dataclass(frozen=True, slots=True)
class _Document:
    """A book, a paper or a file of a word processor as it was fetched: by which address, and how long that counts."""

    url: str
    page: Page
    until_s: float


@dataclass(frozen=True, slots=True)
class Times:
    """Time as it passes for a run that fetches by turns.

    Attributes:
        now_s: A clock that never jumps.
        sleep: Waits for so many seconds; without one, `end` ends all waiting.
        clock: The time of day, for servers that name one to come back.
    """

    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


class Visits:
    """All the fetching of a run that takes its addresses from lists and feeds; any number of threads may share it.

    Args:
        cache: Folder to keep feeds and articles in, so that servers need not send again what has not changed; None to
            keep none.
        allow_private: Reach private networks and this machine as well.
        is_public: Tells public addresses from private ones.
        pause_s: Between two requests at a host.
        times: How time passes.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        allow_private: bool = False,
        is_public: MayReach = is_public,
        pause_s: float = PAUSE_S,
        times: Times = Times(),
    ) -> None:
        # Pictures are fetched when an episode is made, and seldom again.
        self._kept = {_FEED: KeptPages(cache / "feeds"), ARTICLE: KeptPages(cache / "pages")} if cache else {}
        self._fetch = partial(fetch, allow_private=allow_private, is_public=is_public)
        self._fetch_if_changed = partial(fetch_if_changed, allow_private=allow_private, is_public=is_public)
        self._turns = Turns(pause_s, now_s=times.now_s, sleep=times.sleep)
        self._now_s = times.now_s
        self._clock = times.clock
        self._sites: dict[str, _Site] = {}
        self._last_document: _Document | None = None
        self._lock = threading.Lock()

    def feed(self, url: str) -> Page:
        """The feed at an address: from the cache, where its server says that it has not changed.

        Raises:
            SourceError: It cannot be fetched, or programs are not welcome there.
        """
        return self._unless_changed(url, _FEED, self._welcome_turn)

    def fetch(self, url: str, *, wanted: Wanted = ARTICLE, asked: bool = False) -> Page:
        """Fetch a page or a picture, as web.fetch does; a page from the cache, if it has not changed.

        Args:
            url: An address that begins with https:// or http://.
            wanted: What it should hold.
            asked: Somebody asks for this very address, as with a browser. robots.txt is for programs that follow
                lists, feeds and links, and is not heeded then; pauses are made as ever.

        Raises:
            SourceError: The address may not be asked, does not answer, or does not hold what is wanted.
        """
        last = self._last_document
        if last and wanted is ARTICLE and last.url == url and self._now_s() < last.until_s:
            return last.page
        turn = self._turns.turn if asked else self._welcome_turn
        page = self._unless_changed(url, wanted, turn)
        if page.data.startswith(_DOCUMENT_MARKS):
            self._last_document = _Document(url, page, self._now_s() + _DOCUMENT_FOR_S)
        return page

    def end(self) -> None:
        """Let no thread wait any more: those that do get an error."""
        self._turns.end()

    def _unless_changed(self, url: str, wanted: Wanted, turn: Turn) -> Page:
        """The page, asked for by the mark of the one that is kept, which is all a server sends if it has no other."""
        kept = self._kept.get(wanted)
        old = kept.load(url) if kept else None
        if old:
            seen = Seen(old.url, old.etag, old.last_modified)
            new = self._patiently(lambda: self._fetch_if_changed(url, seen, wanted=wanted, turn=turn))
            if new is None:
                return old
        else:
            new = self._patiently(lambda: self._fetch(url, wanted=wanted, turn=turn))
        if kept:
            kept.store(url, new)
        return new

    def _patiently(self, get: Callable[[], _Got]) -> _Got:
        """Wait for a host that is busy; what it asks for holds for all threads, and for what comes after."""
        waited = 0
        while True:
            try:
                return get()
            except Refused as error:
                if error.status not in _BUSY:
                    raise
                asked_s = retry_after_s(error.retry_after, self._clock())
                wait_s = _WAITS_S[min(waited, len(_WAITS_S) - 1)] if asked_s is None else asked_s
                self._turns.put_off(error.url, wait_s, is_said=True)
                waited += 1
                if waited > len(_WAITS_S) or wait_s > MAX_WAIT_S:
                    raise
                logger.warning("%s; trying again in %.0f s, %d of %d", error.message, wait_s, waited, len(_WAITS_S))

    @contextmanager
    def _welcome_turn(self, url: str) -> Iterator[None]:
        """A turn at an address that its site does not close to programs."""
        rules = self._rules(urljoin(url, "/robots.txt"), url)
        if not rules.allows(url):
            raise SourceError(f"{shown(url)} is closed to programs by the site's robots.txt", SAVE_IT)
        with self._turns.turn(url, rules.delay_s):
            yield

    def _rules(self, robots: str, url: str) -> Rules:
        site = self._site(robots)
        with site.lock:
            if site.until_s <= self._now_s():
                self._learn(robots, site)
            rules = site.rules
        if isinstance(rules, Rules):
            return rules
        message = f"{shown(url)} is not asked, as the site's robots.txt cannot be read: {rules.message}"
        raise SourceError(message, rules.hint) from rules

    def _site(self, robots: str) -> _Site:
        with self._lock:
            if len(self._sites) >= _SITES_MAX and robots not in self._sites:
                del self._sites[next(iter(self._sites))]  # the one known for longest
            return self._sites.setdefault(robots, _Site())

    def _learn(self, robots: str, site: _Site) -> None:
        """RFC 9309, 2.3.1: a site without the file (4xx) is open, and one that fails (5xx) is closed for now."""
        site.rules, lasts_s = Rules(), _RULES_FOR_S
        try:
            get = partial(self._fetch, robots, wanted=_ROBOTS, limits=_ROBOTS_LIMITS, turn=self._turns.turn)
            site.rules = read_rules(self._patiently(get).data)
        except SourceError as error:
            if not isinstance(error, Refused) or error.status >= 500 or error.status in _BUSY:
                site.rules, lasts_s = error, _FAILURE_FOR_S
        site.until_s = self._now_s() + lasts_s
