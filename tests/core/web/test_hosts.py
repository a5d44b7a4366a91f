"""Which hosts belong to somebody's own network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.web.hosts import PRIVATE_ENDINGS, is_private_host

PRIVATE = (
    *("", "localhost", "laptop", "LAPTOP.Local", "laptop.local.", "nas.home", "nas.home.arpa", "a.internal"),
    *("pc.lan", "x.localhost", "studio.tail1234.ts.net", "pod.test", "127.0.0.1", "10.0.0.1", "172.16.3.4"),
    *("192.168.0.7", "169.254.1.1", "100.100.1.2", "0.0.0.0", "::1", "fe80::1", "fe80::1%eth0", "fd00::5"),
    "::ffff:192.168.0.1",
)
OF_THE_INTERNET = (
    *("example.org", "example.org.", "local.example.org", "mylocal.org", "home.org", "localhost.example.com"),
    *("contest.net", "xn--mller-kva.de", "catlan.com", "8.8.8.8", "2606:4700::1111"),
)


@pytest.mark.parametrize("host", PRIVATE)
def test_private_hosts(host: str) -> None:
    """Names of one word, endings that mean something in one network only, and addresses that are not routed."""
    assert is_private_host(host)


@pytest.mark.parametrize("host", OF_THE_INTERNET)
def test_hosts_of_the_internet(host: str) -> None:
    """The ending must be a whole part of the name, at its end."""
    assert not is_private_host(host)


@given(st.sampled_from(PRIVATE_ENDINGS), st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True))
def test_case_and_a_final_dot_change_nothing(ending: str, name: str) -> None:
    """As for those who look a name up."""
    host = name + ending

    assert is_private_host(host) and is_private_host(host.upper()) and is_private_host(f"{host}.")


@given(st.text(max_size=60))
def test_anything_is_a_host_or_not(text: str) -> None:
    """Nothing is raised."""
    assert is_private_host(text) in (True, False)
