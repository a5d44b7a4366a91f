"""The document that was fetched last by an article alone: its cover is inside of it, and is asked for later."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from narrate.sources.fetch.web import Page


@dataclass(slots=True)
class LastDocument:
    """A document by the address it was asked for; whoever takes it is the last to have it, so it is never stale."""

    _held: tuple[str, Page] | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def keep(self, url: str, page: Page) -> None:
        """Keep a document until its cover is taken, or another one comes."""
        with self._lock:
            self._held = (url, page)

    def take(self, url: str) -> Page | None:
        """Return the document of an address, and keep it no longer; None where it is another one's."""
        with self._lock:
            held, self._held = self._held, None
        return held[1] if held and held[0] == url else None


last_document = LastDocument()
