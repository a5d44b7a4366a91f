"""What the inbox takes: addresses of the web, texts, pages and files that can be read; the rest is refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from support.costs import DOUBLING_MAX, time_growth

from narrate.core.errors import SourceError
from narrate.library.inbox.admission import Given, admitted, shared_address
from narrate.library.inbox.entry import PAYLOAD, Limits, TooLarge, WrongKind

LIMITS = Limits(file_bytes=100_000, text_bytes=50_000)
URL = "https://example.com/light"


def archive(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (URL, ("", URL)),
        (f"  {URL}\n", ("", URL)),
        (f"A Light at Sea {URL}", ("A Light at Sea", URL)),
        (f"A Light at Sea\n{URL}", ("A Light at Sea", URL)),
        (f"“A Light”\nby Anna Berg\n{URL}", ("“A Light” by Anna Berg", URL)),
        (f"A Light at Sea\n\n{URL}", ("A Light at Sea", URL)),
        (f"<{URL}>", ("", URL)),
        ("HTTPS://EXAMPLE.COM/A", ("", "HTTPS://EXAMPLE.COM/A")),
        (f"{URL} and more", None),
        (f"https://one.example {URL}", None),
        (f"One.\n\nTwo.\n\nThree.\n{URL}", None),
        (f"{'word ' * 100}{URL}", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("", None),
        ("A Light at Sea", None),
    ],
)
def test_what_share_sheets_send(text: str, found: tuple[str, str] | None) -> None:
    """An address alone or after a title is an address; words around it make it a text."""
    assert shared_address(text) == found


@pytest.mark.parametrize("make", [lambda size: f"a{' ' * size}b", lambda size: f"a{' ' * size}\n{' ' * size}b"])
def test_blanks_are_not_looked_at_again_and_again(make: Callable[[int], str]) -> None:
    """Twice as many blanks take twice the time, and not four times."""
    assert time_growth(make, shared_address, 500, at_least_s=0.001, size_max=4_000).ratio <= DOUBLING_MAX


def test_titles_that_never_end_are_not_looked_for_again_and_again() -> None:
    """Twice as many beginnings of a title take twice the time."""

    def read(page: str) -> object:
        return admitted(Given(html=page), Limits())

    assert (
        time_growth(lambda size: "<title " * size, read, 1_000, at_least_s=0.01, size_max=3_500).ratio <= DOUBLING_MAX
    )


@pytest.mark.parametrize(
    ("given", "kind", "url", "title", "payload"),
    [
        (Given(url=URL), "url", URL, "", ""),
        (Given(url=f" {URL} ", title="A  Light"), "url", URL, "A Light", ""),
        (Given(text=URL), "url", URL, "", ""),
        (Given(text=f"A Light {URL}"), "url", URL, "A Light", ""),
        (Given(text="# A Light\n\nIt was dark."), "text", "", "A Light", "a-light.txt"),
        (Given(text="It was dark.", title="A Light"), "text", "", "A Light", "a-light.txt"),
        (Given(text="It was dark.", url=URL), "text", URL, "It was dark.", "it-was-dark.txt"),
        (
            Given(text="灯台の光が海を照らす。"),
            "text",
            "",
            "灯台の光が海を照らす。",
            "灯台の光が海を照らす.txt",
        ),
        (Given(html="<title>A &amp; B</title><p>x", url=URL), "text", URL, "A & B", "a-b.html"),
        (Given(html="<p>x y", title="A <b>"), "text", "", "A <b>", "a-b.html"),
        (Given(file=b"Words, words.", file_name="Notes.TXT"), "file", "", "Notes.TXT", "notes.txt"),
        (Given(file=b"Words, words.", file_name="/etc/passwd"), "file", "", "passwd", "passwd.txt"),
        (Given(file=b"Words.", file_name="..\\..\\x.md"), "file", "", "x.md", "x.md"),
        (Given(file=b"Words.", file_name="a/../.."), "file", "", "..", "untitled.txt"),
        (Given(file=b"Words.", file_name=".narrate-token"), "file", "", ".narrate-token", "narrate-token.txt"),
        (
            Given(file=b"Words.", file_name="x\r\nSet-Cookie: a.txt"),
            "file",
            "",
            "x Set-Cookie: a.txt",
            "x-set-cookie-a.txt",
        ),
        (Given(file=b"<p>Words.", media_type="text/html"), "file", "", "file", "file.html"),
        (Given(file=b"%PDF-1.7 x", file_name="x#chapter=3"), "file", "", "x#chapter=3", "x-chapter-3.txt"),
        (Given(file=b"{\\rtf1 Words}", file_name="x.rtf"), "file", "", "x.rtf", "x.rtf"),
    ],
)
def test_what_is_taken(given: Given, kind: str, url: str, title: str, payload: str) -> None:
    """Each way of giving something; the name of the file that keeps it is always a plain one."""
    found = admitted(given, LIMITS)

    assert (found.kind, found.url, found.title, found.payload) == (kind, url, title, payload)
    assert not payload or PAYLOAD.fullmatch(payload)


def test_a_title_goes_before_its_text() -> None:
    """It would be lost otherwise; one that is there already is not said twice, and markup in it stays text."""
    assert bytes(admitted(Given(text="So dark.", title="Light"), LIMITS).content) == b"Light\n\nSo dark."
    assert bytes(admitted(Given(text="# Light\n\nDark.", title="Light"), LIMITS).content) == b"# Light\n\nDark."
    assert (
        bytes(admitted(Given(text="Light\nat Sea\nDark.", title="Light at Sea"), LIMITS).content)[:9] == b"Light\nat "
    )
    assert bytes(admitted(Given(text="Light fell.", title="Light"), LIMITS).content) == b"Light\n\nLight fell."
    assert b"<title>a &lt;b&gt;</title>" in bytes(admitted(Given(html="<p>x", title="a <b>"), LIMITS).content)


@pytest.mark.parametrize(
    "given",
    [
        Given(),
        Given(text="  \n"),
        Given(url="file:///etc/passwd"),
        Given(url="/etc/passwd"),
        Given(url="ftp://example.com/x"),
        Given(url="javascript:alert(1)"),
        Given(url="https://user:secret@example.com/"),
        Given(url="https://example.com/\x00"),
        Given(url="https://example.com:22/"),
        Given(url="https://"),
        Given(url="https://example.com/" + "x" * 9000),
        Given(text="/etc/passwd"),
        Given(text="notes.txt"),
        Given(text="example.com/light"),
        Given(text="file:///etc/passwd"),
        Given(text="Words, words.", url="file:///etc/passwd"),
        Given(html="<p>Words", url="data:text/html,x"),
        Given(file=b"Words", file_name="x.txt", url="/etc/passwd"),
        Given(file=b""),
    ],
)
def test_what_is_refused(given: Given) -> None:
    """Nothing, and what is no address of the web: never is a path of this machine read."""
    with pytest.raises(SourceError) as caught:
        admitted(given, LIMITS)

    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "PNG"),
        (b"\xff\xd8\xff\xe0" + b"x" * 99, "JPEG"),
        (b"\x00\x00\x00\x20ftypisom" + b"x" * 99, "video"),
        (b"ID3\x03" + b"x" * 99, "MP3"),
        (b"\x1f\x8b" + b"x" * 99, "gzip"),
        (archive(notes="words"), "archive"),
        (archive(xl__workbook="x"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "Word"),
    ],
)
def test_pictures_films_and_archives_are_refused(data: bytes, what: str) -> None:
    """At the door, whatever they are called, in the words that every command has for them."""
    with pytest.raises(WrongKind, match=what):
        admitted(Given(file=data, file_name="article.txt"), LIMITS)


@pytest.mark.parametrize(
    "given",
    [Given(text="words " * 10_000), Given(html="<p>" * 20_000), Given(file=b"w" * 100_001, file_name="x.txt")],
)
def test_what_is_too_large_is_refused(given: Given) -> None:
    """A text and a file have a limit each."""
    with pytest.raises(TooLarge):
        admitted(given, LIMITS)
