"""Marks are taken out of Markdown and plain text, with their places and lines; where they are off, nothing changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Cleaned, Mark
from narrate.core.errors import MarkError
from narrate.core.settings.model import Settings
from narrate.sources.read import read_source
from narrate.sources.read.markdown import article_from_markdown
from narrate.sources.read.marks.code import code_spans
from narrate.sources.read.marks.placing import placed
from narrate.sources.read.marks.scanning import scanned
from narrate.sources.read.plain_text import read_text
from narrate.text.spoken import to_script

LEAD = "A first paragraph that says what it is about.\n\n"


def marked(text: str, form: str = "markdown") -> Article:
    """Read a text with its marks."""
    if form == "text":
        found = scanned(text, "text", "a.txt")
        return placed(read_text(found.text), found)
    start, code = code_spans(text)
    found = scanned(text, "markdown", "a.md", code, start)
    return placed(article_from_markdown(found.text), found)


def spans(article: Article) -> list[tuple[str, str | int, str]]:
    """Each mark as its kind, the words it is for (the place of a pause) and its value."""
    return [
        (mark.kind, block.text[mark.start_char : mark.end_char] or mark.start_char, mark.value)
        for block in article.blocks
        for mark in block.marks
    ]


@pytest.mark.parametrize("form", ["markdown", "text"])
@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("Wait [pause 2s] here.", "Wait here.", [("pause", 5, "2000")]),
        ("Wait [pause 500ms] here.", "Wait here.", [("pause", 5, "500")]),
        ("Wait[pause], he said.", "Wait, he said.", [("pause", 4, "1000")]),
        ("Wait [pause .5s] , he said.", "Wait, he said.", [("pause", 4, "500")]),
        ('Wait <break time="2s"/> here.', "Wait here.", [("pause", 5, "2000")]),
        ("Wait <break time=“2s”/> here.", "Wait here.", [("pause", 5, "2000")]),
        ("Wait <break/> here.", "Wait here.", [("pause", 5, "500")]),
        ('Wait <break strength="x-strong"></break>here.', "Wait here.", [("pause", 5, "2000")]),
        ("See [Kyiv](/kˈiːv/) now.", "See Kyiv now.", [("sounds", "Kyiv", "kˈiːv")]),
        ("See [Kokoro](/kˈOkəɹO/) now.", "See Kokoro now.", [("sounds", "Kokoro", "kˈoʊkəɹoʊ")]),
        (
            'See <phoneme alphabet="ipa" ph="kˈiːv">Kyiv</phoneme> now.',
            "See Kyiv now.",
            [("sounds", "Kyiv", "kˈiːv")],
        ),
        ('The <sub alias="World Wide Web">WWW</sub> now.', "The WWW now.", [("say", "WWW", "World Wide Web")]),
        (
            'A <say-as interpret-as="date" format="dmy">3/4/2024</say-as> here.',
            "A 3/4/2024 here.",
            [("as", "3/4/2024", "date:dmy")],
        ),
        ('He <voice name="low"> whispered </voice> so.', "He whispered so.", [("voice", "whispered", "low")]),
        ('He <emphasis level="strong">shouted</emphasis>.', "He shouted.", [("emphasis", "shouted", "strong")]),
        ("<speak><s>He is here.</s></speak>", "He is here.", []),
        ("`[pause 2s]` and `<break/>` are marks.", None, []),
        ("\\[pause 2s] and &lt;break/&gt; are none.", "[pause 2s] and <break/> are none.", []),
        ("[pause for breath] is none.", "[pause for breath] is none.", []),
    ],
)
def test_a_mark_is_not_in_the_text_and_has_its_place(
    form: str, written: str, text: str | None, marks: list[tuple[str, str | int, str]]
) -> None:
    """The text is the article's without the mark; in code and behind a backslash nothing is one."""
    article = marked(LEAD + written, form)

    if text is not None:
        assert article.blocks[-1].text == text
    assert spans(article) == marks


