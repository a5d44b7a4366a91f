"""The picture that a cover is made from: the one that is named, the one of a fetched page, or one beside a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.site import Site, redirect, reply, site

from narrate.core.article import Metadata
from narrate.core.errors import ConfigError, SourceError
from narrate.core.settings.loading import Settings
from narrate.sources.fetch.web import ARTICLE, PICTURE, fetch
from narrate.sources.read import lead_picture, read_source
from narrate.sources.read.lead_picture import find_picture

JPEG = b"\xff\xd8\xff\xe0 not a real one, as nobody looks into it here"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as state:
        state.answers["/a.jpg"] = reply(JPEG, content_type="image/jpeg")
        yield state


def loopback(web: Site, path: str) -> str:
    return web.url(path, host="127.0.0.1")


@pytest.fixture
def page() -> Path:
    """An article in a folder of its own, with pictures in it, below it and outside of it."""
    for name in ("articles/beside.jpg", "articles/pictures/below.jpg", "outside.jpg"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(name.encode())
    path = Path("articles/page.md")
    path.write_text("# A Light at Sea\n\nText.\n")
    return path


def beside(page: Path, cover_url: str) -> bytes | None:
    return find_picture(page, Metadata(cover_url=cover_url), Settings())


@pytest.mark.parametrize("cover", ["drawn", "none"])
def test_a_picture_nobody_wants_is_not_looked_for(page: Path, cover: str) -> None:
    """A picture nobody wants is not looked for, even where there is one."""
    assert find_picture(page, Metadata(cover_url="beside.jpg"), Settings(cover=cover)) is None


@pytest.mark.parametrize("cover_url", ["beside.jpg", "./beside.jpg", "pictures/below.jpg", "pictures/../beside.jpg"])
def test_a_picture_in_the_folder_of_a_file_is_taken(page: Path, cover_url: str) -> None:
    """A picture in the folder of a file, or below it, is taken."""
    content = beside(page, cover_url)

    assert content == b"articles/" + cover_url.replace("pictures/../", "").removeprefix("./").encode()
    assert find_picture(str(page), Metadata(cover_url=cover_url), Settings()) == content


@pytest.mark.parametrize(
    "cover_url",
    ["../outside.jpg", "pictures/../../outside.jpg", "..", ".", "missing.jpg", "pictures", "", "a\0b", "x" * 5000],
)
def test_a_picture_anywhere_else_is_not(page: Path, cover_url: str) -> None:
    """A page that somebody saved could show what is on this machine; what is no file at all is passed over, too."""
    assert beside(page, cover_url) is None


def test_a_whole_path_leads_nowhere(page: Path) -> None:
    """As a path and as an address, even to a picture that exists."""
    outside = Path("outside.jpg").absolute()

    assert beside(page, str(outside)) is None
    assert beside(page, outside.as_uri()) is None
    assert beside(page, f"//{outside}") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only")
def test_a_link_out_of_the_folder_leads_nowhere(page: Path) -> None:
    """Neither of a file nor of a folder; one that stays inside is as good as its picture."""
    Path("articles/link.jpg").symlink_to(Path("outside.jpg").absolute())
    Path("articles/up").symlink_to(Path().absolute())
    Path("articles/inside.jpg").symlink_to("beside.jpg")

    assert beside(page, "link.jpg") is None
    assert beside(page, "up/outside.jpg") is None
    assert beside(page, "inside.jpg") == b"articles/beside.jpg"


def test_a_file_fetches_nothing(page: Path, web: Site) -> None:
    """To read a saved page tells nobody that it was read."""
    meta = Metadata(cover_url=loopback(web, "/a.jpg"))

    assert find_picture(page, meta, Settings(allow_private=True)) is None
    assert find_picture("-", meta, Settings(allow_private=True)) is None
    assert web.asked == []


def test_a_fetched_page_has_its_picture_fetched(web: Site) -> None:
    """Asked for as a picture."""
    meta = Metadata(cover_url=loopback(web, "/a.jpg"))

    assert find_picture(loopback(web, "/page"), meta, Settings(allow_private=True)) == JPEG
    assert "Accept: image/jpeg" in web.asked[0]


def test_a_page_without_a_picture(web: Site) -> None:
    """Asks for none."""
    assert find_picture(loopback(web, "/page"), Metadata(), Settings(allow_private=True)) is None
    assert web.asked == []


@pytest.mark.parametrize("path", ["/missing.jpg", "/page.html", "/empty.jpg"])
def test_a_picture_that_cannot_be_had_is_a_warning(path: str, web: Site, caplog: pytest.LogCaptureFixture) -> None:
    """The article is what was asked for."""
    web.answers |= {"/page.html": reply(b"<p>x"), "/empty.jpg": reply(b"", content_type="image/png")}

    found = find_picture(loopback(web, "/a"), Metadata(cover_url=loopback(web, path)), Settings(allow_private=True))

    assert found is None
    assert "a cover is drawn" in caplog.text
    assert path in caplog.text


def test_a_page_cannot_lead_into_the_private_network(web: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Its picture is fetched with the same care as the page."""
    meta = Metadata(cover_url=loopback(web, "/a.jpg"))

    assert find_picture("https://example.com/page", meta, Settings()) is None
    assert web.asked == []
    assert "cannot be used" in caplog.text


