"""Keeps the words of buttons that are words of a sentence, or of a heading over what they open."""

from __future__ import annotations

import re

from lxml import etree

from narrate.sources.read.characters import tidy
from narrate.sources.read.shown.hints import HINT_MAX_CHARS
from narrate.sources.read.shown.runs import block_of, text_after, text_before, text_of

# In a sentence, or over a part of the page.
WORDS_MAX = 8
HEADING_MAX_CHARS = 300

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "legend"})
_GOES_ON = re.compile(r"\s*[,.;:!?…)”’»]|\s+[a-zß-ÿ]|\s*[–—-]\s*[a-zß-ÿ]")
_OPENS = ("aria-expanded", "aria-controls", "data-bs-toggle", "data-toggle", "data-target", "data-bs-target")
_OPENER_CLASS = re.compile(r"accordion|collaps|faq|toggle|expand|disclosure|question", re.IGNORECASE)
_QUESTION = re.compile(r"[?？]\s*$")


def keep_words_of_buttons(root: etree._Element) -> None:
    """Take away the buttons, and leave the words, where they are in a sentence or a heading.

    A button that opens a part of the page below it is a heading as well; one that stands alone is none.
    """
    for button in list(root.iter("button")):
        text = tidy(text_of(button))
        if not any(char.isalnum() for char in text):
            continue
        if _is_heading(button, text) or _is_in_sentence(button, text):
            button.tag = "span"
        elif _opens_below(button, text):
            button.tag = "h4"


def _is_heading(button: etree._Element, text: str) -> bool:
    """Whether it is all that a heading says; beside other words it shares or edits."""
    block = block_of(button)
    return block.tag in _HEADINGS and len(text) <= HEADING_MAX_CHARS and tidy(text_of(block)) == text


def _is_in_sentence(button: etree._Element, text: str) -> bool:
    if len(text.split()) > WORDS_MAX or len(text) > HINT_MAX_CHARS or block_of(button).tag in {"nav", "menu", "form"}:
        return False
    before, after = text_before(button).strip(), text_after(button)
    goes_on = bool(_GOES_ON.match(after))
    return goes_on and (len(before.split()) >= 2 or not before) and any(char.isalpha() for char in before + after)


def _opens_below(button: etree._Element, text: str) -> bool:
    """Whether it opens what follows, and is worded as a heading over it."""
    if not any(name in button.attrib for name in _OPENS) or len(text) > HEADING_MAX_CHARS:
        return False
    around = (button, *list(button.iterancestors())[:3])
    is_opener = any(_OPENER_CLASS.search(element.get("class") or "") for element in around)
    return bool(_QUESTION.search(text)) or (is_opener and len(text.split()) >= 2 and not _is_in_menu(button))


def _is_in_menu(button: etree._Element) -> bool:
    return any(
        element.tag in {"nav", "header", "footer", "form", "aside"} or element.get("role") in {"navigation", "menu"}
        for element in button.iterancestors()
    )
