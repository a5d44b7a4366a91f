"""Pages are fetched whole or not at all, from public addresses only, and within limits on everything."""

from __future__ import annotations

import gzip
import os
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest
from support.site import Names, Site, certificate, chunked, for_ever, redirect, reply, site

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import IPAddress, is_public
from narrate.sources.fetch.web import Limits, Page, Refused, Seen, Wanted, fetch, fetch_if_changed

HTML = b"<html><body><p>Some words.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LIMITS = Limits(size=1024 * 1024, connect_s=2.0, read_s=2.0, total_s=4.0)
HASTY = Limits(connect_s=0.2, read_s=0.2, total_s=0.4)


def loopback_is_public(address: IPAddress) -> bool:
    """The test's server stands for the public internet; everything else is as ever."""
    return address == ip_address("127.0.0.1") or is_public(address)


def get(url: str, limits: Limits = LIMITS) -> Page:
    return fetch(url, limits=limits, is_public=loopback_is_public)


def refused(url: str, limits: Limits = LIMITS) -> SourceError:
    """The error for an address, which is one line and has a hint."""
    with pytest.raises(SourceError) as caught:
        get(url, limits)
    assert caught.value.hint
    assert caught.value.message.isprintable() and len(caught.value.message) < 800
    return caught.value


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    names = Names(page_test=[["127.0.0.1"]], other_test=[["127.0.0.1"]], login_test=[["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    return names


@pytest.fixture
def web(names: Names) -> Iterator[Site]:
    with site() as state:
        yield state


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def test_page(web: Site) -> None:
    """The body, its type and charset, and the address without the fragment."""
    web.answers["/a?b=c"] = reply(HTML, content_type='Text/HTML; x=y; Charset="UTF-8"')

    assert get(web.url("/a?b=c#part")) == Page(web.url("/a?b=c"), HTML, "text/html", "utf-8")


def test_request(web: Site) -> None:
    """It says what narrate is and takes, and nothing about its user."""
    web.answers["/"] = reply(HTML)

    get(f" {web.url('')}\n")

    first, *lines = web.asked[0].strip().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert first == "GET / HTTP/1.1"
    assert headers.pop("User-Agent").startswith("narrate/")
    assert headers == {
        "Host": f"page.test:{web.port}",
        "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.8, application/epub+zip;q=0.7, "
        "application/pdf;q=0.6, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gz(HTML)),
        ("X-GZip", gz(HTML)),
        ("identity", HTML),
        ("deflate", zlib.compress(HTML)),
        ("deflate", raw_deflate(HTML)),
        ("gzip, gzip", gz(gz(HTML))),
        ("deflate, gzip", gz(zlib.compress(HTML))),
        ("gzip", gz(HTML[:9]) + gz(HTML[9:])),
        ("gzip", gz(HTML) + b"\0" * 100),
        ("deflate", zlib.compress(HTML) + b"padding"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_compression(coding: str, body: bytes, web: Site) -> None:
    """What may be asked for is undone: both meanings of deflate, several parts, and padding."""
    web.answers["/"] = reply(body, content_encoding=coding)
    web.answers["/chunked"] = chunked(*(body[i : i + 1] for i in range(len(body))), content_encoding=coding)

    assert get(web.url()).data == HTML
    assert get(web.url("/chunked")).data == HTML


def test_body_until_the_connection_ends(web: Site) -> None:
    """A server need not say how long a page is."""
    web.answers["/"] = reply(HTML, content_length="")

    assert get(web.url()).data == HTML


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("", "", None),
        ("text/plain", "text/plain", None),
        ("application/xhtml+xml;charset=ISO-8859-1", "application/xhtml+xml", "windows-1252"),
        ("text/markdown; charset=windows-1252", "text/markdown", "windows-1252"),
        ("text/html; charset='shift_jis'", "text/html", "shift_jis"),
        ("text/html; charset=klingon", "text/html", None),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset=zip", "text/html", None),
        ("text/html; charset=idna", "text/html", None),
        ("text/html; charset=unicode_escape", "text/html", None),
        ("text/html; charset=utf-7", "text/html", None),
        ("text/html; charset=" + "x" * 10_000, "text/html", None),
        ("text/html, text/html; charset=utf-8", "text/html", "utf-8"),
        ("application/octet-stream", "application/octet-stream", None),
        ("html", "", None),
        ("text/\xfcml", "", None),
    ],
)
def test_types_and_charsets(content_type: str, media_type: str, charset: str | None, web: Site) -> None:
    """Those that are known are passed on; a codec that is none for text is not one."""
    web.answers["/"] = reply(HTML, content_type=content_type)

    page = get(web.url())

    assert (page.media_type, page.charset) == (media_type, charset)


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("image/png", "an image"),
        ("audio/mpeg", "a sound recording"),
        ("video/mp4", "a video"),
        ("application/zip", "an archive"),
        ("application/x-gzip", "an archive"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "an Office document"),
        ("application/rss+xml; charset=utf-8", "a feed"),
        ("application/ld+json", "data"),
        ("font/woff2", "of the type font/woff2"),
        ("font/" + "x" * 10_000, "of the type font/xxx"),
    ],
)
def test_what_is_no_page_is_not_downloaded(content_type: str, kind: str, web: Site) -> None:
    """The kind is named without waiting for a body that never comes."""
    web.answers["/"] = for_ever(reply(content_type=content_type, content_length="999"), b"", 0.05)

    assert f"is {kind}" in refused(web.url()).message


@pytest.mark.parametrize(
    ("status", "message", "hint"),
    [
        (401, "asks for a login", "save the page as HTML"),
        (402, "asks for a payment", "save the page as HTML"),
        (403, "refuses narrate", "save the page as HTML"),
        (404, "does not exist", "check the address"),
        (407, "asks for a login", "save the page as HTML"),
        (410, "does not exist any more", "check the address"),
        (418, "answers without a page", "save the page as HTML"),
        (429, "fewer requests", "wait some minutes"),
        (451, "legal reasons", "save the page as HTML"),
        (500, "error on its server", "try again later"),
        (503, "error on its server", "try again later"),
        (202, "answers without a page", "save the page as HTML"),
        (206, "answers without a page", "save the page as HTML"),
        (304, "answers without a page", "save the page as HTML"),
    ],
)
def test_refusals_of_the_server(status: int, message: str, hint: str, web: Site) -> None:
    """Each says what happened, with its number, and what to do."""
    web.answers["/"] = reply(HTML, status)

    error = refused(web.url())

    assert message in error.message and f"status {status}" in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "answer", [reply(), reply(b" \r\n\t"), reply(status=204), reply(content_encoding="gzip"), HEAD]
)
def test_empty_page(answer: bytes, web: Site) -> None:
    """A page without a body has nothing to say."""
    web.answers["/"] = answer

    assert "is empty" in refused(web.url()).message


