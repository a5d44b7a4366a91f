"""Stand-ins in what was read become marks of its blocks, and nothing of them is left in any text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from narrate.core.article import Article, Block, Drop, Mark, Metadata
from narrate.sources.read.marks.elements import Where
from narrate.sources.read.marks.scanning import Found, Scanned

# A space goes with the mark before one of these.
_CLOSING = frozenset(".,;:!?…)]}”’»")
# What stands in one of these is seen, or said in another form: a pause beside it belongs to the next words.
_UNSPOKEN = frozenset({"code", "image", "caption", "table"})


@dataclass(slots=True)
class _Placed:
    """A block without its stand-ins, and where they were: the place in its text, and the number of the mark."""

    block: Block
    at: list[tuple[int, int]] = field(default_factory=list)


def placed(article: Article, scanned: Scanned) -> Article:
    """Return an article whose blocks have the marks of its text.

    A mark that stands by itself between two paragraphs is at the end of the first one where it is a pause or an end,
    and at the start of the second one where it begins something.

    Raises:
        MarkError: A mark stands where it cannot be done, or what begins in one paragraph ends in another and is no
            voice; says in which line.
    """
    if not scanned.found:
        return article
    blocks = _placed_blocks(article.blocks, scanned)
    marks = _marks(blocks, scanned)
    done = tuple(replace(one.block, marks=tuple(marks.get(number, ()))) for number, one in enumerate(blocks))
    return replace(
        article,
        meta=_without_in_metadata(article.meta, scanned),
        blocks=done,
        drops=tuple(_without_in_drop(drop, scanned) for drop in article.drops),
        doubts=tuple(_written(doubt, scanned) for doubt in article.doubts),
        standfirst=article.standfirst and _plain(article.standfirst, scanned)[0],
    )


def _placed_blocks(blocks: Iterable[Block], scanned: Scanned) -> list[_Placed]:
    done: list[_Placed] = []
    waiting: list[int] = []
    for block in blocks:
        one = _without(block, scanned)
        if one.block.text or one.block.rows:
            one.at[:0] = [(0, number) for number in waiting]
            waiting = []
            done.append(one)
            continue
        for _, number in one.at:
            if not done or scanned.found[number].role == "start" or _is_for_next(scanned.found[number], done[-1]):
                waiting.append(number)
            else:
                done[-1].at.append((len(done[-1].block.text), number))
    if done:
        done[-1].at += [(len(done[-1].block.text), number) for number in waiting]
    return done


def _is_for_next(found: Found, before: _Placed) -> bool:
    return found.role == "point" and before.block.kind in _UNSPOKEN


def _without(block: Block, scanned: Scanned) -> _Placed:
    if not scanned.stand_ins.occur_in(block.text):
        return _Placed(block)
    if block.kind == "code":
        return _Placed(replace(block, text=_written(block.text, scanned)))
    text, at = _plain(block.text, scanned)
    if block.rows:
        found = scanned.found[at[0][1]]
        where = Where(scanned.source, found.line)
        where.refuse(f"{found.written} stands in a table, where no mark can be done", "put it before or behind it")
    return _Placed(replace(block, text=text), at)


def _plain(text: str, scanned: Scanned) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without stand-ins, and where they were; the spaces around one become one, or none at an end."""
    done = ""
    at: list[tuple[int, int]] = []
    for words, number in scanned.stand_ins.parts(text):
        if number >= 0:
            at.append((len(done), number))
            continue
        after = words.lstrip(" ") if at and (not done or done.endswith(" ")) else words
        if at and after[:1] in _CLOSING and done.endswith(" "):
            done = done[:-1]
            at = [(min(place, len(done)), number) for place, number in at]
        done += after
    done = done.rstrip()
    return done, [(min(place, len(done)), number) for place, number in at]


def _written(text: str, scanned: Scanned) -> str:
    """Return a text with its marks as they were written: in code they are no marks."""
    parts = scanned.stand_ins.parts(text)
    return "".join(scanned.found[number].written if number >= 0 else words for words, number in parts)


def _marks(blocks: Sequence[_Placed], scanned: Scanned) -> Mapping[int, list[Mark]]:
    """Return the marks of each block that has any, by its number: outer ones before inner ones."""
    marks: dict[int, list[Mark]] = {}
    starts: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(blocks):
        for at, mark in one.at:
            found = scanned.found[mark]
            if found.role == "point":
                marks.setdefault(number, []).append(Mark(found.kind, at, at, found.value, found.line))
            elif found.role == "start":
                starts[mark] = (number, at)
            elif found.start in starts:
                _add_spans(marks, blocks, starts.pop(found.start), (number, at), scanned, found)
    for own in marks.values():
        own.sort(key=lambda mark: (mark.start_char, -mark.end_char))
    return marks


def _add_spans(
    marks: dict[int, list[Mark]],
    blocks: Sequence[_Placed],
    start: tuple[int, int],
    end: tuple[int, int],
    scanned: Scanned,
    found: Found,
) -> None:
    (first, first_at), (last, last_at) = start, end
    line = scanned.found[found.start].line
    if first != last and found.kind not in ("voice", "emphasis"):
        where = Where(scanned.source, line)
        where.refuse("a mark ends in another paragraph than the one that it begins in", "close it in its own paragraph")
    spans = list(_spans(blocks, first, first_at, last, last_at))
    if not spans and found.kind in ("say", "sounds", "as"):
        Where(scanned.source, line).refuse("a mark has no words in it", "put it around the words that it is for")
    for number, begin, stop in spans:
        marks.setdefault(number, []).append(Mark(found.kind, begin, stop, found.value, line))


def _spans(
    blocks: Sequence[_Placed], first: int, first_at: int, last: int, last_at: int
) -> Iterator[tuple[int, int, int]]:
    for number in range(first, last + 1):
        text = blocks[number].block.text
        begin = first_at if number == first else 0
        stop = last_at if number == last else len(text)
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        while begin < stop and text[begin].isspace():
            begin += 1
        if begin < stop:
            yield number, begin, stop


def _without_in_drop(drop: Drop, scanned: Scanned) -> Drop:
    return replace(drop, block=replace(drop.block, text=_plain(drop.block.text, scanned)[0]))


def _without_in_metadata(meta: Metadata, scanned: Scanned) -> Metadata:
    def plain(text: str | None) -> str | None:
        return text and _plain(text, scanned)[0]

    return replace(meta, title=plain(meta.title), author=plain(meta.author), site=plain(meta.site))
