"""Plain text becomes blocks."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.sources.read import article_from_text
from narrate.sources.read.plain_text.hyphens import joined

PROSE = (
    "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book. "
    "Nobody has asked her to do so for many years."
)
MORE = "In winter the ferry stays away for weeks, and what was not bought in autumn is not on the table in spring."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article_from_text(text).blocks]


def test_blank_lines_part_paragraphs() -> None:
    """The usual form: a title, then paragraphs apart by blank lines."""
    assert kinds(f"A Light at Sea\n\n{PROSE}\n\n\n{MORE}\n") == [
        ("title", "A Light at Sea"),
        ("paragraph", PROSE),
        ("paragraph", MORE),
    ]


def test_title_goes_into_the_metadata() -> None:
    """Whoever names the episode finds the title there."""
    assert article_from_text(f"A Light at Sea\n\n{PROSE}").meta.title == "A Light at Sea"


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_hard_wrapped_lines_are_joined(width: int) -> None:
    """A line break where the next word would not have fitted is no paragraph break."""
    wrapped = "\n\n".join(textwrap.fill(text, width) for text in (PROSE * 3, MORE * 3))

    assert kinds(f"A Light at Sea\n\n{wrapped}") == [
        ("title", "A Light at Sea"),
        ("paragraph", PROSE * 3),
        ("paragraph", MORE * 3),
    ]


def test_short_line_under_wrapped_text_stays_apart() -> None:
    """A line break where more would have fitted was made on purpose."""
    wrapped = textwrap.fill(PROSE * 3, 72)

    assert kinds(f"A Light at Sea\n\n{wrapped}\nRead more")[-1] == ("paragraph", "Read more")


def test_a_line_each_is_a_paragraph_each() -> None:
    """Files that keep a paragraph on a line need no blank lines."""
    assert kinds(f"A Light at Sea\n{PROSE}\n{MORE}") == [
        ("title", "A Light at Sea"),
        ("paragraph", PROSE),
        ("paragraph", MORE),
    ]


def test_one_long_address_does_not_unwrap_a_wrapped_text() -> None:
    """A single line that is wider than the others changes nothing for them."""
    lines = textwrap.wrap(PROSE * 8, 72)
    lines.insert(5, "https://example.com/" + "x" * 150)

    blocks = kinds("A Light at Sea\n\n" + "\n".join(lines))

    assert len(blocks) <= 4


@pytest.mark.parametrize(
    "first",
    ["A Light at Sea", "Is the Light Still On?", "‘We Stay’: Life on the Rock", "What Became of the U.S.", "# Sea #"],
)
def test_titles_are_recognised(first: str) -> None:
    """A first line that does not end as a sentence does."""
    assert kinds(f"{first}\n\n{PROSE}")[0] == ("title", first.strip("# "))


@pytest.mark.parametrize("first", ["It was late.", "Then, however,", "1234", "x" * 201])
def test_first_lines_that_are_no_titles(first: str) -> None:
    """Sentences, figures and very long lines."""
    assert kinds(f"{first}\n\n{PROSE}")[0][0] == "paragraph"


def test_a_single_line_is_a_paragraph() -> None:
    """A title alone is all there is to say, and belongs to no other text."""
    assert kinds("Hello there") == [("paragraph", "Hello there")]


@pytest.mark.parametrize("line", ["Winter on the Rock", "WHAT COMES NEXT", "Who pays?", "2. Supplies"])
def test_headings_between_prose_are_recognised(line: str) -> None:
    """A short line without a last mark between two paragraphs."""
    assert kinds(f"A Light at Sea\n\n{PROSE}\n\n{line}\n\n{MORE}")[2] == ("heading", line)


@pytest.mark.parametrize("line", ["she said.", "and so on", "Yes, she did.", "Note:"])
def test_short_lines_that_are_no_headings(line: str) -> None:
    """Sentences and fragments stay paragraphs."""
    assert kinds(f"A Light at Sea\n\n{PROSE}\n\n{line}\n\n{MORE}")[2] == ("paragraph", line)


@pytest.mark.parametrize("line", ["CHAPTER I.", "Chapter 12", "Part II", "Kapitel 3.", "Acte II"])
def test_names_of_chapters_are_headings(line: str) -> None:
    """A line that is a chapter's name and number alone, whatever it ends with, and another heading behind it."""
    assert kinds(f"A Light at Sea\n\n{line}\n\nTHE CROSSING\n\n{PROSE}\n\n{MORE}")[1] == ("heading", line)


def test_marked_headings_keep_their_level() -> None:
    """Hashes and underlines are signs of a heading in plain text too."""
    article = article_from_text(f"Sea\n===\n\n{PROSE}\n\n### Winter\n{MORE}\n\nSpring\n------\n{PROSE}")

    assert [(block.kind, block.text, block.level) for block in article.blocks if block.kind != "paragraph"] == [
        ("title", "Sea", 0),
        ("heading", "Winter", 3),
        ("heading", "Spring", 2),
    ]


