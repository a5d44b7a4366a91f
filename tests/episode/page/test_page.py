"""An episode's page as a document: the author's text, whatever it holds, and nothing from anywhere else."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64decode
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.pages import parsed, shown, texts
from support.transcripts import RATE_HZ, spoken, transcripts

from narrate.core.chapters import Span
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.episode.page.page import EpisodePage, Shown, episode_page

# What a parser of HTML gives back as it was.
ANY_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=60)
AWKWARD = st.sampled_from(
    (
        "</script>",
        "<!--",
        "-->",
        "]]>",
        "<script>alert(1)</script>",
        '" onerror="x',
        "'",
        "&amp;",
        "$title",
        "\x00\ud800",
    )
)


def page(*passages: Shown, **more: Any) -> Any:
    """A parsed page of some passages."""
    return parsed(written(*passages, **more))


def written(*passages: Shown, rate_hz: int = RATE_HZ, **more: Any) -> str:
    """A page of some passages."""
    known = {"title": "A title", "language": "en", "audio_name": "a.mp3", "media_type": "audio/mpeg", "duration_ms": 1}
    return episode_page(EpisodePage(**{**known, "passages": passages, **more}), rate_hz)


def data_of(root: Any) -> Any:
    """What the page tells its script."""
    return json.loads(root.xpath("string(//script[@id='data'])"))


@given(transcripts())
def test_the_text_is_the_authors(transcript: Transcript) -> None:
    """Every block reads as it was written, white space between words included, and each word is an element."""
    root = page(*shown(transcript))
    title = next((block for block in transcript.blocks if block.kind == "title"), None)
    rest = [block for block in transcript.blocks if block is not title]

    blocks = root.xpath("//h1 | //*[@id='text']//*[contains(' p li code h2 h3 h4 h5 h6 ', concat(' ', name(), ' '))]")

    assert [block.text_content() for block in blocks] == [title.text if title else "A title", *(b.text for b in rest)]
    written_words = [word.text for block in [title, *rest] if block for s in block.sentences for word in s.words]
    assert texts(root, "//span[@class='s']/span") == written_words


@given(transcripts())
def test_every_word_has_its_time(transcript: Transcript) -> None:
    """Start and length in milliseconds, in the order in which the words stand on the page."""
    title = next((block for block in transcript.blocks if block.kind == "title"), None)
    ordered = [block for block in transcript.blocks if block is title]
    ordered += [block for block in transcript.blocks if block is not title]
    words = [word for block in ordered for sentence in block.sentences for word in sentence.words]
    times = data_of(page(*shown(transcript), rate_hz=transcript.rate_hz))["times"]

    assert times[::2] == [round(word.start_sample * 1000 / transcript.rate_hz) for word in words]
    assert all(length >= 0 for length in times[1::2])


@given(text=ANY_TEXT | AWKWARD, kind=st.sampled_from(("paragraph", "heading", "list_item", "quote", "code", "caption")))
def test_nothing_gets_out_of_its_place(text: str, kind: Any) -> None:
    """A title, a name, a cell or a paragraph may hold anything: it stays text, and the page has one script."""
    fields = dict.fromkeys(("title", "author", "site", "url", "podcast", "guid"), text)
    chapters = (Span(text, 0, 1),)
    root = page(Shown(kind, text=text), Shown("table", rows=((text,), (text,))), chapters=chapters, **fields)

    assert len(root.xpath("//script")) == 2
    assert len(root.xpath("//style")) == 1
    assert not root.xpath("//@onerror | //@onclick")
    assert len(root.xpath("//th")) == (1 if text else 0)
    assert data_of(root)["key"]


@given(ANY_TEXT.filter(str.strip))
def test_what_is_only_shown_is_the_authors_too(text: str) -> None:
    """Code, tables and captions that the voice leaves out are on the page, letter for letter."""
    root = page(Shown("code", text=text), Shown("caption", text=text), Shown("table", rows=((text,), (text,))))

    assert texts(root, "//code") == texts(root, "//p[@class='caption']") == texts(root, "//td") == [text]
    assert texts(root, "//th[@scope='col']") == [text]
    assert data_of(root)["times"] == []


def test_only_its_own_style_and_script_can_run() -> None:
    """The policy names both by their checksums, and lets nothing be loaded but sound and pictures beside the page."""
    root = page(Shown("paragraph", text="Text."))
    policy = dict(rule.strip().split(" ", 1) for rule in root.xpath("string(//meta[@http-equiv]/@content)").split(";"))

    for name, path in (("style-src", "//style"), ("script-src", "//script[not(@type)]")):
        content = root.xpath(f"string({path})")
        assert b64decode(policy[name].strip("'").removeprefix("sha256-")) == hashlib.sha256(content.encode()).digest()
    assert policy["default-src"] == "'none'"
    assert not root.xpath("//@style | //*[starts-with(name(@*), 'on')]")


def test_nothing_is_loaded_from_anywhere() -> None:
    """All that is loaded lies beside the page; only a link to the source leads elsewhere."""
    root = page(Shown("paragraph", text="T"), cover_name="c.jpg", url="https://example.com/a")

    assert root.xpath("//@src") == ["./c.jpg", "./a.mp3"]
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.com/a"]
    assert root.xpath("//link[@rel='icon']/@href")[0].startswith("data:")
    assert "@import" not in root.xpath("string(//style)")
    assert not re.search(r"url\(|https?:", root.xpath("string(//style)"))


@pytest.mark.parametrize(
    "name", ["a b.mp3", "50%.mp3", "#1?.mp3", "naïve «мир».mp3", "a&b\"c'.mp3", "-x.mp3", "//h/x.mp3"]
)
def test_names_are_quoted_in_addresses(name: str) -> None:
    """Any file name becomes a relative address that is ASCII and leads back to it."""
    root = page(audio_name=name, cover_name=name)

    for address in root.xpath("//@src"):
        assert address.isascii()
        assert address.startswith("./")
        assert not re.search(r"[\s?#\"'&]", address)
        assert unquote(address.removeprefix("./")) == name
        assert "/" not in address.removeprefix("./")


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://example.com/a?b=1&c=2", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_the_source_is_linked_if_it_is_on_the_web(url: str, is_linked: bool) -> None:
    """Anything else is no place a reader should be sent to."""
    root = page(url=url, site="The Site")

    assert root.xpath("//*[@class='byline']//a/@href") == ([url] if is_linked else [])
    assert "The Site" in root.xpath("string(//*[@class='byline'])")


def test_the_title_is_not_doubled() -> None:
    """The title that is spoken is the page's heading; one that is not is the episode's."""
    said = page(*shown(spoken(("title", "As written"), ("paragraph", "Text."))), title="As filed")
    silent = page(*shown(spoken(("intro", "This is As filed."), ("paragraph", "Text."))), title="As filed")

    assert texts(said, "//h1") == ["As written"]
    assert len(said.xpath("//h1//span[@class='s']/span")) == 2
    assert "As written" not in said.xpath("string(//*[@id='text'])")
    assert texts(silent, "//h1") == ["As filed"]
    assert texts(silent, "//p[@class='frame intro']") == ["This is As filed."]


def test_blocks_are_what_they_are() -> None:
    """Headings one below the other, lists and quotes together, items with a number of their own without a bullet."""
    root = page(
        Shown("heading", 3, "First"),
        Shown("list_item", text="a lamp"),
        Shown("list_item", text="a book"),
        Shown("list_item", text="1. Stir."),
        Shown("list_item", text="2. Serve."),
        Shown("heading", 4, "Second"),
        Shown("quote", text="One."),
        Shown("quote", text="Two."),
        Shown("paragraph", text="Between."),
        Shown("quote", text="Three."),
        Shown("footnote", text="1 See."),
        Shown("footnote", text="2 See."),
        Shown("outro", text="That was it."),
    )

    assert texts(root, "//h2[not(@id)]") == ["First"]
    assert texts(root, "//h3") == ["Second"]
    assert [texts(items, "li") for items in root.xpath("//ul")] == [["a lamp", "a book"], ["1. Stir.", "2. Serve."]]
    assert texts(root, "//li[@class='numbered']") == ["1. Stir.", "2. Serve."]
    assert [len(quote.xpath("p")) for quote in root.xpath("//blockquote")] == [2, 1]
    assert texts(root, "//section[@class='footnotes']/p") == ["1 See.", "2 See."]
    assert texts(root, "//p[@class='frame outro']") == ["That was it."]


def test_a_table_has_headers_only_if_it_has_some() -> None:
    """An empty first row is none, and rows may differ in length."""
    rows: tuple[tuple[str, ...], ...] = ((), ("Oslo", "709,037"), ("Bergen",))

    root = page(Shown("table", rows=rows), Shown("table", rows=(("City", ""), ("Oslo", "1"))))

    assert [len(table.xpath(".//th")) for table in root.xpath("//table")] == [0, 2]
    assert texts(root.xpath("//table")[0], ".//td") == ["Oslo", "709,037", "Bergen"]


def test_every_spoken_block_has_a_link_to_its_moment() -> None:
    """It is named for a screen reader and adds nothing to the text."""
    root = page(
        *shown(spoken(("title", "T"), ("paragraph", "One two."), ("list_item", "Three."))), Shown("code", text="x")
    )
    links = root.xpath("//a[@class='at']")

    assert [link.get("href") for link in links] == ["#t=0", "#t=0.8", "#t=1.9"]
    assert [link.get("aria-label") for link in links] == ["Play from 0:00", "Play from 0:00", "Play from 0:01"]
    assert [link.text_content() for link in links] == ["", "", ""]


def test_chapters_are_a_list_of_links() -> None:
    """With their times; without any there is no list."""
    root = page(
        chapters=(Span("One & all", 0, 65_000), Span("Two", 65_000, 3_700_000), Span("Three", 3_700_000, 3_800_000))
    )

    assert root.xpath("//nav[@class='chapters']//a/@href") == ["#t=0", "#t=65", "#t=3700"]
    assert texts(root, "//nav[@class='chapters']//a") == ["0:00 One & all", "1:05 Two", "1:01:40 Three"]
    assert not page().xpath("//nav[@class='chapters']")


@pytest.mark.parametrize(
    ("language", "lang", "direction"),
    [
        ("en", "en", "ltr"),
        ("pt-BR", "pt-BR", "ltr"),
        ("ar", "ar", "rtl"),
        ("he-IL", "he-IL", "rtl"),
        ("fa", "fa", "rtl"),
        ("ur-PK", "ur-PK", "rtl"),
        ("az-Arab", "az-Arab", "rtl"),
        ("ur-Latn", "ur-Latn", "ltr"),
        ('"><script>', None, "auto"),
    ],
)
def test_a_page_has_the_language_and_the_direction_of_its_text(language: str, lang: str | None, direction: str) -> None:
    """By the language, or by the script where the tag names one."""
    root = page(language=language)

    assert root.get("lang") == lang
    assert root.get("dir") == direction


def test_who_where_and_when_are_said_as_far_as_they_are_known() -> None:
    """Author, site, day and length stand under the title; what is not known leaves no mark."""
    root = page(author="Anna", site="The Daily", published=date(2024, 10, 8), duration_ms=192_000)

    assert root.xpath("string(//*[@class='byline'])") == "Anna · The Daily · 2024-10-08 · 3 min"
    assert root.xpath("//time/@datetime") == ["2024-10-08"]
    assert page().xpath("string(//*[@class='byline'])") == "1 s"
    assert root.xpath("string(//title)") == "A title · The Daily"


def test_what_no_page_can_hold_is_replaced() -> None:
    """Controls and halves of letters, in the text and in what the script is told: the page can be written and read."""
    word = TimedWord("a\x00\ud800b", 0, 4, 0, 100)
    block = TimedBlock("paragraph", 0, "a\x00\ud800b", "", 0, 100, (TimedSentence((word,)),))

    root = page(Shown("paragraph", block=block), title="x\ud800\x07y", author="\udfff")

    assert texts(root, "//*[@id='text']/p") == ["a\ufffd\ufffdb"]
    assert root.xpath("string(//title)") == "x\ufffd y"
    assert data_of(root)["artist"] == "\ufffd"
    written(Shown("paragraph", block=block), title="x\ud800\x07y", author="\udfff", guid="\ud800").encode()


def test_the_same_page_is_the_same_bytes() -> None:
    """Nothing of the day or the machine is in it."""
    passages = shown(spoken(("title", "T"), ("paragraph", "One.")))

    assert written(*passages) == written(*passages)
    assert str(Path.cwd()) not in written(*passages)
    assert "\r" not in written(*passages)
