"""Puts the parts of a page where its own script, or the browser, would put them before anybody reads it.

React streams what is late behind the page, in `<div hidden id="S:3">`, and its script moves it into the place of
`<template id="B:3">` (a boundary, with something to look at until then) or `<template id="P:3">` (a part of a part).
Both carry the number of the same segment: ReactFizzConfigDOM in React's sources. Solid has
`<template id="pl-3">` and `<template id="3">` for that. A `<template shadowrootmode>` becomes its parent's shadow tree,
in which the parent's own children are shown at the slots
(https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from narrate.sources.read.shown.moves import add_behind, drop, drop_all, put_instead, put_nodes_instead

# Comments that say where a boundary begins and ends; the parser leaves others out.
STREAM_MARK = re.compile(r"/?[$&][?!~]?|pl-[\w-]{1,60}")

# What is shown until a part comes is a picture of its outline.
FALLBACK_MAX_NODES = 500

_SEGMENT_ID = re.compile(r"(.{0,60}?)S:([0-9a-f]{1,8})", re.DOTALL)
_SHADOW_MODES = frozenset({"open", "closed"})


def assemble(root: etree._Element) -> None:
    """Put streamed parts and shadow trees of a page in their places; marks of boundaries go."""
    templates = list(root.iter("template"))
    if templates:
        places = {place: template for template in templates if (place := template.get("id"))}
        _put_segments(root, places)
        _put_late_templates(places)
        for template in templates:
            if (template.get("shadowrootmode") or template.get("shadowroot") or "").lower() in _SHADOW_MODES:
                _attach_shadow(template)
    drop_all(list(root.iter(etree.Comment)))


def _put_segments(root: etree._Element, places: dict[str, etree._Element]) -> None:
    for segment, prefix, number in list(_segments(root)):
        holder = segment if "hidden" in segment.attrib else segment.getparent()
        if (boundary := places.get(f"{prefix}B:{number}")) is not None:
            _drop_fallback(boundary, "/$")
        place = boundary if boundary is not None else places.get(f"{prefix}P:{number}")
        if place is not None and not _is_within(place, segment):
            put_instead(place, segment)
            if holder is not None:
                drop(holder)


def _segments(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield every streamed part with the two halves of its name: what comes before "S:", and the number."""
    for element in root.iter(etree.Element):
        if (name := element.get("id")) and (found := _SEGMENT_ID.fullmatch(name)) and _is_hidden(element):
            yield element, found[1], found[2]


def _is_hidden(segment: etree._Element) -> bool:
    """Rows of a table are in a hidden table, other parts are hidden themselves."""
    return any("hidden" in element.attrib for element in (segment, *segment.iterancestors("table", "svg", "math")))


def _is_within(element: etree._Element, outer: etree._Element) -> bool:
    return element is outer or any(found is outer for found in element.iterancestors())


def _put_late_templates(places: dict[str, etree._Element]) -> None:
    for name, template in places.items():
        content = places.get(name.removeprefix("pl-")) if name.startswith("pl-") else None
        if content is not None and not _is_within(template, content):
            _drop_fallback(template, name)
            put_instead(template, content)
            drop(content)


def _drop_fallback(place: etree._Element, end: str) -> None:
    """Remove what stands between a place and its boundary's end; nothing where there is no end."""
    depth, between = 0, []
    for sibling in islice(place.itersiblings(), FALLBACK_MAX_NODES):
        if sibling.tag is etree.Comment:
            mark = sibling.text or ""
            if mark == end and not depth:
                break
            depth += mark.startswith("$") - (mark == "/$")
        between.append(sibling)
    else:
        return
    place.tail = None
    for sibling in between:
        sibling.tail = None
        drop(sibling)


def _attach_shadow(template: etree._Element) -> None:
    """Show a template's contents instead of its parent's, which are shown at the slots."""
    host = template.getparent()
    if host is None or host.tag == "template":
        return
    drop(template)
    light = host.makeelement("div", {"hidden": ""})
    light.text = host.text
    light.extend(list(host))
    named = _by_slot(light)
    slots = [found for found in template.iter("slot") if not _is_in_template(found, template)]
    drop_all([slot for slot in slots if not _fill_slot(slot, named.pop(slot.get("name") or "", []), light)])
    host.text = template.text
    host.extend(list(template))
    if len(light) or (light.text or "").strip():
        host.append(light)


def _by_slot(light: etree._Element) -> dict[str, list[etree._Element]]:
    """Return a host's own children by the slot they name; text behind those that name one goes to the nameless slot."""
    named: dict[str, list[etree._Element]] = {"": []}
    last: etree._Element | None = None
    texts: list[str] = []
    for child in light:
        name = child.get("slot") or ""
        named.setdefault(name, []).append(child)
        if not name:
            add_behind(light, last, texts)
            last, texts = child, []
        elif child.tail:
            texts.append(child.tail)
            child.tail = None
    add_behind(light, last, texts)
    return named


def _is_in_template(slot: etree._Element, outer: etree._Element) -> bool:
    return next(slot.iterancestors("template"), outer) is not outer


def _fill_slot(slot: etree._Element, nodes: list[etree._Element], light: etree._Element) -> bool:
    """Put the children that name a slot in its place; what stands in it is for want of any.

    Returns:
        Whether the slot is gone; one that holds no element stays, with its words behind it, for whoever drops them.
    """
    name = slot.get("name") or ""
    text = None if name else light.text
    if not nodes and not (text or "").strip():
        if not len(slot):
            slot.tail, slot.text = f"{slot.text or ''}{slot.tail or ''}", None
            return False
        put_instead(slot, slot)
        return True
    for node in nodes:
        node.attrib.pop("slot", None)
        if "slot" in slot.attrib:
            node.set("slot", slot.get("slot") or "")
    if not name:
        light.text = None
    put_nodes_instead(slot, text, nodes)
    return True
