"""Small files, read whole, with every reason why not in words."""

from __future__ import annotations

import json
import math
from pathlib import Path


def whole(path: Path, max_bytes: int) -> bytes:
    """The content of a file.

    Raises:
        ValueError: It cannot be read, or is larger than it may be; the message says so without its name.
    """
    try:
        size_bytes = path.stat().st_size
        if not path.is_file():
            raise ValueError("it is not a file")
        if size_bytes > max_bytes:
            raise ValueError(f"it has {size_bytes} bytes, more than the {max_bytes} that are read")
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror or error}") from error


def text_of(data: bytes) -> str:
    """Return text in UTF-8, without its byte order mark.

    Raises:
        ValueError: It is in another encoding.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8: byte {error.start}") from error


def json_of(data: bytes) -> dict[str, object]:
    """A JSON object.

    Raises:
        ValueError: It is none.
    """
    try:
        found = json.loads(text_of(data))
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error}") from error
    except RecursionError as error:
        raise ValueError("it is no JSON that can be read: it lies too deep") from error
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    return found


def seconds_in_ms(value: object) -> int | None:
    """A number of seconds in whole milliseconds; None for what is no number of seconds."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    # A year of sound; beyond it, numbers are mistakes.
    return round(seconds * 1000) if math.isfinite(seconds) and 0 <= seconds <= 31_536_000 else None