@pytest.mark.parametrize(
    ("retry_after", "kept"), [("120", "120"), ("", ""), ("a\tb", ""), ("\xe9", ""), ("x" * 501, "")]
)
def test_refusal_for_programs(retry_after: str, kept: str, web: Site) -> None:
    """The number, the address that gave it and when to come back are there for those who do."""
    web.answers |= {"/": redirect("/a"), "/a": reply(HTML, 503, retry_after=retry_after)}

    error = refused(web.url())

    assert isinstance(error, Refused)
    assert (error.status, error.url, error.retry_after) == (503, web.url("/a"), kept)


def test_page_that_has_not_changed(web: Site) -> None:
    """What a server said of a page is sent back to that very address, and its answer may be that nothing is new."""
    web.answers |= {"/": redirect("/a"), "/a": reply(HTML, etag=' W/"1" ', last_modified="Sunday")}
    page = get(web.url())
    assert (page.etag, page.last_modified) == ('W/"1"', "Sunday")

    web.answers["/a"] = reply(status=304)
    seen = Seen(page.url, page.etag, page.last_modified)
    assert fetch_if_changed(web.url(), seen, is_public=loopback_is_public) is None

    first, second = web.asked[-2:]
    assert "If-" not in first
    assert 'If-None-Match: W/"1"\r\n' in second and "If-Modified-Since: Sunday\r\n" in second


