"""Pages that word processors saved: what Word and Google Docs mean by a paragraph's class is put into its tag."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import html

from narrate.sources.read.shown.moves import drop_all

# Classes that Word writes whatever language it speaks, and Google Docs.
_TITLES = frozenset({"MsoTitle", "MsoTitleCxSpFirst", "title"})
_TAGS: Mapping[str, str] = {
    "MsoQuote": "blockquote",
    "MsoIntenseQuote": "blockquote",
    "MsoCaption": "figcaption",
}
_ITEM = re.compile(r"MsoList(?:Paragraph|Bullet|Number)")
# Marks of items that are made for programs which know no lists.
_MARKS = ".//span[contains(translate(@style,' ',''),'mso-list:Ignore')]"
_NOTES = "//div[contains(@style,'mso-element:footnote-list') or contains(@style,'mso-element:endnote-list')]"
_BULLET = re.compile(r"\W*o?\W*")
_GOOGLE = "doc-content"


def name_by_style(root: html.HtmlElement) -> None:
    """Give paragraphs of a word processor the tags that say what they are; other pages stay as they are.

    The title becomes the only heading of the first level, and the others go one down.
    """
    body = root.find("body")
    if body is None or not _is_saved(root, body):
        return
    titles = [one for one in body.iter("p") if not _TITLES.isdisjoint((one.get("class") or "").split())]
    for level in range(5, 0, -1) if titles else ():
        for heading in list(body.iter(f"h{level}")):
            heading.tag = f"h{level + 1}"
    for title in titles[:1]:
        title.tag = "h1"
    for paragraph in list(body.iter("p")):
        _name(paragraph)
    for notes in root.xpath(_NOTES):
        for note in notes.iterchildren("div"):
            note.set("role", "doc-footnote")


def _is_saved(root: html.HtmlElement, body: html.HtmlElement) -> bool:
    is_google = _GOOGLE in (body.get("class") or "").split()
    return is_google or bool(root.xpath("boolean(//p[starts-with(@class,'Mso')])"))


def _name(paragraph: html.HtmlElement) -> None:
    name = next(iter((paragraph.get("class") or "").split()), "")
    if name in _TAGS:
        paragraph.tag = _TAGS[name]
    elif marks := paragraph.xpath(_MARKS):
        mark = marks[0].text_content().replace("\xa0", " ").strip()
        drop_all(marks)
        if _BULLET.fullmatch(mark) or _ITEM.match(name):
            _make_item(paragraph, mark)


def _make_item(paragraph: html.HtmlElement, mark: str) -> None:
    """Make an item of a paragraph: a list of its own, which counts from the item's number where it has one."""
    number = mark.rstrip(".)")
    around = paragraph.makeelement("ol", {"start": number}) if number.isdecimal() else paragraph.makeelement("ul", {})
    around.tail, paragraph.tail = paragraph.tail, None
    parent = paragraph.getparent()
    parent.replace(paragraph, around)
    paragraph.tag = "li"
    around.append(paragraph)
