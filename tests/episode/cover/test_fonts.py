"""The machine's fonts: where they are looked for, what is read of them, which are preferred."""

from __future__ import annotations

import os
import string
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fontmaker import Made, write_collection, write_font

from narrate.episode.cover.fonts import BUILT_IN, Face, chosen, faces, font_folders, letters_of, ranked

LATIN = string.ascii_letters + string.digits


@pytest.mark.parametrize(
    ("platform", "environment", "folders"),
    [
        ("linux", {"HOME": "/h"}, ["/h/.local/share/fonts", "/h/.fonts", "/usr/local/share/fonts", "/usr/share/fonts"]),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, ["/d/fonts", "/h/.fonts"]),
        ("linux", {"HOME": "/h", "XDG_DATA_DIRS": "/a:/b"}, ["/a/fonts", "/b/fonts", "/usr/share/fonts"]),
        ("darwin", {"HOME": "/h"}, ["/h/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"]),
        ("win32", {"LOCALAPPDATA": "/l", "WINDIR": "/w"}, ["/l/Microsoft/Windows/Fonts", "/w/Fonts"]),
        ("win32", {"USERPROFILE": "/u"}, ["/u/AppData/Local/Microsoft/Windows/Fonts"]),
    ],
)
def test_each_system_has_its_folders(platform: str, environment: dict[str, str], folders: list[str]) -> None:
    """The user's own come first."""
    found = [folder.as_posix() for folder in font_folders(environment, platform)]
    assert [folder for folder in found if folder in folders] == folders


def test_a_variable_names_other_folders() -> None:
    """They are used instead of all others, and none at all where it is empty."""
    assert font_folders({"NARRATE_FONT_DIRS": os.pathsep.join(["/a", "/b"])}) == (Path("/a"), Path("/b"))
    assert font_folders({"NARRATE_FONT_DIRS": ""}) == ()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_nothing_is_looked_for_in_the_working_folder(platform: str) -> None:
    """Nothing is looked for in the working folder, even where the environment is empty, as a service's may be."""
    home = Path.home()
    own = [folder for folder in font_folders({}, platform) if folder.is_relative_to(home)]
    assert own


def test_a_font_says_what_it_is(tmp_path: Path) -> None:
    """In any folder below, whatever the case of its ending."""
    path = write_font(tmp_path / "a" / "b" / "X.TTF", Made(LATIN, "Größe Sans", weight=700, italic=True))
    assert faces((tmp_path,)) == (Face(path, 0, "Größe Sans", 700, 5, True),)


def test_a_collection_has_several_faces(tmp_path: Path) -> None:
    """Each with its own characters."""
    path = write_collection(tmp_path / "x.ttc", Made("abc", "One"), Made("xyz", "Two"))
    one, two = faces((tmp_path,))
    assert (one.index, one.family, two.index, two.family) == (0, "One", 1, "Two")
    assert "a" in letters_of(one) and "a" not in letters_of(two)
    assert "z" in letters_of(two) and path == two.path


def test_a_variable_font_is_made_bold(tmp_path: Path) -> None:
    """As bold as it can be, up to 700; its other axes stay as they are."""
    write_font(tmp_path / "x.ttf", Made(LATIN, axes=((b"wdth", 62, 100, 100), (b"wght", 100, 400, 900))))
    write_font(tmp_path / "y.ttf", Made(LATIN, axes=((b"wght", 100, 400, 600),)))
    assert [(face.weight, face.axes) for face in faces((tmp_path,))] == [(700, (100.0, 700.0)), (600, (600.0,))]


@pytest.mark.parametrize("cmap", [4, 12])
def test_the_characters_of_a_font(tmp_path: Path, cmap: int) -> None:
    """Those of its table, the neighbours not."""
    letters = "Abc é Ж あ" + ("🎉𠀀" if cmap == 12 else "")
    write_font(tmp_path / "x.ttf", Made(letters, cmap=cmap))
    has = letters_of(faces((tmp_path,))[0])
    assert all(char in has for char in letters)
    assert not any(char in has for char in "BdëЗい🎊\U0010ffff\uffff")


