"""Show notes as HTML: in full, and as much as fits into a description."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manifests import manifest

from narrate.core.article import Block, BlockKind, Metadata
from narrate.core.chapters import Span
from narrate.episode.manifest import Manifest, Passage
from narrate.publish.show_notes import article_html, cut_to_bytes, summary_html, words

# PSP-1 allows no other in a description.
SIMPLE_TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}

SOURCE = '<a href="https://www.example.net/a?x=1&amp;y=2">The Light</a>'
META = Metadata(author="Anna Berg", url="https://www.example.net/a?x=1&y=2", site="The Light")
CHAPTERS = (Span("Start & go", 0, 90_000), Span("Winter", 90_000, 3_661_000), Span("", 3_661_000, 4_000_000))


def of(*blocks: Block, **others: Any) -> Manifest:
    """An episode with these blocks."""
    return manifest("a", text=tuple(map(Passage, blocks)), **others)


def parsed(notes: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{notes}</div>")


def body(notes: str) -> str:
    """What stands in the paragraphs, in order."""
    return "".join(parsed(notes).itertext())


ROWS = (("City", "People"), ("Oslo", "700 & more"))

FULL = (
    (Block("paragraph", "a < b & c"), "<p>a &lt; b &amp; c</p>"),
    (Block("heading", "Winter", 2), "<h3>Winter</h3>"),
    (Block("list_item", "Bread"), "<ul>\n<li>Bread</li>\n</ul>"),
    (Block("list_item", "3. Stir."), "<p>3. Stir.</p>"),
    (Block("quote", "It was hard."), "<blockquote>\n<p>It was hard.</p>\n</blockquote>"),
    (Block("code", "if a < b:\n    go()"), "<pre><code>if a &lt; b:\n    go()</code></pre>"),
    (Block("table", "…", rows=ROWS), "<p>City | People<br />Oslo | 700 &amp; more</p>"),
    (Block("table", "…", rows=(("", ""), ("Oslo", "700"))), "<p>Oslo | 700</p>"),
    (Block("table", "City: Oslo."), "<p>City: Oslo.</p>"),
    (Block("caption", "The tower"), "<p><em>The tower</em></p>"),
    (Block("footnote", "1 See there."), "<p>1 See there.</p>"),
    (Block("title", "Another title"), "<h3>Another title</h3>"),
    (Block("title", "A Light  at Sea"), ""),
    (Block("intro", "This is…"), ""),
    (Block("outro", "That was…"), ""),
    (Block("image", "A tower"), ""),
    (Block("paragraph", " \x00 "), ""),
)


@pytest.mark.parametrize(("block", "expected"), FULL)
def test_each_kind_of_block_is_what_it_is(block: Block, expected: str) -> None:
    """Intro and outro are not the author's, and the title stands above the notes."""
    assert article_html(of(block)) == expected


def test_what_is_only_shown_is_among_the_notes() -> None:
    """A reader misses nothing that the voice left out."""
    made = manifest("a", text=(Passage(Block("code", "go()"), spoken=False),))
    assert article_html(made) == "<pre><code>go()</code></pre>"


def test_items_and_quotes_that_follow_one_another_are_put_together() -> None:
    """One list for a list, one quotation for a quotation."""
    made = of(*(Block(kind, kind) for kind in ("list_item", "list_item", "quote", "quote", "paragraph", "list_item")))
    tags = [(tag.tag, len(tag)) for tag in parsed(article_html(made))]
    assert tags == [("ul", 2), ("blockquote", 2), ("p", 0), ("ul", 1)]


def test_headings_begin_at_the_third_rank() -> None:
    """Apps have headings of their own above them; no heading is below the sixth."""
    made = of(*(Block("heading", str(level), level) for level in (2, 3, 4, 5, 6, 2)))
    assert [tag.tag for tag in parsed(article_html(made))] == ["h3", "h4", "h5", "h6", "h6", "h3"]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (META, f"<p>Originally published at {SOURCE}, by Anna Berg.</p>"),
        (replace(META, site=None, author=None), "Originally published at <a …>example.net</a>."),
        (replace(META, url=None), "<p>Originally published at The Light, by Anna Berg.</p>"),
        (replace(META, url="file:///a.md", author=""), "<p>Originally published at The Light.</p>"),
        (Metadata(author="A & <B>"), "<p>By A &amp; &lt;B&gt;.</p>"),
        (Metadata(site='"<b>"', url='https://x.org/"<b>'), "Originally published at <a …>&quot;&lt;b&gt;&quot;</a>."),
        (Metadata(), ""),
    ],
)
def test_the_source_stands_first(meta: Metadata, expected: str) -> None:
    """With a link if it is on the web; nothing is said of what is not known."""
    notes = article_html(of(meta=meta))
    assert expected in (notes, re.sub(r"<a [^>]*>", "<a …>", notes).removeprefix("<p>").removesuffix("</p>"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de-CH", "Zuerst erschienen bei The Light, von Anna Berg."),
        ("sw", "Originally published at The Light, by Anna Berg."),
    ],
)
def test_the_source_is_named_in_the_episodes_language(language: str, expected: str) -> None:
    """The source is named in the episode's language, or in English where narrate has no words for it."""
    assert body(article_html(of(meta=META, language=language))) == expected


def test_all_languages_have_all_words() -> None:
    """All languages have all words, each with places for what it speaks of."""
    for language in ("en", "es", "fr", "de", "it", "pt"):
        said = words(language)
        assert said.keys() == words("en").keys()
        assert said["site_author"].format(site="S", author="A") != said["site"].format(site="S")
        assert "{author}" in said["author"]


