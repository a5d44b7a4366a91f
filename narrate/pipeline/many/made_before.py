"""Links of lists that have their episode: noted by a run before, so that the next one fetches only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from narrate.core.episode import Episode
from narrate.core.file_names import MANIFEST
from narrate.episode.manifest import read_head
from narrate.pipeline.many.outcomes import Outcome
from narrate.pipeline.many.watch import Notes, Spoken


@dataclass(slots=True)
class MadeBefore:
    """The episodes of links, as runs with these settings have noted them.

    Attributes:
        notes: Of the runs before; None where nothing is kept, and all is fetched.
        links: Addresses that lists name; what somebody typed is fetched, since it may have changed.
    """

    notes: Notes | None
    links: set[str] = field(default_factory=set)
    _spoken: Spoken = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        if self.notes:
            self._spoken = self.notes.load()

    def episode_of(self, source: str) -> Episode | None:
        """Return the episode that a link has; None where it is to be fetched, also if the file is not what was made."""
        if source not in self.links or source not in self._spoken:
            return None
        path = Path(self._spoken[source][1])
        try:
            manifest = read_head(path.with_name(path.stem + MANIFEST))
            size_bytes = path.stat().st_size
        except (OSError, ValueError):
            return None
        if manifest.audio.name != path.name or manifest.audio.size_bytes != size_bytes:
            return None
        beside = tuple(path.with_name(file.name) for file in manifest.sidecars.values())
        if not all(sidecar.is_file() for sidecar in beside):
            return None
        noted = (*beside, path.with_name(path.stem + MANIFEST))
        return Episode(path, manifest.meta, manifest.duration_ms, size_bytes, manifest.guid, True, noted)

    def note(self, outcome: Outcome) -> None:
        """Note what became of a link."""
        if outcome.source in self.links and outcome.episode:
            self._spoken[outcome.source] = (None, str(outcome.episode.path))

    def store(self) -> None:
        """Keep the notes for the next run."""
        if self.notes:
            self.notes.store(self._spoken)
