"""Drafts read and written: a file as a value, and the value as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from narrate.core.article import Article, Block, Metadata
from narrate.core.errors import OutputError, SourceError
from narrate.core.system.files import write_whole
from narrate.core.system.terminal_text import printable
from narrate.sources.read.characters import bare
from narrate.sources.read.decoding import decode
from narrate.sources.read.draft.head import head_of, is_draft, lines_of_head
from narrate.sources.read.draft.kinds import blocks_of, is_open_heading, lines_of
from narrate.sources.read.draft.pieces import NOTE, SAY, SIGN, Piece, pieces_of, unmarked_spans
from narrate.sources.read.draft.signs import ENDING
from narrate.sources.read.draft.values import BY_HAND, Draft, DraftBlock, with_ids
from narrate.sources.read.marks.placing import placed
from narrate.sources.read.marks.scanning import Scanned, scanned
from narrate.sources.read.marks.signs import may_have_marks
from narrate.sources.read.marks.stand_ins import only_stand_ins

_DROPPED, _SAID, _DOUBTFUL = "dropped:", "said:", "doubtful:"


def read_draft(path: Path) -> Draft:
    """Read the draft in a file.

    Raises:
        SourceError: It cannot be read, or is none, or a line of it cannot be understood; says which.
    """
    name = printable(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror or error}", "check the path") from error
    text = decode(data, name)
    if not is_draft(text):
        raise SourceError(f"{name} is no draft", "make one with: narrate draft SOURCE")
    return draft_of(text, name)


def draft_of(text: str, name: str = "the draft") -> Draft:
    """Return the draft that a text is.

    Args:
        text: With "\\n" line ends.
        name: Of the file, for errors.

    Raises:
        SourceError: A line cannot be understood; says which.
    """
    head = head_of(text, name)
    start = len(text) - len(head.body)
    scan = None
    if may_have_marks(head.body):
        spans = [(start + first, start + end) for first, end in unmarked_spans(head.body)]
        scan = scanned(text, "markdown", name, spans, start)
    above, pieces = pieces_of(scan.text[start:] if scan else head.body, head.first_line, name)
    title = _title_at([(_open_heading(piece), piece.is_dropped) for piece in pieces], head.meta.title)
    read = [block for index, piece in enumerate(pieces) for block in _blocks(piece, is_title=index == title)]
    blocks = with_ids(_with_marks(read, scan) if scan else read)
    return Draft(head.meta, blocks, head.source, tuple(above.notes), head.unknown)


def _with_marks(blocks: Sequence[DraftBlock], scan: Scanned) -> Iterator[DraftBlock]:
    """Give blocks their marks; a mark between two that are spoken belongs to one of them, whatever was dropped there.

    Raises:
        MarkError: A mark cannot be done where it stands.
    """
    real = [one for one in blocks if one.block.rows or not only_stand_ins(one.block.text)]
    done: dict[bool, Iterator[Block]] = {}
    for is_dropped in (False, True):
        these = tuple(one.block for one in blocks if one.is_dropped is is_dropped)
        done[is_dropped] = iter(placed(Article(Metadata(), these), scan).blocks)
    return (replace(one, block=next(done[one.is_dropped])) for one in real)


def _open_heading(piece: Piece) -> str | None:
    """Return the words of a piece that may be the title, None for any other."""
    blocks = blocks_of(piece.lines) if is_open_heading(piece.lines) else []
    return blocks[0].text if blocks else None


def _title_at(headings: Sequence[tuple[str | None, bool]], title: str | None) -> int | None:
    """Return which block the title is: the kept heading that has its words, else one before all else that is kept.

    Args:
        headings: Of each block the words, if it is written "# words", and whether it is dropped.
        title: What the front matter says.
    """
    kept = [(index, words) for index, (words, is_dropped) in enumerate(headings) if not is_dropped]
    named = (index for index, words in kept if words is not None and title and bare(words) == bare(title))
    first = next(iter(kept), (0, None))
    return next(named, first[0] if first[1] is not None else None)


def _blocks(piece: Piece, *, is_title: bool) -> Iterator[DraftBlock]:
    """Yield the blocks of a piece; notes, and what is said instead, are those of its last one."""
    blocks = blocks_of(piece.lines)
    if is_title:
        blocks = [replace(blocks[0], kind="title", level=0)]
    for block in blocks[:-1]:
        yield DraftBlock(block, piece.is_dropped, BY_HAND if piece.is_dropped else "", line=piece.line)
    if blocks:
        yield _noted(DraftBlock(blocks[-1], piece.is_dropped, say=piece.say or "", line=piece.line), piece.notes)


def _noted(block: DraftBlock, notes: Sequence[str]) -> DraftBlock:
    """Give a block what its notes say; those that narrate does not know are the editor's own."""
    doubtful, others = [], []
    for note in notes:
        if note.startswith(_DROPPED):
            rule, _, why = note.removeprefix(_DROPPED).strip().partition("; ")
            block = replace(block, rule=rule, why=why)
        elif note.startswith(_SAID):
            block = replace(block, said=note.removeprefix(_SAID).strip())
        elif note.startswith(_DOUBTFUL):
            doubtful.append(note.removeprefix(_DOUBTFUL).strip())
        else:
            others.append(note)
    rule = block.rule or (BY_HAND if block.is_dropped else "")
    return replace(block, rule=rule, doubtful=tuple(doubtful), notes=tuple(others))


