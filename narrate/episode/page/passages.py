"""The article's text as HTML: headings, lists, quotes, code and tables as what they are, every spoken word marked.

Words are elements of their own, and their times stand apart, in the order of the words. CSS could highlight without
elements (its Custom Highlight API), but then a click would have to be turned back into a word by each browser's own
means, and a browser of two years ago would show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from narrate.core.article import BlockKind
from narrate.core.episode import TimedBlock, TimedSentence
from narrate.core.timecode import clock, to_ms
from narrate.episode.page.markup import text_html

# "3. Stir.": such an item brings its own mark.
_NUMBERED = re.compile(r"\(?\d{1,4}[.)]\s")

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the article as a reader sees it.

    Attributes:
        kind: What it is.
        level: Depth of a heading, 0 for every other kind.
        text: Its words.
        rows: Cells of a table; the first row holds the headers, and is empty where there are none.
        block: When it is heard; None where it is shown and not spoken.
        label: The words before `text` that name who says it, as they were written.
    """

    kind: BlockKind
    level: int = 0
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    block: TimedBlock | None = None
    label: str = ""


@dataclass(slots=True)
class Timeline:
    """The times of the words that were written so far.

    Attributes:
        rate_hz: Samples per second of the blocks.
        times_ms: Start and length of each word, in the order of the words on the page.
    """

    rate_hz: int
    times_ms: list[int] = field(default_factory=list)

    def ms(self, samples: int) -> int:
        """A place on the timeline in whole milliseconds."""
        return to_ms(samples, self.rate_hz)


def passages_html(passages: Sequence[Shown], timeline: Timeline) -> str:
    """Blocks in reading order, consecutive list items, quotes and footnotes put together; times go to `timeline`."""
    top = min((shown.level for shown in passages if shown.kind == "heading"), default=1)
    groups = groupby(passages, key=lambda shown: (shown.kind, _is_numbered(shown)))
    return "\n".join(_group(kind, tuple(group), timeline, top) for (kind, _), group in groups)


def _is_numbered(shown: Shown) -> bool:
    return shown.kind == "list_item" and bool(_NUMBERED.match(shown.text))


def _group(kind: str, group: Sequence[Shown], timeline: Timeline, top: int) -> str:
    around = _AROUND.get(kind)
    blocks = "\n".join(filter(None, (_one(shown, timeline, top) for shown in group)))
    return f"<{around[0]}>\n{blocks}\n</{around[1]}>" if around and blocks else blocks


# What stands around blocks of a kind that follow one another.
_AROUND = {
    "list_item": ('ul role="list"', "ul"),
    "quote": ("blockquote", "blockquote"),
    "footnote": ('section class="footnotes" aria-label="Footnotes"', "section"),
}


def _one(shown: Shown, timeline: Timeline, top: int) -> str:
    if shown.kind == "heading":
        rank = min(_DEEPEST, 2 + max(0, shown.level - top))
        return heading_html(shown, timeline, rank)
    return _RENDERED.get(shown.kind, _paragraph)(shown, timeline)


def heading_html(shown: Shown, timeline: Timeline, rank: int) -> str:
    """A heading; the link to its moment stands before it, not in it, so that it is not part of the heading's name."""
    return f'<div class="timed">{_moment(shown, timeline)}<h{rank}>{_words(shown, timeline)}</h{rank}></div>'


def _paragraph(shown: Shown, timeline: Timeline, style: str = "") -> str:
    inner = _words(shown, timeline)
    if not inner:
        return ""
    return f"<p{_class(style)}>{_moment(shown, timeline)}{inner}</p>"


def _list_item(shown: Shown, timeline: Timeline) -> str:
    style = "numbered" if _is_numbered(shown) else ""
    return f"<li{_class(style)}>{_moment(shown, timeline)}{_words(shown, timeline)}</li>"


def _code(shown: Shown, timeline: Timeline) -> str:
    code = f'<pre tabindex="0"><code dir="ltr">{_words(shown, timeline)}</code></pre>'
    return f'<div class="timed">{_moment(shown, timeline)}{code}</div>' if shown.block else code


def _table(shown: Shown, timeline: Timeline) -> str:
    """A table; a row that is read aloud comes as a sentence of its own."""
    if not shown.rows:
        return _paragraph(shown, timeline, "row")
    headers, *rows = shown.rows
    head = "".join(f'<th scope="col">{text_html(cell)}</th>' for cell in headers) if any(headers) else ""
    body = "".join("<tr>" + "".join(f"<td>{text_html(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    thead = f"<thead><tr>{head}</tr></thead>\n" if head else ""
    box = 'class="box" tabindex="0" role="region" aria-label="Table"'
    return f"<div {box}><table>\n{thead}<tbody>\n{body}</tbody></table></div>"


def _styled(style: str) -> Callable[[Shown, Timeline], str]:
    return lambda shown, timeline: _paragraph(shown, timeline, style)


_RENDERED: dict[str, Callable[[Shown, Timeline], str]] = {
    "title": _styled("subtitle"),
    "list_item": _list_item,
    "code": _code,
    "table": _table,
    "caption": _styled("caption"),
    "image": _styled("caption image"),
    "footnote": _styled("footnote"),
    "intro": _styled("frame intro"),
    "outro": _styled("frame outro"),
}


def _class(style: str) -> str:
    return f' class="{style}"' if style else ""


def _moment(shown: Shown, timeline: Timeline) -> str:
    """A link to the moment when a block begins; its figures are style, so that the text is the author's alone."""
    if shown.block is None:
        return ""
    ms = timeline.ms(shown.block.start_sample)
    label = f'aria-label="Play from {clock(ms)}" lang="en"'
    return f'<a class="at" href="#t={ms / 1000:g}" data-at="{clock(ms)}" {label}></a>'


def _words(shown: Shown, timeline: Timeline) -> str:
    """The text of a block, each sentence and each word of it an element; what stands between them is kept."""
    label = f'<b class="speaker">{text_html(shown.label)}</b> ' if shown.label else ""
    if shown.block is None:
        return label + text_html(shown.text)
    return label + "".join(_pieces(shown.block, timeline))


def _pieces(block: TimedBlock, timeline: Timeline) -> Iterator[str]:
    at = 0
    for sentence in block.sentences:
        yield text_html(block.text[at : sentence.words[0].start_char])
        yield f'<span class="s">{"".join(_sentence(block.text, sentence, timeline))}</span>'
        at = sentence.words[-1].end_char
    yield text_html(block.text[at:])


def _sentence(text: str, sentence: TimedSentence, timeline: Timeline) -> Iterator[str]:
    at = sentence.words[0].start_char
    for word in sentence.words:
        start_ms, end_ms = timeline.ms(word.start_sample), timeline.ms(word.end_sample)
        timeline.times_ms += [start_ms, end_ms - start_ms]
        yield f"{text_html(text[at : word.start_char])}<span>{text_html(text[word.start_char : word.end_char])}</span>"
        at = word.end_char
