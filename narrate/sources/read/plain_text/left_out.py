"""Lines that are no part of a text: rules name them, and each comes on record as a drop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from narrate.core.article import Block, Drop

# By the number of a line, the name of the rule that leaves it out.
Named = Mapping[int, str]


def drops_of(lines: Sequence[str], named: Named) -> tuple[Drop, ...]:
    """Return what was left out, in reading order: lines that follow each other and went by one rule are one drop."""
    filled = ((number, named[number]) for number in sorted(named) if lines[number].strip())
    runs = groupby(enumerate(filled), key=lambda item: (item[1][0] - item[0], item[1][1]))
    return tuple(_drop([lines[number] for _, (number, _) in run], rule) for (_, rule), run in runs)


def _drop(lines: Iterable[str], rule: str) -> Drop:
    return Drop(Block("paragraph", " ".join(" ".join(lines).split())), rule)


def without(lines: Sequence[str], named: Named) -> list[str]:
    """Return the lines that no rule named."""
    return [line for number, line in enumerate(lines) if number not in named]


def paragraphs_of(lines: Sequence[str], start: int = 0) -> Iterator[range]:
    """Yield where the groups of lines lie that blank lines part."""
    first: int | None = None
    for number in range(start, len(lines) + 1):
        is_blank = number == len(lines) or not lines[number].strip()
        if is_blank and first is not None:
            yield range(first, number)
            first = None
        elif not is_blank and first is None:
            first = number
