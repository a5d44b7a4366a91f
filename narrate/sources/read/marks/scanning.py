"""Marks found in a text before it is read, each with its line; code, comments and escapes hold none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from narrate.core.article import MarkKind
from narrate.sources.read.marks.elements import Where, asked_by, bracket_pause, bracket_sounds
from narrate.sources.read.marks.signs import ELEMENTS
from narrate.sources.read.marks.stand_ins import StandIns, stand_ins_for

MarkForm = Literal["text", "markdown"]
Role = Literal["point", "start", "end"]

_EVERYWHERE = (
    r"(?P<escape>\\[!-/:-@\[-`{-~])",
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){0,2000}?(?<!`)(?P=ticks)(?!`))",
    rf"(?P<element><(?P<slash>/?)(?P<name>{ELEMENTS})(?=[\s/>])(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^<>\"'])*+>)",
    r"(?P<sounds>(?<![!\[\]])\[(?=(?:[^\[\]\n]|\n(?!\s*\n)){1,300}\]\(/(?P<ipa>[^/()\n]{1,200})/\)))",
    r"(?P<sounded>\]\(/[^/()\n]{1,200}/\))",
    r"(?P<pause>(?<![!\[\]])\[pause(?:[ \t]+(?P<time>[^\[\]\n]{1,40}))?\](?![(\[:]))",
)
# Only in Markdown: what stands in a comment or in the tag of another element is no text.
_IN_HTML = (r"(?P<comment><!--(?:(?!-->).)*+(?:-->|\Z))", r"(?P<tag></?[A-Za-z][^<>]*+>)")
_MARKS: Mapping[MarkForm, re.Pattern[str]] = {
    "text": re.compile("|".join(_EVERYWHERE), re.DOTALL | re.IGNORECASE),
    "markdown": re.compile("|".join((*_EVERYWHERE, *_IN_HTML)), re.DOTALL | re.IGNORECASE),
}
# A line that begins with the signs of a fence opens it, and a line of nothing else closes it.
_FENCE = re.compile(r"^[ \t]*(?P<signs>```|~~~)[^\n]*$", re.MULTILINE)
# What stands instead of SSML's own elements for parts of a text.
_PARTS = {"p": "\n\n", "s": "", "speak": ""}


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a mark has in a source.

    Attributes:
        kind: Of the mark.
        value: As in `Mark`.
        role: A mark is at one point, or has a start and an end.
        line: In the source, from 1.
        written: As it stands there.
        start: Number of the start that an end belongs to; -1 for the other roles.
    """

    kind: MarkKind
    value: str
    role: Role
    line: int
    written: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text with stand-ins for its marks.

    Attributes:
        text: What is to be read; the same as before where there are no marks.
        found: The marks, by the numbers of their stand-ins.
        stand_ins: Tells them in what was read.
        source: What an error calls the text.
    """

    text: str
    found: Sequence[Found]
    stand_ins: StandIns
    source: str


@dataclass(slots=True)
class _Open:
    """An element that has begun; number -1 for one that is no mark."""

    name: str
    line: int
    number: int


@dataclass(slots=True)
class _Scan:
    """The part of a text that has been looked through."""

    text: str
    form: MarkForm
    source: str
    stand_ins: StandIns
    line_ends: Sequence[int]
    found: list[Found] = field(default_factory=list, init=False)
    open: list[_Open] = field(default_factory=list, init=False)

    def where(self, at: int) -> Where:
        return Where(self.source, bisect_right(self.line_ends, at - 1) + 1)


def scanned(text: str, form: MarkForm, source: str, code: Iterable[tuple[int, int]] = (), start: int = 0) -> Scanned:
    """Put stand-ins where the marks of a text are.

    Args:
        text: As it was decoded.
        form: Backslashes are Markdown's own; in plain text one stands before a mark that is none, and is taken out.
        source: What an error calls the text.
        code: Spans of characters in which nothing is a mark, in order; fences are found here for plain text.
        start: Where the text begins, behind its front matter.

    Raises:
        MarkError: A mark cannot be done, is never closed or closed in the wrong order; says in which line.
    """
    stand_ins = stand_ins_for(text)
    line_ends = [at for at, char in enumerate(text) if char == "\n"]
    scan = _Scan(text, form, source, stand_ins, line_ends)
    spans = list(code) if form == "markdown" else list(_fences(text))
    rewritten = text[:start] + "".join(_rewritten(scan, spans, start))
    _require_all_closed(scan)
    return Scanned(rewritten, scan.found, stand_ins, source)


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the fences of a plain text that are closed."""
    opened: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line["signs"] == opened["signs"] and not line[0].strip(" \t`~"):
            yield opened.start(), line.end()
            opened = None


