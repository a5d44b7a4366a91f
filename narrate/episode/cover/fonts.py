"""The machine's fonts: where they lie, what they call themselves, which letters they have, which are to be preferred.

Font files are read by hand, no further than needed: the folders of a machine may hold thousands of them. The tables
are those of https://learn.microsoft.com/typography/opentype/spec/ (`name`, `OS/2`, `head`, `fvar`, `cmap`).
"""

from __future__ import annotations

import logging
import os
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import BinaryIO

from narrate.core.language.tags import primary_language
from narrate.episode.cover.tables import families

FOLDERS_VARIABLE = "NARRATE_FONT_DIRS"
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
BOLD = 700
NORMAL_WIDTH = 5

# What is read of a file that may be anything: the largest `cmap`, of 60 000 Chinese characters, is half of this.
TABLE_MAX_BYTES = 2_000_000
FACES_MAX = 256
NAME_MAX_BYTES = 256
# A title with every character of Unicode would take each of a thousand fonts in turn.
FACES_A_TEXT_MAX = 16

_ENGLISH = 0x409
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Face:
    """One style of one family, as a file on this machine has it.

    Attributes:
        path: The file; None is the small font that Pillow brings along.
        index: Which of the faces of a collection (.ttc) it is.
        family: What it calls itself: "Noto Sans".
        weight: 400 is regular, 700 bold; a variable font is taken as bold as it can be, up to 700.
        width: 5 is normal, less is condensed.
        italic: Whether it slants.
        axes: What a variable font's axes are to be set to, in its own order; empty for any other font.
    """

    path: Path | None
    index: int = 0
    family: str = ""
    weight: int = 400
    width: int = NORMAL_WIDTH
    italic: bool = False
    axes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters that a face has a glyph for: ranges of code points, ascending, both ends included."""

    # Arrays, so that those of a thousand fonts can be kept: 5 kB for one of Latin and Greek, 100 for one of Chinese.
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, ranges: list[tuple[int, int]]) -> Letters:
        """Make letters from pairs of first and last code point, ascending."""
        return cls(array("I", [start for start, _ in ranges]), array("I", [end for _, end in ranges]))

    def __contains__(self, char: str) -> bool:
        place = bisect_right(self.starts, ord(char)) - 1
        return place >= 0 and ord(char) <= self.ends[place]


# Pillow's own font has a few more, but only these are there in every version.
BUILT_IN = Face(None, family="Aileron")
_ASCII = Letters.of([(0x20, 0x7E)])
_NONE = Letters.of([])


def font_folders(environment: Mapping[str, str], platform: str = sys.platform) -> tuple[Path, ...]:
    """The folders in which this machine keeps fonts, the user's own first; not all of them need exist.

    Args:
        environment: Such as os.environ. NARRATE_FONT_DIRS names folders to use instead of all others.
        platform: As sys.platform says it.
    """
    if FOLDERS_VARIABLE in environment:
        return tuple(Path(name) for name in environment[FOLDERS_VARIABLE].split(os.pathsep) if name)
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or os.path.expanduser("~"))
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        windows = Path(environment.get("WINDIR") or "C:/Windows")
        return (local / "Microsoft" / "Windows" / "Fonts", windows / "Fonts")
    if platform == "darwin":
        system = ("/Library/Fonts", "/System/Library/Fonts", "/Network/Library/Fonts")
        return (home / "Library" / "Fonts", *map(Path, system))
    data_home = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    data_dirs = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    shared = [Path(name) / "fonts" for name in (*data_dirs, "/usr/local/share", "/usr/share") if name]
    nix = Path("/run/current-system/sw/share/X11/fonts")
    return tuple(dict.fromkeys([data_home / "fonts", home / ".fonts", *shared, nix]))


@cache
def faces(folders: tuple[Path, ...]) -> tuple[Face, ...]:
    """Return all faces with outlines in these folders and those below, once a process; pass over broken files."""
    found: dict[Path, list[Face]] = {}
    for folder in folders:
        for path in _files(folder):
            if path not in found:
                found[path] = _faces_of(path)
    return tuple(face for of_file in found.values() for face in of_file)


@lru_cache(maxsize=8192)
def letters_of(face: Face) -> Letters:
    """The characters of a face; none where its file cannot be read any more."""
    if face.path is None:
        return _ASCII
    try:
        with face.path.open("rb") as file:
            table = _table(file, _directory(file, _offsets(file)[face.index]), b"cmap")
        return _letters(table)
    except (OSError, ValueError, struct.error, IndexError) as error:
        _LOG.debug("the characters of %s cannot be read: %s", face.path, error)
        return _NONE


def ranked(found: tuple[Face, ...], language: str) -> tuple[Face, ...]:
    """Faces by how well they suit a cover: families of the table in cover.toml first, upright, normal width, bold.

    Faces that show something else than letters (icons, bar codes, boxes with numbers in them) are left out.
    """
    table = families()
    primary = primary_language(language)
    own = table["by_language"].get(language.lower()) or table["by_language"].get(primary) or []
    place = {family.lower(): index for index, family in reversed(list(enumerate([*own, *table["families"]])))}

    def rank(face: Face) -> tuple[int, int, bool, int, int, str, int]:
        family = face.family.lower()
        late = sum(word in family for word in table["late"])
        styles = (face.italic, abs(face.width - NORMAL_WIDTH), abs(face.weight - BOLD))
        return (place.get(family, len(place)), late, *styles, str(face.path), face.index)

    usable = [face for face in found if not any(word in face.family.lower() for word in table["never"])]
    return tuple(sorted(usable, key=rank))


def chosen(text: str, ranking: tuple[Face, ...]) -> tuple[Face, ...]:
    """The faces to set a text in: the first that has all of it, else the one that has most and others for the rest.

    Args:
        text: What is to be set.
        ranking: The best face first.

    Returns:
        From 1 to 17 faces, the main one first. Characters may remain that none of them has.
    """
    wanted = [char for char in text if not char.isspace()]
    offers: list[tuple[Face, list[str]]] = []
    for face in ranking if wanted else ():
        has = letters_of(face)
        offers.append((face, [char for char in wanted if char in has]))
        if len(offers[-1][1]) == len(wanted):
            return (face, BUILT_IN)
    found: list[Face] = []
    while len(found) < FACES_A_TEXT_MAX and (offers := [offer for offer in offers if offer[1]]):
        best, _ = max(offers, key=lambda offer: len(offer[1]))
        has = letters_of(best)
        offers = [(face, [char for char in chars if char not in has]) for face, chars in offers]
        found.append(best)
    return (*found, BUILT_IN)


def _files(folder: Path) -> Iterator[Path]:
    for root, below, names in os.walk(folder):
        below.sort()
        yield from (Path(root, name) for name in sorted(names) if name.lower().endswith(SUFFIXES))


def _faces_of(path: Path) -> list[Face]:
    """A broken face of a collection costs the whole collection: its other offsets are not to be trusted either."""
    try:
        # A pipe with a font's name would be waited on for ever.
        if not path.is_file():
            return []
        with path.open("rb") as file:
            found = (_face(file, offset, path, index) for index, offset in enumerate(_offsets(file)))
            return [face for face in found if face]
    except (OSError, ValueError, struct.error, IndexError) as error:
        _LOG.debug("%s is passed over: %s", path, error)
        return []


def _face(file: BinaryIO, offset: int, path: Path, index: int) -> Face | None:
    directory = _directory(file, offset)
    # Bitmap fonts, such as those of coloured emoji, cannot be had in any size.
    if b"cmap" not in directory or not directory.keys() & {b"glyf", b"CFF ", b"CFF2"}:
        return None
    weight, width, italic = _style(file, directory)
    axes = _axes(_table(file, directory, b"fvar")) if b"fvar" in directory else {}
    settings = {
        tag: min(max(BOLD, low), high) if tag == b"wght" else normal for tag, (low, normal, high) in axes.items()
    }
    return Face(
        path=path,
        index=index,
        family=_family(_table(file, directory, b"name")),
        weight=round(settings.get(b"wght", weight)),
        width=width,
        italic=italic,
        axes=tuple(settings.values()),
    )


def _offsets(file: BinaryIO) -> list[int]:
    """Return where the faces of a file begin: one, or as many as a collection has."""
    kind, _, count = struct.unpack(">4sLL", _read(file, 0, 12))
    if kind != b"ttcf":
        return [0]
    if not 0 < count <= FACES_MAX:
        raise ValueError(f"a collection of {count} faces")
    return list(struct.unpack(f">{count}L", _read(file, 12, 4 * count)))


def _directory(file: BinaryIO, offset: int) -> dict[bytes, tuple[int, int]]:
    kind, count = struct.unpack(">4sH", _read(file, offset, 6))
    if kind not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise ValueError("not a font")
    records = _read(file, offset + 12, 16 * count)
    return {tag: (start, size) for tag, _, start, size in struct.iter_unpack(">4sLLL", records) if size}


def _table(file: BinaryIO, directory: dict[bytes, tuple[int, int]], tag: bytes) -> bytes:
    if tag not in directory:
        raise ValueError(f"no table {tag!r}")
    return _read(file, *directory[tag])


def _read(file: BinaryIO, start: int, size: int) -> bytes:
    if size > TABLE_MAX_BYTES:
        raise ValueError(f"a table of {size} bytes")
    file.seek(start)
    data = file.read(size)
    if len(data) < size:
        raise ValueError("the file ends too soon")
    return data


def _style(file: BinaryIO, directory: dict[bytes, tuple[int, int]]) -> tuple[int, int, bool]:
    """Weight, width and whether it is italic; very old fonts say only in `head` whether they are bold."""
    if b"OS/2" in directory:
        table = _table(file, directory, b"OS/2")
        weight, width = struct.unpack_from(">HH", table, 4)
        (selection,) = struct.unpack_from(">H", table, 62)
        return weight, width or NORMAL_WIDTH, bool(selection & 0x0201)
    (style,) = struct.unpack_from(">H", _table(file, directory, b"head"), 44)
    return (BOLD if style & 1 else 400), NORMAL_WIDTH, bool(style & 2)


def _family(table: bytes) -> str:
    """The family's English name: number 16 where there is one, for number 1 knows four styles a family at most."""
    _, count, storage = struct.unpack_from(">HHH", table)
    found: list[tuple[bool, bool, str]] = []
    for index in range(count):
        platform, _, language, number, size, start = struct.unpack_from(">6H", table, 6 + 12 * index)
        if number in (1, 16):
            data = table[storage + start : storage + start + min(size, NAME_MAX_BYTES)]
            text = data.decode("mac_roman" if platform == 1 else "utf-16-be", errors="replace")
            english = language == _ENGLISH or (platform != 3 and language == 0)
            found.append((english, number == 16, text))
    return max(found)[2] if found else ""