def test_what_is_no_pronunciation_stays_a_link() -> None:
    """A path, an image and HTML's signs below the line are what they were."""
    article = marked("See [about](/about/) and [us](/en/us/) of H<sub>2</sub>O ![x](/ˈx/).")

    assert spans(article) == []
    assert (
        article.blocks[0].text
        == article_from_markdown("See [about](/about/) and [us](/en/us/) of H2O .").blocks[0].text
    )


def test_a_voice_holds_over_paragraphs_headings_and_lists() -> None:
    """Each block inside has it, the heading that becomes the title as well."""
    article = marked('<voice name="low">\n\n# Title\n\nOne.\n\n- Two.\n\n</voice>\n\nThree.')

    assert [(block.kind, [mark.value for mark in block.marks]) for block in article.blocks] == [
        ("title", ["low"]),
        ("paragraph", ["low"]),
        ("list_item", ["low"]),
        ("paragraph", []),
    ]
    assert article.meta.title == "Title"


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_a_pause_by_itself_is_between_two_paragraphs(form: str) -> None:
    """It is at the end of the first one, with its line."""
    article = marked("Title\n\nOne is here, and it goes on.\n\n[pause 3s]\n\nTwo is here, and it goes on.", form)

    assert [block.marks for block in article.blocks[-2:]] == [(Mark("pause", 28, 28, "3000", 5),), ()]


def test_code_keeps_its_marks_as_they_are_written() -> None:
    """In fences and indented lines nothing is a mark, not even a wrong one."""
    article = marked('One.\n\n```\n<voice name="x">[pause 99h]\n```\n\n    <break time="2s"/>\n')

    assert [block.text for block in article.blocks[1:]] == ['<voice name="x">[pause 99h]', '<break time="2s"/>']


def test_fences_in_plain_text_hold_no_marks() -> None:
    """What is never closed is no fence."""
    article = marked(
        LEAD + "```\n[pause 99h]\n```\n\nHere is [pause 1s] one.\n\n~~~\n\nAnd here [pause 2s] one.", "text"
    )

    assert [value for _, _, value in spans(article)] == ["1000", "2000"]


def test_wrapped_lines_stay_wrapped() -> None:
    """A mark counts with its width, so that the paragraph it stands in is not parted."""
    lines = ["word " * 12 + "and", 'word word <break time="2s"/> word word word word and more', "word " * 12 + "end."]
    article = marked(LEAD + "\n".join(lines), "text")

    assert len(article.blocks) == len(read_text(LEAD + "\n".join(lines)).blocks)


