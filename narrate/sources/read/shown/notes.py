"""Marks that point to notes go, and notes that stand inside a sentence follow its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache

from lxml import etree

from narrate.core.resources import packaged_table
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.moves import drop, drop_all
from narrate.sources.read.shown.runs import block_of, text_before, text_of

MARK_MAX_CHARS = 40

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,9}"
_MARK = re.compile(
    rf"\s*[\[(]?\s*(?:{_NUMBERS}|[a-z]|[ivx]{{1,5}}|[*†‡§¶⁂#]+|note \d+)\s*[\])]?\s*[.,]?\s*$", re.IGNORECASE
)
_PLAIN_MARK = re.compile(rf"\s*(?:{_NUMBERS}|[*†‡§¶⁂]+)\s*$")
_BRACKETED = re.compile(r"\s*\[[^\[\]]+\]\s*")
_BACK_LINK = re.compile(r"[\s↩↑⤴^\ufe0e\ufe0f]+$")
_AFTER_MARK = re.compile(r"^\s*[.):\]]\s+")
_MARKING = ("sup", "a", "span", "label", "small", "div")
_MARK_ROLES = frozenset({"doc-backlink", "doc-noteref"})
_EMPTY_NOTE = re.compile(r"(?:\W|\d|footnote(?:mark|text)?|note)*", re.IGNORECASE)
# What marks a note that stood beside the text, or in it, once it is taken out of its sentence.
SIDENOTE = "data-narrate-sidenote"
_AFTER_SENTENCE = re.compile(r"""[.,;:!?…"'”’»)\]]\s*$""")
_ENDS_WORD = re.compile(r"[^\W\d_]{2,}\s*$")


def settle_notes(root: etree._Element) -> None:
    """Take out marks of notes and links back from them, and move notes out of the sentences they stand in."""
    marks = [*_marks(root.iter(*_MARKING)), *_raised_marks(root.iter("sup"))]
    for mark in marks:
        if mark.tail and not text_before(mark).strip():  # "1. Oil of rape": the sign belongs to the number
            mark.tail = _AFTER_MARK.sub("", mark.tail)
    drop_all(marks)
    notes: dict[etree._Element, list[etree._Element]] = {}
    for note in [found for found in root.iter("span", "small", "aside", "label") if _is_note(found)]:
        notes.setdefault(block_of(note), []).append(note)
    for block, inside in notes.items():
        _put_behind(block, [place for note in inside if (place := _taken_out(note)) is not None])


def text_without_marks(element: etree._Element) -> str:
    """Return the text of an element as one line, without marks of notes and links to itself."""
    own = deepcopy(element)
    own.tail = None
    for mark in [found for found in _marks(own.iter(*_MARKING)) if found is not own]:
        drop(mark)
    return flat_text(own)


def _marks(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    for element in elements:
        attributes = element.attrib
        if element.tag in {"sup", "a"} and _is_linked_mark(element):
            yield element
        elif not attributes or element.tag in BREAKING:
            continue
        elif attributes.get("role") in _MARK_ROLES or is_called(element, "shown.marks"):
            text = text_of(element)
            if element.tag != "label" or not text.strip() or len(text) <= 3:
                yield element


def _is_linked_mark(element: etree._Element) -> bool:
    """`<sup><a href="#fn1">1</a></sup>` and its like: a mark, and a link into the page."""
    link = element if element.tag == "a" else element.find(".//a")
    target = "" if link is None else (link.get("href") or "").partition("#")[2]
    if link is None or not target:
        return False
    text = text_of(element)
    if len(text) > MARK_MAX_CHARS:
        return False
    if _BACK_LINK.match(text) or (element.tag == "sup" and _BRACKETED.fullmatch(text)):
        return True
    is_raised = element.tag == "sup" or link.find(".//sup") is not None
    is_note = is_raised or text.strip().startswith("[") or bool(_target().fullmatch(target))
    return is_note and bool(_MARK.match(text))


def _raised_marks(raised: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield raised numbers and signs without a link that no power, ordinal or isotope can be."""
    expected = None
    for element in raised:
        text = text_of(element)
        if len(text) > MARK_MAX_CHARS or element.find(".//a") is not None:
            continue
        if _BRACKETED.fullmatch(text) and text_before(element):
            yield element
        elif _PLAIN_MARK.match(text) and (text.strip() == expected or _is_after_word(element, text)):
            number = re.findall(r"\d+", text)
            expected = str(int(number[-1]) + 1) if number else expected
            yield element


def _is_after_word(element: etree._Element, text: str) -> bool:
    before = text_before(element)
    if not before.strip():
        # It begins a line: the note's own mark, unless a number goes on behind it, as an isotope's does.
        return bool(re.match(r"[\s.,)]", element.tail or ""))
    if _AFTER_SENTENCE.search(before):
        return not before.rstrip().endswith((")", "]")) or before.rstrip()[-2:-1].isalpha()
    if not text.strip().isdigit():
        return not before[-1].isdigit()
    is_power = text.strip() in {"2", "3"} and bool(_unit().search(before))
    return bool(_ENDS_WORD.search(before)) and not is_power and not re.search(r"(?:^|[\W\d_])\w$", before)


def _is_note(element: etree._Element) -> bool:
    """A note between the words of a paragraph, as in the margin of a page by Tufte's rules."""
    return is_called(element, "shown.notes") and block_of(element).tag in {"p", "li", "dd", "td"}


def _taken_out(note: etree._Element) -> etree._Element | None:
    """Take a note out of its sentence, and return it as a block of its own; None if it holds no word."""
    for part in [found for found in note.iter("sup", "span") if is_called(found, "shown.note_parts")]:
        if part is not note:
            drop(part)
    drop(note)
    if _EMPTY_NOTE.fullmatch(text_of(note)):
        return None
    place = note.makeelement("div", {"role": "doc-footnote", SIDENOTE: "yes"})
    place.append(note)
    return place


def _put_behind(block: etree._Element, places: list[etree._Element]) -> None:
    """Put notes behind a paragraph, and text after it behind them; in an item of a list, at its end."""
    if block.tag != "p" or block.getparent() is None:
        block.extend(places)
    elif places:
        places[-1].tail, block.tail = block.tail, None
        for place in reversed(places):
            block.addnext(place)


@cache
def _target() -> re.Pattern[str]:
    """Names of notes: what a link to one leads to."""
    begins = "|".join(packaged_table("narrate.sources.read.shown", "notes.toml")["targets"])
    return re.compile(rf"_?(?:{begins})[\W_]*\w{{0,12}}?\d{{1,4}}[a-z]{{0,4}}", re.IGNORECASE)


@cache
def _unit() -> re.Pattern[str]:
    units = "|".join(packaged_table("narrate.sources.read.shown", "notes.toml")["units"])
    return re.compile(rf"(?:^|[\W\d_])(?:\w{{1,3}}|{units})$", re.IGNORECASE)
