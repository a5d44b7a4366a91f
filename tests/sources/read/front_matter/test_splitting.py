"""The particulars before a Markdown article become metadata."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Metadata
from narrate.sources.read.front_matter.splitting import split_front_matter


def meta(lines: str) -> Metadata:
    found, body = split_front_matter(f"---\n{lines}\n---\nThe text.")
    assert body == "The text."
    return found


def test_yaml_gives_metadata() -> None:
    """All that is known of an article may stand there."""
    lines = (
        "layout: post\ntitle: A Light at Sea\nauthor: Jane Roe\ndate: 2024-03-01\nlang: en_GB\n"
        "canonical_url: https://example.com/light/\nsite_name: The Coast\nimage: /lamp.jpg"
    )

    assert meta(lines) == Metadata(
        title="A Light at Sea",
        author="Jane Roe",
        published=date(2024, 3, 1),
        language="en-GB",
        url="https://example.com/light/",
        site="The Coast",
        cover_url="https://example.com/lamp.jpg",
    )


def test_toml_gives_metadata() -> None:
    """Hugo writes particulars between rows of plus signs."""
    text = (
        '+++\ntitle = "A Light"\ndate = 2024-03-01T10:00:00Z\nauthors = ["Ann", "Bob"]\n'
        '[cover]\nimage = "https://example.com/a.jpg"\n+++\nThe text.'
    )

    assert split_front_matter(text) == (
        Metadata("A Light", "Ann, Bob", date(2024, 3, 1), cover_url="https://example.com/a.jpg"),
        "The text.",
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Plain", "Plain"),
        ("Title:   Wide   space ", "Wide space"),
        ('title: "Quoted: \\"yes\\" \\u2014 so"', 'Quoted: "yes" — so'),
        ("title: 'It''s'", "It's"),
        ('title: "He said "no" to it"', 'He said "no" to it'),
        ('title: "A # B" # a comment', "A # B"),
        ("title: Issue #5 # a comment", "Issue #5"),
        ("title: Never closed 'quote", "Never closed 'quote"),
        ("title: 'Never closed", "Never closed"),
        ("title: >-\n  Folded\n  over lines", "Folded over lines"),
        ("title: |\n  Kept", "Kept"),
        ("title: Goes\n  on", "Goes on"),
        ("title: Salt &amp; Sea", "Salt & Sea"),
        ("title: 1984", "1984"),
        ("title: null", None),
        ("title:", None),
        ("title: ~", None),
        ("title: [open", None),
    ],
)
def test_title_forms(line: str, title: str | None) -> None:
    """The ways in which YAML writes a string."""
    assert meta(line).title == title


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("author: [Ann, 'Roe, Bob', \"Cy\"]", "Ann, Roe, Bob, Cy"),
        ("authors:\n  - Ann\n  - Bob", "Ann, Bob"),
        ("authors:\n- Ann\n- Bob", "Ann, Bob"),
        ("author:\n  - name: Ann\n    url: https://example.com\n  - name: Bob", "Ann, Bob"),
        ("author:\n  name: Ann\n  mail: x", "Ann"),
        ("author: {name: Ann, mail: x}", "Ann"),
        ('author: "[[Ann Roe]]"', "Ann Roe"),
        ("author:\n  - '[[people/ann|Ann Roe]]'", "Ann Roe"),
        ("author:\n  mail: x", None),
        ("author: []", None),
    ],
)
def test_author_forms(lines: str, author: str | None) -> None:
    """One name, several, or names with more about each."""
    assert meta(lines).author == author


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date: 2024-03-01", date(2024, 3, 1)),
        ("date: '2024-03-01'", date(2024, 3, 1)),
        ("date: 2024-03-01T23:00:00Z", date(2024, 3, 1)),
        ("date: 2015-11-17 16:16:01 -0600", date(2015, 11, 17)),
        ("published: true\ndate: 2024-03-01", date(2024, 3, 1)),
        ("date: 2024-02-30", None),
        ("date: today", None),
        ("date: 1 March 2024", None),
        ("date: 2024-03", None),
    ],
)
def test_date_forms(line: str, published: date | None) -> None:
    """A day is believed only where it is written as a day."""
    assert meta(line).published == published


@pytest.mark.parametrize(("line", "language"), [("lang: pt-BR", "pt-BR"), ("language: python", None)])
def test_language_is_a_tag(line: str, language: str | None) -> None:
    """Names of languages of any sort are not taken for tags."""
    assert meta(line).language == language


def test_an_address_is_absolute() -> None:
    """A path on the site is no address."""
    assert meta("url: /light/").url is None


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA first scene.\n\n---\n\nA second scene.",
        "---\nNote: a line with a colon\nand a second without.\n---\nMore.",
        "---\n\nNote: a line of prose.\n\n---\nMore.",
        "---\nOnly a break before a text.",
        "+++\nNo particulars.\n+++",
        "+++ text",
        "Text\n---\ntitle: no\n---",
        "",
        "---",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    """A thematic break at the start takes no text away."""
    assert split_front_matter(text) == (Metadata(), text)


@pytest.mark.parametrize(
    "lines",
    [
        "title: A\nbad line: x: [\n\t\"'{\nmore\n]",
        "title: A\n: : :\n- x\n%",
        "# only a comment",
        "",
        "tags: [\n  a,\n  b\n]\ntitle: A",
    ],
)
def test_malformed_front_matter_is_not_text(lines: str) -> None:
    """Whatever is wrong in it, it is none of the article's words."""
    assert meta(lines).title in ("A", None)


