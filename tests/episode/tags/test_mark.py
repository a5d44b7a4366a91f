"""The mark by which a sound is known for narrate's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mutagen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3, TIT2
from support.clips import sine

from narrate.audio.codec import to_int16
from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.formats import FORMATS
from narrate.episode.tags import Marked, marked_in, tag

NAMES = list(FORMATS)
TITLE = "Light — “at sea” / 1"
WORDS = "She never missed a night.\n\nΑνατολή: 東の灯台"
URL = "https://example.com/ä?b=c d"


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A file of each format, without tags."""
    made = {}
    for name, format in FORMATS.items():
        path = tmp_path_factory.mktemp("sounds") / "a.part"
        encode([to_int16(sine(0.5))], 24_000, path, format=format, gain_db=0, limit_db=-1)
        made[name] = path.read_bytes()
    return made


def tagged(sound: bytes, name: str, *, title: str = TITLE, url: str | None = URL, text: str = WORDS) -> Path:
    """A sound with its tags, under its name."""
    path = Path(f"a{FORMATS[name].endings[0]}")
    path.write_bytes(sound)
    tag(path, Metadata(url=url, source="a.txt"), title=title, language="en", format=FORMATS[name], text=text)
    return path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said",
    [{}, {"url": None}, {"text": ""}, {"title": ""}, {"title": "x" * 2000, "text": " One.\r\nTwo.\x00\n\tB. \ud800"}],
    ids=["all", "no address", "no words", "no title", "unclean"],
)  # fmt: skip
def test_what_narrate_wrote_is_read_back(sounds: dict[str, bytes], name: str, said: dict[str, Any]) -> None:
    """From every format, with what the tags say of the article."""
    marked = marked_in(tagged(sounds[name], name, **said))

    assert marked is not None
    if not said:
        assert marked == Marked(TITLE, "https://example.com/%C3%A4?b=c%20d", WORDS)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(st.characters(), max_size=30), url=st.text(max_size=30), text=st.text(st.characters(), max_size=60)
)
def test_whatever_an_article_says_is_read_back(
    sounds: dict[str, bytes], name: str, title: str, url: str, text: str
) -> None:
    """No format changes a character on the way."""
    assert marked_in(tagged(sounds[name], name, title=title, url=url, text=text)) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_somebody_changed_is_theirs(sounds: dict[str, bytes], name: str) -> None:
    """Though the mark is still there."""
    path = tagged(sounds[name], name)
    file: Any = mutagen.File(path)
    key, value = {"mp3": ("TIT2", TIT2(text="Mine")), "wav": ("TIT2", TIT2(text="Mine")), "m4b": ("©nam", "Mine")}.get(
        name, ("TITLE", "Mine")
    )
    file.tags[key] = value
    file.save()

    assert marked_in(path) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [None, b"", b"mine", b"ID3\x03\x00\x00\x7f\x7f\x7f\x7fTXXX"], ids=str)
def test_any_other_file_has_none(sounds: dict[str, bytes], name: str, content: bytes | None) -> None:
    """A sound without tags, half a one, and what is none."""
    path = Path(f"a{FORMATS[name].endings[0]}")
    for data in (sounds[name], sounds[name][:200]) if content is None else (content,):
        path.write_bytes(data)
        assert marked_in(path) is None


def test_what_is_no_file_has_none(tmp_path: Path) -> None:
    """A folder, nothing at all, a file of another kind."""
    (tmp_path / "a.mp3").mkdir()
    (tmp_path / "a.json").write_text("{}")

    assert [marked_in(tmp_path / name) for name in ("a.mp3", "b.mp3", "a.json")] == [None, None, None]


def test_tags_with_the_name_alone(sounds: dict[str, bytes]) -> None:
    """A mark that was not made from these tags says nothing."""
    path = tagged(sounds["mp3"], "mp3")
    other = Path("b.mp3")
    other.write_bytes(sounds["mp3"])
    tags = ID3(path)
    tags["TIT2"] = TIT2(text="Another")
    tags.save(other)

    assert marked_in(other) is None
