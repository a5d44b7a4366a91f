"""Speakers of whole articles: the forms in use, what only looks like them, and that no word is lost."""

from __future__ import annotations

import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Aside, Block, Cleaned, Mark, Metadata
from narrate.core.settings.model import Settings
from narrate.pipeline.stages import read_and_clean
from narrate.text.speakers import speakers_of, with_speakers

DATA = Path(__file__).parent / "data"


def _table(name: str, key: str) -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in tomllib.loads((DATA / name).read_text())[key]]


def _told(one: Any, folder: Path) -> Cleaned:
    path = folder / f"article.{one['form']}"
    path.write_text(one["text"].lstrip(), encoding="utf-8")
    cleaned = read_and_clean(path, Settings())
    return with_speakers(cleaned, cleaned.article.meta.language or "en")


def _cleaned(*blocks: Block, asides: tuple[Aside, ...] = ()) -> Cleaned:
    return Cleaned(Article(Metadata(), blocks), (), asides)


def _talk(*texts: str) -> Cleaned:
    return _cleaned(*(Block("paragraph", text) for text in texts))


def _words(blocks: tuple[Block, ...]) -> list[str]:
    return " ".join(block.shown for block in blocks).split()


@pytest.mark.parametrize("one", _table("dialogues.toml", "dialogue"))
def test_dialogues_have_their_speakers(one: Any, tmp_path: Path) -> None:
    """Each paragraph has its speaker, in every form in which dialogues are written."""
    blocks = _told(one, tmp_path).article.blocks
    turns = [name or "-" for name, _ in groupby(block.speaker for block in blocks if block.kind != "title")]
    assert [turn.casefold() for turn in turns] == [turn.casefold() for turn in one["turns"]]


@pytest.mark.parametrize("one", _table("traps.toml", "trap"))
def test_other_articles_have_no_speaker(one: Any, tmp_path: Path) -> None:
    """A word before a colon is no speaker where nobody talks."""
    assert speakers_of(_told(one, tmp_path).article.blocks) == ()


@pytest.mark.parametrize("one", _table("dialogues.toml", "dialogue"))
def test_nothing_changes_without_a_cast(one: Any, tmp_path: Path) -> None:
    """Where nobody asks for a cast, labels are words like others."""
    path = tmp_path / f"article.{one['form']}"
    path.write_text(one["text"].lstrip(), encoding="utf-8")
    blocks = read_and_clean(path, Settings()).article.blocks
    assert not any(block.speaker or block.label for block in blocks)


@pytest.mark.parametrize("one", _table("dialogues.toml", "dialogue"))
def test_labels_and_texts_have_all_words(one: Any, tmp_path: Path) -> None:
    """The labels are taken out of the text, and out of nothing else."""
    path = tmp_path / f"article.{one['form']}"
    path.write_text(one["text"].lstrip(), encoding="utf-8")
    before = read_and_clean(path, Settings())
    assert _words(with_speakers(before, "en").article.blocks) == _words(before.article.blocks)


NAMES = st.sampled_from(["Anna:", "Ben:", "Q:", "A:", "Note:", "ANNA:", "<anna>", "[00:01:02] Anna:", "Mr. SMITH.", ""])
TEXTS = st.text(alphabet="abI ?.:„“()[]", max_size=30).map(lambda text: " ".join(text.split()))
BLOCKS = st.builds(
    lambda kind, name, text, bold: Block(kind, f"{name} {text}".strip() or "x", bold_chars=bold),
    st.sampled_from(["paragraph", "heading", "list_item", "quote", "title"]),
    NAMES,
    TEXTS,
    st.integers(0, 40),
)


@given(st.lists(BLOCKS, max_size=14))
def test_no_word_is_lost(blocks: list[Block]) -> None:
    """Whatever an article looks like, its labels and texts are its words, in order."""
    told = with_speakers(_cleaned(*blocks), "en").article.blocks
    assert _words(told) == _words(tuple(blocks))


def test_several_turns_in_one_paragraph_are_parted() -> None:
    """Lines that a reader joined become a block for each speaker."""
    told = _talk("Q: Who? A: Me. Q: Why you? A: Nobody else came.").article.blocks
    blocks = with_speakers(_cleaned(*told), "en").article.blocks
    assert [(block.speaker, block.text) for block in blocks] == [
        ("Q", "Who?"),
        ("A", "Me."),
        ("Q", "Why you?"),
        ("A", "Nobody else came."),
    ]


