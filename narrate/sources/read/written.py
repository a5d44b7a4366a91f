"""Texts as people write them, Markdown or plain, with the marks by which their authors say how they are spoken."""

from __future__ import annotations

from typing import Literal

from narrate.core.article import Article
from narrate.core.errors import SourceError
from narrate.sources.read.draft.signs import HEAD_MAX_CHARS
from narrate.sources.read.marks.signs import may_have_marks
from narrate.sources.read.plain_text import read_text

WrittenForm = Literal["text", "markdown"]

# Twice the Bible, a week of speech; some minutes pass before the first word of so much is heard.
MAX_CHARS = 10_000_000
# Each may become an element: a table of a million cells took 1.5 GB.
MARKS_MAX = 500_000
_MARKS = "\n|*_[<`"


def read_written(text: str, form: WrittenForm, name: str, *, has_marks: bool) -> Article:
    """Turn a decoded text into an article.

    Args:
        text: NFC text with "\\n" line ends.
        form: How it is written.
        name: What an error calls it.
        has_marks: Marks for pauses, sounds and voices are heeded (docs/marks.md); else they are text.

    Raises:
        SourceError: It has too many lines and cells.
        MarkError: A mark cannot be done as it is written; says in which line.
    """
    if form == "markdown":
        _require_few_marks(text, name)
        return _from_markdown(text, name, has_marks=has_marks)
    if not has_marks or not may_have_marks(text):
        return read_text(text)
    from narrate.sources.read.marks.placing import placed
    from narrate.sources.read.marks.scanning import scanned

    marked = scanned(text, "text", name)
    return placed(read_text(marked.text), marked)


def draft_article(text: str, name: str) -> Article | None:
    """Read a draft that narrate wrote and somebody edited; None for any other text.

    Raises:
        SourceError: A line of it cannot be understood; says which.
    """
    if "narrate-draft" not in text[:HEAD_MAX_CHARS]:
        return None
    from narrate.sources.read.draft.articles import read_draft_article

    _require_few_marks(text, name)
    return read_draft_article(text, name)


def require_speakable(text: str, name: str) -> None:
    """Check that a text is not longer than any article.

    Raises:
        SourceError: It is.
    """
    if len(text) > MAX_CHARS:
        message = f"{name} has more than {MAX_CHARS:,} characters, which is a week of speech"
        raise SourceError(message, "split it into several files")


def _from_markdown(text: str, name: str, *, has_marks: bool) -> Article:
    # Here, because its parser takes a while to load, and plain text needs none of it.
    from narrate.sources.read.markdown import article_from_markdown

    if not has_marks or not may_have_marks(text):
        return article_from_markdown(text, name)
    from narrate.sources.read.marks.code import code_spans
    from narrate.sources.read.marks.placing import placed
    from narrate.sources.read.marks.scanning import scanned

    start, code = code_spans(text)
    marked = scanned(text, "markdown", name, code, start)
    return placed(article_from_markdown(marked.text, name), marked)


def _require_few_marks(text: str, name: str) -> None:
    if sum(map(text.count, _MARKS)) > MARKS_MAX:
        message = f"{name} has more than {MARKS_MAX:,} lines, cells and other marks, and no article is so large"
        raise SourceError(message, "split it into several files, or read it as plain text with --as text")