@pytest.mark.parametrize("seen", [None, Seen("http://other.test/", '"1"'), Seen("PAGE")])
def test_unasked_304(seen: Seen | None, web: Site) -> None:
    """Nobody may say that nothing is new who was not asked."""
    web.answers["/"] = reply(status=304)
    if seen and seen.url == "PAGE":
        seen = Seen(web.url())

    with pytest.raises(Refused, match="status 304"):
        fetch_if_changed(web.url(), seen, is_public=loopback_is_public)
    assert "If-" not in web.asked[0]


@pytest.mark.parametrize("etag", ["a\tb", "\xe9", "x" * 501])
def test_marks_that_cannot_be_sent_back(etag: str, web: Site) -> None:
    """They count as none."""
    web.answers["/"] = reply(HTML, etag=etag)

    assert get(web.url()).etag == ""


def test_turns(web: Site) -> None:
    """Each request waits for its own, the time of waiting counts towards no limit, and a refusal is passed on."""
    web.answers |= {"/": redirect("/a"), "/a": reply(HTML), "/b": redirect("/closed")}
    log: list[str] = []

    @contextmanager
    def turn(url: str) -> Iterator[None]:
        log.append(f"{url} {len(web.asked)}")
        if url.endswith("/closed"):
            raise SourceError("closed", "stay out")
        time.sleep(0.25)
        yield
        log.append("end")

    fetch(web.url(), is_public=loopback_is_public, turn=turn, limits=HASTY)
    assert log == [f"{web.url()} 0", "end", f"{web.url('/a')} 1", "end"]

    with pytest.raises(SourceError, match=r"closed \(reached from"):
        fetch(web.url("/b"), is_public=loopback_is_public, turn=turn)
    assert web.paths == ["/", "/a", "/b"]


def test_anything_and_nothing(web: Site) -> None:
    """Where any kind is wanted and none is too little, that is what comes."""
    web.answers["/"] = reply(b"", content_type="font/woff2")

    page = fetch(
        web.url(), is_public=loopback_is_public, wanted=Wanted("a file", "*/*", frozenset(), may_be_empty=True)
    )

    assert (page.data, page.media_type) == (b"", "font/woff2")


def test_redirects(web: Site) -> None:
    """Five are followed, relative ones too, with the cookies set on the way; the last address is the page's."""
    web.answers["/"] = redirect("/1", 301, set_cookie="seen=yes")
    web.answers["/1"] = redirect("2/3?a", 302)
    web.answers["/2/3?a"] = redirect("../é x".encode().decode("latin-1"), 303)
    web.answers["/%C3%A9%20x"] = redirect(f"//other.test:{web.port}/4#part", 307)
    web.answers["/4"] = redirect("?last", 308)
    web.answers["/4?last"] = reply(HTML)

    assert get(web.url()).url == web.url("/4?last", host="other.test")
    assert web.paths == ["/", "/1", "/2/3?a", "/%C3%A9%20x", "/4", "/4?last"]
    assert ["seen=yes" in request for request in web.asked] == [False, True, True, True, False, False]


def test_cookies_end_with_a_fetch(web: Site) -> None:
    """A second fetch is a stranger's."""
    web.answers["/"] = reply(HTML, set_cookie="seen=yes")

    get(web.url())
    get(web.url())

    assert not any("seen=yes" in request for request in web.asked)


