"""Headings of a DOCX whose writer made none by a style, but by letters that are bold or larger than the text's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from narrate.sources.read.documents.office.word_numbers import W, value_of

# Ids of styles; no program makes one that is called so.
HEADING_STYLES = ("narrate-heading-1", "narrate-heading-2")
# A longer line is a sentence that was to be seen, and one that ends like a sentence is one.
HEADING_MAX_CHARS, HEADING_MAX_WORDS = 80, 12
LARGER_BY = 1.15
_DEFAULT_HALF_POINTS = 22
_SENTENCE_ENDS = (".", ",", ";", ":", "…")
_OFF = frozenset({"0", "false", "off"})
# Text in these is no part of the outline.
_ELSEWHERE = (f"{W}tbl", f"{W}txbxContent")


@dataclass(frozen=True, slots=True)
class _Look:
    """The look of a paragraph's letters: their size in half points, and whether all of them are bold."""

    half_points: int
    is_bold: bool


def mark_headings(root: etree._Element) -> None:
    """Give lines that look like headings a style that says so; only for a document without headings of its own."""
    looks = [(one, look) for one in root.iter(f"{W}p") if (look := _look(one)) is not None]
    usual = _usual(looks)
    for number, (paragraph, look) in enumerate(looks):
        after = looks[number + 1][1] if number + 1 < len(looks) else look
        level = _level(look, usual)
        if level and _level(after, usual) in (None, level + 1) and _is_short_line(paragraph):
            _give_style(paragraph, HEADING_STYLES[level - 1])


def _usual(looks: list[tuple[etree._Element, _Look]]) -> _Look:
    """Return how most of the text looks."""
    chars: Counter[_Look] = Counter()
    for paragraph, look in looks:
        chars[look] += len(text_of(paragraph))
    return chars.most_common(1)[0][0] if chars else _Look(_DEFAULT_HALF_POINTS, False)


def _level(look: _Look, usual: _Look) -> int | None:
    if look.half_points >= LARGER_BY * usual.half_points:
        return 1
    return 2 if look.is_bold and not usual.is_bold and look.half_points >= usual.half_points else None


def _look(paragraph: etree._Element) -> _Look | None:
    """Return how a paragraph looks, None where it has no words or a place of its own."""
    runs = [run for run in paragraph.iter(f"{W}r") if text_of(run).strip()]
    if not runs or next(paragraph.iterancestors(*_ELSEWHERE), None) is not None:
        return None
    sizes = [value_of(run.find(f"{W}rPr/{W}sz")) for run in runs]
    half_points = min(int(size) if size.isdecimal() else _DEFAULT_HALF_POINTS for size in sizes)
    return _Look(half_points, all(_is_bold(run) for run in runs))


def _is_bold(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and value_of(mark) not in _OFF


def _is_short_line(paragraph: etree._Element) -> bool:
    text = text_of(paragraph).strip()
    properties = paragraph.find(f"{W}pPr")
    is_plain = properties is None or all(properties.find(f"{W}{name}") is None for name in ("pStyle", "numPr"))
    is_short = len(text) <= HEADING_MAX_CHARS and len(text.split()) <= HEADING_MAX_WORDS
    return is_plain and is_short and not text.endswith(_SENTENCE_ENDS)


def text_of(element: etree._Element) -> str:
    """Return the words of a paragraph or a run."""
    return "".join(_words(element))


def _words(element: etree._Element) -> Iterator[str]:
    yield from (text.text or "" for text in element.iter(f"{W}t"))


def _give_style(paragraph: etree._Element, style: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    mark = etree.Element(f"{W}pStyle")
    mark.set(f"{W}val", style)
    properties.insert(0, mark)
