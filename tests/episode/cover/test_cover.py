"""Covers: from a picture where there is one that can be used, else drawn; never an empty box."""

from __future__ import annotations

import io
import itertools
import random
import string
import struct
import warnings
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw
from support.fontmaker import Made, write_font

from narrate.episode.cover.cover import MAX_BYTES, Cover, Palette, drawn_cover, palettes, picture_cover, usable_picture
from narrate.episode.cover.fonts import faces
from narrate.episode.cover.typeset import prepared

LONG = "How a retired lighthouse keeper, two teenage hackers and an archivist rebuilt the record of the flood. " * 3


@cache
def _cover(title: str, site: str, author: str) -> Cover:
    """Drawn with Pillow's own font; many tests look at it from different sides."""
    return drawn_cover(title, site=site, author=author, folders=[])


def _drawn(title: str, site: str = "", author: str = "") -> Image.Image:
    return _open(_cover(title, site, author).large)


def _differs(one: Image.Image, two: Image.Image, *box: int) -> int:
    """The greatest difference between two pictures in a box, of 255."""
    return int(ImageChops.difference(one.crop(box), two.crop(box)).convert("L").getextrema()[1])


def _open(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def _is_sound(cover: Cover) -> None:
    for data, side in ((cover.large, 3000), (cover.small, 1400)):
        picture = _open(data)
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (side, side))
        assert len(data) <= MAX_BYTES
        assert not picture.info.get("progressive") and not picture.getexif()


def _scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Something with shapes in it: its left third red, its right third blue, a circle between."""
    picture = Image.new("RGB", (width, height), "#e8e0d0")
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, width // 3, height), fill="#d01010")
    canvas.rectangle((2 * width // 3, 0, width, height), fill="#1010d0")
    canvas.ellipse((width // 3, height // 4, 2 * width // 3, 3 * height // 4), fill="#108010")
    return picture.convert(mode)


def _file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def _colour(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    pixel = picture.getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(pixel, tuple)
    return pixel


def _is_near(colour: tuple[int, ...], other: tuple[int, ...], by: int = 30) -> bool:
    return all(abs(one - two) <= by for one, two in zip(colour, other, strict=True))


# --- from a picture


def test_a_wide_picture_is_shown_whole() -> None:
    """From edge to edge, on a darker enlargement of itself."""
    cover = picture_cover(_file(_scene(960, 540), "JPEG"))
    assert cover is not None
    _is_sound(cover)
    large = _open(cover.large)
    assert _is_near(_colour(large, 0.01, 0.5), (0xD0, 0x10, 0x10))
    assert _is_near(_colour(large, 0.99, 0.5), (0x10, 0x10, 0xD0))
    middle, above = _colour(large, 0.1, 0.5), _colour(large, 0.1, 0.1)
    assert 0 < sum(above) < 0.7 * sum(middle)


def test_a_nearly_square_picture_is_cut() -> None:
    """A strip of a twentieth is no loss, and no frame is needed."""
    cover = picture_cover(_file(_scene(630, 600)))
    assert cover is not None
    assert _is_near(_colour(_open(cover.small), 0.02, 0.01), (0xD0, 0x10, 0x10))


def test_a_picture_of_sand_keeps_to_the_size() -> None:
    """It loses its finest detail rather than all quality."""
    noise = Image.frombytes("RGB", (3000, 3000), random.Random(1).randbytes(27_000_000))
    cover = picture_cover(_file(noise, "JPEG", quality=40))
    assert cover is not None
    _is_sound(cover)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("LA", "PNG"),
        ("L", "PNG"), ("RGB", "WEBP"), ("RGBA", "WEBP"), ("P", "GIF"), ("RGB", "AVIF"),
    ],
)  # fmt: skip
def test_every_kind_of_picture(mode: str, kind: str) -> None:
    """Of the web, in every colour model: it comes out as it was, in RGB."""
    picture = usable_picture(_file(_scene(400, 400, mode), kind))
    assert picture is not None and picture.mode == "RGB"
    expected = _colour(_scene(400, 400, mode).convert("RGB"), 0.1, 0.5)
    assert _is_near(_colour(picture, 0.1, 0.5), expected, by=40)


def test_sixteen_bits() -> None:
    """A grey of 16 bits stays the same grey."""
    grey = Image.linear_gradient("L").resize((400, 400))
    deep = Image.frombytes("I;16", (400, 400), b"".join(struct.pack("<H", value * 257) for value in grey.tobytes()))
    picture = usable_picture(_file(deep))
    assert picture is not None
    assert abs(_colour(picture, 0.5, 0.5)[0] - 128) < 4


def test_the_first_frame_of_a_moving_picture() -> None:
    """Is the picture."""
    frames = [_scene(400, 400), Image.new("RGB", (400, 400), "yellow")]
    for kind in ("GIF", "WEBP"):
        picture = usable_picture(_file(frames[0], kind, save_all=True, append_images=frames[1:]))
        assert picture is not None and _is_near(_colour(picture, 0.1, 0.5), (0xD0, 0x10, 0x10), by=40)


def test_a_picture_that_lies_on_its_side_is_set_upright() -> None:
    """As its camera noted."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = usable_picture(_file(_scene(600, 400), "JPEG", exif=exif))
    assert picture is not None and picture.size == (400, 600)
    assert _is_near(_colour(picture, 0.5, 0.05), (0xD0, 0x10, 0x10))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_broken_notes_of_the_camera_are_passed_over(kind: str) -> None:
    """The picture is sound all the same."""
    picture = usable_picture(_file(_scene(400, 400), kind, exif=b"Exif\0\0garbage"))
    assert picture is not None and _is_near(_colour(picture, 0.1, 0.5), (0xD0, 0x10, 0x10))


