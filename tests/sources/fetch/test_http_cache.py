"""Feeds are kept whole or not at all, and what is damaged is as if it was not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from narrate.sources.fetch import http_cache as module
from narrate.sources.fetch.http_cache import KeptPages
from narrate.sources.fetch.web import Page

URL = "https://example.test/feed"
PAGE = Page("https://www.example.test/feed", b"<rss/>" * 100, "application/rss+xml", "utf-8", '"1"', "Sun, 22 Nov 2026")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def file_in(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def test_kept(folder: Path) -> None:
    """It comes back as it was, by the address that was asked, in another run too."""
    KeptPages(folder).store(URL, PAGE)

    assert KeptPages(folder).load(URL) == PAGE
    assert KeptPages(folder).load(PAGE.url) is None


def test_nothing_to_ask_by(folder: Path) -> None:
    """A page by which its server could not know it again is not kept."""
    KeptPages(folder).store(URL, Page(URL, b"x", "", None))

    assert not folder.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-40],
        lambda text: "[1]",
        lambda text: "[" * 100_000,
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace("example.test/feed", "example.test/other"),
        lambda text: text.replace('"utf-8"', "8"),
        lambda text: text.replace('"\\"1\\""', '"a\\r\\nb"'),
        lambda text: json.dumps(json.loads(text) | {"page": "!!"}),
        lambda text: json.dumps(json.loads(text) | {"page": "AAAA"}),
        lambda text: json.dumps(json.loads(text) | {"page": json.loads(text)["page"][:16]}),
        lambda text: json.dumps({}),
    ],
)
def test_damage(damage: Callable[[str], str], folder: Path) -> None:
    """It is fetched again, and kept again."""
    KeptPages(folder).store(URL, PAGE)
    path = file_in(folder)
    path.write_text(damage(path.read_text()))

    assert KeptPages(folder).load(URL) is None
    KeptPages(folder).store(URL, PAGE)
    assert KeptPages(folder).load(URL) == PAGE


def test_bomb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file does not become a large page, and a large file is not read."""
    KeptPages(folder).store(URL, PAGE)
    monkeypatch.setattr(module, "MAX_PAGE_BYTES", 100)
    assert KeptPages(folder).load(URL) is None
    monkeypatch.setattr(module, "MAX_PAGE_BYTES", 1000)
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    assert KeptPages(folder).load(URL) is None


def test_unwritable(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """That it cannot be kept is said, and stops nothing."""
    folder.write_text("a file in the way")

    KeptPages(folder).store(URL, PAGE)

    assert "cannot be kept" in caplog.text
    assert KeptPages(folder).load(URL) is None
