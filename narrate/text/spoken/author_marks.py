"""The author's marks in the spoken stage: what they say goes before every rule, and no rule changes it.

Words that stand for a span, its sounds and its reading become edits and sounds of the rule "mark"; pauses, voices and
emphases are carried to their places in the spoken text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from narrate.core.article import MARK_RULE, Edit, Mark, Sound, replay
from narrate.core.language.tags import primary_language
from narrate.text.spoken.claims import MOST_PASSES, Claim, Rule, fold, one_pass
from narrate.text.spoken.edits import compose
from narrate.text.spoken.say_as import Say, said_as

_REWORDING = ("say", "as", "sounds")
# What belongs to the word before it; a pause there comes after it.
_CLOSING = frozenset(".,;:!?…)]}”’»\"'")
_A_SOUND = "ˈeɪ"


def marked_edits(
    written: str, marks: Iterable[Mark], rules: Sequence[Rule], language: str, say: Say
) -> tuple[Edit, ...]:
    """Return the edits of a text by its marks, and by the rules around them.

    Other words for a span are put into spoken words themselves, as its author writes "5 km" there; a span in sounds
    keeps its letters, and one that is spelt or read as a number is left as that reading says it.

    Args:
        written: The author's words.
        marks: Of the text; an outer one wins over one inside it.
        rules: Of the language, with its lexicon.
        language: BCP 47 tag.
        say: Puts a span by itself into spoken words.
    """
    own = outermost(marks)
    first = [_claim(written, mark, language, say) for mark in own]
    kept = [mark for mark in own if mark.kind != "say"]
    edits = one_pass(written, (_claiming(first), *rules))
    for _ in range(MOST_PASSES if edits else 0):
        text = replay(written, edits)
        spans = [Claim(start, end, fold(text[start:end])) for start, end in (spoken_span(mark, edits) for mark in kept)]
        further = one_pass(text, (_claiming(spans), *rules))
        if not further:
            break
        edits = compose(written, edits, further)
    return edits


def outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks that reword a span, without those inside another one."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind in _REWORDING and (not found or mark.start_char >= found[-1].end_char):
            found.append(mark)
    return found


def mark_sounds(text: str, marks: Iterable[Mark], edits: Sequence[Edit], language: str) -> Iterator[Sound]:
    """Yield the sounds that marks give, with their places in the spoken text; a letter A that is spelt has its own."""
    for mark in outermost(marks):
        start, end = _without_spaces(text, *spoken_span(mark, edits))
        if mark.kind == "sounds" and start < end:
            yield Sound(start, end, mark.value, MARK_RULE)
        elif mark.kind == "as" and mark.value == "characters" and primary_language(language) == "en":
            letters = text[start:end].split(" ")
            at = start
            for letter in letters:
                if letter == "A":
                    yield Sound(at, at + 1, _A_SOUND, MARK_RULE)
                at += len(letter) + 1


def with_mark_sounds(sounds: Iterable[Sound], own: Sequence[Sound]) -> tuple[Sound, ...]:
    """Return sounds in order, those of marks before all that lie over them."""
    others = (
        sound
        for sound in sounds
        if not any(sound.start_char < it.end_char and it.start_char < sound.end_char for it in own)
    )
    return tuple(sorted((*others, *own), key=lambda sound: sound.start_char))


def spoken_marks(text: str, marks: Iterable[Mark], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """Return pauses, voices and emphases with their places in the spoken text, which part no word."""
    moved: list[Mark] = []
    for mark in marks:
        if mark.kind in _REWORDING:
            continue
        start, end = spoken_span(mark, edits)
        end = _after_word(text, end)
        start = end if mark.kind == "pause" else _before_word(text, start)
        moved.append(replace(mark, start_char=start, end_char=end))
    return tuple(sorted(moved, key=lambda mark: (mark.start_char, -mark.end_char)))


def spoken_span(mark: Mark, edits: Sequence[Edit]) -> tuple[int, int]:
    """Return where a mark's span is in the spoken text; a place inside of what was reworded moves to its edge."""
    return _spoken_place(mark.start_char, edits, is_end=mark.kind == "pause"), _spoken_place(
        mark.end_char, edits, is_end=True
    )


def _claim(written: str, mark: Mark, language: str, say: Say) -> Claim:
    span = written[mark.start_char : mark.end_char]
    said = {"say": lambda: mark.value, "as": lambda: said_as(span, mark.value, language, say)}.get(mark.kind)
    return Claim(mark.start_char, mark.end_char, said() if said else fold(span))


def _claiming(claims: Sequence[Claim]) -> Rule:
    def mark(text: str) -> Iterable[Claim]:
        return claims

    return mark


def _spoken_place(at: int, edits: Sequence[Edit], *, is_end: bool) -> int:
    moved = 0
    for edit in edits:
        if edit.end_char <= at:
            moved += len(edit.after) - len(edit.before)
        elif edit.start_char < at:
            return edit.start_char + moved + (len(edit.after) if is_end else 0)
        else:
            break
    return at + moved


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    span = text[start:end]
    return start + len(span) - len(span.lstrip()), end - len(span) + len(span.rstrip())


def _after_word(text: str, at: int) -> int:
    """Return the end of the word that a place is in, with the signs that close it."""
    if _is_inside(text, at):
        while at < len(text) and _is_of_word(text, at):
            at += 1
    while 0 < at < len(text) and not text[at - 1].isspace() and text[at] in _CLOSING:
        at += 1
    return at


def _before_word(text: str, at: int) -> int:
    if _is_inside(text, at):
        while at > 0 and _is_of_word(text, at - 1):
            at -= 1
    return at


def _is_inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_of_word(text, at - 1) and _is_of_word(text, at)


def _is_of_word(text: str, at: int) -> bool:
    """Letters, figures and what holds them together: an apostrophe or a hyphen between two."""
    char = text[at]
    if char.isalnum() or not char.isprintable():
        return char.isalnum()
    return char in "'’-" and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
