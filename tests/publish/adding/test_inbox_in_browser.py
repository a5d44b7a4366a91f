"""The inbox as people use it: a real server, a real Chromium, articles that become episodes."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from support.browsing import chromium, complaints_of, until
from support.inboxes import InboxServer, inbox_server
from support.site import Site, reply, site

pytestmark = [pytest.mark.browser, pytest.mark.extra("browser", "playwright", "axe_playwright_python")]

# The machines of CI are slow and shared, and each episode has to be spoken and encoded.
PATIENCE_S = 60


def article(title: str, paragraphs: int = 8, *, after: str = "") -> bytes:
    """A page with an article of its own."""
    told = "".join(
        f"<p>At {hour} the keeper of {title} lights another lamp, and writes down which of the boats is still out.</p>"
        for hour in range(1, paragraphs + 1)
    )
    page = (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article>{after}</body></html>"
    )
    return page.encode()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InboxServer]:
    """A server that all tests add to, below a secret."""
    with inbox_server(tmp_path_factory.mktemp("served") / "library") as running:
        yield running


@pytest.fixture
def web() -> Iterator[Site]:
    """Where the articles are, on loopback."""
    with site() as web:
        yield web


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    """A profile of its own."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        yield context


@pytest.fixture
def page(context: Any, server: InboxServer) -> Iterator[Any]:
    """The library's page, which is not loaded again; but for refusals, the browser may not complain of anything."""
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(server.url)
    page.evaluate("window.isTheSame = true")
    yield page
    assert [line for line in complaints if "responded with a status of 4" not in line] == []


def at(web: Site, path: str) -> str:
    """An address that a server on this machine may fetch."""
    return web.url(path, host="127.0.0.1")


def listed(page: Any, title: str) -> None:
    """Wait until an episode is in the list, of the same page."""
    until(page, f"[...document.querySelectorAll('#episodes h2')].some(h => h.textContent === {title!r})", PATIENCE_S)
    assert page.evaluate("window.isTheSame")


def entry(page: Any, text: str) -> Any:
    """The entry in work that holds a text."""
    return page.locator("#work-list > li", has_text=text)


def in_state(page: Any, text: str, state: str) -> None:
    """Wait until such an entry is in a state."""
    condition = (
        f"[...document.querySelectorAll('#work-list > li')]"
        f".some(li => li.textContent.includes({text!r}) && li.dataset.state === {state!r})"
    )
    until(page, condition, PATIENCE_S)


