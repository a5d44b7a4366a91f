"""What goes with every answer, and by which names the server may be called."""

from __future__ import annotations

import pytest

from narrate.publish.headers import headers_for, is_known_host, is_token, page_policy


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (["localhost"], True),
        (["LOCALHOST:8000"], True),
        (["radio.local."], True),
        (["127.0.0.1:8000"], True),
        (["[::1]:8000"], True),
        (["evil.example"], False),
        (["localhost.evil.example"], False),
        (["evil.example:8000"], False),
        ([""], False),
        ([], False),
        (["localhost", "localhost"], False),
    ],
)
def test_known_hosts(named: list[str], expected: bool) -> None:
    """Its own names and any number; a name of somebody else's that points here is none (DNS rebinding)."""
    assert is_known_host(named, frozenset({"localhost", "radio.local"})) is expected


def test_only_a_page_with_a_form_may_send() -> None:
    """All others keep the policy that lets nothing out; no page may be shown inside of another."""
    assert "form-action 'none'" in page_policy(may_send=False)
    assert "connect-src" not in page_policy(may_send=False)
    assert {"form-action 'self'", "connect-src 'self'", "manifest-src 'self'"} <= set(
        page_policy(may_send=True).split("; ")
    )
    assert all("frame-ancestors 'none'" in page_policy(may_send=one) for one in (True, False))
    assert headers_for("text/html")["content-security-policy"] == page_policy(may_send=False)


@pytest.mark.parametrize(
    ("given", "expected"), [("secret", True), ("Secret", False), ("", False), ("secret2", False), ("é", False)]
)
def test_tokens(given: str, expected: bool) -> None:
    """The right one, letter by letter."""
    assert is_token(given, "secret") is expected
