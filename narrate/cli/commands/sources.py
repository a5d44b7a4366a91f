"""The sources of a command for many articles: gathered from folders, lists and feeds, fetched by turns."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from narrate.cli.request import Asked
from narrate.pipeline.many.gathering import polite
from narrate.sources.fetch.addresses import is_address
from narrate.sources.fetch.polite_fetch import Visits
from narrate.sources.gather import Gathered, Wanted, gathered
from narrate.sources.gather.chapter_counts import ChapterCounts
from narrate.sources.gather.lists import is_list

if TYPE_CHECKING:
    from narrate.core.settings.model import Settings
    from narrate.pipeline.many.made_before import MadeBefore

logger = logging.getLogger(__name__)


def gathered_by(asked: Asked, settings: Settings, visits: Visits) -> Iterable[Gathered]:
    visit = None if settings.offline else visits.feed
    return gathered(
        asked.sources,
        lists=asked.lists,
        feeds=asked.feeds,
        visit=visit,
        newest=asked.newest,
        by_chapter=asked.by_chapter,
        fetch=None if settings.offline else polite(visits, asked.sources),
        counts=ChapterCounts(settings.cache_folder / "chapters" if settings.cache else None),
    )


def watched(places: tuple[str, ...], folders: tuple[str, ...], newest: int | None) -> Asked:
    """Return what a watch looks at: its folders, lists of links among the other places, and feeds."""
    lists = tuple(place for place in places if place not in folders and is_list(place))
    return Asked(folders, lists, tuple(place for place in places if place not in {*folders, *lists}), newest)


def dated(found: Iterable[Gathered], dates: dict[str, datetime]) -> Iterator[Gathered]:
    """Yield what was gathered, and note when each was changed, as far as its feed says so."""
    for one in found:
        if isinstance(one, Wanted) and one.updated:
            dates[one.source] = one.updated
        yield one


def linked(found: Iterable[Gathered], asked: Asked, made_before: MadeBefore) -> Iterator[Gathered]:
    """Yield what was gathered, and note which addresses come from lists, for those that have their episode already."""
    for one in found:
        if isinstance(one, Wanted) and one.listed_in in asked.lists and is_address(one.source):
            made_before.links.add(one.source)
        yield one