def test_a_row_of_dashes_under_a_paragraph_is_no_underline() -> None:
    """Only a line that could be a heading is underlined."""
    assert kinds(f"A Light at Sea\n\n{PROSE}\n-----\n{MORE}")[1:] == [("paragraph", PROSE), ("paragraph", MORE)]


def test_a_wrapped_line_that_begins_like_a_list_goes_on() -> None:
    """A sum or a dash that comes to stand at the start of a line begins no list."""
    lines = [
        "Nobody remembers any more how many keepers there were, it was about",
        "12. It was a lonely life in any case, and those who led it seldom sa",
        "- so they say - a word about it to the people who lived on the coast",
        "and who never went out there in their boats, not even in the summer.",
    ]

    assert kinds("A Light at Sea\n\n" + "\n".join(lines))[1:] == [("paragraph", " ".join(lines))]


@pytest.mark.parametrize("line", ["“Who are you?”", "‘No’", "— Who knows"])
def test_dialogue_is_no_heading(line: str) -> None:
    """However short."""
    assert kinds(f"A Light at Sea\n\n{PROSE}\n\n{line}\n\n{MORE}")[2] == ("paragraph", line)


def test_lists_are_recognised() -> None:
    """Bullets go, numbers stay, a wrapped item is joined."""
    assert kinds("Supplies\n\n- oil\n- bread, which\n  keeps for weeks\n• rope\n\n1. Climb\n2. Light the lamp\n") == [
        ("title", "Supplies"),
        ("list_item", "oil"),
        ("list_item", "bread, which keeps for weeks"),
        ("list_item", "rope"),
        ("list_item", "1. Climb"),
        ("list_item", "2. Light the lamp"),
    ]


def test_lines_of_marks_only_part_sections() -> None:
    """A row of stars or dashes has nothing to say."""
    assert kinds(f"{PROSE}\n* * *\n{MORE}\n\n-----\n\n{PROSE}") == [
        ("paragraph", PROSE),
        ("paragraph", MORE),
        ("paragraph", PROSE),
    ]


@given(st.text(alphabet=st.sampled_from("aB1 .,-\n#=*•?\t’“é"), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    """Every letter and digit of the text is in some block, in order."""
    read = "".join(block.text for block in article_from_text(text).blocks)

    assert [char for char in read if char.isalnum()] == [char for char in text if char.isalnum()]


@given(st.text(max_size=200))
def test_blocks_are_tidy(text: str) -> None:
    """Blocks hold single spaces, no line breaks and no empty text."""
    for block in article_from_text(text).blocks:
        assert block.text == " ".join(block.text.split()) != ""


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# " * 100_000 + "A Light", [("heading", "# " * 99_999 + "A Light")]),
        ("# #\n\n# A Light #\n\n" + PROSE, [("title", "A Light"), ("paragraph", PROSE)]),
        ("## ##", []),
    ],
    ids=["a row of signs", "a heading of signs", "nothing but signs"],
)
def test_number_signs(text: str, blocks: list[tuple[str, str]]) -> None:
    """Found by fuzzing: a row of them took the square of its length, and a heading of signs was an empty block."""
    assert kinds(text) == blocks


@pytest.mark.parametrize(
    ("lines", "words", "whole"),
    [
        (("no pro-", "vision was made"), (), "no provision was made"),
        (("to ex-", "clude a folder"), (), "to exclude a folder"),
        (("his ex-", "wife came"), ("wife",), "his ex-wife came"),
        (("the thresh-", "old level"), (), "the threshold level"),
        (("a year-", "old dog"), ("year",), "a year-old dog"),
        (("a two-", "third share"), (), "a two-third share"),
        (("a well-", "known port"), (), "a well-known port"),
    ],
)
def test_halves_that_are_words_elsewhere(lines: tuple[str, ...], words: tuple[str, ...], whole: str) -> None:
    """What begins or ends many words keeps its hyphen only if the other half is a word of the text."""
    assert joined(lines, frozenset(words)) == whole


@pytest.mark.parametrize(
    ("lines", "text", "whole"),
    [
        (
            ["a list, comma-", "separated"],
            "the comma and the list of that is separated",
            "a list, comma-separated",
        ),
        (["a list, comma-", "separated"], "a comma is separated", "a list, commaseparated"),
        (["to over-", "look it"], "the look and the over of that", "to overlook it"),
        (["in the car-", "pet shop"], "the car and the pet of that", "in the carpet shop"),
        (["in place-", "holder"], "the place and holder of that placeholder", "in placeholder"),
        (["das Datei-", "system"], "datei und system nicht the and of that", "das Dateisystem"),
    ],
)
def test_two_words_of_the_text_keep_their_hyphen_in_english(lines: list[str], text: str, whole: str) -> None:
    """Halves that an English text has as words are two words; short ones, prefixes and what is known whole are one."""
    assert joined(lines, frozenset(text.split())) == whole
