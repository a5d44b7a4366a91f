"""Requests that another site makes a browser send are told from those of the library's own pages and of programs."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from narrate.publish.inbox.origins import bears_token, is_of_another_site, wants_page

HOST = ("host", "127.0.0.1:8000")


def headers(*items: tuple[str, str]) -> Headers:
    return Headers(raw=[(name.encode(), value.encode()) for name, value in items])


@pytest.mark.parametrize(
    ("items", "base_url", "expected"),
    [
        ((), "", False),
        ((("origin", "http://127.0.0.1:8000"),), "", False),
        ((("origin", "HTTP://127.0.0.1:8000"), ("sec-fetch-site", "same-origin")), "", False),
        ((("origin", "null"), ("sec-fetch-site", "none")), "", False),
        ((("sec-fetch-site", "none"),), "", False),
        ((("origin", "null"),), "", True),
        ((("origin", "null"), ("sec-fetch-site", "cross-site")), "", True),
        ((("origin", "null"), ("sec-fetch-site", "same-origin")), "", True),
        ((("origin", "https://evil.example"),), "", True),
        ((("origin", "http://127.0.0.1"),), "", True),
        ((("origin", "http://127.0.0.1:8001"),), "", True),
        ((("origin", "https://127.0.0.1:8000"),), "", True),
        ((("origin", "http://localhost:8000"),), "", True),
        ((("origin", "http://127.0.0.1:8000.evil.example"),), "", True),
        ((("origin", "http://127.0.0.1:8000"), ("origin", "https://evil.example")), "", True),
        ((("origin", ""),), "", True),
        ((("origin", "http://[::1"),), "", True),
        ((("origin", "http://127.0.0.1:8000"), ("sec-fetch-site", "same-site")), "", True),
        ((("sec-fetch-site", "cross-site"),), "", True),
        ((("sec-fetch-site", " Cross-Site "),), "", True),
        ((("origin", "https://pod.example"),), "https://pod.example/shelf", False),
        ((("origin", "https://pod.example:443"),), "https://pod.example/", False),
        ((("origin", "http://pod.example"),), "https://pod.example/", True),
    ],
)
def test_other_sites(items: tuple[tuple[str, str], ...], base_url: str, expected: bool) -> None:
    """By Sec-Fetch-Site and by Origin, each alone; what has neither is no browser."""
    assert is_of_another_site(headers(HOST, *items), base_url) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["Bearer secret"], True),
        (["bearer  secret "], True),
        (["Bearer wrong"], False),
        (["Basic secret"], False),
        (["secret"], False),
        ([""], False),
        ([], False),
        (["Bearer secret", "Bearer secret"], False),
    ],
)
def test_bearers(given: list[str], expected: bool) -> None:
    """One header, and the right secret in it; without a secret nobody bears it."""
    found = headers(*(("authorization", value) for value in given))

    assert bears_token(found, "secret") is expected
    assert not bears_token(found, "")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], True),
        (["TEXT/HTML"], True),
        (["text/html, application/json"], True),
        (["application/json, text/html"], False),
        (["application/json;q=0.5, text/html"], True),
        (["text/html;q=0.5, application/json"], False),
        (["text/html;q=0"], False),
        (["text/html;q=x"], False),
        (["application/json"], False),
        (["*/*"], False),
        ([""], False),
        ([], False),
        (["application/xml", "text/html"], True),
    ],
)
def test_who_wants_a_page(accept: list[str], expected: bool) -> None:
    """Browsers that leave a page do; scripts and programs want JSON."""
    assert wants_page(headers(*(("accept", value) for value in accept))) is expected
