"""Markdown becomes blocks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block
from narrate.sources.read.markdown import article_from_markdown


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article_from_markdown(text).blocks]


def only(text: str) -> str:
    """The text of the one paragraph that a piece of Markdown has."""
    ((kind, words),) = kinds(text)
    assert kind == "paragraph"
    return words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("one\ntwo  \nthree\\\nfour", "one two three four"),
        ("*a* **b** ~~c~~ _d_ `e  f` ***g***", "a b c d e f g"),
        ("[a *b*](https://x.y \"t\") [c][d] [d]\n\n[d]: https://x.y 'T'", "a b c d"),
        ("<https://x.y/z> <me@x.y>", "https://x.y/z me@x.y"),
        ("&copy; &amp; &#8212; &nbsp; z", "© & — z"),
        ("so&shy;ft e&#769; a&#8203;bc", "soft é abc"),
        (r"\*a\* \# 1\. b", "*a* # 1. b"),
        ("a<br>b<br/>c <b>d</b><!-- no --> <span class='x'>e</span>", "a b c d e"),
        ("a <script>no *no*</script>b <style>no</style>c", "a b c"),
        ("E=mc<sup>2</sup> H<sub>2</sub>O", "E=mc2 H2O"),
        ("a<sup>[1](#fn1)</sup>, b <sup><a href='#fn2'>2</a></sup>.", "a, b."),
        ("a[1](https://x.y/p#footnote-1) [\\[2\\]](#cite_note-2). b [↩](#fnref1)", "a. b"),
        ("the [12](#section), [3](#preface) and [1984](#note)", "the 12, 3 and 1984"),
        ("[[Note]], [[Note|the words]] and [[Note#Part]]", "Note, the words and Note Part"),
        ("![[picture.png]]see ![[Note]] this [[1, 2], [3]]", "see this [[1, 2], [3]]"),
        ('a {% link x.md %} b {{< ref "x" >}} c {{% note %}}d{{% /note %}}', "a b c d"),
        ('[a](x){:target="_blank" .b} *c*{: .d} [e](x){.f #g}\n{: .lead}', "a c e"),
        ("{:ok, value} {: } {a} {{ b }} f(x){y}", "{:ok, value} {: } {a} {{ b }} f(x){y}"),
        ("2 * 3 * 4 snake_case_name <3 a < b", "2 * 3 * 4 snake_case_name <3 a < b"),
    ],
)
def test_words_of_a_paragraph(written: str, words: str) -> None:
    """Marks go, words stay."""
    assert only(written) == words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\n\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("x\n\n***\n\n---\n\n[a]: https://x.y\n", [("paragraph", "x")]),
        ("```py\na = 1\n\n  b\n```\n\n    c\n      d", [("code", "a = 1\n\n  b"), ("code", "c\n  d")]),
        ("```\n\n```\n\n#\n\n-\n\n>\n", []),
        ("~~~mermaid\ngraph", [("code", "graph")]),
        ("> a\n> b\n>\n> c", [("quote", "a b"), ("quote", "c")]),
        ("> a\nlazy\n\n> > b", [("quote", "a lazy"), ("quote", "b")]),
        ("> ## h\n> - a\n>\n>       c", [("heading", "h"), ("list_item", "a"), ("code", "c")]),
        ("> [!NOTE]\n> a\n\n> [!tip]- b\n> c", [("quote", "a"), ("quote", "b c")]),
        ("> [!WARNING]\n>\n> a", [("quote", "a")]),
        ("a\n: b\n: c", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("[TOC]\n\n[[toc]]\n\n* TOC\n{:toc}\n\na", [("paragraph", "a")]),
        ("a\n\n<div>\n\n*b*\n\n</div>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<details><summary>a</summary>\n\n- b\n\n</details>", [("paragraph", "a"), ("list_item", "b")]),
        ("<!--\nno\n\nno -->\n\n<script>\nno\n\nno</script>\n\na", [("paragraph", "a")]),
    ],
)
def test_blocks(written: str, expected: list[tuple[str, str]]) -> None:
    """Every construct has its kind, and nothing is left of what has no words."""
    assert kinds(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("- a\n- b\n  c\n* d", ["list_item a", "list_item b c", "list_item d"]),
        ("1. a\n1. b\n7. c", ["list_item 1. a", "list_item 2. b", "list_item 3. c"]),
        ("7) a\n8) b", ["list_item 7. a", "list_item 8. b"]),
        ("1. a\n\n   b\n\n2. c", ["list_item 1. a", "paragraph b", "list_item 2. c"]),
        ("1. a\n   - b\n     1. c\n   - d\n2. e", "1. a|b|1. c|d|2. e"),
        ("1. a\n\n       c\n   > q\n\n2. e", ["list_item 1. a", "code c", "quote q", "list_item 2. e"]),
        ("- [ ] a\n- [x] b\n1. [X] c\n- [ ]", "a|b|1. c"),
        ("1. ![p](x)\n\n   a", ["image p", "list_item 1. a"]),
    ],
)
def test_lists(written: str, expected: list[str] | str) -> None:
    """Items keep their true numbers, and what else is in them its kind."""
    if isinstance(expected, str):
        expected = [f"list_item {text}" for text in expected.split("|")]

    assert [f"{kind} {text}" for kind, text in kinds(written)] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a ![*b* c](x) d", [("paragraph", "a d"), ("image", "b c")]),
        ("![a](x 'title')", [("image", "a")]),
        ("![](x)", []),
        ("[![a](x)](y) [![b](x)](y)", [("image", "a"), ("image", "b")]),
        ("## h ![a](x)", [("heading", "h"), ("image", "a")]),
        ("a <img src=x alt='b'>", [("paragraph", "a"), ("image", "b")]),
        ("<p align=center><img src=x alt='b'></p>", [("image", "b")]),
        ("![a](x){width=50%}", [("image", "a")]),
    ],
)
def test_images(written: str, expected: list[tuple[str, str]]) -> None:
    """Their alternative text follows the paragraph that they stand in."""
    assert kinds(written) == expected


def test_tables() -> None:
    """Cells have no marks, and the text runs through them in order."""
    assert article_from_markdown("| A | *B* |\n|---|:-:|\n| 1 | `2` |\n| ![p](x) | |").blocks == (
        Block("table", "A | B | 1 | 2 | p", rows=(("A", "B"), ("1", "2"), ("p", ""))),
    )


def test_tables_without_headers_have_an_empty_first_row() -> None:
    """Markdown asks for a row of headers, so authors leave it blank."""
    assert article_from_markdown("| | |\n|-|-|\n| 1 | 2 |").blocks[0].rows == ((), ("1", "2"))


def test_headings_keep_their_level() -> None:
    """However they are written; attributes at their end go."""
    blocks = article_from_markdown("a\n\n# b {#id}\n\nc\n===\n\nd\n---\n\n###### e {.x #y} ######").blocks

    assert [(block.text, block.level) for block in blocks[1:]] == [("b", 1), ("c", 1), ("d", 2), ("e", 6)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a[^1], b [^2]. c[^1] [^2] d\n\n[^1]: e\n[^2]: f", ["a, b. c d", "1. e", "2. f"]),
        ("a[^1]\n\n[^1]: b\n    c\n\n    d\n\n    - e\n\nz", ["a", "z", "1. b c", "d", "e"]),
        ("a^[b *c*.] d.", ["a d.", "1. b c."]),
        ("a[^x] b^[c]\n\n[^x]: d", ["a b", "1. d", "2. c"]),
        ("a[^2] b[^1]\n\n[^1]: c\n[^2]: d", ["a b", "2. d", "1. c"]),
        ("a[^1],[^2].\n\n[^1]: c\n[^2]: d", ["a.", "1. c", "2. d"]),
        ("a\n\n[^1]: never\n[^x]: nor", ["a", "1. never", "nor"]),
        ("a [^1] , [^1] b\n\n[^1]: c", ["a , b", "1. c"]),
        ("a [^1], [^1] b\n\n[^1]: c", ["a, b", "1. c"]),
        ("a [^1] [^1] [^1].\n\n[^1]: c", ["a.", "1. c"]),
        ("a[^1]\n\n[^1]: b\n\n    [^2]: c\n\n    d", ["a", "1. b", "d", "2. c"]),
        ("> a[^1]\n>\n> [^1]: b", ["a", "1. b"]),
        ("a[^9] b", ["a[^9] b"]),
    ],
)
def test_footnotes(written: str, expected: list[str]) -> None:
    """Marks go, notes come last in the order of their marks; no note is lost."""
    assert [text for _, text in kinds(written)] == expected


def test_all_of_a_note_is_footnote() -> None:
    """Where notes are not read, nothing of one is."""
    written = "a[^1]\n\n[^1]: b\n\n        c\n        d\n\n    > e ![f](x)\n"

    assert kinds(written)[1:] == [("footnote", text) for text in ("1. b", "c d", "e", "f")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("# A *Light*\n\nb", [("title", "A Light"), ("paragraph", "b")]),
        ("A\n===\n\n# B", [("title", "A"), ("heading", "B")]),
        ("![l](x)\n\n# A", [("title", "A"), ("image", "l")]),
        ("<h1 align=center>A</h1>\n\nb", [("title", "A"), ("paragraph", "b")]),
        ("a\n\n# B", [("paragraph", "a"), ("heading", "B")]),
        ("## A\n\nb", [("heading", "A"), ("paragraph", "b")]),
        ("---\ntitle: A light!\n---\n# A Light\n\n# C", [("title", "A light!"), ("heading", "C")]),
        ("---\ntitle: A\n---\n# B\n\n# A", [("title", "A"), ("heading", "B"), ("heading", "A")]),
        ("---\ntitle: A\n---\nb", [("title", "A"), ("paragraph", "b")]),
        ("---\nauthor: x\n---\n# B", [("title", "B")]),
    ],
)
def test_titles(written: str, expected: list[tuple[str, str]]) -> None:
    """The front matter's, else a first heading of level 1; never both where they say the same."""
    article = article_from_markdown(written)

    assert kinds(written) == expected
    assert article.meta.title == (expected[0][1] if expected[0][0] == "title" else None)


