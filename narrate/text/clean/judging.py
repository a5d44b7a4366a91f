"""Tells the author's lines from a page's by learnt weights, and prices what a mistake would cost a listener.

Single lines say too little: a headline of another article looks like a heading of this one. So all lines are looked
at together (surroundings.py), the chain of linear_chain.py gives each a probability, small trees look again at those in
doubt, with what the chain made of all others (second_look.py), and a line is dropped where that is worth it. Both are
learnt by scripts/cleaning_training.py from labelled pages: docs/decisions/0039-learnt-cleaning.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from narrate.core.language.detection import commonest_words
from narrate.text.clean.evidence import LONG_MIN_WORDS
from narrate.text.clean.line_features import Line, is_enough, is_verse
from narrate.text.clean.second_look import NAMES, rows
from narrate.text.clean.surroundings import Text, items, text_of
from narrate.text.forest import Forest, packaged_forest
from narrate.text.forest import reasons as reasons_of_trees
from narrate.text.linear_chain import (
    ChainModel,
    Item,
    link_logits,
    logit_of,
    own_logits,
    packaged_model,
    probabilities,
    probability,
    reasons,
)

# How many spoken lines of boilerplate are as bad as one sentence of the author's that is lost.
SENTENCE_PRICES: Mapping[str, float] = {"gentle": 30.0, "normal": 10.0, "strict": 3.0}

# A heading or an item of a list is missed less than a sentence.
SHORT_LINE_SHARE = 0.5
# A figure by itself, such as the length of a film, least of all.
FIGURE_SHARE = 0.25
SENTENCE_MIN_WORDS = 9
# Where there is less prose than this, each sentence of it is missed more.
LITTLE_PROSE_WORDS = 120
# Where there is less prose than this in the whole text, nothing tells what stands around it.
PROSE_MIN_WORDS = 20
# A paragraph has so many sentences more than one as it has times so many words.
SENTENCE_WORDS = 20

REASONS_MAX = 3

# A title is never dropped; what becomes of pictures, captions, tables, code and notes is for block_policy.py, and the
# texts that were learnt from tell nothing of them.
JUDGED_KINDS = frozenset({"paragraph", "heading", "list_item", "quote"})

# How much less a line is the author's that goes by its phrase.
PHRASE_LOGIT = 2.0

# Trees look again at lines of which the chain is no surer than this, in logits: it costs time, and of the others they
# think the same.
DOUBT_MIN_LOGIT, DOUBT_MAX_LOGIT = -6.0, 4.5
# In a shorter text what is known of all lines says little of each.
SECOND_LOOK_MIN_LINES = 30


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained weights that lines are judged by.

    Attributes:
        chain: Gives each line a probability, all others considered.
        trees: Look again at lines in doubt; None where the chain has the last word.
    """

    chain: ChainModel
    trees: Forest | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line's judgement by the weights.

    Attributes:
        probability: That it is the author's.
        is_out: It is better dropped.
        reasons: Names of the features that spoke most for dropping it, the strongest first; empty if it stays.
    """

    probability: float
    is_out: bool
    reasons: tuple[str, ...] = ()


@cache
def packaged_weights() -> Weights:
    """Read the weights of the package."""
    package = __package__ or ""
    return Weights(packaged_model(package, "weights.json"), packaged_forest(package, "trees.json"))


def judge(lines: Sequence[Line], language: str, strictness: str, weights: Weights | None = None) -> list[Verdict]:
    """Return what the weights say of each line of a text.

    A title stays whatever they say, and so does all of a text that is verse, or has too little prose to tell what
    stands around it. The only sentence under a heading stays with it.

    Args:
        lines: All lines of the text.
        language: BCP 47 tag.
        strictness: One of SENTENCE_PRICES.
        weights: Others than those of the package.
    """
    weights = weights or packaged_weights()
    text = text_of(lines)
    seen = items(lines, commonest_words(language), text)
    first = first_look(weights.chain, lines, seen)
    again = _second_look(weights.trees, text, first)
    found = [again[i][0] if i in again else chance for i, chance in enumerate(first)]
    limits = _limits(lines, strictness)
    verdicts = [
        Verdict(chance, True, _reasons(weights, seen[i], again[i][1] if first[i] >= limit else None))
        if chance < limit
        else Verdict(chance, is_out=False)
        for i, (chance, limit) in enumerate(zip(found, limits, strict=True))
    ]
    alone = [i for i, verdict in enumerate(verdicts) if verdict.is_out and _is_a_section(lines, verdicts, i)]
    return [Verdict(one.probability, is_out=False) if i in alone else one for i, one in enumerate(verdicts)]


def first_look(chain: ChainModel, lines: Sequence[Line], seen: Sequence[Item]) -> list[float]:
    """Return for each line the probability that it is the author's by the chain alone.

    Args:
        chain: Its weights.
        lines: All lines of a text.
        seen: Their features (`surroundings.items`).
    """
    own = [logit + phrase for logit, phrase in zip(own_logits(chain, seen), _phrase_logits(lines), strict=True)]
    return probabilities(own, link_logits(chain, seen), chain.enter)


def _second_look(trees: Forest | None, text: Text, first: Sequence[float]) -> dict[int, tuple[float, Sequence[float]]]:
    """Return for each line in doubt the probability that it is the author's by the trees, and what they know of it."""
    if trees is None or len(first) < SECOND_LOOK_MIN_LINES:
        return {}
    known = rows(text, [*map(logit_of, first)], in_doubt(text.lines, first))
    return {index: (probability(trees.logit(row)), row) for index, row in known.items()}


