"""All that a run was given comes one after the other, what is wrong as well."""

from __future__ import annotations

import os
from pathlib import Path

from narrate.sources.fetch.web import Page
from narrate.sources.gather import Unusable, Wanted, gathered

FEED = b'<rss version="2.0"><channel><item><link>https://example.test/1</link><title>One</title></item></channel></rss>'


def test_all() -> None:
    """Sources, then lists, then feeds; folders and patterns in both of the first."""
    Path("articles").mkdir()
    for name in ("2.md", "10.md", "list.lst"):
        Path("articles", name).write_text("https://example.test/x\n10.md\n*.md\n./\nmissing.txt\n")
    Path("feed.xml").write_bytes(FEED)
    two, ten = os.path.join("articles", "2.md"), os.path.join("articles", "10.md")

    items = list(
        gathered(
            ["-", "https://example.test/a", "articles", "articles/*.md", "gone.txt", "*.txt"],
            lists=["articles/list.lst"],
            feeds=["feed.xml", "https://example.test/feed"],
            visit=lambda url: Page(url, FEED.replace(b"/1", b"/2"), "", None),
        )
    )

    assert [(item.source, item.listed_in) for item in items] == [
        ("-", ""),
        ("https://example.test/a", ""),
        (two, "articles"),
        (ten, "articles"),
        (two, "articles/*.md"),
        (ten, "articles/*.md"),
        ("gone.txt", ""),
        ("*.txt", "*.txt"),
        ("https://example.test/x", "articles/list.lst"),
        (ten, "articles/list.lst"),
        (two, "articles/list.lst"),
        (ten, "articles/list.lst"),
        (two, "articles/list.lst"),
        (ten, "articles/list.lst"),
        (os.path.join("articles", "missing.txt"), "articles/list.lst"),
        ("https://example.test/1", "feed.xml"),
        ("https://example.test/2", "https://example.test/feed"),
    ]
    assert [item.source for item in items if isinstance(item, Unusable)] == ["*.txt"]
    assert items[-1] == Wanted("https://example.test/2", "One", None, "https://example.test/feed")


def test_nothing_is_read_before_it_is_asked_for() -> None:
    """Of a hundred thousand articles, the first is there at once."""
    Path("list.txt").write_text("a.txt\n" * 100_000)
    items = gathered([], lists=["list.txt"], feeds=["missing.xml"])

    assert next(items) == Wanted("a.txt", listed_in="list.txt")


def test_offline() -> None:
    """Without a visitor, a feed at an address is an error that says why, and one in a file is read."""
    Path("feed.xml").write_bytes(FEED)

    wrong, right = gathered([], feeds=["https://example.test/feed", "feed.xml"])

    assert isinstance(wrong, Unusable) and "--offline" in wrong.error.message
    assert isinstance(right, Wanted)