def test_front_matter_is_metadata_and_not_text() -> None:
    """What the author wrote for the generator is known, not spoken."""
    article = article_from_markdown("---\ntitle: A\nauthor: B\ndate: 2024-03-01\n---\nc")

    assert (article.meta.author, article.meta.published) == ("B", date(2024, 3, 1))
    assert [block.text for block in article.blocks] == ["A", "c"]


def test_breaks_at_the_start_take_no_text_away() -> None:
    """A text may begin with a row of dashes."""
    assert kinds("---\n\na\n\n---\n\nb") == [("paragraph", "a"), ("paragraph", "b")]


def test_fifty_levels_are_read_in_full() -> None:
    """Deeper than anybody writes, and every item is an item."""
    items = "\n".join("  " * depth + f"- w{depth}" for depth in range(50))
    quotes = "\n".join(">" * depth + f" w{depth}\n" for depth in range(1, 51))

    assert kinds(items) == [("list_item", f"w{depth}") for depth in range(50)]
    assert kinds(quotes) == [("quote", f"w{depth}") for depth in range(1, 51)]


def test_deeper_levels_keep_their_words() -> None:
    """The parser would drop what lies below its limit."""
    items = "\n".join("  " * depth + f"- w{depth}" for depth in range(150))

    assert [text for _, text in kinds(items)] == [f"w{depth}" for depth in range(150)]


