"""Headers of answers: who may read them, what pages may do, and by which names the server may be called."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType

# Players on other sites read these with scripts (https://podcasting2.org/docs/podcast-namespace/tags/transcript).
SHARED = frozenset(
    {
        "application/json",
        "application/json+chapters",
        "application/rss+xml",
        "application/x-subrip",
        "text/vtt",
    }
)

_SHARING = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified",
}
PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
}

# The pages bring script and style along, and load nothing but the sound and covers beside them.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "media-src 'self'; base-uri 'none'"
)

# A page that talks to the inbox: its form is sent, and its script asks, to its own server alone. The same stands in the
# page itself.
TALKING: Mapping[str, str] = MappingProxyType(
    {"form-action": "'self'", "connect-src": "'self'", "manifest-src": "'self'"}
)

# With every answer. Addresses may hold the token, so no other site is told of them.
_ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
PRIVATE = {**_ALWAYS, "cross-origin-resource-policy": "same-origin"}
_PUBLIC = {**_ALWAYS, "cross-origin-resource-policy": "cross-origin"}


def page_policy(*, may_send: bool) -> str:
    """Return the policy of a page.

    Args:
        may_send: It has a form, and a script that asks its own server: the page of a library with an inbox.
    """
    rules = TALKING if may_send else {"form-action": "'none'"}
    sends = "; ".join(f"{name} {value}" for name, value in rules.items())
    return f"{_PAGE_POLICY}; {sends}; frame-ancestors 'none'"


def headers_for(media_type: str, policy: str = "") -> Mapping[str, str]:
    """Return the headers that belong to every form of an answer of that type.

    Args:
        media_type: Of the answer.
        policy: Of a page; the strictest where left out.
    """
    if media_type.startswith("text/html"):
        return {**PRIVATE, "content-security-policy": policy or page_policy(may_send=False)}
    return {**_PUBLIC, **_SHARING} if media_type in SHARED else _PUBLIC


def is_known_host(named: Sequence[str], hosts: frozenset[str]) -> bool:
    """Tell whether a request's Host headers are one that the server may be called by; any number may."""
    if len(named) != 1:
        return False
    host = without_port(named[0])
    with suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return host != "" and host in hosts


def without_port(host: str) -> str:
    """Return a Host header's name: "[::1]:80" -> "::1", "Example.org.:80" -> "example.org"."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")


def is_token(given: str, token: str) -> bool:
    """Tell whether a secret is the right one, in a time that does not depend on how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
