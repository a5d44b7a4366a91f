"""The rules for feeds: what PSP-1 and Apple ask of the file and its channel; those for items are in items.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from xml.etree.ElementTree import Element

from narrate.check import values
from narrate.check.document import DOCUMENT_RULES, Document
from narrate.check.feed_tags import (
    AUTHOR,
    CATEGORY,
    EXPLICIT,
    GUID,
    IMAGE,
    LOCKED,
    SELF,
    Look,
    absolute,
    addresses,
    attribute,
    attributes,
    description_length,
    has,
    has_tag,
    long_texts,
    one_of,
    picture_ending,
    plain,
    spaces,
    text,
)
from narrate.check.finding import APPLE, NARRATE, PODCASTING_2, PSP_1, RSS, Finding, Rule, applied, shown
from narrate.check.items import ITEM_RULES, Item
from narrate.core.categories import categories
from narrate.core.web.hosts import is_private_host


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is RSS with one channel."""

    channel: Element
    items: tuple[Item, ...]

    @property
    def address(self) -> str:
        """The address that the feed gives as its own; "" where it does not."""
        links = (link.get("href", "") for link in self.channel.findall(SELF) if link.get("rel") == "self")
        return next(links, "").strip()


def feed_of(document: Document, now: datetime) -> Feed | None:
    """The feed in a document, None where there is none to look at."""
    if not document.channels:
        return None
    channel = document.channels[0]
    guids: dict[str, int] = {}
    enclosures: dict[str, int] = {}
    items = []
    for number, element in enumerate(channel.findall("item"), 1):
        same_guid = _earlier(guids, text(element, "guid"), number)
        same_enclosure = _earlier(enclosures, attribute(element, "enclosure", "url"), number)
        items.append(Item(number, element, same_guid, same_enclosure, now))
    return Feed(channel, tuple(items))


def _earlier(places: dict[str, int], value: str, number: int) -> int:
    """The place where a value stood before, 0 if it did not."""
    first = places.setdefault(value, number) if value else number
    return first if first < number else 0


def check_feed(document: Document, name: str, now: datetime) -> Iterator[Finding]:
    """Look at a feed by itself: the file as a whole, its channel, each item."""
    yield from applied(DOCUMENT_RULES, document, name)
    feed = feed_of(document, now)
    if feed is None:
        return
    yield from applied(CHANNEL_RULES, feed, name)
    for item in feed.items:
        yield from applied(ITEM_RULES, item, item.where(name))


def _in_channel(look: Look) -> Callable[[Feed], Iterable[str]]:
    return lambda feed: look(feed.channel)


def _self_link(feed: Feed) -> Iterator[str]:
    if not feed.address:
        yield 'it has no <atom:link rel="self"> with its own address'


def _language(channel: Element) -> Iterator[str]:
    tag = text(channel, "language")
    if tag and not values.is_language(tag):
        yield f"<language> is {shown(tag)}, which is no code of ISO 639"


def _category(channel: Element) -> Iterator[str]:
    known = categories()
    for found in channel.findall(CATEGORY):
        name = found.get("text", "")
        if name and name not in known:
            yield f"{shown(name)} is none of Apple's categories"
        for below in found.findall(CATEGORY) if name in known else ():
            if below.get("text", "") not in known[name]:
                yield f"{shown(below.get('text', ''))} is none of Apple's categories under {shown(name)}"


def _guid_form(channel: Element) -> Iterator[str]:
    guid = text(channel, GUID)
    if guid and not values.is_uuid_5(guid):
        yield f"<podcast:guid> is {shown(guid)}, which is no UUID of version 5"


def _guid_address(feed: Feed) -> Iterator[str]:
    guid = text(feed.channel, GUID)
    if values.is_uuid_5(guid) and feed.address and guid.lower() != values.podcast_guid(feed.address):
        yield "<podcast:guid> is not the one of the feed's address, as it is for a podcast that has moved"


