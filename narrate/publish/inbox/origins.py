"""Tells requests of the library's own pages and of programs from those that another site makes a browser send."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from narrate.publish.headers import is_token

_PORTS = {"http": 80, "https": 443}
_OTHER_SITES = ("cross-site", "same-site")

Place = tuple[str, str, int | None]


def is_of_another_site(headers: Headers, base_url: str) -> bool:
    """Tell whether a browser sends a request for a page of another site, which must change nothing here.

    Browsers say so by Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata) and by Origin; programs that are no
    browsers send neither. A form on this machine's other ports is "same-site", and no friend either. "null" is the
    origin of what hides its own, and of what a share sheet sends: the user began that, and no page.

    Args:
        headers: Of the request; its Host was checked.
        base_url: Where others find the library, behind a proxy; "" for nowhere else.
    """
    site = headers.get("sec-fetch-site", "").strip().lower()
    if site in _OTHER_SITES:
        return True
    origins = headers.getlist("origin")
    if not origins:
        return False
    if len(origins) > 1:
        return True
    if origins[0].strip().lower() == "null":
        return site != "none"
    own = [_place(f"http://{host}") for host in headers.getlist("host")] + ([_place(base_url)] if base_url else [])
    return _place(origins[0]) not in [place for place in own if place]


def _place(url: str) -> Place | None:
    """Return scheme, host and port of an address; None where it has none."""
    try:
        parts = urlsplit(url.strip().lower())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname.rstrip("."), port) if parts.scheme and parts.hostname else None


def bears_token(headers: Headers, token: str) -> bool:
    """Tell whether a request brings the token along as `Authorization: Bearer TOKEN` (RFC 6750, 2.1)."""
    given = headers.getlist("authorization")
    if not token or len(given) != 1:
        return False
    scheme, _, secret = given[0].partition(" ")
    return is_token(secret.strip(), token) and scheme.lower() == "bearer"


def wants_page(headers: Headers) -> bool:
    """Tell whether a request would rather have HTML than JSON: a form without a script, a share sheet."""
    ranks = {"text/html": 0.0, "application/json": 0.0}
    places: dict[str, int] = {}
    for number, item in enumerate(",".join(headers.getlist("accept")).split(",")):
        name, _, parameters = item.partition(";")
        name = name.strip().lower()
        if name in ranks:
            ranks[name] = _quality(parameters.split(";"))
            places[name] = number
    html, json = ranks["text/html"], ranks["application/json"]
    return html > json or (html == json > 0 and places["text/html"] < places["application/json"])


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
