"""Mails as text: their headers, the mails they answer, signatures and disclaimers are no part of what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime
from functools import cache

from narrate.core.article import Article, Block
from narrate.core.resources import packaged_table
from narrate.sources.read.bylines import line_date
from narrate.sources.read.plain_text.left_out import drops_of, paragraphs_of, without
from narrate.sources.read.plain_text.reading import read_text

# Above a mail stand so many headers at most, some of them of several lines.
HEADER_MAX_LINES = 120
# A signature that is longer is a part of the mail below a rule.
SIGNATURE_MAX_LINES = 15
# "On Monday, 2 March 2026 at 18:01, Rolf Tamm <rolf@sound.example> wrote:" may be wrapped twice.
QUOTING_MAX_LINES = 3

_FIELD = re.compile(r"\*?([^\W\d_][\w \-]{0,30}?)\s?:\*?(?:\s+(.*)|$)")
_QUOTED = re.compile(r"\s{0,3}[>|](?:\s|>|\||$)|\s{0,3}>")
_SIGNATURE = re.compile(r"-- ?|_{5,}\s*|—\s?")
_FORWARDS = re.compile(r"(?:fwd?|wg|tr|rv|enc)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Headers:
    """The headers that stand in some lines.

    Attributes:
        end: Number of the line after them.
        values: What they say, by what they are: "from", "date", "to", "subject", "other".
    """

    end: int
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_mail(self) -> bool:
        """A sender alone, or a date alone, may head anything."""
        return "from" in self.values and bool({"subject", "to", "date"} & self.values.keys())


def is_written_mail(text: str) -> bool:
    """Tell whether a text begins with the headers of a mail, in any language that mail.toml knows."""
    lines = text.split("\n", HEADER_MAX_LINES + 10)
    return _headers(lines, _first_filled(lines)).is_mail


def own_subject(subject: str) -> str:
    """Return a subject without the marks of answers and of mails passed on: "Re: Fwd: Tides" -> "Tides"."""
    prefixes = "|".join(map(re.escape, _words()["subject"]["prefixes"]))
    return re.sub(rf"(?i:\A(?:\s*(?:{prefixes})(?:\s?\[\d+\]|\(\d+\))?\s?:)+\s*)", "", subject).strip()


def without_soft_breaks(text: str, *, is_glued: bool) -> str:
    """Return text in which lines that go on are joined (RFC 3676, "format=flowed").

    Args:
        text: As it was sent: a space at the end of a line says that the paragraph goes on.
        is_glued: That space is no part of the text ("delsp=yes").
    """
    joined: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        body = line[1:] if line.startswith(" ") else line
        if goes_on and not body.startswith(">"):
            joined[-1] += body
        else:
            joined.append(body)
        goes_on = body.endswith(" ") and body != "-- "
        if goes_on and is_glued:
            joined[-1] = joined[-1][:-1]
    return "\n".join(joined)


def written_mail(text: str) -> Article:
    """Turn the text of a mail into an article; the subject, where it stands there, is its title.

    Args:
        text: NFC text with "\\n" line ends, with or without headers.
    """
    lines = text.split("\n")
    headers = _headers(lines, _first_filled(lines))
    named = dict.fromkeys(range(headers.end), "mail-header") if headers.is_mail else {}
    values = headers.values if headers.is_mail else {}
    start = len(named)
    named |= _answered(lines, start, is_passed_on=bool(_FORWARDS.match(values.get("subject", ""))))
    named |= _signature(lines, named) | _device(lines, named) | _disclaimers(lines, named)
    rest = without(lines, named)
    if not any(line.strip(" \t>|") for line in rest):  # nothing but quotes: they are the mail
        named = {number: rule for number, rule in named.items() if rule == "mail-header"}
        rest = [re.sub(r"^[\s>|]+", "", line) for line in without(lines, named)]
    article = read_text("\n".join(rest))
    return _with_headers(replace(article, drops=drops_of(lines, named) + article.drops), values)


def _with_headers(article: Article, values: Mapping[str, str]) -> Article:
    title = own_subject(" ".join(values.get("subject", "").split()))
    author = " ".join(parseaddr(values.get("from", ""))[0].split()) or _name(values.get("from", ""))
    meta = replace(
        article.meta,
        author=author or article.meta.author,
        published=day_of(values.get("date", "")) or article.meta.published,
    )
    if not title:
        return replace(article, meta=meta)
    blocks = [Block("paragraph", block.text) if block.kind == "title" else block for block in article.blocks]
    if blocks and blocks[0].text == title:
        del blocks[0]
    return replace(article, meta=replace(meta, title=title), blocks=(Block("title", title), *blocks))


def _name(sender: str) -> str | None:
    """A sender without an address: "From: Mira Falk"."""
    name = re.sub(r"[<\[(].*", "", sender).strip(' "')
    return name if name and "@" not in name else None


def day_of(value: str) -> date | None:
    """Return the day that a header states, as programs write it or as people do; None where it states none."""
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return line_date(re.sub(r"\s+(?:at |um )?\d{1,2}:\d\d.*", "", value))


def _first_filled(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _headers(lines: Sequence[str], start: int) -> _Headers:
    """Read headers from a line on, up to the blank line or the first that is none."""
    values: dict[str, str] = {}
    last = ""
    for number in range(start, min(len(lines), start + HEADER_MAX_LINES)):
        line = lines[number]
        found = _FIELD.match(line.strip("\ufeff"))
        kind = _kinds().get(found[1].strip().casefold(), "") if found else ""
        if found and (kind or (values and found[1].startswith("X-"))):
            last = kind
            values.setdefault(kind, found[2] or "")
        elif line[:1] in (" ", "\t") and line.strip() and values:
            values[last] = f"{values.get(last, '')} {line.strip()}"
        else:
            return _Headers(number, values)
    return _Headers(min(len(lines), start + HEADER_MAX_LINES), values)


def _answered(lines: Sequence[str], start: int, *, is_passed_on: bool) -> dict[int, str]:
    """Name the lines of mails that are answered; of one that is passed on, its headers alone."""
    named: dict[int, str] = {}
    has_words = False
    number = start
    while number < len(lines):
        inner = _inner_headers(lines, number)
        if _is_line(lines[number], "forwarded"):
            is_passed_on = True
            named[number] = "mail-header"
        elif _is_line(lines[number], "original"):
            named[number] = "mail-header"
        elif inner:
            if has_words and not is_passed_on:
                return named | dict.fromkeys(range(number, len(lines)), "quoted-reply")
            named |= dict.fromkeys(range(number, inner), "mail-header")
            number = inner
            continue
        elif end := _quote_end(lines, number):
            named |= dict.fromkeys(range(number, end), "quoted-reply")
            number = end
            continue
        else:
            has_words = has_words or bool(lines[number].strip())
        number += 1
    return named


def _inner_headers(lines: Sequence[str], number: int) -> int:
    """Return the end of the headers of another mail that begin at a line, 0 where there are none."""
    found = _headers(lines, number) if _FIELD.match(lines[number]) else _Headers(number)
    is_mail = found.is_mail and len(found.values) >= 3
    return found.end if is_mail else 0


def _quote_end(lines: Sequence[str], number: int) -> int:
    """Return the end of quoted lines, and of the line that announces them; 0 where none begin."""
    if _QUOTED.match(lines[number]):
        end = number
    else:
        end = _announcement_end(lines, number)
        if not end:
            return 0
    while end < len(lines) and (_QUOTED.match(lines[end]) or _is_gap(lines, end)):
        end += 1
    return end


def _is_gap(lines: Sequence[str], number: int) -> bool:
    return not lines[number].strip() and number + 1 < len(lines) and bool(_QUOTED.match(lines[number + 1]))


def _announcement_end(lines: Sequence[str], number: int) -> int:
    """ "On Monday Rolf Tamm wrote:", before quoted lines."""
    for count in range(1, QUOTING_MAX_LINES + 1):
        text = " ".join(line.strip() for line in lines[number : number + count])
        if not lines[number].strip() or len(text) > 300:
            return 0
        end = number + count
        after = next((line for line in lines[end : end + 2] if line.strip()), "")
        if _QUOTED.match(after) and any(pattern.fullmatch(text) for pattern in _patterns("quoting")):
            return end
    return 0


def _signature(lines: Sequence[str], named: Mapping[int, str]) -> dict[int, str]:
    """Name what stands under the line that parts a signature off (RFC 3676, 4.3)."""
    last = max((n for n, line in enumerate(lines) if line.strip() and n not in named), default=-1)
    starts = [
        n for n in range(max(0, last - SIGNATURE_MAX_LINES), last) if n not in named and _SIGNATURE.fullmatch(lines[n])
    ]
    return dict.fromkeys(range(starts[0], last + 1), "mail-signature") if starts else {}


def _device(lines: Sequence[str], named: Mapping[int, str]) -> dict[int, str]:
    found = (n for n, line in enumerate(lines) if n not in named and _is_line(line, "device"))
    return dict.fromkeys(found, "mail-signature")


def _disclaimers(lines: Sequence[str], named: Mapping[int, str]) -> dict[int, str]:
    """Name paragraphs in which a company says whom its mails are for."""
    left = [line if n not in named else "" for n, line in enumerate(lines)]
    found: dict[int, str] = {}
    for place in paragraphs_of(left):
        text = " ".join(left[place.start : place.stop])[:2_000]
        if any(pattern.search(text) for pattern in _patterns("disclaimer")):
            found |= dict.fromkeys(place, "mail-disclaimer")
    return found


def _is_line(line: str, kind: str) -> bool:
    text = line.strip()
    return 0 < len(text) <= 200 and any(pattern.fullmatch(text) for pattern in _patterns(kind))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE if kind == "disclaimer" else 0
    return tuple(re.compile(pattern, flags) for pattern in _words()["lines"][kind])


@cache
def _kinds() -> Mapping[str, str]:
    return dict(_labels())


def _labels() -> Iterator[tuple[str, str]]:
    for kind, labels in _words()["headers"].items():
        yield from ((label.casefold(), kind) for label in labels)


def _words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    words: Mapping[str, Mapping[str, Sequence[str]]] = packaged_table("narrate.sources.read.mail", "mail.toml")
    return words
