"""All that a run was given, one after the other, as the articles it stands for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import is_address
from narrate.sources.gather.chapter_counts import NO_COUNTS, ChapterCounts
from narrate.sources.gather.folders import by_pattern, in_folder, is_pattern
from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.gather.lists import listed
from narrate.sources.gather.unready import is_unready
from narrate.sources.mailboxes import ENDING, sources_in
from narrate.sources.read.documents.chapters import chapter_name, may_be_split, named_address

if TYPE_CHECKING:
    from narrate.sources.fetch.web import Fetch, Page


def gathered(
    sources: Sequence[str],
    *,
    lists: Sequence[str | Path] = (),
    feeds: Sequence[str] = (),
    visit: Callable[[str], Page] | None = None,
    newest: int | None = None,
    by_chapter: bool = False,
    fetch: Fetch | None = None,
    counts: ChapterCounts = NO_COUNTS,
) -> Iterator[Gathered]:
    """The articles to read, in the order they were named; nothing is read before it is asked for.

    What cannot be used comes as an error among them, and the others follow. What is named twice comes twice.

    Args:
        sources: Paths, addresses, folders, patterns, or "-" for standard input.
        lists: Files with a source a line; "-" for standard input.
        feeds: Addresses or files of feeds, or OPML lists of them.
        visit: Fetches a feed, see Visits.feed; None where nothing may be fetched.
        newest: Only so many of each feed, the newest ones.
        by_chapter: Books and other documents come as their chapters.
        fetch: Gets what is at an address, to see how many chapters it has; None where nothing may be fetched.
        counts: How many chapters links of lists and feeds had; what somebody typed is looked at again.
    """
    for one in _whole(sources, lists, feeds, visit, newest):
        yield from _chapters(one, fetch, counts) if by_chapter and isinstance(one, Wanted) else (one,)


def _whole(
    sources: Sequence[str],
    lists: Sequence[str | Path],
    feeds: Sequence[str],
    visit: Callable[[str], Page] | None,
    newest: int | None,
) -> Iterator[Gathered]:
    yield from _named(sources, lists, is_alone=len(sources) == 1 and not lists and not feeds)
    if feeds:
        from narrate.sources.gather.feeds import articles_of

        for feed in feeds:
            yield from articles_of(feed, visit, newest)


def _named(sources: Sequence[str], lists: Sequence[str | Path], *, is_alone: bool) -> Iterator[Gathered]:
    for source in sources:
        yield from _expanded(Wanted(source), is_alone=is_alone)
    for name in lists:
        for found in listed(name):
            yield from _expanded(found) if isinstance(found, Wanted) else (found,)


def _chapters(wanted: Wanted, fetch: Fetch | None, counts: ChapterCounts) -> Iterator[Gathered]:
    """Yield the chapters of a document; one that cannot be read comes as an error, and what is none as it is."""
    try:
        count = _chapter_count(wanted, fetch, counts)
    except SourceError as error:
        yield Unusable(wanted.source, error, wanted.listed_in)
        return
    if count is None:
        yield wanted
        return
    for number in range(1, count + 1):
        source, listed_in = chapter_name(wanted.source, number), wanted.listed_in or wanted.source
        yield replace(wanted, source=source, title="", listed_in=listed_in)


def _chapter_count(wanted: Wanted, fetch: Fetch | None, counts: ChapterCounts) -> int | None:
    from narrate.sources.read.source import chapter_count

    if is_address(wanted.source):
        return _count_at(wanted, fetch, counts) if fetch and not named_address(wanted.source).chapter else None
    return chapter_count(Path(wanted.source)) if may_be_split(wanted.source) else None


def _count_at(wanted: Wanted, fetch: Fetch, counts: ChapterCounts) -> int | None:
    """Return how many chapters a document at an address has, as a run before counted it where a list names it."""
    from narrate.sources.read.source import chapter_count_at

    if wanted.listed_in and (known := counts.load(wanted.source)):
        return known
    count = chapter_count_at(wanted.source, fetch)
    if count:
        counts.store(wanted.source, count)
    return count


def _expanded(wanted: Wanted, *, is_alone: bool = False) -> Iterator[Gathered]:
    """Yield what a source stands for: itself, the files of a folder or pattern, or beside others a mailbox's mails."""
    source = wanted.source
    if source == "-" or not source or is_address(source):
        yield wanted
    elif os.path.isdir(source):
        yield from _found(in_folder(Path(source)), wanted)
    elif is_pattern(source):
        yield from _found(by_pattern(source), wanted)
    elif is_alone or not source.lower().endswith(ENDING):
        yield wanted
    else:
        yield from (replace(wanted, source=mail) for mail in sources_in(Path(source)))


def _found(paths: Iterator[Path | SourceError], wanted: Wanted) -> Iterator[Gathered]:
    listed_in = wanted.listed_in or wanted.source
    for path in paths:
        if isinstance(path, SourceError):
            yield Unusable(wanted.source, path, listed_in)
        elif not is_unready(path, wanted.source):
            yield from (Wanted(source, listed_in=listed_in) for source in sources_in(path))
