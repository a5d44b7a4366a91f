"""Which hosts belong to somebody's own network: not to be reached from the internet, and often without certificates."""

from __future__ import annotations

import ipaddress

# Names that mean something in one network only: RFC 6761 (localhost, test), RFC 6762 (local), RFC 8375 (home.arpa),
# ICANN's for private use (internal), what routers hand out (home, lan), and Tailscale's of a private network (ts.net).
PRIVATE_ENDINGS = (".home", ".home.arpa", ".internal", ".lan", ".local", ".localhost", ".test", ".ts.net")


def is_private_host(host: str) -> bool:
    """Tell whether a host is of somebody's own network, by its name or number alone; nothing is looked up.

    Args:
        host: A name or an IP address as in an address of the web, without brackets and port; "" is private.
    """
    name = host.rstrip(".").lower()
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith(PRIVATE_ENDINGS)
