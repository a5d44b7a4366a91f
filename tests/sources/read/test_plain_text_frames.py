"""What stands around plain text is left out, on record; what only looks like it stays."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read.plain_text import read_text

FIRST = (
    "The mill on the lower river has ground no flour since the flood of 1958, and yet its wheel turns every Sunday "
    "for the children of the village."
)
SECOND = (
    "Old Henrik, who keeps the sluice, explains to everyone that water has no memory and that a dam is only a promise "
    "that somebody must keep."
)
THIRD = (
    "Three engineers came from the capital in June, measured the weir for a week and went away with notebooks full of "
    "numbers that nobody has seen since."
)


def said(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


def left_out(text: str) -> list[tuple[str, str]]:
    return [(drop.rule, drop.block.text) for drop in read_text(text).drops]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the win-\nter was long", "the winter was long"),
        ("Marta Lind-\nqvist came", "Marta Lindqvist came"),
        ("a well-\nknown rule", "a well-known rule"),
        ("a twenty-\none year lease", "a twenty-one year lease"),
        ("the mother-in-\nlaw spoke", "the mother-in-law spoke"),
        ("the re-elec-\ntion is near", "the re-election is near"),
        ("the Anglo-\nSaxon wall", "the Anglo-Saxon wall"),
        ("in 1939-\n45 it stood", "in 1939-45 it stood"),
        ("an e-\nmail came", "an e-mail came"),
        ("two-\nand three-year plans", "two- and three-year plans"),
        ("die Haus-\nund Hoftür", "die Haus- und Hoftür"),
        ("die Wasser-\nversorgung steht", "die Wasserversorgung steht"),
        ("it was cov\u00ac\nered by a roof", "it was covered by a roof"),
        ("a sun-\nlit room, for a sun-lit room is warm", "a sun-lit room, for a sun-lit room is warm"),
        ("a long-\ning look, full of longing indeed", "a longing look, full of longing indeed"),
        ("he waited -\nthen he left", "he waited - then he left"),
    ],
)
def test_words_parted_at_line_ends(written: str, read: str) -> None:
    """They are whole again, compounds keep their hyphen, and what the text has elsewhere decides."""
    assert said(f"The Mill\n\nNow {written}.\n\n{FIRST}")[1] == f"Now {read}."


@pytest.mark.parametrize(
    ("between", "rules"),
    [
        ("\n17\n{rest}\n18\n", ["page-number", "page-number"]),
        ("\n\n17\n\n{rest}\n\n 18\n\n", ["page-number", "page-number"]),
        ("\nPage 3 of 12\n{rest}\nPage 4 of 12\n", ["page-number", "page-number"]),
        ("\n\n- 3 -\n\n{rest}\n\n- 4 -\n\n", ["page-number", "page-number"]),
        ("\n12\nThe Sound | March 2026\n{rest}\n13\nThe Sound | March 2026\n", ["page-number", "running-head"] * 2),
        ("\n12 The Sound Courier\n{rest}\n13 The Sound Courier\n", ["running-head", "running-head"]),
        ("\n\n41\n\fH. Dahl\n\n{rest}\n\n42\n\fH. Dahl\n\n", ["page-number", "running-head"] * 2),
        ("\n\fSeite 2 von 3\n{rest}\n\fSeite 3 von 3\n", ["page-number", "page-number"]),
    ],
)  # fmt: skip
def test_what_belongs_to_pages_is_left_out_of_sentences(between: str, rules: list[str]) -> None:
    """Numbers, heads and feet go, and the sentence goes on as if the page had not ended."""
    lines = textwrap.wrap(" ".join((FIRST, SECOND, THIRD) * 2), 70)
    breaks = between.split("{rest}")
    text = "\n".join(lines[:4]) + breaks[0] + "\n".join(lines[4:8]) + breaks[1] + "\n".join(lines[8:])

    assert said(f"The Mill\n\n{text}") == ["The Mill", " ".join(lines)]
    assert sorted(rule for rule, _ in left_out(f"The Mill\n\n{text}")) == sorted(rules)


@pytest.mark.parametrize(
    "text",
    [
        f"The Mill\n\n1\n\n{FIRST}\n\n2\n\n{SECOND}\n\n3\n\n{THIRD}",
        f"The Mill\n\nChapter 1\n\n{FIRST}\n\nChapter 2\n\n{SECOND}\n\nChapter 3\n\n{THIRD}",
        "Song\n\nTurn again, wheel\n\nIt rains.\n\nTurn again, wheel\n\nIt snows.\n\nTurn again, wheel",
        f"Talk\n\nHENRIK\n{FIRST}\n\nANNA\n{SECOND}\n\nHENRIK\n{THIRD}\n\nANNA\n{FIRST}",
        f"Years\n\n1957\n{FIRST}\n\n1958\n{SECOND}",
        f"Then and now\n\n9/11\n\n{FIRST}\n\n24/7\n\n{SECOND}",
        f"Arrays\n\nThe item a[1] comes before a[2], and m[3] is last.\n\n{FIRST}",
        f"From: the river to the sea\n\n{FIRST}\n\n{SECOND}",
        f"References\n\n{FIRST}\n\n{SECOND}",
    ],
    ids=["chapters", "named chapters", "refrain", "speakers", "years", "dates", "code", "from", "references"],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    """No line is left out for being short, a number, or there more than once."""
    assert left_out(text) == []
    assert [char for char in "".join(said(text)) if char.isalnum()] == [char for char in text if char.isalnum()]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the mill&#8217;s wheel", "the mill’s wheel"),
        ("it&amp;#8217;s &quot;theirs&quot;&nbsp;&mdash; all", 'it’s "theirs" — all'),
        ("AT&T agrees; so do R&D;, &c.", "AT&T agrees; so do R&D;, &c."),
        ("the of\ufb01ce and the e\ufb00ort", "the office and the effort"),
        ("a \ue0a1glyph", "a glyph"),
        ("**very** important, says *the baker*, and _not_ bread", "very important, says the baker, and not bread"),
        ("_wrapped\nwords_ and ***both***", "wrapped words and both"),
        ("2 * 3 * 4, snake_case_name, 5*3 and a note*", "2 * 3 * 4, snake_case_name, 5*3 and a note*"),
    ],
)
def test_marks_and_characters_of_programs(written: str, read: str) -> None:
    """Entities, ligatures, private glyphs and marks of emphasis are read as what they stand for."""
    assert said(f"The Mill\n\nHere {written}.\n\n{FIRST}")[1] == f"Here {read}."


def test_bullets_of_word_processors_are_bullets() -> None:
    """Symbol and Wingdings have them where Unicode has no letters."""
    blocks = read_text(f"The Mill\n\n{FIRST}\n\n\uf0b7 oil\n\uf0a7\trope\n").blocks
    assert [(block.kind, block.text) for block in blocks[2:]] == [("list_item", "oil"), ("list_item", "rope")]


def test_quoted_lines_and_drawn_tables() -> None:
    """Both keep their kind; the bars are no words."""
    rule = "+------+-------+\n"
    table = f"{rule}| Year | Flour |\n{rule}| 1957 | 12 t  |\n{rule}"
    blocks = read_text(f"The Mill\n\n{FIRST}\n\n> Water has\n> no memory.\n\n{table}").blocks
    assert (blocks[2].kind, blocks[2].text) == ("quote", "Water has no memory.")
    assert (blocks[3].kind, blocks[3].rows) == ("table", (("Year", "Flour"), ("1957", "12 t")))


GUTENBERG = f"""The Project Gutenberg eBook of The Mill

