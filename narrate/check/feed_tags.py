"""The tags of feeds: how they are read, and what channels and items have to get right in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from narrate.check import media, values
from narrate.check.document import ATOM, ITUNES, PODCAST
from narrate.check.finding import shown

Look = Callable[[Element], Iterable[str]]

DESCRIPTION_MAX_BYTES = 4000
TEXT_MAX_CHARS = 255

SELF, IMAGE, CATEGORY = f"{{{ATOM}}}link", f"{{{ITUNES}}}image", f"{{{ITUNES}}}category"
EXPLICIT, AUTHOR, DURATION = f"{{{ITUNES}}}explicit", f"{{{ITUNES}}}author", f"{{{ITUNES}}}duration"
TRANSCRIPT, CHAPTERS = f"{{{PODCAST}}}transcript", f"{{{PODCAST}}}chapters"
LOCKED, GUID = f"{{{PODCAST}}}locked", f"{{{PODCAST}}}guid"

_SHORT_TEXTS = ("title", "link", "guid", "language", "pubDate", EXPLICIT, AUTHOR, DURATION, LOCKED, GUID)

# Tags that lead somewhere: the attribute that says where, and whatever else they must say.
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "enclosure": ("url", "length", "type"),
    IMAGE: ("href",),
    CATEGORY: ("text",),
    TRANSCRIPT: ("url", "type"),
    CHAPTERS: ("url", "type"),
}


def text(element: Element, tag: str) -> str:
    """Return what stands in the first tag of that name, without the space around it; "" where there is none."""
    found = element.find(tag)
    return "" if found is None else "".join(found.itertext()).strip()


def attribute(element: Element, tag: str, name: str) -> str:
    """An attribute of the first tag of that name; "" where there is none."""
    found = element.find(tag)
    return "" if found is None else found.get(name, "").strip()


def label(tag: str) -> str:
    """A tag as people write it: "itunes:image"."""
    uri, _, local = tag.rpartition("}")
    prefix = {f"{{{ITUNES}": "itunes:", f"{{{PODCAST}": "podcast:", f"{{{ATOM}": "atom:"}.get(uri, "")
    return prefix + local


def addresses(element: Element) -> Iterator[tuple[str, str]]:
    """Yield where a channel or an item leads: the tag's name and the address, those that are missing left out."""
    for tag in ("link", "image/url"):
        if address := text(element, tag):
            yield tag, address
    for tag, names in ((SELF, ("href",)), *_ATTRIBUTES.items()):
        for found in element.findall(tag):
            if names[0] != "text" and (address := found.get(names[0], "").strip()):
                yield label(tag), address


def has(tag: str) -> Look:
    """A text must stand in that tag."""
    return lambda element: () if text(element, tag) else (f"it has no <{label(tag)}>",)


def has_tag(tag: str) -> Look:
    """The tag must be there."""
    return lambda element: () if element.find(tag) is not None else (f"it has no <{label(tag)}>",)


def one_of(tag: str, *allowed: str) -> Look:
    """Make a rule: if the tag is there, it holds one of these."""

    def look(element: Element) -> Iterator[str]:
        value = text(element, tag)
        if value and value not in allowed:
            yield f"<{label(tag)}> is {shown(value)}, not {' or '.join(allowed)}"

    return look


def attributes(element: Element) -> Iterator[str]:
    """Tags say where they lead and what of."""
    for tag, names in _ATTRIBUTES.items():
        for found in element.iter(tag) if tag == CATEGORY else element.findall(tag):
            missing = [name for name in names if not found.get(name, "").strip()]
            if missing:
                yield f"<{label(tag)}> does not say its {' and '.join(missing)}"


def absolute(element: Element) -> Iterator[str]:
    """Addresses are whole ones."""
    for tag, address in addresses(element):
        if not values.is_absolute(address):
            yield f"the address of <{tag}> is not a whole one: {shown(address)}"


def plain(element: Element) -> Iterator[str]:
    """Addresses are percent-encoded."""
    for tag, address in addresses(element):
        if not values.is_plain(address):
            yield f"the address of <{tag}> has letters that must be percent-encoded: {shown(address)}"


def spaces(element: Element) -> Iterator[str]:
    """Find space around a value."""
    for tag in _SHORT_TEXTS:
        found = element.find(tag)
        whole = "" if found is None else "".join(found.itertext())
        if whole.strip() and whole != whole.strip():
            yield f"<{label(tag)}> begins or ends with a space"


def long_texts(element: Element) -> Iterator[str]:
    """Find names that are too long."""
    for tag in ("title", AUTHOR):
        if (length := len(text(element, tag))) > TEXT_MAX_CHARS:
            yield f"<{label(tag)}> has {length} characters, more than {TEXT_MAX_CHARS}"


def description_length(element: Element) -> Iterator[str]:
    """Apple's limit, and PSP-1's."""
    if (size_bytes := len(text(element, "description").encode())) > DESCRIPTION_MAX_BYTES:
        yield f"<description> has {size_bytes} bytes, more than {DESCRIPTION_MAX_BYTES}"


def picture_ending(element: Element) -> Iterator[str]:
    """Apple tells pictures by their names."""
    address = attribute(element, IMAGE, "href")
    if address and media.ending_of(address) not in media.PICTURE_ENDINGS:
        yield f"the address of <itunes:image> does not end in .jpg or .png: {shown(address)}"
