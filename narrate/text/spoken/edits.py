"""Edits of the spoken form: joining two rounds of them into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from narrate.core.article import Edit, replay


@dataclass(slots=True)
class _Group:
    """Edits of both rounds that touch each other, as a span of the text between the rounds."""

    start: int
    end: int
    first: list[Edit] = field(default_factory=list)
    second: list[Edit] = field(default_factory=list)


def compose(written: str, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Join edits of the written text with edits of their result: one round that does both."""
    between = replay(written, first)
    joined: list[Edit] = []
    shift = 0
    for group in _groups(first, second):
        start = group.start - shift
        shift += sum(len(edit.after) - len(edit.before) for edit in group.first)
        end = group.end - shift
        before, after = written[start:end], _said(between, group)
        if before != after:
            joined.append(Edit(_names(group), start, end, before, after))
    return tuple(joined)


def _groups(first: Iterable[Edit], second: Iterable[Edit]) -> list[_Group]:
    """Return both rounds in the order of the text between them; what overlaps shares a group."""
    located: list[_Group] = []
    shift = 0
    for edit in first:
        start = edit.start_char + shift
        located.append(_Group(start, start + len(edit.after), first=[edit]))
        shift += len(edit.after) - len(edit.before)
    located += (_Group(edit.start_char, edit.end_char, second=[edit]) for edit in second)
    located.sort(key=lambda group: (group.start, group.end))
    groups: list[_Group] = []
    for group in located:
        if groups and group.start < groups[-1].end:
            groups[-1].end = max(groups[-1].end, group.end)
            groups[-1].first += group.first
            groups[-1].second += group.second
        else:
            groups.append(group)
    return groups


def _said(between: str, group: _Group) -> str:
    parts: list[str] = []
    position = group.start
    for edit in group.second:
        parts += (between[position : edit.start_char], edit.after)
        position = edit.end_char
    return "".join((*parts, between[position : group.end]))


def _names(group: _Group) -> str:
    """Return every rule that had a hand in it, each once: money+catch_all."""
    names = (name for edit in (*group.first, *group.second) for name in edit.rule.split("+"))
    return "+".join(dict.fromkeys(names))
