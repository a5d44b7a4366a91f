"""A face for every character, and no empty box."""

from __future__ import annotations

import os
import string
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fontmaker import Made, write_font

from narrate.episode.cover import typeset
from narrate.episode.cover.fonts import BUILT_IN, Face, faces, font_folders, ranked
from narrate.episode.cover.typeset import Copy, prepared, shows

LATIN = string.printable[:94] + " "


def _ranking(folder: Path, *fonts: Made) -> tuple[Face, ...]:
    for made in fonts:
        write_font(folder / f"{made.family}.ttf", made)
    return ranked(faces((folder,)), "en")


def _text(copy: Copy) -> str:
    return "".join(" " * unit.space + "".join(run.text for run in unit.runs) for unit in copy.units).strip()


def _families(copy: Copy) -> list[tuple[str, str]]:
    return [(run.text, run.face.family) for unit in copy.units for run in unit.runs]


def test_one_face_for_all(tmp_path: Path) -> None:
    """Words are units, whatever stands between them."""
    copy = prepared("  The\tlast\n keeper ", "en", _ranking(tmp_path, Made(LATIN, "A"), Made("The", "B")))
    assert _families(copy) == [("The", "A"), ("last", "A"), ("keeper", "A")]
    assert (copy.rtl, copy.language, copy.missing, copy.legible) == (False, "en", "", True)


def test_a_word_stays_in_one_face(tmp_path: Path) -> None:
    """Another one takes it as a whole, not just the letter that the first lacks."""
    ranking = _ranking(tmp_path, Made(LATIN, "A"), Made("naïve", "B"))
    assert _families(prepared("a very naïve idea", "en", ranking))[2:] == [("naïve", "B"), ("idea", "A")]


def test_a_word_in_two_scripts_has_two_faces(tmp_path: Path) -> None:
    """When there is no face for all of it."""
    ranking = _ranking(tmp_path, Made(LATIN, "A"), Made("Жук", "B"))
    assert _families(prepared("the Ж-5", "en", ranking)) == [("the", "A"), ("Ж", "B"), ("-5", "A")]


def test_another_font_stands_in_for_one_that_lies(tmp_path: Path) -> None:
    """For the letters that it does not draw."""
    ranking = _ranking(tmp_path, Made(LATIN, "A", boxes="Жу"), Made("Жук", "B"))
    assert _families(prepared("now Жу", "en", ranking)) == [("now", "A"), ("Жу", "B")]


@pytest.mark.parametrize("made", [Made(LATIN, boxes="Жу"), Made(LATIN, blanks="Жу")])
def test_a_font_that_lies(tmp_path: Path, made: Made) -> None:
    """Its table has the letter, but what it draws is a box, or nothing."""
    copy = prepared("now Жуnow", "en", _ranking(tmp_path, made))
    assert _text(copy) == "now now"
    assert copy.missing == "Жу"


@pytest.mark.parametrize("text", ["now", "\u0301", "\u0301 \u0302"])
def test_a_font_of_giant_letters(tmp_path: Path, text: str) -> None:
    """Sixteen units to the em instead of a thousand would take gigabytes to draw."""
    path = write_font(tmp_path / "x.ttf", Made(LATIN + "\u0301\u0302", "A"))
    data = path.read_bytes()
    place = data.index(struct.pack(">LHH", 0x5F0F3CF5, 0, 1000)) + 6
    path.write_bytes(data[:place] + struct.pack(">H", 16) + data[place + 2 :])
    copy = prepared(text, "en", ranked(faces((tmp_path,)), "en"))
    assert not any(family == "A" for _, family in _families(copy))


def test_marks_alone_in_a_font_that_cannot_be_drawn_with(tmp_path: Path) -> None:
    """They are left out as letters would be."""
    ranking = _ranking(tmp_path, Made(LATIN + "\u0301", without=(b"loca",)))
    assert prepared("\u0301", "en", ranking).units == ()


