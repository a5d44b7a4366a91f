"""Measures how well books, papers and files of word processors are read, against texts that are known to be theirs.

    python benchmarks/documents.py --pairs FILE [--only NAME] [--write FOLDER]

FILE has a document and its text a line, with a tab between them; relative paths are meant from its folder. A text is a
.txt file, or a .html file whose body is the text, without scripts, styles and navigation. Notes are not compared. What
is looked up and not read (contents, index, references, the title page) is taken out of the text by marks of its own: in
a .html file by classes and roles that say so (MATTER), in a .txt file by lines {{contents}}, {{index}}, {{references}}
or {{title}} in front and {{end}} behind. Of each pair is told:

matter      words of the text that were taken out
found       words of the text that were read, in order (longest common subsequence), as a share of the text
right       the same words as a share of all that was read: heads, page numbers and what is read twice lower it
hyphens     of the words of a PDF that are parted at the end of a line, how many are whole (or keep their hyphen) as in
            the text; how many there are
heads       lines at the edges of three pages or more that were read more often than the text has them
seconds     of processor time
"""

from __future__ import annotations

import argparse
import gzip
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from lxml import html

from narrate.core.article import Article
from narrate.core.errors import SourceError
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.forms import document_form, read_document

MATTER = {
    *("toc", "contents", "toctree-wrapper", "lot", "list-of-tables", "list-of-figures", "list-of-examples"),
    *("index", "indexdiv", "genindex", "printindex", "shortcontents", "bibliography", "references", "titlepage"),
    *("doc-toc", "doc-index", "doc-bibliography", "doc-cover"),
}
MARKED = re.compile(r"^\{\{(?:contents|index|references|title)\}\}$.*?(?:^\{\{end\}\}$|\Z)", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"[^\W_]+")
LINE_END = re.compile(r"([^\W\d_]{2,})(?:[-\u2010\u00ad]\s*[\r\n]+\s*|[\ufffe\x02]\s*)([^\W\d_]{2,})")
EDGE_LINES = 2
HEAD_MIN_PAGES = 3
HEAD_MIN_CHARS = 6


@dataclass(frozen=True, slots=True)
class Score:
    """What was measured of one document, as the module's description names it."""

    found: float
    right: float
    hyphens: tuple[int, int]
    heads: int
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="documents and their texts, a pair a line")
    parser.add_argument("--write", type=Path, help="write the words of both into this folder, a word a line")
    parser.add_argument("--only", default="", help="only documents with this in their path")
    given = parser.parse_args()
    print(f"{'document':<44}{'words':>8}{'matter':>8}{'found':>8}{'right':>8}{'hyphens':>14}{'heads':>7}{'seconds':>9}")
    for line in given.pairs.read_text(encoding="utf-8").splitlines():
        if line.strip() and given.only in line:
            document, truth = (given.pairs.parent / part.strip() for part in line.split("\t"))
            measure(document, truth, given.write)


def measure(document: Path, truth: Path, folder: Path | None) -> None:
    """Print a document's line."""
    began = time.process_time()
    data = unpacked(document)
    try:
        article = read(data, document.name)
    except SourceError as error:
        print(f"{shortened(document):<44} refused: {error.message}")
        return
    seconds = time.process_time() - began
    text, matter = text_of(truth)
    one = score(data, article, text, seconds)
    wrong, total = one.hyphens
    joined = f"{1 - wrong / total:.4f} of {total}" if total else "-"
    count = len(words_of(text))
    print(
        f"{shortened(document):<44}{count:>8}{matter:>8}{one.found:>8.4f}{one.right:>8.4f}{joined:>14}{one.heads:>7}"
        f"{one.seconds:>9.1f}",
        flush=True,
    )
    if folder:
        write_words(folder, document, article, text)


