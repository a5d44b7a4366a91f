"""The body of a draft in pieces: what stands between blank lines, whether it is dropped, and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from narrate.core.errors import SourceError
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.kinds import FENCE, ITEM

SIGN, SAY, NOTE = "%", "%=", "%%"

# A note that an editor moved behind the words when it filled the lines of a paragraph anew.
_MOVED = re.compile(r"(?<=\s)(?:%%\s*(?:said|dropped|doubtful):|%=)\s")


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
    reading = _Reading(name, [head])
    lines = body.split("\n")
    at = 0
    while at < len(lines):
        number, line = first_line + at, lines[at].rstrip()
        if not line.strip():
            reading.is_begun = False
            at += 1
        elif not reading.is_begun and FENCE.match(_unsigned(line)):
            at = reading.take_code(lines, at, number)
        else:
            reading.take(line, number)
            at += 1
    return head, reading.pieces[1:]


def _unsigned(line: str) -> str:
    """Return a line without the sign that drops it; what has another sign is none of those."""
    line = line.strip()
    is_signed = line.startswith(SIGN) and not line.startswith((SAY, NOTE))
    return line[len(SIGN) :].strip() if is_signed else line


@dataclass(slots=True)
class _Reading:
    """The pieces so far; the first holds the notes above all blocks."""

    name: str
    pieces: list[Piece]
    is_begun: bool = False

    def take_code(self, lines: Sequence[str], at: int, number: int) -> int:
        """Take a piece of code whole, blank lines and all; return where the next line is."""
        opening = FENCE.match(_unsigned(lines[at]))
        fence = opening[1] if opening else ""
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

    def take(self, line: str, number: int) -> None:
        """Take a line: a note, or words that begin a piece or go on with it."""
        line = line if self.is_begun else line.lstrip() if line.lstrip().startswith(SIGN) else line
        stripped = line.strip()
        if stripped.startswith((SAY, NOTE)):
            self._note(stripped, number)
            return
        moved = _MOVED.search(line)
        words = line[: moved.start()] if moved else line
        self._words(words, number)
        if moved:
            for note in _parted(line[moved.start() :]):
                self._note(note, number)

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
        self.is_begun = self.is_begun or False
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
        piece.say = said

    def _error(self, number: int, message: str, hint: str) -> SourceError:
        return SourceError(f"{self.name}, line {number}: {message}", hint)


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


def _parted(text: str) -> Iterator[str]:
    """Yield the notes in what an editor filled into one line."""
    starts = [match.start() for match in _MOVED.finditer(f" {text}")]
    for start, end in zip(starts, [*starts[1:], len(text) + 1], strict=True):
        yield f" {text}"[start:end].strip()
