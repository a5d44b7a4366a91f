"""HTML within Markdown is read as on a page: what it hides is not said, and is on record."""

from __future__ import annotations

import pytest

from narrate.sources.read.markdown import article_from_markdown

SHOWN = "The salt road ran south, and nobody has walked all of it since the war."
SECRET = "You should never hear this."


def said(text: str) -> list[str]:
    """Return the texts of an article's blocks."""
    return [block.text for block in article_from_markdown(text).blocks]


@pytest.mark.parametrize(
    "hidden",
    [
        f"<div hidden>\n\n{SECRET}\n\n</div>",
        f'<div style="display: none">\n\n- {SECRET}\n\n```\ncode\n```\n\n</div>',
        f'<section class="x" aria-hidden="true">\n<div>\n\n{SECRET}\n\n</div>\n</section>',
        f"<div hidden>\n<div>\n\n{SECRET}\n\n</div>\n\n{SECRET}\n\n</div>",
        f"<p hidden>{SECRET}</p>",
        f"<div style='visibility:hidden'>{SECRET}</div>",
    ],
)
def test_hidden_parts_are_not_said(hidden: str) -> None:
    """Whether a tag's end stands in the same lines or far below it."""
    assert said(f"{SHOWN}\n\n{hidden}\n\n{SHOWN} So it is.") == [SHOWN, f"{SHOWN} So it is."]


def test_what_is_hidden_is_on_record() -> None:
    """The words are among what was dropped."""
    drops = article_from_markdown(f"{SHOWN}\n\n<div hidden>\n\n{SECRET}\n\n</div>\n").drops

    assert [(drop.rule, drop.block.text) for drop in drops] == [("hidden", SECRET)]


@pytest.mark.parametrize(
    "text",
    [
        f"<div hidden>\n\n{SHOWN}\n",
        f"<div hidden>\n\n{SHOWN}\n\n</div>\n",
        f"<div hidden />\n\n{SHOWN}\n\n<div>\n\n</div>\n",
        f"<div class='hidden-gem'>\n\n{SHOWN}\n\n</div>\n",
        f"<details>\n<summary hidden></summary>\n\n{SHOWN}\n\n</details>\n",
    ],
)
def test_what_may_be_the_article_is_read(text: str) -> None:
    """A tag that is never closed, one around all there is, and names that only sound like it hide nothing."""
    assert SHOWN in said(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('Rated <span aria-hidden="true">★★☆</span><span class="sr-only">two of three</span> & up, *so* < she.', None),
        ("The pan<sup>[2]</sup> was flat.", "The pan was flat."),
        ("At 10<sup>3</sup> pans a day, H<sub>2</sub>O.", "At 103 pans a day, H2O."),
        ('A <span style="color: red">red</span> door<span hidden> no</span>.', "A red door."),
        ('A <b class="x">`a < b && c`</b> there.', "A a < b && c there."),
        ('One<span class="note"></span>[^1], two.\n\n[^1]: Note.', "One, two."),
    ],
)
def test_markup_within_a_line(line: str, words: str | None) -> None:
    """Pairs for eyes and ears, marks of notes and hidden words are treated as on pages; signs of HTML stay signs."""
    assert said(line)[0] == (words or "Rated two of three & up, so < she.")


def test_menus_and_labels_are_taken_out() -> None:
    """They are on record with what they were."""
    article = article_from_markdown(
        f'{SHOWN}\n\n<nav><a href="/a">One</a> <a href="/b">Two</a></nav>\n\n'
        f'<div class="breadcrumb"><a href="/">Home</a> / <a href="/n">News</a></div>\n\n<p>Advertisement</p>\n'
    )

    assert [block.text for block in article.blocks] == [SHOWN]
    assert [drop.rule for drop in article.drops] == ["menu", "furniture", "furniture"]
