"""Exports of read-later services and bookmarks: known by their content, and read into addresses with titles and dates.

Pocket, Instapaper, Raindrop, Readwise Reader and Wallabag export CSV; Wallabag, Omnivore, Karakeep and Linkding JSON;
browsers, Pocket and Raindrop pages of links (Netscape's bookmark format); many have OPML. The column or key with the
addresses is found by what is in it, so that a service that names it otherwise tomorrow is read as well.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree, html

from narrate.core.errors import SourceError
from narrate.core.resources import packaged_table
from narrate.core.xml_text import html_source
from narrate.sources.fetch.addresses import is_address
from narrate.sources.read.characters import tidy

# A library of ten years has some thousand.
LINKS_MAX = 100_000
# A column is that of addresses where so many of its first fields are some.
ADDRESSED_SHARE = 0.8
SEEN_ROWS = 50
# What JSON feeds say of themselves (https://www.jsonfeed.org/version/1.1/).
_FEED = "jsonfeed.org/version"
# Some services count seconds, others thousandths of them; in seconds no link was saved before 1995.
_MILLISECONDS_FROM = 100_000_000_000
_EARLIEST_SECONDS = 788_918_400


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A link that somebody saved.

    Attributes:
        address: Of the page.
        title: What the service calls it, "" where nothing does.
        saved: When it was saved, with its time zone; None where that is not known.
        is_done: It was read, archived or deleted there.
    """

    address: str
    title: str = ""
    saved: datetime | None = None
    is_done: bool = False


def saved_links(text: str, name: str) -> list[SavedLink] | None:
    """Return the links of an export, in its order; None where a text is none.

    Args:
        text: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is one, and is damaged or too long.
    """
    start = text.lstrip("\ufeff \t\r\n")[:2000]
    if _FEED in start:
        return None
    if start.startswith(("{", "[")):
        found = _from_json(text, name)
    elif start.startswith("<"):
        found = _from_page(text)
    else:
        found = _from_table(text)
    if found is not None and len(found) > LINKS_MAX:
        raise SourceError(f"{name} has more than {LINKS_MAX:,} links", "split it into several files")
    return found


def _words(name: str) -> Sequence[str]:
    found: Sequence[str] = packaged_table("narrate.sources.gather", "saved_links.toml")[name]
    return found


def _is_web(value: object) -> bool:
    return isinstance(value, str) and is_address(value.strip()) and value.strip().lower().startswith("http")


def _from_table(text: str) -> list[SavedLink] | None:
    """Read CSV, with the names of its columns or without; a list of lines is none."""
    line = next((one for one in text.splitlines() if one.strip()), "")
    delimiter = max(",;\t", key=line.count)
    if not line.count(delimiter):
        return None
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter) if any(row)]
    except csv.Error:
        return None
    head = [_key(field) for field in rows[0]]
    body = rows if any(map(_is_web, rows[0])) else rows[1:]
    column = _address_column(body)
    if column is None or (body is rows and len(rows[0]) < 2):
        return None
    records = ({**dict(zip(head, row, strict=False)), "": row[column]} for row in body if len(row) > column)
    return [_link(record, str(record[""])) for record in records if _is_web(record[""])]


def _address_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the first column whose fields are addresses."""
    seen = rows[:SEEN_ROWS]
    for column in range(max(map(len, seen), default=0)):
        fields = [row[column] for row in seen if len(row) > column and row[column].strip()]
        if fields and sum(map(_is_web, fields)) >= ADDRESSED_SHARE * len(fields):
            return column
    return None


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _link(record: Mapping[str, object], address: str) -> SavedLink:
    """Make a link of what a service says of one."""
    title = next((value for key in _words("titles") if isinstance(value := record.get(key), str) and value.strip()), "")
    moments = (_moment(record.get(key)) for key in _words("dates"))
    saved = next((moment for moment in moments if moment), None)
    return SavedLink(address.strip(), "" if _is_web(title) else tidy(title), saved, _is_done(record))


def _is_done(record: Mapping[str, object]) -> bool:
    states = {_key(str(record[key])) for key in _words("states") if record.get(key)}
    flags = any(str(record.get(key, "")).lower() in ("1", "true") for key in _words("done_flags"))
    return flags or not states.isdisjoint(_words("done_states"))


def _moment(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        seconds = float(str(value))
    except ValueError:
        return _written_moment(str(value))
    seconds = seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds >= _EARLIEST_SECONDS else None
    except (ValueError, OverflowError, OSError):
        return None


def _written_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_json(text: str, name: str) -> list[SavedLink] | None:
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name} is damaged: it is no JSON", "export it once more") from error
    found = list(_records(value))
    return found or None


def _records(value: object) -> Iterator[SavedLink]:
    """Walk through whatever the service wraps its links in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            flat = _flattened(one)
            address = next((flat[key] for key in _words("addresses") if _is_web(flat.get(key))), None)
            if address is not None:
                yield _link(flat, str(address))
            else:
                waiting += reversed([inner for inner in one.values() if isinstance(inner, (dict, list))])


def _flattened(record: Mapping[str, object]) -> dict[str, object]:
    """Put what is within a link's content beside the rest: Karakeep has the address there."""
    inner = record.get("content")
    return {_key(key): value for part in (inner, record) if isinstance(part, Mapping) for key, value in part.items()}


def _from_page(text: str) -> list[SavedLink] | None:
    """Read pages of bookmarks, and outlines that list links; outlines of feeds are left to feeds."""
    start = text[:4000].lower()
    if "<opml" in start:
        return _from_outline(text)
    if "netscape-bookmark" not in start and not _is_list_of_links(text):
        return None
    root = html.document_fromstring(html_source(text).encode(), parser=html.HTMLParser(encoding="utf-8"))
    return list(_anchors(root, is_pocket="netscape-bookmark" not in start))


def _is_list_of_links(text: str) -> bool:
    """Tell whether a page is Pocket's export: a title and headings over lists, and links in them with a time."""
    return text.count("time_added=") >= 1 and "<li>" in text.lower()


def _anchors(root: etree._Element, *, is_pocket: bool) -> Iterator[SavedLink]:
    is_archive = False
    for element in root.iter("a", "h1", "h2", "h3"):
        if element.tag != "a":
            is_archive = is_pocket and "archive" in element.text_content().lower()
        elif _is_web(element.get("href")):
            moment = _moment(element.get("add_date") or element.get("time_added"))
            title = tidy(element.text_content())
            yield SavedLink(str(element.get("href")).strip(), "" if _is_web(title) else title, moment, is_archive)


def _from_outline(text: str) -> list[SavedLink] | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(text.encode("utf-8"), parser)
    outlines: Iterable[etree._Element] = root.iter("outline") if root is not None else ()
    found = [(one.get("url") or one.get("htmlUrl") or "", one) for one in outlines if one.get("xmlUrl") is None]
    links = [SavedLink(address.strip(), tidy(one.get("text") or "")) for address, one in found if _is_web(address)]
    return links or None