@pytest.mark.parametrize(("logo", "light"), [("white", False), ("black", True), ("#c02020", True)])
def test_what_is_transparent(logo: str, light: bool) -> None:
    """Is white, but dark behind a light logo, which would be lost on white."""
    drawing = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).ellipse((100, 100, 300, 300), fill=logo)
    picture = usable_picture(_file(drawing))
    assert picture is not None
    assert (sum(_colour(picture, 0.02, 0.02)) > 600) is light


def test_a_colour_profile_is_heeded() -> None:
    """Equal numbers in another colour space are other colours; a broken profile is passed over."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain = usable_picture(_file(_scene(400, 400)))
    for profile in (b"broken", lab):
        picture = usable_picture(_file(_scene(400, 400), icc_profile=profile))
        assert picture is not None and plain is not None
        assert ImageChops.difference(picture, plain).getbbox() is None or profile == lab


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def _bomb(width: int, height: int) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(bytes(1000))) + _chunk(b"IEND", b"")


def _drawn_out(scans: int) -> bytes:
    """A JPEG that is drawn over and over again."""
    data = _file(_scene(400, 400), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last : last + 40] * scans + data[-2:]


def test_a_picture_in_many_scans() -> None:
    """Can be used; it is so many that take too long which cannot."""
    assert usable_picture(_drawn_out(20)) is not None


JPEG, PNG, GIF = (_file(_scene(400, 400), kind) for kind in ("JPEG", "PNG", "GIF"))
_PALETTE_END = 13 + 3 * 2 ** ((GIF[10] & 7) + 1)


@pytest.mark.parametrize(
    ("before", "piece", "after", "few"),
    [
        pytest.param(JPEG[:2], b"\xff\xe5\0\2", JPEG[2:], 900, id="JPEG segments"),
        pytest.param(JPEG[:2], b"\xff\xe1\0\x08Exif\0\0", JPEG[2:], 900, id="JPEG camera notes"),
        pytest.param(JPEG[:2], b"\xff", JPEG[2:], 900, id="JPEG fill"),
        pytest.param(JPEG[:20], b"\0", JPEG[20:], 900, id="JPEG junk"),
        pytest.param(PNG[:33], _chunk(b"abCd", b""), PNG[33:], 18_000, id="PNG chunks"),
        pytest.param(PNG[:33], _chunk(b"IDAT", b""), PNG[33:], 18_000, id="PNG data"),
        pytest.param(GIF[:_PALETTE_END] + b"!\xfe", b"\1a", b"\0" + GIF[_PALETTE_END:], 18_000, id="GIF comment"),
        pytest.param(GIF[:_PALETTE_END], b"!\xfe\0", GIF[_PALETTE_END:], 18_000, id="GIF comments"),
        pytest.param(GIF[:_PALETTE_END], b"\1", GIF[_PALETTE_END:], 18_000, id="GIF junk"),
    ],
)
def test_a_picture_in_pieces(before: bytes, piece: bytes, after: bytes, few: int) -> None:
    """Some are no harm; more than any encoder makes would keep a decoder busy for minutes."""
    assert usable_picture(before + piece * few + after) is not None
    assert usable_picture(before + piece * 300_000 + after) is None


def test_pieces_within_a_piece() -> None:
    """Photoshop's notes are read one by one as well; here they are no JPEG at all."""
    notes = b"Photoshop 3.0\0" + b"8BIM\0\0\0\0\0\0\0\0" * 5000
    assert usable_picture(JPEG[:2] + b"\xff\xed" + struct.pack(">H", 2 + len(notes)) + notes + JPEG[2:]) is None


