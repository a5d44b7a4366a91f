"""Finds the article in the data a page brings for its script: the longest run of prose that belongs to its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from narrate.core.article import Block
from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.choice import choose
from narrate.sources.read.choosing.features import Page
from narrate.sources.read.html_tree import ELEMENTS_MAX, parse_html
from narrate.sources.read.shown.unspoken import remove_unspoken
from narrate.sources.read.state.payloads import DEPTH_MAX, NODES_MAX, payloads, pushed_rows
from narrate.sources.read.state.react_tree import markup
from narrate.sources.read.state.rich_text import blocks_of, is_part, parts_of, words_of

# Less than that is a description.
ARTICLE_MIN_WORDS = 60
# One value of an object is the article's text if it has so much of all prose in it.
TEXT_SHARE = 0.8
# A text without the article's title has to have so many of the title's words.
ABOUT_SHARE = 0.6

_TITLE_KEYS = frozenset({"title", "headline", "name", "heading", "pageTitle", "displayTitle", "shortTitle", "seoTitle"})
# What only an article has beside its title, where its address is left out.
_ARTICLE_KEYS = frozenset(
    {
        "excerpt",
        "teaser",
        "dek",
        "byline",
        "authors",
        "publishedAt",
        "published_at",
        "publishDate",
        "datePublished",
        "pubDate",
    }
)
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
    values = [data for value in payloads(scripts) if (data := _Measured(value))[value] >= ARTICLE_MIN_WORDS]
    titled = [_titled(data, title) for data in values]
    if any(titled):
        return max(titled, key=_prose)
    found = [_pushed_page(scripts), *(_untitled(data, url) for data in values)]
    return next((blocks for blocks in found if _prose(blocks) >= ARTICLE_MIN_WORDS and _is_about(blocks, title)), [])


def _pushed_page(scripts: Sequence[tuple[str, str]]) -> list[Block]:
    """Read the page that React would make of the rows that are pushed into it."""
    root = parse_html(markup(pushed_rows(scripts)))
    if root is None or sum(1 for _ in root.iter()) > ELEMENTS_MAX:
        return []
    remove_unspoken(root)
    return list(choose(root, Page()).blocks)


def _prose(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


# Behind it stands the name of a site.
_SITE = re.compile(r"\s+[|–—·•-]\s+")


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


def _titled(data: _Measured, title: str | None) -> list[Block]:
    start = _most(data, _owners(data.value, lambda value: _is_titled(value, title), 0))
    if start is None:
        return []
    own = _Measured(_without_others(start, title, 0))
    return list(blocks_of(_narrowed(own, own.value)))


def _without_others(value: object, title: str | None, depth: int) -> object:
    """Return an article's data without objects in it that have another title, and an address: articles to read next."""
    if depth > DEPTH_MAX:
        return None
    if isinstance(value, list):
        return [_without_others(part, title, depth + 1) for part in value]
    if not isinstance(value, dict):
        return value
    if depth and _is_named(value) and not _is_titled(value, title):
        return None
    return {key: _without_others(part, title, depth + 1) for key, part in value.items()}


def _is_named(value: object) -> bool:
    """Tell whether a value is an object with a title and an address of its own, or what else only articles have."""
    if not isinstance(value, dict) or not (_ADDRESS_KEYS | _ARTICLE_KEYS) & value.keys():
        return False
    return any(isinstance(_plain(value.get(key)), str) for key in _TITLE_KEYS - {"name"})


def _untitled(data: _Measured, url: str | None) -> list[Block]:
    """Return the text of what has the page's address; else the longest one, if it is not that of several articles."""
    start = _most(data, _owners(data.value, lambda value: _is_addressed(value, url), 0))
    place = _narrowed(data, data.value if start is None else start)
    return [] if start is None and _holds_several(data, place, 0) else list(blocks_of(place))


def _most(data: _Measured, owners: Iterable[object]) -> object | None:
    """Return the owner of the most prose, if it is enough for an article."""
    most = max(owners, key=data.__getitem__, default=None)
    return most if most is not None and data[most] >= ARTICLE_MIN_WORDS else None


def _is_about(blocks: Sequence[Block], title: str | None) -> bool:
    """Tell whether a text has most of a title's longer words: another article, or the words of buttons, has not."""
    words = {word.casefold() for word in re.findall(r"[぀-ヿ㐀-鿿가-힣]{2}|[^\W\d_]{4,}", title or "")}
    text = " ".join(block.text for block in blocks).casefold()
    return bool(words) and sum(word in text for word in words) >= ABOUT_SHARE * len(words)


def _owners(value: object, is_owner: Callable[[dict[str, object]], bool], depth: int) -> Iterator[object]:
    """Yield objects that say of themselves what the article would."""
    if depth > DEPTH_MAX:
        return
    if isinstance(value, dict) and is_owner(value):
        yield value
    for part in parts_of(value):
        if not isinstance(part, str):
            yield from _owners(part, is_owner, depth + 1)


def _is_titled(value: dict[str, object], title: str | None) -> bool:
    stated = {bare(text) for key in _TITLE_KEYS if isinstance(text := _plain(value.get(key)), str)}
    return any(len(text) >= 4 and text in stated for text in _titles(title or ""))


@lru_cache(8)
def _titles(title: str) -> frozenset[str]:
    """Return what a page's title may stand for, in letters alone: all of it, or what is before the site's name."""
    parts = _SITE.split(title)
    return frozenset(map(bare, [title, *(part for part in parts[:1] if len(part.split()) >= 2)]))


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
    named = [part for part in parts if _is_named(part)]
    return len(named) > 1 or any(_holds_several(data, part, depth + 1) for part in parts)
