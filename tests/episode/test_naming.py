"""Titles become names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Metadata, Script, Utterance
from narrate.core.errors import ConfigError
from narrate.episode.naming import episode_format, episode_path, episode_title, slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Elon Musk’s Alleged Talks With Putin", "elon-musks-alleged-talks-with-putin"),
        ("  Déjà   vu — Größe & Ærø!  ", "deja-vu-grosse-aero"),
        ("Война и мир: й", "война-и-мир-й"),
        ("日本の灯台", "日本の灯台"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\0b\nc", "a-b-c"),
        ("???", "untitled"),
        ("CON", "con-"),
        ("lpt1", "lpt1-"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    """Readable, safe on every system, in the title's own script."""
    assert slug(title) == name


@given(st.text(max_size=400))
def test_a_slug_is_always_a_plain_file_name(title: str) -> None:
    """Whatever the title, nothing but one short name comes out."""
    name = slug(title)

    assert 0 < len(name.encode()) <= 121
    assert Path(name).name == name
    assert not any(char.isspace() or char in '/\\:*?"<>|.' for char in name)


def test_long_titles_are_cut_between_words() -> None:
    """Long titles are cut between words, and not inside one."""
    assert slug("word " * 100).endswith("-word")


def test_an_article_without_a_title_is_called_by_its_first_words() -> None:
    """In the author's wording."""
    words = "One two three four five six seven eight nine ten."

    script = Script(Metadata(), (Utterance("paragraph", "x", words, 0, ()),), ())

    assert episode_title(script) == "One two three four five six seven eight…"


@pytest.mark.parametrize(
    ("output", "path"),
    [
        ("output", "output/a-b.mp3"),
        ("mine.mp3", "mine.mp3"),
        ("x/Mine.MP3", "x/Mine.MP3"),
        ("a.opus", "a.opus"),
        ("v1.2", "v1.2/a-b.mp3"),
    ],
)
def test_paths(output: str, path: str) -> None:
    """A name that ends like a sound file is the file, anything else a folder."""
    format = episode_format(Path(output))

    assert episode_path(Path(output), "A b", format) == Path(path)


@pytest.mark.parametrize(
    ("output", "name", "format"),
    [
        ("output", None, "mp3"),
        ("output", "opus", "opus"),
        ("a.m4b", None, "m4b"),
        ("a.M4A", None, "m4b"),
        ("a.flac", "flac", "flac"),
        ("v1.2", "wav", "wav"),
    ],
)
def test_the_format_is_named_or_the_endings(output: str, name: str | None, format: str) -> None:
    """MP3 where nobody says anything."""
    assert episode_format(Path(output), name).name == format


@pytest.mark.parametrize(("output", "name"), [("a.aiff", None), ("a.txt", "mp3"), ("a.wav", "mp3")])
def test_other_formats_are_refused(output: str, name: str | None) -> None:
    """Rather than a file of one format under the name of another."""
    with pytest.raises(ConfigError):
        episode_format(Path(output), name)