This eBook is for the use of anyone anywhere.

Title: The Mill on
       the River

Author: Henrik Dahl

*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***

Produced by Some One and
Others

[Transcriber's Note: Spelling was kept.

Errors were mended.]

THE MILL ON THE RIVER

{FIRST}

[Illustration: The wheel]

{SECOND}[1]

[1] He said it twice.



TRANSCRIBER’S NOTES

Page 3: mended.

End of Project Gutenberg's The Mill

*** END OF THE PROJECT GUTENBERG EBOOK THE MILL ***

START: FULL LICENSE
"""


def test_the_frame_of_project_gutenberg() -> None:
    """Header, credits, notes and licence go; title and author are taken from them."""
    article = read_text(GUTENBERG)
    assert [block.text for block in article.blocks] == ["The Mill on the River", FIRST, SECOND, "[1] He said it twice."]
    assert (article.meta.title, article.meta.author) == ("The Mill on the River", "Henrik Dahl")
    there = " ".join(drop.block.text for drop in article.drops)
    for words in ("Produced by", "Errors were mended.", "The wheel", "Page 3: mended.", "FULL LICENSE", "[1]"):
        assert words in there


@pytest.mark.parametrize(
    ("line", "edit", "references"),
    [
        ("From Wikipedia, the free encyclopedia", "[edit]", "References"),
        ("Jump to navigationJump to search", "[edit source]", "See also"),
        ("Aus Wikipedia, der freien Enzyklopädie", "[Bearbeiten | Quelltext bearbeiten]", "Einzelnachweise"),
        ("Un article de Wikipédia, l'encyclopédie libre.", "[modifier | modifier le code]", "Notes et références"),
    ],
)
def test_text_copied_off_wikipedia(line: str, edit: str, references: str) -> None:
    """Buttons, marks and references go, headings are headings."""
    top = f"Mill\n\n{line}\n\n{FIRST}[1][2] It is old.[citation needed]\n\nContents\n1 Past\n2 More\n\n"
    text = f"{top}Past{edit}\n\n{SECOND}[3]:23\n\n{references}{edit}\n\n^ Dahl. The count.\n"
    blocks = read_text(text).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("title", "Mill"),
        ("paragraph", f"{FIRST} It is old."),
        ("heading", "Past"),
        ("paragraph", SECOND),
    ]
    there = " ".join(text for _, text in left_out(text))
    assert all(words in there for words in (line, "1 Past", "[1] [2] [citation needed]", "[3]:23", "Dahl. The count."))


@given(st.text(alphabet=st.sampled_from("aB1 .,-\n\f#=*•?|>[]_^’é"), max_size=300))
def test_every_letter_is_read_or_on_record(text: str) -> None:
    """Nothing is lost in silence, whatever a rule makes of the lines."""
    article = read_text(text)
    there = "".join(block.text for block in (*article.blocks, *(drop.block for drop in article.drops)))
    assert sorted(filter(str.isalnum, there)) == sorted(filter(str.isalnum, text))