@pytest.mark.parametrize(
    ("before", "part"),
    [("", "x"), ("", "ab "), (" " * 100_000, "x "), ("ab ", "? "), ("", "( "), ("x", "\u05b0\u05b4")],
)
def test_a_text_without_end_is_cut(before: str, part: str) -> None:
    """After more letters than any cover holds, whatever they hang on, and that is on record."""
    copy = prepared(before + part * 100_000, "en", ())
    assert copy.cut and len(_text(copy)) <= 2000


@pytest.mark.parametrize("text", ["", "the keeper", "the " + " " * 5000 + "e" + "\u0301" * 5000 + "\ufe0f" * 5000])
def test_a_text_is_not_cut_for_what_takes_no_room(text: str) -> None:
    """Neither for spaces nor for marks without end."""
    assert not prepared(text, "en", ()).cut


@pytest.mark.parametrize("text", ["\u200d", "\u0301 \u200d", " "])
def test_a_text_of_which_nothing_is_seen(tmp_path: Path, text: str) -> None:
    """Is none."""
    assert not prepared(text, "en", _ranking(tmp_path, Made(LATIN + "\u0301"))).legible


def test_a_broken_font_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """However many letters it would have had."""
    ranking = _ranking(tmp_path, Made(LATIN, "A", without=(b"loca",)), Made(LATIN, "B"))
    for text in ("the last keeper", "Coast"):
        assert {family for _, family in _families(prepared(text, "en", ranking))} == {"B"}
    assert [record.message.count("A.ttf") for record in caplog.records] == [1]


def test_a_file_that_is_no_font_after_all(tmp_path: Path) -> None:
    """Its tables can be read, but it cannot be drawn with."""
    copy = prepared("now", "en", _ranking(tmp_path, Made(LATIN, without=(b"head", b"maxp", b"hhea"))))
    assert _families(copy) == [("now", BUILT_IN.family)]


@pytest.mark.parametrize(
    ("text", "set_text", "missing", "legible"),
    [
        ("Sony 「ソニー」 grows", "Sony grows", "ソニー", True),
        ("ソニーPS in shops", "PS in shops", "ソニー", True),
        ("日本語 yes", "yes", "日本語", True),
        ("日本語です yes", "yes", "日本語です", False),
        ("We won 🎉🎉 the cup 👩‍🚀", "We won the cup", "", True),
        ("日本", "", "日本", False),
        ("🎉", "", "", False),
        ("", "", "", False),
        ("a\x00b\ud800c\u202ed\ue000", "abcd", "", True),
        ("12 % off", "12 % off", "", True),
    ],
)
def test_what_no_font_has(text: str, set_text: str, missing: str, legible: bool) -> None:
    """It is left out, with the brackets around it, and letters are on record."""
    copy = prepared(text, "en", ())
    assert (_text(copy), copy.missing, copy.legible) == (set_text, missing, legible)


@pytest.mark.parametrize(
    ("text", "set_text", "replaced"),
    [
        ("Élysée", "Elysee", "Éé"),
        ("Łódź", "Lodz", "Łóź"),
        ("“Don’t” – it…", '"Don\'t" - it...', ""),
        ("Straße", "Strasse", "ß"),
        ("ﬁve", "five", "ﬁ"),
        ("e\u0301", "e", "é"),
    ],
)
def test_plainer_letters(text: str, set_text: str, replaced: str) -> None:
    """Stand for those that no font has, which is on record as well."""
    copy = prepared(text, "en", ())
    assert (_text(copy), copy.replaced, copy.missing) == (set_text, replaced, "")


def test_letters_keep_their_marks(tmp_path: Path) -> None:
    """A letter and its mark are set in one face, even where another has the letter alone."""
    ranking = _ranking(tmp_path, Made(LATIN + "ЖЗ", "A"), Made("q\u0308Б", "B"))
    assert ("q\u0308", "B") in _families(prepared("laq\u0308ed Б words in A", "en", ranking))


