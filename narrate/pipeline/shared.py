"""The request for one production, and what it shares with others: articles spoken at the same time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Article
from narrate.core.progress import OnProgress, Progress

if TYPE_CHECKING:
    from narrate.audio.live_gain import Listener
    from narrate.core.settings.model import Settings
    from narrate.library.library import Library
    from narrate.sources.fetch.web import Fetch
    from narrate.speech.engines import Engine


def _nothing(*_: object) -> None:
    """Wait for nobody, as an article alone does."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers that speak the chunks of an article.

    Attributes:
        executor: Speaks them; None for threads of the article's own.
        whole_chars: An article with no more characters to speak is one piece of work for the executor.
        is_elsewhere: The executor speaks on other machines.
    """

    executor: Executor | None = None
    whole_chars: int = 0
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """An article's turn to take a name.

    Attributes:
        before_claim: Called with the path that it would like, before it takes a name; may wait.
        after_claim: Called when it has its name and keeps others from it.
    """

    before_claim: Callable[[Path], object] = _nothing
    after_claim: Callable[[], object] = _nothing


@dataclass(frozen=True, slots=True)
class Company:
    """An article's company in a run: the others, as far as it has to heed them.

    Attributes:
        workers: Speak its chunks.
        turn: When it may take a name.
        fetch: Gets pages and pictures in turn with the others; None to get them at once.
        open_other: Gives the engine that is fallen back on; None to open one of its own.
        library: The episodes of a folder, which all look at together; gives None for one of its own.
    """

    workers: Workers = Workers()
    turn: Turn = Turn()
    fetch: Fetch | None = None
    open_other: Callable[[Settings], AbstractContextManager[Engine]] | None = None
    library: Callable[[Path], Library | None] = _nothing


ALONE = Company()


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
        article: What is spoken, where the caller has it already; `source` is its address then, or "-".
    """

    source: str | Path
    on_progress: OnProgress = silent
    taken: Collection[Path] = ()
    company: Company = ALONE
    listener: Listener | None = None
    article: Article | None = None

    @property
    def name(self) -> str | Path:
        """The name that an error calls it by."""
        return self.source if self.article is None else "the article"


def request_for(source: str | Path | Article) -> Request:
    """Return the request for a source, or for an article that was read before.

    That of a page keeps its address, where its picture is; nothing is fetched for one that was a file.
    """
    if not isinstance(source, Article):
        return Request(source)
    address = source.meta.url if source.meta.source is None else None
    return Request(address or "-", article=source)