def test_a_picture_that_is_named(page: Path, web: Site) -> None:
    """By path, wherever it lies, or by address, whatever the article is."""
    web.answers["/moved.jpg"] = redirect("/a.jpg")

    def named(cover: str) -> bytes | None:
        return find_picture(page, Metadata(cover_url="beside.jpg"), Settings(cover=cover, allow_private=True))

    assert named("outside.jpg") == b"outside.jpg"
    assert named(str(Path("outside.jpg").absolute())) == b"outside.jpg"
    assert named(loopback(web, "/moved.jpg")) == JPEG
    assert find_picture("-", Metadata(), Settings(cover="outside.jpg")) == b"outside.jpg"


def test_a_picture_in_the_home_folder(monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    """As written in narrate.toml, where no shell has seen the sign."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(Path().absolute()))

    assert find_picture(page, Metadata(), Settings(cover="~/outside.jpg")) == b"outside.jpg"


@pytest.mark.parametrize(
    ("cover", "reason"),
    [
        ("missing.jpg", "No such file"),
        (".", "cannot be read"),
        ("a\0b", "cannot be read"),
        pytest.param(
            "~no-such-user-at-all/x.jpg",
            "home directory",
            marks=pytest.mark.skipif(os.name == "nt", reason="POSIX's homes"),
        ),
        ("http://127.0.0.1:9/x.jpg", "private"),
        ("ftp://example.com/x.jpg", "cannot be read"),
    ],
)
def test_a_named_picture_that_cannot_be_had_is_an_error(page: Path, cover: str, reason: str) -> None:
    """Who names a picture wants that and no other."""
    with pytest.raises(ConfigError, match=f"^the cover .*{reason}") as caught:
        find_picture(page, Metadata(cover_url="beside.jpg"), Settings(cover=cover))

    assert "--cover" in caught.value.hint


def test_offline_fetches_no_picture(web: Site) -> None:
    """A run offline fetches no picture, even one that is named."""
    with pytest.raises(ConfigError, match="--offline"):
        find_picture("-", Metadata(), Settings(cover=loopback(web, "/a.jpg"), offline=True, allow_private=True))

    assert web.asked == []


def test_a_file_that_is_too_large_is_not_read(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named or not."""
    monkeypatch.setattr(lead_picture, "MAX_BYTES", 10)

    with pytest.raises(ConfigError, match="larger than"):
        find_picture(page, Metadata(), Settings(cover="outside.jpg"))
    assert beside(page, "beside.jpg") is None


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/PNG", "image/webp; x=y", "application/octet-stream"])
def test_what_a_server_may_call_a_picture(media_type: str, web: Site) -> None:
    """It is no article, though."""
    web.answers["/b"] = reply(JPEG, content_type=media_type)

    assert fetch(loopback(web, "/b"), allow_private=True, wanted=PICTURE).data == JPEG
    if media_type.startswith("image/"):
        with pytest.raises(SourceError, match="is an image, not a web page"):
            fetch(loopback(web, "/b"), allow_private=True, wanted=ARTICLE)


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "video/mp4", ""])
def test_what_is_no_picture(media_type: str, web: Site) -> None:
    """The error says what it is instead."""
    web.answers["/b"] = reply(b"<svg/>", content_type=media_type)

    with pytest.raises(SourceError, match="not a picture"):
        fetch(loopback(web, "/b"), allow_private=True, wanted=PICTURE)


@pytest.mark.parametrize("image", ["beside.jpg", "pictures/below.jpg", "pictures%2Fbelow.jpg"])
def test_a_saved_page_names_the_picture_that_was_saved_with_it(page: Path, image: str) -> None:
    """Where it does not say what its address was."""
    words = "The keeper lights the lamp at six and writes down every ship that passes in the night. " * 8
    saved = page.with_name("page.html")
    saved.write_text(
        f'<html lang="en"><head><title>A Light</title><meta property="og:image" content="{image}"></head>'
        f"<body><article><h1>A Light</h1><p>{words}</p><p>{words}</p></article></body></html>"
    )

    found = find_picture(saved, read_source(saved).meta, Settings())

    assert found == f"articles/{image.replace('%2F', '/')}".encode()
