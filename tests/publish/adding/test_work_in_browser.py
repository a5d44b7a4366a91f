"""What is in work, in a real Chromium: each state, hostile titles, a server that comes and goes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.browsing import chromium, complaints_of, serious, until
from support.pages import manifest

from narrate.core.settings.loading import Podcast
from narrate.publish.adding.add_page import add_page
from narrate.publish.adding.work_page import work_page
from narrate.publish.library_page import library_page

pytestmark = [pytest.mark.browser, pytest.mark.extra("browser", "playwright", "axe_playwright_python")]

BASE = "http://library.test/secret/"
ABOUT = Podcast("Kitchen & Radio", "Long reads.", "Anna Berg")
HOSTILE = "\"><img src=x onerror='window.ran=1'><script>window.ran=1</script>&lt;b&gt;"
LONG = "https://example.com/" + "a-path-without-an-end" * 12


def entry(number: int, state: str, **more: object) -> dict[str, object]:
    """An entry as the server tells of it, added long after any page was opened."""
    usual: dict[str, object] = {"id": f"20260101-{number}", "state": state, "title": f"Article {number}", "kind": "url"}
    empty = dict.fromkeys(("fraction", "remaining_s", "error", "episode"))
    return {**usual, "source": f"https://example.com/{number}", "added": "2099-01-01T00:00:00Z", **empty, **more}


ERROR = {"message": "the page shows only the beginning of its article", "hint": "send the page’s text instead"}
ALL = (
    entry(6, "working", fraction=0.42, remaining_s=200.0),
    entry(5, "working"),
    entry(4, "waiting", title=LONG, source=LONG),
    entry(3, "waiting", error={"message": "example.com does not answer", "hint": "it is tried again"}),
    entry(2, "failed", error=ERROR),
    entry(1, "known", episode={"title": "Boats 3", "page": "./episode-3.page.html"}),
    entry(0, "done", episode={"title": "Boats 4", "page": "./episode-4.page.html"}),
)


def library(count: int) -> str:
    """The page of a library with so many episodes."""
    return library_page(
        ABOUT, [manifest(number, title=f"Boats {number}") for number in range(count)], feed_url=f"{BASE}f", inbox=True
    )


@dataclass
class Server:
    """Answers in the place of a server.

    Attributes:
        entries: What is in work.
        page: The library's.
        refusal: Status and words for what is posted; None where it is taken.
        known: What is answered to everything that is posted; None for entries that are new.
        is_there: False for a server that does not answer.
        asked: How often it was asked what is in work.
        posted: Path and fields of what was posted.
    """

    entries: Sequence[dict[str, object]] = ()
    page: str = ""
    refusal: tuple[int, dict[str, str]] | None = None
    known: dict[str, object] | None = None
    is_there: bool = True
    asked: int = 0
    posted: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def __call__(self, route: Any) -> None:
        """Answer a request that a browser makes."""
        path = route.request.url.removeprefix(BASE)
        if not self.is_there:
            route.abort("connectionrefused")
        elif route.request.method == "POST":
            self._take(route, path)
        elif path == "inbox":
            self.asked += 1
            route.fulfill(json={"entries": list(self.entries)})
        elif path.endswith("webmanifest"):
            route.fulfill(json={})
        else:
            route.fulfill(body=self.page, content_type="text/html")

    def _take(self, route: Any, path: str) -> None:
        is_json = route.request.headers["content-type"] == "application/json"
        self.posted.append((path, json.loads(route.request.post_data) if is_json else {}))
        if self.refusal:
            route.fulfill(status=self.refusal[0], json={"error": self.refusal[1]})
            return
        if self.known:
            route.fulfill(json=self.known)
            return
        answered = entry(len(self.posted) + 100, "waiting")
        if "/" in path:
            _, name, does = path.split("/")
            answered = {**next(one for one in self.entries if one["id"] == name), "state": "waiting", "error": None}
            others = [one for one in self.entries if one["id"] != name]
            self.entries = others if does == "remove" else [answered, *others]
        else:
            self.entries = [answered, *self.entries]
        route.fulfill(status=202, json=answered)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def server() -> Server:
    """A library with an episode and nothing in work."""
    return Server(page=library(1))


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """A page that has not been loaded yet."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        page = context.new_page()
        page.route(f"{BASE}**", server)
        yield page


def opened(page: Any, entries: int) -> None:
    """Load the library's page and wait until so many entries are shown."""
    page.goto(BASE)
    until(page, f"document.querySelectorAll('#work-list > li').length === {entries}")


