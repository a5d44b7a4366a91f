"""The rules for a feed and the folder that it lies in: what it says of files is true of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from narrate.check import values
from narrate.check.episode import check_file
from narrate.check.feed import Feed
from narrate.check.feed_tags import DURATION, addresses, attribute, text
from narrate.check.finding import NARRATE, RSS, Finding, Rule, applied, shown
from narrate.check.tags import read_tags
from narrate.core.formats import format_of_ending
from narrate.core.timecode import exact_clock

# Feeds count in whole seconds.
DURATION_TOLERANCE_MS = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a feed that leads to a file of its own folder.

    Attributes:
        tag: Where it stands: "enclosure".
        address: The address.
        path: The file, None where there is none.
        length: What the feed says of the file's size, "" for nothing.
        seconds: What the feed says of its length, None for nothing.
        heard_ms: How long the sound is, None where nobody knows.
    """

    tag: str
    address: str
    path: Path | None
    length: str = ""
    seconds: int | None = None
    heard_ms: int | None = None


def check_links(
    feed: Feed, name: str, folder: Path, durations: Callable[[Path], int | None], done: Collection[Path] = ()
) -> Iterator[Finding]:
    """Look at every file of the folder that a feed leads to.

    Args:
        feed: The feed.
        name: Of its file.
        folder: Where it lies.
        durations: Gives the length of a sound in milliseconds.
        done: Files that have been looked at.
    """
    base = feed.address[: feed.address.rfind("/") + 1]
    if not values.is_absolute(base):
        return
    seen = set(done)
    places = [(feed.channel, name), *((item.element, item.where(name)) for item in feed.items)]
    for element, where in places:
        links = list(_links(element, base, folder, durations))
        heard_ms = next((link.heard_ms for link in links if link.tag == "enclosure"), None)
        for link in links:
            yield from applied(LINK_RULES, link, where)
            if link.path and link.path not in seen:
                seen.add(link.path)
                yield from check_file(link.path, heard_ms)


def stated_ms(path: Path) -> int | None:
    """Return how long a sound file says that it is, in milliseconds, without decoding it."""
    format = format_of_ending(path.suffix)
    return read_tags(path, format.name).stated_ms if format else None


def _links(element: Element, base: str, folder: Path, durations: Callable[[Path], int | None]) -> Iterator[Link]:
    for tag, address in dict.fromkeys(addresses(element)):
        if not address.startswith(base) or tag == "atom:link":
            continue
        name = _name(address[len(base) :])
        if not name:  # the folder itself, where the library's page is
            continue
        path = _inside(folder, name)
        if tag == "enclosure":
            length, seconds = attribute(element, "enclosure", "length"), values.seconds(text(element, DURATION))
            yield Link(tag, address, path, length, seconds, durations(path) if path else None)
        else:
            yield Link(tag, address, path)


def _name(rest: str) -> str:
    try:
        return unquote(urlsplit(rest).path)
    except ValueError:
        return rest


def _inside(folder: Path, name: str) -> Path | None:
    """A file of the folder; None where there is none of that name, or it lies outside."""
    try:
        path = folder / name
        is_inside = path.resolve().is_relative_to(folder.resolve())
        return path if is_inside and path.is_file() else None
    except (OSError, ValueError):  # names that no file can have
        return None


def _dead(link: Link) -> Iterator[str]:
    if link.path is None:
        yield f"<{link.tag}> leads to a file that is not there: {shown(link.address)}"


def _size(link: Link) -> Iterator[str]:
    if not link.path or not (link.length.isascii() and link.length.isdigit()):
        return
    size_bytes = link.path.stat().st_size
    if link.length.lstrip("0") != str(size_bytes):
        yield f"the enclosure is {shown(link.length)} bytes long, and the file {size_bytes}"


def _duration(link: Link) -> Iterator[str]:
    if link.seconds and link.heard_ms is not None:
        stated = link.seconds * 1000
        # A sound of 0.2 s is called one of a second, as no app takes 0.
        if abs(stated - link.heard_ms) > DURATION_TOLERANCE_MS:
            yield f"<itunes:duration> is {exact_clock(stated)}, and the sound lasts {exact_clock(link.heard_ms)}"


LINK_RULES: tuple[Rule[Link], ...] = (
    Rule("dead-link", "error", NARRATE, "addresses below the feed's own lead to files", _dead),
    Rule("enclosure-size", "error", RSS, "the enclosure's length is the file's size", _size),
    Rule("enclosure-duration", "error", NARRATE, "the length is the sound's, within a second", _duration),
)