def test_too_many_redirects(web: Site) -> None:
    """The sixth is not followed, be it a loop or not."""
    web.answers["/loop"] = redirect("/loop")
    web.answers |= {f"/{i}": redirect(f"/{i + 1}") for i in range(10)}

    assert "more than 5 redirects" in refused(web.url("/loop")).message
    assert len(web.asked) == 6
    assert "more than 5 redirects" in refused(web.url("/0")).message
    assert web.paths[-1] == "/5"


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://10.0.0.1/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://127.0.0.2/", "private network"),
        ("//192.168.0.1/", "private network"),
        ("http://inside.test/", "private network"),
        ("http://2130706433/", "not a name"),
        ("http://missing.test/", "cannot be found"),
        ("file:///etc/passwd", "https and http only"),
        ("data:text/html,Hi", "https and http only"),
        ("ftp://page.test/", "https and http only"),
        ("javascript:alert(1)", "https and http only"),
        ("http://user:pass@page.test/", "user name"),
        ("http://page.test\\@10.0.0.1/", "backslash"),
        ("http://page.test:22/", "port 22"),
        ("http://[bad/", "not valid"),
        ("https://", "no host"),
        ("", "redirects to nowhere"),
        ("/log-in", "login or a consent"),
        ("/users/sign_in?next=/", "login or a consent"),
        ("http://login.test:PORT/", "login or a consent"),
    ],
)
def test_redirects_that_are_refused(location: str, message: str, web: Site, names: Names) -> None:
    """Where a redirect leads is checked like an address of one's own, and nothing is asked there."""
    names.hosts["inside.test"] = [["10.0.0.1"]]
    web.answers["/start"] = redirect(location.replace("PORT", str(web.port)))
    web.answers |= {path: reply(HTML) for path in ("/", "/log-in", "/users/sign_in?next=/")}

    assert message in refused(web.url("/start")).message


def test_where_a_bad_redirect_began_is_said(web: Site) -> None:
    """The address in the error is not the one the user gave, so that one is named as well."""
    web.answers["/"] = redirect("/gone")

    message = refused(web.url()).message

    assert message.startswith(web.url("/gone")) and message.endswith(f"(reached from {web.url()})")


def test_articles_about_logins(web: Site) -> None:
    """An address is not a login's because of a word in it, nor where the user asked for it."""
    web.answers |= {"/": redirect("/a/login-pages-are-dull"), "/a/login-pages-are-dull": reply(HTML)}
    web.answers |= {"/login": redirect("/login/"), "/login/": reply(HTML)}

    assert get(web.url()).data == HTML
    assert get(web.url("/login")).data == HTML


def test_body_of_a_redirect_is_not_read(web: Site) -> None:
    """It may be endless, or a bomb."""
    web.answers["/"] = for_ever(redirect("/a", content_length="", content_encoding="gzip"), b"x" * 1000, 0.01)
    web.answers["/a"] = reply(HTML)

    assert get(web.url()).data == HTML


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_names_that_lead_inside(address: str, names: Names) -> None:
    """A harmless name of a private address is refused when it is looked up, before any connection."""
    names.hosts["inside.test"] = [["93.184.216.34", address]]

    with pytest.raises(SourceError, match="private network"):
        fetch("http://inside.test/")

    assert names.asked == ["inside.test"]


def test_name_that_changes_its_address(web: Site, names: Names) -> None:
    """What was checked is what is connected to: a name is looked up once, so a second answer comes too late."""
    names.hosts["page.test"] = [["127.0.0.1"], ["10.0.0.1"]]
    web.answers["/"] = reply(HTML)

    assert get(web.url()).data == HTML
    assert names.asked == ["page.test"]


def test_name_that_changes_its_address_between_redirects(web: Site, names: Names) -> None:
    """A new connection is a new look-up, and a new check."""
    names.hosts["page.test"] = [["127.0.0.1"], ["10.0.0.1"]]
    web.answers |= {"/": redirect("/a", connection="close"), "/a": reply(HTML)}

    assert "private network" in refused(web.url()).message
    assert web.paths == ["/"]