def row(page: Any, number: int) -> Any:
    """The entry of a number."""
    return page.locator(f"#work-list > li:has([id='entry-20260101-{number}'])")


def focused(page: Any) -> str:
    """The element that has the keyboard, as its tag, id and class."""
    return str(page.evaluate("(e => `${e.tagName} ${e.id} ${e.className}`)(document.activeElement)"))


def test_each_state_is_told_in_words(page: Any, server: Server) -> None:
    """With progress and time, error and hint, a link to the episode, and what can be done."""
    server.entries = ALL
    opened(page, 7)

    assert page.locator("#work-list .state").all_text_contents() == [
        "Being made",
        "Being made",
        "Waiting",
        "Waiting to be tried again",
        "Failed",
        "Already here",
        "Ready",
    ]
    assert row(page, 6).locator(".left").inner_text() == "42 %, about 3 min left"
    assert row(page, 6).locator("progress").evaluate("bar => bar.value") == pytest.approx(0.42)
    assert row(page, 5).locator("progress").evaluate("bar => bar.position") == -1
    told = row(page, 2).locator(".why").inner_text()
    assert told == "The page shows only the beginning of its article. Send the page’s text instead."
    assert row(page, 0).locator("a").evaluate("link => link.href") == f"{BASE}episode-4.page.html"


def test_only_what_can_be_done_is_offered(page: Any, server: Server) -> None:
    """All can be removed; what failed can be tried again, and an address be replaced by its text."""
    server.entries = (*ALL, entry(9, "failed", kind="file", error=ERROR))
    opened(page, 8)

    offered = {
        number: [name for name in ("again", "instead", "remove") if row(page, number).locator(f".{name}").is_visible()]
        for number in (6, 4, 3, 2, 1, 9)
    }
    failed = ["again", "instead", "remove"]
    assert offered == {6: ["remove"], 4: ["remove"], 3: failed, 2: failed, 1: ["remove"], 9: ["again", "remove"]}


