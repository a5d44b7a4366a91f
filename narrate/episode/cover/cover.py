"""The cover of an episode: the article's picture where it has one that can be used, else its title in type.

Sizes follow Apple's "Show and episode art" (square, 1400 to 3000 pixels, RGB, words kept out of the bottom fifth, where
players lay their buttons) and what podcast hosts accept (512 kB).
"""

from __future__ import annotations

import hashlib
import io
import logging
import math
import os
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageEnhance, ImageFilter, ImageOps, ImageStat

from narrate.episode.cover import tables
from narrate.episode.cover.copyfit import Setting, draw, fitted
from narrate.episode.cover.fonts import BUILT_IN, faces, font_folders, ranked
from narrate.episode.cover.picture_limits import is_laborious
from narrate.episode.cover.typeset import BrokenFontError, Copy, prepared

LARGE_PX = 3000
SMALL_PX = 1400
THUMB_PX = 480
MAX_BYTES = 512_000

# A lead image smaller than this is an icon; one longer than this a banner; one this much of a square is cut to one.
PICTURE_MIN_PX = 300
PICTURE_MAX_RATIO = 4
PICTURE_SQUARE_RATIO = 1.1
# Up to 0.4 GB while it is decoded, as WebP. Most cameras make 24 million pixels, web sites put up 1 to 8.
PICTURE_MAX_PIXELS = 25_000_000
# Of 255: what JPEG makes of one flat colour differs by less than this, a photo of fog by 15.
PICTURE_MIN_SPREAD = 4

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# What is too much even for the least of these, such as sand, loses its finest detail instead.
_QUALITIES = (92, 88, 84, 80, 76, 72, 68, 64, 60, 55, 50, 45, 40, 35)
_FULL_COLOUR_MIN_QUALITY = 80
_BLURS_PX = (0, 2, 4, 8, 16, 32)

