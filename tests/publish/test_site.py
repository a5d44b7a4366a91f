"""A folder of episodes as a podcast."""

from __future__ import annotations

import io
import logging
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import feedparser
import pytest
from PIL import Image
from support.manifests import days_later, put

from narrate.core.errors import ConfigError, OutputError, SourceError
from narrate.core.file_names import COVER, MANIFEST, VTT
from narrate.core.settings.loading import Podcast
from narrate.episode.cover import cover
from narrate.episode.manifest import Filed
from narrate.publish import site
from narrate.publish.app import Made, OnDisk
from narrate.publish.feed import FEED, FEED_COVER
from narrate.publish.site import INDEX, LiveSite, publish

FOLDER = Path("episodes")
PODCAST = Podcast(title="The Daily Light", author="Anna Berg", base_url="https://example.com/pod")


# A cover takes a second, and the same title gives the same one.
_DRAWN = cache(cover.drawn_cover)


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each cover once, and not again for each test."""
    monkeypatch.setattr(cover, "drawn_cover", _DRAWN)


@pytest.fixture
def three() -> None:
    """Three episodes, a day apart."""
    for number in range(3):
        put(FOLDER, f"e{number}", f"Title {number}", added=days_later(number))


def titles() -> list[str]:
    """Of the feed's episodes."""
    return [entry.title for entry in feedparser.parse((FOLDER / FEED).read_bytes()).entries]


def state() -> dict[str, tuple[bytes, int]]:
    """Content and time of every file but the lock."""
    files = [path for path in FOLDER.iterdir() if path.suffix != ".lock"]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_a_folder_becomes_a_podcast(three: None) -> None:
    """A feed with the newest episode first, a page with a link to each, and a cover."""
    done = publish(FOLDER, PODCAST)

    assert (done.feed, done.url) == (FOLDER / FEED, "https://example.com/pod/feed.xml")
    assert (done.episodes, done.too_old, done.problems, done.changed) == (3, 0, (), True)
    assert titles() == ["Title 2", "Title 1", "Title 0"]
    page = (FOLDER / INDEX).read_text(encoding="utf-8")
    assert page.index("Title 2") < page.index("Title 0")
    with Image.open(FOLDER / FEED_COVER) as made:
        assert (made.size, made.mode, made.format) == ((3000, 3000), "RGB", "JPEG")


def test_nothing_changes_where_nothing_changed(three: None) -> None:
    """Where nothing changed, no file gets another time, by which apps ask; the cover is not drawn again."""
    publish(FOLDER, PODCAST)
    before = state()

    assert not publish(FOLDER, PODCAST).changed

    assert state() == before


def test_what_the_podcast_says_changes_the_cover(three: None) -> None:
    """A new title, or a picture, or another picture under that name."""
    publish(FOLDER, PODCAST)
    covers = [(FOLDER / FEED_COVER).read_bytes()]
    picture = Path("cover.png")
    for podcast, colour in (
        (replace(PODCAST, title="Other"), "red"),
        (replace(PODCAST, cover=picture), "red"),
        (replace(PODCAST, cover=picture), "blue"),
    ):
        Image.new("RGB", (400, 400), colour).save(picture)
        Image.effect_noise((400, 400), 50).convert("RGB").save(picture) if colour == "red" else _blue(picture)
        publish(FOLDER, podcast)
        covers.append((FOLDER / FEED_COVER).read_bytes())

    assert len(set(covers)) == 4


def _blue(path: Path) -> None:
    image = Image.effect_noise((400, 400), 90).convert("RGB")
    image.paste("blue", (0, 0, 200, 400))
    image.save(path)


def test_episodes_come_and_go(three: None) -> None:
    """The feed follows; one that is left out for its age keeps its files."""
    publish(FOLDER, PODCAST)
    put(FOLDER, "e3", "Title 3", added=days_later(3))
    for name in ("e1.mp3", "e1" + MANIFEST):
        (FOLDER / name).unlink()

    done = publish(FOLDER, replace(PODCAST, keep_episodes=2))

    assert titles() == ["Title 3", "Title 2"]
    assert (done.episodes, done.too_old) == (2, 1)
    assert (FOLDER / "e0.mp3").exists()
    assert publish(FOLDER, replace(PODCAST, keep_days=2), today=date(2026, 1, 5)).episodes == 2


def test_an_episode_that_is_not_whole_is_named(three: None) -> None:
    """An episode that is not whole is named, and the feed is written without it."""
    (FOLDER / "e1.mp3").write_bytes(b"half a sound")

    done = publish(FOLDER, PODCAST)

    assert titles() == ["Title 2", "Title 0"]
    assert [problem.name for problem in done.problems] == ["e1.mp3"]


def test_the_last_episode_may_go(three: None) -> None:
    """The feed that is there must not promise what is gone."""
    publish(FOLDER, PODCAST)
    for path in FOLDER.glob("e*"):
        path.unlink()

    assert publish(FOLDER, PODCAST).episodes == 0
    assert titles() == []


@pytest.mark.parametrize(
    ("podcast", "error", "message"),
    [
        (replace(PODCAST, base_url=""), ConfigError, "base"),
        (replace(PODCAST, base_url="example.com"), ConfigError, "example.com"),
        (replace(PODCAST, category="Newz"), ConfigError, "Newz"),
        (replace(PODCAST, cover=Path("none.jpg")), ConfigError, "none.jpg"),
        (replace(PODCAST, cover=Path("text.jpg")), ConfigError, "text.jpg"),
    ],
)
def test_what_the_podcast_says_that_cannot_be_used(
    three: None, podcast: Podcast, error: type[Exception], message: str
) -> None:
    """Is said before a file is touched."""
    Path("text.jpg").write_text("no picture")
    before = state()

    with pytest.raises(error, match=message):
        publish(FOLDER, podcast)

    assert state() == before