def shortened(path: Path) -> str:
    return "/".join(path.parts[-2:])[-43:]


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def read(data: bytes, name: str) -> Article:
    form = document_form(data, name)
    if form is None:
        raise SourceError(f"{name} is no document", "")
    return whole_article(read_document(data, form, name))


def text_of(path: Path) -> tuple[str, int]:
    """Return a text, or what the body of a page says, and how many words of it are looked up and were taken out."""
    text = unpacked(path).decode("utf-8", errors="replace")
    if path.suffix not in (".html", ".xhtml"):
        kept = MARKED.sub("", text)
        return kept, len(words_of(text)) - len(words_of(kept))
    root = html.fromstring(text)
    for element in root.xpath("//script | //style | //nav | //head"):
        element.drop_tree()
    matter = [one for one in root.iter() if isinstance(one.tag, str) and MATTER & roles(one)]
    outermost = [one for one in matter if not any(MATTER & roles(above) for above in one.iterancestors())]
    count = sum(len(words_of(" ".join(one.itertext()))) for one in outermost)
    for element in outermost:
        element.drop_tree()
    return " ".join(root.itertext()), count


def roles(element: html.HtmlElement) -> set[str]:
    return set(f"{element.get('class', '')} {element.get('role', '')}".casefold().split())


def words_of(text: str) -> list[str]:
    """Return the words of a text; a compound is several, whether its hyphen was kept or not does not matter."""
    return WORD.findall(text.replace("\u00ad", "").casefold())


def read_words(article: Article) -> list[str]:
    """Return the words that were read; notes are left out, since pages and files have them in different places."""
    return words_of("\n".join(block.text for block in article.blocks if block.kind != "footnote"))


def score(data: bytes, article: Article, text: str, seconds: float) -> Score:
    ours, theirs = read_words(article), words_of(text)
    same = common_length(ours, theirs)
    is_pdf = b"%PDF-" in data[:1024]
    pages = list(raw_pages(data)) if is_pdf else []
    return Score(
        same / max(1, len(theirs)),
        same / max(1, len(ours)),
        wrong_hyphens(pages, set(ours), set(theirs)),
        spoken_heads(pages, article, text),
        seconds,
    )


def common_length(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest common subsequence, by rows of bits (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << index
    full = (1 << len(a)) - 1
    row = full
    for word in b:
        matches = row & places.get(word, 0)
        row = ((row + matches) | (row - matches)) & full
    return len(a) - row.bit_count()


def raw_pages(data: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text_page = page.get_textpage()
        yield text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()


def wrong_hyphens(pages: Sequence[str], ours: set[str], theirs: set[str]) -> tuple[int, int]:
    """Return how many words parted at line ends are not as in the text, and how many there are whose form is sure."""
    wrong = total = 0
    for left, right in {match for page in pages for match in LINE_END.findall(page.casefold())}:
        whole = left + right
        if whole in theirs and not (left in theirs and right in theirs):
            total += 1
            wrong += whole not in ours
        elif whole not in theirs and left in theirs and right in theirs:
            total += 1
            wrong += whole in ours
    return wrong, total


def spoken_heads(pages: Sequence[str], article: Article, text: str) -> int:
    """Count lines that come again at edges of pages and are read more often than the text has them."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        edges.update({plain(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])})
    ours = Counter(plain(block.text) for block in article.blocks)
    said, written = plain("\n".join(block.text for block in article.blocks)), plain(text)
    extra = 0
    for head, count in edges.items():
        if count >= HEAD_MIN_PAGES and len(head) >= HEAD_MIN_CHARS:
            extra += max(0, said.count(head) - written.count(head), ours[head] - written.count(head))
    return extra


def plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def write_words(folder: Path, document: Path, article: Article, text: str) -> None:
    """Write what was read and what should have been, a word a line, for a program that shows differences."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in (("read", read_words(article)), ("text", words_of(text))):
        (folder / f"{document.name}.{name}").write_text("\n".join(words), encoding="utf-8")


if __name__ == "__main__":
    main()
