"""Each kind of block is spoken, announced or skipped."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from importlib import resources

import pytest

from narrate.core.article import Article, Block, BlockKind, Cleaned, Mark, Metadata
from narrate.core.settings.loading import BlockPolicies
from narrate.text.block_policy import apply_policies

TABLE = Block(
    "table",
    "City | Inhabitants | Oslo | 700,000 | Bergen | 290,000",
    rows=(("City", "Inhabitants"), ("Oslo", "700,000"), ("Bergen", "290,000")),
)
CODE = Block("code", "lamp.on()\nlamp.off()")


def applied(*blocks: Block, max_cells: int = 60, language: str = "en", **policies: str) -> Cleaned:
    cleaned = Cleaned(Article(Metadata(), blocks), ())
    return apply_policies(cleaned, BlockPolicies(**policies), max_cells, language)


def texts(cleaned: Cleaned) -> list[str]:
    return [block.text for block in cleaned.article.blocks]


def test_prose_is_spoken() -> None:
    """As it stands."""
    blocks = [Block("title", "A"), Block("heading", "B", 2), Block("paragraph", "C."), Block("list_item", "1. D")]
    blocks += [Block("quote", "E"), Block("footnote", "1. F")]

    assert applied(*blocks) == Cleaned(Article(Metadata(), tuple(blocks)), ())


def test_code_is_announced_once() -> None:
    """A listener is told at the first place, and not at every one."""
    one = applied(Block("paragraph", "Look:"), CODE)
    many = applied(CODE, Block("paragraph", "And:"), CODE)

    assert texts(one) == ["Look:", "A code example is not read aloud."]
    assert texts(many) == ["Code examples are not read aloud.", "And:"]
    assert [(drop.rule, drop.block) for drop in many.drops] == [("announce-code", CODE)] * 2


def test_a_small_table_is_read_row_by_row() -> None:
    """Each cell after the header of its column."""
    assert texts(applied(TABLE)) == ["City: Oslo; Inhabitants: 700,000.", "City: Bergen; Inhabitants: 290,000."]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (((), ("Oslo", "north")), ["Oslo; north."]),
        ((("City", ""), ("Oslo", "north")), ["City: Oslo; north."]),
        ((("City",), ("Oslo", "north", "")), ["City: Oslo; north."]),
        ((("City", "Since"), ("", "")), []),
        ((("Oslo", "north"),), ["Oslo; north."]),
        ((("City",), ("Oslo!",)), ["City: Oslo!"]),
    ],
)
def test_tables_of_any_shape(rows: tuple[tuple[str, ...], ...], said: list[str]) -> None:
    """Without headers, with empty cells, with rows longer than the header."""
    assert texts(applied(Block("table", "x", rows=rows))) == said


def test_a_large_table_is_announced() -> None:
    """With its size and its columns; each table by itself."""
    result = applied(TABLE, replace(TABLE, rows=((), *TABLE.rows[1:])), max_cells=3)

    assert texts(result) == [
        "A table with 2 rows is not read aloud. Its columns: City, Inhabitants.",
        "A table with 2 rows is not read aloud.",
    ]
    assert [drop.rule for drop in result.drops] == ["announce-table"] * 2


def test_captions_and_images_are_skipped() -> None:
    """Captions and images are skipped and listed among the drops."""
    result = applied(Block("caption", "The lamp."), Block("image", "A lamp"))

    assert texts(result) == []
    assert [drop.rule for drop in result.drops] == ["skip-caption", "skip-image"]


@pytest.mark.parametrize(
    ("language", "said"), [("de-AT", "Bild: Lampe"), ("fr", "Image : Lampe"), ("sv", "Image: Lampe")]
)
def test_announcements_are_in_the_language_of_the_text(language: str, said: str) -> None:
    """English where there is no better one."""
    assert texts(applied(Block("image", "Lampe"), language=language, image="announce")) == [said]


def test_every_announcement_is_there_in_every_language() -> None:
    """Each kind that may be announced has its words."""
    tables = tomllib.loads((resources.files("narrate.text") / "block_policy.toml").read_text(encoding="utf-8"))
    spoken_or_not = {"title", "heading", "paragraph", "list_item"}
    kinds = {item.name for item in fields(BlockPolicies)} - spoken_or_not

    assert all(set(words) == kinds | {"code_many", "table_headers", "script"} for words in tables.values())


FOREIGN = ("Привет мир", "السلام عليكم", "今日は良い天気です。", "Γειά σου Κόσμε", "שלום עולם", "नमस्ते दुनिया", "ᚠᚢᚦᚨᚱᚲ")
PROSE = Block("paragraph", "The keeper of the light wrote that the night was calm, and read it twice.")


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("kind", ["paragraph", "heading", "quote", "list_item"])
def test_another_script_is_announced(text: str, kind: BlockKind) -> None:
    """What no voice of the article's language can read is left out on record, and said to be, once."""
    foreign = Block(kind, text)

    cleaned = applied(PROSE, foreign, PROSE, foreign)

    assert texts(cleaned) == [PROSE.text, "Passages in another script are not read aloud.", PROSE.text]
    assert [(drop.block, drop.rule) for drop in cleaned.drops] == [(foreign, "announce-script")] * 2
    assert [aside.block for aside in cleaned.asides] == [foreign, foreign]


@pytest.mark.parametrize("text", ["The word Привет is said.", "Ærø, Łódź, Đà Nẵng, ﬁn", "1 + 1 = 2", "*", "½ ²"])
def test_a_word_in_another_script_is_spoken(text: str) -> None:
    """Half of the letters are enough, and what has none is of no script."""
    assert texts(applied(PROSE, Block("paragraph", text))) == [PROSE.text, text]


def test_article_in_another_script_is_left_to_the_voice() -> None:
    """A voice that cannot read it says so, with what to do; nothing is announced in place of a whole article."""
    blocks = [Block("title", "Light"), Block("paragraph", FOREIGN[0]), Block("paragraph", FOREIGN[3])]

    assert texts(applied(*blocks)) == [block.text for block in blocks]
    for language in ("ru", "uk", "ja", "hi-IN"):
        assert texts(applied(PROSE, Block("paragraph", FOREIGN[0]), language=language)) == [PROSE.text, FOREIGN[0]]


@pytest.mark.parametrize(
    "block",
    [
        Block("table", "a | b | 1 | 2", rows=(("a", "b"), ("1", "2"))),
        Block("table", "a | b | 1 | 2", rows=(("a", "b"), ("1", "2")) * 40),
        Block("code", "x = 1"),
        Block("image", "a lamp"),
        Block("caption", "A lamp."),
        Block("paragraph", "Это целый абзац на другом языке."),
    ],
)
def test_a_block_with_other_words_for_all_of_it_is_spoken(block: Block) -> None:
    """Whatever is done with its kind: its author says what is heard."""
    reworded = replace(block, marks=(Mark("say", 0, len(block.text), "These words."),))
    cleaned = applied(Block("paragraph", "An article in English."), reworded)

    assert cleaned.article.blocks[1:] == (reworded,)
    assert cleaned.drops == ()
