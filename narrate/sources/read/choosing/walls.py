"""Tells pages that stand in the place of an article: checks for persons, error messages, questions about cookies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from narrate.core.article import Block
from narrate.core.resources import packaged_table

# What has more words is an article, perhaps one about such pages.
WALL_MAX_WORDS, WALL_MAX_CHARS = 200, 4_000
# A title alone is enough where there is hardly anything below it: "403 Forbidden", and the server's name.
BARE_MAX_WORDS = 12
# Without such a title, the sentences of a wall have to be so much of the text; with one, so much.
SENTENCES_SHARE = 0.5
TITLED_SHARE = 0.15
# Titles are sought among so many of the first blocks.
TITLES_SEEN = 4
TITLE_MAX_CHARS = 200

_PACKAGE, _WORDS = "narrate.sources.read.choosing", "walls.toml"
_PARTS = re.compile(r"\s+[|•·–—:-]+\s+|\s*\|\s*")
_SENTENCES = re.compile(r"(?<=[.!?。])\s+")


def wall_of(blocks: Sequence[Block], *titles: str | None) -> str | None:
    """Return what a page is instead of an article, as "says that it was not found"; None where it is none.

    Two signs are needed: a title and a sentence, or a title and nothing else, or sentences that are half of the text.

    Args:
        blocks: All that would be read of the page.
        titles: What it calls itself.
    """
    texts = [block.text for block in blocks if block.kind not in {"title", "image"}]
    words = sum(len(text.split()) for text in texts)
    if words > WALL_MAX_WORDS or sum(map(len, texts)) > WALL_MAX_CHARS:
        return None
    titled = next(filter(None, (_titled(text) for text in _titles(blocks, titles))), None)
    found: Counter[str] = Counter()
    for text in texts:
        for sentence in _SENTENCES.split(text):
            if kind := _kind_of(sentence, "sentences"):
                found[kind] += len(sentence.split())
    share = found.total() / max(1, words)
    if share <= SENTENCES_SHARE and not (titled and (share >= TITLED_SHARE or words <= BARE_MAX_WORDS)):
        return None
    kind = titled or found.most_common(1)[0][0]
    return str(packaged_table(_PACKAGE, _WORDS)[kind]["said"])


def script_asked(source: str) -> bool:
    """Tell whether a page's source asks for JavaScript, as the frame of a page does that has no text of its own."""
    return any(pattern.search(_plain(source)) for pattern in _patterns("sentences")["script"])


def _titles(blocks: Sequence[Block], stated: Sequence[str | None]) -> Iterator[str]:
    shown = (block.text for block in blocks[:TITLES_SEEN] if block.kind in {"title", "heading"})
    yield from (text for text in (*filter(None, stated), *shown) if len(text) <= TITLE_MAX_CHARS)


def _titled(title: str) -> str | None:
    """Return the kind of wall that a title, or a part of it beside the site's name, is that of."""
    parts = [title, *_PARTS.split(title)]
    return next(filter(None, (_kind_of(part, "titles") for part in parts)), None)


def _kind_of(text: str, sign: str) -> str | None:
    text = _plain(text).strip()
    for kind, patterns in _patterns(sign).items():
        for pattern in patterns:
            if pattern.fullmatch(text) if sign == "titles" else pattern.search(text):
                return kind
    return None


def _plain(text: str) -> str:
    return text.replace("’", "'")


@cache
def _patterns(sign: str) -> dict[str, list[re.Pattern[str]]]:
    table = packaged_table(_PACKAGE, _WORDS)
    return {kind: [re.compile(line, re.IGNORECASE) for line in given[sign]] for kind, given in table.items()}
