"""What articles that are spoken at the same time share, and how they keep out of each other's way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def _nothing(*_: object) -> None:
    """An article alone waits for nobody, and shares nothing."""


@dataclass(frozen=True, slots=True)
class Company:
    """What an article has to heed of the others.

    Attributes:
        executor: Speaks its chunks; None for threads of its own.
        before_claim: Called with the path that it would like, before it takes a name; may wait.
        after_claim: Called when it has its name and keeps others from it.
        fetch: Gets pages and pictures in turn with the others (fetch.web.Fetch); None to get them at once.
        whole_chars: An article with no more characters to speak is one piece of work for the executor.
        open_other: Gives the engine that is fallen back on (as stages.open_engine does); None for one's own.
        is_elsewhere: The executor speaks on other machines.
        library: The episodes of a folder (library.library.Library), which all look at together; None for one's own.
    """

    executor: Executor | None = None
    before_claim: Callable[[Path], object] = _nothing
    after_claim: Callable[[], object] = _nothing
    fetch: Callable[..., Any] | None = None
    whole_chars: int = 0
    open_other: Callable[..., AbstractContextManager[Any]] | None = None
    library: Callable[[Path], Any] = _nothing
    is_elsewhere: bool = False


ALONE = Company()