def test_second_address_of_a_name(web: Site, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first does not accept connections, the next is tried."""
    names.hosts["page.test"] = [["127.0.0.1", "127.0.0.1"]]
    web.answers["/"] = reply(HTML)
    real, tried = socket.socket.connect, []

    def connect(self: socket.socket, place: tuple[str, int]) -> None:
        tried.append(place)
        if len(tried) == 1:
            raise ConnectionRefusedError
        real(self, place)

    monkeypatch.setattr(socket.socket, "connect", connect)

    assert get(web.url()).data == HTML
    assert tried == [("127.0.0.1", web.port)] * 2


def test_private_networks_on_request(web: Site) -> None:
    """With allow_private the address may be inside; the limits stay."""
    web.answers |= {"/": reply(HTML), "/big": reply(b"x" * 2000)}

    assert fetch(web.url(host="127.0.0.1"), allow_private=True).data == HTML
    with pytest.raises(SourceError, match="larger than"):
        fetch(web.url("/big", host="127.0.0.1"), allow_private=True, limits=Limits(size=1000))
    with pytest.raises(SourceError, match="https and http only"):
        fetch("file:///etc/passwd", allow_private=True)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_proxies_are_not_heeded(variable: str, web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect to addresses nobody checked."""
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    web.answers["/"] = reply(HTML)

    assert get(web.url()).data == HTML


def test_passwords_of_netrc_are_not_sent(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's passwords are for other programs."""
    Path("netrc").write_text("machine page.test login anna password secret\n")
    monkeypatch.setenv("NETRC", str(Path("netrc").absolute()))
    web.answers["/"] = reply(HTML)

    get(web.url())

    assert "authorization" not in web.asked[0].lower()


BOMB = b"\0" * (64 * 1024 * 1024)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gz),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("gzip, gzip", lambda data: gz(gz(data))),
    ],
)
def test_bombs(coding: str, pack: Callable[[bytes], bytes], web: Site) -> None:
    """A small answer that unpacks to a huge one takes no more memory than the limit and a little."""
    web.answers["/"] = reply(pack(BOMB), content_encoding=coding)

    tracemalloc.start()
    try:
        message = refused(web.url()).message
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert "larger than 1 MB" in message
    assert peak < 4 * LIMITS.size


def test_bomb_that_stays_small(web: Site) -> None:
    """Compressed parts that hold nothing count as what they are sent as."""
    web.answers["/"] = for_ever(reply(content_length="", content_encoding="gzip"), gz(b"") * 1000)

    assert "larger than 1 MB" in refused(web.url()).message


def test_endless_body(web: Site) -> None:
    """Reading stops at the limit, with and without chunks."""
    web.answers["/"] = for_ever(reply(content_length=""), b"word " * 10_000)
    web.answers["/chunked"] = chunked(*[b"x" * 65536] * 100)

    assert "larger than 1 MB" in refused(web.url()).message
    assert "larger than 1 MB" in refused(web.url("/chunked")).message


def test_announced_size(web: Site) -> None:
    """A body that is said to be too large is not begun."""
    web.answers["/"] = for_ever(reply(content_length=str(10**12)), b"x", 0.05)

    assert "larger than 1 MB" in refused(web.url()).message


