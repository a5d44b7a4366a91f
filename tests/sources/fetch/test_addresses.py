"""Addresses are told from paths, and those that lead inside are refused before anything is asked."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.site import Names

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import MAX_LENGTH, checked, is_address, is_public, resolve, shown


@pytest.fixture(autouse=True)
def _no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is checked by its spelling looks no name up."""

    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", fail)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.com/a", True),
        ("HTTP://example.com", True),
        (" https://example.com/a\n", True),
        ("http:example.com", True),
        ("https:/example.com", True),
        ("ftp://example.com/a", True),
        ("file:///etc/hosts", True),
        ("file:/etc/hosts", True),
        ("data:text/html,Hi", True),
        ("JavaScript:alert(1)", True),
        ("mailto:a@example.com", True),
        ("gopher://example.com", True),
        ("unheard-of://x", True),
        ("article.txt", False),
        ("example.com/article", False),
        ("notes:1.txt", False),
        ("10:30 meeting.txt", False),
        ("C:\\notes\\a.txt", False),
        ("C:/notes/a.txt", False),
        ("C://notes/a.txt", False),
        ("/home/a/https://x", False),
        ("./https://x", False),
        ("//server/share/a.txt", False),
        ("-", False),
        ("", False),
        ("a\0b", False),
    ],
)
def test_addresses_and_paths(source: str, expected: bool) -> None:
    """A scheme makes an address; a drive, a folder or a colon in a name does not."""
    assert is_address(source) is expected


@pytest.mark.skipif("sys.platform == 'win32'", reason="no colons in names there")
def test_file_with_the_name_of_an_address() -> None:
    """A file that exists is a file, whatever it is called."""
    Path("data:1.txt").write_text("Hi.")

    assert not is_address("data:1.txt")
    assert is_address("data:2.txt")


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8", "93.184.216.34", "2606:4700::6810:84e5", "2a00:1450:4001::1", "64:ff9b::808:808"),
        *("::ffff:8.8.8.8", "2606:4700::1:5efe:7f00:1", "2606:4700:0:5efe:7f00:1::", "2606:4700::5eff:7f00:1"),
    ],
)
def test_public(address: str) -> None:
    """Ordinary addresses, also those of an IPv4 host as an IPv6 network shows them."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1"),
        *("169.254.0.1", "169.254.169.254", "168.63.129.16", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "100::1"),
        *("2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1"),
        *("fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1"),
        *("ff02::1", "ff0e::1", "4000::1"),
        *("2a00:1450:4001:1:0:5efe:7f00:1", "2a00:1450:4001:1:200:5efe:a00:1", "2606:4700::5efe:a9fe:a9fe"),
        *("2606:4700::200:5efe:808:808", "2606:4700::300:5efe:7f00:1", "2606:4700::100:5efe:127.0.0.1"),
        *("fe80::5efe:7f00:1", "::5efe:7f00:1", "64:ff9b:1:7f:0:100::", "64:ff9b::", "64:ff9b::ffff:ffff"),
    ],
)
def test_not_public(address: str) -> None:
    """Private, loopback, link-local, metadata, example, multicast and reserved ranges, also inside IPv6."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://Example.COM/A?b=c&d", "https://example.com/A?b=c&d"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com:8443/@user/a", "https://example.com:8443/@user/a"),
        ("https://example.com:/a", "https://example.com/a"),
        ("https://example.com./a", "https://example.com./a"),
        ("https://münchen.example.org/straße", "https://xn--mnchen-3ya.example.org/stra%C3%9Fe"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("https://example.com/?next=http://user@10.0.0.1/", "https://example.com/?next=http://user@10.0.0.1/"),
        ("https://8.8.8.8/a", "https://8.8.8.8/a"),
        ("https://[2606:4700::1]/a", "https://[2606:4700::1]/a"),
        ("https://under_score.example.com/", "https://under_score.example.com/"),
    ],
)
def test_usual_addresses(url: str, expected: str) -> None:
    """They are put in the form in which they are asked for, without the fragment."""
    assert checked(url, is_public) == expected


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "https and http only"),
        ("data:text/html,Hi", "https and http only"),
        ("ftp://example.com/a", "https and http only"),
        ("gopher://example.com/_x", "https and http only"),
        ("javascript:alert(1)", "https and http only"),
        ("example.com/a", "https and http only"),
        ("http+unix://socket/a", "https and http only"),
        ("http:example.com", "no host"),
        ("https:/example.com", "no host"),
        ("https://", "no host"),
        ("http:///etc/passwd", "no host"),
        ("http://?a", "no host"),
        ("http://:80/", "not a valid address"),
        ("http://good.com@evil.example/", "user name"),
        ("http://user:pass@example.com/", "user name"),
        ("http://@example.com/", "user name"),
        ("http://example.com\\@127.0.0.1/", "backslash"),
        ("http:\\\\example.com/", "backslash"),
        ("http://exa mple.com/", "space"),
        ("http://example.com/a\r\nHost: b", "space"),
        ("http://example.com/a\x00", "invisible"),
        ("http://example.com/\x1b[31m", "invisible"),
        ("http://example.com/\u202egpj", "invisible"),
        ("http://example.com/" + "a" * MAX_LENGTH, "longer than"),
        ("http://example.com:99999/", "not a valid address"),
        ("http://example.com:port/", "not a valid address"),
        ("http://example.com:-1/", "not a valid address"),
        ("http://[::1/", "not a valid address"),
        ("http://[zz]/", "not a valid address"),
        ("http://*.example.com/", "not a valid address"),
        ("http://\u2603\u0378.com/", "not a valid address"),
        ("http://example.com:22/", "port 22"),
        ("http://example.com:25/", "port 25"),
        ("http://example.com:6379/", "port 6379"),
        ("http://example.com:0/", "port 0"),
        ("http://127.0.0.1/", "private network"),
        ("http://127.0.0.1:8080/", "private network"),
        ("http://0.0.0.0/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://192.168.1.1/", "private network"),
        ("http://[::]/", "private network"),
        ("http://[::1]:8000/", "private network"),
        ("http://[::ffff:127.0.0.1]/", "private network"),
        ("http://[::ffff:a9fe:a9fe]/", "private network"),
        ("http://[64:ff9b::7f00:1]/", "private network"),
        ("http://[2002:7f00:1::]/", "private network"),
        ("http://[2001:0:7f00:1::]/", "private network"),
        ("http://[fd00:ec2::254]/", "private network"),
        ("http://[fe80::1%25eth0]/", "private network"),
        ("http://localhost/", "private network"),
        ("http://LOCALHOST./", "private network"),
        ("http://a.localhost/", "private network"),
        ("http://2130706433/", "not a name"),
        ("http://017700000001/", "not a name"),
        ("http://0x7f000001/", "not a name"),
        ("http://0177.0.0.1/", "not a name"),
        ("http://0x7f.1/", "not a name"),
        ("http://127.1/", "not a name"),
        ("http://127.0.0.1./", "not a name"),
        ("http://127.0.0.0x1/", "not a name"),
        ("http://1.2.3.4.5/", "not a name"),
        ("http://256.1.1.1/", "not a name"),
        ("http://127%2e0%2e0%2e1/", "private network"),
        ("http://127%252e0.0.1.example/", "not a name"),
        ("http://a..example.com/", "not a name"),
        ("http://a,b.example.com/", "not a name"),
        ("http://１２７.０.０.１/", "not a valid address"),
        ("http://127。0。0。1/", "not a valid address"),
        ("http://①②⑦.0.0.1/", "not a valid address"),
        ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "not a valid address"),
        ("http://loc\u00adalhost/", "invisible"),
    ],
)
def test_hostile_and_broken_addresses(url: str, message: str) -> None:
    """Each is refused by its spelling, in one line with a hint, and with nothing a terminal acts on."""
    with pytest.raises(SourceError, match=message) as caught:
        checked(url, is_public)

    assert caught.value.hint
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 400


