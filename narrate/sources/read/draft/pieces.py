"""The body of a draft in pieces: what stands between blank lines, whether it is dropped, and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from narrate.core.errors import MarkError, SourceError
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.kinds import FENCE, ITEM
from narrate.sources.read.marks.scanning import scanned
from narrate.sources.read.marks.signs import may_have_marks

SIGN, SAY, NOTE = "%", "%=", "%%"

# A note that an editor moved behind the words when it filled the lines of a paragraph anew.
_MOVED = re.compile(r"(?<=\s)(?:%%|%=)\s")


@dataclass(slots=True)
class Piece:
    """Lines of one block, as they are gathered.

    Attributes:
        line: Number of the first, from 1.
        lines: Without the sign that drops them.
        is_dropped: They have that sign.
        say: What is said instead; None for the block itself.
        notes: Without their signs, in order.
    """

    line: int
    lines: list[str] = field(default_factory=list)
    is_dropped: bool = False
    say: str | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def is_item(self) -> bool:
        """Tell whether it is an item of a list."""
        return bool(self.lines and ITEM.match(self.lines[0].strip()))


def pieces_of(body: str, first_line: int, name: str) -> tuple[Piece, list[Piece]]:
    """Return the notes above the first block, as a piece without lines, and the pieces of a draft's body.

    Args:
        body: What follows the front matter.
        first_line: Its number in the file.
        name: Of the file, for errors.

    Raises:
        SourceError: A note or a sign stands where nobody can tell what it belongs to; says which line.
    """
    head = Piece(first_line)
    reading = _Reading(name, body.split("\n"), first_line, [head])
    at = 0
    while at < len(reading.lines):
        at = reading.take(at)
    return head, reading.pieces[1:]


def unmarked_spans(body: str) -> list[tuple[int, int]]:
    """Return first character and end of all notes and pieces of code, in which nothing is a mark."""
    spans: list[tuple[int, int]] = []
    at, fence, is_inside = 0, "", False
    for line in body.split("\n"):
        stripped = _unsigned(line)
        opening = FENCE.match(stripped) if not is_inside and not fence else None
        if fence or opening or line.lstrip().startswith((SAY, NOTE)):
            spans.append((at, at + len(line)))
        fence = opening[1] if opening else "" if fence and _closes(stripped, fence) else fence
        is_inside = bool(line.strip())
        at += len(line) + 1
    return spans


def _unsigned(line: str) -> str:
    """Return a line without the sign that drops it; what has another sign is none of those."""
    line = line.strip()
    is_signed = line.startswith(SIGN) and not line.startswith((SAY, NOTE))
    return line[len(SIGN) :].strip() if is_signed else line


@dataclass(slots=True)
class _Reading:
    """The lines of a body, and the pieces so far; the first holds the notes above all blocks."""

    name: str
    lines: Sequence[str]
    first_line: int
    pieces: list[Piece]
    is_begun: bool = False

    def take(self, at: int) -> int:
        """Take a line, and what belongs to it; return where the next one is."""
        line, number = self.lines[at].rstrip(), self.first_line + at
        if not line.strip():
            self.is_begun = False
        elif not self.is_begun and (opening := FENCE.match(_unsigned(line))):
            return self._code(at, opening[1])
        elif line.lstrip().startswith((SAY, NOTE)):
            self._note(line.strip(), number)
        elif moved := _MOVED.search(line):
            self._words(line[: moved.start()], number)
            return self._moved(at, moved.start())
        else:
            self._words(line, number)
        return at + 1

    def _code(self, at: int, fence: str) -> int:
        """Take a piece of code whole, blank lines and all."""
        lines, number = self.lines, self.first_line + at
        end = next((index for index in range(at + 1, len(lines)) if _closes(_unsigned(lines[index]), fence)), 0)
        if not end:
            hint = f"close it with {fence} on a line of its own"
            raise self._error(number, f"the code that begins with {fence} has no end", hint)
        is_dropped = lines[at].lstrip().startswith(SIGN)
        inner = lines[at + 1 : end]
        if is_dropped and lines[end].lstrip().startswith(SIGN):
            inner = [re.sub(r"^\s*% ?", "", line) for line in inner]
        self.pieces.append(Piece(number, [fence, *inner, fence], is_dropped))
        self.is_begun = True
        return end + 1

    def _moved(self, at: int, start: int) -> int:
        """Take notes that were filled into a paragraph: they go on to its end."""
        end = next((index for index in range(at, len(self.lines)) if not self.lines[index].strip()), len(self.lines))
        text = " ".join((self.lines[at][start - 1 :], *self.lines[at + 1 : end]))
        starts = [match.start() for match in _MOVED.finditer(text)]
        for begin, stop in zip(starts, [*starts[1:], len(text)], strict=True):
            self._note(text[begin:stop].strip(), self.first_line + at)
        return end

    def _words(self, line: str, number: int) -> None:
        is_signed = line.lstrip().startswith(SIGN)
        words = _unsigned(line) if is_signed else line
        piece = self.pieces[-1]
        if not self.is_begun or (ITEM.match(words.strip()) and piece.is_item and (is_signed or _is_next(words, piece))):
            self._begin(words, number, is_signed)
        elif piece.notes or piece.say is not None:
            hint = "put a blank line before it; a note, and what is said instead, is one line"
            raise self._error(number, "words follow a note without a blank line between them", hint)
        elif is_signed and not piece.is_dropped:
            hint = f"put a blank line before it to leave it out, or write \\{SIGN} to speak it"
            raise self._error(number, f"a {SIGN} begins a line inside of a paragraph", hint)
        elif words.strip():
            piece.lines.append(words)

    def _begin(self, words: str, number: int, is_dropped: bool) -> None:
        if words.strip():
            self.pieces.append(Piece(number, [words], is_dropped))
            self.is_begun = True

    def _note(self, note: str, number: int) -> None:
        piece = self.pieces[-1]
        if not note.startswith(SAY):
            piece.notes.append(tidy(note.removeprefix(NOTE)))
            return
        said = tidy(note.removeprefix(SAY))
        if not piece.lines:
            raise self._error(number, f"{SAY} stands below no block", "put it on the line below the words it replaces")
        if piece.say is not None:
            raise self._error(number, f"{SAY} is there twice for one block", "leave one of them")
        if not any(map(str.isalnum, said)):
            hint = f"write what is said instead; to leave the block out, put {SIGN} before it"
            raise self._error(number, f"{SAY} has no words", hint)
        if _has_mark(said):
            hint = "write it with words alone; marks stand in the words of a block"
            raise self._error(number, f"{SAY} has a mark in it", hint)
        piece.say = said

    def _error(self, number: int, message: str, hint: str) -> SourceError:
        return SourceError(f"{self.name}, line {number}: {message}", hint)


def _has_mark(said: str) -> bool:
    """Tell whether words have a pause, sounds or a voice in them, or what was meant to be one."""
    try:
        return may_have_marks(said) and bool(scanned(said, "text", "").found)
    except MarkError:
        return True


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and not line.strip(fence[0])


def _is_next(words: str, piece: Piece) -> bool:
    """Tell an item from words of the item before it, which were filled so that a line begins with a number."""
    found = ITEM.match(words.strip())
    if not found or found["number"] is None or not words.startswith((" ", "\t")):
        return True
    before = ITEM.match(piece.lines[0].strip())
    follows = int(before["number"]) + 1 if before and before["number"] else 1
    return int(found["number"]) in (1, follows)
