"""Feeds as sources, in files or at addresses, one by one or in an OPML list: the articles they name, oldest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.core.web.addresses import is_web_address
from narrate.sources.fetch.addresses import is_address, shown
from narrate.sources.fetch.web import Page
from narrate.sources.gather.feed_entries import ENTRIES_MAX, Entry, entries_of_json, entries_of_xml
from narrate.sources.gather.feed_paging import PAGES_MAX, older_in_json, older_in_xml
from narrate.sources.gather.feed_xml import Element, local, text_of, tree_of
from narrate.sources.gather.gathered import Gathered, Unusable, Wanted
from narrate.sources.read.html_tree import parse_html

Visitor = Callable[[str], Page]
"""Fetches the feed at an address, see Visits.feed."""

MAX_BYTES = 20 * 1024 * 1024

# Lists of lists of feeds: readers write one, a directory may name others.
OPML_DEPTH_MAX = 3
# In all lists together; a reader's has some hundred.
FEEDS_MAX = 2_000

# What has matched stays matched, or many comments could be parted in ever more ways.
_HTML = re.compile(r"\s*+(?>(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEAD_CHARS = 1_000_000
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_LISTS = frozenset({"include", "link"})

_NO_FEED_HINT = "give the address or the file of an RSS, Atom or JSON feed, or an OPML list of such"


@dataclass(slots=True)
class _Run:
    """The circumstances that all feeds share which follow from one that was named.

    Attributes:
        seen: Feeds that were read, as lists may name each other.
    """

    visit: Visitor | None
    newest: int | None
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Document:
    """A feed before anybody knows that it is one.

    Attributes:
        source: As it was named.
        text: What it holds.
        url: Where it was fetched, "" for a file.
    """

    source: str
    text: str
    url: str = ""

    @property
    def name(self) -> str:
        return shown(self.url) if self.url else printable(self.source)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A feed, or a page of one: its entries, oldest first, and the address of the page with older ones, "" for none."""

    entries: list[Entry]
    older: str = ""


def articles_of(source: str, visit: Visitor | None, newest: int | None = None) -> Iterator[Gathered]:
    """The articles that a feed lists, or all the feeds of an OPML list.

    A feed that fails, and an entry that names no page, come as errors among them, and the others follow. Whatever a
    feed holds, its articles are pages on the web: no file of this machine becomes one because a feed names it.
    A feed at an address may come in pages: those with older entries are fetched until there are enough, PAGES_MAX at
    most.

    Args:
        source: An address, or a file's path.
        visit: Fetches feeds; None where nothing may be fetched.
        newest: Only so many of each feed, the newest ones.
    """
    yield from _articles(source, _Run(visit, newest), 0)


def _articles(source: str, run: _Run, depth: int) -> Iterator[Gathered]:
    if source in run.seen:
        return
    run.seen.add(source)
    try:
        if len(run.seen) > FEEDS_MAX:
            raise SourceError(f"{shown(source)} comes after {FEEDS_MAX:,} other feeds", "split the list of feeds")
        document = _fetched(source, run.visit) if is_address(source) else _opened(source)
        found = _read(document)
    except SourceError as error:
        yield Unusable(source, error, source)
        return
    if isinstance(found, _Listed):
        older, problems = _older(found, run)
        yield from problems
        yield from _named([*older, *found.entries], source, run.newest)
    elif depth >= OPML_DEPTH_MAX:
        problem = SourceError(f"{document.name} is a list of feeds inside of {depth} others", "give it by itself")
        yield Unusable(source, problem, source)
    else:
        yield from _of_list(found, document, run, depth)


def _older(first: _Listed, run: _Run) -> tuple[list[Entry], list[Gathered]]:
    """Read the pages after the first one: entries, oldest first, and what is wrong with one, then the last."""
    known = {entry.address for entry in first.entries}
    entries: list[Entry] = []
    count, older = len(first.entries), first.older
    for _ in range(PAGES_MAX - 1):
        enough = ENTRIES_MAX if run.newest is None else min(run.newest, ENTRIES_MAX)
        if not older or older in run.seen or count >= enough:
            break
        run.seen.add(older)
        try:
            page = _read(_fetched(older, run.visit))
            if not isinstance(page, _Listed):
                raise SourceError(f"{shown(older)} is no page of a feed", _NO_FEED_HINT)
        except SourceError as error:
            return entries, [Unusable(older, error, older)]
        new = [entry for entry in page.entries if not entry.address or entry.address not in known]
        known |= {entry.address for entry in new}
        entries[:0] = new
        count, older = count + len(new), page.older
    return entries, []


