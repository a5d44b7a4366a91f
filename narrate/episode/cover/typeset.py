"""Gives every character of a few words a face of the machine's fonts that has it: never an empty box."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypedDict

from PIL import Image, ImageFont, features

from narrate.core.language.tags import is_shaped_as_tag
from narrate.episode.cover.fonts import BUILT_IN, FACES_A_TEXT_MAX, Face, chosen, letters_of
from narrate.episode.cover.tables import letters

# What Pillow raises for a broken font: some show only at one size, or with one letter.
_FONT_ERRORS = (OSError, ValueError, OverflowError, MemoryError, Image.DecompressionBombError)

_BOX_PX = 48
# The widest ligature of a phrase, U+FDFD, is about ten ems long. A broken font may ask for gigabytes.
_LETTER_MAX_EM = 20
# A cover holds 1300 of the narrowest letters. What is slower than linear begins only after the cut.
_LETTERS_MAX = 2000

_JOINERS = "\u200c\u200d"
_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
# Chinese, Japanese and Yi, their marks and their wide forms: lines break between any two of them, save in Japanese.
_UNSPACED = re.compile(
    "[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\uff00-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff\uff66-\uff9d]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
# From right to left, or with letters that change with their neighbours: nothing that can be drawn letter by letter.
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\ufb1d-\ufdff\ufe70-\ufefc]")
# Vietnamese has two marks on a letter, pointed Hebrew three; text that has hundreds means to break things.
_MARKS = re.compile("([\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{4})[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]+")

_LOG = logging.getLogger(__name__)


class BrokenFontError(Exception):
    """A face cannot be drawn with after all; whoever draws is to take another.

    Attributes:
        face: Which.
    """

    def __init__(self, face: Face, why: object) -> None:
        """Keep the face."""
        super().__init__(str(why) or type(why).__name__)
        self.face = face


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one face."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters that no line break parts: a word, a Chinese character with its marks, a piece of a divided word.

    Attributes:
        runs: Its characters.
        space: Whether there is a space before it, unless it begins a line.
        hyphen: Whether a line that ends with it ends with a hyphen.
    """

    runs: tuple[Run, ...]
    space: bool = True
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """Words with a face for each.

    Attributes:
        units: In reading order.
        rtl: Whether they begin at the right.
        language: BCP 47 tag, "" where it is not known.
        missing: Letters and digits that no face has, each once, in order.
        replaced: Those that others stand for: "e" for "é".
        cut: Whether there was more than any cover holds.
        legible: Whether at least half of the letters can be set, and anything at all.
    """

    units: tuple[Unit, ...]
    rtl: bool = False
    language: str = ""
    missing: str = ""
    replaced: str = ""
    cut: bool = False
    legible: bool = False


