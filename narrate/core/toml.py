"""TOML from anywhere: Python's parser, kept from what costs it the square of the size or all of its stack.

Of a key with n dots, tomllib remembers each of its n beginnings: 40 kB of "a.a.a." took 1.6 GB.
"""

from __future__ import annotations

import re
import tomllib

# A book of settings or names; keys and tables that people write are three or four parts deep.
MAX_CHARS = 1_000_000
KEY_MAX_PARTS = 16

# One part of a key, and its dot. What has matched stays matched; each place is begun at once.
_PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+"
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:{_PART}){{{KEY_MAX_PARTS}}}")


def loads(text: str, max_chars: int = MAX_CHARS) -> dict[str, object]:
    """Return what a TOML document holds.

    Args:
        text: The document.
        max_chars: A longer one is refused before it is read.

    Raises:
        tomllib.TOMLDecodeError: It is none; or it is too large, or a key in it or its nesting too deep.
    """
    if len(text) > max_chars:
        raise tomllib.TOMLDecodeError(f"it has {len(text):,} characters, more than the {max_chars:,} that are read")
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise tomllib.TOMLDecodeError(f"a key has more than {KEY_MAX_PARTS} parts (at line {line})")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("its brackets lie too deep") from error
