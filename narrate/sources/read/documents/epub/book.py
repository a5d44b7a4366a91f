"""A book as chapters: its files in the order of the spine, parted where the navigation says that a chapter begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from operator import itemgetter

from narrate.core.article import Block, Drop
from narrate.core.errors import SourceError
from narrate.sources.read.characters import bare
from narrate.sources.read.documents.document import Document, DocumentChapter
from narrate.sources.read.documents.epub.chapter_file import ChapterFile, read_chapter_file
from narrate.sources.read.documents.epub.looks import Look, looks_of_classes
from narrate.sources.read.documents.epub.manifest import Item, Label, Manifest, read_manifest
from narrate.sources.read.documents.epub.matter import matter_of_file, matter_of_path, matter_of_type
from narrate.sources.read.documents.headings import document_of
from narrate.sources.read.documents.package import Package, opened

_ENCRYPTION = "META-INF/encryption.xml"
# Fonts may be garbled by these, which keeps nobody from reading.
_FONT_ALGORITHMS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_LOCKED = "is protected against copying (DRM), and only the shop's own reader may open it"
# The number before a name of a chapter: "Chapter 1", "I.", "1 — The Letter".
_NUMBER = re.compile(
    r"(?:(?:chapter|kapitel|chapitre|capítulo|capitolo|part|teil)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:[.:—–)\s-]+|$)",
    re.IGNORECASE,
)
# A paragraph without an end: a word, a comma or a dash is its last sign.
_UNENDED = re.compile(r"[\w,;–—-][’”\")]?$")
# A chapter's name may stand in its number, its title and the part it is in.
NAMES_MAX = 3
# The Bible has 31,000 verses.
BLOCKS_MAX = 300_000


@dataclass(slots=True)
class _Reading:
    """A book that is being read: chapters so far and what was left out of it.

    Attributes:
        looks: How the book's stylesheets show classes.
        chapters: Those that have ended, and the one that is read.
        drops: What belongs to none.
        count: So many blocks they have.
    """

    looks: Mapping[str, Look]
    chapters: list[DocumentChapter] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    count: int = 0

    def begin(self, title: str | None) -> None:
        """Begin a chapter."""
        self.chapters.append(DocumentChapter(title, ()))

    def add(self, blocks: Sequence[Block], drops: Sequence[Drop] = ()) -> None:
        """Add text to the chapter that is read.

        Raises:
            SourceError: It is more than any book has.
        """
        self.count += len(blocks)
        if self.count > BLOCKS_MAX:
            raise SourceError(f"the book has more than {BLOCKS_MAX:,} paragraphs", "split it into several files")
        if not self.chapters:
            self.begin(None)
        last = self.chapters[-1]
        self.chapters[-1] = replace(last, blocks=last.blocks + tuple(blocks), drops=last.drops + tuple(drops))

    def go_on(self, blocks: Sequence[Block]) -> None:
        """Add what a chapter goes on with in another file; makers cut files that grow too large, in sentences even.

        Raises:
            SourceError: As `add`.
        """
        before = self.chapters[-1].blocks if self.chapters else ()
        last = next((n for n in reversed(range(len(before))) if before[n].kind != "footnote"), None)
        if blocks and last is not None and _is_cut(before[last], blocks[0]):
            whole = replace(before[last], text=f"{before[last].text} {blocks[0].text}")
            self.chapters[-1] = replace(self.chapters[-1], blocks=(*before[:last], whole, *before[last + 1 :]))
            blocks = blocks[1:]
        self.add(blocks)


def _is_cut(before: Block, after: Block) -> bool:
    """Tell whether a paragraph goes on: the first half has words and no end, the other begins without a capital."""
    is_text = before.kind == after.kind == "paragraph"
    return is_text and bool(_UNENDED.search(before.text)) and after.text[:1].islower()


def read_epub(data: bytes, name: str) -> Document:
    """Read a book.

    Args:
        data: The file.
        name: What to call it in an error.

    Raises:
        SourceError: It is damaged, protected, or holds no text.
    """
    with opened(data, name) as package:
        _require_open(package)
        manifest = read_manifest(package)
        reading = _Reading(looks_of_classes(package))
        for item in dict.fromkeys(manifest.spine):
            _read_item(package, item, manifest, reading)
    chapters = tuple(chapter for chapter in reading.chapters if chapter.title or chapter.blocks)
    if not any(chapter.blocks for chapter in chapters):
        raise SourceError(f"{name} holds no text", "a book of pictures alone cannot be read aloud")
    if not manifest.labels and len(chapters) == 1:
        return document_of(manifest.meta, chapters[0].blocks, (*reading.drops, *chapters[0].drops))
    return Document(manifest.meta, chapters, tuple(reading.drops))


def _require_open(package: Package) -> None:
    """Refuse a book whose texts are encrypted."""
    methods: list[str] = []
    if _ENCRYPTION in package:
        methods = package.xml(_ENCRYPTION).xpath("//*[local-name()='EncryptionMethod']/@Algorithm")
    if "META-INF/license.lcpl" in package or not set(methods) <= _FONT_ALGORITHMS:
        raise SourceError(f"{package.name} {_LOCKED}", "give a copy without protection")


def _read_item(package: Package, item: Item, manifest: Manifest, reading: _Reading) -> None:
    if item.path not in package:
        if matter_of_type(manifest.kinds.get(item.path, "")) or matter_of_path(item.path):
            return  # a cover, or a page that would not be read
        raise SourceError(f"{package.name} is damaged: {item.path} is missing in it", "get the book once more")
    labels = [label for label in manifest.labels if label.path == item.path]
    file = read_chapter_file(
        package.data(item.path), {label.fragment for label in labels}, manifest.meta.language, reading.looks
    )
    title = labels[0].title if labels else None
    known = (manifest.meta.title, manifest.meta.author)
    kind = file.kind or matter_of_type(manifest.kinds.get(item.path, "")) or matter_of_file(file.pieces, title, known)
    blocks = [piece.block for piece in file.pieces]
    if kind:
        reading.drops += [Drop(block, kind) for block in blocks if block.text] + list(file.drops)
    elif not item.is_linear:
        reading.add([_as_note(block) for block in blocks], file.drops)
    else:
        _add_chapters(file, labels, reading)


def _as_note(block: Block) -> Block:
    """Make a note of a block that stands beside the text, where it is looked up."""
    return Block("footnote", block.text) if block.kind in ("paragraph", "list_item", "heading") else block


def _add_chapters(file: ChapterFile, labels: Sequence[Label], reading: _Reading) -> None:
    """Add a file's text, from one entry of the navigation to the next; one without entries goes on."""
    starts = list(_starts(file, labels))
    blocks = [piece.block for piece in file.pieces]
    edges = [start for start, _ in starts] + [len(blocks)]
    if edges[0]:
        reading.go_on(blocks[: edges[0]])
    for (start, titles), end in zip(starts, edges[1:], strict=True):
        for title in titles[:-1]:
            reading.begin(title)
        reading.begin(titles[-1])
        reading.add(_without_name(blocks[start:end], titles))
    reading.add((), file.drops)


