"""Reader for RTF: paragraphs with their styles, lists, tables and notes, out of a stream of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from narrate.core.article import Block, Drop, Metadata
from narrate.core.errors import SourceError
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import tidy
from narrate.sources.read.documents.document import Document, require_text
from narrate.sources.read.documents.headings import document_of
from narrate.sources.read.documents.office.rtf_tokens import Token, tokens
from narrate.sources.read.documents.office.styles import heading_level, is_for_contents

# Groups within groups; a file of braces alone would take all memory otherwise.
DEPTH_MAX = 1_000
_HEADING_MAX = 6
# Level 9 of an outline is the text.
OUTLINE_MAX = 9
_SIGNS: Mapping[str, str] = {"~": "\u00a0", "-": "", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_INFO = frozenset({"title", "author"})
_TABLE = packaged_table("narrate.sources.read.documents.office", "rtf.toml")
_CHARACTERS: Mapping[str, str] = _TABLE["characters"]
_UNREAD = frozenset(_TABLE["unread"].split())
_KNOWN_AFTER_STAR = frozenset(_TABLE["known_after_star"].split())
_BOX_PARAGRAPH = "\n\n"
_PARAGRAPH_ENDS: Mapping[str, str] = {"note": " ", "box": _BOX_PARAGRAPH}
_COUNTED = re.compile(r"\W*(\d{1,4}|[A-Za-z])[.)]?\W*")


@dataclass(frozen=True, slots=True)
class _State:
    """Properties of a group, which end with it.

    Attributes:
        target: Where text goes: "text", "note", "box", "mark" of an item of a list, "style", "info", or "" for
            nowhere.
        style: Number of the paragraph's style.
        outline: Level of a heading that is none by its style, from 0; None where there is none.
        is_listed: The paragraph is an item of a list.
        is_hidden: Text is not shown.
        is_cell: The paragraph is in a table.
        skipped: So many characters follow a Unicode character, for programs that do not know it.
        font: Number of the font.
        info: Which fact the text is.
    """

    target: str = "text"
    style: int = 0
    outline: int | None = None
    is_listed: bool = False
    is_hidden: bool = False
    is_cell: bool = False
    skipped: int = 1
    font: int = -1
    info: str = ""


@dataclass(slots=True)
class _Reading:
    """A file that is being read.

    Attributes:
        stack: States of the open groups, the innermost last.
        pending: Bytes of characters that may go on.
        written: Text of the paragraph so far, and of what else is read, by target.
        blocks: The text so far.
        drops: Tables of contents so far.
        notes: Notes and boxes of the paragraph that is read, which follow it.
        cells: Of the row that is read.
        rows: Of the table that is read.
        styles: Names of styles by number.
        charsets: Codecs of fonts by number.
        info: What the file says of itself.
        charset: Codec of the file.
        half: The first half of a character beyond 16 bits.
        to_skip: So many more characters are stand-ins.
        is_starred: The next word may be skipped by who does not know it.
    """

    stack: list[_State] = field(init=False, default_factory=lambda: [_State()])
    pending: bytearray = field(init=False, default_factory=bytearray)
    written: dict[str, list[str]] = field(init=False, default_factory=dict)
    blocks: list[Block] = field(init=False, default_factory=list)
    drops: list[Drop] = field(init=False, default_factory=list)
    notes: list[Block] = field(init=False, default_factory=list)
    cells: list[str] = field(init=False, default_factory=list)
    rows: list[tuple[str, ...]] = field(init=False, default_factory=list)
    styles: dict[int, str] = field(init=False, default_factory=dict)
    charsets: dict[int, str] = field(init=False, default_factory=dict)
    info: dict[str, str] = field(init=False, default_factory=dict)
    charset: str = field(init=False, default="cp1252")
    half: str = field(init=False, default="")
    to_skip: int = field(init=False, default=0)
    is_starred: bool = field(init=False, default=False)

    @property
    def state(self) -> _State:
        return self.stack[-1]

    def change(self, **what: object) -> None:
        """Change what holds in the innermost group."""
        self.stack[-1] = replace(self.stack[-1], **what)  # type: ignore[arg-type]

    def hear(self, text: str) -> None:
        """Add text to where it goes in this group."""
        if self.state.target and not self.state.is_hidden:
            self.written.setdefault(self.state.target, []).append(text)

    def flush(self) -> None:
        """Decode the bytes that wait."""
        if self.pending:
            codec = self.charsets.get(self.state.font, self.charset)
            self.hear(bytes(self.pending).decode(codec, errors="replace"))
            self.pending.clear()

    def taken(self, target: str) -> str:
        """Return what was written to a target, and begin anew."""
        return "".join(self.written.pop(target, ()))


def read_rtf(data: bytes, name: str) -> Document:
    """Read an RTF file.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, or holds no text.
    """
    reading = _Reading()
    for token in tokens(data):
        _read(token, reading, name)
    reading.flush()
    _end_paragraph(reading)
    _end_table(reading)
    require_text(reading.blocks, name)
    published = _day(reading.info.get("creatim", ""))
    meta = Metadata(reading.info.get("title") or None, reading.info.get("author") or None, published)
    return document_of(meta, reading.blocks, reading.drops)


def _read(token: Token, reading: _Reading, name: str) -> None:
    match token.kind:
        case "bytes":
            _hear_bytes(token.data, reading)
            return
        case "open":
            reading.flush()
            if len(reading.stack) > DEPTH_MAX:
                raise SourceError(f"{name} is damaged: its groups have no end", "save it anew")
            reading.stack.append(reading.state)
        case "close":
            reading.flush()
            _close(reading)
        case "sign":
            reading.flush()
            _read_sign(token.text, reading)
        case "word":
            reading.flush()
            _read_word(token.text, token.number, reading)
    reading.is_starred = token.kind == "sign" and token.text == "*"


def _hear_bytes(data: bytes, reading: _Reading) -> None:
    if reading.to_skip:
        count = min(len(data), reading.to_skip)
        reading.to_skip -= count
        data = data[count:]
    reading.pending += data


def _read_sign(sign: str, reading: _Reading) -> None:
    if sign in ("\n", "\r"):
        _read_word("par", None, reading)
    elif sign in _SIGNS:
        reading.hear(_SIGNS[sign])


def _close(reading: _Reading) -> None:
    """End a group: its note, its style, its fact about the file."""
    if len(reading.stack) < 2:
        return
    ended = reading.stack.pop()
    if ended.target == reading.state.target:
        return
    match ended.target:
        case "note":
            if text := tidy(reading.taken("note")):
                reading.notes.append(Block("footnote", text))
        case "box":
            texts = map(tidy, reading.taken("box").split(_BOX_PARAGRAPH))
            reading.notes += [Block("paragraph", text) for text in texts if text]
        case "style":
            reading.styles[ended.style] = tidy(reading.taken("style")).rstrip(";").strip()
        case "info":
            reading.info[ended.info] = tidy(reading.taken("info"))


def _read_word(word: str, number: int | None, reading: _Reading) -> None:
    if word in _CHARACTERS:
        reading.hear(_CHARACTERS[word])
    elif word == "u" and number is not None:
        reading.hear(_character(number, reading))
        reading.to_skip = reading.state.skipped
    elif word in _UNREAD or (reading.is_starred and word not in _KNOWN_AFTER_STAR):
        reading.change(target="font" if word == "fonttbl" else "")
    elif (act := _ACTS.get(word)) is not None:
        act(number, reading)
    elif word in _INFO and reading.state.info == "info":
        reading.change(target="info", info=word)


def _character(number: int, reading: _Reading) -> str:
    """Return a character of Unicode; numbers are signed, and one beyond 16 bits comes in two halves."""
    code = number % 65536
    if 0xD800 <= code < 0xDC00:
        reading.half = chr(code)
        return ""
    if 0xDC00 <= code < 0xE000:
        pair, reading.half = reading.half + chr(code), ""
        return pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return chr(code) if code >= 32 else " "


def _stylesheet(number: int | None, reading: _Reading) -> None:
    reading.change(target="styles")


def _style(number: int | None, reading: _Reading) -> None:
    is_table = reading.state.target in ("styles", "style")
    reading.change(style=number or 0, **({"target": "style"} if is_table else {}))


def _plain_paragraph(number: int | None, reading: _Reading) -> None:
    if reading.state.target not in ("styles", "style"):
        reading.change(style=0, outline=None, is_listed=False, is_cell=False)


def _paragraph(number: int | None, reading: _Reading) -> None:
    if reading.state.target in _PARAGRAPH_ENDS:
        reading.hear(_PARAGRAPH_ENDS[reading.state.target])
    elif reading.state.is_cell:
        reading.hear("\n")
    elif reading.state.target == "text":
        _end_table(reading)
        _end_paragraph(reading)


def _cell(number: int | None, reading: _Reading) -> None:
    reading.cells.append(tidy(reading.taken("text")))
    reading.taken("mark")


def _row(number: int | None, reading: _Reading) -> None:
    if any(reading.cells):
        reading.rows.append(tuple(reading.cells))
    reading.cells.clear()


def _end_table(reading: _Reading) -> None:
    rows = tuple(reading.rows)
    reading.rows.clear()
    if len(rows) == 1 and len(rows[0]) == 1:
        reading.blocks.append(Block("paragraph", rows[0][0]))
    elif rows:
        reading.blocks.append(Block("table", " | ".join(cell for row in rows for cell in row), rows=rows))


def _end_paragraph(reading: _Reading) -> None:
    text, mark = tidy(reading.taken("text")), tidy(reading.taken("mark"))
    if text and is_for_contents(reading.styles.get(reading.state.style, "")):
        reading.drops.append(Drop(Block("paragraph", text), "contents"))
    elif text:
        reading.blocks.append(_block(text, mark, reading))
    reading.blocks += reading.notes
    reading.notes.clear()


def _block(text: str, mark: str, reading: _Reading) -> Block:
    style = reading.styles.get(reading.state.style, "")
    outline = reading.state.outline
    level = heading_level(style) or (outline + 1 if outline is not None else 0)
    if 0 < level <= OUTLINE_MAX:
        return Block("heading", text, min(_HEADING_MAX, level))
    if kind := _TABLE["styles"].get(style.lower()):
        return Block(kind, text)
    if mark or reading.state.is_listed:
        counted = _COUNTED.fullmatch(mark)
        return Block("list_item", f"{counted[1]}. {text}" if counted else text)
    return Block("paragraph", text)


def _day(text: str) -> date | None:
    try:
        return date(*map(int, text.split("-")))
    except (ValueError, TypeError):
        return None


def _gather_moment(number: int | None, reading: _Reading) -> None:
    """Gather year, month and day of when a file was made."""
    if reading.state.info == "creatim" and number is not None:
        before = reading.info.get("creatim", "")
        reading.info["creatim"] = f"{before}-{number}" if before else str(number)


def _to(**what: object) -> Callable[[int | None, _Reading], None]:
    """Return what a control word does that changes the group's state."""
    return lambda number, reading: reading.change(**what)