def _axes(table: bytes) -> dict[bytes, tuple[float, float, float]]:
    """Lowest, normal and highest value of each axis; numbers are 16.16."""
    start, _, count, size = struct.unpack_from(">4H", table, 4)
    axes = {}
    for index in range(count):
        tag, low, normal, high = struct.unpack_from(">4s3l", table, start + size * index)
        axes[tag] = (low / 65536, normal / 65536, high / 65536)
    return axes


def _letters(table: bytes) -> Letters:
    """Unicode's characters from the `cmap`: format 12 knows all of them, format 4 the first 65 536.

    Format 13, which only fonts of last resort have, gives one glyph to many characters: a box. It is not read.
    """
    _, count = struct.unpack_from(">HH", table)
    found = {}
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * index)
        if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
            found[struct.unpack_from(">H", table, offset)[0]] = offset
    if 12 in found:
        return Letters.of(_groups(table, found[12]))
    return Letters.of(_segments(table, found[4])) if 4 in found else _NONE


def _groups(table: bytes, offset: int) -> list[tuple[int, int]]:
    """Format 12: start, end and the first one's glyph; glyph 0 is the box."""
    (count,) = struct.unpack_from(">L", table, offset + 12)
    data = table[offset + 16 : offset + 16 + 12 * count]
    ranges = [(start + (glyph == 0), end) for start, end, glyph in struct.iter_unpack(">LLL", data)]
    return _ascending([(start, end) for start, end in ranges if start <= end])


