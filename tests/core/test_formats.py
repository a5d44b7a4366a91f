"""The table of formats, and what settings may ask of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS, format_of_ending, language_code, require_bitrate


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        (".mp3", "mp3"), (".MP3", "mp3"), (".m4b", "m4b"), (".m4a", "m4b"), (".opus", "opus"), (".flac", "flac"),
        (".wav", "wav"), (".ogg", None), ("", None), ("mp3", None),
    ],
)  # fmt: skip
def test_an_ending_says_the_format(ending: str, name: str | None) -> None:
    """In any case; what is not in the table is not guessed."""
    found = format_of_ending(ending)

    assert (found.name if found else None) == name


def test_m4a_is_the_same_format_under_another_brand() -> None:
    """Players shelve books and music by it."""
    book, music = format_of_ending(".m4b"), format_of_ending(".m4a")

    assert book is FORMATS["m4b"]
    assert music is not None
    assert (book.brand, music.brand) == ("M4B ", "M4A ")
    assert (book.codec, book.container_options) == (music.codec, music.container_options)


def test_the_table_is_consistent() -> None:
    """No ending stands twice, and the bit rate that is taken by itself is one that may be asked for."""
    endings = [ending for item in FORMATS.values() for ending in item.endings]
    assert len(endings) == len(set(endings))
    assert list(FORMATS) == [item.name for item in FORMATS.values()] == ["mp3", "m4b", "opus", "flac", "wav"]
    for item in FORMATS.values():
        assert item.default_bitrate_kbps in (item.bitrates_kbps or (None,))


@pytest.mark.parametrize(
    ("name", "asked", "taken"),
    [
        ("mp3", None, 96),
        ("mp3", 128, 128),
        ("m4b", None, 80),
        ("opus", None, 48),
        ("opus", 24, 24),
        ("wav", None, None),
    ],
)
def test_bit_rates_that_can_be_had(name: str, asked: int | None, taken: int | None) -> None:
    """The one asked for, else the format's own."""
    assert require_bitrate(FORMATS[name], asked) == taken


@pytest.mark.parametrize(
    ("name", "asked", "hint"),
    [("mp3", 100, "96"), ("mp3", 0, "96"), ("m4b", 320, "160"), ("flac", 96, "opus"), ("wav", 1, "mp3")],
)
def test_bit_rates_that_cannot(name: str, asked: int, hint: str) -> None:
    """The hint says what can be typed instead."""
    with pytest.raises(ConfigError, match=name) as caught:
        require_bitrate(FORMATS[name], asked)

    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "eng"), ("en-GB", "eng"), ("pt_BR", "por"), ("DE", "deu"), ("tlh", ""), ("", "")]
)
def test_three_letters_of_a_language(tag: str, code: str) -> None:
    """A language has three letters, or none where it is not known."""
    assert language_code(tag) == code


def test_settings_need_no_codec() -> None:
    """The table loads neither numpy nor PyAV, which take half a second."""
    imports = "narrate.core.formats, narrate.core.chapters"
    program = f"import sys, {imports}; print({{'numpy', 'av', 'mutagen'}} & set(sys.modules))"

    output = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout

    assert output.strip() == "set()"
