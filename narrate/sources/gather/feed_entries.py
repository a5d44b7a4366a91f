"""Feeds of articles: what RSS, Atom and JSON Feed list, oldest first, as addresses to read."""

from __future__ import annotations

import io
import json
import logging
import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

import feedparser
from lxml import etree

from narrate.core.errors import SourceError
from narrate.core.web.addresses import is_web_address
from narrate.core.xml_text import xml_text
from narrate.sources.fetch.addresses import shown
from narrate.sources.gather.feed_xml import Element, local

logger = logging.getLogger(__name__)

# Newspapers list a hundred, archives some thousand.
ENTRIES_MAX = 20_000

TITLE_MAX_CHARS = 300

# Of a feed and of an entry, in lower case and without their namespaces: no more is needed to find an article.
_OF_FEED = frozenset({"channel", "item", "items", "entry", "title", "link"})
_OF_ENTRY = frozenset(
    {"title", "link", "guid", "id", "pubdate", "published", "issued", "modified", "updated", "created", "date"}
    | {"origlink", "enclosure", "content"}
)
_ENTRIES = frozenset({"item", "entry"})
_ATTRIBUTES = (
    "version",
    "rel",
    "type",
    "href",
    "url",
    "src",
    "isPermaLink",
    "{http://www.w3.org/XML/1998/namespace}base",
)

# Of a title, an address or a date; beyond this it is none.
_TEXT_MAX_CHARS = 10_000
_TEXTS_MAX = 1_000
# Titles, addresses and dates of one entry.
_LEAVES_MAX = 50

