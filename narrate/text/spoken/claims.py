"""The machinery of the spoken form: rules claim spans of the written text, and no span is claimed twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache, wraps
from itertools import pairwise
from typing import NamedTuple

from narrate.core.article import Edit, replay
from narrate.text.sentences import parts
from narrate.text.spoken.edits import compose


class Claim(NamedTuple):
    """A span of the working text and what is said instead of it.

    Attributes:
        start: Where it begins (characters).
        end: Where it ends (exclusive).
        said: What is said instead; may be empty.
        reading: Which of several legal readings was chosen and why, for the record; empty where there was one.
    """

    start: int
    end: int
    said: str
    reading: str = ""


Rule = Callable[[str], Iterable[Claim]]

# Two passes settle nearly every sentence (the second finds nothing to do); more are needed only when words
# said by one rule lean on punctuation that another then has to part, and never for more than a few rounds.
MOST_PASSES = 8

# The rule that curly quotes and their like are edited by where nothing else is said.
_FOLD = "fold"
_FOLDED = {
    **dict.fromkeys("‘’‚‛ʼʹ′＇", "'"),
    **dict.fromkeys("“”„‟″〝〞＂«»", '"'),
    **dict.fromkeys("‐‑﹣－", "-"),
    "‒": "–",
    "―": "—",
}
_DIGIT = re.compile("[0-9]")
_PLAIN = re.compile(r"[\x20-\x7e]*+")
_LETTERS = re.compile(r"[^\W\d_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalpha()}


def claims(
    pattern: re.Pattern[str], text: str, say: Callable[[re.Match[str]], str | None], group: int | str = 0
) -> Iterator[Claim]:
    """Claim one group of every match; a rule that is unsure says None and leaves the match alone."""
    for match in pattern.finditer(text):
        said = say(match)
        if said is not None:
            yield Claim(match.start(group), match.end(group), said)


def late(pattern: str) -> Callable[[], re.Pattern[str]]:
    """Compile a pattern when it is first asked for: most texts need few, and compiling takes long."""
    return cache(lambda: re.compile(pattern))


def needs(characters: str) -> Callable[[Rule], Rule]:
    """Run a rule only where one of the characters occurs: most sentences hold nothing for most rules."""
    return among_digits() if characters == "0-9" else where(f"[{characters}]")


def among_digits(pattern: str = "[0-9]") -> Callable[[Rule], Rule]:
    """Run a rule only where a cheap pattern occurs that holds a digit; of a text without any it is not even asked."""
    guard = where(pattern)

    def mark(rule: Rule) -> Rule:
        guarded = guard(rule)
        guarded.__dict__["is_for_digits"] = True
        return guarded

    return mark


def where(pattern: str) -> Callable[[Rule], Rule]:
    """Run a rule only where a cheap pattern occurs, such as a bracket behind a digit."""
    occurs = re.compile(pattern).search

    def guard(rule: Rule) -> Rule:
        @wraps(rule)
        def guarded(text: str) -> Iterable[Claim]:
            return rule(text) if occurs(text) else ()

        return guarded

    return guard


def needs_words(words: Iterable[str]) -> Callable[[Rule], Rule]:
    """Run a rule only where one of the words stands, letters alone: "Ph" for "Ph.D."; a text is parted once for all."""
    wanted = frozenset(words)

    def guard(rule: Rule) -> Rule:
        @wraps(rule)
        def guarded(text: str) -> Iterable[Claim]:
            return () if wanted.isdisjoint(_words_of(text)) else rule(text)

        return guarded

    return guard


@lru_cache(maxsize=2)
def _words_of(text: str) -> frozenset[str]:
    # Twice as fast as the pattern, which letters of other alphabets need.
    return frozenset(text.translate(_APART).split() if text.isascii() else _LETTERS.findall(text))


def beforehand(rule: Rule) -> Rule:
    """Let a rule go over the whole text before it is parted, too: other rules see what it leaves."""
    rule.__dict__["is_beforehand"] = True
    return rule


def rewrite(written: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    """Apply the rules until they find nothing left, and give the edits to the written text; long ones go in parts."""
    early = [rule for rule in rules if getattr(rule, "is_beforehand", False)]
    if not _claimed(fold(written), early):
        return _in_parts(written, rules)
    edits = one_pass(written, early)
    return compose(written, edits, _in_parts(replay(written, edits), rules))


def _in_parts(written: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for start, part in parts(written):
        moved = [
            replace(edit, start_char=edit.start_char + start, end_char=edit.end_char + start)
            for edit in _rewrite(part, rules)
        ]
        if start:
            _keep_apart(edits, moved, written, start)
        edits += moved
    return tuple(edits)


def _keep_apart(before: list[Edit], after: list[Edit], written: str, at: int) -> None:
    """Put a space where a text was cut in a word, and what is said of one half would grow into the other."""
    said = _last_said(before, written, at)
    following = _first_said(after, written, at)
    if not (said.isalnum() and following.isalnum()):
        return
    if before and before[-1].end_char == at:
        before[-1] = replace(before[-1], after=f"{before[-1].after} ")
    elif after and after[0].start_char == at:
        after[0] = replace(after[0], after=f" {after[0].after}")


def _last_said(edits: Sequence[Edit], written: str, at: int) -> str:
    """The last character that is said of what comes before a place, whatever was left out right before it."""
    for edit in reversed(edits):
        if edit.end_char < at:
            break
        if edit.after:
            return edit.after[-1]
        at = edit.start_char
    return written[at - 1 : at]


def _first_said(edits: Sequence[Edit], written: str, at: int) -> str:
    """The first character that is said of what comes after a place, whatever is left out right behind it."""
    for edit in edits:
        if edit.start_char > at:
            break
        if edit.after:
            return edit.after[0]
        at = edit.end_char
    return written[at : at + 1]


def _rewrite(written: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    edits = one_pass(written, rules)
    text = replay(written, edits)
    for _ in range(MOST_PASSES if edits else 0):
        further = one_pass(text, rules)
        if not further:
            break
        edits = compose(written, edits, further)
        text = replay(written, edits)
    return edits


def fold(written: str) -> str:
    """Give every quote, hyphen, space and digit its plain form, one character for another."""
    if _PLAIN.fullmatch(written):
        return written
    return "".join(char if char < "\x80" else _folded(char) for char in written)


@lru_cache(maxsize=1024)
def _folded(char: str) -> str:
    if char in _FOLDED:
        return _FOLDED[char]
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return str(unicodedata.decimal(char)) if category == "Nd" else char


def one_pass(written: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    """Let every rule claim once, the first ones first; the edits are to the written text."""
    working = fold(written)
    claimed = _claimed(working, rules)
    if working != written:
        claimed += _folds(written, working, claimed)
    claimed.sort(key=lambda named: named[1].start)
    return _edits(written, working, claimed)


def _claimed(working: str, rules: Sequence[Rule]) -> list[tuple[str, Claim]]:
    """Collect what each rule claims, in the order of the rules; a claim that touches an earlier one is refused."""
    if isinstance(rules, tuple) and not _DIGIT.search(working):
        rules = _for_words(rules)
    taken = bytearray(len(working))
    claimed: list[tuple[str, Claim]] = []
    for rule in rules:
        for claim in rule(working):
            if claim.end > claim.start and taken.find(1, claim.start, claim.end) < 0:
                taken[claim.start : claim.end] = b"\x01" * (claim.end - claim.start)
                claimed.append((f"{_name(rule)}: {claim.reading}" if claim.reading else _name(rule), claim))
    return claimed


@lru_cache(maxsize=64)
def _for_words(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if not getattr(rule, "is_for_digits", False))


def _name(rule: Rule) -> str:
    return getattr(rule, "__name__", type(rule).__name__)


def _folds(written: str, working: str, claimed: Iterable[tuple[str, Claim]]) -> list[tuple[str, Claim]]:
    """Folding is an edit like any other, wherever no rule has something else to say."""
    free = bytearray(b"\x01") * len(written)
    for _, claim in claimed:
        free[claim.start : claim.end] = bytes(claim.end - claim.start)
    return [
        (_FOLD, Claim(i, i + 1, plain))
        for i, (char, plain) in enumerate(zip(written, working, strict=True))
        if char != plain and free[i]
    ]


def _edits(written: str, working: str, claimed: Sequence[tuple[str, Claim]]) -> tuple[Edit, ...]:
    """Claims as edits; where the words said would run into the next word, a space parts them."""
    edits: list[Edit] = []
    last, position = "", 0
    beyond = ("", Claim(len(written), len(written), ""))
    for (rule, claim), (_, following) in pairwise([*claimed, beyond]):
        if claim.start > position:
            last = working[claim.start - 1]
        said = claim.said
        if said and rule != _FOLD:
            untouched = working[claim.end] if claim.end < following.start else ""
            said = _parted(last, said, untouched)
        last, position = said[-1:] or last, claim.end
        before = written[claim.start : claim.end]
        if said != before:
            edits.append(Edit(rule, claim.start, claim.end, before, said))
    return tuple(edits)


def _parted(before: str, said: str, after: str) -> str:
    if before.isalnum() and said[0].isalnum():
        said = f" {said}"
    return f"{said} " if after.isalnum() and said[-1].isalnum() else said
