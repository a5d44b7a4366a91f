"""An article that is typed stands in the place of a source, in every command that takes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import narrate

TEXT = "# A Light\n\nIn 1923 the lamp was [lit](https://example.com)."


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("script",), "A Light\n\nIn nineteen twenty three the lamp was lit.\n"),
        (("script", "--clean"), "A Light\n\nIn 1923 the lamp was lit.\n"),
        (("speak", "-e", "tone"), "output/a-light.mp3\n"),
        (("draft", "-e", "tone"), "output/a-light.draft.md\n"),
    ],
)
def test_a_text(arguments: tuple[str, ...], printed: str) -> None:
    """Its form is seen from the text, and its heading is the title."""
    done = narrate(*arguments, "--text", TEXT)

    assert (done.returncode, done.stdout) == (0, printed), done.stderr


def test_words_of_a_text() -> None:
    """Doubtful ones are listed of it, too."""
    assert '"Ngyxen" = ' in narrate("words", "-e", "tone", "--text", "It was lit by Mr. Ngyxen.").stdout


def test_a_plain_text() -> None:
    """A first line that stands alone is its title; without one the first words name the file."""
    narrate("speak", "-e", "tone", "--text", "The Keeper\n\nThe lamp is lit.")
    narrate("speak", "-e", "tone", "--text", "The lamp is lit, and nobody knows who has lit it.")

    assert sorted(path.name for path in Path("output").glob("*.mp3")) == [
        "the-keeper.mp3",
        "the-lamp-is-lit-and-nobody-knows-who.mp3",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("script", "--text", ""), 3, "--text is empty"),
        (("script", "a.md", "--text", "A."), 2, "--text stands in the place of a.md"),
        (("speak", "--feed", "f.xml", "--text", "A."), 2, "--text stands in the place of f.xml"),
        (("script", "--text", "A.", "--clipboard"), 2, "--text and --clipboard are two articles"),
        (("words",), 2, "narrate words needs SOURCE"),
        (("speak",), 2, "no SOURCE was named"),
    ],
)
def test_what_does_not_go_together(arguments: tuple[str, ...], code: int, words: str) -> None:
    """One article, given in one way."""
    done = narrate(*arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_dash_stays_standard_input() -> None:
    """As it was."""
    assert narrate("script", "-", stdin=b"The lamp is lit.").stdout == "The lamp is lit.\n"