_TAG = re.compile(r"<[^<>]*>")
_SOUND = re.compile(r"(?:audio|video)/")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed lists it.

    Attributes:
        address: Of its page; "" where it has none.
        title: Plain text on one line.
        published: With its time zone.
        problem: Why it cannot be read, "" where it can.
        is_sound: It is sound or film, as the entries of a podcast are, and no article.
        updated: When it was changed, with its time zone; None where the feed does not say so.
    """

    address: str
    title: str = ""
    published: datetime | None = None
    problem: str = ""
    is_sound: bool = False
    updated: datetime | None = None

    @property
    def name(self) -> str:
        return self.address or self.title or "an entry without a name"


def entries_of_xml(root: Element, url: str, name: str) -> list[Entry] | None:
    """The entries of RSS or Atom, as feedparser reads them; None where a document is no feed.

    feedparser gets a document that is well-formed and holds nothing but what it is asked for. So it never falls back
    to its reader of broken XML, which takes 16 s for a megabyte of nothing but tags, nor does it go through
    thousands of attributes or clean texts that nobody wants.

    Args:
        root: The document; its elements are taken out of it.
        url: Where it was fetched, "" for a file.
        name: What to call it in an error.

    Raises:
        SourceError: It lists too much, or cannot be read.
    """
    _prune(root, name)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        data = etree.tostring(root, encoding="utf-8", xml_declaration=True)
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
        feed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # feedparser promises nothing for what is wrong in a new way
        logger.debug("%s: %r", name, error)
        raise SourceError(
            f"{name} is a feed that cannot be read", "tell whoever makes it, or list the addresses"
        ) from error
    if not feed.version and not feed.entries:
        return None
    base = url or _text(feed.feed.get("link"))
    return _in_order([_entry(dict(found), base) for found in feed.entries])


def entries_of_json(text: str, url: str, name: str) -> list[Entry] | None:
    """The entries of a JSON Feed (https://www.jsonfeed.org/version/1.1/); None where it is none.

    Raises:
        SourceError: It lists too much.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return None
    _require_few(len(items), name)
    base = url or _text(feed.get("home_page_url")) or _text(feed.get("feed_url"))
    return _in_order([_item(item if isinstance(item, dict) else {}, base) for item in items])


def _require_few(count: int, name: str) -> None:
    if count > ENTRIES_MAX:
        raise SourceError(f"{name} lists more than {ENTRIES_MAX:,} articles", "split it into several feeds or lists")


def _prune(root: Element, name: str) -> None:
    """Leave of a feed what its entries are found by."""
    root.tag = root.tag.rpartition(":")[2] if "}" not in root.tag else root.tag  # a prefix that nobody declared
    count = 0
    stack = [root]
    while stack:
        element = stack.pop()
        _prune_attributes(element)
        is_entry = local(element) in _ENTRIES
        count += is_entry
        leaves = 0
        for child in list(element):
            tag = local(child)
            is_leaf = is_entry or tag in ("title", "link")
            leaves += is_leaf
            if tag not in (_OF_ENTRY if is_entry else _OF_FEED) or (is_leaf and leaves > _LEAVES_MAX):
                element.remove(child)
            elif is_leaf:
                _prune_leaf(child, tag)
            else:
                stack.append(child)
    etree.cleanup_namespaces(root)
    _require_few(count, name)


def _prune_leaf(element: Element, tag: str) -> None:
    _prune_attributes(element)
    if tag == "content":
        # Its words are not wanted; where they are, may be all there is of an address (RFC 4287, 4.1.3.2).
        element.attrib.pop("type", None)
        words = ""
    else:
        words = "".join(islice(element.itertext(), _TEXTS_MAX))[:_TEXT_MAX_CHARS]
    for child in list(element):
        element.remove(child)
    element.text = xml_text(words)  # repaired documents may hold some, as codes


def _prune_attributes(element: Element) -> None:
    kept = {key: xml_text(element.get(key)) for key in _ATTRIBUTES if key in element.attrib}
    element.attrib.clear()  # one by one takes time that grows with the square of their number
    element.attrib.update(kept)


def _entry(found: Mapping[str, object], base: str) -> Entry:
    links = _tables(found.get("links"))
    pages = [link for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    pages.sort(key=lambda link: "html" not in _text(link.get("type")))
    identity = _text(found.get("link"))  # feedparser's for RSS without a link and Atom; it may be any word
    parts = [part for part in _tables(found.get("content")) if part.get("src")]
    content = [_resolved(_text(part["src"]), _text(part.get("base")) or base) for part in parts]
    named = (found.get("feedburner_origlink"), *(link["href"] for link in pages), _web(identity), *content)
    sound = [link for link in links if link.get("rel") == "enclosure"]
    parsed = found.get("published_parsed") or found.get("updated_parsed") or found.get("created_parsed")
    dates = _moment(parsed), _moment(found.get("updated_parsed"))
    return _made(named, base, _text(found.get("title")), dates, map(_kind_and_address, sound))


def _tables(found: object) -> list[Mapping[str, object]]:
    """Yield the tables that a list holds; nothing of what is no list."""
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []


def _item(item: Mapping[str, object], base: str) -> Entry:
    identity = _text(item.get("id"))
    named = (item.get("url"), _web(identity), item.get("external_url"))
    sound = _tables(item.get("attachments"))
    updated = _rfc3339(_text(item.get("date_modified")))
    published = _rfc3339(_text(item.get("date_published"))) or updated
    kinds = [(_text(one.get("mime_type")), _text(one.get("url"))) for one in sound]
    return _made(named, base, _text(item.get("title")), (published, updated), kinds)


def _kind_and_address(link: Mapping[str, object]) -> tuple[str, str]:
    return _text(link.get("type")), _text(link.get("href"))


def _made(
    named: Iterable[object],
    base: str,
    title: str,
    dates: tuple[datetime | None, datetime | None],
    attached: Iterable[tuple[str, str]],
) -> Entry:
    title, (published, updated) = _plain(title), dates
    texts = [text for text in map(_text, named) if text]
    sounds = [where for kind, where in attached if _SOUND.match(kind)]
    if sounds and (not texts or texts[0] in sounds):
        return Entry(texts[0] if texts else sounds[0], title, published, "is sound already, and no article", True)
    if not texts:
        return Entry("", title, published, "has no address of a page")
    address = next(filter(None, (_resolved(text, base) for text in texts)), "")
    problem = "" if address else "has an address that is no page on the web"
    return Entry(address or texts[0], title, published, problem, updated=updated)


def _resolved(text: str, base: str) -> str:
    """The address that a link means; "" where it is none of the web, or leads to the feed itself."""
    try:
        address = urljoin(base, text)
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return _web(address) if host and address != base else ""


def _web(address: str) -> str:
    return address if is_web_address(address) else ""


def _in_order(newest_first: list[Entry]) -> list[Entry]:
    """Oldest first, an address once; what has no date stays with its neighbour, as feeds begin with what is new."""
    once: dict[str, Entry] = {}
    for entry in newest_first:
        key = entry.address if not entry.problem else f"{len(once)} {entry.address}"
        if once.setdefault(key, entry) is not entry:
            logger.info("%s is listed twice", shown(entry.address))
    dated: list[tuple[datetime, Entry]] = []
    for entry in reversed(once.values()):
        before = dated[-1][0] if dated else datetime.min.replace(tzinfo=UTC)
        dated.append((entry.published or before, entry))
    return [entry for _, entry in sorted(dated, key=lambda pair: pair[0])]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(title: str) -> str:
    """A title without its tags; feeds write "&amp;amp;" as well, and hidden characters."""
    words = " ".join(unescape(_TAG.sub("", title)).split())
    return "".join(char for char in words if char.isprintable())[:TITLE_MAX_CHARS]


def _moment(parsed: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if isinstance(parsed, tuple) and parsed else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _rfc3339(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
