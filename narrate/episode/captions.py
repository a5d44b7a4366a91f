"""Cuts a transcript into cues: the few words that a player shows at a time, broken where a subtitler would.

Lines end with sentences, then with clauses, then before a phrase; articles, numbers and first names stay with
what follows them. The costs below were set by reading the cues of real articles: docs/decisions/0011-transcripts.md.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, pairwise
from math import inf
from typing import TypedDict

from narrate.core.episode import TimedBlock, Transcript
from narrate.core.language.tags import primary_language
from narrate.core.resources import packaged_table
from narrate.text.sentences import clause_ends, sentence_ends

# Sentences that share a cue; longer than this no subtitler leaves one standing (Netflix timed text guide).
SHARED_MAX_MS = 7000

# What it costs to end a line after a word; at the end of a sentence it costs nothing.
_CLAUSE_COSTS = {";": 5, ":": 5, "—": 5, "–": 5, "；": 5, "：": 5, ")": 25}
_COMMA_COST = 15
_BEFORE_CLAUSE_COST = 30
_BEFORE_PHRASE_COST = 45
_PLAIN_COST = 70
_NAME_COST = 130
_HELD_COST = 200
_GLUED_COST = 2000

# One cue more; and what the end of a line costs that is not the end of its cue, since both lines are seen at once.
_CUE_COST = 60
_LINE_SHARE = 0.7

# For a piece that leaves a line empty: grows with the square, so that pieces of a sentence come out alike.
_LOOSE_COST = 90
# For each column that a piece of a sentence is shorter than this part of a line: one or two words alone.
_ORPHAN_COST = 8
_ORPHAN_SHARE = 0.3
_UNEVEN_COST = 40
_TOO_LONG_COST = 5000

_OPENERS = "\"'“„‘«([{¿¡"
_SIGNS = ("-", "|", "/", "=", "→")
_CLOSERS = "\"'”’»)]}"
_EDGES = "\"'“”‘’«»()[]{}.,;:!?…¿¡—–"


_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that are shown at a time, and when.

    Attributes:
        lines: One or more, no line breaks in them.
        speaker: Who says it, "" where nobody is named.
        start_sample: Where the first word begins.
        end_sample: Where the last word ends (exclusive).
    """

    lines: tuple[str, ...]
    speaker: str
    start_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of text that no line break can part: a word, or a character of a script without spaces."""

    text: str
    gap: str  # what stands before it on a line: a space, a no-break space, nothing
    end_char: int
    start_sample: int
    end_sample: int
    ends_sentence: bool = False
    is_label: bool = False


def cut(transcript: Transcript, *, line_chars: int, max_lines: int, labels: bool = False) -> tuple[Cue, ...]:
    """Cut a transcript into cues.

    No cue holds words of two blocks, or parts of two sentences; short sentences of a block may share one. The
    lines, joined, are the text of the blocks. East Asian characters count as two, as they are twice as wide.

    Args:
        transcript: Its words.
        line_chars: Longest line; only a word that is longer itself makes a longer one, alone.
        max_lines: Lines of a cue, 1 or 2.
        labels: Put "Name: " before the words of a new speaker; it counts as part of the line.
    """
    rate_hz = transcript.rate_hz
    language = primary_language(transcript.language)
    cues: list[Cue] = []
    speaker, is_said = "", False
    for block in transcript.blocks:
        label = block.speaker if labels and block.speaker != speaker and not is_said else ""
        speaker, is_said = block.speaker, block.kind == "speaker"
        atoms = [*_label_atoms(label, block), *_atoms(block, line_chars)]
        pieces = _Breaker(atoms, _break_costs(atoms, block, language), line_chars, max_lines).pieces(rate_hz)
        for lines in pieces:
            start, end = lines[0][0], lines[-1][1]
            texts = tuple(_line(atoms, *line) for line in lines)
            cues.append(Cue(texts, speaker, atoms[start].start_sample, atoms[end - 1].end_sample))
    return tuple(cues)


def _line(atoms: Sequence[_Atom], start: int, end: int) -> str:
    return atoms[start].text + "".join(atom.gap + atom.text for atom in atoms[start + 1 : end])


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _label_atoms(label: str, block: TimedBlock) -> list[_Atom]:
    start = block.sentences[0].start_sample
    words = f"{label}:".split() if label else []
    return [_Atom(word, " ", 0, start, start, is_label=True) for word in words]


def _atoms(block: TimedBlock, line_chars: int) -> Iterator[_Atom]:
    """Yield the words of a block, or their parts, each with the time that is its share of the word's."""
    words = [word for sentence in block.sentences for word in sentence.words]
    ends = {sentence.words[-1].end_char for sentence in block.sentences} | _inner_ends(block.text)
    at = 0
    for (start, end), group in groupby(words, key=lambda word: (word.start_sample, word.end_sample)):
        parts = [(word, part) for word in group for part in _parts(word.text, line_chars)]
        total = sum(len(part) for _, part in parts)
        done = 0
        for word, part in parts:
            gap = _gap(block.text[at : word.start_char]) if word.start_char > at or not at else ""
            at = max(at, word.start_char) + len(part)
            times = [start + (end - start) * chars // total for chars in (done, done + len(part))]
            yield _Atom(part, gap, at, times[0], times[1], ends_sentence=at in ends)
            done += len(part)


def _inner_ends(text: str) -> set[int]:
    """Ends of sentences inside what stands between spaces, as in Chinese; the others are the transcript's to say."""
    return {end for end in sentence_ends(text) if end < len(text) and not text[end].isspace()}


def _parts(text: str, line_chars: int) -> list[str]:
    spaceless, never_before, never_after = _spaceless()
    if spaceless.search(text):
        ends = [
            at
            for at in range(1, len(text))
            if spaceless.search(text, at - 1, at + 1)
            and text[at] not in never_before
            and text[at - 1] not in never_after
            and not unicodedata.category(text[at]).startswith(("M", "Pe", "Pf"))
            and unicodedata.category(text[at - 1]) not in ("Ps", "Pi")
        ]
    elif len(text) > line_chars:
        ends = [at for at in clause_ends(text) if at < len(text)]
    else:
        return [text]
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


def _gap(between: str) -> str:
    return between if between in ("\u00a0", "\u202f") else " "


_DASHES = "—–-"


def _break_costs(atoms: Sequence[_Atom], block: TimedBlock, language: str) -> list[int]:
    clauses = set(clause_ends(block.text))
    costs = []
    for atom, following in pairwise(atoms):
        if atom.ends_sentence:
            costs.append(0)
        elif atom.is_label or following.gap not in ("", " ") or (not following.gap and atom.text[-1] in _DASHES):
            costs.append(_GLUED_COST)  # what stands without a space must be read so when cues are joined
        elif atom.end_char in clauses and not _is_date(atom.text, following.text):
            costs.append(_CLAUSE_COSTS.get(atom.text.rstrip("\"'”’»")[-1:], _COMMA_COST))
        elif not following.gap:
            costs.append(_spaceless_cost(atom.text[-1], following.text[0]))
        else:
            costs.append(_word_cost(atom.text, following.text, language))
    return [*costs, 0]


def _is_date(word: str, following: str) -> bool:
    """October 15, 2023."""
    return word[-2:-1].isdigit() and word[-1] == "," and following[0].isdigit()


def _spaceless_cost(last: str, first: str) -> int:
    """Japanese phrases end where its syllables give way to Chinese characters or other letters."""
    return _BEFORE_PHRASE_COST if "ぁ" <= last <= "ん" and not "ぁ" <= first <= "ん" else _NAME_COST


def _word_cost(word: str, following: str, language: str) -> int:
    core, next_core = word.strip(_EDGES), following.strip(_EDGES)
    if not next_core or not core:
        # A dash or a closing mark that stands alone goes with the word before it, an opening one with the next.
        joined = word[-1] in _OPENERS or (not next_core and following[0] not in _OPENERS)
        return _GLUED_COST if joined else _PLAIN_COST
    if core in _SIGNS or next_core in _SIGNS:
        return _COMMA_COST if core in _SIGNS else _GLUED_COST
    if word[-1] in ".!?…" or (word[-1] in _CLOSERS and word[-2:-1] in ".!?…"):
        return _HELD_COST if word[-1] == "." else _BEFORE_CLAUSE_COST
    if following[0] in _OPENERS:
        return _BEFORE_CLAUSE_COST
    if core[-1].isdigit() or next_core[0].isdigit():
        return _HELD_COST
    return _phrase_cost(core, next_core, language)


def _phrase_cost(word: str, following: str, language: str) -> int:
    clause, phrase, held = _tables(language)
    word = word.rpartition("—")[2] or word
    if any(_among(word, table) for table in (held, phrase, clause)) or (not held and len(word) <= 2):
        return _HELD_COST  # where there is no table, the shortest words are mostly articles and prepositions
    if _among(following, clause):
        return _BEFORE_CLAUSE_COST
    if _among(following, phrase):
        return _BEFORE_PHRASE_COST
    if language == "en" and word.endswith(("'s", "’s")):
        return _NAME_COST
    if language != "de" and word[0].isupper() and following[0].isupper():
        return _NAME_COST
    return _PLAIN_COST


def _among(word: str, table: frozenset[str]) -> bool:
    plain = word.lower().replace("’", "'")
    return plain in table or ("'" in plain and plain[: plain.index("'") + 1] in table)


class _Breaker:
    """Finds the cheapest way to cut the atoms of a block into cues, and cues into lines; positions are atoms."""

    def __init__(self, atoms: Sequence[_Atom], costs: Sequence[int], line_chars: int, max_lines: int) -> None:
        self.atoms = atoms
        self.costs = costs
        self.line_chars = line_chars
        self.max_lines = max_lines
        self.room_chars = max_lines * line_chars + max_lines - 1
        self.gaps = [_columns(atom.gap) for atom in atoms]
        widths = (gap + _columns(atom.text) for gap, atom in zip(self.gaps, atoms, strict=True))
        self.offsets = list(accumulate(widths, initial=0))

    def pieces(self, rate_hz: int) -> list[list[_Span]]:
        """The lines of every cue, each as a span of atoms."""
        ends = [number + 1 for number, atom in enumerate(self.atoms) if atom.ends_sentence]
        cues: list[list[_Span]] = []
        for start, end in pairwise([0, *ends]):
            shared = self._shared(cues[-1], end, rate_hz) if cues else None
            if shared:
                cues[-1] = shared
            else:
                cues += self._sentence(start, end)
        return cues

    def _shared(self, last: list[_Span], end: int, rate_hz: int) -> list[_Span] | None:
        """The lines of a cue that takes one more sentence, where the last one has only whole sentences and room."""
        start = last[0][0]
        if start and not self.atoms[start - 1].ends_sentence:
            return None
        lasts_samples = self.atoms[end - 1].end_sample - self.atoms[start].start_sample
        if lasts_samples * 1000 > SHARED_MAX_MS * rate_hz or not self._fits(start, end):
            return None
        return self._lines(start, end)[1]

    def _sentence(self, start: int, end: int) -> list[list[_Span]]:
        """Cut one sentence, from its end back to its start: the cheapest first cue before what follows it."""
        if self._fits(start, end):
            return [self._lines(start, end)[1]]
        costs: dict[int, float] = {end: 0.0}
        cues: dict[int, tuple[int, list[_Span]]] = {}
        for at in range(end - 1, start - 1, -1):
            costs[at] = inf
            for to in range(self._reach(at, end), at, -1):
                cost = costs[to] + self._cue_cost(at, to)
                if cost < costs[at]:  # where it is not, the lines make it no cheaper
                    lines_cost, lines = self._lines(at, to)
                    if cost + lines_cost < costs[at]:
                        costs[at] = cost + lines_cost
                        cues[at] = to, lines
        found = []
        while start < end:
            start, lines = cues[start]
            found.append(lines)
        return found

    def _reach(self, start: int, end: int) -> int:
        """Return where a cue that begins here is full; one atom at least."""
        most = self.offsets[start] + self.gaps[start] + self.room_chars
        return min(end, max(start + 1, bisect_right(self.offsets, most) - 1))

    def _width(self, start: int, end: int) -> int:
        return self.offsets[end] - self.offsets[start] - self.gaps[start]

    def _fits(self, start: int, end: int) -> bool:
        return self._lines(start, end)[0] < _TOO_LONG_COST

    def _cue_cost(self, start: int, end: int) -> float:
        width = self._width(start, end)
        loose = max(0.0, 1 - width / self.room_chars)
        orphan = max(0.0, _ORPHAN_SHARE * self.room_chars - width)
        return _CUE_COST + self.costs[end - 1] + _LOOSE_COST * loose * loose + _ORPHAN_COST * orphan

    def _lines(self, start: int, end: int) -> tuple[float, list[_Span]]:
        """The best lines of one cue, and their cost."""
        width = self._width(start, end)
        if width <= self.line_chars or end - start == 1:
            return 0.0, [(start, end)]
        splits = self._splits(start, end) if self.max_lines == 2 and width <= self.room_chars else []
        if not splits:
            return _TOO_LONG_COST + width, [(start, end)]
        cost, at = min((self._split_cost(start, at, end), at) for at in splits)
        return cost, [(start, at), (at, end)]

    def _splits(self, start: int, end: int) -> list[int]:
        """Return the places that part two lines which fit; a word that fits no line may be one."""
        last = self.offsets[start] + self.gaps[start] + self.line_chars
        first = self.offsets[end] - self.line_chars - 1
        low = min(bisect_left(self.offsets, first, start + 1, end), end - 1)
        high = max(bisect_right(self.offsets, last, start + 1, end), start + 2)
        return [at for at in range(low, high) if self._is_line(start, at) and self._is_line(at, end)]

    def _is_line(self, start: int, end: int) -> bool:
        return end - start == 1 or self._width(start, end) <= self.line_chars

    def _split_cost(self, start: int, at: int, end: int) -> float:
        uneven = abs(self._width(start, at) - self._width(at, end)) / self.line_chars
        return _LINE_SHARE * self.costs[at - 1] + _UNEVEN_COST * uneven


class _Spaceless(TypedDict):
    """Scripts without spaces: ranges of their characters, and those that no line may begin or end with."""

    chars: list[str]
    not_before: str
    not_after: str


@cache
def _tables(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words: Mapping[str, str] = packaged_table("narrate.episode", "captions.toml").get(language, {})
    clause, phrase, held = (frozenset(words.get(name, "").split()) for name in ("clause", "phrase", "held"))
    return clause, phrase, held


@cache
def _spaceless() -> tuple[re.Pattern[str], str, str]:
    data: _Spaceless = packaged_table("narrate.episode", "captions.toml")["spaceless"]
    return re.compile(f"[{''.join(data['chars'])}]"), data["not_before"], data["not_after"]