def test_folders_that_hold_no_podcast() -> None:
    """Are named, with what to type."""
    with pytest.raises(SourceError, match="no folder nowhere"):
        publish(Path("nowhere"), PODCAST)
    FOLDER.mkdir()
    with pytest.raises(SourceError, match="holds no episodes") as caught:
        publish(FOLDER, PODCAST)
    assert "narrate speak" in caught.value.hint


@pytest.mark.parametrize("name", [FEED, INDEX])
def test_a_file_that_is_not_narrates_stays(three: None, name: str) -> None:
    """Somebody's home page may have that name."""
    (FOLDER / name).write_text("<p>mine</p>")

    with pytest.raises(OutputError, match=name):
        publish(FOLDER, PODCAST)

    assert (FOLDER / name).read_text() == "<p>mine</p>"


def test_an_episode_that_comes_while_the_feed_is_written(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is in it."""
    real = site._write

    def write(*arguments: object) -> bool:
        if not (FOLDER / "late.mp3").exists():
            put(FOLDER, "late", "Late", added=days_later(9))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(site, "_write", write)

    publish(FOLDER, PODCAST)

    assert titles()[0] == "Late"


KILLED = """
import os, signal, sys
from pathlib import Path
from narrate.library import transactions
from narrate.publish import site
from narrate.core.settings.loading import Podcast

number, calls, real = int(sys.argv[1]), [], Path.replace

def replace(self, target):
    calls.append(target)
    if len(calls) == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)

Path.replace = replace
site.publish(Path("episodes"), Podcast(title="New", base_url="https://example.com/new"))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_killed_while_publishing(three: None, number: int) -> None:
    """The feed is the old one or the new one, whole, and so it is with what belongs to it."""
    publish(FOLDER, PODCAST)
    old = {name: content for name, (content, _) in state().items()}

    killed = subprocess.run([sys.executable, "-c", KILLED, str(number)], capture_output=True, timeout=60, check=False)

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert feedparser.parse((FOLDER / FEED).read_bytes()).bozo == 0
    publish(FOLDER, replace(PODCAST, title="New", base_url="https://example.com/new"))
    new = {name: content for name, (content, _) in state().items() if not name.endswith(".part")}
    assert new.keys() == old.keys()
    assert feedparser.parse(new[FEED]).feed.title == "New"
    assert b"example.com/new" in new[INDEX]


# For a server


def live(base_url: str = "http://192.0.2.1:8000/secret/") -> LiveSite:
    """What a server shows."""
    return LiveSite(FOLDER, replace(PODCAST, base_url=base_url))


def test_a_server_shows_the_public_files(three: None) -> None:
    """With the types that apps expect; neither manifests, nor the token, nor anything else of the folder."""
    sidecars = {}
    for ending in (VTT, COVER, ".later"):
        (FOLDER / f"e4{ending}").write_bytes(b"x")
        sidecars[ending] = Filed(f"e4{ending}", 1, "x")
    put(FOLDER, "e4", sidecars=sidecars)
    for name in ("notes.txt", ".narrate-token"):
        (FOLDER / name).write_text("mine")

    site = live()()

    sounds = ["e0.mp3", "e1.mp3", "e2.mp3", "e4.mp3"]
    assert sorted(site) == sorted(["", INDEX, FEED, FEED_COVER, *sounds, "e4.vtt", "e4.cover.jpg"])
    assert site["e4.vtt"] == OnDisk(FOLDER / "e4.vtt", "text/vtt")
    feed = site[FEED]
    assert isinstance(feed, Made)
    assert feedparser.parse(feed.content).entries[0].enclosures[0].href == "http://192.0.2.1:8000/secret/e2.mp3"
    made = site[FEED_COVER]
    assert isinstance(made, Made)
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.size == (3000, 3000)


def test_a_server_follows_the_folder(three: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server follows the folder and makes the feed anew only when something changed."""
    site = live()
    first = site()
    assert site() is first

    put(FOLDER, "e5", "New", added=days_later(5))

    second = site()
    assert second is not first
    assert "e5.mp3" in second
    assert site() is second


def test_a_server_says_once_what_is_wrong(three: None, caplog: pytest.LogCaptureFixture) -> None:
    """A server says once what is wrong and shows the rest."""
    (FOLDER / "e1.mp3").unlink()
    site = live()
    with caplog.at_level(logging.WARNING):
        assert "e1.mp3" not in site()
        site()

    assert len(caplog.records) == 1
    assert "e1.mp3" in caplog.text


def test_an_empty_folder_is_served() -> None:
    """Episodes may come later."""
    FOLDER.mkdir()

    assert sorted(live()()) == ["", FEED_COVER, FEED, INDEX]


def test_a_server_may_learn_its_address_late(three: None) -> None:
    """When the port is known."""
    site = live("http://localhost")
    site()
    site.is_at("http://localhost:1234/")

    feed = site()[FEED]
    assert isinstance(feed, Made)
    assert b"http://localhost:1234/e2.mp3" in feed.content
