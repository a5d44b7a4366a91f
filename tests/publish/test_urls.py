"""Addresses of the web in ASCII."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import ConfigError
from narrate.publish.urls import ascii_url, check_base_url, file_url

# All that RFC 3986 lets an address be made of.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://example.org/pods/ ", "https://example.org/pods/"),
        ("https://example.org/my pods//", "https://example.org/my%20pods/"),
        ("HTTP://Example.ORG:8000/A%20b/%zz", "http://example.org:8000/A%20b/%25zz/"),
        ("https://bücher.example/ж", "https://xn--bcher-kva.example/%D0%B6/"),
        ("https://straße.example", "https://xn--strae-oqa.example/"),
        ("https://例え。jp", "https://xn--r8jz45g.jp/"),
        ("http://192.168.1.2:8080/token-x_y", "http://192.168.1.2:8080/token-x_y/"),
        ("http://[FE80::1]:80", "http://[fe80::1]:80/"),
        ("http://localhost", "http://localhost/"),
        ("https://feed.xml", "https://feed.xml/"),
    ],
)
def test_an_address_of_the_web_ends_in_a_slash(written: str, expected: str) -> None:
    """In ASCII, its host by Punycode and its path percent-encoded once."""
    assert check_base_url(written) == expected
    assert check_base_url(expected) == expected


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("", "https://"),
        ("example.org/pods", "write https://example.org/pods"),
        ("localhost:8000", "write https://localhost:8000"),
        ("ftp://example.org", "https://"),
        ("file:///srv/pods", "https://"),
        ("http:example.org", "https://"),
        ("https://", "https://"),
        ("https://a..b", "https://"),
        ("https://-a.org", "https://"),
        ("https://a b.org", "https://"),
        ("https://*.org", "https://"),
        ("https://[::1", "https://"),
        ("https://[::g]", "https://"),
        ("https://example.org:0", "https://"),
        ("https://example.org:99999", "https://"),
        ("https://exa\nmple.org", "https://"),
        ("https://example.org/\ud800", "https://"),
        ("https://anna:secret@example.org", "leave it out"),
        ("https://example.org/?token=1#x", '"?token=1#x"'),
        ("https://example.org/#", '"#"'),
        ("https://example.org/pods/feed.xml", "write https://example.org/pods"),
        ("https://example.org/index.html", "write https://example.org"),
    ],
)
def test_what_is_no_place_for_files_is_refused(written: str, hint: str) -> None:
    """With what to write instead; a password is not said again."""
    with pytest.raises(ConfigError) as caught:
        check_base_url(written)
    assert hint in caught.value.hint
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/a?x=1&y=ж#z y", "https://example.org/a?x=1&y=%D0%B6#z%20y"),
        ("https://example.org/a|b[c]", "https://example.org/a%7Cb%5Bc%5D"),
        ("https://anna:secret@example.org/", "https://example.org/"),
        ("javascript:alert(1)", ""),
        ("file:///a.md", ""),
        ("a.md", ""),
        ("", ""),
    ],
)
def test_an_articles_address_becomes_ascii_or_nothing(written: str, expected: str) -> None:
    """Nobody's password goes into a feed."""
    assert ascii_url(written) == expected


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_not(text: str) -> None:
    """An accepted address is made of the letters of addresses, and stays as it is the second time."""
    for written in (text, f"https://{text}", f"https://example.org/{text}"):
        found = ascii_url(written)
        assert _PLAIN.fullmatch(found)
        assert ascii_url(found) == found
        if found:
            assert urlsplit(found).hostname


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_the_name_of_a_file_can_be_read_from_its_address(name: str) -> None:
    """Whatever letters it has."""
    url = file_url("https://example.org/pods/", name)
    assert _PLAIN.fullmatch(url)
    assert unquote(url.removeprefix("https://example.org/pods/")) == name
