"""What is asked of one production, besides its settings and its engine."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.progress import OnProgress, Progress
from narrate.pipeline.shared import ALONE, Company

if TYPE_CHECKING:
    from narrate.audio.live_gain import Listener


def silent(progress: Progress) -> None:
    """Tell nobody, where the caller does not watch."""


@dataclass(frozen=True, slots=True)
class Request:
    """One article that is to be spoken.

    Attributes:
        source: Path or address, or "-" for standard input.
        on_progress: Called from the calling thread as work is finished.
        taken: Files that belong to other articles of the same run.
        company: Articles that are spoken at the same time.
        listener: Hears the voice, without music, while it is spoken.
    """

    source: str | Path
    on_progress: OnProgress = silent
    taken: Collection[Path] = ()
    company: Company = ALONE
    listener: Listener | None = None