def _named(entries: list[Entry], source: str, newest: int | None) -> Iterator[Gathered]:
    for entry in entries[max(0, len(entries) - newest) :] if newest is not None else entries:
        if entry.problem:
            problem = SourceError(
                f"{shown(entry.name)}, in {shown(source)}, {entry.problem}", "leave it, or speak it by hand"
            )
            yield Unusable(entry.name, problem, source, is_fault=not entry.is_sound)
        else:
            yield Wanted(entry.address, entry.title, entry.published, source, entry.updated)


def _fetched(source: str, visit: Visitor | None) -> _Document:
    if visit is None:
        raise SourceError(
            f"{shown(source)} is an address, and --offline refuses to fetch",
            "give the feed's file, or leave --offline out",
        )
    page = visit(source)
    return _Document(source, text_of(page.data, page.charset), page.url)


def _opened(source: str) -> _Document:
    name = printable(source)
    try:
        with Path(source).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(
            f"the feed {name} cannot be read: {reason}", "check the path; an address has https://"
        ) from error
    if len(data) > MAX_BYTES:
        raise SourceError(f"the feed {name} is larger than {MAX_BYTES // 2**20} MB", "split it into several")
    return _Document(source, text_of(data, None))


def _read(document: _Document) -> _Listed | Element:
    """Return what a feed lists, or the tree of a list of feeds.

    Raises:
        SourceError: It is neither.
    """
    older = ""
    if document.text.lstrip().startswith(("{", "[")):
        entries = entries_of_json(document.text, document.url, document.name)
        older = older_in_json(document.text, document.url) if entries else ""
    elif _HTML.match(document.text[:10_000]):
        entries = None
    else:
        tree = tree_of(document.text, document.name)
        if tree is not None and local(tree) == "opml":
            return tree
        older = older_in_xml(tree, document.url) if tree is not None else ""  # before all but its entries goes
        entries = entries_of_xml(tree, document.url, document.name) if tree is not None else None
    if entries is None:
        raise SourceError(f"{document.name} is no feed", _hint(document))
    return _Listed(entries, older)


def _hint(document: _Document) -> str:
    """A page says which feed is its own (https://www.rssboard.org/rss-autodiscovery)."""
    try:
        root = parse_html(document.text[:_HEAD_CHARS])
        links = [] if root is None else root.iter("link")
        for link in links:
            rel, kind = link.get("rel", "").lower().split(), link.get("type", "").lower()
            if "alternate" in rel and kind in _FEED_TYPES and link.get("href"):
                return f"the page's own feed is --feed {shown(urljoin(document.url, link.get('href').strip()))}"
    except ValueError:
        pass
    return _NO_FEED_HINT


def _of_list(tree: Element, document: _Document, run: _Run, depth: int) -> Iterator[Gathered]:
    """OPML 2.0 (http://opml.org/spec2.opml): outlines in outlines, those with an xmlUrl are feeds."""
    named = False
    for outline in tree.iter("{*}outline"):
        values = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        target = values.get("xmlurl") or (values.get("url") if values.get("type", "").lower() in _LISTS else "")
        if target:
            named = True
            yield from _outlined(target, document, run, depth)
    if not named:
        problem = SourceError(f"{document.name} is a list of feeds, and names none", _NO_FEED_HINT)
        yield Unusable(document.source, problem, document.source)


def _outlined(target: str, document: _Document, run: _Run, depth: int) -> Iterator[Gathered]:
    try:
        address = urljoin(document.url, target)
    except ValueError:
        address = ""
    if is_web_address(address):
        yield from _articles(address, run, depth + 1)
    elif not document.url and not is_address(target):
        yield from _articles(str(Path(document.source).parent / target), run, depth + 1)
    else:
        problem = SourceError(f"{shown(target)}, in {document.name}, is no address of the web", "correct the list")
        yield Unusable(target, problem, document.source)
