"""Lines of plain text become blocks: paragraphs, and the evident title, headings, quotes, tables and list items."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from narrate.core.article import Article, Block, Metadata
from narrate.core.resources import packaged_table
from narrate.sources.read.bylines import read_front_lines
from narrate.sources.read.marks.stand_ins import only_stand_ins, without_first, without_stand_ins
from narrate.sources.read.plain_text.hyphens import is_parted, joined, words_of
from narrate.sources.read.plain_text.tables import Rows, is_table_line, rows_of

# Text wrapped by hand or by mail programs is 60 to 80 wide; a file whose lines are wider than this
# keeps a paragraph on a line, and one with narrower lines than the lower bound is a list or a poem.
WRAP_WIDTH_MAX_CHARS = 120
WRAP_WIDTH_MIN_CHARS = 40

TITLE_MAX_CHARS = 200
HEADING_MAX_CHARS = 80
HEADING_MAX_WORDS = 12
PROSE_MIN_WORDS = 12

_HASHES = re.compile(r"(#{1,6})\s+")
_UNDERLINE = re.compile(r"(={3,}|-{3,})$")
_RULE = re.compile(r"[\s*_=~#•·⁂–—─═━-]+$")
# ">" before a line quotes it, as in mails; ">>> " is what Python asks with.
_QUOTE = re.compile(r"(?!>>> )(?:>\s?)+")
_BULLET = re.compile(r"[-*•‣▪◦·●○■□▸►▶➢➤❖✓✔⁃∙]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")
_QUOTES = "\"'“‘«„—–-"
_LAST_MARK = re.compile(r"""[.!?…:;,]["'”’)\]]*$""")
_DOTTED_END = re.compile(r"""\b(?:[A-Z]\.){2,}["'”’)\]]*$""")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that belong together, already joined; marks are what the author typed around them."""

    text: str
    heading_level: int = 0
    is_quote: bool = False
    rows: Rows = ()


def article_from_text(text: str) -> Article:
    """Turn decoded plain text into an article.

    Paragraphs are told apart by blank lines; inside such a group a line break is a wrap when the next
    line's first word would not have fitted, and a paragraph break otherwise.

    Args:
        text: NFC text with "\\n" line ends.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    found = list(_paragraphs(lines))
    paragraphs = [replace(one, text=without_stand_ins(one.text)) for one in found if not only_stand_ins(one.text)]
    blocks = tuple(_block(paragraphs, index) for index in range(len(paragraphs)))
    title = blocks[0].text if blocks and blocks[0].kind == "title" else None
    blocks, meta = read_front_lines(blocks, Metadata(title=title))
    return Article(meta, tuple(_with_marks(found, blocks)))


def _with_marks(found: Iterable[_Paragraph], blocks: Iterable[Block]) -> Iterator[Block]:
    """Put what stands for marks back in its place, in a block or between two; it decides nothing about them."""
    others = iter(blocks)
    for paragraph in found:
        plain = without_stand_ins(paragraph.text)
        if only_stand_ins(paragraph.text):
            yield Block("paragraph", paragraph.text)
        elif plain == paragraph.text:
            yield next(others)
        else:
            block = next(others)
            yield replace(block, text=without_first(paragraph.text, len(plain) - len(block.text)))


def _paragraphs(lines: Sequence[str]) -> Iterator[_Paragraph]:
    """Yield the paragraphs; runs of quoted lines, of table rows and of others are told apart first."""
    width, words = wrap_width(lines), words_of(lines)
    for kind, run in itertools.groupby(lines, key=_kind_of):
        own = list(run)
        if kind == "quote":
            inner = [_QUOTE.sub("", line, count=1) for line in own]
            yield from (replace(found, is_quote=True) for found in _running(inner, width, words))
        elif kind == "table" and len(own) > 1:
            yield from _table(own)
        else:
            yield from _running(own, width, words)


def _kind_of(line: str) -> str:
    return "table" if is_table_line(line) else "quote" if _QUOTE.match(line) else ""


def _table(lines: Sequence[str]) -> Iterator[_Paragraph]:
    rows = rows_of(lines)
    texts = [" | ".join(row) for row in rows if any(row)]
    if texts:
        yield _Paragraph(" | ".join(texts), rows=rows)


def _running(lines: Sequence[str], width: int, words: Set[str]) -> Iterator[_Paragraph]:
    group: list[str] = []
    for line in [*lines, ""]:
        if len(group) == 1 and _UNDERLINE.match(line) and _is_underlinable(group[0]):
            yield _Paragraph(group.pop(), 1 if line[0] == "=" else 2)
        elif hashes := _HASHES.match(line):
            yield from _joined(group, words)
            group = []
            yield from _heading(line[hashes.end() :], len(hashes[1]))
        elif not line or _RULE.match(line):
            yield from _joined(group, words)
            group = []
        elif group and _is_break(group, line, width):
            yield from _joined(group, words)
            group = [line]
        else:
            group.append(line)


