"""Values of gathering: the articles that are to be read, and what no article can come of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from narrate.core.errors import NarrateError


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article that is to be read.

    Attributes:
        source: A path, an address, or "-" for standard input: what read_source takes.
        title: What a feed calls it, "" where nothing does.
        published: When a feed says that it was published, with its time zone.
        listed_in: The list, folder, pattern or feed that it comes from; "" where it was named itself.
        updated: When a feed says that it was changed; None where it does not.
    """

    source: str
    title: str = ""
    published: datetime | None = None
    listed_in: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that was named or listed, and that no article can come of.

    Attributes:
        source: What was named: a path, an address, a line of a list ("links.txt:12") or an entry of a feed.
        error: Why.
        listed_in: As for an article.
        is_fault: Something is wrong; False for what is left out on purpose, as an entry that is sound already.
    """

    source: str
    error: NarrateError
    listed_in: str = ""
    is_fault: bool = True


Gathered = Wanted | Unusable