def _starts(file: ChapterFile, labels: Sequence[Label]) -> Iterator[tuple[int, list[str]]]:
    """Yield the indices of pieces where chapters begin, each with its titles, of a part and of its first chapter.

    Entries deeper than the file's first one are sections inside it, which their headings tell.
    """
    if not labels:
        return
    top = min(label.depth for label in labels)
    is_part = labels[0].depth == top and len(labels) > 1 and all(label.depth > top for label in labels[1:])
    is_first_in_part = [is_part and label.depth == top + 1 and not label.fragment for label in labels]
    wanted = [label for label, is_first in zip(labels, is_first_in_part, strict=True) if label.depth == top or is_first]
    at = [(_index(file, label, number), label.title) for number, label in enumerate(wanted)]
    for start, group in groupby(sorted(at, key=itemgetter(0)), key=itemgetter(0)):
        yield start, [title for _, title in group]


def _index(file: ChapterFile, label: Label, number: int) -> int:
    """Return where a chapter begins; the first one of a file takes all that stands before it there."""
    return 0 if number == 0 or not label.fragment else file.places.get(label.fragment, 0)


def _without_name(blocks: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """Leave out the headings at a chapter's beginning that are its title, in one or two: "Chapter 1", "The Letter"."""
    wanted = {_core(title) for title in titles} | {bare(title) for title in titles} | {bare("".join(titles))}
    leading = list(takewhile(lambda block: _may_name(block, wanted), blocks))
    named = [block for block in leading if block.kind != "image"]
    for count in range(min(len(named), NAMES_MAX), 0, -1):
        *before, last = (block.text for block in named[:count])
        is_whole = bare("".join((*before, last))) in wanted
        is_said = is_whole or _core(last) in wanted
        if is_whole or (is_said and all(_NUMBER.fullmatch(text) or bare(text) in wanted for text in before)):
            gone = {id(block) for block in named[:count]}
            return [block for block in blocks if id(block) not in gone]
    return list(blocks)


def _may_name(block: Block, wanted: Collection[str]) -> bool:
    """Tell whether a block may be a chapter's name or a part of it: its number, or one of the lines it is set in."""
    text = bare(block.text)
    is_number = len(text) <= 8 and bool(_NUMBER.fullmatch(block.text))
    return block.kind in ("heading", "image") or is_number or any(text and text in name for name in wanted)


def _core(title: str) -> str:
    """Return a title's words without the chapter's number, or the number where it has no words."""
    return bare(_NUMBER.sub("", title)) or bare(title)
