"""The source that an entry of the inbox is: its address, a file that was given, or that as the page of its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import SourceError
from narrate.library.inbox.entry import Entry
from narrate.sources.fetch.polite_fetch import Visits
from narrate.sources.fetch.web import ARTICLE, Page, Wanted

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings

# The media types by which what was given with an address is told apart, as a server would.
_MEDIA_TYPES = {
    ".eml": "message/rfc822",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
}


@dataclass(frozen=True, slots=True)
class EntryFetch:
    """Gets pages and pictures for one entry; somebody asked for its address, so robots.txt is not for that.

    Attributes:
        visits: To the web, by turns.
        url: The entry's own address.
        given: What was given as the page at that address.
        is_offline: Nothing else may be fetched.
    """

    visits: Visits
    url: str
    given: Page | None = None
    is_offline: bool = False

    def __call__(self, url: str, *, wanted: Wanted = ARTICLE) -> Page:
        if self.given and url == self.url and wanted is ARTICLE:
            return self.given
        if self.is_offline:
            raise SourceError(f"{url} is an address, and the settings refuse to fetch", "leave offline out")
        return self.visits.fetch(url, wanted=wanted, asked=url == self.url)


def source_of(
    entry: Entry, path: Path | None, settings: Settings, visits: Visits
) -> tuple[str | Path, Settings, EntryFetch]:
    """Return what is spoken of an entry, by which settings, and what gets its pages.

    What was given with an address is taken for what that address would send, so that it is the same article.

    Args:
        entry: Of the inbox.
        path: The file that holds what was given, None where there is none.
        settings: Of everything.
        visits: To the web, by turns.

    Raises:
        SourceError: What was given is gone.
    """
    fetch = EntryFetch(visits, entry.url)
    if not entry.payload:
        return entry.url, settings, fetch
    if path is None:
        raise SourceError("what was given is not there any more", "remove this entry and add it again")
    if not entry.url:
        return path, settings, fetch
    media_type = _MEDIA_TYPES.get(path.suffix, "text/plain")
    given = Page(entry.url, path.read_bytes(), media_type, "utf-8" if entry.kind == "text" else None)
    fetch = EntryFetch(visits, entry.url, given, is_offline=settings.offline)
    return entry.url, replace(settings, offline=False), fetch
