"""Addresses of the web are known by their beginning."""

from __future__ import annotations

import pytest

from narrate.core.web.addresses import is_web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/light", True),
        ("HTTP://EXAMPLE.COM", True),
        ("ftp://example.com", False),
        ("http:/one-slash", False),
        ("notes/https://x.txt", False),
        ("C:\\notes.txt", False),
        ("", False),
    ],
)
def test_web_addresses(text: str, expected: bool) -> None:
    """Paths, other schemes and what only holds an address are none."""
    assert is_web_address(text) is expected
