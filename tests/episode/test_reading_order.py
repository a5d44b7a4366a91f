"""The article as a reader sees it."""

from __future__ import annotations

import pytest

from narrate.core.article import Article, Block, BlockKind, Cleaned, Metadata, Script, Utterance
from narrate.core.settings.loading import BlockPolicies
from narrate.episode.reading_order import reading
from narrate.text.block_policy import apply_policies
from narrate.text.spoken import to_script

TABLE = Block("table", "a | b", rows=(("Town", "People"), ("Oslo", "7")))


def seen(blocks: list[Block], *, intro: bool = False, **policies: str) -> list[tuple[BlockKind, str, bool]]:
    """Kind, text, and whether it is spoken."""
    cleaned = Cleaned(Article(Metadata(), tuple(blocks)), ())
    script = to_script(apply_policies(cleaned, BlockPolicies(**policies), 60, "en"), "en")
    if intro:
        framed = (
            Utterance("intro", "In.", "In.", -1, ()),
            *script.utterances,
            Utterance("outro", "Out.", "Out.", -1, ()),
        )
        script = Script(script.meta, framed, script.drops, script.asides)
    found = list(reading(script))
    assert [number for passage, number in found if passage.spoken] == list(range(len(script.utterances)))
    assert all(number is None for passage, number in found if not passage.spoken)
    return [(passage.block.kind, passage.block.text, passage.spoken) for passage, _ in found]


def test_code_stands_below_the_word_that_it_is_there() -> None:
    """The first time; later pieces, of which the voice says nothing, stand where they stood."""
    blocks = [Block("paragraph", "One."), Block("code", "x = 1"), Block("paragraph", "Two."), Block("code", "y = 2")]

    found = seen(blocks)

    assert [(kind, spoken) for kind, _, spoken in found] == [
        ("paragraph", True), ("caption", True), ("code", False), ("paragraph", True), ("code", False)
    ]  # fmt: skip
    assert [text for kind, text, _ in found if kind == "code"] == ["x = 1", "y = 2"]


def test_what_is_skipped_is_seen() -> None:
    """Skipped blocks are seen, but for a picture's description without the picture."""
    blocks = [Block("image", "A boat"), Block("caption", "The boat in 1901"), Block("paragraph", "One."), TABLE]

    assert seen(blocks, table="skip") == [
        ("caption", "The boat in 1901", False),
        ("paragraph", "One.", True),
        ("table", "a | b", False),
    ]


def test_a_large_table_is_seen_whole() -> None:
    """Below its announcement."""
    found = seen([TABLE, Block("paragraph", "One.")], table="announce")

    assert [(kind, spoken) for kind, _, spoken in found] == [("caption", True), ("table", False), ("paragraph", True)]


@pytest.mark.parametrize("policy", ["skip", "announce"])
def test_the_outro_comes_last(policy: str) -> None:
    """The intro is first and the outro last, whatever stands at the article's edges."""
    found = seen([Block("code", "x"), Block("paragraph", "One."), Block("caption", "End")], intro=True, code=policy)

    assert (found[0], found[-1]) == (("intro", "In.", True), ("outro", "Out.", True))
    assert found[-2] == ("caption", "End", False)


def test_code_that_is_read_aloud_is_code() -> None:
    """With its words."""
    assert seen([Block("code", "x is one")], code="speak") == [("code", "x is one", True)]