def draft_path(folder: Path, stem: str) -> Path:
    """Return where the draft of an article lies in a folder, by the name of its episode without an ending."""
    return folder / f"{stem}{ENDING}"


def write_draft(path: Path, draft: Draft) -> None:
    """Write a draft into a file, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        write_whole(path, draft_text(draft).encode("utf-8"))
    except OSError as error:
        name = printable(str(path))
        raise OutputError(f"{name} cannot be written: {error.strerror or error}", "name another with -o") from error


def draft_text(draft: Draft) -> str:
    """Return a draft as text; `draft_of` gives the same draft again."""
    parts = ["\n".join(lines_of_head(draft)), *(["\n".join(map(_note, draft.notes))] if draft.notes else [])]
    title = _written_title(draft)
    parts += ["\n".join(_lines(one, is_title_line=index in title)) for index, one in enumerate(draft.blocks)]
    return "\n\n".join(parts) + "\n"


def _written_title(draft: Draft) -> frozenset[int]:
    """Return which titles are to be written "# words", and which headings must not look like one."""
    headings = [(one.block.text if _may_be_title(one.block) else None, one.is_dropped) for one in draft.blocks]
    closed = set()
    while (at := _title_at(headings, draft.meta.title)) is not None:
        closed.add(at)
        if draft.blocks[at].block.kind == "title":
            break
        headings[at] = (None, headings[at][1])
    return frozenset(closed)


def _may_be_title(block: Block) -> bool:
    return block.kind == "title" or (block.kind == "heading" and block.level == 1)


def _lines(one: DraftBlock, *, is_title_line: bool) -> Iterator[str]:
    """Yield the lines of a block and of what is noted of it; only the first of them has the sign that drops it."""
    first, *others = lines_of(one.block, is_title_line=is_title_line)
    yield f"{SIGN} {first}" if one.is_dropped else first
    yield from others
    if one.say:
        yield f"{SAY} {one.say}"
    if one.rule and (one.rule != BY_HAND or not one.is_dropped):
        yield _note(f"{_DROPPED} {'; '.join(filter(None, (one.rule, one.why)))}")
    if one.said:
        yield _note(f"{_SAID} {one.said}")
    yield from (_note(f"{_DOUBTFUL} {line}") for line in one.doubtful)
    yield from map(_note, one.notes)


def _note(text: str) -> str:
    return f"{NOTE} {text}"
