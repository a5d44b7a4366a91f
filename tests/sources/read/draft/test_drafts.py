"""Drafts are written and read back as they were, and survive what editors do to a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block, Mark, Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.drafts import draft_of, draft_text, read_draft, write_draft
from narrate.sources.read.draft.values import Draft, DraftBlock, with_ids
from narrate.sources.read.html_fragments import code_block, table_block
from narrate.sources.read.marks.signs import may_have_marks

# Signs that mean something in Markdown, in drafts, in marks or in YAML, among words.
_SIGNS = "#-*+>|`~%:![]()_\\<>&;=.,'\"“”{}$^@/ 1"
_RUNS = [
    "3. ",
    "12) ",
    "---",
    "===",
    "%%",
    "%=",
    "% ",
    "```",
    "~~~",
    "![",
    "[^1]",
    "[^1]: ",
    "[pause 2s]",
    "<break time='2s'/>",
    "<voice",
    "</sub>",
    "<!--",
    "&amp;",
    "&#65;",
    "https://a.b/c_d",
    "said:",
    "dropped:",
    " %% said: x",
    " %= y",
    "Word",
    "word",
    "Ärger",
    "日本",
    "naïve",
    "a*b",
    "snake_case",
]
_PIECES = st.sampled_from([*_SIGNS, *_RUNS, " | "])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return a line as blocks have it, with letters in it."""
    parts = draw(st.lists(_PIECES, max_size=12))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(["word", "A", "7 of 9"])))
    return tidy("".join(parts)) or "word"


