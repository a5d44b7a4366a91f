"""Reader for Markdown: CommonMark with tables, footnotes and what blogs and note-takers add, as typed blocks."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Literal

from markdown_it.token import Token

from narrate.core.article import Article, Block, BlockKind, Drop, Metadata
from narrate.sources.read.characters import tidy
from narrate.sources.read.dialects.context import Context, context_of
from narrate.sources.read.dialects.fences import with_fence_closed
from narrate.sources.read.dialects.hidden_parts import hidden_tokens
from narrate.sources.read.dialects.inline import GAP, drop
from narrate.sources.read.dialects.maths import formula_in_words
from narrate.sources.read.front_matter.splitting import split_front_matter
from narrate.sources.read.html_fragments import (
    SILENT_TAGS,
    blocks_from_fragment,
    code_block,
    line_from_fragment,
    read_fragment,
    table_block,
)
from narrate.sources.read.markdown_syntax import Parsed, parse_markdown
from narrate.sources.read.marks.stand_ins import only_stand_ins

# Each costs another look at the whole text; nobody forgets more of them.
OPEN_FENCES_MAX = 8
_OPEN_FENCE = "the code that begins in line {line} has no end, and what looks like prose behind it is read"

# Stands for a mark of a footnote, or of a dialect, until the text around it is known.
_MARK = GAP
# The same where HTML is parsed, which has no place for that: one of the characters that stand for none.
_MARK_IN_HTML = "\ufdd0"
# A tag that may hide what it holds, or say how it is heard, or raises a mark.
_MARKED_UP = re.compile(r"<(?:sup\b|[a-z][a-z0-9-]*\s[^>]*\b(?:hidden|aria-\w+|class|style|role)\b)", re.IGNORECASE)
# A row of them is taken whole, so that each mark is looked at once.
_MARKS = re.compile(r"(?<!\s)\s*+\0(?:\s*+(?:,\s*+)?+\0)*+(?P<closes>(?=[.,;:!?…)\]’”]|$))?+")

# A link that is nothing but a number and leads to a note, and the way back from there.
_NOTE_NUMBER = re.compile(r"[\[(]*\d{1,3}[\])]*|[↩↑⤴^*†‡]\ufe0e?")
_NOTE_ADDRESS = re.compile(r"#(?:user-content-)?_?(?:fn|ftn|(?:sd)?footnote|(?:end)?note|cite|ref)", re.IGNORECASE)
_SILENT_MAX_TOKENS = 20

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_TASK = re.compile(r"\[[ xX]\](?:\s+|$)")
_ALERT = re.compile(r"\[![A-Za-z-]+\][+-]?(?:\s+|$)")
_ATTRIBUTES = re.compile(r"(?:^|\s*)\{\s*[#.][^{}]*\}$")
_CONTENTS_MARKS = ("toc", "[toc]")
_FORMULA_FENCES = ("math", "{math}", "latex math")
_COMMENT = re.compile(r"<!--((?:(?!-->).)*+)", re.DOTALL)


@dataclass(slots=True)
class _Open:
    """A container that has begun and not ended."""

    kind: Literal["quote", "list", "item", "note"]
    mark: str = ""  # what its first words begin with
    number: int | None = None  # of a list's next item, of a note; None for bullets
    is_begun: bool = False
    blocks: list[Block] = field(default_factory=list)  # of a note


@dataclass(slots=True)
class _Page:
    """The part of a document that has been read so far."""

    notes_by_id: Mapping[int, Mapping[str, Any]]
    ids_by_label: Mapping[str, int]
    has_numbers: bool
    language: str
    blocks: list[Block] = field(default_factory=list, init=False)
    notes: list[_Open] = field(default_factory=list, init=False)
    open: list[_Open] = field(default_factory=list, init=False)
    rows: list[list[str]] = field(default_factory=list, init=False)
    drops: list[Drop] = field(default_factory=list, init=False)


def article_from_markdown(text: str, name: str = "the article") -> Article:
    """Turn decoded Markdown into an article.

    Front matter becomes metadata, and its title or a heading of level 1 that begins the text becomes the
    title; footnotes come last.

    Args:
        text: NFC text with "\\n" line ends.
        name: What to call it in a message.
    """
    meta, body = split_front_matter(text, name)
    context = context_of(body, meta.language)
    parsed, open_fences = _parsed(body, context)
    page = _page(parsed, context)
    before = text.count("\n") - body.count("\n")
    article = _titled(meta, page.blocks, tuple(page.drops))
    return replace(article, doubts=tuple(_OPEN_FENCE.format(line=before + line) for line in open_fences))


def _parsed(text: str, context: Context) -> tuple[Parsed, list[int]]:
    """Return a text as tokens, and in which of its lines fences open that were not closed before prose."""
    opened: list[int] = []
    parsed = parse_markdown(text, context)
    while len(opened) < OPEN_FENCES_MAX and (mended := with_fence_closed(text, parsed.tokens)):
        opened.append(mended.line - 2 * len(opened))  # two lines were added for each one before
        text = mended.text
        parsed = parse_markdown(text, context)
    return parsed, opened


def _titled(meta: Metadata, blocks: list[Block], drops: tuple[Drop, ...]) -> Article:
    first = next((index for index, block in enumerate(blocks) if not _is_before_title(block)), len(blocks))
    heading = next((index for index, block in enumerate(blocks) if block.kind == "heading"), None)
    title = meta.title
    place = next((index for index, block in enumerate(blocks) if not only_stand_ins(block.text)), 0)
    if title and heading is not None and _folded(blocks[heading].text) == _folded(title):
        del blocks[heading]
    elif not title and first == heading and blocks[first].level == 1:
        title = blocks.pop(first).text
    else:
        place = 0
    if title:
        blocks.insert(place, Block("title", title))
    return Article(replace(meta, title=title), tuple(blocks), drops)


def _is_before_title(block: Block) -> bool:
    return block.kind == "image" or only_stand_ins(block.text)


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum()) or text


def _page(parsed: Parsed, context: Context) -> _Page:
    page = _Page(parsed.notes_by_id, parsed.ids_by_label, _has_numbers(parsed.notes_by_id), context.language)
    hidden = hidden_tokens(parsed.tokens)
    for index, token in enumerate(parsed.tokens):
        if index in hidden:
            _leave_out(page, "hidden", token.content)
        else:
            _read(page, token, parsed.tokens[index - 1] if index else token)
    for number, note in parsed.notes_by_id.items():
        if "tokens" in note:
            _read_note(page, number, note["tokens"])
    for container in sorted(page.notes, key=lambda container: container.number or 0):
        page.blocks += container.blocks
    return page


def _read(page: _Page, token: Token, before: Token) -> None:
    match token.type:
        case "inline":
            _read_inline(page, token, before)
        case "fence" if token.info.strip() in _FORMULA_FENCES:
            _add_formula(page, token.content)
        case "fence" | "code_block":
            _add(page, code_block(token.content))
        case "html_block":
            _leave_out(page, "comment", " ".join(_COMMENT.findall(token.content)))
            _add_fragment(page, token.content)
        case "dropped":
            _leave_out(page, token.info, token.content)
        case "worded":
            _add(page, [Block("caption" if token.info == "caption" else "image", tidy(token.content))])
        case "table_open":
            page.rows = []
        case "tr_open":
            page.rows.append([])
        case "table_close":
            _add(page, table_block(page.rows))
        case _:
            _read_container(page, token)


def _add_fragment(page: _Page, html: str) -> None:
    found = read_fragment(html)
    page.drops += found.drops
    _add(page, found.blocks)


def _leave_out(page: _Page, rule: str, text: str) -> None:
    """Put on record what is not read, if it has words."""
    if any(map(str.isalnum, text)):
        page.drops.append(drop(rule, text))


def _add_formula(page: _Page, tex: str) -> None:
    said, is_whole = formula_in_words(tex, page.language, is_display=True)
    _add(page, [Block("paragraph", said)])
    if not is_whole:
        _leave_out(page, "formula", tex)


def _read_container(page: _Page, token: Token) -> None:
    match token.type:
        case "blockquote_open":
            page.open.append(_Open("quote"))
        case "bullet_list_open":
            page.open.append(_Open("list"))
        case "ordered_list_open":
            page.open.append(_Open("list", number=int(token.attrs.get("start", 1))))
        case "list_item_open":
            page.open.append(_Open("item", mark=_next_number(page.open[-1])))
        case "footnote_reference_open":
            _open_note(page, token.meta["label"])
        case (
            "blockquote_close"
            | "bullet_list_close"
            | "ordered_list_close"
            | "list_item_close"
            | "footnote_reference_close"
        ):
            page.open.pop()


def _next_number(container: _Open) -> str:
    if container.number is None:
        return ""
    container.number += 1
    return f"{container.number - 1}. "


def _open_note(page: _Page, label: str) -> None:
    """A note that nothing refers to comes after the others; no word of it is lost."""
    number = page.ids_by_label.get(f":{label}", -1)
    mark = label if label.isdecimal() and page.has_numbers else str(number + 1) if number >= 0 else ""
    page.open.append(_Open("note", f"{mark}. " if mark else "", number if number >= 0 else sys.maxsize))
    page.notes.append(page.open[-1])


def _has_numbers(notes_by_id: Mapping[int, Mapping[str, Any]]) -> bool:
    """Labels are what the reader of the page sees only if all of them are numbers."""
    labels = (str(note.get("label", "")) for note in notes_by_id.values())
    return all(label.isdecimal() for label in labels)


def _read_note(page: _Page, number: int, tokens: Sequence[Token]) -> None:
    """A note that was written where its mark stands."""
    page.open = [_Open("note", f"{number + 1}. ", number)]
    page.notes.extend(page.open)
    text, images = _spoken(tokens)
    _add(page, [Block("paragraph", text), *images])
    page.open = []


def _read_inline(page: _Page, token: Token, before: Token) -> None:
    text, images = _spoken(token.children or ())
    page.drops += token.meta.get("drops", ())
    images += token.meta.get("captions", ())
    if before.type in ("th_open", "td_open"):
        page.rows[-1].append(text or tidy(" ".join(image.text for image in images)))
    elif before.type == "heading_open":
        _add(page, [Block("heading", _ATTRIBUTES.sub("", text), int(before.tag[1])), *images])
    elif text.casefold() in _CONTENTS_MARKS:
        return
    else:
        _add(page, [Block("paragraph", text), *images])


def _add(page: _Page, blocks: Iterable[Block]) -> None:
    """Put blocks where they belong; those without text are left out."""
    note = next((container for container in reversed(page.open) if container.kind == "note"), None)
    for block in blocks:
        placed = _in_note(note, block) if note else _in_text(page, block)
        if placed.text:
            (note.blocks if note else page.blocks).append(placed)


def _in_note(note: _Open, block: Block) -> Block:
    """Make all that a note holds a footnote, so that nothing of it is left where notes are not read."""
    text = tidy(block.text)
    return Block("footnote", _mark_of(note) + text if text else "")


def _in_text(page: _Page, block: Block) -> Block:
    innermost = page.open[-1] if page.open else None
    if block.kind != "paragraph":
        return block
    kind: BlockKind = "quote" if any(container.kind == "quote" for container in page.open) else "paragraph"
    text = _ALERT.sub("", block.text, count=1) if kind == "quote" and _ALERT.match(block.text) else block.text
    if innermost and innermost.kind == "item" and not innermost.is_begun:
        kind = "list_item"
        text = text[task.end() :] if (task := _TASK.match(text)) else text
        text = _mark_of(innermost) + text if text else ""
    return Block(kind, text)


def _mark_of(container: _Open) -> str:
    """Return the mark before the first words in a container, once; "" afterwards."""
    mark = "" if container.is_begun else container.mark
    container.is_begun = True
    return mark


def _spoken(tokens: Sequence[Token]) -> tuple[str, list[Block]]:
    """The words of a paragraph, and its images."""
    pieces: list[str] = []
    images: list[Block] = []
    silent_to = -1
    is_marked_up = any(token.type == "html_inline" and _MARKED_UP.match(token.content) for token in tokens)
    for index, token in enumerate(tokens):
        if index <= silent_to:
            continue
        if end := _silent_end(tokens, index):
            pieces.append(_MARK)
            silent_to = end
        elif token.type == "image":
            alt, inner = _spoken(token.children or ())
            images.extend([Block("image", alt), *inner] if alt else inner)
        elif token.type == "html_inline":
            pieces.append(token.content if is_marked_up else _gap(token.content))
            images.extend(blocks_from_fragment(token.content) if _tag(token) == ("", "img") else ())
        else:
            pieces.append(escape(_words(token), quote=False) if is_marked_up else _words(token))
    text = "".join(pieces)
    if is_marked_up:
        text = line_from_fragment(text.replace(_MARK, _MARK_IN_HTML)).replace(_MARK_IN_HTML, _MARK)
    return tidy(_MARKS.sub(_unmarked, text).replace(_MARK, "")), images


def _unmarked(marks: re.Match[str]) -> str:
    """Marks go with the space before them where a sign follows: all of them, or those up to a comma in their row."""
    if marks["closes"] is not None:
        return ""
    comma = marks[0].rfind("\0,")
    return marks[0] if comma < 0 else marks[0][comma + 1 :]


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return _MARK if token.type == "footnote_ref" else token.content if token.type in ("text", "code_inline") else ""


def _gap(html: str) -> str:
    return " " if html.lower().startswith("<br") else ""


def _tag(token: Token) -> tuple[str, str]:
    """Slash and name of an inline tag, empty for anything else."""
    match = _TAG.match(token.content) if token.type == "html_inline" else None
    return (match[1], match[2].lower()) if match else ("", "")


def _silent_end(tokens: Sequence[Token], index: int) -> int:
    """Return where a span ends that begins here and is not spoken: a mark of a note, a script; 0 for any other."""
    token = tokens[index]
    if token.type == "link_open" and _is_to_note(token):
        end = _closing(tokens, index, lambda other: other.type == "link_close")
        words = "".join(other.content for other in tokens[index:end])
        return end if _NOTE_NUMBER.fullmatch(words) else 0
    slash, name = _tag(token)
    if slash or (name != "sup" and name not in SILENT_TAGS):
        return 0
    end = _closing(tokens, index, lambda other: _tag(other) == ("/", name))
    return end if name in SILENT_TAGS or any(_is_to_note(other) for other in tokens[index:end]) else 0


def _closing(tokens: Sequence[Token], start: int, is_end: Callable[[Token], bool]) -> int:
    """The first end of a short span, 0 where it has none."""
    stop = min(len(tokens), start + _SILENT_MAX_TOKENS)
    return next((index for index in range(start + 1, stop) if is_end(tokens[index])), 0)


def _is_to_note(token: Token) -> bool:
    address = str(token.attrs.get("href", "")) if token.type == "link_open" else token.content
    return token.type in ("link_open", "html_inline") and bool(_NOTE_ADDRESS.search(address))