def test_junk_without_end() -> None:
    """Instead of a picture."""
    assert usable_picture(b"\xff\xd8\xff\xe5\0\2" + bytes(300_000)) is None


def test_a_film_behind_a_picture() -> None:
    """As phones add it: what looks like scans there is none."""
    assert usable_picture(JPEG + b"\xff\xda" * 5000) is not None


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>404</html>", id="a page"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'/>", id="SVG"),
        pytest.param(_file(_scene(800, 600), "JPEG")[:-4000], id="a cut-off JPEG"),
        pytest.param(_file(_scene(800, 600), "PNG")[:-200], id="a cut-off PNG"),
        pytest.param(_file(_scene(800, 600), "TIFF"), id="TIFF"),
        pytest.param(_file(_scene(1, 1), "GIF"), id="one pixel"),
        pytest.param(_file(_scene(600, 299)), id="too small"),
        pytest.param(_file(_scene(1300, 310)), id="a banner"),
        pytest.param(_file(Image.new("RGB", (600, 600), "#cccccc"), "JPEG"), id="one colour"),
        pytest.param(_file(Image.new("RGBA", (600, 600), (0, 0, 0, 0))), id="all transparent"),
        pytest.param(_drawn_out(2000), id="a JPEG that takes minutes"),
        pytest.param(_bomb(6400, 6400), id="too many pixels"),
        pytest.param(_bomb(12000, 12000), id="of which Pillow would warn"),
        pytest.param(_bomb(60000, 60000), id="which Pillow would refuse"),
    ],
)
def test_what_cannot_be_used(image: bytes) -> None:
    """It is no error and no warning: the cover is drawn instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert picture_cover(image) is None


HEADS = [
    b"",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"RIFF\x40\0\0\0WEBPVP8X",
    b"\0\0\0\x1cftypavif",
]


@given(st.sampled_from(HEADS), st.binary(max_size=400))
@settings(max_examples=80)
def test_any_bytes_are_no_error(head: bytes, rest: bytes) -> None:
    """Whatever the address of the lead image gave."""
    assert picture_cover(head + rest) is None


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=20)
def test_a_damaged_picture_is_no_error(kind: str, place: int, damage: bytes) -> None:
    """Here one of a flat colour, so that few of them become covers, which would take long."""
    data = _file(Image.new("RGB", (300, 300), "#336699"), kind)
    place %= len(data)
    cover = picture_cover(data[:place] + damage + data[place + len(damage) :])
    assert cover is None or len(cover.large) <= MAX_BYTES


# --- drawn


def test_a_drawn_cover() -> None:
    """In both sizes; the same words and fonts give the same bytes."""
    cover = drawn_cover("Sony grows", site="s", folders=[])
    _is_sound(cover)
    assert cover == _cover("Sony grows", "s", "")


def test_titles_look_different_and_a_site_the_same() -> None:
    """Other bars for another title, the same ground for the same site."""
    one, two = _drawn("Sony grows", "s"), _drawn("Sony 「ソニー」 grows 🎉", "s")
    assert _differs(one, two, 0, 2400, 3000, 3000) > 60
    assert _differs(one, two, 0, 0, 240, 2400) <= 12


def test_a_letter_left_out_leaves_no_trace() -> None:
    """The picture is that of the words that can be set, but for the bars, which come from the title."""
    assert _differs(_drawn("Sony 「ソニー」 grows 🎉", "s"), _drawn("Sony grows", "s"), 0, 0, 3000, 2400) <= 12


def test_words_keep_out_of_the_bottom_fifth() -> None:
    """However many they are; there players lay their buttons. Only sound bars are there."""
    worded, bare = _drawn(LONG, "日本", "Anna Berg"), _drawn("", "日本")
    assert _differs(worded, bare, 0, 2400, 3000, 2540) <= 12
    assert _differs(worded, bare, 0, 0, 3000, 2400) > 100


def test_letters_that_no_font_has_are_no_boxes(caplog: pytest.LogCaptureFixture) -> None:
    """Without any other words the cover has none: sound bars in the middle, and the log says what to install."""
    unsettable, empty = _open(drawn_cover("灯台守は毎晩", site="日本", folders=[]).large), _drawn("", "日本")
    assert "灯台守は毎晩" in caplog.text and "install Noto Sans CJK" in caplog.text
    assert _differs(unsettable, empty, 0, 0, 3000, 880) <= 12
    assert _differs(unsettable, empty, 0, 2120, 3000, 3000) <= 12
    assert _differs(unsettable, empty, 0, 900, 3000, 2100) > 40


def test_the_site_stands_in_for_a_title_that_cannot_be_set(caplog: pytest.LogCaptureFixture) -> None:
    """It is set as large as a title would be."""
    stand_in, title = drawn_cover("灯台守は毎晩", site="Coast", folders=[]), drawn_cover("Coast", folders=[])
    assert "the title" in caplog.text
    assert _differs(_open(stand_in.small), _open(title.small), 0, 0, 1400, 1120) <= 12


def test_plainer_letters_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is lost in silence."""
    drawn_cover("L’été à Évreux", language="fr", folders=[])
    assert "éàÉ" in caplog.text and "plainer" in caplog.text


