"""Takes out of a page what nobody sees or would read out: controls, hidden parts, marks of footnotes."""

from __future__ import annotations

from lxml import etree

from narrate.sources.read.shown.buttons import keep_words_of_buttons
from narrate.sources.read.shown.elements import UNSPOKEN
from narrate.sources.read.shown.halves import is_heard_only, settle_halves
from narrate.sources.read.shown.hidden import is_hidden, opened_parts, show_what_is_read
from narrate.sources.read.shown.hints import remove_hints
from narrate.sources.read.shown.moves import drop_all
from narrate.sources.read.shown.notes import settle_notes


def remove_unspoken(root: etree._Element) -> None:
    """Take out what is not shown, marks that point to footnotes, and readings printed above characters.

    What is hidden and yet holds the page's words stays, as do words of buttons that are words of a sentence.
    """
    opened = opened_parts(root)
    settle_halves(root)
    remove_hints(root)
    settle_notes(root)
    keep_words_of_buttons(root)
    show_what_is_read(root, opened)
    drop_all([found for found in root.iter(etree.Element) if _is_unspoken(found)])


def _is_unspoken(element: etree._Element) -> bool:
    if element.tag in UNSPOKEN:
        return element.tag not in {"head", "title"}
    return is_hidden(element) or is_heard_only(element)
