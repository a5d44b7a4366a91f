"""The pages in a real Chromium: they play, mark the word that is heard, seek, remember, and are accessible."""

from __future__ import annotations

import json
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support.browsing import chromium, complaints_of, serious, until
from support.pages import manifest, page_of

import narrate
from narrate.core.episode import TimedWord
from narrate.core.settings.loading import Podcast
from narrate.episode.page.page import EpisodePage, Shown, episode_page
from narrate.publish.library_page import library_page

pytestmark = [pytest.mark.browser, pytest.mark.extra("browser", "playwright", "axe_playwright_python")]

# What a listener does not notice; the page is held to it on whatever machine runs this.
LATEST_S = 0.15
# A frame that came later than this was held up by the machine, and says nothing of the page.
STALLED_S = 0.06

ARTICLE = """
# The Harbour at Night

The lamps come on at six. By seven, the last of the boats is in, all but one. Nobody on the quay says anything about it,
and nobody goes home either, although the wind has turned and it has begun to rain on the nets and the empty boxes.

## What the keeper saw

He wrote it down, as he did every night. It cost him a good deal in the end, or so they say, and he never spoke of it.

> It was not the sea that took her. It was the light.

## Things he kept

- A lamp of brass
- Three letters, unopened

She had a name for each of them, and she told nobody what it was. The town has long forgotten the boat, the lamp and the
keeper, but the book is still there, in a drawer of the library, between a tide table and a list of the drowned.
"""