@pytest.mark.parametrize("text", ["+++\ntitle = = \n+++\nThe text.", "+++\na=1\na=2\n+++\nThe text."])
def test_malformed_toml_is_not_text(text: str) -> None:
    """TOML that cannot be read tells nothing."""
    assert split_front_matter(text) == (Metadata(), "The text.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a." * 20_000 + "a = 1", "parts"),
        ("title = " + "[" * 20_000, "deep"),
        ("title = " + "9" * 5_000, "digits"),
        ("# " + "a" * 100_000 + '\ntitle = "A"', "characters"),
    ],
)
def test_toml_that_would_take_all_memory_is_left_out(text: str, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    """Such front matter is said to be left out; the article is read."""
    assert split_front_matter(f"+++\n{text}\n+++\nThe text.") == (Metadata(), "The text.")
    assert reason in caplog.text


def test_a_number_without_end_is_no_title() -> None:
    """Python makes no decimal figures of so many hexadecimal ones."""
    assert split_front_matter(f"+++\ntitle = 0x{'f' * 9_000}\n+++\nThe text.") == (Metadata(), "The text.")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("author: ['Roe, Jane', \"Ek, Tom\", Ann]", "Roe, Jane, Ek, Tom, Ann"),
        ("author: [it's Jane, that's Tom]", "it's Jane, that's Tom"),
        ("author: ['Jane ''J'' Roe', Tom]", "Jane 'J' Roe, Tom"),
        ('author: ["Jane \\"J\\" Roe", Tom]', 'Jane "J" Roe, Tom'),
        ("author: { name: 'Roe, Jane', age: 3 }", "Roe, Jane"),
        ('author: {name: "Roe, Jane"}', "Roe, Jane"),
    ],
)
def test_quotes_open_where_a_value_begins(line: str, author: str) -> None:
    """A comma inside of them parts nothing; an apostrophe in a word is none of them."""
    assert meta(line).author == author


def test_a_forgotten_last_fence_ends_at_a_blank_line() -> None:
    """The particulars are clear all the same."""
    assert split_front_matter("---\ntitle: A\nauthor: B\n\nThe text.") == (Metadata("A", "B"), "\nThe text.")


@given(st.text(st.sampled_from("---+++\n\n: a[]{}'\"#|>=&\\u0title"), max_size=80))
def test_never_raises(inner: str) -> None:
    """However broken, between either kind of fence; what is left is an end of the text."""
    for fence in ("---", "+++"):
        text = f"{fence}\ntitle{inner}\n{fence}\nbody"
        assert text.endswith(split_front_matter(text)[1])


@given(st.dictionaries(st.sampled_from(["title", "author"]), st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_value_is_tidy(values: dict[str, str]) -> None:
    """Metadata holds single spaces and no line breaks."""
    found, _ = split_front_matter("---\n" + "\n".join(f"{key}: {value}" for key, value in values.items()) + "\n---\n")

    for text in (found.title, found.author):
        assert text is None or text == " ".join(text.split()) != ""


@pytest.mark.parametrize(
    ("text", "title", "author", "rest"),
    [
        ("% A Light\n% Ann; Bob Roe\n% 2024-03-01\n\nThe text.", "A Light", "Ann, Bob Roe", "\nThe text."),
        ("% A Light\n  at Sea\n\nThe text.", "A Light at Sea", None, "\nThe text."),
        ("%\n% Ann\n\nThe text.", None, "Ann", "\nThe text."),
        ("% A\n% B\n% C\n% D", "A", "B", "% D"),
        ("%matplotlib inline\n\nThe text.", None, None, "%matplotlib inline\n\nThe text."),
        ("%% a note %%\n\nThe text.", None, None, "%% a note %%\n\nThe text."),
    ],
)
def test_pandocs_title_block(text: str, title: str | None, author: str | None, rest: str) -> None:
    """Up to three lines with a percent sign and a blank: title, authors, date."""
    found, body = split_front_matter(text)

    assert (found.title, found.author, body) == (title, author, rest)