def _rewritten(scan: _Scan, code: Sequence[tuple[int, int]], at: int) -> Iterator[str]:
    ends = [end for _, end in code]
    while match := _MARKS[scan.form].search(scan.text, at):
        number = bisect_right(ends, match.start())
        if number < len(code) and code[number][0] <= match.start():
            yield scan.text[at : code[number][1]]
            at = code[number][1]
            continue
        yield scan.text[at : match.start()]
        at, said = _read(scan, match)
        yield said
    yield scan.text[at:]


def _read(scan: _Scan, match: re.Match[str]) -> tuple[int, str]:
    """Return where the search goes on, and what stands instead of what was found."""
    where = scan.where(match.start())
    said: str | None = None
    match match.lastgroup:
        case "escape" if scan.form == "text":
            return _escaped(scan, match)
        case "element":
            said = _element(scan, match, where)
        case "sounds":
            said = _sounds(scan, match, where)
            return (match.end(), said) if said is not None else (match.start() + 1, "[")
        case "sounded" if scan.open and scan.open[-1].name == "[":
            said = _end(scan, match[0], where)
        case "pause":
            asked = bracket_pause(match["time"], where)
            said = _noted(scan, Found("pause", asked.value, "point", where.line, match[0])) if asked else None
        case "sounded":
            return match.start() + 1, "]"
    return match.end(), match[0] if said is None else said


def _escaped(scan: _Scan, match: re.Match[str]) -> tuple[int, str]:
    """A backslash before what would be a mark is not read in plain text; any other one is."""
    behind = _MARKS[scan.form].match(scan.text, match.start() + 1)
    if behind and behind.lastgroup in ("element", "sounds", "pause"):
        return behind.start() + 1, scan.text[behind.start()]
    return match.start() + 1, "\\"


def _noted(scan: _Scan, found: Found) -> str:
    scan.found.append(found)
    return scan.stand_ins.of(len(scan.found) - 1, len(found.written) if scan.form == "text" else 0)


def _sounds(scan: _Scan, match: re.Match[str], where: Where) -> str | None:
    sounds = bracket_sounds(match["ipa"], where)
    if sounds is None:
        return None
    scan.open.append(_Open("[", where.line, len(scan.found)))
    return _noted(scan, Found("sounds", sounds, "start", where.line, match[0]))


def _element(scan: _Scan, match: re.Match[str], where: Where) -> str | None:
    name, tag = match["name"].lower(), match[0]
    is_ssml = name == "speak" or any(element.name == "speak" for element in scan.open)
    if name in ("p", "s"):
        return _PARTS[name] if is_ssml else None
    if name == "break":
        asked = asked_by(name, tag, where) if not match["slash"] else None
        return _noted(scan, Found(asked.kind, asked.value, "point", where.line, tag)) if asked else ""
    if match["slash"]:
        return _closed(scan, name, tag, where)
    if tag.endswith("/>"):
        where.refuse(f"<{name}/> has no words in it", f"write <{name} …>the words</{name}>")
    asked = asked_by(name, tag, where) if name != "speak" else None
    scan.open.append(_Open(name, where.line, len(scan.found) if asked else -1))
    if asked:
        return _noted(scan, Found(asked.kind, asked.value, "start", where.line, tag))
    return "" if name == "speak" else None


def _closed(scan: _Scan, name: str, tag: str, where: Where) -> str | None:
    names = [element.name for element in scan.open]
    if name not in names:
        if name == "sub":  # of HTML: the end of a sign below the line
            return None
        where.refuse(f"</{name}> closes nothing", f"write <{name} …> before it, or take it away")
    inner = scan.open[-1]
    if inner.name != name:
        shown = "[…](/…/)" if inner.name == "[" else f"<{inner.name}>"
        hint = f"close {shown} before it" if inner.name == "[" else f"write </{inner.name}> before it"
        where.refuse(f"</{name}> comes before the end of {shown}, which began in line {inner.line}", hint)
    if inner.number < 0:
        scan.open.pop()
        return "" if name == "speak" else None
    return _end(scan, tag, where)


def _end(scan: _Scan, written: str, where: Where) -> str:
    number = scan.open.pop().number
    start = scan.found[number]
    return _noted(scan, Found(start.kind, start.value, "end", where.line, written, number))


def _require_all_closed(scan: _Scan) -> None:
    for element in scan.open:
        if element.number >= 0 or element.name == "speak":
            where = Where(scan.source, element.line)
            where.refuse(f"<{element.name}> is never closed", f"write </{element.name}> where it ends")
