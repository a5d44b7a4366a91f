"""Pages that Safari saved are read as from their address."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import SourceError
from narrate.sources.read import read_source
from narrate.sources.read.mail.webarchive import archived_page, is_webarchive

PROSE = "The kiln behind the station was lit on Sunday, and half the town came to see the smoke above the café."
ADDRESS = "https://kiln.example/story"
PAGE = (
    f"<html><head><title>The kiln</title></head><body><article><h1>The kiln</h1><p>{PROSE}</p></article></body></html>"
)


def archive(form: Any = plistlib.FMT_BINARY, **changed: object) -> bytes:
    """Return a web archive, as Safari writes it, with some of its values changed."""
    main: dict[str, object] = {
        "WebResourceData": PAGE.encode(),
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
    }
    kept = {key: value for key, value in (main | changed).items() if value is not None}
    return plistlib.dumps({"WebMainResource": kept, "WebSubresources": []}, fmt=form)


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
@pytest.mark.parametrize("name", ["kiln.webarchive", "kiln", "kiln.txt"])
def test_a_web_archive_is_read(form: Any, name: str) -> None:
    """By what it begins with, whatever it is called; its address is the page's."""
    Path(name).write_bytes(archive(form))
    article = read_source(name)

    assert [block.text for block in article.blocks] == ["The kiln", PROSE]
    assert article.meta.url == ADDRESS


@pytest.mark.parametrize(
    ("changed", "url"),
    [
        ({"WebResourceTextEncodingName": "windows-1252", "WebResourceData": PAGE.encode("cp1252")}, ADDRESS),
        ({"WebResourceMIMEType": "text/plain", "WebResourceData": PROSE.encode()}, ADDRESS),
        ({"WebResourceMIMEType": None, "WebResourceURL": None, "WebResourceTextEncodingName": None}, None),
        ({"WebResourceURL": "file:///home/me/kiln.html"}, None),
    ],
)
def test_what_an_archive_says_of_its_page_counts(changed: dict[str, object], url: str | None) -> None:
    """Encoding and kind are those that it states; an address that is none of the web is not kept."""
    Path("kiln.webarchive").write_bytes(archive(**changed))
    article = read_source("kiln.webarchive")

    assert article.blocks[-1].text == PROSE
    assert article.meta.url == url


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (archive()[:-40], "damaged web archive"),
        (archive(WebResourceData=b" "), "without a page"),
        (archive(WebResourceData="text"), "without a page"),
        (archive(WebResourceData=None), "damaged web archive"),
        (plistlib.dumps({"WebMainResource": 1}, fmt=plistlib.FMT_BINARY), "damaged web archive"),
        (plistlib.dumps({"Other": "WebMainResource"}, fmt=plistlib.FMT_BINARY), "damaged web archive"),
        (plistlib.dumps({"Other": 1}, fmt=plistlib.FMT_BINARY), "a property list"),
    ],
)
def test_a_damaged_archive_is_an_error(data: bytes, said: str) -> None:
    """It is said in words."""
    Path("kiln.webarchive").write_bytes(data)
    with pytest.raises(SourceError, match=said) as caught:
        read_source("kiln.webarchive")

    assert caught.value.hint


@given(st.binary(max_size=60), st.integers(0, 400), st.booleans())
def test_any_damage_is_an_error_or_a_page(noise: bytes, at: int, is_binary: bool) -> None:
    """Whatever is wrong with an archive, nothing but a clear error comes of it."""
    whole = archive(plistlib.FMT_BINARY if is_binary else plistlib.FMT_XML)
    data = whole[:at] + noise + whole[at + len(noise) :]
    if is_webarchive(data):
        try:
            assert archived_page(data, "kiln.webarchive").data
        except SourceError as error:
            assert "web archive" in error.message
