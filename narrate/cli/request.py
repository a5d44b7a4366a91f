"""The sources that a command is asked to speak."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from narrate.core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for speech: sources, lists and feeds of them, how many of each feed, and whether by chapter."""

    sources: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    newest: int | None = None
    by_chapter: bool = False

    def require_newest(self) -> None:
        """Check that the number of newest articles is one, and of feeds.

        Raises:
            ConfigError: It is not.
        """
        if self.newest is None:
            return
        if self.newest < 1:
            raise ConfigError(f"--newest {self.newest} leaves no article", "give a number from 1")
        if not self.feeds:
            raise ConfigError("--newest counts articles of feeds, and there is none", "name a feed, or leave it out")

    @property
    def is_one(self) -> bool:
        """Tell whether it is one article, and not a folder or a pattern that may stand for many."""
        if len(self.sources) != 1 or self.lists or self.feeds or self.by_chapter:
            return False
        one = self.sources[0]
        return not one or (not Path(one).is_dir() and (Path(one).exists() or not set(one) & set("*?[")))
