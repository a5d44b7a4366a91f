"""Blocks as Markdown and back: what stands before the words of each kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrate.core.article import Block
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.inline import escaped, words_of
from narrate.sources.read.draft.marked import marked
from narrate.sources.read.html_fragments import code_block, table_block

ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?:\s+|$)")
FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"(#{1,6})(?:\s+|$)(.*?)(?P<closed>\s+#+)?\s*$")
_UNDERLINE = re.compile(r"=+")
_BREAK = re.compile(r"(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}")
_IMAGE = re.compile(r"!\[(?P<words>.*)\]\([^()]*\)")
_FOOTNOTE = re.compile(r"\[\^(?P<mark>[^\]\s]*)\]:\s*(?P<words>.*)")
_CELLS_APART = re.compile(r"(?<!\\)\|")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_ITEM_NUMBER = re.compile(r"(\d{1,9})\. (?=.)")
# Where words begin with what another kind begins with.
_TAKEN = re.compile(r"#{1,6}(?:\s|$)|[-*+](?:\s|$)|>|\||~~~|%|:\s|!\[|={1,}$|-{3,}|\d{1,9}[.)](?:\s|$)")
_SETEXT = "==="


def lines_of(block: Block, *, is_title_line: bool = False) -> list[str]:
    """Return a block as lines of Markdown, the words of each on one line.

    Args:
        block: One that is neither intro nor outro.
        is_title_line: The reader would take "# words" there for the title.
    """
    words = marked(block)
    match block.kind:
        case "title":
            return [f"# {_hashless(words)}"] if is_title_line else [_begun(words), _SETEXT]
        case "heading":
            closing = " #" if is_title_line and block.level == 1 else ""
            return [f"{'#' * block.level} {_hashless(words)}{closing}"]
        case "list_item":
            return [words if _ITEM_NUMBER.match(words) else f"- {words}"]
        case "quote":
            return [f"> {words}"]
        case "code":
            return _fenced(block.text)
        case "table":
            return _table_lines(block)
        case "caption":
            return [f": {words}"]
        case "image":
            return [f"![{words}]()"]
        case "footnote":
            numbered = _ITEM_NUMBER.match(words)
            return [f"[^{numbered[1]}]: {words[numbered.end() :]}" if numbered else f"[^]: {words}"]
    return [_begun(words)]


def _hashless(words: str) -> str:
    """Words that end in number signs, which would close a heading."""
    return re.sub(r"#$", r"\\#", words)


def _begun(words: str) -> str:
    """Words that begin with what begins another kind of block."""
    found = _TAKEN.match(words)
    if not found:
        return words
    digits = re.match(r"\d*", words)
    at = digits.end() if digits else 0
    return f"{words[:at]}\\{words[at:]}"


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.split("\n"), fence]


def _table_lines(block: Block) -> list[str]:
    if not block.rows:
        return [_row(block.text.split(" | "))]
    header, *rows = block.rows
    width = max(map(len, block.rows))
    return [_row(header or ("",) * width), f"|{'---|' * max(width, 1)}", *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f"|{'|'.join(' ' + escaped(cell).replace('|', chr(92) + '|') + ' ' for cell in cells)}|"


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Return the blocks of a piece of a draft; a heading of level 1 may be the title, which is not known here.

    Args:
        lines: Of one paragraph, one item, one table, one piece of code, or a quote.
    """
    first = lines[0].strip()
    if FENCE.match(first):
        return list(code_block("\n".join(lines[1:-1])))
    if first.startswith("|"):
        return list(_table(lines))
    if first.startswith(">"):
        return _quotes(lines)
    joined = " ".join(line.strip() for line in lines)
    if _BREAK.fullmatch(joined):
        return []
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1].strip()):
        return _filled(Block("title", words_of(first)))
    return _filled(_one(joined))


def is_open_heading(lines: Sequence[str]) -> bool:
    """Tell whether a piece is a heading of level 1 that may be the title."""
    found = _HEADING.match(" ".join(line.strip() for line in lines))
    return bool(found and found[1] == "#" and not found["closed"])


def _one(line: str) -> Block:
    if heading := _HEADING.match(line):
        return Block("heading", words_of(heading[2]), len(heading[1]))
    if item := ITEM.match(line):
        words = words_of(line[item.end() :])
        return Block("list_item", f"{item['number']}. {words}" if item["number"] and words else words)
    if image := _IMAGE.fullmatch(line):
        return Block("image", words_of(image["words"]))
    if note := _FOOTNOTE.fullmatch(line):
        words = words_of(note["words"])
        return Block("footnote", f"{note['mark']}. {words}" if note["mark"].isdecimal() and words else words)
    if line.startswith(": "):
        return Block("caption", words_of(line[2:]))
    return Block("paragraph", words_of(line))


def _filled(block: Block) -> list[Block]:
    return [block] if block.text else []


def _quotes(lines: Sequence[str]) -> list[Block]:
    """A line with nothing behind its mark parts two quotes; one without a mark goes on with the one before it."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        words = line.strip().removeprefix(">").strip()
        if words:
            paragraphs[-1].append(words)
        else:
            paragraphs.append([])
    texts = (words_of(" ".join(paragraph)) for paragraph in paragraphs)
    return [Block("quote", text) for text in texts if text]


def _table(lines: Sequence[str]) -> tuple[Block, ...]:
    rows = [_CELLS_APART.split(line.strip().removeprefix("|")) for line in lines]
    cells = [row[:-1] if row[-1].strip() == "" else row for row in rows]
    if len(cells) == 1:
        text = " | ".join(map(_cell, cells[0]))
        return (Block("table", text),) if tidy(text) else ()
    has_header = all(map(_RULE_CELL.fullmatch, cells[1])) and bool(cells[1])
    read = [tuple(map(_cell, row)) for row in cells]
    return table_block([read[0], *read[2:]] if has_header else [(), *read])


def _cell(markdown: str) -> str:
    return words_of(markdown.replace("\\|", "|"))
