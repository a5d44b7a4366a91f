"""An article that is typed or copied: `--text` and `--clipboard` in the place of a SOURCE."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from narrate.cli.request import Asked
from narrate.core.errors import ConfigError
from narrate.sources.read.source import STANDARD_INPUT

_PAGE = "<!DOCTYPE html>"


@contextmanager
def sources_given(
    sources: Sequence[str], given: dict[str, object], *, text: str | None, clipboard: bool
) -> Iterator[tuple[str, ...]]:
    """Give the sources that a command was named, or standard input with the text that stands for one.

    Args:
        sources: As they were named, lists and feeds among them.
        given: Settings of the command line. All of a page's piece that somebody copied is wanted, so that nothing
            chooses what of it is the article.
        text: The article that was typed; None for none.
        clipboard: The article is on the clipboard.

    Raises:
        ConfigError: Two of them were given.
        SourceError: The clipboard cannot be read.
    """
    if text is None and not clipboard:
        yield tuple(sources)
        return
    if text is not None and clipboard:
        raise ConfigError("--text and --clipboard are two articles", "give one of them")
    flag = "--clipboard" if clipboard else "--text"
    if sources:
        raise ConfigError(f"{flag} stands in the place of {sources[0]}", "give one of them")
    from narrate.core.system.clipboard import clipboard_text
    from narrate.core.system.given_text import as_standard_input

    article, called = (clipboard_text(), "the clipboard") if clipboard else (text or "", "--text")
    if clipboard and article.startswith(_PAGE):
        given.setdefault("all_text", True)
    with as_standard_input(article, called):
        yield (STANDARD_INPUT,)


def asked_of(
    sources: list[str] | None, lists: list[str] | None, feeds: list[str] | None, newest: int | None, split: object
) -> Asked:
    """Return what a command was asked to speak, as its parameters say it."""
    return Asked(tuple(sources or ()), tuple(lists or ()), tuple(feeds or ()), newest, split is not None)


@contextmanager
def asked_for(asked: Asked, given: dict[str, object], *, text: str | None, clipboard: bool) -> Iterator[Asked]:
    """Give what a command is asked to speak, or standard input with the text that stands for it.

    Raises:
        ConfigError: A text is given beside sources, lists or feeds.
        SourceError: The clipboard cannot be read.
    """
    named = (*asked.sources, *asked.lists, *asked.feeds)
    with sources_given(named, given, text=text, clipboard=clipboard) as found:
        yield asked if named else replace(asked, sources=found)


def the_source(command: str, sources: Sequence[str]) -> str:
    """Return the one source of a command.

    Raises:
        ConfigError: There is none.
    """
    if not sources:
        raise ConfigError(f"narrate {command} needs SOURCE", f"narrate {command} SOURCE, or --text, or --clipboard")
    return sources[0]
