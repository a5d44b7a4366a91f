"""Tells the article from what stands around and inside it, by the cheapest way to read all lines in order.

Single lines say too little: a headline of another article looks like a heading of this one. So every line
gets a cost in each state (costs.py), a change of state has a price, and the path of least cost through all
lines (Viterbi's algorithm, https://en.wikipedia.org/wiki/Viterbi_algorithm) says which runs are boilerplate:

    article    costs nothing
    lead       what stands before the article: a menu, a share bar
    furniture  the same inside the article or after it: players, forms, footers
    related    begins with a header such as "Related stories"
    comments   begins with a header such as "12 comments"
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from narrate.text.clean.line_costs import line_costs
from narrate.text.clean.line_features import Line, is_verse

State = Literal["article", "lead", "furniture", "related", "comments"]
STATES: tuple[State, ...] = ("article", "lead", "furniture", "related", "comments")

# What it costs to leave the article and to come back to it, in words of prose; nobody comes back at the end.
SWITCH_COST = 12.0

# A header says that a block of its kind begins, which earns more than the line itself.
OPENED = {"related": 24.0, "comments": 40.0}

# Before a header counts, so much of the article must have been seen.
SEEN_MIN_WORDS = 40

_NEVER = float("inf")


def regions(lines: Sequence[Line]) -> tuple[State, ...]:
    """The state of every line; in verse all of it is the author's."""
    if is_verse(lines):
        return tuple("article" for _ in lines)
    opened = _opened(lines)
    costs = line_costs(lines, [bool(kind) for kind in opened])
    best = {state: 0.0 if state == "article" else _NEVER for state in STATES}
    steps: list[dict[State, State]] = []
    for index, cost in enumerate(costs):
        reached = {
            after: min((best[before] + _price(before, after, index, opened[index]), before) for before in STATES)
            for after in STATES
        }
        steps.append({state: before for state, (_, before) in reached.items()})
        best = {state: so_far + cost[state] for state, (so_far, _) in reached.items()}
    return _traced(steps, min(STATES, key=lambda state: best[state]))


def _traced(steps: Sequence[dict[State, State]], last: State) -> tuple[State, ...]:
    path = [last]
    for step in reversed(steps):
        path.append(step[path[-1]])
    return tuple(reversed(path[:-1]))


def _price(before: State, after: State, index: int, opened: str) -> float:
    """Cost of a change of state; a block begins only at its header, which may also begin it anew."""
    if after in OPENED and opened == after:
        return (SWITCH_COST if before == "article" else 0.0) - OPENED[after]
    if before == after:
        return 0.0
    if after == "lead":
        return SWITCH_COST if index == 0 else _NEVER
    if before == "lead":
        return 0.0 if after == "article" else _NEVER
    if after in OPENED or index == 0:
        return _NEVER
    return SWITCH_COST if "article" in (before, after) else 0.0


def _opened(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return for each line the kind of block that it opens, "" for most.

    Under a header of headlines or comments stands a short line; a sentence there makes it the author's heading.
    """
    seen_words, opened = 0, []
    for line, after in itertools.zip_longest(lines, lines[1:]):
        counts = seen_words >= SEEN_MIN_WORDS and not (after and after.is_sentence and not after.hit)
        opened.append(line.hit.rule if counts and line.hit and line.hit.strength == "opens" else "")
        seen_words += line.words if line.is_own_prose else 0
    return tuple(opened)