@pytest.mark.parametrize(
    "written",
    [
        ">",
        "> ",
        "- ",
        "1. ",
        "> - ",
        "[",
        "![",
        "[[",
        "<div>",
        "<b>",
        "*",
        "_a",
        "x`",
        "{%",
        "[^1]: ",
        "x~~",
        "^[",
        "<!",
    ],
)
def test_rows_of_marks_are_read_in_time(written: str) -> None:
    """Ten thousand marks raise nothing, end within the test's patience, and the word after them is there."""
    blocks = article_from_markdown(written * 10_000 + " word\n\nend").blocks

    assert "word" in " ".join(block.text for block in blocks)


WORDS = st.lists(st.text("abcxyzé123", min_size=1, max_size=6), min_size=1, max_size=8).map(" ".join)
FORMS = (
    *("{}", "# {}", "### {}", "- {}", "1. {}", "> {}", "*{}*", "**{}** z", "`{}`", "    {}", "> - {}", "[{}](/)"),
    *("```\n{}\n```", "|{}|\n|-|\n|x|", "<p>{}</p>", "![{}](/)", "a^[{}]", "z\n: {}", "- [ ] {}", "[[{}]]"),
    *("=={}==", "{{++{}++}}", "{{~~z~>{}~~}}", ":::note\n{}\n:::", ":::tip {}\n:::", "<Note>{}</Note>", "[{}]{{.c}}"),
    *("!!! note\n    {}", '=== "{}"\n\n    z', "{{% note %}}{}{{% endnote %}}", "```{{note}}\n{}\n```", "| {}\n| z"),
)
PIECES = st.tuples(st.sampled_from(FORMS), WORDS)


