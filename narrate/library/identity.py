"""Identity of articles: what tells one from another, and an episode of it from others: address, title, source, text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from narrate.episode.manifest import Manifest
from narrate.sources.read.documents.chapters import chapter_name, named_address

# Parts of addresses that say where a reader came from, not what is read.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")

# Two versions of an article share so much of their runs of words; two articles under one heading share nearly none.
SAME_TEXT = 0.5
RUN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """The features that tell an article from another.

    Attributes:
        title: Of the episode.
        url: The article's canonical address, "" where it has none.
        origin: A checksum of its source's path or address, "" for standard input.
        published: The day it was published, where it says so.
        text: Its words, see own_words.
    """

    title: str
    url: str = ""
    origin: str = ""
    published: date | None = None
    text: str = ""


def is_same(article: Identity, known: Manifest) -> bool:
    """Tell whether an episode is of this article.

    By address where both have one. A file is the same article under the same title, unless two different days of
    publication say that it is another day's; under another title it is if half of its text is. So is the same
    title from another place.
    """
    if article.url and known.meta.url and same_address(article.url, known.meta.url):
        return True
    other_day = article.published and known.meta.published and article.published != known.meta.published
    same_file = bool(article.origin) and article.origin == known.origin
    if same_file and article.title == known.title and not other_day:
        return True
    return (same_file or article.title == known.title) and likeness(article.text, words_of(known)) >= SAME_TEXT


def words_of(known: Manifest) -> str:
    """Return what an episode says, as `Identity.text` has it."""
    return own_words((passage.block.kind, passage.block.shown) for passage in known.text if passage.spoken)


def is_told_same(article: Identity, title: str, url: str, text: str) -> bool:
    """Tell whether a sound that has no manifest is of this article, by what its tags say.

    By address where both have one, else by title and half of the text; of the sound's file nothing is known that
    would tell one source of a title from another.
    """
    if article.url and url:
        return same_address(article.url, url)
    return article.title == title and likeness(article.text, text.removeprefix(title)) >= SAME_TEXT


def own_words(blocks: Iterable[tuple[str, str]]) -> str:
    """Return what tells articles of one title apart: all that is said but the title, the intro and the outro."""
    return "\n".join(text for kind, text in blocks if kind not in ("title", "intro", "outro"))


def same_address(one: str, other: str) -> bool:
    """Tell whether two addresses lead to one article."""
    return plain_address(one) == plain_address(other)


def source_key(source: str) -> tuple[object, ...]:
    """Return a key that all names of one source share: a file by any path or link, an address less its tracking."""
    if source == "-":
        return ("-",)
    if source.startswith(("http://", "https://")):
        return "address", *plain_address(source)
    try:
        found = os.stat(source)
    except (OSError, ValueError):
        return "name", source
    return ("file", found.st_dev, found.st_ino) if found.st_ino else ("name", os.path.realpath(source))


def plain_address(address: str) -> tuple[str, str, str]:
    """Host, path and query of an address, without what says only where a reader came from; a chapter has its number."""
    whole, chapter = named_address(address)
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "", address, ""
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)]
    path = parts.path.rstrip("/")
    return host, chapter_name(path, chapter) if chapter else path, urlencode(query)


def likeness(one: str, other: str) -> float:
    """Return how much of the longer of two texts is in the other, 0 to 1, by runs of words."""
    runs, others = _runs(one), _runs(other)
    longest = max(len(runs), len(others))
    return len(runs & others) / longest if longest else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    size = min(RUN_WORDS, len(words))
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)} if words else set()