def ask(url: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.request(method, parts.path, body or None, {name.replace("_", "-"): headers[name] for name in headers})
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_an_address_becomes_an_episode(page: Any, server: InboxServer, web: Site) -> None:
    """Pasted and sent by Enter, it is in work, then in the list without a reload, and in the feed."""
    web.answers["/boats"] = reply(article("The Boats Come In"))
    field = page.locator("#add-text")

    field.fill(f"  {at(web, '/boats')} ")
    field.press("Enter")
    in_state(page, "The Boats Come In", "done")
    listed(page, "The Boats Come In")

    assert field.input_value() == ""
    assert field.evaluate("field => field === document.activeElement")
    link = page.locator("#episodes h2 a", has_text="The Boats Come In").get_attribute("href")
    assert entry(page, "The Boats Come In").locator("a").get_attribute("href").endswith(link.removeprefix("."))
    assert b"The Boats Come In" in ask(f"{server.url}feed.xml")[2]
    page.goto(f"{server.url}{link.removeprefix('./')}")
    assert "lights another lamp" in page.locator("#text").inner_text()


def test_what_is_there_already_is_said(page: Any, web: Site) -> None:
    """With a link to the episode; nothing is made twice."""
    web.answers["/known"] = reply(article("Known Waters"))
    page.locator("#add-text").fill(at(web, "/known"))
    page.locator("#add button").click()
    listed(page, "Known Waters")
    page.locator("#work-list > li", has_text="Known Waters").locator(".remove").click()

    page.locator("#add-text").fill(at(web, "/known"))
    page.locator("#add button").click()

    until(page, "[...document.querySelectorAll('.state')].some(s => s.textContent === 'Already here')", PATIENCE_S)
    assert page.locator("#episodes h2", has_text="Known Waters").count() == 1


def test_a_file_is_sent_by_its_button(page: Any) -> None:
    """Several at once, each by itself; one that cannot be read is said at the form, with its name."""
    note = b"# A Note on Fog\n\n" + b"It came in at noon and stayed until the lamps were lit again. " * 9
    page.locator("#add-file").set_input_files(
        [
            {"name": "fog.md", "mimeType": "text/markdown", "buffer": note},
            {"name": "<b>sea.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(200)},
        ]
    )

    listed(page, "A Note on Fog")
    assert "<b>sea.png" in page.locator("#add-error").inner_text()
    assert page.locator("#add-error").get_attribute("role") == "alert"


def test_files_are_dropped_anywhere_on_the_page(page: Any) -> None:
    """As if they had been chosen."""
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          const words = "The gulls know when the boats are late, and say so. ".repeat(12);
          held.items.add(new File(["# On Gulls\\n\\n" + words], "gulls.md", { type: "text/markdown" }));
          for (const type of ["dragover", "drop"])
            document.querySelector("h1").dispatchEvent(
              new DragEvent(type, { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )

    listed(page, "On Gulls")


def test_a_failure_says_why_and_the_text_mends_it(page: Any, server: InboxServer, web: Site) -> None:
    """It can be tried again; the page's text instead becomes the episode, under the article's address."""
    web.answers["/gone"] = reply(b"gone", status=404)
    page.locator("#add-text").fill(at(web, "/gone"))
    page.locator("#add-text").press("Enter")
    in_state(page, "/gone", "failed")
    assert entry(page, "/gone").locator(".why").inner_text().strip()

    entry(page, "/gone").locator(".again").click()
    in_state(page, "/gone", "failed")
    entry(page, "/gone").locator(".instead").click()
    field = entry(page, "/gone").locator("textarea")
    assert field.evaluate("field => field === document.activeElement")
    field.fill("The Page That Was Gone\n\n" + "The keeper had read it once, and remembered every word of it well. " * 9)
    entry(page, "/gone").locator("[type='submit']").click()
    listed(page, "The Page That Was Gone")

    assert page.locator("#work-list > li[data-state='failed']").count() == 0
    assert at(web, "/gone") in "".join(path.read_text(errors="replace") for path in server.folder.glob("*.json"))


def test_an_entry_can_be_removed_by_keyboard(page: Any, web: Site) -> None:
    """All of it is done without a mouse; the keyboard's place is never lost."""
    web.answers["/no"] = reply(b"no", status=404)
    page.locator("h1").click()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "add-text":
            break
    page.keyboard.type(at(web, "/no"))
    page.keyboard.press("Enter")
    in_state(page, "/no", "failed")
    row = entry(page, "/no")
    for _ in range(6):
        page.keyboard.press("Tab")
        if row.locator(".remove").evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    until(page, f"!document.getElementById('work-list').textContent.includes({'/no'!r})", PATIENCE_S)

    assert page.evaluate("document.activeElement !== document.body && document.activeElement.checkVisibility()")
    until(page, "document.getElementById('work-said').textContent.endsWith('was removed')")


def failed_in_the_end(page: Any, row: Any) -> None:
    """Look again, as readers without a script do, until an entry says that it failed."""
    for _ in range(PATIENCE_S):
        if "Failed" in row.inner_text():
            return
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Look again").click()
    raise AssertionError(row.inner_text())


def test_it_works_without_a_script(browser: Any, server: InboxServer, web: Site) -> None:
    """The form, what is in work, its errors and its buttons; a refusal is a page in words."""
    web.answers["/plain"] = reply(b"none", status=404)
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.url)
        page.locator("#add-text").fill(at(web, "/plain"))
        page.locator("#add button").click()
        assert urlsplit(page.url).query.startswith("added=")
        page.get_by_role("link", name="What is in work").click()
        row = page.locator("li", has_text="/plain")
        failed_in_the_end(page, row)
        row.get_by_role("button", name="Try again").click()
        assert page.url == f"{server.url}inbox"
        failed_in_the_end(page, row)
        row.locator("summary").click()
        row.locator("textarea").fill(
            "Plain Words\n\n" + "The lamp was lit by hand, as it had been for many years. " * 9
        )
        row.get_by_role("button", name="Send the text").click()
        page.goto(f"{server.url}inbox")
        row = page.locator("li", has_text="Plain Words")
        row.get_by_role("button", name="Remove").click()
        assert page.locator("li", has_text="/plain").count() == row.count() == 0

        page.goto(server.url)
        page.locator("#add button").click()
        assert page.locator("h1").inner_text() == "Not added"
        page.get_by_role("link", name="To the library").click()
        assert page.url == server.url


def test_a_share_sheet_adds_a_page(context: Any, server: InboxServer, web: Site) -> None:
    """As Chromium sends it for an installed app; it leads to the entry, and says so."""
    web.answers["/shared"] = reply(article("Shared by a Phone"))
    fields = {"title": "Shared by a Phone", "text": f"Shared by a Phone {at(web, '/shared')}", "url": ""}
    boundary = "----WebKitFormBoundaryshare"
    body = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    status, headers, _ = ask(
        f"{server.url}inbox",
        "POST",
        f"{body}--{boundary}--\r\n".encode(),
        Content_Type=f"multipart/form-data; boundary={boundary}",
        Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        Origin="null",
        Sec_Fetch_Site="none",
        Sec_Fetch_Mode="navigate",
        Sec_Fetch_Dest="document",
    )

    assert (status, headers["location"].startswith("./?added=")) == (303, True)
    page = context.new_page()
    page.goto(f"{server.url}{headers['location'].removeprefix('./')}")
    until(page, "document.activeElement.classList.contains('title')")
    assert page.url == server.url
    page.evaluate("window.isTheSame = true")
    listed(page, "Shared by a Phone")


def test_a_phone_can_install_it(page: Any, context: Any, server: InboxServer) -> None:
    """Chromium reads the manifest without a word against it, finds the icons, and would install the library."""
    session = context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{server.url}manifest.webmanifest"
    reasons = {one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert reasons <= {"in-incognito"}  # as the profiles of tests are

    status, headers, icon = ask(f"{server.url}icon-maskable-512.png")
    assert (status, headers["content-type"], icon[:4]) == (200, "image/png", b"\x89PNG")


STRICT = "default-src 'none'; script-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'"


def pressed(context: Any, other: Any, bookmark: str) -> Any:
    """The window that a bookmark opens: the browser is sent to its address, as its bar of bookmarks does."""
    with context.expect_page(timeout=20_000) as opened:
        context.new_cdp_session(other).send("Page.navigate", {"url": bookmark})
    return opened.value


def other_site(context: Any, body: bytes, **headers: str) -> Any:
    """A page of another site, under a strict policy."""
    page = context.new_page()
    answer = {"content-security-policy": STRICT, **{name.replace("_", "-"): headers[name] for name in headers}}
    page.route(
        "https://paper.test/**", lambda route: route.fulfill(body=body, content_type="text/html", headers=answer)
    )
    page.goto("https://paper.test/lamps?a=1&b=ü#top")
    return page


def test_the_bookmark_sends_the_page_as_it_is_seen(page: Any, context: Any, web: Site) -> None:
    """From another site with a strict policy: the add page offers the page itself beside its address, and sends it."""
    page.locator("#anywhere summary").click()
    bookmark = page.locator("#bookmarklet").get_attribute("href")
    other = other_site(context, article("Behind a Login", after="<script>window.ran = 1</script>"))
    assert other.evaluate("window.ran") is None

    asked = pressed(context, other, bookmark)
    complaints = complaints_of(asked)
    until(asked, "!document.getElementById('which').hidden")
    assert "https://paper.test/lamps?a=1&b=%C3%BC#top" in asked.locator(".what").inner_text()
    assert asked.locator("#which-page").inner_text().startswith("The page as you see it, 1")
    asked.get_by_label("The page as you see it").check()
    asked.get_by_role("button", name="Add").click()
    until(asked, "document.getElementById('add-said').textContent.startsWith('Added')")

    assert complaints == []
    listed(page, "Behind a Login")
    assert other.url.startswith("https://paper.test/lamps")


def test_a_page_that_keeps_others_out_still_gives_its_address(page: Any, context: Any) -> None:
    """Its window cannot be spoken to from outside (Cross-Origin-Opener-Policy); the address came with the window."""
    page.locator("#anywhere summary").click()
    bookmark = page.locator("#bookmarklet").get_attribute("href")
    other = other_site(context, article("Alone"), cross_origin_opener_policy="same-origin")

    asked = pressed(context, other, bookmark)

    assert asked.locator(".what .name").inner_text() == "Alone"
    assert asked.get_by_role("button", name="Add").is_visible()
    assert not asked.locator("#which").is_visible()


@pytest.mark.slow
def test_a_killed_server_is_found_again(browser: Any, tmp_path: Path, web: Site) -> None:
    """Killed in the middle of its work and started again: the page says so, and goes on; nothing is lost or twice."""
    titles = [f"Lamp Number {number}" for number in range(3)]
    for number, title in enumerate(titles):
        web.answers[f"/{number}"] = reply(article(title, 25))
    with inbox_server(tmp_path / "killed") as server, browser.new_context() as context:
        page = context.new_page()
        page.goto(server.url)
        page.evaluate("window.isTheSame = true")
        for number in range(3):
            page.locator("#add-text").fill(at(web, f"/{number}"))
            page.locator("#add-text").press("Enter")
            until(page, "document.getElementById('add-text').value === ''")
        until(page, "document.querySelector('#work-list > li[data-state=working]')", PATIENCE_S)
        server.kill()
        until(page, "document.getElementById('work-reach').textContent.includes('does not answer')", PATIENCE_S)
        page.locator("#add-text").fill(at(web, "/0"))
        page.locator("#add-text").press("Enter")
        until(page, "document.getElementById('add-error').textContent.includes('Nothing is lost')", PATIENCE_S)
        assert page.locator("#add-text").input_value() == at(web, "/0")

        server.start()
        for title in titles:
            listed(page, title)
        until(page, "!document.getElementById('work-reach').textContent", PATIENCE_S)

        assert page.locator("#episodes > li").count() == 3
        assert len(list(server.folder.glob("*.mp3"))) == 3
        assert page.locator("#work-list > li:not([data-state='done']):not([data-state='known'])").count() == 0
