"""Gives each block of a dialogue its speaker, and takes the label out of its text; the label stays on record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from narrate.core.article import Aside, Block, Cleaned, Mark
from narrate.text.speakers.evidence import speaking_names
from narrate.text.speakers.parts import SPOKEN_KINDS, Part, parts_of
from narrate.text.speakers.questions import questions_and_answers
from narrate.text.speakers.words import editors_words, folded, shown_name

# What stands in brackets as a whole is a stage direction, or a note of who wrote it down.
_BRACKETS = {"[": "]", "(": ")"}


@dataclass(slots=True)
class _Telling:
    """The state of a walk through an article: who speaks, and a label that waits for the words below it."""

    speaker: str = ""
    waiting: str = ""
    blocks: list[Block] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def add(self, block: Block, origin: int) -> None:
        """Put a block behind the others, with the label that waits for it."""
        if self.waiting and block.speaker:
            block = replace(block, label=f"{self.waiting} {block.label}".rstrip())
            self.waiting = ""
        self.blocks.append(block)
        self.origins.append(origin)


def speakers_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the names of those who speak, in the order in which they begin; () for an article of one voice."""
    return tuple(dict.fromkeys(block.speaker for block in blocks if block.speaker))


def with_speakers(cleaned: Cleaned, language: str) -> Cleaned:
    """Return an article in which each block has its speaker; the same value where nobody but the author speaks.

    A block in which several speak becomes one for each of them; a name that is a block by itself becomes the label of
    the one below it. The labels and texts together have all words that were there.

    Args:
        cleaned: What is to be spoken; blocks that have a speaker already stay as they are.
        language: BCP 47 tag of the article.
    """
    blocks = cleaned.article.blocks
    if any(block.speaker for block in blocks):
        return cleaned
    parts = tuple(parts_of(blocks))
    names = speaking_names(parts, blocks, language)
    roles = {} if names else questions_and_answers(blocks, language)
    if not names and not roles:
        return cleaned
    told = _told(blocks, parts, names, roles)
    asides = tuple(_moved(aside, told.origins) for aside in cleaned.asides)
    return replace(cleaned, article=replace(cleaned.article, blocks=tuple(told.blocks)), asides=asides)


def _moved(aside: Aside, origins: Sequence[int]) -> Aside:
    return replace(aside, before=bisect_left(origins, aside.before))


def _told(
    blocks: Sequence[Block], parts: Sequence[Part], names: Mapping[str, str], roles: Mapping[int, str]
) -> _Telling:
    telling = _Telling()
    people = frozenset(names.values())
    last = max((part.block for part in parts if _name_of(part, names) or part.block in roles), default=0)
    for part in _joined(parts, names):
        block = blocks[part.block]
        if name := _name_of(part, names):
            telling.speaker = shown_name(name)
            _add_labelled(telling, block, part)
            continue
        telling.speaker = _goes_on(telling.speaker, block, people, is_last=part.block > last)
        telling.speaker = roles.get(part.block, telling.speaker)
        is_said = block.kind in SPOKEN_KINDS | {"quote"} and not _is_direction(block.text)
        if telling.waiting and not (telling.speaker and is_said):
            telling.add(Block("paragraph", telling.waiting), part.block)
            telling.waiting = ""
        kind = "paragraph" if part.block in roles and block.kind == "heading" else block.kind
        telling.add(replace(block, kind=kind, speaker=telling.speaker if is_said else ""), part.block)
    if telling.waiting:
        telling.add(Block("paragraph", telling.waiting), len(blocks) - 1)
    return telling


def _add_labelled(telling: _Telling, block: Block, part: Part) -> None:
    label = part.label
    assert label is not None  # a part with a name has one
    if not part.text:
        telling.waiting = f"{telling.waiting} {label.written}".strip()
        return
    kind = "paragraph" if block.kind == "heading" else block.kind
    marks = tuple(_marks_of(block, part, part.start_char + label.end_char))
    said = replace(
        block,
        kind=kind,
        level=0,
        text=part.text,
        speaker=telling.speaker,
        label=label.written,
        marks=marks,
        bold_chars=0,
    )
    telling.add(said, part.block)


def _marks_of(block: Block, part: Part, begins: int) -> Iterator[Mark]:
    """Yield the marks of a part behind its label; what begins in or before the label begins with the words.

    Args:
        block: With the marks.
        part: Of the block.
        begins: Where the part's words begin in the block.
    """
    end = begins + len(part.text)
    is_last = part.end_char == len(block.text)
    for mark in block.marks:
        if mark.kind == "pause":
            is_here = part.start_char <= mark.start_char < part.end_char or (is_last and mark.start_char >= end)
        else:
            is_here = begins < mark.end_char and mark.start_char < end
        # Other words for what several people say are nobody's.
        is_whole = mark.kind in ("pause", "voice", "emphasis") or mark.end_char <= part.end_char
        if is_here and is_whole:
            start, stop = (min(max(at, begins), end) - begins for at in (mark.start_char, mark.end_char))
            yield replace(mark, start_char=start, end_char=stop)


def _joined(parts: Sequence[Part], names: Mapping[str, str]) -> Iterator[Part]:
    """Yield the parts with those put together again that begin with no speaker's label, inside of one block."""
    waiting: Part | None = None
    for part in parts:
        if waiting and waiting.block == part.block and not _name_of(part, names):
            label = part.label.written if part.label else ""
            waiting = replace(waiting, end_char=part.end_char, text=f"{waiting.text} {label} {part.text}".strip())
            continue
        if waiting:
            yield waiting
        waiting = part
    if waiting:
        yield waiting


def _name_of(part: Part, names: Mapping[str, str]) -> str:
    return names.get(folded(part.label.name), "") if part.label else ""


def _goes_on(speaker: str, block: Block, people: frozenset[str], *, is_last: bool) -> str:
    """Return who speaks a block without a label: the last speaker, unless a heading or the author's own words come."""
    if not speaker or block.kind in ("heading", "title"):
        return ""
    is_about = is_last and any(word in block.text for word in _full(people))
    return "" if is_about or editors_words().search(block.text) else speaker


def _full(people: frozenset[str]) -> Iterator[str]:
    """Yield names that nobody calls himself by: first and last name together, and the last name alone."""
    for name in people:
        words = name.split()
        if len(words) > 1:
            yield name
            yield words[-1]


def _is_direction(text: str) -> bool:
    """Tell whether a block stands in brackets as a whole: what is done, and said by nobody."""
    return text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]])
