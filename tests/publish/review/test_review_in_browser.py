"""A review as people do it: a real server, a real Chromium, a draft that becomes the article's episode."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browsing import chromium, complaints_of, serious, until
from support.reviews import RunningReview, review_of

pytestmark = [pytest.mark.browser, pytest.mark.extra("browser", "playwright", "axe_playwright_python")]

PATIENCE_S = 60

ARTICLE = """# The Lamp

Nguyen read the paper at night. It was made of lead, and SQL was in it.

The boats came home at 6:30. All of them were late.

Share this on Facebook

> A quote of the keeper stands here.

SQL is used by 12 people in the harbour, and by the keeper.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def review(tmp_path: Path) -> Iterator[RunningReview]:
    """A review of the article, whose episode was made before."""
    (tmp_path / "lamp.md").write_text(ARTICLE, encoding="utf-8")
    with review_of(tmp_path, "lamp.md") as running:
        yield running


@pytest.fixture
def page(browser: Any, review: RunningReview) -> Iterator[Any]:
    """Its page; but for refusals, the browser may not complain of anything."""
    with browser.new_context(viewport={"width": 1280, "height": 860}) as context:
        page = context.new_page()
        complaints = complaints_of(page)
        page.goto(review.url)
        ready(page)
        yield page
        assert [line for line in complaints if "responded with a status of 4" not in line] == []


def ready(page: Any) -> None:
    """Wait until the page knows what is said."""
    until(page, "document.documentElement.dataset.ready === 'yes'", PATIENCE_S)


def block(page: Any, text: str) -> Any:
    """The block that has a text."""
    return page.locator(".block", has_text=text).first