@pytest.mark.parametrize(
    ("offsets", "glyphs", "expected"),
    [((4, 0), (0, 5, 6), "bc"), ((4, 0), (5, 0, 6), "ac"), ((4, 0), (0, 0, 0), "")],
)
def test_characters_that_a_table_gives_to_the_box(
    tmp_path: Path, offsets: tuple[int, ...], glyphs: tuple[int, ...], expected: str
) -> None:
    """Glyph 0 in a list of glyphs, as old fonts have it, is no glyph."""
    body = struct.pack(">HHHH", 4, 0, 0, 0) + struct.pack(">2HH2H", ord("c"), 0xFFFF, 0, ord("a"), 0xFFFF)
    body += struct.pack(">2H2H3H", 0, 1, *offsets, *glyphs)
    table = struct.pack(">HHHHL", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 6 + len(body), 0) + body
    path = write_font(tmp_path / "x.ttf", Made("abc"))
    data = path.read_bytes()
    place = data.index(b"cmap") + 8
    path.write_bytes(data[:place] + struct.pack(">LL", len(data), len(table)) + data[place + 8 :] + table)
    has = letters_of(faces((tmp_path,))[0])
    assert "".join(char for char in "abcd" if char in has) == expected


def test_a_table_of_characters_that_is_not_in_order(tmp_path: Path) -> None:
    """It has none, rather than be read for ever."""
    path = write_font(tmp_path / "x.ttf", Made("abc", cmap=12))
    data = path.read_bytes()
    first = struct.pack(">LLL", ord("a"), ord("a"), 1)
    path.write_bytes(data.replace(first, struct.pack(">LLL", ord("z"), 0x10FFFF, 1)))
    assert "z" not in letters_of(faces((tmp_path,))[0])


def test_the_last_segment_of_a_table_of_characters(tmp_path: Path) -> None:
    """Is no character; some fonts have its offset wrong, and lose nothing by that."""
    path = write_font(tmp_path / "x.ttf", Made("ab"))
    data = path.read_bytes()
    good = struct.pack(">3H3H", *[0xFFFF & (1 - ord("a"))] * 2, 1, 0, 0, 0)
    assert data.count(good) == 1
    path.write_bytes(data.replace(good, good[:-2] + b"\xff\xff"))
    has = letters_of(faces((tmp_path,))[0])
    assert "".join(char for char in "abc\uffff" if char in has) == "ab"


def test_a_name_without_end_is_cut(tmp_path: Path) -> None:
    """A broken font may claim megabytes."""
    write_font(tmp_path / "x.ttf", Made("abc", "Sans " * 2000))
    assert faces((tmp_path,))[0].family.startswith("Sans Sans ") and len(faces((tmp_path,))[0].family) < 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the folders of this system")
def test_a_pipe_is_not_waited_on(tmp_path: Path) -> None:
    """It is no font, whatever its name."""
    os.mkfifo(tmp_path / "x.ttf")
    write_font(tmp_path / "y.ttf", Made("abc"))
    assert [face.path for face in faces((tmp_path,))] == [tmp_path / "y.ttf"]


def test_a_folder_with_a_font_s_name(tmp_path: Path) -> None:
    """Is looked into."""
    path = write_font(tmp_path / "x.ttf" / "y.ttf", Made("abc"))
    assert [face.path for face in faces((tmp_path,))] == [path]


def test_a_font_without_outlines_is_passed_over(tmp_path: Path) -> None:
    """Coloured emoji are bitmaps of one size."""
    write_font(tmp_path / "x.ttf", Made("🎉", cmap=12, without=(b"glyf",)))
    assert faces((tmp_path,)) == ()


def test_a_font_that_is_cut_off_anywhere_is_no_error(tmp_path: Path) -> None:
    """What can be read of it is read, and the fonts beside it are not lost."""
    whole = write_font(tmp_path / "good.ttf", Made(LATIN)).read_bytes()
    for size in range(0, len(whole), 97):
        (tmp_path / f"bad{size}.ttf").write_bytes(whole[:size])
    found = faces((tmp_path,))
    assert any(face.path == tmp_path / "good.ttf" for face in found)
    for face in found:
        letters_of(face)


