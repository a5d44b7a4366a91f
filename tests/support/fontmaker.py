"""Makes small fonts, so that what is said of fonts can be tried on machines that have none."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

UNITS_PER_EM = 1000
BOX = (60, 0, 560, 700)


@dataclass(frozen=True, slots=True)
class Made:
    """What a font is to be like; every letter is a bar of a height of its own.

    Attributes:
        letters: Characters with a glyph.
        family: Its name.
        weight: As in OS/2.
        italic: As in OS/2.
        boxes: Characters whose glyph looks like that of a missing character.
        blanks: Characters whose glyph is empty.
        cmap: Format of the table of characters, 4 or 12.
        axes: Variable axes: tag, lowest, normal, highest.
        without: Tables to leave out.
    """

    letters: str
    family: str = "Made"
    weight: int = 400
    italic: bool = False
    boxes: str = ""
    blanks: str = ""
    cmap: int = 4
    axes: tuple[tuple[bytes, int, int, int], ...] = ()
    without: tuple[bytes, ...] = ()


def write_font(path: Path, made: Made) -> Path:
    """Writes a .ttf."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_file(made, 0))
    return path


def write_collection(path: Path, *fonts: Made) -> Path:
    """Writes a .ttc."""
    data = b""
    offsets = []
    start = 12 + 4 * len(fonts)
    for made in fonts:
        offsets.append(start + len(data))
        data += _file(made, start + len(data))
    path.write_bytes(struct.pack(f">4sLL{len(fonts)}L", b"ttcf", 0x10000, len(fonts), *offsets) + data)
    return path


def _file(made: Made, base: int) -> bytes:
    tables = {tag: data for tag, data in sorted(_tables(made).items()) if tag not in made.without}
    head = struct.pack(">4sHHHH", b"\0\1\0\0", len(tables), 0, 0, 0)
    records, body = b"", b""
    for tag, data in tables.items():
        records += struct.pack(">4sLLL", tag, 0, base + 12 + 16 * len(tables) + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + records + body


def _tables(made: Made) -> dict[bytes, bytes]:
    chars = sorted(set(made.letters + made.boxes + made.blanks))
    shapes = [_bar(*BOX)]
    for number, char in enumerate(chars):
        bar = _bar(80, 0, 420, 500 + 7 * (number % 40))
        shapes.append(_bar(*BOX) if char in made.boxes else b"" if char in made.blanks or char == " " else bar)
    offsets = [sum(map(len, shapes[:number])) for number in range(len(shapes) + 1)]
    tables = {
        b"head": struct.pack(
            ">LLLLHHQQ4hHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 600, 800, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">LhhhHhhhhhh4hhH", 0x10000, 800, -200, 0, 600, 0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, len(shapes)
        ),
        b"maxp": struct.pack(">LH13H", 0x10000, len(shapes), 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"hmtx": struct.pack(">Hh", 600, 60) * len(shapes),
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"glyf": b"".join(shapes),
        b"cmap": _cmap4(chars) if made.cmap == 4 else _cmap12(chars),
        b"name": _name(made.family),
        b"OS/2": struct.pack(">HhHHH", 3, 600, made.weight, 5, 0)
        + bytes(52)
        + struct.pack(">H", made.italic)
        + bytes(14),
    }
    if made.axes:
        axes = b"".join(
            struct.pack(">4s3lHH", tag, *(value << 16 for value in values), 0, 256) for tag, *values in made.axes
        )
        tables[b"fvar"] = struct.pack(">HHHHHHHH", 1, 0, 16, 2, len(made.axes), 20, 0, 4 + 4 * len(made.axes)) + axes
    return tables


def _bar(left: int, bottom: int, right: int, top: int) -> bytes:
    points = [(left, bottom), (left, top), (right, top), (right, bottom)]
    deltas = [
        [now[axis] - before[axis] for before, now in zip([(0, 0), *points], points, strict=False)] for axis in (0, 1)
    ]
    data = struct.pack(">5hHH4B", 1, left, bottom, right, top, 3, 0, 1, 1, 1, 1)
    return data + struct.pack(">8h", *deltas[0], *deltas[1]) + b"\0\0"


def _cmap4(chars: list[str]) -> bytes:
    codes = [ord(char) for char in chars]
    count = len(codes) + 1
    deltas = [(glyph - code) & 0xFFFF for glyph, code in enumerate(codes, 1)]
    lists = struct.pack(f">{count}HH{count}H", *codes, 0xFFFF, 0, *codes, 0xFFFF) + struct.pack(
        f">{count}H", *deltas, 1
    )
    body = struct.pack(">HHHH", 2 * count, 0, 0, 0) + lists + struct.pack(f">{count}H", *[0] * count)
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 6 + len(body), 0) + body


def _cmap12(chars: list[str]) -> bytes:
    groups = b"".join(struct.pack(">LLL", ord(char), ord(char), glyph) for glyph, char in enumerate(chars, 1))
    head = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(chars))
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + head + groups


def _name(family: str) -> bytes:
    text = family.encode("utf-16-be")
    return struct.pack(">HHH", 0, 1, 18) + struct.pack(">6H", 3, 1, 0x409, 1, len(text), 0) + text