def in_doubt(lines: Sequence[Line], found: Sequence[float]) -> list[int]:
    """Return which lines trees look at again: what is judged at all, and what the chain is not sure of."""
    least, most = probability(DOUBT_MIN_LOGIT), probability(DOUBT_MAX_LOGIT)
    pairs = enumerate(zip(lines, found, strict=True))
    return [i for i, (line, chance) in pairs if least < chance < most and line.block.kind in JUDGED_KINDS]


def _limits(lines: Sequence[Line], strictness: str) -> list[float]:
    """Return for each line the probability below which it is better dropped."""
    prose = sum(line.words for line in lines if line.is_own_prose)
    if is_verse(lines) or prose < PROSE_MIN_WORDS:
        return [0.0] * len(lines)
    rare = max(1.0, LITTLE_PROSE_WORDS / max(1, prose))
    return [limit_of(line, strictness, rare) for line in lines]


def _reasons(weights: Weights, item: Item, row: Sequence[float] | None) -> tuple[str, ...]:
    """Return what spoke most for dropping a line; a row of numbers where the trees were against the chain."""
    of_chain = reasons(weights.chain.own, item.own, is_kept=False, most=2 * REASONS_MAX)
    if row is None or weights.trees is None:
        return tuple(of_chain)
    numbers = dict(zip(NAMES, row, strict=True))
    of_trees = reasons_of_trees(weights.trees, numbers, is_kept=False, most=2 * REASONS_MAX)
    return (*of_trees, *of_chain)


def _is_a_section(lines: Sequence[Line], verdicts: Sequence[Verdict], index: int) -> bool:
    """Tell whether a sentence is all there is between two headings that are read, as under an item of a list.

    What goes by its phrase, such as "Advertisement", does not count.
    """
    line = lines[index]
    before = next((i for i in range(index - 1, -1, -1) if lines[i].hit is None), None)
    behind = next((i for i in range(index + 1, len(lines)) if lines[i].hit is None), None)
    if not line.is_sentence or line.hit or line.mentions or before is None or behind is None:
        return False
    return all(lines[i].block.kind == "heading" and not verdicts[i].is_out for i in (before, behind))


def _phrase_logits(lines: Sequence[Line]) -> list[float]:
    """Return what phrases add for each line: what goes by its phrase anyway tells its neighbours so.

    A line such as "Jane Doe is a writer based in Boston" is one only after the article's end.
    """
    last = max((i for i, line in enumerate(lines) if line.is_own_prose and line.words >= LONG_MIN_WORDS), default=-1)
    return [
        -PHRASE_LOGIT if is_enough(line) or (index > last and line.hit and line.hit.strength == "tail") else 0.0
        for index, line in enumerate(lines)
    ]


def limit_of(line: Line, strictness: str, rare: float = 1.0) -> float:
    """Return the probability of being the author's below which a line is better dropped; 0 where none is judged.

    Args:
        line: The line.
        strictness: One of SENTENCE_PRICES.
        rare: How many times more a sentence is missed, since there are so few of them.
    """
    if line.block.kind not in JUDGED_KINDS:
        return 0.0
    return 1.0 / (1.0 + SENTENCE_PRICES[strictness] * _sentences(line) * (rare if line.is_sentence else 1.0))


def _sentences(line: Line) -> float:
    """Return how many sentences a line is worth."""
    if line.is_sentence or line.words >= SENTENCE_MIN_WORDS:
        return max(1.0, line.words / SENTENCE_WORDS)
    return SHORT_LINE_SHARE if any(map(str.isalpha, line.block.text)) else FIGURE_SHARE
