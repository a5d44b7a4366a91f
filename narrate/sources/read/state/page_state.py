"""Finds the article in the data a page brings for its script: the longest run of prose that belongs to its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from narrate.core.article import Block
from narrate.sources.read.characters import bare
from narrate.sources.read.state.payloads import DEPTH_MAX, NODES_MAX, payloads
from narrate.sources.read.state.rich_text import blocks_of, is_part, parts_of, words_of

# Less than that is a description.
ARTICLE_MIN_WORDS = 60
# One value of an object is the article's text if it has so much of all prose in it.
TEXT_SHARE = 0.8

_TITLE_KEYS = frozenset({"title", "headline", "name", "heading", "pageTitle", "displayTitle", "shortTitle", "seoTitle"})
_ADDRESS_KEYS = frozenset(
    {"slug", "url", "path", "canonical", "canonicalUrl", "permalink", "link", "href", "uri", "route"}
)


def state_blocks(scripts: Sequence[tuple[str, str]], title: str | None, url: str | None) -> list[Block]:
    """Return the blocks of the article in the data of a page's scripts; none where no data is this article's.

    Args:
        scripts: Type and text of each.
        title: What the page calls its article.
        url: Where it came from.
    """
    found = [blocks for value in payloads(scripts) if (blocks := _article(_Measured(value), title, url))]
    return max(found, key=_prose, default=[])


def _prose(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


class _Measured:
    """A value of a page's data, and how many words of prose are in each part of it."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.left = NODES_MAX
        self.words: dict[int, int] = {}
        self._measure(value, 0)

    def _measure(self, value: object, depth: int) -> int:
        self.left -= 1
        if depth > DEPTH_MAX or self.left < 0 or not isinstance(value, str | list | dict):
            return 0
        own = words_of(value)
        if not own and not isinstance(value, str) and not is_part(value):
            own = sum(self._measure(part, depth + 1) for part in parts_of(value))
        self.words[id(value)] = own
        return own

    def __getitem__(self, value: object) -> int:
        return self.words.get(id(value), 0)


def _article(data: _Measured, title: str | None, url: str | None) -> list[Block]:
    owners = list(_owners(data.value, title, url, 0))
    start = max(owners, key=data.__getitem__, default=data.value)
    place = _narrowed(data, start)
    if data[place] < ARTICLE_MIN_WORDS or (not owners and _holds_several(data, place, 0)):
        return []
    blocks = list(blocks_of(place))
    return blocks if _prose(blocks) >= ARTICLE_MIN_WORDS else []


def _owners(value: object, title: str | None, url: str | None, depth: int) -> Iterator[object]:
    """Yield objects that have the article's title, or its address, for their own."""
    if depth > DEPTH_MAX:
        return
    if isinstance(value, dict) and (_is_titled(value, title) or _is_addressed(value, url)):
        yield value
    for part in parts_of(value):
        if not isinstance(part, str):
            yield from _owners(part, title, url, depth + 1)


def _is_titled(value: dict[str, object], title: str | None) -> bool:
    stated = [text for key in _TITLE_KEYS if isinstance(text := _plain(value.get(key)), str)]
    return bool(title) and any(len(bare(text)) >= 4 and bare(text) == bare(title or "") for text in stated)


def _plain(value: object) -> object:
    """Return a title that is kept with its rendering: `{"rendered": "..."}`."""
    return value.get("rendered") if isinstance(value, dict) else value


def _is_addressed(value: dict[str, object], url: str | None) -> bool:
    own = _last_part(url or "")
    stated = (text for key in _ADDRESS_KEYS if isinstance(text := value.get(key), str))
    return len(own) >= 8 and any(_last_part(text) == own for text in stated)


def _last_part(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2].removesuffix(".html")
    except ValueError:
        return ""


def _narrowed(data: _Measured, value: object) -> object:
    """Go down to the value that has most of the prose in it, and stop where it is shared out: at a list of parts."""
    while not isinstance(value, str) and not is_part(value):
        parts = [part for part in parts_of(value) if data[part]]
        most = max(parts, key=data.__getitem__, default=None)
        share = TEXT_SHARE if isinstance(value, dict) else 1
        if most is None or data[most] < share * data[value]:
            return value
        value = most
    return value


def _holds_several(data: _Measured, value: object, depth: int) -> bool:
    """Tell whether the prose is that of several articles: objects in a list, each with a title and an address."""
    if depth > DEPTH_MAX or isinstance(value, str):
        return False
    parts = [part for part in parts_of(value) if data[part]]
    named = [
        part for part in parts if isinstance(part, dict) and _TITLE_KEYS & part.keys() and _ADDRESS_KEYS & part.keys()
    ]
    return len(named) > 1 or any(_holds_several(data, part, depth + 1) for part in parts)
