"""A script becomes chunks that fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import BlockKind, Chunk, Metadata, Script, Sound, Utterance
from narrate.core.errors import SynthesisFailed
from narrate.core.settings.loading import Pauses
from narrate.speech.chunking import chunk

PAUSES = Pauses(
    title_ms=9,
    heading_1_ms=8,
    before_heading_ms=12,
    paragraph_ms=7,
    list_item_ms=6,
    sentence_ms=3,
    clause_ms=2,
    word_ms=1,
)


def script(*utterances: tuple[BlockKind, str]) -> Script:
    said = (Utterance(kind, text, text, number, ()) for number, (kind, text) in enumerate(utterances))
    return Script(Metadata(), tuple(said), ())


def chunks(text: str, max_chars: int, kind: BlockKind = "paragraph") -> list[tuple[str, int]]:
    made = chunk(script((kind, text)), lambda piece: len(piece) <= max_chars, PAUSES)
    return [(piece.text, piece.pause_after_ms) for piece in made]


def test_a_paragraph_that_fits_is_one_chunk() -> None:
    """The engine gets as much context as it takes."""
    assert chunks("One. Two. Three.", 20) == [("One. Two. Three.", 7)]


def test_else_runs_of_sentences() -> None:
    """As many sentences together as fit, the block's pause after the last."""
    assert chunks("One. Two. Three. Four.", 16) == [("One. Two. Three.", 3), ("Four.", 7)]


def test_else_runs_of_clauses() -> None:
    """A sentence that does not fit is cut at its commas."""
    assert chunks("One, two, three, four. Five.", 12) == [("One, two,", 2), ("three, four.", 3), ("Five.", 7)]


def test_else_runs_of_words() -> None:
    """A clause that does not fit is cut between words."""
    assert chunks("one two three four five, six", 10) == [
        ("one two", 1),
        ("three four", 1),
        ("five,", 2),
        ("six", 7),
    ]


def test_else_a_word_is_cut() -> None:
    """A word that is longer than the engine takes does not stop the run."""
    assert "".join(text for text, _ in chunks("x" * 1000, 30)) == "x" * 1000


def test_an_engine_that_takes_nothing_is_an_error() -> None:
    """Instead of cutting for ever."""
    with pytest.raises(SynthesisFailed):
        chunks("word", 0)


@pytest.mark.parametrize(("kind", "pause_ms"), [("title", 9), ("heading", 8), ("paragraph", 7), ("list_item", 6)])
def test_the_pause_follows_the_kind_of_block(kind: BlockKind, pause_ms: int) -> None:
    """Structure is heard as silence."""
    assert chunks("Some words", 100, kind) == [("Some words", pause_ms)]


@pytest.mark.parametrize(
    "text", ["Mr. Smith left early.", "James T. Kirk left early.", "He left the U.S. Senate early."]
)
def test_abbreviations_are_not_cut(text: str) -> None:
    """What does not fit is cut at words before it is cut inside a name's dot."""
    assert all(pause_ms != 3 for _, pause_ms in chunks(text, 15))


def test_a_heading_is_its_own_chunk_and_names_a_chapter() -> None:
    """However short its neighbours are."""
    made = chunk(script(("title", "A"), ("paragraph", "B."), ("heading", "C"), ("paragraph", "D.")), bool, PAUSES)

    assert [(piece.index, piece.text, piece.chapter) for piece in made] == [
        (0, "A", "A"),
        (1, "B.", None),
        (2, "C", "C"),
        (3, "D.", None),
    ]


def test_a_long_heading_names_its_chapter_once() -> None:
    """In the author's words, at its first chunk."""
    made = chunk(script(("heading", "one two three four")), lambda text: len(text) <= 9, PAUSES)

    assert [piece.chapter for piece in made] == ["one two three four", None, None]


TEXTS = st.text(alphabet=st.sampled_from('abcd .,;!?—…"”() \n'), min_size=1, max_size=120).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(min_value=1, max_value=40))
def test_chunks_joined_are_the_script(texts: list[str], max_chars: int) -> None:
    """Every chunk fits, knows its place, and together they are the text up to white space."""
    said = script(*(("paragraph", text) for text in texts))

    made = chunk(said, lambda piece: len(piece) <= max_chars, PAUSES)

    assert [piece.index for piece in made] == list(range(len(made)))
    assert all(0 < len(piece.text) <= max_chars for piece in made)
    assert "".join("".join(piece.text.split()) for piece in made) == "".join("".join(text.split()) for text in texts)
    for piece in made:
        assert said.utterances[piece.utterance].text[piece.start_char : piece.end_char] == piece.text


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_word_is_in_one_chunk(texts: list[str]) -> None:
    """Where words fit, none is cut."""
    made: tuple[Chunk, ...] = chunk(script(*(("paragraph", t) for t in texts)), lambda p: len(p) <= 130, PAUSES)

    assert [word for piece in made for word in piece.text.split()] == [word for text in texts for word in text.split()]


def test_sounds_go_with_their_words() -> None:
    """Each chunk has those of its own words, at their places in the chunk."""
    text = "He read it. She lives there."
    sounds = (Sound(3, 7, "ɹˈɛd", "heteronyms"), Sound(16, 21, "lˈɪvz", "heteronyms"))
    utterance = Utterance("paragraph", text, text, 0, (), sounds=sounds)

    made = chunk(Script(Metadata(), (utterance,), ()), lambda piece: len(piece) <= 17, PAUSES)

    assert [[(piece.text[s.start_char : s.end_char], s.ipa) for s in piece.sounds] for piece in made] == [
        [("read", "ɹˈɛd")],
        [("lives", "lˈɪvz")],
    ]


