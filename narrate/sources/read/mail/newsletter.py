"""Takes out of newsletters the frame that services put around them: open fields, days with bars, addresses, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from narrate.core.article import Block, Drop
from narrate.core.resources import packaged_table
from narrate.sources.read.bylines import line_date

# So many blocks at the beginning and at the end are the edges of a letter; in its middle an author may say all of this.
EDGE_BLOCKS = 8
LINE_MAX_CHARS = 300
# A greeting or a word of thanks with a name is so short; a longer text with a field in it is about fields.
FIELD_MAX_WORDS = 12
ADDRESS_MAX_CHARS = 220

_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_TEXT_KINDS = frozenset({"title", "paragraph", "heading", "list_item", "quote", "caption", "footnote"})


@dataclass(frozen=True, slots=True)
class Letter:
    """The blocks of a newsletter that are read, and those that are not."""

    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...]


def without_frame(blocks: Sequence[Block]) -> Letter:
    """Leave out what no author wrote of a letter: on record, with its rule."""
    kept: list[Block] = []
    drops: list[Drop] = []
    for number, block in enumerate(blocks):
        is_late = number >= len(blocks) - EDGE_BLOCKS
        if block.kind not in _TEXT_KINDS or not (number < EDGE_BLOCKS or is_late):
            kept.append(block)
            continue
        if _is_frame(block.text) or (is_late and _is_address(block.text)):
            drops.append(Drop(block, "newsletter-frame"))
            continue
        filled, fields = _without_fields(block.text)
        drops += [Drop(Block("paragraph", found), "merge-field") for found in fields]
        if any(map(str.isalnum, filled)):
            kept.append(replace(block, text=filled))
    return Letter(tuple(kept), tuple(drops))


def _is_frame(text: str) -> bool:
    is_short = len(text) <= LINE_MAX_CHARS
    return is_short and (any(one.fullmatch(text) for one in patterns("lines")) or _is_day_line(text))


def _is_day_line(text: str) -> bool:
    """Tell whether a line is a day between bars, with nothing beside it but an issue's number, or links."""
    parts = [part for part in _PARTS.split(text) if part]
    days = [part for part in parts if line_date(part)]
    others = [part for part in parts if part not in days]
    is_known = all(any(one.fullmatch(part) for one in patterns("beside_days")) for part in others)
    return bool(days and others) and is_known


def _is_address(text: str) -> bool:
    """Tell whether a line is a postal address: a street with a number, and a town with its code."""
    is_line = len(text) <= ADDRESS_MAX_CHARS and not re.search(r"[a-z]{3}[.!?](?:\s[A-Z]|$)", text)
    has_street = any(one.search(text) for one in patterns("streets", is_cased=True))
    return is_line and has_street and any(one.search(text) for one in patterns("places", is_cased=True))


def _without_fields(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a short text without the fields that were to hold its reader's name, and these."""
    fields = tuple(_fields(text))
    if not fields or len(_joined(text, fields, " ").split()) > FIELD_MAX_WORDS:
        return text, ()
    # "Hi *|FNAME|*," leaves its comma, and "Thanks, *|FNAME|*!" leaves none.
    return re.sub(r"[\s,]+(?=[.!?:;])|\s+(?=,)", "", _joined(text, fields, " ")).strip(" "), fields


def _fields(text: str) -> Iterator[str]:
    for one in patterns("fields", is_cased=True):
        yield from (found[0] for found in one.finditer(text))


def _joined(text: str, fields: Sequence[str], between: str) -> str:
    for found in fields:
        text = text.replace(found, between)
    return " ".join(text.split())


@cache
def patterns(kind: str, *, is_cased: bool = False) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of newsletters of a kind that mail.toml names."""
    table = packaged_table("narrate.sources.read.mail", "mail.toml")["newsletter"]
    return tuple(re.compile(line, 0 if is_cased else re.IGNORECASE) for line in table[kind])
