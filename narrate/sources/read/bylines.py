"""The lines between a title and the text that plainly say who wrote it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypedDict

from narrate.core.article import Block, Metadata
from narrate.core.resources import packaged_table

# A byline stands among the first lines, and is short.
FRONT_MAX_BLOCKS = 5
FRONT_LINE_MAX_CHARS = 90

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ].*)?")
_NAME = r"[^\W\d_][\w.'’-]*"


def read_front_lines(blocks: Sequence[Block], meta: Metadata) -> tuple[tuple[Block, ...], Metadata]:
    """Take author and day of publication from the first lines under the title.

    Only whole lines that can be nothing else are taken: "By Anna Berg", "12 May 2024". The lines stay in the
    article, as paragraphs.

    Returns:
        The blocks, none of these lines a heading any more, and the metadata with what was found.
    """
    changed = list(blocks)
    for index, block in enumerate(changed[:FRONT_MAX_BLOCKS]):
        if block.kind not in ("paragraph", "heading") or len(block.text) > FRONT_LINE_MAX_CHARS:
            continue
        author, day = byline_author(block.text), line_date(block.text)
        if author or day:
            meta = replace(meta, author=meta.author or author, published=meta.published or day)
            changed[index] = replace(block, kind="paragraph", level=0)
    return tuple(changed), meta


def byline_author(line: str) -> str | None:
    """ "By Anna Berg and Tom Ek" -> "Anna Berg and Tom Ek"; None for any other line."""
    found = _byline().fullmatch(line.strip(" .|–—-"))
    if not found:
        return None
    words = [word for word in found["names"].replace(",", " ").split() if word not in _data()["particles"]]
    is_name = 2 <= len(words) <= 8 and all(word[0].isupper() for word in words)
    return found["names"].strip() if is_name else None


def line_date(line: str) -> date | None:
    """ "Published on May 12, 2024" -> 2024-05-12; None for a line that holds more than a full date."""
    bare = line.strip(" .|–—-")
    found = _ISO.fullmatch(bare) or _written_date().fullmatch(bare)
    if not found:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    month = next(value for name, value in parts.items() if name.startswith("month"))
    try:
        return date(int(parts["year"]), _month(month), int(parts.get("day") or parts["day2"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    names = _data()["months"].values()
    return next(list(map(str.lower, months)).index(word.lower()) + 1 for months in names if _in(word, months))


def _in(word: str, months: Sequence[str]) -> bool:
    return word.lower() in map(str.lower, months)


@cache
def _byline() -> re.Pattern[str]:
    names = rf"(?P<names>{_NAME}(?:,?\s(?:&|{_NAME}))+)"
    return re.compile(rf"(?:{'|'.join(_data()['by'])}):?\s+{names}")


@cache
def _written_date() -> re.Pattern[str]:
    months = "|".join(sorted({month for names in _data()["months"].values() for month in names}, key=len, reverse=True))
    day_first = rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s(?:de\s)?(?P<month>{months})\.?,?\s(?:de\s)?"
    month_first = rf"(?P<month2>{months})\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s"
    before = "|".join(sorted(_data()["dated"], key=len, reverse=True))
    return re.compile(rf"(?:(?:{before}):?\s)?(?:\w+,\s)?(?:{day_first}|{month_first})(?P<year>\d{{4}})", re.IGNORECASE)


class _Data(TypedDict):
    """Words of bylines and datelines; months by the language that calls them so."""

    by: list[str]
    dated: list[str]
    particles: list[str]
    months: dict[str, list[str]]


def _data() -> _Data:
    stated = packaged_table("narrate.sources.read", "bylines.toml")
    return _Data(by=stated["by"], dated=stated["dated"], particles=stated["particles"], months=stated["months"])
