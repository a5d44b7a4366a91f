"""Runs of marks that lay out a page: leaders of a table of contents, blanks of a form, rows that part or frame text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, beforehand

# Marks that rows are made of; no currency or percent sign, which says something about the figure beside it.
_MARKS = (
    r"._\-*=~#+^|/\\<>,:;\u00a8\u00af\u00b7\u02cd\u2010-\u2015\u2016\u2022-\u2027\u203b\u203e\u2043\u2190-\u21ff\u2219"
    r"\u2212\u22c5\u2500-\u25ff\u2e3a\u2e3b\u30fb\uff0e\uff3f"
)
_RUN = re.compile(rf"[{_MARKS}](?: ?[{_MARKS}]){{3,}}+")
_LONG_MARKS = re.compile(r"[!?](?: ?[!?]){3,}+")
_PAIRED = "[\"'()\\[\\]{}]"
_PAIRED_MARKS = re.compile(rf" ?(?:{_PAIRED}(?: ?{_PAIRED}){{7,}}+|(?P<it>{_PAIRED})(?: ?(?P=it)){{3,}}+) ?")
# The number of a page before the first chapter, at the end of its line.
_ROMAN_PAGE = re.compile(r" ?(?=[ivxl])(?P<tens>xl|l?x{0,3})(?P<ones>ix|iv|v?i{0,3})(?=$|\n)")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}

# So many marks of any kinds are a row; of one kind fewer are, and fewer yet with a space between each two. Up to seven
# dots are an ellipsis of somebody in no hurry, and "……" is the usual one in Chinese.
_ANY_MARKS = 8
_SAME_MARKS = 6
_SPACED_MARKS = 5
_SPACED_ELLIPSES = 3
# A word with its letters starred out is no longer than this.
_CENSORED_MARKS = 20

_STOPS = ".,;:!?"
_OPENERS = "([{\n"
_CLOSERS = ")]}\n"

_Span = tuple[int, int]


@beforehand
def leaders(text: str) -> Iterator[Claim]:
    """Introduction ........ 12 -> Introduction, 12; Name: ______ -> Name:; a row by itself -> nothing.

    Known failure: a dash of six hyphens or more is the comma that every dash is, also where it ends a sentence.
    """
    for match in _RUN.finditer(text):
        start, end = _bare(text, *match.span())
        if end > start and _is_layout(text, start, end):
            yield _claim(text, start, end)


def long_marks(text: str) -> Iterator[Claim]:
    """No!!!!!!!! -> No!!!, and four or more quotes or brackets in a row are nothing: each is a pause to a voice."""
    for match in _LONG_MARKS.finditer(text):
        yield Claim(match.start(), match.end(), match[0].replace(" ", "")[:3])
    for match in _PAIRED_MARKS.finditer(text):
        is_inside = match.start() > 0 and match.end() < len(text) and text[match.end()] not in _CLOSERS + _STOPS
        yield Claim(match.start(), match.end(), " " if is_inside else "")


def _bare(text: str, start: int, end: int) -> _Span:
    """A run without the marks at its edges that belong to the words beside it: C++ ....... -5, "Name: _____." """
    first, *_ = tokens = text[start:end].split(" ")
    if len(tokens) > 1 and _is_before_word(text, start) and _is_own(first, tokens[1:]):
        start += len(first)
        while text[start] == " ":
            start += 1
    elif len(first) > 2 and first[0] in ",;:" and first[1] != first[0] and _is_before_word(text, start):
        start += 1
    *_, last = tokens = text[start:end].split(" ")
    if len(tokens) > 1 and text[end : end + 1].isalnum() and _is_own(last, tokens[:-1]):
        return start, end - len(last) - 1
    is_stopped = text[:start].rstrip(" ")[-1:] in tuple(_STOPS) if start < 2 else _char_before(text, start) in _STOPS
    if last[-1:] in tuple(".,;:") and last[-1] not in text[start : end - 1][-3:] and not is_stopped:
        end -= 1
    return start, end


def _is_before_word(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isalnum()


def _is_own(token: str, others: list[str]) -> bool:
    """Tell whether one or two marks are none of the row's: others are longer, or not the same."""
    return len(token) <= 2 and (token not in others[:3] + others[-3:] or len(others[0]) > 2)


def _is_layout(text: str, start: int, end: int) -> bool:
    marks = text[start:end].replace(" ", "")
    kinds = set(marks)
    is_spaced = len(marks) < end - start
    touches_word = _is_before_word(text, start) or text[end : end + 1].isalnum()
    if kinds == {"*"} and touches_word and not is_spaced and len(marks) < _CENSORED_MARKS:
        return False
    if len(marks) >= _ANY_MARKS:
        return True
    if len(kinds) > 1:
        return False
    if is_spaced:
        return len(marks) >= (_SPACED_ELLIPSES if kinds == {"…"} else _SPACED_MARKS)
    return len(marks) >= _SAME_MARKS and kinds != {"."}


def _claim(text: str, start: int, end: int) -> Claim:
    """Claim a run for what it leaves: a comma between words, a space behind a mark, nothing at an edge."""
    before, after = _char_before(text, start), _char_after(text, end)
    left = start - (text[start - 1 : start] == " ")
    right = end + (text[end : end + 1] == " ")
    if before in _OPENERS:
        return Claim(start, right, "")
    if after in _CLOSERS or after in _STOPS:
        return Claim(left, end if after != "\n" else right, "")
    page = _ROMAN_PAGE.match(text, end)
    said = " " if before in _STOPS else ", "
    return Claim(left, page.end(), f"{said}{_value(page)}") if page else Claim(left, right, said)


def _char_before(text: str, start: int) -> str:
    """The last character of the line before a run, spaces aside; a line feed where there is none."""
    before = text[max(0, start - 2) : start].rstrip(" ")
    return before[-1:] or ("\n" if start < 2 else " ")


def _char_after(text: str, end: int) -> str:
    after = text[end : end + 2].lstrip(" ")
    return after[:1] or ("\n" if end + 2 > len(text) else " ")


def _value(page: re.Match[str]) -> int:
    values = [_ROMAN_VALUES[letter] for letter in page["tens"] + page["ones"]]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
