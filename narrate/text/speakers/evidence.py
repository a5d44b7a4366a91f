"""Tells whether labels name speakers by the whole article, since a word before a colon shows nothing by itself.

Labels must come again, in turn, and before most paragraphs from the first to the last of them. Then points are counted:
names of people and how they are marked, questions that somebody else answers, words by which people talk to each other.
An article of another kind has some of these, and no dialogue has only one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrate.core.article import Block
from narrate.text.speakers.labels import Label
from narrate.text.speakers.names import canonical_names
from narrate.text.speakers.parts import SPOKEN_KINDS, Part
from narrate.text.speakers.words import folded, has_person, is_first_name, listed, pairs

# Of the dialogue: how many labels it has at least, how many people who speak twice, which share of its paragraphs has
# labels, how often a label is another one than that before it.
TURNS_MIN = 4
CORE_MIN = 2
LABELLED_MIN = 0.35
CHANGES_MIN = 0.6
# Of the points below, and of questions that are answered where no name is known to be a person's.
POINTS_MIN = 4
ANSWERED_MIN = 2
# Half of the questions may be asked after each other, or answered by two.
ALTERNATION_MIN = 0.7


@dataclass(frozen=True, slots=True)
class _Turn:
    """A label, whose it is, and all that is said until the next one."""

    label: Label
    name: str
    text: str


def speaking_names(parts: Sequence[Part], blocks: Sequence[Block], language: str) -> Mapping[str, str]:
    """Return the names of those who speak in an article, by each form of them in its labels, folded; {} for none.

    Args:
        parts: Of the article, in order.
        blocks: The same, whole.
        language: BCP 47 tag of the article.
    """
    if pair := _question_and_answer(parts):
        return pair
    labels = [part.label for part in parts if part.label and not _is_letter(part.label)]
    canonical = canonical_names([label.name for label in labels])
    turns = _turns(parts, canonical)
    counts = Counter(turn.name for turn in turns)
    core = {name for name, count in counts.items() if count >= CORE_MIN}
    if not _is_in_turns(turns, core, parts, blocks) or not _is_talk(turns, core, parts, blocks, language):
        return {}
    is_marked = _share(turn.label.is_marked for turn in turns if turn.name in core) >= 0.5
    return {
        key: name
        for key, name in canonical.items()
        if name in core or (name in counts and (is_person(name) or (is_marked and _has_form(turns, name))))
    }


def is_person(name: str) -> bool:
    """Tell whether a name is known to be a person's: by the first name, a title before it, or a role."""
    words = name.replace(".", " ").split()
    if folded(name) in listed("roles"):
        return True
    if len(words) > 1 and folded(words[0]) in listed("honorifics"):
        return folded(words[0]) != "the" or words[1].isupper()
    return is_first_name(words[0]) or (folded(words[0]) in {asks for asks, _ in pairs()} and len(words) == 1)


def _is_letter(label: Label) -> bool:
    """ "A." may count a list's items; only with a question it is an answer."""
    return label.form == "record" and len(label.name) == 1


def _question_and_answer(parts: Sequence[Part]) -> Mapping[str, str]:
    names = [part.label.name for part in parts if part.label]
    keys = [folded(name) for name in names]
    for asks, says in pairs():
        own = [key for key in keys if key in (asks, says)]
        if own.count(asks) < 2 or own.count(says) < 2 or asks == says:
            continue
        if _share(before != after for before, after in pairwise(own)) >= ALTERNATION_MIN and own[0] == asks:
            return {key: next(name for name in names if folded(name) == key) for key in (asks, says)}
    return {}


def _turns(parts: Sequence[Part], canonical: Mapping[str, str]) -> list[_Turn]:
    turns: list[_Turn] = []
    for part in parts:
        if part.label and folded(part.label.name) in canonical and not _is_letter(part.label):
            turns.append(_Turn(part.label, canonical[folded(part.label.name)], part.text))
        elif turns:
            turns[-1] = _Turn(turns[-1].label, turns[-1].name, f"{turns[-1].text} {part.text}")
    return turns


def _is_in_turns(turns: Sequence[_Turn], core: set[str], parts: Sequence[Part], blocks: Sequence[Block]) -> bool:
    """Tell whether several speak again and again, one after the other, and nearly all that is said is theirs."""
    names = [turn.name for turn in turns if turn.name in core]
    if len(core) < CORE_MIN or len(names) < TURNS_MIN:
        return False
    return (
        _share(before != after for before, after in pairwise(names)) >= CHANGES_MIN
        and _labelled(turns, core, parts, blocks) >= LABELLED_MIN
    )


def _labelled(turns: Sequence[_Turn], core: set[str], parts: Sequence[Part], blocks: Sequence[Block]) -> float:
    """Return which share of the paragraphs, from the first label to the last, has one."""
    own = {id(turn.label) for turn in turns if turn.name in core}
    places = [index for index, part in enumerate(parts) if id(part.label) in own]
    between = parts[places[0] : places[-1] + 1]
    # A name that stands alone has what is said in the next block.
    prose = [part for part in between if blocks[part.block].kind in SPOKEN_KINDS and part.text]
    return len(places) / max(len(prose), 1)


def _is_talk(
    turns: Sequence[_Turn], core: set[str], parts: Sequence[Part], blocks: Sequence[Block], language: str
) -> bool:
    """Count the points of a dialogue."""
    own = [turn for turn in turns if turn.name in core]
    people = sum(map(is_person, core))
    answered = sum("?" in before.text and before.name != after.name for before, after in pairwise(turns))
    is_strong = all(turn.label.form == "chat" or _is_timed(turn.label) for turn in own)
    if not people and answered < ANSWERED_MIN and not is_strong:
        return False
    points = min(people, 2) + (sum(len(name.split()) > 1 for name in core) >= CORE_MIN)
    points += 2 if is_strong else _share(turn.label.is_marked for turn in own) >= 0.5
    points += _labelled(turns, core, parts, blocks) >= 0.6
    points += answered > 0
    points += _share(has_person(turn.text, "first_person", language) for turn in own) >= 0.3
    return points >= POINTS_MIN


def _is_timed(label: Label) -> bool:
    return any(char.isdigit() for char in label.written.replace(label.name, ""))


def _has_form(turns: Sequence[_Turn], name: str) -> bool:
    return all(turn.label.is_marked for turn in turns if turn.name == name)


def _share(facts: Iterable[bool]) -> float:
    found = list(facts)
    return sum(found) / len(found) if found else 0.0