def test_a_heading_and_the_editors_words_end_a_turn() -> None:
    """What comes behind a heading, and what an editor says of the interview, is nobody's of it."""
    blocks = [Block("paragraph", text) for text in ("Q: Who?", "A: I.", "More of it.", "Q: Why you?", "A: I came.")]
    blocks += [Block("paragraph", "This interview was edited for length."), Block("heading", "Notes", 2)]
    blocks += [Block("paragraph", "He lives in Delft.")]
    told = with_speakers(_cleaned(*blocks), "en").article.blocks
    assert [block.speaker for block in told] == ["Q", "A", "A", "Q", "A", "", "", ""]


def test_asides_stay_before_their_blocks() -> None:
    """A piece of code that stands between two blocks stands there when a name has become a label."""
    texts = ("Anna:", "Who are you?", "Ben:", "I am Ben.", "Anna:", "And why are you here?", "Ben:", "I was asked.")
    blocks = tuple(Block("paragraph", text, bold_chars=len(text) if text.endswith(":") else 0) for text in texts)
    aside = Aside(Block("code", "x = 1"), before=5)
    told = with_speakers(_cleaned(*blocks, asides=(aside,)), "en")
    assert [block.shown for block in told.article.blocks][told.asides[0].before] == "Anna: And why are you here?"


def test_marks_keep_their_places() -> None:
    """A mark of the author's is still at its word when the label is gone."""
    texts = ("Anna: Who is it?", "Ben: I am Ben.", "Anna: Why are you here?", "Ben: I was asked.")
    marks = [Mark("emphasis", text.index(":") + 2, text.index(":") + 5, "strong") for text in texts]
    blocks = (Block("paragraph", text, marks=(mark,)) for text, mark in zip(texts, marks, strict=True))
    told = with_speakers(_cleaned(*blocks), "en").article.blocks
    assert [block.text[slice(block.marks[0].start_char, block.marks[0].end_char)] for block in told] == [
        "Who",
        "I a",
        "Why",
        "I w",
    ]


TURNS = ("Anna: Who are you?", "Ben: I am a baker.", "Anna: Why is that?", "Ben: I was hungry, you see.")


@pytest.mark.parametrize("kind", ["say", "voice", "emphasis"])
def test_a_mark_around_a_whole_turn_is_around_its_words(kind: Any) -> None:
    """The label is not part of the words any more; nothing of the mark is lost with it."""
    blocks = (Block("paragraph", text, marks=(Mark(kind, 0, len(text), "low"),)) for text in TURNS)
    told = with_speakers(_cleaned(*blocks), "en").article.blocks

    assert [block.label for block in told] == ["Anna:", "Ben:", "Anna:", "Ben:"]
    assert [block.marks for block in told] == [(Mark(kind, 0, len(block.text), "low"),) for block in told]


@pytest.mark.parametrize("place", ["before the label", "behind the label", "at the end"])
def test_a_pause_at_the_edge_of_a_turn_stays(place: str) -> None:
    """Before and behind a label it is before the words."""
    at = {"before the label": lambda text: 0, "behind the label": lambda text: text.index(":") + 1, "at the end": len}
    blocks = (Block("paragraph", text, marks=(Mark("pause", at[place](text), at[place](text), "9"),)) for text in TURNS)
    told = with_speakers(_cleaned(*blocks), "en").article.blocks

    places = [len(block.text) if place == "at the end" else 0 for block in told]
    assert [block.marks for block in told] == [(Mark("pause", there, there, "9"),) for there in places]


def test_a_pause_between_two_turns_of_one_paragraph_is_there_once() -> None:
    """Where several people speak in a block."""
    text = f"{TURNS[2]} {TURNS[3]}"
    at = text.index("Ben")
    blocks = (Block("paragraph", TURNS[0]), Block("paragraph", TURNS[1]))
    both = Block("paragraph", text, marks=(Mark("pause", at, at, "9"),))
    told = with_speakers(_cleaned(*blocks, both), "en").article.blocks

    assert [len(block.marks) for block in told] == [0, 0, 0, 1]