def _set_charset(number: int | None, reading: _Reading) -> None:
    if reading.state.target == "font":
        reading.charsets[reading.state.font] = _TABLE["charsets"].get(str(number or 0), reading.charset)


def _set_code_page(number: int | None, reading: _Reading) -> None:
    codec = f"cp{number}" if number != 65001 else "utf-8"
    try:
        b"".decode(codec)
        reading.charset = codec
    except LookupError:
        return


_ACTS: Mapping[str, Callable[[int | None, _Reading], None]] = {
    "stylesheet": _stylesheet,
    "s": _style,
    "info": _to(target="", info="info"),
    "creatim": _to(info="creatim"),
    "yr": _gather_moment,
    "mo": _gather_moment,
    "dy": _gather_moment,
    "pard": _plain_paragraph,
    "par": _paragraph,
    "sect": _paragraph,
    "page": _paragraph,
    "cell": _cell,
    "row": _row,
    "intbl": _to(is_cell=True),
    "footnote": _to(target="note"),
    "shptxt": _to(target="box"),
    "pntext": _to(target="mark"),
    "listtext": _to(target="mark"),
    "ls": _to(is_listed=True),
    "plain": _to(is_hidden=False),
    "deleted": lambda number, reading: reading.change(is_hidden=number != 0),
    "v": lambda number, reading: reading.change(is_hidden=number != 0),
    "outlinelevel": lambda number, reading: reading.change(outline=number),
    "uc": lambda number, reading: reading.change(skipped=min(8, max(0, number or 0)) if number is not None else 1),
    "f": lambda number, reading: reading.change(font=number or 0),
    "fcharset": _set_charset,
    "ansicpg": _set_code_page,
    "mac": lambda number, reading: setattr(reading, "charset", "mac_roman"),
}