def _heading(text: str, level: int) -> Iterator[_Paragraph]:
    """Yield what stands after the number signs, without those that close it; a row of signs is a separator."""
    if words := text.rstrip("# "):
        yield _Paragraph(words, level)


def _is_underlinable(line: str) -> bool:
    """A row of dashes under a paragraph is a separator."""
    return len(line) <= HEADING_MAX_CHARS and not _SENTENCE_END.search(line)


def _joined(lines: list[str], words: Set[str]) -> Iterator[_Paragraph]:
    if lines:
        yield _Paragraph(joined(lines, words))


def wrap_width(lines: Sequence[str]) -> int:
    """Return the column that a text is wrapped at, 0 where its lines are not wrapped.

    A line is wrapped when the first word of the next one would not have fitted; if that holds for most
    of the line breaks inside paragraphs, the text is wrapped.
    """
    breaks = [(line, after) for line, after in itertools.pairwise(lines) if line and after]
    if not breaks:
        return 0
    lengths = sorted(len(line) for pair in breaks for line in pair)
    # One long address in a wrapped text must not widen it for all the others.
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not WRAP_WIDTH_MIN_CHARS <= width <= WRAP_WIDTH_MAX_CHARS:
        return 0
    wrapped = sum(1 for line, after in breaks if _is_full(line, after, width))
    return width if wrapped * 2 > len(breaks) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _is_break(group: Sequence[str], after: str, width: int) -> bool:
    """Tell whether a line begins a new paragraph after those of the group."""
    line = group[-1]
    is_full = bool(width) and _is_full(line, after, width)
    if _BULLET.match(after) or _NUMBERED.match(after):
        # "...in about / 12. It was a terrible": a full line that ends no sentence goes on, unless it is in an item.
        return not is_full or bool(_LAST_MARK.search(line) or _BULLET.match(group[0]) or _NUMBERED.match(group[0]))
    if is_parted(line, after):
        return False
    if after[0].islower() and (not _LAST_MARK.search(line) or (line[-1] == "," and len(line) >= WRAP_WIDTH_MIN_CHARS)):
        return False
    return not is_full


def _block(paragraphs: Sequence[_Paragraph], index: int) -> Block:
    paragraph = paragraphs[index]
    text = paragraph.text
    if paragraph.rows:
        return Block("table", text, rows=paragraph.rows)
    if paragraph.is_quote:
        return Block("quote", text)
    if index == 0 and len(paragraphs) > 1 and (paragraph.heading_level == 1 or _is_title(text)):
        return Block("title", text)
    if paragraph.heading_level:
        return Block("heading", text, paragraph.heading_level)
    if bullet := _BULLET.match(text):
        return Block("list_item", text[bullet.end() :])
    if _NUMBERED.match(text) and _has_numbered_neighbour(paragraphs, index):
        return Block("list_item", text)
    if _is_heading(paragraphs, index) or _division().fullmatch(text):
        return Block("heading", text, 2)
    return Block("paragraph", text)


@cache
def _division() -> re.Pattern[str]:
    """A line that is nothing but the name of a chapter and its number."""
    names = "|".join(packaged_table("narrate.sources.read.plain_text", "words.toml")["divisions"]["names"])
    return re.compile(rf"(?:{names})\s+(?:\d{{1,3}}|[IVXLC]{{1,8}})[.:]?", re.IGNORECASE)


def _is_title(text: str) -> bool:
    """A first line that is short and does not end as a sentence does."""
    if len(text) > TITLE_MAX_CHARS or not any(char.isalpha() for char in text) or _BULLET.match(text):
        return False
    return text.endswith(("?", "!", "…")) or not _LAST_MARK.search(text) or bool(_DOTTED_END.search(text))


def _has_numbered_neighbour(paragraphs: Sequence[_Paragraph], index: int) -> bool:
    around = [*paragraphs[max(0, index - 1) : index], *paragraphs[index + 1 : index + 2]]
    return any(_NUMBERED.match(paragraph.text) for paragraph in around)


def _is_heading(paragraphs: Sequence[_Paragraph], index: int) -> bool:
    """A short line without a last mark that stands before prose, and after prose or the title."""
    text = paragraphs[index].text
    if len(text) > HEADING_MAX_CHARS or len(text.split()) > HEADING_MAX_WORDS or _is_prose(text):
        return False
    first_letter = next((char for char in text if char.isalnum()), "")
    if text[0] in _QUOTES or not first_letter or first_letter.islower() or not any(char.isalpha() for char in text):
        return False
    if _LAST_MARK.search(text) and not text.endswith("?"):
        return False
    before = index == 1 or (index > 1 and _is_prose(paragraphs[index - 1].text))
    after = index + 1 < len(paragraphs) and _is_prose(paragraphs[index + 1].text)
    return before and after


def _is_prose(text: str) -> bool:
    return len(text.split()) >= PROSE_MIN_WORDS or bool(_SENTENCE_END.search(text) and not text.endswith("?"))
