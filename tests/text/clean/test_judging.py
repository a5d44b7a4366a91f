"""The learnt weights' word on each line, and what a mistake would cost."""

from __future__ import annotations

import pytest

from narrate.core.article import Block, BlockKind
from narrate.core.resources import packaged_file
from narrate.sources.read import article_from_text
from narrate.text.clean.judging import (
    DOUBT_MAX_LOGIT,
    DOUBT_MIN_LOGIT,
    SECOND_LOOK_MIN_LINES,
    SENTENCE_PRICES,
    Weights,
    in_doubt,
    judge,
    limit_of,
    packaged_weights,
)
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.second_look import NAMES
from narrate.text.forest import Forest
from narrate.text.linear_chain import ChainModel

STAIRS = (
    "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book that lies beside it "
    "on the table, as her father did before her, and his father before him."
)
# Weights that hold every line for the page's.
AGAINST = Weights(ChainModel({}, {}, -20.0))


def lines(*texts: str) -> tuple[Line, ...]:
    return lines_of(article_from_text("\n\n".join(texts)).blocks, phrases_for("en"))


def long_page(*texts: str, paragraphs: int = SECOND_LOOK_MIN_LINES) -> tuple[Line, ...]:
    """Return so many paragraphs and lines after them, as they are, with nothing read as a title."""
    blocks = [Block("paragraph", text) for text in ([STAIRS] * paragraphs + list(texts))]
    return lines_of(blocks, phrases_for("en"))


def test_a_title_stays_whatever_the_weights_say() -> None:
    """The listener hears what the article is called."""
    verdicts = judge(lines("A Light at Sea", STAIRS, STAIRS), "en", "strict", AGAINST)

    assert [verdict.is_out for verdict in verdicts] == [False, True, True]


@pytest.mark.parametrize("kind", ["title", "code", "table", "image", "caption", "footnote"])
def test_what_has_a_policy_of_its_own_is_not_judged(kind: BlockKind) -> None:
    """References at the end of a paper look like other articles' headlines, and are none."""
    blocks = [Block("paragraph", STAIRS), Block("paragraph", STAIRS), Block(kind, "Berg A. Lamps of the north. 2019")]

    verdicts = judge(lines_of(blocks, phrases_for("en")), "en", "strict", AGAINST)

    assert [verdict.is_out for verdict in verdicts] == [True, True, False]


@pytest.mark.parametrize(
    "texts",
    [("A Light at Sea", "It went out.", "Two gulls"), ("Down by the sea", "home", "the ships", "and", "out", "go")],
)
def test_without_prose_nothing_is_judged(texts: tuple[str, ...]) -> None:
    """A note of a few lines and a poem have no article that something could stand around."""
    assert not any(verdict.is_out for verdict in judge(lines(*texts), "en", "strict", AGAINST))


def test_what_a_mistake_costs() -> None:
    """A sentence costs more than a heading, a paragraph more than a sentence, and each more where it is gentle."""
    heading, sentence, paragraph = lines("x", "Lamp oil", "It went out.", " ".join([STAIRS] * 3))[1:]

    for strictness in SENTENCE_PRICES:
        assert limit_of(heading, strictness) > limit_of(sentence, strictness) > limit_of(paragraph, strictness) > 0
    limits = [limit_of(sentence, strictness) for strictness in ("gentle", "normal", "strict")]
    assert limits == sorted(set(limits))


def test_the_price_of_a_sentence_is_in_lines_of_boilerplate() -> None:
    """A sentence goes only where boilerplate is so many times as likely."""
    (sentence,) = lines_of([Block("paragraph", "It went out.")], phrases_for("en"))

    limit = limit_of(sentence, "normal")

    assert (1 - limit) / limit == pytest.approx(SENTENCE_PRICES["normal"])


