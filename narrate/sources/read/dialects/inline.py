"""The marks of dialects inside a paragraph, taken out or turned into CommonMark before the parser reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from narrate.core.article import Block, Drop
from narrate.sources.read.characters import tidy
from narrate.sources.read.dialects.context import Context
from narrate.sources.read.dialects.maths import formula_in_words, is_formula
from narrate.sources.read.dialects.tables import MARK_STARTS, Mark, marks, references, words

# Stands where something was taken out, until the text around it is known; the parser lets no NUL through.
GAP = "\0"

# Marks in marks are looked at so far down.
_MAX_DEPTH = 4

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_CALL = re.compile(r"\{[{%][<%]?-?\s*(?P<name>[\w-]+)(?:[^=\"]*?\s\"(?P<title>[^\"=]*)\")?")
_IN_ADDRESS = re.compile(r"\]\([^()\s]*\Z")
_ADDRESS_MAX_CHARS = 200
_POWER = re.compile(r"[-+−]?(?:\d+|n)")
_KEY = re.compile(r"(?P<prefix>[A-Za-z]+(?=[:-]))?(?P<name>[A-Za-z]+)?")
_YEAR = re.compile(r"[A-Za-z].*?(?:1[5-9]|20)\d\d")
_STRING = re.compile(r"\{\s*(?P<quote>[\"'`])(?P<words>[^\"'`$\n]*)(?P=quote)\s*\}")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z][\w-]*)\s*=\s*(?:\{\s*)?(?P<quote>[\"'])(?P<words>.*?)(?P=quote)", re.S
)


@dataclass(slots=True)
class Rewritten:
    """A paragraph's text as CommonMark, and what was in it besides.

    Attributes:
        text: What the parser is to read, with GAP where something was taken out.
        drops: What was taken out, in reading order.
        captions: What follows the paragraph: words of figures and pictures.
    """

    text: str = ""
    drops: list[Drop] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)


def rewritten(content: str, context: Context) -> Rewritten:
    """Return the text of a paragraph without the marks that CommonMark does not know."""
    result = Rewritten()
    result.text = _rewritten(content, context, result, 0)
    return result


def drop(rule: str, text: str) -> Drop:
    """Return the record of something that has words and is not read."""
    return Drop(Block("paragraph", tidy(text)), rule)


def captions_in(call: str) -> Iterator[Block]:
    """Yield the words that a component or a figure shows: its caption, and what a picture says."""
    for match in _ATTRIBUTE.finditer(call):
        text = tidy(match["words"])
        if text and match["name"] in words("captions"):
            yield Block("caption", text)
        elif text and match["name"] in words("pictures"):
            yield Block("image", text)


def titles_in(call: str) -> Iterator[str]:
    """Yield the words that stand over what a component or a container holds."""
    for match in _ATTRIBUTE.finditer(call):
        if match["name"] in words("titles") and tidy(match["words"]):
            yield tidy(match["words"])


def _rewritten(content: str, context: Context, result: Rewritten, depth: int) -> str:
    pieces: list[str] = []
    at = 0
    while start := MARK_STARTS.search(content, at):
        pieces.append(content[at : start.start()])
        end, said = _mark_at(content, start.start(), context, result, depth)
        pieces.append(said)
        at = end
    pieces.append(content[at:])
    return "".join(pieces)


def _mark_at(content: str, at: int, context: Context, result: Rewritten, depth: int) -> tuple[int, str]:
    """Return where the mark at a place ends, and what stands there instead: the character itself where none is."""
    for mark in marks().get(content[at], ()):
        match = mark.pattern.match(content, at)
        said = _said(mark, match, context, result, depth) if match else None
        if match and said is not None:
            return match.end(), said
    return at + 1, content[at]


def _said(mark: Mark, match: re.Match[str], context: Context, result: Rewritten, depth: int) -> str | None:
    """Return what stands instead of a mark, None where it is none after all."""
    if mark.keep:
        return match[0]
    groups = match.groupdict()
    dropped = groups.get("dropped") or groups.get("dropped_too")
    for name, read in _READ.items():
        if groups.get(name) is not None:
            return read(mark, match, context, result)
    if dropped and any(map(str.isalnum, dropped)):
        result.drops.append(drop(mark.rule, dropped))
    inner = groups.get("said")
    if inner is None:
        return GAP
    return _rewritten(inner, context, result, depth + 1) if depth < _MAX_DEPTH else inner


def _formula(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str | None:
    groups = match.groupdict()
    tex = groups.get("tex") or groups.get("marked") or ""
    if not is_formula(tex) or ("marked" in groups and tex.strip().isdecimal()):
        return None
    said, is_whole = formula_in_words(tex, context.language, is_display=False)
    if not is_whole:
        result.drops.append(drop(mark.rule, tex))
    return said


def _cited(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str | None:
    """Name the author or the figure that a sentence speaks of; "@name" is a work only where works are cited."""
    key = _KEY.match(match["cited"])
    if key and key["prefix"] in references():
        return references()[key["prefix"]]
    if not (context.cites or _YEAR.match(match["cited"])):
        return None
    name = (key and (key["prefix"] or key["name"])) or ""
    result.drops.append(drop(mark.rule, match[0]))
    return name[:1].upper() + name[1:]


def _raised(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str:
    return match["raised"].translate(_RAISED) if _POWER.fullmatch(match["raised"]) else match["raised"]


def _expression(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str | None:
    if not context.is_mdx:
        return None
    if string := _STRING.fullmatch(match["jsx"]):
        return string["words"] or GAP
    result.drops.append(drop(mark.rule, match["jsx"]))
    return GAP


def _call(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str:
    call = match["template"]
    result.captions += captions_in(call)
    if not call.startswith(("</", "<>")) and (" " in call or not call.startswith("<")):
        result.drops.append(drop(mark.rule, call))
    if (name := _CALL.match(call)) and name["name"].lower() in words("titled_calls"):
        return _as_sentence(next(titles_in(call), "") or (name["title"] or "")) or GAP
    # An address that a generator fills in is still one, so that its link is.
    return "#" if _IN_ADDRESS.search(match.string, max(0, match.start() - _ADDRESS_MAX_CHARS), match.start()) else GAP


def _as_sentence(title: str) -> str:
    title = tidy(title)
    return title and (f"{title} " if title.endswith((".", "!", "?", ":", "…")) else f"{title}. ")


def _keys(mark: Mark, match: re.Match[str], context: Context, result: Rewritten) -> str:
    return match["keys"].replace("+", " ").replace('"', "")


_READ: Mapping[str, Callable[[Mark, re.Match[str], Context, Rewritten], str | None]] = {
    "tex": _formula,
    "marked": _formula,
    "cited": _cited,
    "raised": _raised,
    "jsx": _expression,
    "template": _call,
    "keys": _keys,
}