@st.composite
def marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Return marks around whole words, one in the other, and pauses behind words."""
    starts = [at for at in range(len(text)) if text[at].isalnum() and (at == 0 or text[at - 1] == " ")]
    ends = [at + 1 for at in range(len(text)) if text[at].isalnum() and (at + 1 == len(text) or text[at + 1] == " ")]
    found: list[Mark] = []
    if starts and ends and draw(st.booleans()):
        start, end = starts[0], ends[-1]
        kinds = st.sampled_from(
            [("say", 'other “words” & "more"'), ("sounds", "kˈiːv"), ("sounds", "kat"), ("voice", "af_bella"),
             ("emphasis", "strong"), ("as", "digits"), ("as", "date:dmy")]
        )  # fmt: skip
        kind, value = draw(kinds)
        if start < end:
            found.append(Mark(kind, start, end, value))
    if ends and draw(st.booleans()):
        place = draw(st.sampled_from(ends))
        found.append(Mark("pause", place, place, str(draw(st.sampled_from([250, 1000, 2000, 60000])))))
    return tuple(sorted(found, key=lambda mark: (mark.start_char, -mark.end_char)))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Return a block of any kind that cleaned articles have."""
    kind = draw(
        st.sampled_from(
            ["title", "heading", "paragraph", "list_item", "quote", "code", "table", "caption", "image", "footnote"]
        )
    )
    if kind == "code":
        made = code_block("\n".join(draw(st.lists(st.one_of(lines(), st.just(""), st.just("    x")), min_size=1))))
        return made[0] if made else Block("code", "x = 1")
    if kind == "table":
        cells = st.lists(st.one_of(lines(), st.just("")), min_size=1, max_size=3).map(tuple)
        made = table_block(draw(st.lists(cells, min_size=2, max_size=4)))
        return made[0] if made and draw(st.booleans()) else Block("table", draw(lines()))
    text = draw(lines())
    if kind in ("list_item", "footnote") and draw(st.booleans()):
        text = f"{draw(st.integers(0, 99))}. {text}"
    return Block(kind, text, draw(st.integers(1, 6)) if kind == "heading" else 0, marks=draw(marks(text)))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a draft as one might be written, with every kind of note."""
    line = lines()
    optional = st.one_of(st.none(), line)
    made = [
        DraftBlock(
            draw(blocks()),
            is_dropped := draw(st.booleans()),
            rule := draw(st.sampled_from(["draft", "newsletter"] if is_dropped else ["", "newsletter"])),
            why=draw(st.sampled_from(["", "short line; 0.97"])) if rule == "newsletter" else "",
            say=draw(st.one_of(st.just(""), line.filter(lambda text: not may_have_marks(text)))),
            said=draw(st.one_of(st.just(""), line)),
            doubtful=tuple(draw(st.lists(st.just('Nguyen = { ipa = "wˈɪn" }'), max_size=2))),
            notes=tuple(draw(st.lists(st.sampled_from(["mine", "ask Ann?"]), max_size=2))),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    meta = Metadata(
        title=draw(optional.filter(lambda text: not (text or "").startswith("[["))),
        author=draw(st.sampled_from([None, "Jane Roe", 'Ann "A" Roe: x', "“Curly”"])),
        published=draw(st.sampled_from([None, date(2026, 3, 1)])),
        language=draw(st.sampled_from([None, "en-GB"])),
        url=draw(st.sampled_from([None, "https://example.com/a?b=c#d"])),
        site=draw(st.sampled_from([None, "The Coast & Co", "AT&amp;T"])),
        cover_url=draw(st.sampled_from([None, "lamp.jpg", "https://example.com/a.jpg", "inside:OEBPS/a.jpg"])),
        description=draw(st.sampled_from([None, "On: lamps # and more", "true"])),
        tags=tuple(draw(st.sampled_from([(), ("a",), ("sea, salt", "light: x")]))),
        season=draw(st.sampled_from([None, 2])),
        episode=draw(st.sampled_from([None, 0, 12])),
        voice=draw(st.sampled_from([None, "af_bella", "af_bella:0.5+af_heart"])),
        is_draft=draw(st.booleans()),
        lexicon=tuple(draw(st.sampled_from([(), ("own.toml",), ("a.toml", "b c.toml")]))),
        origin=draw(st.sampled_from(["", "0123abcd"])),
    )
    unknown = tuple(draw(st.sampled_from([(), ("layout: post", "params:", "  a: 1", "# mine")])))
    source = draw(st.sampled_from(["", "../article.md", "https://example.com/a?b"]))
    return Draft(meta, with_ids(made), source, tuple(draw(st.lists(st.just("a note"), max_size=1))), unknown)


def unplaced(draft: Draft) -> Draft:
    """Return a draft without the lines that its marks stand in."""
    return replace(
        draft,
        blocks=tuple(
            replace(one, block=replace(one.block, marks=tuple(replace(mark, line=0) for mark in one.block.marks)))
            for one in draft.blocks
        ),
    )


@given(drafts())
def test_what_is_written_is_read(draft: Draft) -> None:
    """Every value of a draft comes back, whatever its words look like."""
    assert unplaced(draft_of(draft_text(draft))) == draft


HEAD = "---\ntitle: A Light\nnarrate-draft: 1\nsource: ../a.md\norigin: 00ff\n---\n\n"
BODY = (
    "# A Light\n\nThe first paragraph is here.\n%= It is said so.\n%% said: It is said so.\n\n"
    "% Share this\n%% dropped: share-bar\n\n- Oil\n\n3. Wicks\n\n> A quote.\n\n```\nx = 1\n\ny = 2\n```\n\nThe end.\n"
)


def read(body: str, head: str = HEAD) -> list[tuple[str, str, bool, str]]:
    """Return kind and words of each block of a draft, whether it is dropped, and what is said instead."""
    return [(one.block.kind, one.block.text, one.is_dropped, one.say) for one in draft_of(head + body).blocks]


WHOLE = [
    ("title", "A Light", False, ""),
    ("paragraph", "The first paragraph is here.", False, "It is said so."),
    ("paragraph", "Share this", True, ""),
    ("list_item", "Oil", False, ""),
    ("list_item", "3. Wicks", False, ""),
    ("quote", "A quote.", False, ""),
    ("code", "x = 1\n\ny = 2", False, ""),
    ("paragraph", "The end.", False, ""),
]


@pytest.mark.parametrize(
    "changed",
    [
        BODY,
        BODY.replace("\n", "\r\n"),
        BODY.replace(".\n", ".  \n").replace("Oil\n", "Oil\t\n"),
        BODY.replace(".\n\n", ".\n\n\n\n").replace("Oil\n\n", "Oil\n\n \n\n"),
        BODY.replace("% Share", "%\tShare").replace("- Oil", "-\tOil"),
        BODY.replace("The first paragraph", "The first\nparagraph"),
        BODY.replace("Share this", "Share\nthis"),
        BODY.replace("% Share this", "% Share\n% this"),
        BODY.replace("- Oil\n\n3.", "* Oil\n3."),
        BODY.replace("> A quote.", "> A\nquote."),
        BODY.replace("\n%= It", " %= It")
        .replace("\n%% said", " %% said")
        .replace("is said so.\n\n", "is said\nso.\n\n"),
        BODY.replace("\n%= It", "\n\n%= It"),
        BODY.rstrip("\n"),
    ],
)
def test_what_editors_do_to_a_file(changed: str, tmp_path: Path) -> None:
    """Line ends, blanks, tabs, a mark of byte order and lines filled anew change no word."""
    path = tmp_path / "a.draft.md"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + changed).encode())

    assert [(one.block.kind, one.block.text, one.is_dropped, one.say) for one in read_draft(path).blocks] == WHOLE


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: “A: Light”", "A: Light"),
        ("title: 'A “quoted” Light'", "A “quoted” Light"),
        ("title: A “quoted” Light", "A “quoted” Light"),
    ],
)
def test_curly_quotes_around_a_value(head: str, title: str) -> None:
    """They are taken for the straight ones that an editor made them of."""
    assert draft_of(f"---\n{head}\nnarrate-draft: 1\n---\n\nThe text.").meta.title == title


def test_the_sign_is_one_keystroke() -> None:
    """A dropped block of many lines is kept by taking one sign away, and a kept one is dropped by one."""
    table = "% | A | B |\n|---|---|\n| 1 | 2 |\n%% dropped: layout\n\n% ```\nx\n```\n"

    assert [one[2] for one in read(table)] == [True, True]
    assert [one[2] for one in read(table.replace("% |", "|").replace("% ```", "```"))] == [False, False]
    assert read("% The text.\n") == [("paragraph", "The text.", True, "")]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("The text.\n\n%= ", 10, "has no words"),
        ("The text.\n%= Other [pause 1s] words.", 9, "has a mark in it"),
        ("The text.\n%= In [Kyiv](/kˈiːv/).", 9, "has a mark in it"),
        ("The text.\n%= Wait <break time='long'/> here.", 9, "has a mark in it"),
        ("%= Said.\n", 8, "below no block"),
        ("A.\n%= B.\n%= C.\n", 10, "twice"),
        ("It rose by 5\n% in March.\n", 9, "inside of a paragraph"),
        ("A.\n%% said: B.\nThe next paragraph.\n", 10, "without a blank line"),
        ("A.\n%= B.\nThe next paragraph.\n", 10, "without a blank line"),
        ("A.\n\n```\nx = 1\n\nThe rest.\n", 10, "no end"),
        ("A.\n\n[pause two days]\n\n[pause 99s]\n", 12, "longer"),
        ('A.\n\n<voice name="x">B.\n', 10, "never closed"),
    ],
)
def test_errors_name_the_line(body: str, line: int, words: str) -> None:
    """What cannot be understood is no silence: an error says where it stands."""
    with pytest.raises(SourceError, match=f"line {line}: .*{words}"):
        read(body)


@pytest.mark.parametrize(
    ("key", "words"),
    [("date: soon", "line 3: date"), ("season: two", "line 3: season"), ("narrate-draft: 2", "line 3: .*version")],
)
def test_errors_in_the_front_matter_name_the_line(key: str, words: str) -> None:
    """A value that a key cannot have is told with its line."""
    head = f"---\ntitle: A\n{key}\n" + ("" if key.startswith("narrate") else "narrate-draft: 1\n") + "---\n\n"

    with pytest.raises(SourceError, match=words):
        read("The text.", head)


def test_notes_are_never_words() -> None:
    """Notes of the editor's own stay in the file, wherever they stand."""
    draft = draft_of(HEAD + "%% above\n\nThe text.\n%% ask Ann [pause 2s] <voice>\n\n%% behind\n")

    assert draft.notes == ("above",)
    assert draft.blocks[0].notes == ("ask Ann [pause 2s] <voice>", "behind")
    assert draft.blocks[0].block.text == "The text."


