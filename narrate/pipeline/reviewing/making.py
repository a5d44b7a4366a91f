"""The episode of a reviewed draft, made in a thread while the page shows how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import NarrateError
from narrate.core.formats import FORMATS
from narrate.core.progress import Progress
from narrate.core.settings.model import Settings
from narrate.episode.naming import DEFAULT_FORMAT, episode_path
from narrate.pipeline.making import make_episode

if TYPE_CHECKING:
    from narrate.core.episode import Episode
    from narrate.speech.engines import Engine

logger = logging.getLogger(__name__)

_PAGE = ".page.html"


class Making:
    """The work on the episode; any thread may ask how far it is."""

    def __init__(self, path: Path, settings: Settings, engine: Engine) -> None:
        """Make nothing yet."""
        self._path, self._settings, self._engine = path, settings, engine
        self._lock = threading.Lock()
        self._state: Mapping[str, object] = {"state": "none"}
        self._files: Mapping[str, Path] = {}

    @property
    def folder(self) -> Path:
        """The folder where the episode lies, or will."""
        return episode_path(self._settings.output, "", FORMATS[DEFAULT_FORMAT]).parent

    @property
    def files(self) -> Mapping[str, Path]:
        """The sound that was made and what lies beside it, by name."""
        with self._lock:
            return self._files

    def state(self) -> Mapping[str, object]:
        """Return how far it is: "none", "working" with "done" and "total", "made" with its files, or "failed"."""
        with self._lock:
            return self._state

    def begin(self) -> Mapping[str, object]:
        """Begin, unless it is under way."""
        with self._lock:
            if self._state["state"] != "working":
                self._state = {"state": "working", "stage": "speak", "done": 0, "total": 0}
                threading.Thread(target=self._make, daemon=True).start()
            return self._state

    def _make(self) -> None:
        try:
            episode = make_episode(self._path, self._settings, engine=self._engine, on_progress=self._tell)
        except NarrateError as error:
            self._end({"state": "failed", "message": error.message, "hint": error.hint})
        except Exception as error:
            logger.error("the episode could not be made: %s: %s", type(error).__name__, error)
            self._end({"state": "failed", "message": "the episode could not be made", "hint": "see the terminal"})
        else:
            self._made(episode)

    def _made(self, episode: Episode) -> None:
        files = {path.name: path for path in (episode.path, *episode.sidecars)}
        page = next((name for name in files if name.endswith(_PAGE)), "")
        self._end(
            {"state": "made", "file": episode.path.name, "path": str(episode.path), "page": page},
            files,
        )

    def _end(self, state: Mapping[str, object], files: Mapping[str, Path] | None = None) -> None:
        with self._lock:
            self._state = state
            self._files = files or self._files

    def _tell(self, progress: Progress) -> None:
        with self._lock:
            self._state = {
                "state": "working",
                "stage": progress.stage,
                "done": progress.done,
                "total": progress.total,
            }
