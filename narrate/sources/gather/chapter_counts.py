"""Keeps counts of the chapters of documents at addresses, so that links of lists are not fetched only to be counted."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from narrate.core.cache.space import used
from narrate.core.system.files import write_whole
from narrate.core.version import __version__

logger = logging.getLogger(__name__)

MAX_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class ChapterCounts:
    """Counts of chapters in a folder, a file for each address; another version of narrate counts anew.

    Attributes:
        folder: Where they are kept; None to keep none.
    """

    folder: Path | None = None

    def load(self, url: str) -> int | None:
        """Return how many chapters were counted at an address; None where that is not known."""
        if self.folder is None:
            return None
        path = self._path(self.folder, url)
        try:
            with path.open("rb") as file:
                noted = json.loads(file.read(MAX_BYTES))
            if noted["version"] != __version__ or noted["address"] != url:
                return None
            used(path)
            count = noted["chapters"]
            return count if type(count) is int and count > 0 else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            logger.debug("%s cannot be used, and chapters are counted again: %s", path, error)
            return None

    def store(self, url: str, count: int) -> None:
        """Keep a count; the disk being full is no reason to stop."""
        if self.folder is None:
            return
        noted = {"version": __version__, "address": url, "chapters": count}
        try:
            write_whole(self._path(self.folder, url), json.dumps(noted).encode())
        except OSError as error:
            logger.debug("the chapters of %s are counted again next time: %s", url, error)

    @staticmethod
    def _path(folder: Path, url: str) -> Path:
        return folder / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}.json"


NO_COUNTS = ChapterCounts()