@pytest.mark.parametrize(
    "answer",
    [
        for_ever(reply(content_length="999"), b"x", 0.05),
        for_ever(reply(content_length=""), b"x", 0.05),
        for_ever(reply(content_length="", transfer_encoding="chunked"), b"1\r\nx\r\n", 0.05),
        for_ever(reply(content_length="", transfer_encoding="chunked"), b"0", 0.05),
        for_ever(HEAD + b"X: ", b"x", 0.05),
        for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        for_ever(b"", b"", 0.05),
        for_ever(HEAD, b"", 0.05),
        for_ever(reply(content_length="999"), b"", 0.05),
    ],
    ids=["body", "unsized", "chunks", "chunk size", "header", "continue", "silence", "half a head", "no body"],
)
def test_slow_answers(answer: Callable[[Site], Iterator[bytes]], web: Site) -> None:
    """Neither silence nor byte after byte keeps narrate waiting beyond the limits."""
    web.answers["/"] = answer

    assert "does not answer in time" in refused(web.url(), HASTY).message


@pytest.mark.parametrize(
    "answer",
    [
        reply(HTML, content_length="999"),
        chunked(HTML, end=b""),
        chunked(end=b"ff\r\nabc"),
        chunked(end=b"zz\r\nabc"),
        reply(gz(HTML)[:-9], content_encoding="gzip"),
        reply(gz(HTML)[:-4] + b"abcd", content_encoding="gzip"),
        reply(zlib.compress(HTML)[:-5], content_encoding="deflate"),
        reply(HTML, content_encoding="gzip"),
        reply(HTML, content_length="5, 6"),
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"<html>Hi</html>",
        HEAD + b"".join(b"X-%d: y\r\n" % i for i in range(1000)) + b"\r\n",
        HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
)
def test_broken_answers(answer: bytes, web: Site) -> None:
    """Half an article is none."""
    web.answers["/"] = answer

    error = refused(web.url())

    assert "broke off" in error.message or "is damaged or cut off" in error.message
    assert "try again later" in error.hint


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br", "gzip, gzip, gzip", "\x1b[31m"])
def test_compression_nobody_asked_for(coding: str, web: Site) -> None:
    """It is not passed on as text."""
    web.answers["/"] = reply(HTML, content_encoding=coding)

    assert "compressed in a way" in refused(web.url()).message


def test_nobody_listens(names: Names) -> None:
    """The host and the port are named."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

        assert f"page.test does not accept a connection at port {port}" in refused(f"http://page.test:{port}/").message


def test_nobody_answers(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait for a connection ends."""

    def connect(self: socket.socket, place: tuple[str, int]) -> None:
        assert 0 < (self.gettimeout() or 0) <= HASTY.connect_s
        raise TimeoutError

    monkeypatch.setattr(socket.socket, "connect", connect)

    assert "page.test does not answer in time" in refused("http://page.test/", HASTY).message


def test_unknown_host(names: Names) -> None:
    """The host is named."""
    assert "missing.test cannot be found" in refused("https://missing.test/a").message


def test_encryption(names: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Certificates are checked by the name of the host, though the connection goes to a checked address."""
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(certificate(tmp_path)))
    with site(tls_folder=tmp_path) as web:
        web.answers["/"] = reply(HTML)

        assert get(web.url(scheme="https")).data == HTML
        assert "certificate" in refused(web.url(scheme="https", host="other.test")).message
        assert len(web.asked) == 1


def test_encryption_with_an_unknown_certificate(names: Names, tmp_path: Path) -> None:
    """A certificate nobody vouches for is refused before anything is asked."""
    with site(tls_folder=tmp_path) as web:
        assert "certificate that cannot be trusted" in refused(web.url(scheme="https")).message
        assert not web.asked


def test_slow_answer_with_encryption(names: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of time holds there too."""
    monkeypatch.setenv("SSL_CERT_FILE", os.fspath(certificate(tmp_path)))
    with site(tls_folder=tmp_path) as web:
        web.answers["/"] = for_ever(reply(content_length="999"), b"x", 0.05)

        assert "does not answer in time" in refused(web.url(scheme="https"), HASTY).message


def test_no_encryption_where_it_was_asked_for(web: Site) -> None:
    """A server that talks plainly on an https address is not listened to."""
    assert "is not secure" in refused(web.url(scheme="https")).message