def test_a_drop_has_its_reasons() -> None:
    """Those features that spoke for it, the strongest first; what stays has none."""
    model = ChainModel({"place:after prose 1 short": -9.0, "kind:paragraph": -2.0, "length:2 open": 3.0}, {}, 1.0)

    kept, out = judge(lines("A Light at Sea", STAIRS, STAIRS, "Lamp oil"), "en", "normal", Weights(model))[-2:]

    assert (kept.is_out, kept.reasons) == (False, ())
    assert (out.is_out, out.reasons) == (True, ("place:after prose 1 short", "kind:paragraph"))


@pytest.mark.parametrize("name", ["weights.json", "trees.json"])
def test_the_weights_are_small(name: str) -> None:
    """They are read with the first article that is cleaned."""
    assert len(packaged_file("narrate.text.clean", name).read_bytes()) < 100_000


def test_the_packaged_trees_ask_for_what_is_known() -> None:
    """Their numbers are those of the second look, in its order."""
    trees = packaged_weights().trees

    assert trees is not None
    assert trees.features == NAMES


# A tree that keeps what has at most two words, and is sure that all else is the page's.
SHORT = Forest(NAMES, 0.0, ([NAMES.index("words"), 2.0, 6.0, -9.0, -3.0],))


def test_trees_have_the_last_word_on_lines_in_doubt() -> None:
    """Against the chain as well, in both directions; the reasons are then theirs."""
    weights = Weights(ChainModel({"length:2 open": -4.0, "length:3 open": 2.0}, {}, 1.5), SHORT)

    kept, out = judge(long_page("Lamp oil", "Two old gulls"), "en", "normal", weights)[-2:]

    assert (kept.is_out, round(kept.probability, 3)) == (False, 0.998)
    assert (out.is_out, out.reasons[:1]) == (True, ("words",))


@pytest.mark.parametrize("logit", [DOUBT_MIN_LOGIT - 1, DOUBT_MAX_LOGIT + 1])
def test_what_the_chain_is_sure_of_is_not_looked_at_again(logit: float) -> None:
    """Trees would say the opposite of it."""
    words = "Lamp oil" if logit < 0 else "Two old gulls"
    weights = Weights(ChainModel({"length:2 open": logit, "length:3 open": logit}, {}, 0.0), SHORT)

    verdict = judge(long_page(words), "en", "normal", weights)[-1]

    assert verdict.is_out is (logit < 0)


@pytest.mark.parametrize(("more", "is_out"), [(-2, False), (0, True)])
def test_short_texts_are_not_looked_at_again(more: int, is_out: bool) -> None:
    """What is known of all their lines says little of each."""
    weights = Weights(ChainModel({}, {}, 1.0), SHORT)
    page = long_page("Two old gulls", paragraphs=SECOND_LOOK_MIN_LINES + more)

    assert judge(page, "en", "normal", weights)[-1].is_out is is_out


def test_lines_in_doubt_are_those_that_are_judged_at_all() -> None:
    """A caption has a policy of its own, whatever the chain makes of it."""
    blocks = [Block("paragraph", "Lamp oil"), Block("caption", "Two gulls"), Block("heading", "The pier")]

    assert in_doubt(lines_of(blocks, phrases_for("en")), [0.5, 0.5, 0.9999]) == [0]


@pytest.mark.parametrize(("line", "is_out"), [("Good in rain.", False), ("Good in rain", True)])
def test_the_only_sentence_of_a_section_stays(line: str, is_out: bool) -> None:
    """Under a heading that is read, nothing would be said; what is no sentence may be a label or a credit."""
    kinds: list[tuple[BlockKind, str]] = [
        ("heading", "The pier"), ("paragraph", line), ("paragraph", "Advertisement"), ("heading", "The beach"),
    ]  # fmt: skip
    model = ChainModel({"kind:paragraph": -20.0, "kind:heading": 20.0}, {}, 0.0)
    blocks = [Block("paragraph", STAIRS), *(Block(kind, text) for kind, text in kinds), Block("paragraph", STAIRS)]

    assert judge(lines_of(blocks, phrases_for("en")), "en", "normal", Weights(model))[2].is_out is is_out
