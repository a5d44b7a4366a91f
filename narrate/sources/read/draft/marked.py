"""The marks of a block, written into its words as an author would write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from narrate.core.article import Block, Mark
from narrate.core.errors import MarkError
from narrate.sources.read.draft.inline import escaped
from narrate.sources.read.marks.elements import Where, bracket_sounds

# Quotes that stand for straight ones in a tag, whoever put them there.
_CURLY = {ord(char): f"&#{ord(char)};" for char in "“”„‟″‘’‚‛′"}

# Beside one of these a bracket is part of something else.
_NOT_BEFORE, _NOT_BEHIND = ("!", "[", "]"), ("(", "[", ":")


def marked(block: Block) -> str:
    """Return the words of a block as a draft has them, with its marks; reading gives words and marks again."""
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for mark in block.marks:  # outer ones come before inner ones, which end first
        if mark.kind == "pause":
            begins.setdefault(mark.start_char, []).append(_pause(mark, block))
            continue
        opening, closing = _around(mark, block)
        begins.setdefault(mark.start_char, []).append(opening)
        ends.setdefault(mark.end_char, []).insert(0, closing)
    return "".join(_parts(block.text, begins, ends))


def _parts(text: str, begins: Mapping[int, Sequence[str]], ends: Mapping[int, Sequence[str]]) -> Iterator[str]:
    at = 0
    for place in sorted({*begins, *ends}):
        yield escaped(text[at:place])
        yield from ends.get(place, ())
        yield from begins.get(place, ())
        at = place
    yield escaped(text[at:])


def _pause(mark: Mark, block: Block) -> str:
    before, behind = _before(mark, block), block.text[mark.start_char :]
    is_plain = not before.endswith(_NOT_BEFORE) and not behind.startswith(_NOT_BEHIND)
    duration_ms = int(mark.value)
    time = f"{duration_ms // 1000}s" if duration_ms % 1000 == 0 else f"{duration_ms}ms"
    return f"[pause {time}]" if is_plain else f'<break time="{time}"/>'


def _around(mark: Mark, block: Block) -> tuple[str, str]:
    """Return what stands before and behind the span of a mark."""
    match mark.kind:
        case "say":
            return f'<sub alias="{_attribute(mark.value)}">', "</sub>"
        case "sounds":
            return _sounds(mark, block)
        case "voice":
            return f'<voice name="{_attribute(mark.value)}">', "</voice>"
        case "emphasis":
            return f'<emphasis level="{_attribute(mark.value)}">', "</emphasis>"
    reading, _, order = mark.value.partition(":")
    form = f' format="{_attribute(order)}"' if order else ""
    return f'<say-as interpret-as="{_attribute(reading)}"{form}>', "</say-as>"


def _before(mark: Mark, block: Block) -> str:
    """Return what stands before a mark, the bracket in which a picture's words stand among it."""
    opening = "[" if block.kind == "image" else ""
    return opening + block.text[: mark.start_char]


def _sounds(mark: Mark, block: Block) -> tuple[str, str]:
    span = block.text[mark.start_char : mark.end_char]
    others = (one for one in block.marks if one is not mark)
    is_alone = not any(mark.start_char <= one.end_char and one.start_char <= mark.end_char for one in others)
    is_plain = is_alone and not set(span) & set("[]\\") and not _before(mark, block).endswith(_NOT_BEFORE)
    if is_plain and _is_told(mark.value):
        return "[", f"](/{mark.value}/)"
    return f'<phoneme alphabet="ipa" ph="{_attribute(mark.value)}">', "</phoneme>"


def _is_told(sounds: str) -> bool:
    """Tell whether sounds are known as such where an address might stand."""
    try:
        return bracket_sounds(sounds, Where("", 0)) == sounds
    except MarkError:
        return False


def _attribute(value: str) -> str:
    return escape(value).translate(_CURLY)
