"""What stands in a <pre> is a program, unless it is a letter or a poem."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.programs import is_verse, preformatted

POEMS = [
    "The tide came in by the back stair,\nand sat with us at table,\nit asked for bread, it asked for air.",
    "Dear Sam,\n"
    "\n"
    "the key is under the third pot.\n"
    "Please feed the cat and do not\n"
    "let her tell you she was not fed.\n"
    "\n"
    "Love, R.",
    "Here lies a miller, fine and stout,\n    who let the water in and out.",
    "No one (and nobody knows why)\n"
    "   came to the door that night;\n"
    "the lamp was left to burn and die,\n"
    "   and it was morning light.",
    "Im Hof, da steht ein alter Baum,\n"
    "der weiß von mir noch nicht,\n"
    "ich sitze hier und sehe kaum\n"
    "im Fenster noch ein Licht.",
    "La mer est là, dans le matin,\nelle ne dit pas son nom,\net sur le sable, avec sa main,\nun enfant fait un pont.",
]
PROGRAMS = [
    "pip install narrate\nnarrate speak article.txt",
    "total 8\ndrwxr-xr-x 2 me me 4096 docs\n-rw-r--r-- 1 me me  120 notes.txt",
    'PRINT "HELLO, AND WELCOME TO THE PROGRAM"\nGOTO 10',
    "for line in lines:\n    if line in seen:\n        continue\n    seen.add(line)",
    "SELECT name, age FROM people WHERE age > 12 AND name IN (SELECT name FROM guests);",
    "if the file is there:\n"
    "    read it and do not write\n"
    "else:\n"
    "    make it, and then write to it, and be done with it",
    "# This is a comment on the line that is to follow, and it is in a file of the shell.\necho it is done",
    "+-----+   +-----+\n| hall|---|attic|\n+-----+   +-----+",
    "make\nmake install",
    "name: The file that is to be read, and not to be written by the program that has it\nsize: 12",
    "GET /index.html HTTP/1.1\nHost: example.org",
]


def kinds(markup: str) -> list[str]:
    """Return the kinds of the blocks of a <pre>."""
    root = parse_html(f"<body>{markup}</body>")
    assert root is not None
    return [block.kind for block in preformatted(root.find(".//pre"))]


@pytest.mark.parametrize("text", POEMS)
def test_a_poem_or_a_letter_is_prose(text: str) -> None:
    """Its lines are read, and none of its words is lost."""
    root = parse_html(f"<body><pre>{text}</pre></body>")
    assert root is not None
    blocks = preformatted(root.find(".//pre"))

    assert {block.kind for block in blocks} == {"paragraph"}
    assert " ".join(block.text for block in blocks).split() == text.split()


def test_lines_of_a_poem_stay_lines() -> None:
    """Where a line ends with a mark, the voice pauses."""
    assert kinds(f"<pre>{POEMS[0]}</pre>") == ["paragraph"] * 3


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_program_is_code(text: str) -> None:
    """Brackets, calls, indented lines after colons, or words of no language: one block with its lines."""
    assert not is_verse(text)
    assert kinds(f"<pre>{text.replace('<', '&lt;').replace('>', '&gt;')}</pre>") == ["code"]


@pytest.mark.parametrize("markup", ["<pre><code>{}</code></pre>", '<pre class="highlight">{}</pre>'])
def test_what_is_called_code_is_code(markup: str) -> None:
    """The page's word counts more than what the lines look like."""
    assert kinds(markup.format(POEMS[0])) == ["code"]
