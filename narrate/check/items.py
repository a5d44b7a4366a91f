"""The rules for the items of a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from narrate.check import media, values
from narrate.check.feed_tags import (
    CHAPTERS,
    DURATION,
    EXPLICIT,
    IMAGE,
    TRANSCRIPT,
    Look,
    absolute,
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
from narrate.check.finding import APPLE, PODCASTING_2, PSP_1, RSS, Rule, shown


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed.

    Attributes:
        number: Its place in the feed, from 1.
        element: The item.
        same_guid: Place of an earlier item with the same guid, 0 for none.
        same_enclosure: Place of an earlier item with the same enclosure, 0 for none.
        now: The moment of the check.
    """

    number: int
    element: Element
    same_guid: int
    same_enclosure: int
    now: datetime

    def where(self, name: str) -> str:
        """The item's place in the feed of that name."""
        title = text(self.element, "title")
        return f"{name}, item {self.number}" + (f" {shown(title)}" if title else "")


def _in_item(look: Look) -> Callable[[Item], Iterable[str]]:
    return lambda item: look(item.element)


def _enclosures(element: Element) -> Iterator[str]:
    if (count := len(element.findall("enclosure"))) != 1:
        yield "it has no <enclosure>" if not count else f"it has {count} enclosures, and apps take one"


def _length(element: Element) -> Iterator[str]:
    length = attribute(element, "enclosure", "length")
    if length and not (length.isascii() and length.isdigit() and int(length[:20]) > 0):
        yield f"the enclosure's length is {shown(length)}, not a number of bytes"


def _type(element: Element) -> Iterator[str]:
    ending = media.ending_of(attribute(element, "enclosure", "url"))
    media_type = media.bare(attribute(element, "enclosure", "type"))
    if not media_type:
        return
    if expected := media.AUDIO_TYPES.get(ending):
        if media_type not in expected:
            yield f"the enclosure's type is {shown(media_type)}; that of {ending} is {expected[0]}"
    elif not media_type.startswith(("audio/", "video/")):
        yield f"the enclosure's type is {shown(media_type)}, neither audio nor video"


def _format(element: Element) -> Iterator[str]:
    media_type = media.bare(attribute(element, "enclosure", "type"))
    if media_type.startswith(("audio/", "video/")) and media_type not in media.APPLE_TYPES:
        yield f"Apple takes MP3 and AAC from feeds, not {shown(media_type)}"


def _same_guid(item: Item) -> Iterator[str]:
    if item.same_guid:
        yield f"its guid is that of item {item.same_guid}, so apps show one of them"


def _same_enclosure(item: Item) -> Iterator[str]:
    if item.same_enclosure:
        yield f"its enclosure is that of item {item.same_enclosure}, so apps show one of them"


def _date(element: Element) -> Iterator[str]:
    date = text(element, "pubDate")
    if date and values.moment(date) is None:
        yield f"<pubDate> is {shown(date)}, which is no date by RFC 2822"


def _future(item: Item) -> Iterator[str]:
    date = values.moment(text(item.element, "pubDate"))
    if date and date > item.now:
        yield f"<pubDate> lies in the future, {date.isoformat()}, so apps do not show it yet"


def _duration(element: Element) -> Iterator[str]:
    duration = text(element, DURATION)
    if duration and not values.seconds(duration):
        yield f"<itunes:duration> is {shown(duration)}, neither seconds nor hours:minutes:seconds"


def _transcript_type(element: Element) -> Iterator[str]:
    known = {name for names in media.TRANSCRIPT_TYPES.values() for name in names}
    for found in element.findall(TRANSCRIPT):
        media_type, ending = media.bare(found.get("type", "")), media.ending_of(found.get("url", ""))
        if media_type and media_type not in media.TRANSCRIPT_TYPES.get(ending, known):
            yield f"the type of a transcript is {shown(media_type)}, and it ends in {shown(ending)}"


def _chapters_type(element: Element) -> Iterator[str]:
    media_type = attribute(element, CHAPTERS, "type")
    if media_type and media_type != media.CHAPTERS_TYPE:
        yield f"the type of the chapters is {shown(media_type)}, not {media.CHAPTERS_TYPE}"


ITEM_RULES: tuple[Rule[Item], ...] = (
    Rule("item-title", "error", PSP_1, "it has a title", _in_item(has("title"))),
    Rule("item-enclosure", "error", PSP_1, "it has one enclosure", _in_item(_enclosures)),
    Rule("item-guid", "error", PSP_1, "it has a guid", _in_item(has("guid"))),
    Rule("guid-unique", "error", PSP_1, "no other item has its guid", _same_guid),
    Rule("enclosure-unique", "error", APPLE, "no other item has its enclosure", _same_enclosure),
    Rule("item-attributes", "error", RSS, "tags say all they must", _in_item(attributes)),
    Rule("item-addresses", "error", RSS, "addresses are whole: http(s)://host/…", _in_item(absolute)),
    Rule("item-address-letters", "error", RSS, "addresses are percent-encoded", _in_item(plain)),
    Rule("enclosure-length", "error", RSS, "a number of bytes", _in_item(_length)),
    Rule("enclosure-type", "error", APPLE, "the type is that of the ending", _in_item(_type)),
    Rule("pubdate-form", "error", RSS, "the date is one by RFC 2822", _in_item(_date)),
    Rule("pubdate-future", "error", APPLE, "the date has come", _future),
    Rule("duration-form", "error", APPLE, "seconds, or h:mm:ss", _in_item(_duration)),
    Rule("item-explicit-value", "error", PSP_1, "true or false", _in_item(one_of(EXPLICIT, "true", "false"))),
    Rule("item-description-length", "error", PSP_1, "at most 4000 bytes", _in_item(description_length)),
    Rule("item-image-ending", "error", APPLE, "the cover ends in .jpg or .png", _in_item(picture_ending)),
    Rule("transcript-type", "error", PODCASTING_2, "the type is that of the ending", _in_item(_transcript_type)),
    Rule("chapters-type", "error", PODCASTING_2, "application/json+chapters", _in_item(_chapters_type)),
    Rule("enclosure-format", "warning", APPLE, "MP3 or AAC", _in_item(_format)),
    Rule("item-link", "warning", PSP_1, "it has a link", _in_item(has("link"))),
    Rule("item-pubdate", "warning", PSP_1, "it has a date", _in_item(has("pubDate"))),
    Rule("item-description", "warning", PSP_1, "it has a description", _in_item(has("description"))),
    Rule("item-duration", "warning", PSP_1, "it has a length", _in_item(has(DURATION))),
    Rule("item-image", "warning", PSP_1, "it has a cover", _in_item(has_tag(IMAGE))),
    Rule("item-explicit", "warning", PSP_1, "it says whether it is explicit", _in_item(has(EXPLICIT))),
    Rule("item-transcript", "warning", PSP_1, "it has a transcript", _in_item(has_tag(TRANSCRIPT))),
    Rule("item-text-length", "warning", PSP_1, "title, author: 255 characters", _in_item(long_texts)),
    Rule("item-text-spaces", "warning", PSP_1, "no space around a value", _in_item(spaces)),
)