def prepared(text: str, language: str, ranking: tuple[Face, ...]) -> Copy:
    """Choose a face for every character of a text; what none of them has is left out.

    One face for all where there is one, else one a word, else one a letter with its marks. A letter that no face has
    is set without its mark, or as what cover.toml gives in its place.

    Args:
        text: Any characters; control characters are passed over.
        language: BCP 47 tag, for letters that look different in different languages.
        ranking: The best face first; may be empty.
    """
    beginning, cut = _beginning(text)
    words = _words(beginning)
    wanted = "".join(
        char for word in words for char in word if char not in _JOINERS and unicodedata.category(char) != "So"
    )
    faces = _chosen(wanted, ranking)
    units: list[Unit] = []
    missing, replaced = "", ""
    for word in words:
        space = True
        for piece in _set_pieces(word, faces):
            missing += piece.missing
            replaced += piece.replaced
            if _is_worth_setting(piece):
                units.append(Unit(piece.runs, space))
                space = False
    letters = sum(char.isalnum() for word in words for char in word)
    return Copy(
        units=tuple(units),
        rtl=_is_rtl(text),
        language=language if is_shaped_as_tag(language) else "",
        missing="".join(dict.fromkeys(missing)),
        replaced="".join(dict.fromkeys(replaced)),
        cut=cut,
        legible=bool(units) and len(missing) * 2 <= letters,
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    runs: tuple[Run, ...]
    missing: str
    replaced: str


def _chosen(text: str, ranking: tuple[Face, ...]) -> tuple[Face, ...]:
    """Choose faces like `chosen`, with others in the place of those that do not draw what they promise."""
    found: tuple[Face, ...] = ()
    for _ in range(FACES_A_TEXT_MAX):
        *promising, _last = chosen(text, ranking)
        if any(_box(face) is None for face in promising):
            # Where there is one there may be a thousand, and to choose again for each takes minutes.
            ranking = tuple(face for face in ranking if _box(face) is not None)
            continue
        ranking = tuple(face for face in ranking if face not in promising)
        found += tuple(face for face in promising if any(shows(face, char) for char in text))
        text = "".join(char for char in text if not any(shows(face, char) for face in found))
        if not (text and promising) or len(found) >= FACES_A_TEXT_MAX:
            break
    return (*found, BUILT_IN)


def _is_worth_setting(piece: _Piece) -> bool:
    """Tell whether anything is seen of it; brackets around what is left out are left out as well."""
    text = "".join(run.text for run in piece.runs)
    seen = any(char not in _JOINERS and unicodedata.category(char)[0] != "M" for char in text)
    return seen and (not piece.missing or any(map(str.isalnum, text)))


def _beginning(text: str) -> tuple[str, bool]:
    """Return as much of what is visible as a cover can hold, and whether there was more.

    It is cut before NFC, which takes time with the square of the number of marks on a letter.
    """
    text = _SPACE.sub(" ", _MARKS.sub(r"\1", "".join(filter(_is_visible, text)))).strip()
    return unicodedata.normalize("NFC", text[:_LETTERS_MAX]), len(text) > _LETTERS_MAX


def _words(text: str) -> list[str]:
    """Return words as they may stand on a line: marks that are written apart ("?" in French) stay with their word."""
    table = letters()
    words: list[str] = []
    for word in _SPACE.split(text):
        opened = words and all(char in table["opening"] for char in words[-1].split(" ")[-1])
        if word and words and (opened or all(char in table["closing"] for char in word)):
            words[-1] += f" {word}"
        elif word:
            words.append(word)
    return [re.sub(r"\s+", " ", word).strip() for word in words if word.strip()]


def _is_visible(char: str) -> bool:
    """Tell whether a character shows: no control, surrogate, selector, nor one undefined or only privately defined."""
    if char.isspace() or char in _JOINERS:
        return char not in _JOINERS or _shapes()
    return unicodedata.category(char)[0] != "C" and not "\ufe00" <= char <= "\ufe0f"


def _set_pieces(word: str, faces: tuple[Face, ...]) -> Iterator[_Piece]:
    """The parts of a word between which a line may break, each with what can be set of it."""
    whole = next((face for face in faces if all(shows(face, char) for char in word)), None)
    order = (whole,) if whole else faces
    for piece in _pieces(word):
        runs: list[Run] = []
        missing, replaced = "", ""
        for cluster in clusters(piece):
            run = _set_cluster(cluster, order)
            letters = "".join(filter(str.isalnum, cluster))
            if run is None:
                missing += letters
            else:
                runs = joined(runs, run)
                replaced += letters if run.text not in (cluster, _apart(cluster)) else ""
        yield _Piece(tuple(runs), missing, replaced)


def _set_cluster(cluster: str, faces: tuple[Face, ...]) -> Run | None:
    """A letter with its marks in the first face that has all of it, or else what can stand in its place."""
    parts = unicodedata.normalize("NFKD", cluster)
    bare = "".join(char for char in parts if unicodedata.category(char)[0] != "M")
    for text in (cluster, _apart(cluster), letters()["instead"].get(cluster, ""), bare):
        for face in faces:
            if text and all(shows(face, char) for char in text):
                return Run(text, face)
    return None


def _apart(cluster: str) -> str:
    """The letter and its marks one after the other: some faces have only the parts, which shaping puts together."""
    return unicodedata.normalize("NFD", cluster) if _shapes() else ""


def _pieces(word: str) -> list[str]:
    table = letters()
    japanese = bool(_KANA.search(word))
    pieces: list[str] = []
    for cluster in clusters(word):
        before = pieces[-1][-1] if pieces else ""
        free = before and cluster[0] not in table["closing"] and before not in table["opening"]
        if not pieces or (free and _is_seam(before, cluster[0], japanese)):
            pieces.append(cluster)
        else:
            pieces[-1] += cluster
    return pieces


def _is_seam(before: str, after: str, japanese: bool) -> bool:
    """Tell whether a line may break here, where there is no space.

    In Japanese only after a phrase, which ends in hiragana or a mark, and before other letters: 毎晩階段を | 上り。
    That leaves words whole without a dictionary.
    """
    if not (_UNSPACED.match(before) or _UNSPACED.match(after)):
        return False
    return not japanese or (not _HIRAGANA.match(after) and bool(_HIRAGANA.match(before) or not before.isalnum()))


def clusters(word: str) -> list[str]:
    """Return letters with all that hangs on them: marks, joined letters, the skin colours of emoji."""
    found: list[str] = []
    for char in word:
        hangs = unicodedata.category(char)[0] == "M" or char in _JOINERS or "\U0001f3fb" <= char <= "\U0001f3ff"
        # 9 is the sign that takes a letter's vowel away and joins it to the next one.
        if found and (hangs or found[-1][-1] == "\u200d" or unicodedata.combining(found[-1][-1]) == 9):
            found[-1] += char
        else:
            found.append(char)
    return found


def joined(runs: list[Run], run: Run) -> list[Run]:
    """The runs with one more at their end; it is added to the last where both have the same face."""
    if runs and runs[-1].face == run.face:
        return [*runs[:-1], Run(runs[-1].text + run.text, run.face)]
    return [*runs, run]


def _is_rtl(text: str) -> bool:
    """Tell whether words run from right to left, by the first letter that has a direction."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


@cache
def _shapes() -> bool:
    """Tell whether Pillow can set connected scripts: it brings HarfBuzz along, but FriBiDi must be on the machine."""
    return bool(features.check("raqm"))


class Layout(TypedDict, total=False):
    """Options of Pillow's text functions."""

    direction: str
    language: str | None


def layout_options(face: Face, rtl: bool, language: str) -> Layout:
    """Return options for Pillow's text functions; its own font, and Pillow without FriBiDi, must be told nothing."""
    if face.path is None or not _shapes():
        return {}
    return {"direction": "rtl" if rtl else "ltr", "language": language or None}


@contextmanager
def drawing_with(face: Face) -> Iterator[None]:
    """Raise BrokenFontError where Pillow fails inside."""
    try:
        yield
    except _FONT_ERRORS as error:
        raise BrokenFontError(face, error) from error


@lru_cache(maxsize=32)
def font_of(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """Open a face; raises BrokenFontError where its file is broken."""
    with drawing_with(face):
        if face.path is None:
            font = ImageFont.load_default(size_px)
            assert isinstance(font, ImageFont.FreeTypeFont)
            return font
        font = ImageFont.truetype(str(face.path), size_px, index=face.index)
        if face.axes:
            font.set_variation_by_axes(list(face.axes))
        return font


@lru_cache(maxsize=16384)
def shows(face: Face, char: str) -> bool:
    """Tell whether a face shows a character as itself: its table has it, and it draws neither nothing nor a box."""
    if char in _JOINERS:
        return True
    if char not in letters_of(face) or (_SHAPED.match(char) and not _shapes()):
        return False
    if (box := _box(face)) is None:
        return False
    try:
        ink = _ink(face, char)
    except BrokenFontError as error:
        _LOG.debug("%s cannot draw %r: %s", face.path, char, error)
        return False
    return char.isspace() or unicodedata.category(char)[0] == "M" or (any(ink[1]) and ink != box)


@lru_cache(maxsize=8192)
def _box(face: Face) -> tuple[tuple[int, int], bytes] | None:
    """Return what a face draws for a character it lacks; None, and the log says so, where it is broken."""
    try:
        return _ink(face, "\U0010ffff")
    except BrokenFontError as error:
        _LOG.warning("the font %s is broken (%s), and the cover does without it", face.path, error)
        return None


def _ink(face: Face, char: str) -> tuple[tuple[int, int], bytes]:
    """Size and shades of a character as it is drawn."""
    with drawing_with(face):
        font = font_of(face, _BOX_PX)
        left, top, right, bottom = font.getbbox(char)
        if max(right - left, bottom - top) > _LETTER_MAX_EM * _BOX_PX:
            raise ValueError(f"a letter of {right - left:.0f} x {bottom - top:.0f} pixels")
        mask = font.getmask(char)
        return mask.size, bytes(mask)