def _segments(table: bytes, offset: int) -> list[tuple[int, int]]:
    """Format 4: ends, starts, deltas and offsets, each a list of its own."""
    count = struct.unpack_from(">H", table, offset + 6)[0] // 2
    lists = [offset + 14, *(offset + 16 + 2 * count * place for place in (1, 2, 3))]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{count}H", table, start) for start in lists)
    ranges: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(_ascending(list(zip(starts, ends, strict=True)))):
        # The last segment is no character, and some fonts have its offset wrong.
        if start == 0xFFFF:
            break
        if not offsets[index]:
            # One character at most has glyph 0.
            box = -deltas[index] & 0xFFFF
            ranges += [part for part in ((start, min(end, box - 1)), (max(start, box + 1), end)) if part[0] <= part[1]]
            continue
        first = lists[3] + 2 * index + offsets[index]
        glyphs = [struct.unpack_from(">H", table, first + 2 * place)[0] for place in range(end - start + 1)]
        ranges += [(start + place, start + place) for place, glyph in enumerate(glyphs) if glyph]
    return ranges


def _ascending(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Check ranges and return them; a table that is not in order is broken, and would take for ever to read."""
    last = -1
    for start, end in ranges:
        if not last < start <= end:
            raise ValueError("a cmap that is not in order")
        last = end
    return ranges
