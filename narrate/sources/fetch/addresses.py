"""Which web addresses may be fetched: the way they are written, and the machines they lead to.

An address can come from a page, a feed or a chat, so it must not be a way to make narrate ask the
machines behind the user's own firewall (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
The checks of the spelling give early and clear errors. What protects is `resolve`: whatever a name
stands for is checked at the moment of connecting, and only what it returns is connected to.
"""

from __future__ import annotations

import os
import re
import socket
import unicodedata
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urldefrag, urlsplit

import requests

from narrate.core.errors import SourceError

IPAddress = IPv4Address | IPv6Address
MayReach = Callable[[IPAddress], bool]

SAVE_IT = "save the page as HTML from your browser and give narrate the file"
CHECK_IT = "check the address; it begins with https:// and a public host, such as https://example.com/article"

# Longer ones than servers take (RFC 9110, 4.1, asks for 8000 bytes).
MAX_LENGTH = 8192

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
_WEB = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_HOST_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

# Control characters, those that join or turn letters, and halves of characters.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})

# Schemes that stand before a plain colon; of other words a file name may consist ("notes:1.txt").
_SCHEMES_WITHOUT_SLASHES = frozenset(
    {"about", "blob", "data", "file", "ftp", "gopher", "http", "https", "javascript", "mailto", "view-source"}
)

# Where a browser does not go either, as other services listen there: https://fetch.spec.whatwg.org/#port-blocking
_PORTS_OF_OTHER_SERVICES = frozenset(
    {0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104}
    | {109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515}
    | {526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049}
    | {3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211}
)

# What Python's is_global lets through, or did in a version narrate runs on.
_IPV4_NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # protocol assignments; Oracle's metadata service
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
    IPv4Network("168.63.129.16/32"),  # Azure's metadata service
)
_IPV6_UNICAST = IPv6Network("2000::/3")
_IPV6_NOT_PUBLIC = (
    IPv6Network("2001::/23"),  # protocol assignments; Teredo, which has an IPv4 address inside
    IPv6Network("2001:db8::/32"),  # examples
    IPv6Network("2002::/16"),  # 6to4, which has an IPv4 address inside
    IPv6Network("3fff::/20"),  # examples
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052; 64:ff9b:1::/48 (RFC 8215) is for networks of one's own
# The third quarter of an address (RFC 5214, 6.1), and which of its bits say so: not those for "universal" and "group".
_ISATAP, _ISATAP_BITS = 0x0000_5EFE, 0xFCFF_FFFF


class Unreachable(SourceError):
    """A host does not answer, or not to the end; a later try may succeed."""


def is_address(source: str) -> bool:
    """Tell whether a source is an address rather than the path of a file.

    "C:\\notes.txt" and "notes:1.txt" are paths, and so is "data:1.txt" where such a file exists.
    """
    found = _SCHEME.match(source.strip())
    if not found:
        return False
    if source.strip().startswith("//", found.end()):
        return True
    return found[1].lower() in _SCHEMES_WITHOUT_SLASHES and not os.path.exists(source)


def is_public(address: IPAddress) -> bool:
    """Tell whether an address is one of the public internet: no private network, this machine or a cloud's inside."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or address.is_reserved or any(address in net for net in _IPV4_NOT_PUBLIC)
        return address.is_global and not special
    if address in _NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    special = address.scope_id is not None or _is_isatap(address) or any(address in net for net in _IPV6_NOT_PUBLIC)
    return address in _IPV6_UNICAST and address.is_global and not special


def _is_isatap(address: IPv6Address) -> bool:
    """Tell whether an IPv4 address is the last quarter of it, for routers to send it there, whatever the prefix."""
    return int(address) >> 32 & _ISATAP_BITS == _ISATAP


def checked(url: str, may_reach: MayReach) -> str:
    """The address as it is asked for: in ASCII, quoted, and without a fragment.

    Raises:
        SourceError: It is no address of a public web page, whatever names stand for.
    """
    _refuse_spelling(url)
    try:
        prepared = requests.Request("GET", urldefrag(url).url).prepare().url or ""
        parts, port = urlsplit(prepared), urlsplit(url).port  # in the prepared one, port 0 is gone
    except (requests.RequestException, ValueError) as error:
        raise SourceError(f"{shown(url)} is not a valid address", CHECK_IT) from error
    _refuse_host(url, parts, may_reach)
    if port in _PORTS_OF_OTHER_SERVICES:
        raise SourceError(f"{shown(url)} names port {port}, which is not for web pages", CHECK_IT)
    return prepared


def _refuse_spelling(url: str) -> None:
    if any(char == "\\" or char.isspace() or unicodedata.category(char) in _INVISIBLE for char in url):
        raise SourceError(f"{shown(url)} has a space, backslash or invisible character in it", CHECK_IT)
    if len(url) > MAX_LENGTH:
        raise SourceError(f"{shown(url)} is longer than {MAX_LENGTH} characters", SAVE_IT)
    scheme = _SCHEME.match(url)
    if not scheme or scheme[1].lower() not in ("http", "https"):
        raise SourceError(f"{shown(url)} is not an address of the web; narrate fetches https and http only", CHECK_IT)
    found = _WEB.match(url)
    if not found or not found[1]:
        raise SourceError(f"{shown(url)} names no host", CHECK_IT)
    if "@" in found[1]:
        raise SourceError(
            f"{shown(url)} has a user name before its host", f"leave out what is before the @, or {SAVE_IT}"
        )


def _refuse_host(url: str, parts: SplitResult, may_reach: MayReach) -> None:
    host = parts.hostname or ""
    address = _literal(host)
    if address is not None:
        if not may_reach(address):
            raise _private(url)
        return
    labels = host.rstrip(".").split(".")
    # Numbers that the system would read as an IPv4 address: 2130706433, 0x7f.1, 127.1, 0177.0.0.1
    if not _HOST_NAME.fullmatch(host) or _NUMBER.fullmatch(labels[-1]):
        raise SourceError(f"{shown(url)} has a host that is not a name", CHECK_IT)
    if labels[-1] == "localhost" and not may_reach(IPv4Address("127.0.0.1")):
        raise _private(url)


def _literal(host: str) -> IPAddress | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def resolve(host: str, port: int, may_reach: MayReach) -> list[tuple[int, tuple[str, int]]]:
    """Look a host up once: the socket family and place of all its addresses, each of them checked.

    Raises:
        SourceError: There is no such host, or one of its addresses may not be reached.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = [(int(family), place) for family, _, _, _, place in found]
        addresses = [ip_address(str(place[0])) for _, place in places]
    except (OSError, ValueError) as error:
        raise Unreachable(f"{shown(host)} cannot be found", "check the address and your network connection") from error
    if not addresses or not all(may_reach(address) for address in addresses):
        raise _private(host)
    return [(family, place) for family, place in places]  # type: ignore[misc]


def shown(url: str) -> str:
    """An address for a message: without a password, without characters that act on a terminal, not too long."""
    url = re.sub(r"//[^/?#]*@", "//…@", url)
    url = "".join(char if char.isprintable() else "�" for char in url)
    return url if len(url) <= 200 else f"{url[:199]}…"


def _private(url: str) -> SourceError:
    message = f"{shown(url)} is on this machine or in a private network; narrate does not ask there"
    return SourceError(message, "add --allow-private if the address is yours and you mean it")
