"""Addresses as feeds hold them: whole, of the web, and in ASCII alone, as Apple asks.

https://podcasters.apple.com/support/823-podcast-requirements
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

from narrate.core.errors import ConfigError
from narrate.core.file_names import FEED, INDEX

_SCHEMES = ("http", "https")

# What stands for itself in a path and after it (RFC 3986), and what is percent-encoded already.
_PATH_SIGNS = "/:@!$&'()*+,;=~%"
_QUERY_SIGNS = _PATH_SIGNS + "?"

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
_DOTS = re.compile("[.\N{IDEOGRAPHIC FULL STOP}]")

# What an address may have after the path.
_MORE = re.compile(r"[?#].*")

# Files that lie in the folder: who names one of them means the folder.
_INSIDE = (FEED, INDEX)

_HINT = "give it with --base-url https://example.org/podcast, or as base_url in [podcast] of narrate.toml"


def check_base_url(url: str) -> str:
    """The address under which a folder is found on the web, as feeds hold it, with one slash at its end.

    Args:
        url: As somebody wrote it: other letters than ASCII are encoded, the host's by Punycode.

    Raises:
        ConfigError: It is no address of the web, or one to which no file's name can be added.
    """
    text = url.strip()
    if not text:
        raise ConfigError("the feed needs a base URL: the address under which the folder is found on the web", _HINT)
    parts = _split(text)
    if parts is None or (whole := _whole(parts)) is None:
        hint = f"write https://{text}" if _split(f"https://{text}") and "://" not in text else _HINT
        raise ConfigError(f"{text!r} is no address of the web", hint)
    if parts.username or parts.password:
        raise ConfigError("the address has a name or a password in it, for all to see", "leave it out")
    if more := _MORE.search(text):
        raise ConfigError(f"{text!r} says more than where the folder is", f'leave out "{more[0]}"')
    folder, _, last = whole.rpartition("/")
    if last in _INSIDE and folder.count("/") > 1:
        raise ConfigError(f"{text!r} is the address of a file, not of its folder", f"write {folder}")
    return whole.rstrip("/") + "/"


def ascii_url(url: str) -> str:
    """An address of the web in ASCII, without a name and password; "" if it is none."""
    parts = _split(url.strip())
    return (_whole(parts) or "") if parts else ""


def file_url(base_url: str, name: str) -> str:
    """The address of a file in the folder.

    Args:
        base_url: Of the folder, see check_base_url.
        name: Of the file; any letters.
    """
    return base_url + quote(name, safe="", errors="replace")


def _split(url: str) -> SplitResult | None:
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in url):
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme.lower() in _SCHEMES and parts.port != 0 and _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    return parts if known else None


def _whole(parts: SplitResult) -> str | None:
    host = _ascii_host(parts.hostname or "")
    port = f":{parts.port}" if parts.port is not None else ""
    query = f"?{_encoded(parts.query, _QUERY_SIGNS)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment, _QUERY_SIGNS)}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{_encoded(parts.path, _PATH_SIGNS)}{query}{fragment}" if host else None


def _encoded(text: str, signs: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=signs)


def _ascii_host(host: str) -> str:
    """A host's name in ASCII, "" if it is none.

    Labels are encoded as they are (RFC 5891): Python's codec is of the rules before, by which "straße" and "strasse"
    are one name, and they have been two since 2010.

    Raises:
        ValueError: It looks like an address of IPv6 and is none.
    """
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    labels = _DOTS.split(unicodedata.normalize("NFKC", host).lower())
    plain = ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)
    return plain if _HOST.fullmatch(plain) else ""
