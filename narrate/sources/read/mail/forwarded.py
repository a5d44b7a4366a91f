"""Mails that were passed on: the headers of the mail inside are no text, and its writer is the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from narrate.core.article import Block, Drop
from narrate.core.resources import packaged_table
from narrate.sources.read.mail.sender import sender_of
from narrate.sources.read.mail.written_mail import day_of

HEADER_RULE = "mail-header"
# Headers stand before the text; a mail may say a few words above them.
SEEN_BLOCKS = 12
HEADERS_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Passed:
    """The text of a mail that was passed on, and the headers of the mail inside."""

    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The writer of a mail that was passed on, the newsletter, and the day; None where it does not say so."""

    author: str | None
    site: str | None
    published: date | None


def without_inner_headers(blocks: Sequence[Block]) -> Passed:
    """Leave out the headers of a mail that was passed on, in one block or in one for each."""
    for start in range(min(SEEN_BLOCKS, len(blocks))):
        end = start
        while end < len(blocks) and _is_header(blocks[end].text):
            end += 1
        written = " ".join(block.text for block in blocks[start:end])
        if end > start and "from" in (found := _values(written)) and {"subject", "date", "to"} & found.keys():
            drops = tuple(Drop(block, HEADER_RULE) for block in blocks[start:end])
            return Passed((*blocks[:start], *blocks[end:]), drops)
    return Passed(tuple(blocks))


def origin_of(drops: Sequence[Drop]) -> Origin | None:
    """Return who wrote the mail whose headers are on record; None where there are none."""
    values = _values(" ".join(drop.block.text for drop in drops if drop.rule == HEADER_RULE)[:HEADERS_MAX_CHARS])
    if "from" not in values:
        return None
    sender = sender_of(values["from"])
    if sender.author is None and "<" not in values["from"]:
        return None
    return Origin(sender.author, sender.site, day_of(values.get("date", "")))


def _is_header(text: str) -> bool:
    return len(text) <= HEADERS_MAX_CHARS and bool(_announced().match(text) or _label().match(text))


def _values(text: str) -> Mapping[str, str]:
    """Return what headers that stand in a line say, by what they are; the first of each kind counts."""
    text = _announced().sub("", text)
    found = list(_label().finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)] if found else []
    values: dict[str, str] = {}
    for one, end in zip(found, ends, strict=True):
        values.setdefault(_kinds()[one[1].casefold()], text[one.end() : end].strip(" *\n"))
    return values


@cache
def _kinds() -> Mapping[str, str]:
    table = packaged_table("narrate.sources.read.mail", "mail.toml")["headers"]
    return {label.casefold(): kind for kind, labels in table.items() for label in labels}


@cache
def _label() -> re.Pattern[str]:
    """A header's name at the beginning, or behind a space, with its colon."""
    names = "|".join(sorted(map(re.escape, _kinds()), key=len, reverse=True))
    return re.compile(rf"(?:\A|(?<=\s))\*?({names})\s?:\*?(?=\s|$)\s*", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    """Return a pattern of the lines that programs put above a mail that is passed on."""
    return re.compile(rf"\s*(?:{'|'.join(_announcements())})\s*")


def _announcements() -> Iterator[str]:
    yield from packaged_table("narrate.sources.read.mail", "mail.toml")["lines"]["forwarded"]