def test_markup_is_shown_as_text(page: Any, server: Server) -> None:
    """In titles, sources, errors and hints; an episode's address that leads elsewhere is no link."""
    error = {"message": HOSTILE, "hint": HOSTILE}
    server.entries = (
        entry(3, "failed", title=HOSTILE, source=f"{HOSTILE}.pdf", error=error),
        entry(2, "done", title=HOSTILE, episode={"title": HOSTILE, "page": "javascript:window.ran=1"}),
        entry(1, "known", episode={"title": HOSTILE, "page": "//elsewhere.test/x"}),
        entry(0, "waiting", id=HOSTILE),
    )
    opened(page, 4)

    assert row(page, 3).locator(".title").inner_text() == HOSTILE
    assert row(page, 3).locator(".from").inner_text() == f"{HOSTILE}.pdf"
    assert page.locator("#work-list img, #work-list script, #work-list a, #work-list b").count() == 0
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(("scheme", "width_px"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_serious(browser: Any, server: Server, scheme: str, width_px: int) -> None:
    """On the library's page with everything open, on the page that asks, and on the one without a script."""
    server.entries = ALL
    with browser.new_context(viewport={"width": width_px, "height": 844}, color_scheme=scheme) as context:
        page = context.new_page()
        page.route(f"{BASE}**", server)
        opened(page, 7)
        row(page, 2).locator(".instead").click()
        page.locator("#anywhere summary").click()
        page.locator("#add button").click()
        assert serious(page) == []
        for written in (add_page({"url": LONG, "title": "A page", "text": "A text."}), work_page(ALL)):
            server.page = written.decode()
            page.goto(f"{BASE}other")
            assert serious(page) == []


@pytest.mark.parametrize("width_px", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(page: Any, server: Server, width_px: int) -> None:
    """Whatever can be pressed is large enough for a finger, at any width."""
    server.entries = ALL
    page.set_viewport_size({"width": width_px, "height": 844})
    opened(page, 7)
    page.locator("#anywhere summary").click()
    small = """Array.from(document.querySelectorAll("button, .button, textarea"), (one) => one.getBoundingClientRect())
      .filter((box) => box.width && (box.width < 44 || box.height < 44)).length"""

    assert page.evaluate("document.documentElement.scrollWidth") <= width_px
    assert page.evaluate(small) == 0
    for written in (add_page({"url": LONG, "title": LONG}), work_page(ALL)):
        server.page = written.decode()
        page.goto(f"{BASE}other")
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px


DONE = entry(0, "done", episode={"title": "Boats 41", "page": "./episode-41.page.html"})


@pytest.mark.parametrize("browser_sees_to_it", [True, False])
def test_an_episode_arrives_without_moving_anything(page: Any, server: Server, browser_sees_to_it: bool) -> None:
    """What is looked at stays where it is on the screen, and the keyboard with it.

    Safari knows no overflow-anchor; Chromium without it stands for that.
    """
    if not browser_sees_to_it:
        page.add_init_script(
            "const supports = CSS.supports;"
            "CSS.supports = (...asked) => asked[0] !== 'overflow-anchor' && supports(...asked);"
        )
    server.page, server.entries = library(40), [entry(0, "working", fraction=0.9)]
    opened(page, 1)
    if not browser_sees_to_it:
        page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    page.locator("#episodes h2 a", has_text="Boats 30").focus()
    page.evaluate("document.activeElement.scrollIntoView()")
    page.wait_for_timeout(500)  # until rows that came into view are laid out
    before = page.evaluate("document.activeElement.getBoundingClientRect().top")

    server.page, server.entries = library(42), [DONE]
    until(page, "document.querySelectorAll('#episodes > li').length === 42")
    until(page, "document.getElementById('work-list').textContent.includes('Ready')")
    page.wait_for_timeout(200)

    assert page.evaluate("document.activeElement.textContent") == "Boats 30"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") == pytest.approx(before, abs=2)


def test_a_new_list_is_filtered_as_the_old_one(page: Any, server: Server) -> None:
    """The filter finds what has come; an episode with another title than before is the new one, with the keyboard."""
    server.page, server.entries = library(40), [entry(0, "working", fraction=0.9)]
    opened(page, 1)
    page.locator("#filter").fill("boats 3")
    page.locator("#episodes h2 a", has_text="Boats 30").focus()

    server.page, server.entries = library(42).replace(">Boats 30<", ">Boats 30, corrected<"), [DONE]
    until(page, "document.querySelectorAll('#episodes > li').length === 42")

    assert page.evaluate("document.activeElement.textContent") == "Boats 30, corrected"
    assert page.locator("#filter").input_value() == "boats 3"
    assert page.locator("#episodes > li:visible").count() == 13  # 3, 13, 23, 30 to 39
    assert page.locator("#found").inner_text() == "13 of 42"
    assert "42 episodes" in page.locator("#list-title").inner_text()
    page.locator("#filter").fill("boats 41")
    assert page.locator("#episodes > li:visible h2").all_text_contents() == ["Boats 41"]


def test_the_first_episode_makes_a_list(page: Any, server: Server) -> None:
    """In the place of the words that there is none, with its day written out as the others'."""
    server.page, server.entries = library(0), [entry(0, "working")]
    opened(page, 1)
    server.page = library(1)
    server.entries = [entry(0, "done", episode={"title": "Boats 0", "page": "./episode-0.page.html"})]

    until(page, "document.querySelectorAll('#episodes > li').length === 1")

    assert page.locator(".nothing").count() == 0
    assert "January 1, 2026" in page.locator("#episodes li").inner_text()


def test_a_filter_comes_when_the_list_is_long_enough(page: Any, server: Server) -> None:
    """The filter that comes finds episodes that came before and with it."""
    server.page, server.entries = library(11), [entry(0, "working")]
    opened(page, 1)
    assert page.locator("#filter").count() == 0
    server.page = library(12)
    server.entries = [entry(0, "done", episode={"title": "Boats 11", "page": "./episode-11.page.html"})]

    until(page, "document.getElementById('filter')")
    page.locator("#filter").fill("11")

    assert page.locator("#episodes > li:visible h2").all_text_contents() == ["Boats 11"]


def test_an_episode_that_is_not_listed_is_not_waited_for(page: Any, server: Server) -> None:
    """A podcast may list the newest ones alone: the page asks each second some times, then every five."""
    server.entries = [entry(0, "done", episode={"title": "Old", "page": "./old.page.html"})]
    page.clock.install()
    opened(page, 1)
    counts = []
    for _ in range(24):
        page.clock.run_for(1000)
        page.wait_for_timeout(60)  # for the answer
        counts.append(server.asked)

    assert counts[5] >= 6
    assert counts[-1] - counts[13] <= 3


def test_a_server_that_does_not_answer_is_asked_again(page: Any, server: Server) -> None:
    """The page says so, keeps what it knows and what was written, and goes on when it is back."""
    server.entries = [entry(0, "working", fraction=0.1)]
    opened(page, 1)
    server.is_there = False
    until(page, "document.getElementById('work-reach').textContent.includes('does not answer')")
    page.locator("#add-text").fill("A text that took long to write.")
    page.locator("#add button").click()
    until(page, "document.getElementById('add-error').textContent.includes('Nothing is lost')")

    assert row(page, 0).is_visible()
    assert page.locator("#add-text").input_value() == "A text that took long to write."
    assert page.locator("#work-reach").get_attribute("role") == "status"

    server.is_there = True
    until(page, "!document.getElementById('work-reach').textContent")


def test_a_tab_that_is_hidden_asks_nothing(page: Any, server: Server) -> None:
    """A tab that is seen again asks at once."""
    server.entries = [entry(0, "working")]
    page.add_init_script(
        "window.away = false;"
        "Object.defineProperty(document, 'hidden', { get: () => window.away });"
        "window.turn = (away) => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); };"
    )
    opened(page, 1)
    page.evaluate("turn(true)")
    page.wait_for_timeout(300)
    asked = server.asked
    page.wait_for_timeout(2_500)
    assert server.asked == asked

    page.evaluate("turn(false)")
    page.wait_for_timeout(500)
    assert server.asked > asked


def test_what_is_refused_is_said_at_the_form(page: Any, server: Server) -> None:
    """As an alert with its hint, and the field marked, until what was written is changed."""
    server.refusal = (429, {"message": "the inbox is full", "hint": "wait until some are done"})
    opened(page, 0)
    field = page.locator("#add-text")
    field.fill("Some words that are refused.")
    page.locator("#add button").click()
    until(page, "document.getElementById('add-error').textContent")

    assert page.locator("#add-error").inner_text() == "The inbox is full. Wait until some are done."
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == "Some words that are refused."
    field.press("End")
    field.type(" More")
    assert page.locator("#add-error").inner_text() == ""
    assert field.get_attribute("aria-invalid") == "false"


def test_what_is_known_already_is_said_at_the_form(page: Any, server: Server) -> None:
    """Also where its entry is in the list since before; nothing is listed twice."""
    server.known = entry(7, "known", episode={"title": "Boats 0", "page": "./episode-0.page.html"})
    server.entries = [server.known]
    opened(page, 1)
    page.locator("#add-text").fill("https://example.com/7")
    page.locator("#add button").click()

    until(page, "document.getElementById('add-sending').textContent === 'Article 7 is already here.'")
    assert page.locator("#work-list > li").count() == 1
    assert page.locator("#add-sending").get_attribute("role") == "status"


DROPPED = """() => {
  const held = { types: ["Files"], files: [] };
  for (const name of ["a folder", "<i>b.png", "c.png"])
    held.files.push(new File(["words"], name, { type: "image/png" }));
  held.files[0].slice = () => ({ arrayBuffer: () => Promise.reject(new Error("a folder")) });
  const event = new Event("drop", { bubbles: true, cancelable: true });
  dispatchEvent(Object.assign(event, { dataTransfer: held }));
  return event.defaultPrevented;
}"""


def test_each_file_that_is_refused_is_named(page: Any, server: Server) -> None:
    """In a line of its own; a folder, which browsers cannot send, is one of them."""
    server.refusal = (415, {"message": "this is a picture", "hint": ""})
    opened(page, 0)
    assert page.evaluate(DROPPED)
    until(page, "document.getElementById('add-error').children.length === 3")

    assert page.locator("#add-error > span").all_text_contents() == [
        "“a folder” cannot be read. Choose files, not folders.",
        "“<i>b.png”: this is a picture.",
        "“c.png”: this is a picture.",
    ]
    assert [path for path, _ in server.posted] == ["inbox", "inbox"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://example.com/a", {"url": "https://example.com/a"}),
        (" example.com/a ", {"url": "https://example.com/a"}),
        ("www.example.com", {"url": "https://www.example.com"}),
        ("HTTP://example.com", {"url": "HTTP://example.com"}),
        ("Read https://example.com/a today.", {"text": "Read https://example.com/a today."}),
        ("notes.txt", {"text": "notes.txt"}),
        ("file:///etc/passwd", {"text": "file:///etc/passwd"}),
        ("# A title\n\nWords.", {"text": "# A title\n\nWords."}),
    ],
)
def test_an_address_is_told_from_a_text(page: Any, server: Server, written: str, sent: dict[str, str]) -> None:
    """Also where its scheme was left out."""
    opened(page, 0)
    page.locator("#add-text").fill(written)
    page.locator("#add button").click()
    until(page, "document.getElementById('add-text').value === ''")

    assert server.posted == [("inbox", sent)]


def test_enter_sends_an_address_and_breaks_a_text(page: Any, server: Server) -> None:
    """With Ctrl it sends a text, too; the field has room for a long one, and is small again then."""
    opened(page, 0)
    field = page.locator("#add-text")
    low_px = field.bounding_box()["height"]
    field.fill("A line of a text.")
    field.press("Enter")
    field.type("And another.")
    assert server.posted == []

    field.fill("A line of a text.\n" * 12)
    assert field.bounding_box()["height"] > 3 * low_px
    field.press("Control+Enter")
    until(page, "document.getElementById('add-text').value === ''")
    assert len(server.posted) == 1
    assert field.bounding_box()["height"] == low_px


def test_the_keyboard_is_never_lost(page: Any, server: Server) -> None:
    """Where an entry or a button goes away below it, it is on the next entry, or on the field where there is none."""
    server.entries = [entry(2, "failed", error=ERROR), entry(1, "failed", error=ERROR)]
    opened(page, 2)
    row(page, 2).locator(".again").focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'entry-20260101-2'")

    row(page, 2).locator(".remove").focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'entry-20260101-1'")
    row(page, 1).locator(".remove").focus()
    server.entries = []  # another window was faster
    until(page, "document.activeElement.id === 'add-text'")


def test_the_text_instead_is_opened_and_left_again(page: Any, server: Server) -> None:
    """Its button says whether it is open; what is sent names the entry, its address and its title."""
    server.entries = [entry(2, "failed", error=ERROR)]
    opened(page, 1)
    button = row(page, 2).locator(".instead")
    button.click()
    assert (button.get_attribute("aria-expanded"), focused(page).split()[0]) == ("true", "TEXTAREA")
    row(page, 2).locator(".cancel").click()
    assert (button.get_attribute("aria-expanded"), "instead" in focused(page)) == ("false", True)

    button.click()
    page.keyboard.type("The text of it.")
    server.refusal = (400, {"message": "it is too short", "hint": "send all of it"})
    row(page, 2).locator("[type='submit']").click()
    until(page, "document.querySelector('.refused').textContent")
    assert row(page, 2).locator("textarea").input_value() == "The text of it."
    assert row(page, 2).locator(".refused").inner_text() == "It is too short. Send all of it."

    server.refusal, server.posted = None, []
    row(page, 2).locator("[type='submit']").click()
    until(page, "document.activeElement.classList.contains('title')")
    fields = {"text": "The text of it.", "instead": "20260101-2", "url": "https://example.com/2", "title": "Article 2"}
    assert server.posted == [("inbox", fields)]


def test_changes_are_told_to_a_screen_reader(page: Any, server: Server) -> None:
    """What has come, failed or become ready, in one sentence each; what was so before the page was opened is not."""
    server.entries = [entry(1, "working", fraction=0.1)]
    opened(page, 1)
    page.wait_for_timeout(200)
    assert page.locator("#work-said").text_content() == ""

    server.entries = [entry(1, "failed", error=ERROR)]
    told = "Article 1 failed. The page shows only the beginning of its article. Send the page’s text instead."
    until(page, f"document.getElementById('work-said').textContent === {told!r}")
    assert page.locator("#work-said").get_attribute("role") == "status"


def test_what_was_done_long_ago_is_in_the_list_alone(page: Any, server: Server) -> None:
    """A failure stays until it is removed."""
    old = {"added": "2020-01-01T00:00:00Z"}
    server.entries = [entry(2, "done", **old), entry(1, "known", **old), entry(0, "failed", error=ERROR, **old)]
    opened(page, 1)

    assert row(page, 0).is_visible()


def test_the_bookmark_is_to_be_dragged(page: Any, server: Server) -> None:
    """Pressed here it says so, and runs nothing; it can be copied where it cannot be dragged."""
    complaints = complaints_of(page)
    opened(page, 0)
    page.locator("#anywhere summary").click()
    link = page.locator("#bookmarklet")
    assert link.get_attribute("href").startswith("javascript:")
    assert "http%3A%2F%2Flibrary.test%2Fsecret%2Finbox%2Fadd" in link.get_attribute("href")

    link.click()
    assert "Drag it" in page.locator("#bookmarklet-said").inner_text()
    page.locator("#bookmarklet-copy").click()
    until(page, "document.getElementById('bookmarklet-said').textContent === 'Copied'")
    assert page.context.pages == [page]
    assert complaints == []


def popup(page: Any, server: Server, site: str, **fields: str) -> tuple[Any, Any]:
    """A page of another site, and the add page in the window that it has opened as `shown`."""
    server.page = add_page(fields).decode()
    other = page.context.new_page()
    other.route(f"{site}**", lambda route: route.fulfill(body="<p>x", content_type="text/html"))
    other.goto(site)
    page.context.route(f"{BASE}**", server)
    with page.context.expect_page() as window:
        other.evaluate(f"window.shown = open('{BASE}inbox/add', '_blank', 'popup')")
    asked = window.value
    until(asked, "document.readyState === 'complete'")
    return other, asked


OFFER = "postMessage({ narrate: 'page', html: '<p>Some other words.</p>' }, '*')"


def test_the_add_page_hears_no_other_window(page: Any, server: Server) -> None:
    """Than the one that opened it; where none did, nobody is heard."""
    _, asked = popup(page, server, "https://paper.test/", text="Some words.")
    asked.evaluate(OFFER)
    page.goto(f"{BASE}inbox/add")
    page.evaluate(OFFER)
    page.wait_for_timeout(300)

    assert not asked.locator("#which").is_visible()
    assert not page.locator("#which").is_visible()


def test_no_page_speaks_for_an_address_of_another_site(page: Any, server: Server) -> None:
    """Even if it opened the window; what is said amiss is not heard either."""
    stranger, asked = popup(page, server, "https://stranger.test/", url="https://paper.test/a")
    stranger.evaluate(f"shown.{OFFER}")
    paper, own = popup(page, server, "https://paper.test/", url="https://paper.test/a")
    for said in (
        "'narrate'",
        "null",
        "{ narrate: 'page', html: 7 }",
        "{ narrate: 'page', html: ' ' }",
        "{ html: 'x' }",
    ):
        paper.evaluate(f"shown.postMessage({said}, '*')")
    page.wait_for_timeout(300)

    assert not asked.locator("#which").is_visible()
    assert not own.locator("#which").is_visible()
    paper.evaluate(f"shown.{OFFER}")
    until(own, "!document.getElementById('which').hidden")


def test_the_add_page_takes_what_its_opener_shows(page: Any, server: Server) -> None:
    """Words are counted without scripts and styles, and nothing of it runs or is loaded; the choice is the user's."""
    paper, asked = popup(page, server, "https://paper.test/", url="https://paper.test/a", title="A")
    loaded: list[str] = []
    asked.on("request", lambda request: loaded.append(request.url))
    html = (
        f"<style>a b</style><p>Five words and 二字 <script>c d e</script>{HOSTILE}<img src='https://paper.test/i.png'>"
    )
    paper.evaluate("(html) => shown.postMessage({ narrate: 'page', html }, '*')", html)
    until(asked, "!document.getElementById('which').hidden")

    assert asked.locator("#which-page").inner_text() == "The page as you see it, 6 words"
    assert asked.get_by_label("The address").is_checked()
    assert asked.evaluate("window.ran") is None
    assert loaded == []
    asked.get_by_label("The page as you see it").check()
    asked.get_by_role("button", name="Add").click()
    until(asked, "document.getElementById('add-said').textContent.startsWith('Added')")
    assert server.posted == [("inbox", {"url": "https://paper.test/a", "title": "A", "html": html})]
    assert focused(asked).startswith("BUTTON")
    with asked.expect_event("close", timeout=15_000):
        asked.evaluate("setTimeout(() => document.activeElement.click())")


def test_the_add_page_says_what_was_refused(page: Any, server: Server) -> None:
    """At its button, which can be pressed again."""
    server.page = add_page({"url": "https://paper.test/a"}).decode()
    server.refusal = (400, {"message": "that is no address", "hint": "copy it again"})
    page.goto(f"{BASE}inbox/add")
    page.get_by_role("button", name="Add").click()
    until(page, "document.getElementById('add-error').textContent")
    assert page.get_by_role("alert").inner_text() == "That is no address. Copy it again."

    server.refusal = None
    page.get_by_role("button", name="Add").click()
    until(page, "document.getElementById('add-said').textContent.startsWith('Added')")
    assert page.locator("#add-error").inner_text() == ""
    assert page.evaluate("document.activeElement.textContent") == "To the library"