_MARGIN_PX = 250
_WORDS_WIDTH_PX = LARGE_PX - 2 * _MARGIN_PX
_WORDS_BOTTOM_PX = LARGE_PX * 4 // 5 - 40
_TITLE_PX = (600, 120)
_SMALL_PRINT_PX = (104, 72)
_GAP_PX = 120
_BARS = 47
_BARS_PX, _BARS_ALONE_PX = (2710, 300), (LARGE_PX // 2, 1200)
# Each that shows only when it is drawn with costs as much as a cover; after so many only Pillow's own is used.
_BROKEN_FONTS_MAX = 8
_BAR_SHARE = 0.46

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture in the sizes that are needed, as JPEG, RGB, each at most 512 000 bytes.

    Attributes:
        large: 3000 x 3000 pixels: the file beside the episode, for feeds.
        small: 1400 x 1400 pixels: what is put into the episode.
        thumb: 480 x 480 pixels: for pages, which show many; a large one takes 36 MB of a phone's memory.
    """

    large: bytes
    small: bytes
    thumb: bytes


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a drawn cover, as "#RRGGBB".

    Attributes:
        ground: Upper left and lower right.
        words: The title.
        accent: Site, author and sound bars.
    """

    ground: tuple[str, str]
    words: str
    accent: str


def picture_cover(image: bytes) -> Cover | None:
    """Make a cover from an article's lead image.

    The whole picture is shown: what is not square lies on a blurred and darkened enlargement of itself, for editors
    frame faces and headlines to the edge, and a square cut from the middle loses two fifths of a usual 16:9. Only what
    is a tenth longer than wide, or less, is cut.

    Args:
        image: A file's content; anything at all.

    Returns:
        None where it is no picture that can be used: not JPEG, PNG, WebP, GIF (its first frame) or AVIF, broken or
        cut off, over 25 million pixels, under 300 pixels on a side, longer than 4:1, of one colour, or made to keep
        decoders busy.
    """
    with warnings.catch_warnings():
        # Pillow warns of odd metadata and the like, which do not matter here.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = usable_picture(image)
            return None if picture is None else _saved(_squared(picture))
        except Exception as error:  # decoders fail in a dozen ways on foreign bytes, struct.error to MemoryError
            _LOG.debug("the lead image cannot be used: %r", error)
            return None


def drawn_cover(
    title: str, *, site: str = "", author: str = "", language: str = "en", folders: Sequence[Path] | None = None
) -> Cover:
    """Draw a cover: the title, large, with site and author, on a calm ground with sound bars at its foot.

    The same words and fonts give the same bytes. A site has its own colours, a title its own bars. Letters that no
    font on this machine has are left out; a title of which less than half can be set gives way to the site, and that
    to the author; with none of them the cover has no words. What is left out is logged as a warning.

    Args:
        title: May be empty.
        site: Name of the publication.
        author: Who wrote the article.
        language: BCP 47 tag.
        folders: Where to look for fonts; the machine's, or those that NARRATE_FONT_DIRS names, where left out.
    """
    palette = _palette(site or title)
    ranking = ranked(faces(font_folders(os.environ) if folders is None else tuple(folders)), language)
    texts = {"title": title, "site": site, "author": author}
    seed = hashlib.sha256(f"{title}\n{site}\n{author}".encode(errors="replace")).digest()
    for tries_left in reversed(range(_BROKEN_FONTS_MAX + 1)):
        copies = {name: prepared(text, language, ranking) for name, text in texts.items()}
        try:
            picture = _drawn({name: copy for name, copy in copies.items() if copy.legible}, palette, seed)
            break
        except BrokenFontError as error:
            if error.face == BUILT_IN:
                raise
            _LOG.warning("the font %s is broken (%s), and the cover is drawn without it", error.face.path, error)
            ranking = tuple(face for face in ranking if face != error.face) if tries_left > 1 else ()
    _log_left_out(copies)
    return _saved(picture)


def palettes() -> tuple[Palette, ...]:
    """The colours of cover.toml."""
    return tuple(
        Palette((each["ground"][0], each["ground"][1]), each["words"], each["accent"]) for each in tables.colours()
    )


def usable_picture(image: bytes) -> Image.Image | None:
    """A picture as RGB, upright; None where it is too small, too large, too long, of one colour, or in too many pieces.

    Raises:
        Exception: Of any kind, where the bytes are no whole picture of a known format.
    """
    if is_laborious(image):
        return None
    with Image.open(io.BytesIO(image), formats=_FORMATS) as picture:
        short, long = sorted(picture.size)
        if short < PICTURE_MIN_PX or long > PICTURE_MAX_RATIO * short or short * long > PICTURE_MAX_PIXELS:
            return None
        # A JPEG can be had at a half, a quarter or an eighth for much less memory.
        picture.draft(None, (picture.width * LARGE_PX // long, picture.height * LARGE_PX // long))
        picture.load()
        # Smaller first: each of the steps that follow makes a copy.
        small = _simple(picture)
        small.thumbnail((LARGE_PX, LARGE_PX), Image.Resampling.LANCZOS)
    rgb = _rgb(_upright(small), picture.info.get("icc_profile"))
    spread = max(ImageStat.Stat(rgb.resize((128, 128), Image.Resampling.NEAREST)).stddev)
    return rgb if spread >= PICTURE_MIN_SPREAD else None


def _simple(picture: Image.Image) -> Image.Image:
    """Convert to eight bits, no palette: a mode whose size can be changed."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L") if picture.mode == "1" else picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held; leave it where the note of that is broken."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception as error:  # a reader of TIFF on foreign bytes: SyntaxError, struct.error, KeyError
        _LOG.debug("what the camera noted cannot be read: %r", error)
        return picture


def _rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert to three colours, sRGB, nothing transparent."""
    if picture.mode in ("RGBA", "LA"):
        picture = _on_ground(picture.convert("RGBA"))
    if profile and (converted := _in_srgb(picture, profile)):
        return converted
    return picture.convert("RGB")


def _on_ground(picture: Image.Image) -> Image.Image:
    """Lay a picture on white, or nearly black where it is light itself: logos are white on nothing."""
    alpha = picture.getchannel("A")
    visible = ImageStat.Stat(picture.convert("RGB").convert("L"), mask=alpha.point(lambda value: 255 * (value > 127)))
    light = bool(visible.count[0]) and visible.mean[0] > 200
    ground = Image.new("RGBA", picture.size, "#15181e" if light else "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """Colours as the camera or screen meant them; None where the profile is broken or of another kind of picture."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _squared(picture: Image.Image) -> Image.Image:
    size = (LARGE_PX, LARGE_PX)
    short, long = sorted(picture.size)
    if long <= short * PICTURE_SQUARE_RATIO:
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    # Blurred small and then enlarged: the same look, a hundred times faster.
    behind = ImageOps.fit(picture, (150, 150), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(6))
    square = ImageEnhance.Brightness(behind).enhance(0.45).resize(size, Image.Resampling.BICUBIC)
    front = ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    square.paste(front, ((LARGE_PX - front.width) // 2, (LARGE_PX - front.height) // 2))
    return square


def _saved(picture: Image.Image) -> Cover:
    small = picture.resize((SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS)
    thumb = small.resize((THUMB_PX, THUMB_PX), Image.Resampling.LANCZOS)
    return Cover(large=_jpeg(picture), small=_jpeg(small), thumb=_jpeg(thumb))


def _jpeg(picture: Image.Image) -> bytes:
    """The best quality that keeps to MAX_BYTES."""
    if len(data := _encoded(picture, _QUALITIES[0])) <= MAX_BYTES:
        return data
    for blur in _BLURS_PX:
        softer = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
        if len(best := _encoded(softer, _QUALITIES[-1])) <= MAX_BYTES:
            return _best_between(softer, best)
    raise AssertionError("a picture without detail did not fit")  # 3000 x 3000 of one colour are 53 kB


def _best_between(picture: Image.Image, best: bytes) -> bytes:
    """The best quality that keeps to MAX_BYTES, where the first is too much and the last, `best`, is not."""
    low, high = 1, len(_QUALITIES) - 1
    while low < high:
        middle = (low + high) // 2
        data = _encoded(picture, _QUALITIES[middle])
        low, high, best = (low, middle, data) if len(data) <= MAX_BYTES else (middle + 1, high, best)
    return best


def _encoded(picture: Image.Image, quality: int) -> bytes:
    """Baseline, which every player reads; colours in full where there is room for them, else at half the resolution."""
    data = io.BytesIO()
    subsampling = 0 if quality >= _FULL_COLOUR_MIN_QUALITY else 2
    # Not with optimize=True: Pillow then fails when a picture takes more bytes than it has pixels, as noise may.
    picture.save(data, "JPEG", quality=quality, subsampling=subsampling, dpi=(72, 72))
    return data.getvalue()


def _palette(name: str) -> Palette:
    choice = hashlib.sha256(name.encode(errors="replace")).digest()[0]
    return palettes()[choice % len(palettes())]


def _log_left_out(copies: dict[str, Copy]) -> None:
    for name, copy in copies.items():
        plainer = copy.replaced if copy.legible else ""
        it = "them" if copy.legible else "it"
        for letters, done in ((copy.missing, f"leaves {it} out"), (plainer, "has plainer ones")):
            if letters:
                _LOG.warning(
                    "no font on this machine has the letters %s of the %s, so the cover %s; install %s",
                    letters[:20], name, done, _packages(letters),
                )  # fmt: skip


def _packages(letters: str) -> str:
    """Return names of the fonts that have some letters: "Noto Sans CJK and Noto Sans Thai"."""
    known = tables.letters()["install"]
    scripts = dict.fromkeys(unicodedata.name(letter, "").split(" ")[0] for letter in letters)
    names = [known.get(script) or f"Noto Sans {script.capitalize()}".strip() for script in scripts]
    return " and ".join(dict.fromkeys(names))


def _drawn(words: dict[str, Copy], palette: Palette, seed: bytes) -> Image.Image:
    picture = _ground(palette)
    _bars(picture, palette, seed, *(_BARS_PX if words else _BARS_ALONE_PX))
    if words:
        _set(picture, palette, words)
    return picture


def _ground(palette: Palette) -> Image.Image:
    """Paint a ground from one colour in the upper left corner to the other in the lower right."""
    down = Image.linear_gradient("L")
    across = down.transpose(Image.Transpose.ROTATE_90)
    mask = ImageChops.add(down, across, scale=2).resize((LARGE_PX, LARGE_PX), Image.Resampling.BILINEAR)
    first, last = (Image.new("RGB", (LARGE_PX, LARGE_PX), colour) for colour in palette.ground)
    return Image.composite(last, first, mask)


def _bars(picture: Image.Image, palette: Palette, seed: bytes, middle_px: int, height_px: int) -> None:
    """Draw sound bars from edge to edge of the words, around a middle of their height; lengths are the seed's."""
    step = _WORDS_WIDTH_PX / (_BARS - 1 + _BAR_SHARE)
    width = step * _BAR_SHARE
    # Drawn at twice the size, for Pillow draws shapes with hard edges.
    mask = Image.new("L", (2 * LARGE_PX, 2 * height_px), 0)
    canvas = ImageDraw.Draw(mask)
    for index in range(_BARS):
        swing = 0.5 + 0.5 * math.sin(index * (0.35 + seed[30] / 900) + seed[31] / 40)
        share = max(0.07, swing * (0.25 + 0.75 * seed[index % 30] / 255))
        left, half = 2 * (_MARGIN_PX + index * step), height_px * share
        canvas.rounded_rectangle((left, height_px - half, left + 2 * width, height_px + half), width, fill=115)
    mask = mask.reduce(2)
    picture.paste(palette.accent, (0, middle_px - height_px // 2), mask)


def _set(picture: Image.Image, palette: Palette, words: dict[str, Copy]) -> None:
    """The first of the words large, the others small: the site above it, the author below."""
    canvas = ImageDraw.Draw(picture)
    name, main = next(iter(words.items()))
    top, bottom = _MARGIN_PX, _WORDS_BOTTOM_PX

    def put(setting: Setting, top_px: int, colour: str) -> int:
        draw(canvas, setting, _MARGIN_PX, top_px, _WORDS_WIDTH_PX, colour, right=main.rtl)
        return top_px + setting.height_px

    small = {key: fitted(copy, _WORDS_WIDTH_PX, 300, *_SMALL_PRINT_PX, 1) for key, copy in words.items() if key != name}
    if "site" in small:
        top = put(small["site"], top, palette.accent) + _GAP_PX
    if "author" in small:
        bottom -= small["author"].height_px + _GAP_PX
    end = put(fitted(main, _WORDS_WIDTH_PX, bottom - top, *_TITLE_PX), top, palette.words)
    if "author" in small:
        put(small["author"], end + _GAP_PX, palette.accent)
