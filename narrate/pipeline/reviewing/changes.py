"""Changes that an editor makes to a draft: what is kept, what is said instead, by whom, and after which pause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from narrate.core.article import Block, Mark, MarkKind
from narrate.core.errors import NarrateError
from narrate.core.language.tags import is_shaped_as_tag
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.drafts import draft_of, draft_text
from narrate.sources.read.draft.values import BY_HAND, Draft, DraftBlock
from narrate.text.lexicon import ipa_of

PAUSE_MAX_MS = 60_000
SAY_MAX_CHARS = 20_000
_FIELD_MAX_CHARS = 2000
_MARKS_OF: Mapping[str, MarkKind] = {"ipa": "sounds", "say": "say", "spell": "as"}
HEAD = ("title", "author", "published", "language", "voice")


class BadChange(NarrateError):
    """A change that cannot be made."""


def changed(draft: Draft, change: Mapping[str, object]) -> Draft:
    """Return a draft with one change, which a draft's file can hold.

    Args:
        draft: As it is; blocks keep their ids.
        change: "does" names it ("drop", "keep", "say", "voice", "pause", "sound", "plain", "head"), and the rest is its
            own: "id" of the block, "text", "voice", "at_char" and "duration_ms", "start_char", "end_char", "way" and
            "value", "everywhere", "field".

    Raises:
        BadChange: It names no block, or nothing that can be done; says what.
    """
    does = _text(change, "does")
    if does == "head":
        return _kept_by_file(_with_head(draft, _text(change, "field"), _text(change, "value")))
    make = _CHANGES.get(does)
    if make is None:
        raise BadChange(f"{does!r} is no change")
    number = block_number(draft, _text(change, "id"))
    made = make(draft.blocks[number], change)
    blocks = (*draft.blocks[:number], made, *draft.blocks[number + 1 :])
    if does == "sound" and change.get("everywhere") is True:
        word = made.block.text[_number(change, "start_char") : _number(change, "end_char")]
        blocks = tuple(_sounded_everywhere(one, word, change) for one in blocks)
    return _kept_by_file(replace(draft, blocks=blocks))


def block_number(draft: Draft, id: str) -> int:
    """Return the place of a block among a draft's.

    Raises:
        BadChange: There is none with that id.
    """
    for number, one in enumerate(draft.blocks):
        if one.id == id:
            return number
    raise BadChange("that block is not there any more", "load the page again")


def _drop(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    return replace(one, is_dropped=True, rule=one.rule or BY_HAND, said="", doubtful=())


def _keep(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    return replace(one, is_dropped=False, rule="" if one.rule == BY_HAND else one.rule)


def _say(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    said = tidy(_text(change, "text"))
    if len(said) > SAY_MAX_CHARS:
        raise BadChange(f"what is said instead is longer than {SAY_MAX_CHARS:,} characters", "say less")
    if said and not any(map(str.isalnum, said)):
        raise BadChange("what is said instead has no words", "leave the block out with Drop")
    return replace(one, say=said)


def _voice(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    block, voice = _markable(one), _text(change, "voice").strip()
    others = [mark for mark in block.marks if mark.kind != "voice"]
    whole = [Mark("voice", 0, len(block.text), voice)] if voice else []
    return _marked(one, [*whole, *others])


def _pause(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    block, at_char, duration_ms = _markable(one), _number(change, "at_char"), _number(change, "duration_ms")
    if not 0 <= at_char <= len(block.text):
        raise BadChange("the pause is outside of its block", "load the page again")
    if not 0 <= duration_ms <= PAUSE_MAX_MS:
        raise BadChange("a pause lasts a minute at most", f"give 0 to {PAUSE_MAX_MS} milliseconds")
    others = [mark for mark in block.marks if mark.kind != "pause" or mark.start_char != at_char]
    new = [Mark("pause", at_char, at_char, str(duration_ms))] if duration_ms else []
    return _marked(one, [*others, *new])


def _sound(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    start, end = _span(_markable(one), change)
    return _with_sound(one, start, end, change)


def _plain(one: DraftBlock, change: Mapping[str, object]) -> DraftBlock:
    start, end = _span(_markable(one), change)
    kinds = frozenset(_MARKS_OF.values())
    return _marked(
        one, [m for m in one.block.marks if m.kind not in kinds or (m.start_char, m.end_char) != (start, end)]
    )


_CHANGES = {
    "drop": _drop,
    "keep": _keep,
    "say": _say,
    "voice": _voice,
    "pause": _pause,
    "sound": _sound,
    "plain": _plain,
}


def sound_mark(start_char: int, end_char: int, way: str, value: str) -> Mark:
    """Return the mark that says a span in a way.

    Raises:
        BadChange: A mark cannot; says why.
    """
    kind = _MARKS_OF.get(way)
    if kind is None:
        raise BadChange("a word of this article is said by sounds, by other letters or letter by letter")
    if way == "spell":
        return Mark(kind, start_char, end_char, "characters")
    try:
        value = ipa_of(value) if way == "ipa" else tidy(value)
    except ValueError as error:
        raise BadChange(
            f"these are no sounds: {error}", "such as kˈiːv: no slashes, stress before its vowel"
        ) from error
    if not any(map(str.isalnum, value)):
        raise BadChange("nothing would be said", "write the word as it sounds")
    return Mark(kind, start_char, end_char, value)


def _with_sound(one: DraftBlock, start: int, end: int, change: Mapping[str, object]) -> DraftBlock:
    mark = sound_mark(start, end, _text(change, "way"), _text(change, "value"))
    kinds = frozenset(_MARKS_OF.values())
    others = [m for m in one.block.marks if m.kind not in kinds or m.end_char <= start or m.start_char >= end]
    return _marked(one, [*others, mark])


def _sounded_everywhere(one: DraftBlock, word: str, change: Mapping[str, object]) -> DraftBlock:
    """Return a block in which a word has its sound wherever no mark says otherwise."""
    if one.is_dropped or one.block.rows or one.block.kind == "code":
        return one
    for found in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", one.block.text):
        start, end = found.span()
        if not any(m.kind in _MARKS_OF.values() and m.start_char < end and start < m.end_char for m in one.block.marks):
            one = _with_sound(one, start, end, change)
    return one


def _markable(one: DraftBlock) -> Block:
    if one.block.rows or one.block.kind == "code":
        raise BadChange("no mark can be put into a table or code", "say something instead of it")
    return one.block


def _span(block: Block, change: Mapping[str, object]) -> tuple[int, int]:
    start, end = _number(change, "start_char"), _number(change, "end_char")
    if not 0 <= start < end <= len(block.text):
        raise BadChange("the word is outside of its block", "load the page again")
    return start, end


def _marked(one: DraftBlock, marks: list[Mark]) -> DraftBlock:
    ordered = sorted(marks, key=lambda mark: (mark.start_char, -mark.end_char))
    return replace(one, block=replace(one.block, marks=tuple(ordered)))


def _with_head(draft: Draft, field: str, value: str) -> Draft:
    value = tidy(value)
    if field not in HEAD or len(value) > _FIELD_MAX_CHARS:
        raise BadChange(f"{field!r} is nothing that can be changed here", f"change one of {', '.join(HEAD)}")
    if field == "language" and value and not is_shaped_as_tag(value):
        raise BadChange(f"{value!r} is no language", "write en, en-GB or de")
    if field == "published":
        meta = replace(draft.meta, published=_day(value))
    else:
        words = {field: value or None}
        meta = replace(draft.meta, **words)  # type: ignore[arg-type]  # all others are words
    if field != "title":
        return replace(draft, meta=meta)
    if not value:
        raise BadChange("an episode needs a title", "write one")
    return replace(draft, meta=meta, blocks=tuple(_retitled(one, value) for one in draft.blocks))


def _retitled(one: DraftBlock, title: str) -> DraftBlock:
    if one.block.kind != "title":
        return one
    return replace(one, block=replace(one.block, text=title, marks=()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadChange(f"{text!r} is no day", "write 2026-01-31") from error


def _kept_by_file(draft: Draft) -> Draft:
    """Return the draft, if its file would be read as the same.

    Raises:
        BadChange: A mark cannot stand where it was put.
    """
    try:
        again = draft_of(draft_text(draft))
    except NarrateError as error:
        raise BadChange(f"that cannot be written into a draft: {error.message}", error.hint) from error
    same = [_told(one) for one in again.blocks] == [_told(one) for one in draft.blocks]
    if not same:
        raise BadChange("that cannot be written into a draft", "try another place, or say something instead")
    return draft


def _told(one: DraftBlock) -> tuple[object, ...]:
    marks = tuple((m.kind, m.start_char, m.end_char, m.value) for m in one.block.marks)
    return one.block.kind, one.block.text, marks, one.is_dropped, one.say


def _text(change: Mapping[str, object], name: str) -> str:
    value = change.get(name, "")
    if not isinstance(value, str):
        raise BadChange(f"{name} is no text")
    return value


def _number(change: Mapping[str, object], name: str) -> int:
    value = change.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadChange(f"{name} is no number")
    return value
