"""What stands around a line, as features."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block
from narrate.sources.read import article_from_text
from narrate.text.clean.line_features import lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.surroundings import items

STAIRS = (
    "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book that lies beside it "
    "on the table, as her father did before her, and his father before him."
)
FERRY = (
    "In winter the ferry stays away for weeks, and the keeper of the northern light is alone with the lamp and book."
)
KEEPER = "The Keeper of the Northern Light"
LINES = ("Home", "News", KEEPER, "Advertisement", STAIRS, FERRY, "Related stories", "Lamp oil dearer")


def features(*texts: str) -> dict[str, set[str]]:
    """The names of each line's features, by its text."""
    blocks = article_from_text("\n\n".join(texts)).blocks
    found = items(lines_of(blocks, phrases_for("en")), frozenset())
    return {block.text: set(item.own) | set(item.link) for block, item in zip(blocks, found, strict=True)}


def test_each_line_has_its_place() -> None:
    """Under the title, in the prose, after it, and at the end of the page."""
    found = features(*LINES[2:])

    assert "place:under title phrase" in found["Advertisement"]
    assert "place:in prose long prose" in found[FERRY]
    assert "place:after prose 2 short" in found["Lamp oil dearer"]
    assert "neighbour:+1 none" in found["Lamp oil dearer"]
    assert "neighbour:-1 phrase" in found["Lamp oil dearer"]


def test_a_header_counts_for_what_is_below_it() -> None:
    """Lines under "Related stories" know how far above it stands, but not where no article came before."""
    after, before = features(*LINES[2:]), features("Related stories", "Lamp oil dearer", STAIRS)

    assert "under related:1 short" in after["Lamp oil dearer"]
    assert not any(name.startswith("under related") for name in before["Lamp oil dearer"])


def test_a_link_to_the_comments_is_no_header_of_them() -> None:
    """ "124 comments" under a byline: what follows is nearly all there is of the text."""
    early = features(KEEPER, STAIRS + " " + FERRY, "124 comments", "Eva", *(f"{STAIRS} Night {i}." for i in range(30)))
    late = features(KEEPER, STAIRS + " " + FERRY, "124 comments", "Eva", f"{STAIRS} Night 1.", "Tom")

    assert not any(name.startswith("under comments") for name in early[f"{STAIRS} Night 1."])
    assert "under comments:2 long prose" in late[f"{STAIRS} Night 1."]


def test_words_shared_with_the_text_and_with_the_title() -> None:
    """A heading of the article has them, a headline of another one seldom does."""
    found = features(*LINES[2:], "Northern keeper lights lamp")

    assert "words of title:3 short" in found["Northern keeper lights lamp"]
    assert "words of text:4 short" in found["Northern keeper lights lamp"]
    assert "words of text:2 short" in found["Lamp oil dearer"]


def test_lines_that_repeat_or_begin_alike_are_told() -> None:
    """Once more the same, or "Length: …" under each of several headings."""
    found = features(*LINES[2:6], "Length: 3 km", STAIRS + " Again.", "Length: 5 km", FERRY, "Length: 9 km")

    assert "begins alike:3 sentence" in found["Length: 3 km"] or "begins alike:3 short" in found["Length: 3 km"]
    assert "repeats:2 long prose" in found[FERRY]


def test_runs_know_whether_a_phrase_is_in_them() -> None:
    """A list after the last paragraph is the author's, if nothing in it is boilerplate."""
    listed, page = features(*LINES[2:6], "Argand lamp", "Arc lamp"), features(*LINES[2:6], "Argand lamp", "Read more")

    assert "phrases in run:0 end short" in listed["Argand lamp"]
    assert "phrases in run:1 end short" in page["Argand lamp"]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_text_has_an_item_for_each_line(texts: list[str]) -> None:
    """Also an empty one, one without a title, one without prose; only the first line has no neighbour before it."""
    blocks = [Block("paragraph", text) for text in texts]

    found = items(lines_of(blocks, phrases_for("en")), frozenset())

    assert len(found) == len(blocks)
    assert [bool(item.link) for item in found] == [index > 0 for index in range(len(blocks))]