@given(st.lists(PIECES))
def test_no_word_is_lost(pieces: list[tuple[str, str]]) -> None:
    """Every word of a well-formed text is in some block."""
    text = "\n\n".join(form.format(words) for form, words in pieces)
    read = " ".join(block.text for block in article_from_markdown(text).blocks)

    assert {word for _, words in pieces for word in words.split()} <= set(re.findall(r"\w+", read))


def assert_tidy(text: str) -> None:
    for block in article_from_markdown(text).blocks:
        assert block.text.strip()
        assert block.kind == "code" or block.text == " ".join(block.text.split())
        assert (block.level > 0) == (block.kind == "heading")
        for cell in (cell for row in block.rows for cell in row):
            assert cell == " ".join(cell.split())


@given(st.text())
def test_any_text_gives_tidy_blocks(text: str) -> None:
    """Nothing raises; blocks hold single spaces, and only code has lines."""
    assert_tidy(text)


@given(
    st.lists(st.sampled_from([*"#-*_>`~[]()!^:|<>{}=+1.\\& \n\n\tab", "\n\n", "    ", "[^1]", "]: ", "<p>", "---\n"]))
)
def test_any_marks_give_tidy_blocks(pieces: list[str]) -> None:
    """Any marks give tidy blocks, even a text that is nothing but Markdown's own characters."""
    assert_tidy("".join(pieces))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "a" + " " * 200_000 + "b",
        "a[^1]" + " " * 200_000 + "b\n\n[^1]: c",
        "`a " * 40_000,
        "*a **b " * 10_000,
    ],
    ids=["brackets", "spaces", "spaces after a mark", "back ticks", "stars"],
)
def test_long_paragraphs_of_marks(text: str) -> None:
    """Found by fuzzing: all of these took the square of their length; now the parser gets them in parts."""
    found = "".join(block.text for block in article_from_markdown(text).blocks)

    assert sum(map(str.isalpha, found)) == sum(map(str.isalpha, text))


DIALECTS = (
    *[
        r"%%",
        r"{{",
        r"}}",
        r"{%",
        r"%}",
        r"{++",
        r"++}",
        r"{~~",
        r"~>",
        r"==",
        r"$",
        r"$$",
        r"\(",
        r"\)",
        r"\frac{",
        r"()",
        r":::",
        r":a:",
        r"::",
        r"<Ab",
        r"/>",
        r"</Ab>",
        r"'a'",
    ],
    *("[@a]", "@b1999", "{.d}", "```", "![[", "]]", "#e", "w"),
    *("```{note}", "!!! a", "import {", " ^c", "| ", "% ", "\n", "\n\n", "    ", "> ", "- ", " ", "Words go on here. "),
)


@given(st.lists(st.sampled_from(DIALECTS), max_size=60).map("".join))
def test_any_marks_of_dialects_give_tidy_blocks(text: str) -> None:
    """Whatever is begun and not ended, nested or mixed."""
    assert_tidy(text)
    assert "\0" not in "".join(block.text for block in article_from_markdown(text).blocks)


def test_long_paragraph_keeps_its_marks() -> None:
    """A paragraph longer than the parser is given at once: parts end at sentences, where links seldom are."""
    sentence = "The keeper [lights](https://example.com/a_b) the *lamp* in the `evening`. "

    assert only(sentence * 1000) == ("The keeper lights the lamp in the evening. " * 1000).strip()
