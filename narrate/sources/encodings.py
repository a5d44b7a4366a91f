"""Which encoding a label names: those of the web and no others, wherever it stands (server, page, feed, XML).

Python knows codecs that are no encodings of text ("zlib"), that run what they read ("unicode_escape") or whose time
grows with the square of their input ("idna", "punycode"); none of them is ever looked up for a label.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cache
from typing import TypedDict

from narrate.core.resources import packaged_table

# A byte order mark says more than any label (https://encoding.spec.whatwg.org/#decode). UTF-32 is no encoding of the
# web, but files come in it; its little-endian mark begins with that of UTF-16, so it stands first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# No label is longer; whoever sends more sends none.
LABEL_MAX_CHARS = 40

_AROUND = "\t\n\f\r \"'"


def encoding_of(label: str | None) -> str | None:
    """Return the Encoding Standard's name, in lower case, of the encoding that a label names; None where it is none.

    The name is a label as well. "Latin1" -> "windows-1252", as browsers take it.
    """
    if not label or len(label) > LABEL_MAX_CHARS:
        return None
    return _names().get(label.strip(_AROUND).lower())


def codec_of(label: str | None) -> str | None:
    """Return Python's name of the codec for a label's encoding; None where it names no encoding of the web."""
    name = encoding_of(label)
    return _tables()[name]["codec"] if name else None


def codec_within(label: str | None) -> str | None:
    """Return the same for a label that was read inside of the text it is about.

    Who could read it byte by byte has no UTF-16: there the standard takes it for UTF-8
    (https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding).
    """
    codec = codec_of(label)
    return "utf-8" if codec in ("utf-16-le", "utf-16-be") else codec


@cache
def _names() -> Mapping[str, str]:
    return {label: name for name, table in _tables().items() for label in table["labels"]}


class _Encoding(TypedDict):
    """Python's name of the codec, and the labels that name it."""

    codec: str
    labels: list[str]


def _tables() -> Mapping[str, _Encoding]:
    return packaged_table("narrate.sources", "encodings.toml")