def test_chapters_have_times_that_apps_make_links_of() -> None:
    """A paragraph each, with hours, the first at zero; a chapter without a title has its number."""
    expected = "<p>00:00:00 Start &amp; go</p>\n<p>00:01:30 Winter</p>\n<p>01:01:01 3</p>"
    assert article_html(of(chapters=CHAPTERS)) == summary_html(of(chapters=CHAPTERS)) == expected


def test_the_page_is_linked_where_there_is_one() -> None:
    """Between the source and the chapters."""
    notes = summary_html(of(meta=META, chapters=CHAPTERS[:1]), page_url="https://x.org/a&b")
    links = [link.get("href") for link in parsed(notes).iter("a")]
    assert links == [META.url, "https://x.org/a&b"]
    assert body(notes).endswith("Read along while you listen\n00:00:00 Start & go")


def test_a_description_has_only_tags_that_every_app_knows() -> None:
    """Code, tables and captions need others, and are left to those who show the whole notes."""
    made = of(*(block for block, _ in FULL), meta=META, chapters=CHAPTERS)
    notes = summary_html(made)

    assert {tag.tag for tag in parsed(notes).iter()} - {"div"} <= SIMPLE_TAGS
    assert "<p><strong>Winter</strong></p>\n<ul>\n<li>Bread</li>\n</ul>\n<p>3. Stir.</p>\n<p><em>It was" in notes
    for missing in ("go()", "700 &amp; more", "The tower", "This is", "A tower"):
        assert missing not in notes


def test_a_text_that_does_not_fit_ends_at_a_word() -> None:
    """A text that does not fit ends at a word and says that there is more."""
    made = of(Block("paragraph", "one two three four"), Block("paragraph", "five six seven eight"))

    assert summary_html(made, 1000) == "<p>one two three four</p>\n<p>five six seven eight</p>"
    assert summary_html(made, 52) == "<p>one two three four</p>\n<p>five six …</p>"
    assert summary_html(made, 40) == "<p>one two three four</p>\n<p>…</p>"
    assert summary_html(made, 20) == "<p>one …</p>"
    assert summary_html(made, 5) == ""
    assert summary_html(of(Block("heading", "one two three")), 30) == "<p>one two …</p>"


def test_chapters_are_listed_all_or_not_at_all() -> None:
    """Apps would take half a list for the whole one; the source comes first, then the text gets their room."""
    made = of(Block("paragraph", "One two."), meta=META, chapters=tuple(Span("x" * 200, n, n + 1) for n in range(30)))
    notes = summary_html(made)

    assert "00:00:00" not in notes
    assert notes.endswith("by Anna Berg.</p>\n<p>One two.</p>")
    assert article_html(made).count("<p>00:00:00 ") == 30


def test_the_text_may_be_given_less_room_than_there_is() -> None:
    """A summary, or none at all."""
    made = of(Block("paragraph", "word " * 2000), meta=META)

    assert len(body(summary_html(made, text_max_bytes=200)).split("\n")[1]) in range(150, 200)
    assert "word" not in summary_html(made, text_max_bytes=0)
    assert "…" not in summary_html(made, text_max_bytes=0)


@pytest.mark.parametrize(
    ("text", "max_bytes", "expected"),
    [
        ("one two", 7, "one two"),
        ("one two", 6, "on …"),
        ("one two three", 12, "one two …"),
        ("日本語の文章です", 16, "日本語の …"),
        ("e\N{COMBINING ACUTE ACCENT}" * 4, 9, "e\N{COMBINING ACUTE ACCENT} …"),
        ("x👩‍👩‍👧y", 19, "x …"),
        ("👍🏽👍🏽", 12, "👍🏽 …"),
        ("&&&&", 12, "& …"),
        ("one", 0, ""),
    ],
)
def test_a_text_is_cut_between_words_and_letters(text: str, max_bytes: int, expected: str) -> None:
    """Inside a word only where it has no beginning to leave, inside a letter of several characters never."""
    assert cut_to_bytes(text, max_bytes) == expected


kinds: st.SearchStrategy[BlockKind] = st.sampled_from(
    ["paragraph", "heading", "list_item", "quote", "code", "caption", "footnote", "title", "table"]
)
characters = st.text(st.characters() | st.sampled_from("<>&\"' \n"), max_size=60)
blocks = st.builds(Block, kinds, characters, st.integers(0, 7), st.just(()) | st.just((("a", "<b>"), ("", "&"))))


@given(st.lists(blocks, max_size=12), characters, characters, st.integers(0, 1200))
def test_any_notes_are_well_formed_and_fit(made: list[Block], author: str, chapter: str, max_bytes: int) -> None:
    """Whatever the text and the room, no tag and no entity is cut."""
    episode = of(*made, meta=replace(META, author=author), chapters=(Span(chapter, 0, 1),))
    summary = summary_html(episode, max_bytes)

    assert len(summary.encode()) <= max_bytes
    assert {tag.tag for tag in parsed(summary).iter()} - {"div"} <= SIMPLE_TAGS
    parsed(article_html(episode))


@given(st.lists(characters, max_size=6))
def test_all_of_the_text_is_in_the_notes(texts: list[str]) -> None:
    """What a reader sees is what the author wrote, but for controls and halves of letters."""
    lines = [" ".join(text.split()) for text in texts]
    expected = [line for line in lines if line and line.isprintable()]
    notes = article_html(of(*(Block("paragraph", line) for line in expected)))

    assert [html.unescape(line) for line in re.findall("<p>(.*?)</p>", notes)] == expected