def test_what_authors_write_in_a_draft() -> None:
    """Emphasis, links, code and marks of notes are Markdown as everywhere; an escaped percent sign is a word's."""
    body = "Some *fine* **words** and a [link](https://example.com) with `code`[^1].\n\n\\% of all.\n\n***\n"

    assert [one[1] for one in read(body)] == ["Some fine words and a link with code.", "% of all."]


def test_marks_between_blocks() -> None:
    """A pause between two spoken paragraphs belongs to one of them, though a dropped one stands there."""
    one, dropped, two = draft_of(HEAD + "One.\n\n% Share this\n\n[pause 3s]\n\nTwo.\n").blocks

    assert [mark.value for mark in (*one.block.marks, *two.block.marks)] == ["3000"]
    assert not dropped.block.marks


def test_ids_hang_on_words_alone() -> None:
    """A block has its identity wherever it stands; the same words twice have two."""
    draft = draft_of(HEAD + "One.\n\nTwo.\n\nOne.\n")
    other = draft_of(HEAD + "Two.\n\nOne.\n")
    ids = [one.id for one in draft.blocks]

    assert len(set(ids)) == 3
    assert [one.id for one in other.blocks] == [ids[1], ids[0]]


def test_a_file_that_is_no_draft(tmp_path: Path) -> None:
    """It is told from one, with what to type."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\n---\nnarrate-draft: 1\n")
    with pytest.raises(SourceError, match="no draft"):
        read_draft(path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_draft(tmp_path / "none.draft.md")


def test_unknown_keys_stay(tmp_path: Path) -> None:
    """What narrate has no use for is written back as it stood."""
    path = tmp_path / "a.draft.md"
    lines = "layout: post\nparams:\n  a: [1, 2]\n# a comment"
    path.write_text(f"---\ntitle: A\n{lines}\nnarrate-draft: 1\n---\n\nThe text.\n")
    write_draft(path, read_draft(path))

    assert lines in path.read_text()
