"""Keeps the words of buttons that are words of a sentence, or of a heading over what they open."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from narrate.sources.read.characters import tidy
from narrate.sources.read.class_names import is_called
from narrate.sources.read.shown.elements import BREAKING, UNSPOKEN
from narrate.sources.read.shown.hidden import is_hidden
from narrate.sources.read.shown.hints import HINT_MAX_CHARS
from narrate.sources.read.shown.runs import block_of, text_after, text_before, text_of

# In a sentence, or over a part of the page.
WORDS_MAX = 8
HEADING_MAX_CHARS = 300
# "Menu" and "Show more" open other things than an answer.
OPENER_MIN_WORDS, OPENER_LEVEL = 3, 3

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend"})
_SILENT = UNSPOKEN - {"button"}
_GOES_ON = re.compile(r"\s*[,.;:!?…)”’»]|\s+[a-zß-ÿ]|\s*[–—-]\s*[a-zß-ÿ]")
_OPENS = ("aria-expanded", "aria-controls", "data-bs-toggle", "data-toggle", "data-target", "data-bs-target")
_OPENED = frozenset({"div", "section", "p"})
_QUESTION = re.compile(r"[?？]\s*$")


def keep_words_of_buttons(root: etree._Element) -> None:
    """Take away the buttons, and leave the words, where they are in a sentence or a heading.

    A button that opens a part of the page below it is a heading as well; one that stands alone is none.
    """
    said: dict[etree._Element, str] = {}
    for button in list(root.iter("button")):
        text = tidy(text_of(button))
        if not any(char.isalnum() for char in text):
            continue
        if _is_heading(button, said) or _is_in_sentence(button, text):
            button.tag = "span"
        elif _opens_below(button, text):
            button.tag = f"h{OPENER_LEVEL}"


def _is_heading(button: etree._Element, said: dict[etree._Element, str]) -> bool:
    """Tell whether a button is all that a heading says; beside other words it shares or edits.

    Args:
        button: The button.
        said: The words of headings that were looked at; those of this one's are added.
    """
    heading = next((outer for outer in button.iterancestors() if outer.tag in _HEADINGS or _parts(outer)), None)
    if heading is None or heading.tag not in _HEADINGS:
        return False
    if heading not in said:
        said[heading] = _said(heading)
    return len(said[heading]) <= HEADING_MAX_CHARS and said[heading] == _said(button)


def _parts(element: etree._Element) -> bool:
    """Tell whether an element around a button keeps it apart from a heading; a plain division does not."""
    return element.tag in BREAKING and element.tag != "div"


def _said(element: etree._Element) -> str:
    """Return the text of an element without pictures, scripts and what is hidden beside it."""
    parts = [element.text or ""]
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        if inner is element:
            continue
        if event == "end":
            parts.append(inner.tail or "")
        elif inner.tag in _SILENT or is_hidden(inner):
            events.skip_subtree()
        else:
            parts.append(inner.text or "")
    return tidy("".join(parts))


def _is_in_sentence(button: etree._Element, text: str) -> bool:
    if len(text.split()) > WORDS_MAX or len(text) > HINT_MAX_CHARS or block_of(button).tag in {"nav", "menu", "form"}:
        return False
    before, after = text_before(button).strip(), text_after(button)
    goes_on = bool(_GOES_ON.match(after))
    return goes_on and (len(before.split()) >= 2 or not before) and any(char.isalpha() for char in before + after)


def _opens_below(button: etree._Element, text: str) -> bool:
    """Tell whether a button opens what follows: it is worded as a heading, and called so or right above a text."""
    if not any(name in button.attrib for name in _OPENS) or len(text) > HEADING_MAX_CHARS:
        return False
    if _QUESTION.search(text):
        return True
    if len(text.split()) < 2 or _is_in_menu(button):
        return False
    around = (button, *islice(button.iterancestors(), 3))
    is_opener = any(is_called(element, "shown.opener") for element in around)
    return is_opener or (len(text.split()) >= OPENER_MIN_WORDS and _is_above_text(button))


def _is_above_text(button: etree._Element) -> bool:
    opened = button.getnext()
    if opened is None or opened.tag not in _OPENED or (button.tail or "").strip():
        return False
    words = (word for text in opened.itertext() for word in text.split())
    return next(islice(words, OPENER_MIN_WORDS, None), None) is not None


def _is_in_menu(button: etree._Element) -> bool:
    return any(
        element.tag in {"nav", "header", "footer", "form", "aside"} or element.get("role") in {"navigation", "menu"}
        for element in button.iterancestors()
    )
