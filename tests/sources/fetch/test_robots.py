"""What a site asks of programs is understood as RFC 9309 says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.fetch.robots import MAX_BYTES, MAX_DELAY_S, Rules, read_rules

SITE = "https://example.test"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent:*\r\ndisallow:/a # all of it\r\n", "/abc", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nAllow: /\nDisallow: /private/", "/private/x", False),
        ("User-agent: *\nDisallow: /\nAllow: /public/", "/public/x", True),
        ("User-agent: *\nAllow: /p\nDisallow: /p", "/p", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /%7Eanna", "/~anna/x", False),
        ("User-agent: *\nDisallow: /é", "/%c3%a9", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: narrate\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Narrate/1.0\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: narrate\nDisallow: /a", "/a", False),
        (
            "User-agent: narrate\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: narrate\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: narratex\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("Disallow: /", "/a", True),
        ("\ufeffUser-agent: *\nSitemap: x\nDisallow: /a", "/a", False),
        ("<!doctype html><p>Not found: /a", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    """The longest rule of our own group decides, else of the group for all."""
    assert read_rules(text.encode()).allows(SITE + path) is allowed


@pytest.mark.parametrize(
    ("value", "delay_s"),
    [("2", 2.0), ("0.5", 0.5), ("86400", MAX_DELAY_S), ("-1", 0.0), ("nan", 0.0), ("inf", MAX_DELAY_S), ("soon", 0.0)],
)
def test_delay(value: str, delay_s: float) -> None:
    """A pause that a site asks for is kept to, within reason."""
    assert read_rules(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /x".encode()).delay_s == delay_s


def test_size() -> None:
    """What follows the first 500 KiB is left out."""
    data = b"User-agent: *\nDisallow: /a\n#" + b"x" * MAX_BYTES + b"\nDisallow: /b"

    assert not read_rules(data).allows(SITE + "/a")
    assert read_rules(data).allows(SITE + "/b")


def test_many_stars() -> None:
    """A pattern that a careless matcher would try in 2**500 ways is one that does not fit."""
    rules = read_rules(b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"$")

    assert rules.allows(SITE + "/" + "a" * 400 + "b" * 4000)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_anything(data: bytes, path: str) -> None:
    """Whatever a site sends, there is an answer."""
    assert isinstance(read_rules(data), Rules)
    assert read_rules(b"user-agent: *\ndisallow: " + data).allows(f"{SITE}/{path}") in (True, False)