@pytest.mark.parametrize(
    ("written", "line", "message", "hint"),
    [
        ("One [pause 90s] two.", 1, "longer than 60 s", "shorter"),
        ("One\n[pause 2] two.", 2, "'2' is no time", "[pause 2s]"),
        ('One\n\n<break time="long"/> two.', 3, "'long' is no time", "2s"),
        ('<break strength="stong"/> two.', 1, "no strength", "strong"),
        ("---\ntitle: T\n---\n\nA <voice>b</voice>.", 5, "<voice> has no name", "<voice name="),
        ('A\n\n<voice name="x">b.', 3, "never closed", "</voice>"),
        ("A </voice> b.", 1, "closes nothing", "<voice"),
        ('<voice name="x"><emphasis>a</voice></emphasis>', 1, "before the end of <emphasis>", "</emphasis>"),
        ("A [b](/kˈi8/) c.", 1, "no pronunciation: 8", "sounds"),
        ('<phoneme alphabet="x-sampa" ph="k">b</phoneme>', 1, "x-sampa", "ipa"),
        ('<phoneme alphabet="ipa">b</phoneme>', 1, "<phoneme> has no ph", "ph="),
        ('<say-as interpret-as="digit">1</say-as>', 1, "no way to read", "digits"),
        ("<say-as>1</say-as>", 1, "has no interpret-as", "interpret-as"),
        ('<sub alias="a">b\n\nc</sub>', 1, "another paragraph", "paragraph"),
        ('<sub alias="a"></sub> b', 1, "no words", "around"),
        ('<emphasis level="loud">b</emphasis>', 1, "no level", "strong"),
        ("|a|b|\n|-|-|\n|c [pause 1s]|d|", 3, "in a table", "before"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_line(written: str, line: int, message: str, hint: str) -> None:
    """The error names the file and the line, what is wrong, and what to write."""
    with pytest.raises(MarkError) as caught:
        marked(written)

    assert caught.value.message.startswith(f"a.md, line {line}: ")
    assert message in caught.value.message
    assert hint in caught.value.hint


WORDS = st.sampled_from(
    ["the", "old", "House", "of", "light,", "went;", "away.", "42", "**bold**", "_it_", "(so)", "naïve"]
)
MARKS = st.sampled_from(
    [
        ("[pause 2s]", ""),
        ('<break time="300ms"/>', ""),
        ('<sub alias="other things">', "</sub>"),
        ("[", "](/kˈiːv/)"),
        ('<voice name="low">', "</voice>"),
        ("<emphasis>", "</emphasis>"),
        ('<say-as interpret-as="characters">', "</say-as>"),
    ]
)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, str]:
    """Draw an article with marks, and the same one without them."""
    with_marks, without = [], []
    for _ in range(draw(st.integers(1, 4))):
        words = draw(st.lists(WORDS, min_size=3, max_size=10))
        marks = draw(st.lists(st.tuples(st.integers(0, len(words) - 1), MARKS), max_size=2, unique_by=lambda it: it[0]))
        shown = list(words)
        for at, (begin, end) in marks:
            shown[at] = f"{begin}{words[at]}{end}" if end else f"{words[at]} {begin}"
        with_marks.append("So " + " ".join(shown))
        without.append("So " + " ".join(words))
    return "\n\n".join(with_marks), "\n\n".join(without)


@given(articles())
def test_the_written_text_is_the_article_without_its_marks(pair: tuple[str, str]) -> None:
    """The words that are said have nothing of a mark, either."""
    with_marks, without = pair
    for form in ("markdown", "text"):
        article = marked(with_marks, form)
        plain = article_from_markdown(without) if form == "markdown" else read_text(without)

        assert [(block.kind, block.text) for block in article.blocks] == [(b.kind, b.text) for b in plain.blocks]
        assert article.meta == plain.meta
        script = to_script(Cleaned(article, ()), "en")
        assert not re.search(r"[<>\[\]/\U0001D800-\U0001DAFF]|pause|alias|voice|emphasis|2s|300", script.text)
        assert [said.written for said in script.utterances] == [block.text for block in plain.blocks]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_marks_that_are_off_or_not_there_change_nothing(text: str) -> None:
    """Any text without the first signs of a mark is read as if there were no marks at all."""
    found = scanned(text, "text", "a.txt") if not re.search(r"[\[<\\]", text) else None
    if found:
        assert placed(read_text(found.text), found) == read_text(text)


@pytest.mark.parametrize(
    ("settings", "name", "is_heeded"),
    [
        (Settings(), "a.md", True),
        (Settings(), "a.txt", True),
        (Settings(), "a.html", False),
        (Settings(marks="off"), "a.md", False),
        (Settings(marks="off"), "a.txt", False),
        (Settings(marks="on"), "a.md", True),
    ],
)
def test_marks_are_heeded_in_markdown_and_plain_text_of_this_machine(
    settings: Settings, name: str, is_heeded: bool, tmp_path: Path
) -> None:
    """A page must not command its reader; where they are off, a mark in brackets is text."""
    path = tmp_path / name
    path.write_text(
        "<html><body>" * name.endswith("html") + "<p>" * name.endswith("html") + "One is here [pause 2s] now."
    )

    text = read_source(path, settings).blocks[-1].text

    assert text == ("One is here now." if is_heeded else "One is here [pause 2s] now.")


def test_signs_that_stand_for_marks_may_be_in_the_text() -> None:
    """Others are taken then."""
    article = marked("A \U0001d800 sign [pause 1s] here.")

    assert article.blocks[0].text == "A \U0001d800 sign here."