CODE = "def speak(source):\n    return '" + "a long line of code that fits no telephone " * 4 + "'"
EXTRA = (
    Shown("code", text=CODE),
    Shown("table", rows=(("City", "Inhabitants", "Founded in the year"), ("Oslo & <Bergen>", "709,037" * 9, "1040"))),
    Shown("caption", text="The harbour at dawn."),
    Shown("footnote", text="1 See the appendix."),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an episode, under a name that has to be quoted, and its page."""
    folder = tmp_path_factory.mktemp("library")
    source = folder / "harbour.md"
    source.write_text(ARTICLE, encoding="utf-8")
    audio = folder / "50% night? #1 ñ.mp3"
    narrate.speak(source, audio, engine="tone", settings=narrate.Settings(cache_dir=folder / "cache"))
    page, rate_hz = page_of(audio, extra=EXTRA, author="Anna Berg", site="The Daily Light", guid="guid-1")
    (folder / "page.html").write_bytes(episode_page(page, rate_hz).encode())
    (folder / "words.json").write_text(json.dumps(_times(page, rate_hz)), encoding="utf-8")
    return folder


def _times(page: EpisodePage, rate_hz: int) -> list[tuple[str, float, float]]:
    """Every word in the order of speech, with the seconds in which it is heard."""
    blocks = [shown.block for shown in page.passages if shown.block]
    words: list[TimedWord] = [word for block in blocks for sentence in block.sentences for word in sentence.words]
    return [(word.text, word.start_sample / rate_hz, word.end_sample / rate_hz) for word in words]


@pytest.fixture
def words(folder: Path) -> list[tuple[str, float, float]]:
    """What is said when."""
    return [(text, start, end) for text, start, end in json.loads((folder / "words.json").read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The folder's address on a server that knows ranges, without which no browser can seek."""
    reason = "the pages were not tried in a browser: starlette and uvicorn are not installed"
    uvicorn = pytest.importorskip("uvicorn", reason=reason)
    applications = pytest.importorskip("starlette.applications", reason=reason)
    staticfiles = pytest.importorskip("starlette.staticfiles", reason=reason)
    app = applications.Starlette()
    app.mount("/", staticfiles.StaticFiles(directory=folder))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    """A profile of its own, so that nothing is remembered from another test."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        yield context


@pytest.fixture
def page(context: Any, site: str) -> Any:
    """The page, served, its sound known; whatever the browser complains of fails the test."""
    return opened(context, site + "page.html")


def opened(context: Any, address: str) -> Any:
    """A page whose sound is known."""
    page = context.new_page()
    page.complaints = complaints_of(page)
    page.goto(address, wait_until="domcontentloaded")
    until(page, "document.getElementById('audio').readyState >= 1")
    return page


def at(page: Any) -> float:
    """Where the sound is."""
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def marked(page: Any) -> list[str]:
    """The words that are marked."""
    return [str(text) for text in page.locator(".s > .now").all_text_contents()]


def word_at(page: Any, words: list[tuple[str, float, float]], index: int) -> Any:
    """The element of a word, in the order of speech."""
    found = page.locator(".s > span").nth(index)
    assert found.text_content() == words[index][0]
    return found


# What is on the screen: looked at when a frame has been painted, so that every callback of the frame has run.
SAMPLE = """
([start, rate]) => new Promise((done) => {
  const audio = document.getElementById("audio"), all = Array.from(document.querySelectorAll(".s > span"));
  const samples = [];
  const look = () => {
    const marked = document.querySelector(".s > .now");
    if (audio.currentTime > start && !audio.seeking) {
      samples.push([performance.now() / 1000, audio.currentTime, marked ? all.indexOf(marked) : -1]);
    }
    if (audio.currentTime > start + 1.2) { audio.pause(); done(samples); } else next();
  };
  const next = () => requestAnimationFrame(() => setTimeout(look, 0));
  audio.currentTime = start;
  audio.playbackRate = rate;
  audio.play();
  next();
})
"""


def test_the_word_that_is_heard_is_marked(page: Any, words: list[tuple[str, float, float]]) -> None:
    """At five places, at several speeds: what is marked is what is heard within 150 ms, and several words come by."""
    page.locator("#back").click()  # a browser plays nothing before somebody has touched the page
    starts = [word[1] for word in words]
    for share, speed in ((0.0, 1), (0.2, 1.25), (0.45, 2), (0.7, 0.75), (0.9, 1)):
        samples = page.evaluate(SAMPLE, [starts[int(share * len(words))], speed])

        seen = set()
        for (before, _, _), (now, heard_s, index) in pairwise(samples):
            if now - before > STALLED_S:
                continue
            first, last = (bisect_right(starts, heard_s + aside) - 1 for aside in (-LATEST_S, LATEST_S))
            pause = words[max(first, 0)][2] <= heard_s + LATEST_S
            assert first <= index <= last or (index == -1 and pause), (heard_s, index, first, last)
            seen.add(index)
        assert len(samples) > 10
        assert len(seen - {-1}) >= 2
    assert page.complaints == []


def test_a_click_on_a_word_plays_from_there(page: Any, words: list[tuple[str, float, float]]) -> None:
    """Its sentence is told to a screen reader, and only that one."""
    target = len(words) // 2

    word_at(page, words, target).click()
    until(page, "!document.getElementById('audio').paused")

    assert words[target][1] <= at(page) < words[target][1] + 3
    assert page.locator("[aria-current='true'].s").count() == 1
    assert page.locator("[aria-live='polite'] .s, [aria-live='assertive'] .s").count() == 0


def test_selecting_text_does_not_jump(page: Any, words: list[tuple[str, float, float]]) -> None:
    """Neither a double click on a word, nor a drag over several, plays anything."""
    word_at(page, words, 30).dblclick()
    page.wait_for_timeout(400)
    selected = page.evaluate("getSelection().toString().trim()")

    assert words[30][0].startswith(selected)
    assert selected
    assert page.evaluate("document.getElementById('audio').paused")

    first, last = (word_at(page, words, index).bounding_box() for index in (40, 44))
    page.mouse.move(first["x"] + 1, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + 9, steps=4)
    page.mouse.up()
    page.wait_for_timeout(400)

    assert len(page.evaluate("getSelection().toString()")) > 10
    assert page.evaluate("document.getElementById('audio').paused")


def test_the_keyboard_seeks_and_plays(page: Any, words: list[tuple[str, float, float]]) -> None:
    """Arrows go 30 seconds on and 10 back, n and p by sentences, brackets change the speed, k and space play."""
    page.keyboard.press("ArrowRight")
    assert at(page) == pytest.approx(30, abs=0.1)
    page.keyboard.press("ArrowLeft")
    assert at(page) == pytest.approx(20, abs=0.1)

    page.keyboard.press("n")
    after = at(page)
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert at(page) == pytest.approx(after, abs=0.1)
    assert after > 20
    assert any(abs(after - start) < 0.01 for _, start, _ in words)

    page.keyboard.press("]")
    assert page.evaluate("document.getElementById('audio').playbackRate") == pytest.approx(1.1)
    page.keyboard.press("k")
    until(page, "!document.getElementById('audio').paused")
    page.keyboard.press("Space")
    until(page, "document.getElementById('audio').paused")


def test_keys_do_not_fight_the_page(page: Any) -> None:
    """Keys do nothing with a modifier, in a control that uses them itself, or once they are switched off."""
    page.keyboard.press("Control+ArrowRight")
    page.locator("#speed").focus()
    page.keyboard.press("n")
    page.locator("pre").focus()
    page.keyboard.press("ArrowRight")
    assert at(page) == 0

    page.locator("#keys").click()
    page.locator("#use-keys").uncheck()
    page.locator("#close").click()
    page.locator("h1").click()
    page.wait_for_timeout(300)
    was = at(page)
    page.evaluate("document.getElementById('audio').pause()")
    page.keyboard.press("ArrowRight")
    assert at(page) < was + 5


def test_every_paragraph_can_be_reached_and_played_by_keyboard(
    page: Any, words: list[tuple[str, float, float]]
) -> None:
    """Each spoken block has a link to its moment, named for a screen reader, in the order of the text."""
    links = page.locator("a.at")
    names = [link.get_attribute("aria-label") for link in links.all()]

    links.nth(3).focus()
    page.keyboard.press("Enter")
    until(page, "!document.getElementById('audio').paused")

    assert len(names) == 9
    assert all(name.startswith("Play from ") for name in names)
    assert f"{at(page) // 60:.0f}:{at(page) % 60:02.0f}"[:3] == names[3].removeprefix("Play from ")[:3]


def test_the_place_is_remembered_and_forgotten_at_the_end(context: Any, site: str) -> None:
    """A reload goes back to where the listener was, with the speed; an episode heard to its end begins anew."""
    page = opened(context, site + "page.html")
    page.locator("#forward").click()
    page.locator("#speed").select_option("1.5")
    page.keyboard.press("k")
    until(page, "document.getElementById('audio').currentTime > 30.3")
    page.evaluate("document.getElementById('audio').pause()")
    was = at(page)

    page.reload()
    until(page, "document.getElementById('audio').currentTime > 5")
    assert at(page) == pytest.approx(was, abs=0.5)
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.5
    assert page.locator("#speed").input_value() == "1.5"
    assert "Where you were: 0:3" in page.locator("#status").text_content()

    page.evaluate(
        "(() => { const a = document.getElementById('audio'); a.currentTime = a.duration - 0.3; a.play(); })()"
    )
    until(page, "document.getElementById('audio').ended")
    page.reload()
    until(page, "document.getElementById('audio').readyState >= 1")
    assert at(page) == 0


@pytest.mark.parametrize(("moment", "seconds"), [("#t=33", 33), ("#t=0:33.5", 33.5), ("#t=nonsense", 0), ("#text", 0)])
def test_a_link_leads_to_its_moment(context: Any, site: str, moment: str, seconds: float) -> None:
    """In seconds or as a clock shows them; anything else is no moment."""
    page = opened(context, site + "page.html" + moment)

    assert at(page) == pytest.approx(seconds, abs=0.1)
    assert page.locator(".s[aria-current]").count() == (1 if seconds else 0)


def test_a_link_to_this_moment_can_be_copied(context: Any, site: str) -> None:
    """The address in the clipboard is the page's, with the second."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.rstrip("/"))
    page = opened(context, site + "page.html")
    page.locator("#forward").click()
    page.locator("#link").click()
    until(page, "document.getElementById('status').textContent.includes('copied')")

    assert page.evaluate("navigator.clipboard.readText()") == site + "page.html#t=30"


SMALL = """
Array.from(document.querySelectorAll(".controls > :not(label)"), (one) => one.getBoundingClientRect())
  .filter((box) => box.width < 44 || box.height < 44).length
"""


@pytest.mark.parametrize("name", ["page.html", "endless.html"])
def test_nothing_is_wider_than_the_screen(context: Any, site: str, folder: Path, name: str) -> None:
    """Code and tables scroll in boxes of their own; a word without end is broken; what is pressed is large enough."""
    block = Shown("list_item", text="y" * 500)
    endless = EpisodePage("x" * 300, "en", "50% night? #1 ñ.mp3", "audio/mpeg", 1000, passages=(block,))
    (folder / "endless.html").write_bytes(episode_page(endless, 24_000).encode())
    page = opened(context, site + name)
    for width_px in (320, 390, 1280):
        page.set_viewport_size({"width": width_px, "height": 844})

        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
        assert page.evaluate(SMALL) == 0
        if name == "page.html":
            assert page.evaluate("(pre => pre.scrollWidth > pre.clientWidth)(document.querySelector('pre'))")


def test_the_text_follows_the_voice_until_somebody_scrolls(page: Any, words: list[tuple[str, float, float]]) -> None:
    """A jump takes it up again, and the button switches it off for good."""
    visible = (
        "(() => { const box = document.querySelector('.s[aria-current]').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= document.getElementById('player').getBoundingClientRect().top; })()"
    )
    page.locator("#back").click()
    page.evaluate(
        "(at) => { const a = document.getElementById('audio'); a.currentTime = at; a.play(); }", words[-20][1]
    )
    until(page, visible)
    page.wait_for_timeout(1300)

    page.mouse.move(600, 300)
    page.mouse.wheel(0, -5000)
    until(page, "document.getElementById('follow').getAttribute('aria-pressed') === 'false'")

    page.keyboard.press("p")
    until(page, "document.getElementById('follow').getAttribute('aria-pressed') === 'true'")
    until(page, visible)

    page.locator("#follow").click()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#follow").get_attribute("aria-pressed") == "false"


def test_the_lock_screen_knows_what_is_playing(page: Any) -> None:
    """Title, author, site and cover; the chapter once one has begun."""
    found = page.evaluate(
        "(({title, artist, album, artwork}) => ({title, artist, album, src: artwork[0].src}))"
        "(navigator.mediaSession.metadata)"
    )

    assert found["title"] == "The Harbour at Night"
    assert found["artist"] == "Anna Berg"
    assert found["album"] == "The Daily Light"
    assert found["src"].endswith("/50%25%20night%3F%20%231%20%C3%B1.cover.jpg")
    page.locator(".chapters a").nth(1).click()
    assert page.evaluate("navigator.mediaSession.metadata.title") == "What the keeper saw – The Harbour at Night"
    assert page.locator(".chapters a[aria-current]").count() == 1


def test_it_works_from_disk(context: Any, folder: Path, words: list[tuple[str, float, float]]) -> None:
    """Opened as a file it plays, marks, seeks and shows its cover; there is no page of the library to go to."""
    page = opened(context, (folder / "page.html").as_uri())
    word_at(page, words, 25).click()
    until(page, f"document.getElementById('audio').currentTime > {words[25][1] + 0.05}")

    assert marked(page)
    assert page.evaluate("document.querySelector('.cover').naturalWidth") == 3000
    assert not page.locator("#home").is_visible()
    assert page.complaints == []


def test_a_browser_that_keeps_nothing_plays_all_the_same(
    context: Any, site: str, words: list[tuple[str, float, float]]
) -> None:
    """Storage may be refused, on disk or in a private window: nothing is remembered, and nothing else is missing."""
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page = opened(context, site + "page.html")
    word_at(page, words, 25).click()
    until(page, f"document.getElementById('audio').currentTime > {words[25][1] + 0.05}")
    page.keyboard.press("]")

    assert marked(page)
    assert page.evaluate("document.getElementById('audio').playbackRate") == pytest.approx(1.1)
    assert page.complaints == []


def test_a_server_has_a_page_of_the_library(page: Any) -> None:
    """A link leads to the folder."""
    assert page.locator("#home a").is_visible()
    assert page.locator("#home a").get_attribute("href") == "./"


def test_sound_that_is_missing_is_said_in_words(context: Any, site: str, folder: Path) -> None:
    """The name of the file stands there, and the text can be read all the same."""
    gone = EpisodePage("Gone", "en", "gone <b>.mp3", "audio/mpeg", 1000, passages=(Shown("paragraph", text="Text."),))
    (folder / "gone.html").write_bytes(episode_page(gone, 24_000).encode())
    page = context.new_page()
    page.goto(site + "gone.html")
    until(page, "document.getElementById('failure').textContent")

    assert "gone <b>.mp3 could not be played" in page.locator("#failure").text_content()
    assert page.locator("#text").text_content().strip() == "Text."


def test_it_reads_and_plays_without_scripts(browser: Any, site: str) -> None:
    """The text and the browser's own controls are there, and nothing that would do nothing."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + "page.html")

        assert page.locator("audio[controls]").is_visible()
        assert "The lamps come on at six." in page.locator("#text").inner_text()
        assert not page.locator("#speed").is_visible()
        assert not page.locator("a.at").first.is_visible()


@pytest.mark.parametrize(("scheme", "width_px"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_serious(browser: Any, site: str, folder: Path, scheme: str, width_px: int) -> None:
    """axe-core, on the page while a word is marked, with its help open, and on the library's: nothing serious."""
    library = library_page(ABOUT, EPISODES[:12], feed_url="https://example.com/feed.xml")
    (folder / "index.html").write_bytes(library.encode())
    with browser.new_context(viewport={"width": width_px, "height": 844}, color_scheme=scheme) as context:
        page = opened(context, site + "page.html")
        page.keyboard.press("ArrowRight")
        assert marked(page)
        assert serious(page) == []
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        assert serious(page) == []

        page.goto(site + "index.html")
        page.locator("summary").click()
        assert serious(page) == []


ABOUT = Podcast("Kitchen & Radio", "Long reads.", "Anna Berg")
EPISODES = [manifest(number, title=f"Čeština {number}" if number % 2 else f"Boats {number}") for number in range(300)]


def test_a_long_library_can_be_searched(context: Any, site: str, folder: Path) -> None:
    """By any words, in any order, without accents; the number found is said."""
    (folder / "index.html").write_bytes(library_page(ABOUT, EPISODES, feed_url="https://example.com/feed.xml").encode())
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + "index.html")

    page.locator("#filter").fill("299 cest")

    assert page.locator("#episodes li:visible h2").all_text_contents() == ["Čeština 299"]
    assert page.locator("#found").text_content() == "1 of 300"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#filter").fill("")
    assert page.locator("#episodes li:visible").count() == 300