def pauses_of(*blocks: tuple[BlockKind, int], pauses: Pauses) -> list[int]:
    said = tuple(Utterance(kind, "Words.", "Words.", n, (), level) for n, (kind, level) in enumerate(blocks))
    return [piece.pause_after_ms for piece in chunk(Script(Metadata(), said, ()), bool, pauses)]


@pytest.mark.parametrize(("level", "pause_ms"), [(0, 30), (1, 30), (2, 20), (3, 10), (4, 10), (6, 10)])
def test_the_pause_after_a_heading_follows_its_level(level: int, pause_ms: int) -> None:
    """All that are deeper than the third are heard alike."""
    pauses = Pauses(heading_1_ms=30, heading_2_ms=20, heading_3_ms=10)

    assert pauses_of(("heading", level), ("paragraph", 0), pauses=pauses)[0] == pause_ms


@pytest.mark.parametrize(
    ("kind", "following", "pause_ms"),
    [
        ("paragraph", "heading", 50),
        ("list_item", "heading", 50),
        ("title", "heading", 90),
        ("heading", "heading", 50),
        ("paragraph", "outro", 50),
        ("paragraph", "paragraph", 7),
        ("heading", "paragraph", 8),
        ("intro", "heading", 200),
    ],
)
def test_before_a_heading_is_a_longer_pause(kind: BlockKind, following: BlockKind, pause_ms: int) -> None:
    """The longer of the two that meet there; before the outro, too."""
    pauses = Pauses(before_heading_ms=50, title_ms=90, heading_1_ms=8, paragraph_ms=7, list_item_ms=6, intro_ms=200)

    assert pauses_of((kind, 1), (following, 1), pauses=pauses)[0] == pause_ms


def test_nothing_follows_the_last_block() -> None:
    """It has its own pause."""
    assert pauses_of(("outro", 0), pauses=Pauses(outro_ms=5, before_heading_ms=50)) == [5]


def test_a_sentence_a_chunk() -> None:
    """For engines that do not say when a word is heard, however much fits; the pause between them is a sentence's."""
    text = "One, two. Three four five; six. Seven."

    made = chunk(script(("paragraph", text), ("title", "No end")), lambda t: len(t) <= 15, PAUSES, by_sentence=True)

    assert [(piece.text, piece.pause_after_ms) for piece in made] == [
        ("One, two.", 3),
        ("Three four", 1),
        ("five;", 2),
        ("six.", 3),
        ("Seven.", 7),
        ("No end", 9),
    ]


@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(1, 40), st.booleans())
def test_breaks_lie_inside_their_chunk(texts: list[str], max_chars: int, by_sentence: bool) -> None:
    """In order, each with words or marks after it, so that none is where the chunk's own pause is."""
    said = script(*(("paragraph", text) for text in texts))

    for piece in chunk(said, lambda text: len(text) <= max_chars, PAUSES, by_sentence=by_sentence):
        places = [gap.at_char for gap in piece.breaks]
        assert places == sorted(set(places))
        assert all(0 < at < len(piece.text) and piece.text[at:].strip() for at in places)
        assert {gap.at_least_ms for gap in piece.breaks} <= {PAUSES.sentence_ms, PAUSES.clause_ms}


def test_breaks_are_where_sentences_and_clauses_end() -> None:
    """Each with the pause of its kind; places are in the chunk's text."""
    (piece, *_) = chunk(
        script(
            ("paragraph", "Mr. Smith came, saw, and left. He won: twice."),
        ),
        bool,
        PAUSES,
    )

    assert [(piece.text[: gap.at_char], gap.at_least_ms) for gap in piece.breaks] == [
        ("Mr. Smith came,", 2),
        ("Mr. Smith came, saw,", 2),
        ("Mr. Smith came, saw, and left.", 3),
        ("Mr. Smith came, saw, and left. He won:", 2),
    ]


def test_kinds_of_blocks_with_another_voice() -> None:
    """All chunks of them, and no others."""
    said = script(("paragraph", "One."), ("quote", "Two. Three."), ("list_item", "Four."))

    made = chunk(said, lambda text: len(text) <= 6, PAUSES, voices={"quote": "low"})

    assert [(piece.text, piece.voice) for piece in made] == [
        ("One.", ""),
        ("Two.", "low"),
        ("Three.", "low"),
        ("Four.", ""),
    ]


@pytest.mark.parametrize(
    ("title", "after", "chapter"),
    [
        ("A Light", ("paragraph", "Text."), "A Light"),
        ("A Light", ("heading", "Winter"), "A Light"),
        ("A Light", ("title", "A Light: Notes"), None),
        ("A Light", ("heading", "A Light"), None),
        (None, ("paragraph", "Text."), None),
    ],
)
def test_an_intro_is_a_chapter_by_the_articles_title(
    title: str | None, after: tuple[BlockKind, str], chapter: str | None
) -> None:
    """Whatever else it says; not where the title comes after it, which is the chapter then."""
    said = script(("intro", "A Light. By Anna Berg."), after)

    first, *_ = chunk(Script(Metadata(title=title), said.utterances, ()), bool, PAUSES)

    assert first.chapter == chapter


def test_an_empty_script_has_no_chunks() -> None:
    """Found by fuzzing: it was a ValueError."""
    assert chunk(script(), bool, PAUSES) == ()