@pytest.mark.parametrize(
    ("shapes", "families", "replaced"), [(True, ["A", "B", "A", "B"], ""), (False, ["A", "B"], "ẍ")]
)
def test_a_letter_whose_parts_a_face_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shapes: bool, families: list[str], replaced: str
) -> None:
    """It is put together from them where Pillow can do that, else it stands without its mark."""
    ranking = _ranking(tmp_path, Made(LATIN + "ЖЗ", "A"), Made("x\u0308Б", "B"))
    monkeypatch.setattr(typeset, "_shapes", lambda: shapes)
    copy = prepared("laẍed Б", "en", ranking)
    assert ([family for _, family in _families(copy)], copy.replaced) == (families, replaced)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Pourquoi ? Un « mystère » !", ["Pourquoi ?", "Un", "« mystère » !"]),
        ("so – it\u00a0is", ["so –", "it is"]),
        (
            "灯台守は毎晩階段を上り、ランプに火をともし。",
            ["灯台守は", "毎晩階段を", "上り、", "ランプに", "火をともし。"],
        ),
        ("守塔人点亮灯。", ["守", "塔", "人", "点", "亮", "灯。"]),
        ("「鏡」の国", ["「鏡」の", "国"]),
        ("PS5が来た", ["PS5が", "来た"]),
    ],
)
def test_where_a_line_may_break(tmp_path: Path, text: str, units: list[str]) -> None:
    """Marks stay with their words; Chinese breaks anywhere, Japanese after its phrases."""
    copy = prepared(text, "en", _ranking(tmp_path, Made(LATIN + text + "\u3000«»é–")))
    assert ["".join(run.text for run in unit.runs) for unit in copy.units] == units


@pytest.mark.parametrize(
    ("text", "rtl"), [("שלום", True), ("«سلام» abc", True), ("12 abc שלום", False), ("...", False)]
)
def test_the_direction_of_a_text(text: str, rtl: bool) -> None:
    """Its first letter's."""
    assert prepared(text, "he", ()).rtl is rtl


@pytest.mark.parametrize("language", ["", "not a tag", "en\x00", "e", "日本"])
def test_a_tag_that_is_none(language: str) -> None:
    """It is passed over."""
    assert prepared("abc", language, ()).language == ""


def test_without_fribidi_connected_scripts_are_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unconnected Arabic from left to right is worse than none."""
    ranking = _ranking(tmp_path, Made(LATIN + "سلامשלוםЖук"))
    monkeypatch.setattr(typeset, "_shapes", lambda: False)
    shows.cache_clear()
    copies = [prepared(text, "en", ranking) for text in ("سلام", "שלום", "Жук")]
    shows.cache_clear()
    assert [copy.legible for copy in copies] == [False, False, True]


@pytest.mark.parametrize("text", ["Как смотритель вёл дневник", "Η φαροφύλακας", "Zażółć gęślą jaźń", "Những điều ước"])
def test_the_fonts_of_this_machine(text: str) -> None:
    """A text in a script that one of them has is set as it is."""
    ranking = ranked(faces(font_folders(os.environ)), "en")
    if not any(all(shows(face, char) for char in text) for face in ranking):
        pytest.skip(f"this machine has no font with the letters of {text!r}")
    copy = prepared(text, "en", ranking)
    assert (_text(copy), copy.missing, copy.replaced) == (text, "", "")
    assert len({run.face for unit in copy.units for run in unit.runs}) == 1


@given(st.text(max_size=30))
def test_every_character_is_shown_as_itself(text: str) -> None:
    """By the face it is set in, whatever the text."""
    ranking = ranked(faces(font_folders(os.environ)), "en")
    for unit in prepared(text, "en", ranking).units:
        assert unit.runs
        assert all(run.text and shows(run.face, char) for run in unit.runs for char in run.text)
