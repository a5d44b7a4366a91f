"""Labels that may name a speaker at the beginning of a paragraph, by form alone; the article decides if they do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from narrate.core.article import Block
from narrate.text.speakers.words import folded, listed

LabelForm = Literal["colon", "chat", "record", "alone"]

NAME_MAX_CHARS = 40
NAME_MAX_WORDS = 5

_CLOCK = r"\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?(?:\s?[AP]M)?"
_TIME = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=\s))"
# "Anna", "Jean-Luc Moreau", "L. H.", "van der Berg", "O'NEILL", "Speaker 1".
_NAME = r"[^\W\d_][\w.'’\-]*(?:\s+(?!\d{2})[\w.'’\-]+){0,4}"
_COLON = re.compile(
    rf"(?:(?P<before>{_TIME})\s*[-–]?\s*)?(?P<name>{_NAME})(?P<behind>\s*(?:{_TIME}|\([^()]{{1,30}}\)))?\s?[:：](?=\s|$)\s*"
)
_LETTER_POINT = re.compile(r"(?P<name>[^\W\d_])\.\s+(?=\S)")
_CHAT = re.compile(rf"(?:{_TIME}\s*)?<\s*[@+%~&]?(?P<name>[\w.|\-\[\]]{{1,30}})>\s+")
_RECORD = re.compile(
    r"(?P<name>(?:(?P<title>[A-Z][a-zé]{0,8})\.?\s+)?(?P<caps>[A-ZÀ-Þ][A-ZÀ-Þ'’\-]+(?:\s+(?:of\s+[A-Z][a-z]+|[A-ZÀ-Þ][A-ZÀ-Þ'’\-]+)){0,3}))"
    r"\.\s+(?=[\[(\"“]?[A-ZÀ-Þ])"
)
_TIMED_ALONE = re.compile(rf"(?:(?P<before>{_TIME})\s*)?(?P<name>{_NAME})(?P<behind>\s*{_TIME})?")
_SENTENCE = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Label:
    """The beginning of a block that may name who speaks it.

    Attributes:
        written: The label as it stands there, with its time and colon, without the space behind it.
        name: Of the speaker, as it is written in the label.
        end_char: Where the words begin that are said.
        form: "colon" (Anna:), "chat" (<anna>), "record" (Mr. SMITH., Q.), "alone" (a block that is a name).
        is_marked: It is bold, in capitals, has a time, or is a form that nothing else has.
    """

    written: str
    name: str
    end_char: int
    form: LabelForm
    is_marked: bool


def label_of(block: Block, text: str | None = None) -> Label | None:
    """Return what may be the label of a block; None where its beginning is no label by its form.

    Args:
        block: Of any kind.
        text: Its words, or those from a place inside of it on, which have no bold beginning of their own.
    """
    said = block.text if text is None else text
    bold_chars = block.bold_chars if text is None else 0
    if match := _CHAT.match(said):
        return Label(match[0].rstrip(), match["name"], match.end(), "chat", True)
    return _colon(said, bold_chars) or _record(said, bold_chars) or _alone(block, said, bold_chars)


def _colon(text: str, bold_chars: int) -> Label | None:
    match = _COLON.match(text)
    if not match or not is_name(match["name"]):
        return None
    is_bold = match.start("name") < bold_chars <= match.end() and bold_chars >= match.end("name")
    is_timed = bool(match["before"]) or bool(re.search(r"\d:\d", match["behind"] or ""))
    is_marked = is_bold or is_timed or (match["name"].isupper() and len(match["name"]) > 2)
    form: LabelForm = "colon" if match.end() < len(text) else "alone"
    return Label(match[0].rstrip(), match["name"].strip(), match.end(), form, is_marked)


def _record(text: str, bold_chars: int) -> Label | None:
    """Return the label of a record of proceedings, "Mr. SMITH.", or a letter with a point, "Q."."""
    if (match := _RECORD.match(text)) and (match["title"] is None or folded(match["title"]) in listed("honorifics")):
        is_marked = match["title"] is not None
        return Label(match[0].rstrip(), match["name"], match.end(), "record", is_marked)
    if match := _LETTER_POINT.match(text):
        return Label(match[0].rstrip(), match["name"], match.end(), "record", bold_chars in (1, 2))
    return None


def _alone(block: Block, text: str, bold_chars: int) -> Label | None:
    """Return the label of a block that is nothing but a name: a term of a list, bold, in capitals, or with a time."""
    match = _TIMED_ALONE.fullmatch(text) if len(text) <= NAME_MAX_CHARS + 20 else None
    if not match or not is_name(match["name"]) or block.kind == "title":
        return None
    is_bold = bold_chars >= match.end("name")
    is_marked = bool(match["before"] or match["behind"]) or is_bold or match["name"].isupper() or block.role == "term"
    return Label(text, match["name"].strip(), len(text), "alone", is_marked) if is_marked else None


def _is_nobody(parts: list[str]) -> bool:
    """Tell whether words are such as head a paragraph: "The Problem", "Actionable Takeaway", "Note to readers"."""
    bare = parts[1:] if folded(parts[0]) == "the" and len(parts) > 1 else parts
    return bool({folded(" ".join(bare)), folded(bare[0]), folded(bare[-1])} & listed("nobody"))


def is_name(words: str) -> bool:
    """Tell whether words may be somebody's name by their form: few, with a capital, of nobody's list, no sentence."""
    words = words.strip()
    parts = words.split()
    if len(words) > NAME_MAX_CHARS or not 0 < len(parts) <= NAME_MAX_WORDS or parts[0][0].islower():
        return False
    if _is_nobody(parts) or folded(parts[-1]) in listed("said"):
        return False
    if len(parts[-1]) > 3 and _SENTENCE.search(parts[-1][-1]):
        return False
    small = [part for part in parts if part[0].islower()]
    return all(folded(part) in listed("particles") for part in small)
