"""Parts of a form are found where browsers and programs put them, and bombs are none."""

from __future__ import annotations

import random
import urllib.parse

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from narrate.publish.inbox.multipart import PARTS_MAX, BadForm, Part, boundary_of, parts_of

B = b"x7"


def form(*parts: bytes, end: bytes = b"--x7--\r\n") -> bytes:
    return b"".join(b"--x7\r\n" + part + b"\r\n" for part in parts) + end


def field(name: str, content: bytes, more: str = "") -> bytes:
    return f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content


def found(body: bytes) -> list[tuple[str, bytes, str | None, str]]:
    return [(one.name, body[one.start : one.end], one.file_name, one.media_type) for one in parts_of(body, B)]


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/form-data; boundary=x7", b"x7"),
        ('multipart/form-data;boundary="a b\'c"; charset=utf-8', b"a b'c"),
        ("multipart/form-data; charset=utf-8; Boundary=x7", b"x7"),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=" + "x" * 71, None),
    ],
)
def test_boundaries(content_type: str, boundary: bytes | None) -> None:
    """As a Content-Type names them, 70 characters at most (RFC 2046)."""
    got = boundary_of(content_type)

    assert got == boundary or (boundary is None and got is not None and len(got) <= 70)


def test_what_browsers_send() -> None:
    """Fields, a file with its name and type, and a field that is empty."""
    file = '; filename="Notes %22of%22 mine – ä.txt"\r\nContent-Type: Text/Plain; charset=utf-8'
    content = b"Words\r\n--x\r\n\r\n --x7--\r\n"
    body = form(field("url", b"https://a.org/"), field("file", content, file), field("title", b""))

    assert found(body) == [
        ("url", b"https://a.org/", None, ""),
        ("file", content, 'Notes "of" mine – ä.txt', "text/plain"),
        ("title", b"", None, ""),
    ]


@pytest.mark.parametrize(
    ("disposition", "name", "file_name"),
    [
        ('form-data; name="file"; filename="a\\"b.txt"', "file", 'a"b.txt'),
        ("form-data; name=file; filename*=UTF-8''na%C3%AFve.txt", "file", "naïve.txt"),
        ('form-data; filename="name.txt"; name="file"', "file", "name.txt"),
        ('form-data; name="file"; filename=""', "file", ""),
        ("form-data", "", None),
    ],
)
def test_names(disposition: str, name: str, file_name: str | None) -> None:
    """In each way that programs write them."""
    body = form(b"content-disposition: " + disposition.encode() + b"\r\n\r\nx")

    assert [(one.name, one.file_name) for one in parts_of(body, B)] == [(name, file_name)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"words",
        b"--x7",
        b"--x7\r\n",
        form(field("a", b"x"), end=b""),
        form(field("a", b"x"))[:-8],
        form(b"no end of its head", end=b"--x7--"),
        form(b"a: " + b"x" * 5000 + b"\r\n\r\nwords"),
        form(*[field("a", b"x")] * (PARTS_MAX + 1)),
        form(*[field("a", b"")] * 100_000),
        b"--x7" + b" " * 10_000 + b"\r\n\r\n\r\n--x7--",
    ],
)
def test_what_is_no_form(body: bytes) -> None:
    """Cut off, damaged, with a head that does not end, or a bomb of 100,000 parts, of which few are looked at."""
    with pytest.raises(BadForm):
        list(parts_of(body, B))


@given(st.lists(st.tuples(st.sampled_from(["url", "text", "file"]), st.binary(max_size=300)), max_size=PARTS_MAX))
def test_what_another_library_writes(fields: list[tuple[str, bytes]]) -> None:
    """A form that requests writes is read as it was meant, whatever bytes are in it."""
    files = [(name, (f"{number}.bin", content, "text/plain")) for number, (name, content) in enumerate(fields)]
    if not files:
        return
    request = requests.Request("POST", "http://a.org/", files=files).prepare()
    assert isinstance(request.body, bytes)
    boundary = boundary_of(request.headers["content-type"])
    assert boundary

    got = list(parts_of(request.body, boundary))

    assert [(one.name, request.body[one.start : one.end]) for one in got] == fields


@given(st.binary(max_size=400), st.randoms(use_true_random=False))
def test_any_bytes(noise: bytes, chance: random.Random) -> None:
    """Whatever comes is parts of the body, or no form."""
    whole = form(field("url", noise), field("file", noise, '; filename="a"'))
    cut = chance.randrange(len(whole))
    body = whole[:cut] + noise + whole[cut + chance.randrange(9) :]
    try:
        got: list[Part] = list(parts_of(body, B))
    except BadForm:
        return
    assert all(0 <= one.start <= one.end <= len(body) for one in got)
    assert urllib.parse.quote("".join(one.name for one in got)) is not None
