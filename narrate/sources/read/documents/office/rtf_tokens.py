"""The tokens of RTF (Rich Text Format 1.9.1): groups, control words and text, in one pass over the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
)
# \bin is followed by so many bytes of anything.
_BINARY = b"bin"


class Token(NamedTuple):
    """A token.

    Attributes:
        kind: "open" and "close" are braces, a "word" is a control word, a "sign" one of a single character, "bytes" are
            text in the character set of its font.
        text: The control word or sign.
        number: What stands behind a control word; None where nothing does.
        data: Text as bytes.
    """

    kind: Literal["open", "close", "word", "sign", "bytes"]
    text: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(source: bytes) -> Iterator[Token]:
    """Yield the tokens of a file; bytes that are part of none are passed over."""
    position = 0
    while found := _TOKEN.search(source, position):
        position = found.end()
        if found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == _BINARY:
                position += max(0, number or 0)
            else:
                yield Token("word", found["word"].decode("ascii"), number)
        elif found["hex"]:
            yield Token("bytes", data=bytes.fromhex(found["hex"].decode("ascii")))
        elif found["sign"]:
            yield Token("sign", found["sign"].decode("latin-1"))
        elif found["brace"]:
            yield Token("open" if found["brace"] == b"{" else "close")
        else:
            yield Token("bytes", data=found["text"])
