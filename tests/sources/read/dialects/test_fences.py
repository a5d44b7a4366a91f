"""A fence that nobody closed takes no prose with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import narrate

from narrate.core.article import Article
from narrate.sources.read.dialects.context import context_of
from narrate.sources.read.dialects.fences import with_fence_closed
from narrate.sources.read.markdown import article_from_markdown
from narrate.sources.read.markdown_syntax import parse_markdown

DOUGH = "Then the dough rests overnight in a cool place, and in the morning it is shaped into two loaves."
OVEN = "The oven must be as *hot* as it gets. A [stone](https://stone.example) helps, but a tray does as well."
OVEN_SAID = "The oven must be as hot as it gets. A stone helps, but a tray does as well."


def kinds(article: Article) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in article.blocks]


@pytest.mark.parametrize(
    ("text", "found", "lines"),
    [
        (
            f"Intro.\n\n```\nflour 500 g\nwater 350 g\n\n{DOUGH}\n\n## Baking\n\n{OVEN}\n",
            [
                ("code", "flour 500 g\nwater 350 g"),
                ("paragraph", DOUGH),
                ("heading", "Baking"),
                ("paragraph", OVEN_SAID),
            ],
            [3],
        ),
        (f"~~~js\nrun({{}});\n\nand {DOUGH}\n", [("code", "run({});"), ("paragraph", f"and {DOUGH}")], [1]),
        (
            f"```python\nx = 1\n\n{DOUGH}\n\n```python\ny = 2\n```\n\n{OVEN}\n",
            [("code", "x = 1"), ("paragraph", DOUGH), ("code", "y = 2"), ("paragraph", OVEN_SAID)],
            [1],
        ),
        (
            f"```a\nx = 1\n\n{DOUGH}\n\n```b\ny = 2\n\n{OVEN}\n",
            [("code", "x = 1"), ("paragraph", DOUGH), ("code", "y = 2"), ("paragraph", OVEN_SAID)],
            [1, 6],
        ),
        (f"---\ntitle: Bread\n---\n\n```\n\n{DOUGH}\n", [("paragraph", DOUGH)], [5]),
        (f"1. Mix:\n\n   ```\n   flour\n\n   {DOUGH}\n", [("code", "flour"), ("paragraph", DOUGH)], [3]),
    ],
)
def test_prose_in_an_open_fence_is_read(text: str, found: list[tuple[str, str]], lines: list[int]) -> None:
    """It is read from the first paragraph that a writer wrote, and a doubt names the line of the fence."""
    article = article_from_markdown(text)

    assert [one for one in kinds(article) if one in found] == found
    assert [doubt.partition("line ")[2].split()[0] for doubt in article.doubts] == [str(line) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        f"```\nflour\n```\n\n{DOUGH}\n",
        "Run this:\n\n```sh\nmake\nmake install\n",
        f"```\n{DOUGH}\n\n{OVEN}\n```\n",
        f"````markdown\n```python\nx = 1\n\n{DOUGH}\n```\n````\n",
        f"```md\nHow to write it:\n\n{DOUGH}\n\n```python\nx = 1\n```\n",
        f'```python\ndef bake():\n    """Bake.\n\n    {DOUGH}\n    """\n',
        f"```python\nx = 1\n\n# {DOUGH}\ny = 2\n\nz = bake(x, y, oven=hot)\n",
        "```sql\nselect a_b from c_d\n\nwhere a_b is not in the_other_table of all_things and more_of it.\n",
        "```\nHe said so.\n\nbake --hot --long stone=yes tray=no minutes=40 degrees=250 and=so on=on\n",
    ],
)
def test_code_in_a_fence_stays_code(text: str) -> None:
    """A fence with its end, and one in which there is nothing but code, are left as they are."""
    article = article_from_markdown(text)

    assert not article.doubts
    assert with_fence_closed(text, parse_markdown(text, context_of(text, None)).tokens) is None


@given(
    st.lists(
        st.sampled_from(["```", "```py", "~~~", "", "x = 1", DOUGH, OVEN, "## Head", "- one", "    x"]), max_size=12
    )
)
def test_no_word_is_lost_or_said_twice(lines: list[str]) -> None:
    """However fences stand, every word of prose is in one block."""
    article = article_from_markdown("\n".join(lines))
    said = " ".join(block.text for block in article.blocks)

    assert said.count("overnight") == lines.count(DOUGH)
    assert said.count("as it gets") == lines.count(OVEN)


def test_the_command_warns_of_an_open_fence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warning names file and line, and the prose is printed."""
    monkeypatch.chdir(tmp_path)
    Path("bread.md").write_text(f"# Bread\n\n```\nflour\n\n{DOUGH}\n")
    done = narrate("script", "--clean", "bread.md")

    assert "bread.md: the code that begins in line 3 has no end" in done.stderr
    assert DOUGH in done.stdout
