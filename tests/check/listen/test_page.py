"""A report as a page."""

from __future__ import annotations

import re
import shutil
import wave
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.listening import heard_as, script_of

from narrate.check.listen import Report, compare, write_report
from narrate.check.listen.page import HEARD, report_page
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.core.errors import OutputError

FIRST = "Anna Berg has kept the light for 31 years. She never missed a night."
SECOND = "The tower stands on a bare rock. Nobody else lives there."
SCRIPT = script_of(FIRST, SECOND)
AUDIO = Path("out/a light.mp3")

_EMPTY = frozenset({"meta", "link", "br", "img"})


class Seen(HTMLParser):
    """What a browser makes of a page: every element closed, texts by the class they are in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.marked: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.text = ""
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what it is."""
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        if tag == "a":
            self.links.append(found)
        if tag not in _EMPTY:
            self.open.append((tag, found.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Words, under the innermost class that says what they are."""
        classes = [style for _, style in self.open]
        if "hidden" in classes or not self.open or self.open[-1][0] in ("style", "script", "title"):
            return
        self.text += data
        kinds = [style for style in classes if style in ("missed", "misheard", "added", "heard")]
        if kinds and "legend" not in classes:
            self.marked.append((kinds[-1], data))


def page_of(heard: str, script: Transcript = SCRIPT, **options: str) -> Seen:
    """What is seen of a hearing."""
    given_options = {"title": "A Light", "audio_url": "./a.mp3"} | options
    return Seen(report_page(compare(script, heard_as(heard)), script, **given_options))


@pytest.mark.parametrize(
    ("heard", "marked"),
    [
        (f"{FIRST} {SECOND}", []),
        (FIRST, [("missed", SECOND)]),
        (SECOND, [("missed", FIRST)]),
        (f"Anna Berg has kept the light for 31 years. {SECOND}", [("missed", "She never missed a night.")]),
        (
            f"Anna Burg has kept the light for 31 years. She never missed a night. {SECOND}",
            [("misheard", "Berg"), ("heard", "Burg")],
        ),
        (
            f"{FIRST} Thank you very much. {SECOND}",
            [("added", "Thank you very much.")],
        ),
        (f"Hello there my friend. {FIRST} {SECOND}", [("added", "Hello there my friend.")]),
        (f"Anna Berg has kept the light for 41 years. She never missed a night. {SECOND}",
         [("misheard", "31"), ("heard", "41")]),
    ],
)  # fmt: skip
def test_what_was_heard_otherwise_is_marked_in_the_text(heard: str, marked: list[tuple[str, str]]) -> None:
    """Missed, taken for others, too much; everything else of the script stands as it was written."""
    page = page_of(heard)

    assert page.marked == marked
    for word in f"{FIRST} {SECOND}".split():
        assert word in page.text


def test_a_stretch_over_two_paragraphs_is_marked_in_both() -> None:
    """Each part in its own, with what was heard in its place."""
    page = page_of("Anna Berg has kept the light for 31 years. Nobody else lives there.")

    assert page.marked == [
        ("missed", "She never missed a night."),
        ("missed", "The tower stands on a bare rock."),
    ]


def test_the_rate_and_what_is_missing_stand_on_top() -> None:
    """With where and when, and links to both."""
    page = page_of(SECOND)

    top = page.text[: page.text.index("The script")]
    assert "57.7 % of 26 words were heard as others" in top
    assert "1 stretch is missing" in top
    assert re.search(r"Not heard\s*paragraph 1\s*0:00\s*Anna Berg", top)
    assert {"href": "#b1"} in page.links
    assert {"b1", "b2"} <= set(page.ids)


def test_a_good_episode() -> None:
    """Has no table."""
    page = page_of(f"{FIRST} {SECOND}")

    assert "Nothing is missing." in page.text
    assert "When" not in page.text


@pytest.mark.parametrize("page_url", ["", "./a.page.html"])
def test_moments_lead_to_the_sound(page_url: str) -> None:
    """A little before the words; on the episode's own page where there is one, for who runs no scripts."""
    page = page_of(f"{FIRST} {SECOND}", page_url=page_url)

    moments = [link for link in page.links if "data-t" in link]
    assert [link["data-t"] for link in moments] == ["0.0", "6.1"]
    assert [link["href"] for link in moments] == [f"{page_url or './a.mp3'}#t={time}" for time in ("0.0", "6.1")]


@settings(max_examples=50)
@given(st.text(st.characters(), max_size=30), st.text(st.characters(), max_size=30), st.text(max_size=8))
def test_no_text_gets_out_of_its_place(text: str, heard: str, title: str) -> None:
    """Whatever an article, a recogniser or a title holds, the elements of the page are the same."""
    words = f"<b>{text}&amp;</b><script>"
    sample = TimedWord(words, 0, len(words), 0, 10)
    block = TimedBlock("paragraph", 0, words, "", 0, 10, (TimedSentence((sample,)),))
    script = Transcript(1000, 10, "en", (block, replace(block, kind="title")))
    report = compare(script, heard_as(f"</mark><img src=x> {heard}"))

    page = Seen(report_page(report, script, title=f"</title>{title}", audio_url="./a.mp3?\"'>"))

    assert "<b>" in page.text
    assert page.ids.count("b1") == 1


def test_nothing_but_the_sound_is_loaded() -> None:
    """One style and one script, both in the file and named in its policy."""
    html = report_page(Report(0, 9), SCRIPT, title="A", audio_url="./a.mp3")

    assert html.count("<script>") == html.count("<style>") == 1
    assert set(re.findall(r'\b(?:src|href)="([^"#]*)', html)) == {"./a.mp3"}
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy and "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def _report(where: Path, audio: Path = AUDIO) -> Path:
    return write_report(where, compare(SCRIPT, heard_as(FIRST)), SCRIPT, audio, title="A Light")


def test_a_folder_has_a_page_an_episode(tmp_path: Path) -> None:
    """By the name of the sound, written anew each time; the sound is found from there."""
    AUDIO.parent.mkdir()
    AUDIO.touch()
    paths = [_report(Path("out")), _report(Path("out"))]

    assert paths == [Path("out") / f"a light{HEARD}"] * 2
    assert 'src="./a%20light.mp3"' in paths[0].read_text(encoding="utf-8")
    assert [path.name for path in Path("out").iterdir() if path.name.startswith(".")] == []


def test_a_page_somewhere_else() -> None:
    """Leads to the sound and to the episode's page where they are."""
    AUDIO.parent.mkdir()
    (AUDIO.parent / "a light.page.html").touch()

    html = _report(Path("reports/one.html")).read_text(encoding="utf-8")

    assert 'src="./../out/a%20light.mp3"' in html
    assert 'href="./../out/a%20light.page.html#t=' in html


@pytest.mark.parametrize("content", ["mine", "<!doctype html>\n<html>mine"])
def test_somebody_elses_file_of_that_name_stays(content: str) -> None:
    """Unless they name it."""
    AUDIO.parent.mkdir()
    path = AUDIO.parent / f"a light{HEARD}"
    path.write_text(content)

    with pytest.raises(OutputError, match="is not narrate's") as caught:
        _report(Path("out"))
    assert "--report" in caught.value.hint
    assert path.read_text() == content

    assert _report(path) == path
    assert "Heard: A Light" in path.read_text(encoding="utf-8")


def test_a_link_of_that_name_is_not_followed() -> None:
    """Also to a page of narrate's."""
    AUDIO.parent.mkdir()
    other = _report(Path("other.html"))
    before = other.read_bytes()
    (AUDIO.parent / f"a light{HEARD}").symlink_to("../other.html")

    with pytest.raises(OutputError):
        _report(Path("out"))
    assert other.read_bytes() == before


def test_a_page_that_cannot_be_written() -> None:
    """Is an error that names it."""
    Path("file").touch()

    with pytest.raises(OutputError, match=r"one\.html cannot be written"):
        _report(Path("file/one.html"))


def test_a_script_of_which_little_was_heard() -> None:
    """Has most of it marked."""
    script = script_of(*[f"Keeper {number} lit the lamp at six and left it burning." for number in range(300)])
    heard = " ".join(f"Keeper {number} lit the lamp at six and left it burning." for number in range(0, 300, 3))

    page = page_of(heard, script)

    assert len([kind for kind, _ in page.marked if kind == "missed"]) > 150


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.extra("browser", "playwright", "axe_playwright_python")
def test_in_a_browser(tmp_path: Path) -> None:
    """A moment is heard on the page itself; its policy lets style, script and sound through, and nobody objects."""
    from axe_playwright_python import sync_playwright as axe
    from playwright import sync_api as playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        pytest.skip("needs a Chromium")
    audio = tmp_path / "a light.wav"
    with wave.open(str(audio), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "NONE"))
        file.writeframes(bytes(2 * 8000 * 12))
    path = _report(tmp_path, audio)
    said: list[str] = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700})
            page.on("console", lambda message: said.append(message.text))
            page.goto(path.as_uri())
            page.wait_for_function("document.getElementById('audio').duration > 0")
            page.click("#b2 [data-t]")
            page.wait_for_function("document.getElementById('audio').currentTime > 6")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            assert axe.Axe().run(page).violations_count == 0
        browser.close()
    assert said == []
