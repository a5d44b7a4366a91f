"""What a command is asked to speak."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be spoken: sources, lists and feeds of them, and how many of each feed."""

    sources: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    newest: int | None = None

    @property
    def is_one(self) -> bool:
        """Whether it is one article, and not a folder or a pattern that may stand for many."""
        if len(self.sources) != 1 or self.lists or self.feeds:
            return False
        one = self.sources[0]
        return not one or (not Path(one).is_dir() and (Path(one).exists() or not set(one) & set("*?[")))