@given(head=st.sampled_from([b"", b"\0\1\0\0", b"OTTO", b"ttcf\0\1\0\0\0\0\0\2"]), rest=st.binary(max_size=300))
def test_any_bytes_are_no_error(tmp_path_factory: pytest.TempPathFactory, head: bytes, rest: bytes) -> None:
    """A file with a font's name may be anything."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "x.otf").write_bytes(head + rest)
    for face in faces((folder,)):
        letters_of(face)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Has no fonts."""
    assert faces((tmp_path / "none",)) == ()


def _face(family: str, weight: int = 700, width: int = 5, italic: bool = False) -> Face:
    return Face(Path(f"{family}-{weight}-{width}-{italic}.ttf"), 0, family, weight, width, italic)


def test_the_order_of_faces() -> None:
    """Families of the table, then upright, then of normal width, then bold; serifs and typewriters last."""
    expected = [
        _face("Inter", 600), _face("Noto Sans"), _face("Noto Sans", 400), _face("Noto Sans", width=3),
        _face("Noto Sans", italic=True), _face("DejaVu Sans"), _face("Some Sans"), _face("Some Serif"),
        _face("Some Mono Serif"),
    ]  # fmt: skip
    assert list(ranked(tuple(reversed(expected)), "en")) == expected


@pytest.mark.parametrize(
    "family", ["Noto Color Emoji", ".LastResort", "Adobe Blank", "Font Awesome 6 Free", "Wingdings"]
)
def test_what_shows_no_letters_is_never_taken(family: str) -> None:
    """Whatever its table of characters promises."""
    assert ranked((_face(family),), "en") == ()


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("ja", "Noto Sans CJK JP"),
        ("zh-CN", "Noto Sans CJK SC"),
        ("zh-TW", "Noto Sans CJK TC"),
        ("ko", "Noto Sans CJK KR"),
    ],
)
def test_chinese_characters_as_the_language_writes_them(language: str, family: str) -> None:
    """A collection has a face for each."""
    found = tuple(_face(f"Noto Sans CJK {name}") for name in ("HK", "JP", "KR", "SC", "TC"))
    assert ranked(found, language)[0].family == family


def test_one_face_for_all_if_there_is_one(tmp_path: Path) -> None:
    """A later one that has every letter is better than an earlier one that lacks some."""
    write_font(tmp_path / "a.ttf", Made("abc", "A"))
    write_font(tmp_path / "b.ttf", Made("abcЖ", "B"))
    ranking = ranked(faces((tmp_path,)), "en")
    assert [face.family for face in chosen("cab", ranking)] == ["A", BUILT_IN.family]
    assert [face.family for face in chosen("c Ж", ranking)] == ["B", BUILT_IN.family]


def test_else_the_one_that_has_most_and_others_for_the_rest(tmp_path: Path) -> None:
    """The face with most letters leads, others have the rest, and what none has is nobody's."""
    write_font(tmp_path / "a.ttf", Made("abc", "A"))
    write_font(tmp_path / "b.ttf", Made("ЖЗИ", "B"))
    ranking = ranked(faces((tmp_path,)), "en")
    assert [face.family for face in chosen("aЖЗИ日", ranking)] == ["B", "A", BUILT_IN.family]
    assert chosen("日", ranking) == (BUILT_IN,)


def test_a_text_with_letters_of_many_fonts(tmp_path: Path) -> None:
    """Does not take them all: each costs time for every letter."""
    for number in range(20):
        write_font(tmp_path / f"{number}.ttf", Made(chr(0x4E00 + number)))
    text = "".join(chr(0x4E00 + number) for number in range(20))
    assert len(chosen(text, faces((tmp_path,)))) == 17


def test_the_fonts_of_this_machine() -> None:
    """Every face has a name, and those with letters have real ones."""
    found = faces(font_folders(os.environ))
    if not found:
        pytest.skip("this machine has no fonts")
    assert all(face.family for face in found)
    assert any(all(char in letters_of(face) for char in LATIN) for face in found)