def test_fonts_of_given_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Fonts are those of given folders, or of those that a variable names."""
    write_font(tmp_path / "x.ttf", Made(string.ascii_letters + " Жук"))
    given_folder = drawn_cover("Жук", folders=[tmp_path])
    monkeypatch.setenv("NARRATE_FONT_DIRS", str(tmp_path))
    assert drawn_cover("Жук") == given_folder
    assert not caplog.text


def test_a_font_that_fails_when_it_is_drawn_with(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It has gone since it was looked at, or is broken at one size only: others are used, and the log says so."""
    path = write_font(tmp_path / "x.ttf", Made(string.printable[:94]))
    assert prepared(f"{LONG} Anna Berg", "en", faces((tmp_path,))).units[0].runs[0].face.path == path
    path.unlink()
    cover = drawn_cover(LONG, site="日本", author="Anna Berg", folders=[tmp_path])
    assert str(path) in caplog.text
    assert cover == _cover(LONG, "日本", "Anna Berg")


def test_only_the_broken_font_is_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The other keeps its words."""
    good = write_font(tmp_path / "good" / "x.ttf", Made(string.ascii_letters))
    bad = write_font(tmp_path / "bad" / "x.ttf", Made("Жук"))
    cover = drawn_cover("Coast", site="Жук", folders=[good.parent])
    assert prepared("Жук", "en", faces((good.parent, bad.parent))).legible
    bad.unlink()
    caplog.clear()
    assert drawn_cover("Coast", site="Жук", folders=[good.parent, bad.parent]) == cover
    assert str(bad) in caplog.text and str(good) not in caplog.text


def test_fonts_that_are_all_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They are not tried one by one for ever."""
    monkeypatch.setattr("narrate.episode.cover.cover._BROKEN_FONTS_MAX", 2)
    for number in range(5):
        path = write_font(tmp_path / str(number) / "x.ttf", Made(string.printable[:94]))
        assert prepared("Sony grows", "en", faces((path.parent,))).legible
    found = faces((tmp_path,))
    for face in found:
        assert face.path is not None
        face.path.unlink()
    assert drawn_cover("Sony grows", site="s", folders=[tmp_path]) == _cover("Sony grows", "s", "")
    assert len([record for record in caplog.records if "is broken" in record.message]) == 2


@pytest.mark.parametrize(
    ("title", "site"),
    [("x" * 900, "\x00\ud800"), ("Z" + "\u0301" * 300, "\ufdfd \u202eabc"), ("تصعد الحارسة 3 Berlin", "\u200d")],
)
def test_no_words_are_an_error(title: str, site: str) -> None:
    """With whatever fonts this machine has."""
    assert len(drawn_cover(title, site=site, language="\x00").small) <= MAX_BYTES


def _light(colour: tuple[float, ...]) -> float:
    """Relative luminance, by https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _numbers(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("palette", palettes(), ids=lambda palette: palette.ground[0])
def test_words_stand_out(palette: Palette) -> None:
    """By 7:1 (WCAG AAA) from every shade of their ground, title and small print alike."""
    first, last = (_numbers(colour) for colour in palette.ground)
    for step, words in itertools.product(range(101), (palette.words, palette.accent)):
        ground = tuple(one + (two - one) * step / 100 for one, two in zip(first, last, strict=True))
        dark, bright = sorted((_light(ground), _light(_numbers(words))))
        assert (bright + 0.05) / (dark + 0.05) >= 7


def test_what_is_drawn_stands_out() -> None:
    """In the finished file, too: its extremes in the title are 7:1 apart."""
    pixels = _drawn("Sony grows", "s").crop((240, 400, 2000, 1000)).getcolors(2**24) or []
    light = sorted(_light(pixel) for _, pixel in pixels)
    assert (light[-1] + 0.05) / (light[0] + 0.05) >= 7