def _insecure(feed: Feed) -> Iterator[str]:
    hosts: dict[str, int] = {}
    for element in (feed.channel, *(item.element for item in feed.items)):
        for tag, address in addresses(element):
            if tag != "link" and address.startswith("http://") and values.is_absolute(address):
                host = values.host_of(address)
                hosts[host] = hosts.get(host, 0) + 1
    for host, count in hosts.items():
        if not is_private_host(host):
            yield f"{count} address{'es' if count > 1 else ''} at {shown(host)} with http:// where apps want https://"


def _no_items(feed: Feed) -> Iterator[str]:
    if not feed.items:
        yield "it has no episodes"


def _order(feed: Feed) -> Iterator[str]:
    dated = [(item.number, values.moment(text(item.element, "pubDate"))) for item in feed.items]
    for (_, before), (number, after) in pairwise([(number, date) for number, date in dated if date]):
        if before and after and after > before:
            yield f"item {number} is newer than the one before it; apps expect the newest first"
            return


CHANNEL_RULES: tuple[Rule[Feed], ...] = (
    Rule("channel-self-link", "error", PSP_1, "it says its own address", _self_link),
    Rule("channel-title", "error", RSS, "it has a title", _in_channel(has("title"))),
    Rule("channel-link", "error", RSS, "it has a link", _in_channel(has("link"))),
    Rule("channel-description", "error", RSS, "it has a description", _in_channel(has("description"))),
    Rule("channel-language", "error", PSP_1, "it has a language", _in_channel(has("language"))),
    Rule("channel-category", "error", PSP_1, "it has a category", _in_channel(has_tag(CATEGORY))),
    Rule("channel-explicit", "error", PSP_1, "it says whether it is explicit", _in_channel(has(EXPLICIT))),
    Rule("channel-image", "error", PSP_1, "it has a cover", _in_channel(has_tag(IMAGE))),
    Rule("channel-attributes", "error", PSP_1, "tags say all they must", _in_channel(attributes)),
    Rule("channel-addresses", "error", RSS, "addresses are whole: http(s)://host/…", _in_channel(absolute)),
    Rule("channel-address-letters", "error", RSS, "addresses are percent-encoded", _in_channel(plain)),
    Rule("channel-description-length", "error", PSP_1, "at most 4000 bytes", _in_channel(description_length)),
    Rule("language-code", "error", APPLE, "the language is of ISO 639", _in_channel(_language)),
    Rule("category-known", "error", APPLE, "the category is Apple's", _in_channel(_category)),
    Rule("explicit-value", "error", PSP_1, "true or false", _in_channel(one_of(EXPLICIT, "true", "false"))),
    Rule("image-ending", "error", APPLE, "the cover's name ends in .jpg or .png", _in_channel(picture_ending)),
    Rule("podcast-guid-form", "error", PODCASTING_2, "the podcast's guid is a UUID v5", _in_channel(_guid_form)),
    Rule("locked-value", "error", PODCASTING_2, "yes or no", _in_channel(one_of(LOCKED, "yes", "no"))),
    Rule("feed-empty", "error", APPLE, "it has episodes", _no_items),
    Rule("channel-author", "warning", PSP_1, "it has an author", _in_channel(has(AUTHOR))),
    Rule("channel-podcast-guid", "warning", PSP_1, "it has a podcast:guid", _in_channel(has(GUID))),
    Rule("channel-locked", "warning", PSP_1, "it has podcast:locked", _in_channel(has(LOCKED))),
    Rule("podcast-guid-address", "warning", PODCASTING_2, "the guid follows from the address", _guid_address),
    Rule("channel-text-length", "warning", PSP_1, "title, author: 255 characters", _in_channel(long_texts)),
    Rule("channel-text-spaces", "warning", PSP_1, "no space around a value", _in_channel(spaces)),
    Rule("https", "warning", APPLE, "addresses on the web are encrypted", _insecure),
    Rule("newest-first", "warning", NARRATE, "the newest item stands first", _order),
)