def test_odd_ways_to_write_a_number_stay_refused_inside() -> None:
    """Where private networks are allowed, their addresses are, but nothing that only looks like one."""
    assert checked("http://127.0.0.1:8000/a", lambda address: True) == "http://127.0.0.1:8000/a"
    assert checked("http://localhost:8000/a", lambda address: True) == "http://localhost:8000/a"
    for url in ("http://127.1/", "file:///a", "http://user@127.0.0.1/", "http://127.0.0.1:22/"):
        with pytest.raises(SourceError):
            checked(url, lambda address: True)


def test_passwords_are_not_shown() -> None:
    """An error goes to logs, so what stands before the @ stays out of it."""
    with pytest.raises(SourceError) as caught:
        checked("https://anna:s3cret@example.com/", is_public)

    assert "s3cret" not in caught.value.message + caught.value.hint
    assert shown("https://anna:s3cret@example.com/a") == "https://…@example.com/a"


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.1"], ["::1"], ["fd00::1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:192.168.0.1", "8.8.8.8"], []],
)
def test_names_of_private_addresses(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """One address inside is enough to refuse a name."""
    monkeypatch.setattr(socket, "getaddrinfo", Names(inside_test=[addresses]))

    with pytest.raises(SourceError, match=r"inside\.test is on this machine or in a private network"):
        resolve("inside.test", 80, is_public)


def test_names_of_public_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are returned, as places to connect to."""
    monkeypatch.setattr(socket, "getaddrinfo", Names(page_test=[["8.8.8.8", "2606:4700::1"]]))

    assert [place[:2] for _, place in resolve("page.test", 80, is_public)] == [("8.8.8.8", 80), ("2606:4700::1", 80)]


@pytest.mark.parametrize("problem", [socket.gaierror(-2, "no such name"), UnicodeError("label too long"), OSError()])
def test_names_that_do_not_exist(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is named, with a hint."""

    def fail(*args: object, **kwargs: object) -> None:
        raise problem

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(SourceError, match=r"missing\.test cannot be found") as caught:
        resolve("missing.test", 80, is_public)

    assert "network" in caught.value.hint


@given(st.integers(0, 2**64 - 1), st.sampled_from([0x0000_5EFE, 0x0200_5EFE]), st.integers(0, 2**32 - 1))
def test_no_network_makes_an_inner_address_public(network: int, mark: int, inner: int) -> None:
    """An IPv4 address in the ISATAP form is refused behind every prefix."""
    assert not is_public(IPv6Address(network << 64 | mark << 32 | inner))


@given(st.integers(0, 2**32 - 1))
def test_an_embedded_address_is_never_more_public_than_itself(inner: int) -> None:
    """Mapped and NAT64 addresses are judged by what they hold; compatible, 6to4 and Teredo ones are always refused."""
    own = is_public(IPv4Address(inner))

    assert is_public(IPv6Address(0xFFFF << 32 | inner)) is own
    assert is_public(IPv6Address(int(IPv6Address("64:ff9b::")) | inner)) is own
    for prefix, shift in (("::", 0), ("2002::", 80), ("2001::", 64), ("2001::", 0), ("64:ff9b:1::", 0)):
        assert not is_public(IPv6Address(int(IPv6Address(prefix)) | inner << shift))
