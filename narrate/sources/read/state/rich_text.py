"""Text in the forms that editors keep it in becomes blocks: HTML, Portable Text, ProseMirror, Contentful..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypedDict

from narrate.core.article import Block, BlockKind
from narrate.core.resources import packaged_table
from narrate.sources.read.characters import tidy
from narrate.sources.read.html_fragments import blocks_from_fragment
from narrate.sources.read.shown.prose import sentence_words
from narrate.sources.read.state.payloads import DEPTH_MAX

_MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|strong|em|b|i|a|span|blockquote|figure|section|article)\b[^<>]*>", re.I
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LEVEL = re.compile(r"(?:h|heading|header)[_-]?([1-6]|one|two|three|four|five|six)", re.IGNORECASE)
_NUMBERS = ("one", "two", "three", "four", "five", "six")
# Code, addresses and keys have words too, but few spaces.
_NO_PROSE = re.compile(r"^\s*(?:[{\[<(]|https?://|function\b|import\b|\.|#[\w-]+\s*\{)|[{};]\s*$|=>|\);")


class _Keys(TypedDict):
    """The words of data by which parts of a text are told."""

    kind_keys: list[str]
    content_keys: list[str]
    not_text: list[str]
    kinds: dict[BlockKind, list[str]]


@cache
def _keys() -> _Keys:
    stated = packaged_table("narrate.sources.read.state", "keys.toml")
    return _Keys(
        kind_keys=stated["kind_keys"],
        content_keys=stated["content_keys"],
        not_text=stated["not_text"],
        kinds=stated["kinds"],
    )


@cache
def _kinds() -> Mapping[str, BlockKind]:
    return {name: kind for kind, names in _keys()["kinds"].items() for name in names}


def blocks_of(value: object, depth: int = 0) -> Iterator[Block]:
    """Yield the blocks of a value, in the order they are written in; strings that are no prose give none."""
    if depth > DEPTH_MAX:
        return
    if isinstance(value, str):
        yield from string_blocks(value)
    elif (node := _node(value)) is not None and (block := _block(node)) is not None:
        yield block
    else:
        for part in parts_of(value):
            yield from blocks_of(part, depth + 1)


def parts_of(value: object) -> list[object]:
    """Return the values in a value that may hold text."""
    if isinstance(value, list):
        node = _node(value)
        return [node["children"]] if node is not None and "children" in node else value
    if isinstance(value, dict):
        skipped = _keys()["not_text"]
        return [part for key, part in value.items() if key not in skipped and isinstance(part, str | list | dict)]
    return []


def words_of(value: object) -> int:
    """Count the words of a string's sentences, or of a part's text."""
    if isinstance(value, str):
        if len(value) < 40 or (not _MARKUP.search(value) and _NO_PROSE.search(value)):
            return 0
        return sum(
            map(sentence_words, _TAG.sub(" ", re.sub(r"</?(?:p|div|li|h\d|br)\b[^<>]*>", "\n", value)).split("\n"))
        )
    node = _node(value)
    return sentence_words(block.text) if node is not None and (block := _block(node)) is not None else 0


def is_part(value: object) -> bool:
    """Tell whether a value is one block of a text, whatever it is made of."""
    return (node := _node(value)) is not None and _block(node) is not None


def string_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of markup, or the paragraphs of plain text."""
    if not words_of(text):
        return
    if _MARKUP.search(text):
        yield from blocks_from_fragment(text)
    else:
        yield from (Block("paragraph", line) for part in re.split(r"\n\s*\n|\n", text) if (line := tidy(part)))


def _node(value: object) -> dict[str, object] | None:
    """Return an object; an element of React's (`["$", "p", null, {...}]`) as one, too."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and len(value) >= 4 and value[0] == "$" and isinstance(value[3], dict):
        return {"tag": value[1], **value[3]}
    return None


def _block(node: Mapping[str, object]) -> Block | None:
    """Return the block that a node of a kind that is known is; None for others, and for those without text."""
    kind, level = _kind(node)
    if kind is None or (kind == "paragraph" and _holds_parts(node)):
        return None
    raw = _text(node, 0)
    if kind == "code":
        return Block("code", raw.strip("\n")) if raw.strip() else None
    text = tidy(" ".join(block.text for block in blocks_from_fragment(raw)) if _MARKUP.search(raw) else raw)
    return Block(kind, text, level) if text else None


def _holds_parts(node: Mapping[str, object]) -> bool:
    """Tell whether what calls itself a block holds blocks: it is a frame around them."""
    inner = next((found for key in _keys()["content_keys"] if isinstance(found := node.get(key), list)), [])
    return any((part := _node(value)) is not None and _kind(part)[0] is not None for value in inner)


def _kind(node: Mapping[str, object]) -> tuple[BlockKind | None, int]:
    """Tell the kind of block a node says it is, and the level of a heading."""
    names = [name for key in _keys()["kind_keys"] if isinstance(name := node.get(key), str)]
    for name in names:
        kind = _kinds().get(re.sub(r"[-_]", "", name.rpartition("/")[2]).lower())
        style = node.get("style") if kind == "paragraph" and isinstance(node.get("style"), str) else name
        if level := _level(node, str(style)):
            return "heading", level
        if kind == "heading":
            return kind, 2
        if kind is not None:
            return ("list_item" if node.get("listItem") else "quote" if style == "blockquote" else kind), 0
    return None, 0


def _level(node: Mapping[str, object], name: str) -> int:
    found = _LEVEL.fullmatch(name)
    if found:
        return int(found[1]) if found[1].isdigit() else _NUMBERS.index(found[1].lower()) + 1
    if not re.fullmatch("heading|header", name, re.IGNORECASE):
        return 0
    places = (node, node.get("attrs"), node.get("data"), node.get("props"))
    levels = [place.get("level") for place in places if isinstance(place, dict)]
    return next((level for level in levels if isinstance(level, int) and 1 <= level <= 6), 0)


def _text(value: object, depth: int) -> str:
    """Return all text in a part, without its marks, addresses and identifiers."""
    if depth > DEPTH_MAX:
        return ""
    if isinstance(value, str):
        return value if not value.startswith("$") else ""
    if isinstance(value, list):
        node = _node(value)
        return "".join(_text(part, depth + 1) for part in value) if node is None else _text(node, depth + 1)
    if not isinstance(value, dict):
        return ""
    if value.get("tag") in {"br", "hard_break"} or value.get("type") in {"hardBreak", "hard_break", "linebreak", "br"}:
        return " "
    for key in _keys()["content_keys"]:
        if isinstance(inner := value.get(key), str | list) or (key == "data" and isinstance(inner, dict)):
            return _text(inner, depth + 1)
    return ""