def saved(page: Any, review: RunningReview, text: str) -> None:
    """Wait until the draft's file has a text."""
    for _ in range(500):
        if text in review.draft.read_text(encoding="utf-8"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never saved: {text}\n{review.draft.read_text(encoding='utf-8')}")


def test_a_review_from_the_first_look_to_the_episode(page: Any, review: RunningReview) -> None:
    """Kept and dropped, said otherwise here and everywhere, with a pause and a voice, undone, loaded again, made."""
    folder = review.draft.parent
    keeps_and_drops(page, review)
    says_a_word_in_another_way(page, review)
    writes_a_line_for_all(page, review)
    changes_voice_pause_and_words(page, review)
    hears_a_sentence(page)
    undoes_and_does_again(page, review)
    page.reload()
    ready(page)
    assert block(page, "Share this").locator("[data-does=drop]").count() == 1
    assert serious(page) == []
    page.click("#make")
    until(page, "document.getElementById('made').textContent.startsWith('Made:')", PATIENCE_S)
    made = json.loads(next(folder.glob("*.manifest.json")).read_text(encoding="utf-8"))
    transcript = next(folder.glob("*.vtt")).read_text(encoding="utf-8")
    assert "Share this on Facebook" in transcript and "A quote of the keeper" not in transcript
    assert "The boats came home" in transcript and "The fleet" not in transcript
    assert [one.name for one in folder.glob("*.mp3")] == [f"{review.draft.name.removesuffix('.draft.md')}.mp3"]
    assert page.evaluate("fetch(document.querySelector('#made a').href).then(answer => answer.status)") == 200
    page.click("#done")
    assert review.process.wait(20) == 0
    assert guid_of_the_article(review) == made["guid"]


def keeps_and_drops(page: Any, review: RunningReview) -> None:
    """By a button, and by a key."""
    assert "share" in block(page, "Share this").locator(".reason").text_content()
    block(page, "Share this").locator("[data-does=keep]").click()
    saved(page, review, "\nShare this on Facebook")
    block(page, "A quote of").locator(".kind").click()
    page.keyboard.press("d")
    saved(page, review, "% > A quote of")


def says_a_word_in_another_way(page: Any, review: RunningReview) -> None:
    """By sounds of the editor's own, for this article; it is heard before, and wrong sounds are refused."""
    block(page, "Nguyen read").locator("[data-does=more]").click()
    block(page, "Nguyen read").locator("[data-does=word]").select_option(label="lead")
    until(page, "document.querySelectorAll('#choices input').length > 1")
    page.fill("#own-ipa", "123")
    page.click("#for-article")
    until(page, "document.getElementById('word-failure').textContent.includes('no sounds')")
    page.fill("#own-ipa", "lˈiːd")
    page.click("#try")
    until(page, "(page.heard || 0) === 1", PATIENCE_S)
    page.click("#for-article")
    saved(page, review, "[lead](/lˈiːd/)")


def writes_a_line_for_all(page: Any, review: RunningReview) -> None:
    """Into the lexicon beside the article, whose comments stay; the line is shown before it is written."""
    lexicon = review.draft.parent.parent / "lexicon.toml"
    lexicon.write_text('# Names\n[en]\n"Kyiv" = "keev"  # a town\n', encoding="utf-8")
    block(page, "SQL is used").locator(".w").click()
    until(page, "document.getElementById('lexicon').options.length > 0")
    page.fill("#own-say", "sequel")
    until(page, "document.getElementById('word-line').textContent.includes('\"SQL\" = \"sequel\"')")
    page.click("#for-all")
    until(page, "document.getElementById('word-line').textContent.startsWith('Written')")
    assert lexicon.read_text(encoding="utf-8") == '# Names\n[en]\n"Kyiv" = "keev"  # a town\n"SQL" = "sequel"\n'
    page.keyboard.press("Escape")
    until(page, "[...document.querySelectorAll('.said')].some(said => said.textContent.includes('sequel'))")


def changes_voice_pause_and_words(page: Any, review: RunningReview) -> None:
    """In the panel of a block."""
    boats = block(page, "The boats came")
    boats.locator("[data-does=more]").click()
    boats.locator("[data-does=voice]").select_option("high")
    saved(page, review, '<voice name="high">The boats')
    boats.locator("[data-does=pause]").select_option("2000")
    saved(page, review, "[pause 2s]")
    boats.locator("[data-does=say]").fill("The fleet was late.")
    saved(page, review, "%= The fleet was late.")


def hears_a_sentence(page: Any) -> None:
    """By a click on it; the next one that is asked for ends it."""
    before = page.evaluate("page.heard || 0")
    block(page, "Nguyen read").locator(".s").first.click(position={"x": 3, "y": 5})
    until(page, f"(page.heard || 0) > {before}", PATIENCE_S)


def undoes_and_does_again(page: Any, review: RunningReview) -> None:
    """The newest change, by button and key."""
    page.click("#undo")
    for _ in range(500):
        if "%= The fleet" not in review.draft.read_text(encoding="utf-8"):
            break
        page.wait_for_timeout(20)
    assert "%= The fleet" not in review.draft.read_text(encoding="utf-8")
    page.click("#redo")
    saved(page, review, "%= The fleet was late.")


def guid_of_the_article(review: RunningReview) -> str:
    """Speak the article itself, elsewhere: identity hangs on where it is."""
    folder = review.draft.parent.parent
    command = [sys.executable, "-m", "narrate", "speak", "lamp.md", "--engine", "tone", "--no-cache"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    [manifest] = (folder / "output").glob("*.manifest.json")
    return str(json.loads(manifest.read_text(encoding="utf-8"))["guid"])


def test_a_change_of_the_file_outside_is_noticed_and_kept(page: Any, review: RunningReview) -> None:
    """A change is refused, and the file can be loaded again."""
    text = review.draft.read_text(encoding="utf-8").replace("The boats came home", "The ships came home")
    review.draft.write_text(text, encoding="utf-8")
    block(page, "A quote of").locator("[data-does=drop]").click()
    until(page, "!document.getElementById('reload').hidden")
    assert review.draft.read_text(encoding="utf-8") == text
    page.click("#reload")
    until(page, "document.body.textContent.includes('The ships came home')")
    block(page, "A quote of").locator("[data-does=drop]").click()
    saved(page, review, "% > A quote of")


def test_the_keyboard_and_a_phone(page: Any) -> None:
    """Everything can be reached by keys, and nothing is wider than a phone; no serious finding of axe-core."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#blocks").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent.includes('Nguyen')")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.matches('textarea')")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('keys').open")
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []
