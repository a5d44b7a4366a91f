"""Which spoken words belong to which written word, where one edit turns several into several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

_WORD = re.compile(r"\S+")

# How many letters are said for a sign: "7" is "seven", "$" is "dollars", a letter is itself.
_LETTERS_FOR_DIGIT = 5
_LETTERS_FOR_SIGN = {"$": 7, "€": 5, "£": 6, "¥": 3, "%": 8, "°": 7, "&": 3, "+": 4, "=": 6, "×": 5, "@": 2, "#": 6}

# A year is said in fewer letters than another number of four digits: "twenty twelve".
_YEAR = re.compile(r"\W*[12]\d{3}\W*")
_LETTERS_FOR_YEAR = 15.0

# A written word that is said as it stands, or is the beginning of what is said, belongs to it whatever the lengths:
# the "$" of "$15.2 billion" is said after "billion", and by length alone "billion" would go to "$15.2".
_SAME = 100.0

# But the "US" of "US$4.5 million" is said after "million".
_SUM = re.compile(r"[^\W\d_]+[$€£¥]\d")

# A comma that is written is heard where it stands.
_SAME_MARK = 6.0
_MARKS = (",", ";", ":", ".", ")")

# An edit of more words than a sentence has is divided before the cheapest way is looked for, which takes the cube.
_MOST_PAIRS = 900

Span = tuple[int, int]


def shared_out(spoken: str, written: Sequence[str]) -> list[Span]:
    """Give each written word its part of what is said, in order and without a gap.

    Args:
        spoken: What an edit says instead of the written words.
        written: Those words, or the parts of them that the edit covers; at least one.

    Returns:
        A span of `spoken` for each; where there are fewer spoken words than written ones, a word is divided.
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(spoken)]
    if len(written) == 1 or not words:
        return [(0, len(spoken))] * len(written) if len(written) == 1 else [(0, 0)] * len(written)
    weights = [_weight(word) for word in written]
    if len(words) * len(written) > _MOST_PAIRS:
        return _in_halves(spoken, words, written, weights)
    if len(words) < len(written):
        return _by_length(spoken, weights)
    edges = _cheapest(spoken, words, written, weights)
    starts = [0, *(words[edge][0] for edge in edges)]
    return list(zip(starts, [*starts[1:], len(spoken)], strict=True))


def _in_halves(spoken: str, words: Sequence[Span], written: Sequence[str], weights: Sequence[float]) -> list[Span]:
    """Return both halves of what is written, each with as much of what is said as is its part by length."""
    middle = len(written) // 2
    at = len(spoken) * sum(weights[:middle]) / sum(weights)
    cut = min((start for start, _ in words), key=lambda start: abs(start - at))
    later = shared_out(spoken[cut:], written[middle:])
    return [*shared_out(spoken[:cut], written[:middle]), *((start + cut, end + cut) for start, end in later)]


def _by_length(spoken: str, weights: Sequence[float]) -> list[Span]:
    edges = [0, *(round(len(spoken) * sum_ / sum(weights)) for sum_ in accumulate(weights))]
    return list(pairwise(edges))


def _cheapest(spoken: str, words: Sequence[Span], written: Sequence[str], weights: Sequence[float]) -> list[int]:
    """The number of the spoken word with which each written word but the first begins, at the least cost in all."""
    pace = sum(end - start for start, end in words) / sum(weights)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number, (word, weight) in enumerate(zip(written, weights, strict=True)):
        left = len(written) - number - 1
        ends = [len(words)] if not left else range(number + 1, len(words) - left + 1)
        best = {
            end: min(
                (cost + _cost(word, weight * pace, [spoken[slice(*span)] for span in words[start:end]]), [*edges, end])
                for start, (cost, edges) in best.items()
                if start < end
            )
            for end in ends
        }
    return best[len(words)][1][:-1]


def _cost(word: str, expected_chars: float, said: Sequence[str]) -> float:
    """Return how ill the words said fit: off in length, less what speaks for them."""
    off = abs(sum(map(len, said)) - expected_chars)
    bare = "" if _SUM.match(word) else "".join(char for char in word.casefold() if char.isalpha())
    same = bare and any(other.casefold().strip(".,;:!?").startswith(bare) for other in said)
    marked = word.endswith(_MARKS) and said[-1].endswith(_MARKS)
    return off - _SAME * bool(same) - _SAME_MARK * marked


def _weight(word: str) -> float:
    if _YEAR.fullmatch(word):
        return _LETTERS_FOR_YEAR
    letters = (
        _LETTERS_FOR_DIGIT if char.isdigit() else _LETTERS_FOR_SIGN.get(char, int(char.isalpha())) for char in word
    )
    return max(1.0, float(sum(letters)))
