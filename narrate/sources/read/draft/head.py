"""The front matter of a draft: what is known of the article, where it came from, and what others wrote there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from narrate.core.article import Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.draft.signs import HEAD_MAX_CHARS
from narrate.sources.read.draft.values import VERSION, Draft
from narrate.sources.read.front_matter.particulars import KNOWN_KEYS, folded, metadata_of, text_of
from narrate.sources.read.front_matter.splitting import front_matter_of

_VERSION, _SOURCE, _ORIGIN = "narrate-draft", "source", "origin"
_OWN = frozenset(map(folded, (_VERSION, _SOURCE, _ORIGIN)))

# What YAML takes for words whatever it is, when nothing that means something to it stands there.
_PLAIN = re.compile(r"[^\W_](?:[^:#\[\]{}\"'“”]|:(?=\S)|(?<=\S)['’])*")
_NOT_WORDS = ("null", "true", "false", "yes", "no", "on", "off")
_KEY = re.compile(r"([A-Za-z_][\w.-]*):(?:\s|$)")
_CURLY = re.compile(r"([A-Za-z_][\w.-]*:\s+)[“„‟](.*)[”“]\s*")

# It stands in the first lines of a draft (HEAD_MAX_CHARS).
_FIRST = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(?:[^\n]*\n)*?narrate-draft:[ \t]*\S")


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter of a draft.

    Attributes:
        meta: What it says of the article.
        source: The article, as Draft.source.
        unknown: Lines that narrate has no use for.
        body: What follows.
        first_line: Number of the body's first line, from 1.
    """

    meta: Metadata
    source: str
    unknown: tuple[str, ...]
    body: str
    first_line: int


def is_draft(text: str) -> bool:
    """Tell a draft, by the key in its front matter that no other article has."""
    head = text[:HEAD_MAX_CHARS]
    if not _FIRST.match(head):
        return False
    values = front_matter_of(head.replace("\r\n", "\n").removeprefix("\ufeff")).values
    return folded(_VERSION) in values


def source_in(text: str) -> str:
    """Return the article that a draft says it is of, "" for none or for a text that is no draft."""
    return text_of(front_matter_of(text).values.get(_SOURCE)) if text else ""


def head_of(text: str, name: str) -> Head:
    """Read the front matter of a draft.

    Args:
        text: Of the draft, with "\\n" line ends.
        name: Of the file, for errors.

    Raises:
        SourceError: It was written by a later narrate, or a value cannot be used; says which line.
    """
    found = front_matter_of(text)
    count = text.count("\n") - found.body.count("\n")
    lines = text.split("\n")[:count]
    straight = "\n".join(map(_straight, lines))
    values = front_matter_of(straight).values
    if text_of(values[folded(_VERSION)]) != str(VERSION):
        line = _line_of(lines, folded(_VERSION))
        raise SourceError(f"{name}, line {line}: the draft is of another version of narrate", "install the newest one")
    meta, misstated = metadata_of({key: value for key, value in values.items() if key not in _OWN})
    for one in misstated:
        raise SourceError(f"{name}, line {_line_of(lines, one.key)}: {one.message}", one.hint)
    # As it was stated: what an article says of its picture was joined with its address when it was read.
    cover = text_of(values.get("cover")) or meta.cover_url
    meta = replace(meta, cover_url=cover, origin=text_of(values.get(_ORIGIN)))
    return Head(meta, text_of(values.get(_SOURCE)), tuple(_unknown(lines)), found.body, count + 1)


def _straight(line: str) -> str:
    """Return a line of front matter with straight quotes around its value where an editor made curly ones of them."""
    found = _CURLY.fullmatch(line)
    return f"{found[1]}{json.dumps(found[2], ensure_ascii=False)}" if found else line


def _line_of(lines: Sequence[str], key: str) -> int:
    known = {key, folded(key)}
    found = (
        number for number, line in enumerate(lines, 1) if (match := _KEY.match(line)) and folded(match[1]) in known
    )
    return next(found, 1)


def _unknown(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines of the front matter that belong to no key of narrate's, comments among them."""
    is_known = False
    fences = [index for index, line in enumerate(lines) if line.rstrip() in ("---", "...")]
    for line in lines[fences[0] + 1 : fences[1]] if len(fences) > 1 else ():
        if match := _KEY.match(line):
            is_known = folded(match[1]) in KNOWN_KEYS or folded(match[1]) in _OWN
        elif line.startswith("#"):
            is_known = False
        if not is_known and line.strip():
            yield line.rstrip()


def lines_of_head(draft: Draft) -> list[str]:
    """Return the front matter of a draft, its fences among the lines; what is not known has no line."""
    meta = draft.meta
    values: Mapping[str, object] = {
        "title": meta.title,
        "author": meta.author,
        "date": meta.published,
        "url": meta.url,
        "site": meta.site,
        "language": meta.language,
        "voice": meta.voice,
        "cast": meta.cast,
        "description": meta.description,
        "tags": meta.tags,
        "cover": meta.cover_url,
        "season": meta.season,
        "episode": meta.episode,
        "lexicon": meta.lexicon,
        "draft": meta.is_draft or None,
        _VERSION: VERSION,
        _SOURCE: draft.source,
        _ORIGIN: meta.origin,
    }
    stated = [f"{key}: {_value(value)}" for key, value in values.items() if value not in (None, "", ())]
    return ["---", *stated, *draft.unknown, "---"]


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(json.dumps(_guarded(one), ensure_ascii=False) for one in value)}]"
    if value is True:
        return "true"
    text = _guarded(value.isoformat() if isinstance(value, date) else str(value))
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _guarded(text: str) -> str:
    """Keep what looks like a character of HTML from being read as one."""
    return text.replace("&", "&amp;") if html.unescape(text) != text else text
