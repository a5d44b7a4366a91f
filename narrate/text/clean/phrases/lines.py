"""Lines of the phrase files as patterns, each compiled only when a text begins as it does.

A language has hundreds of lines with thousands of words; to compile them all takes 0.2 s, and the few lines that an
article's blocks begin like take a tenth of that.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cached_property

# Letters that `re.IGNORECASE` takes for "i", and that casefold does not.
_LETTERS_LIKE_I = str.maketrans({"İ": "i", "ı": "i"})

# So many characters tell most phrases from most lines; half as many do of Chinese, Japanese and Korean.
_HEAD_CHARS = 4
_WIDE_HEAD_CHARS = 2
_FIRST_WIDE = "\u2e80"

# What begins a text, and whether what follows can be anything.
_Head = tuple[str, bool]
_NOTHING: _Head = ("", False)
_ANYTHING: _Head = ("", True)

_OPENING = ("look", "group")
_TOKEN = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<group>\((?:\?[\w-]*:)?)|(?P<count>[?*+]|\{[\d,]+\})"
    r"|\\.|\[\^?\]?(?:\\.|[^\]])*\]|.",
    re.DOTALL,
)


class PhraseLine:
    """One regular expression of a phrase file.

    Attributes:
        heads: What the texts that it matches begin with, folded: one of these. Empty for a line that begins with
            anything.
    """

    def __init__(self, source: str, *, whole: bool) -> None:
        """Take the expression; `whole` if it has to match up to the end."""
        self.source = f"(?:{source}){'$' if whole else ''}"
        self.heads = heads_of(source)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, re.IGNORECASE)

    def matches(self, text: str, folded_text: str) -> bool:
        """Tell whether the text is, or begins with, the phrase; `folded_text` is `folded(text)`."""
        may_match = not self.heads or folded_text.startswith(self.heads)
        return may_match and self._pattern.match(text) is not None


def folded(text: str) -> str:
    """Return text in which two letters are equal if `re.IGNORECASE` may take one for the other."""
    return text.translate(_LETTERS_LIKE_I).casefold()


def heads_of(source: str) -> tuple[str, ...]:
    """The first characters of all that a regular expression matches, folded; empty if that can be anything.

    >>> heads_of("(?:read|see) more|views?")
    ('read', 'see ', 'view')
    """
    heads = _alternatives(deque(_TOKEN.finditer(source)))
    return tuple(sorted({folded(text) for text, _ in heads})) if all(text for text, _ in heads) else ()


def _alternatives(tokens: deque[re.Match[str]]) -> set[_Head]:
    """Return the alternatives of an expression up to its end, or to the end of the group that it stands in."""
    found: set[_Head] = set()
    heads = {_NOTHING}
    while tokens and (token := tokens.popleft())[0] != ")":
        if token[0] == "|":
            found |= heads
            heads = {_NOTHING}
        elif all(map(_is_settled, heads)):
            _skip(token, tokens)
        else:
            heads = _followed(heads, _counted(_element(token, tokens), tokens))
    return found | heads


def _is_settled(head: _Head) -> bool:
    text, goes_on = head
    enough = _WIDE_HEAD_CHARS if text[:1] >= _FIRST_WIDE else _HEAD_CHARS
    return goes_on or len(text) >= enough


def _skip(token: re.Match[str], tokens: deque[re.Match[str]]) -> None:
    """Pass over an element: with a group, all that is in it."""
    depth = int(token.lastgroup in _OPENING)
    while depth:
        following = tokens.popleft()
        depth += (following.lastgroup in _OPENING) - (following[0] == ")")


def _element(token: re.Match[str], tokens: deque[re.Match[str]]) -> set[_Head]:
    text = token[0]
    if token.lastgroup in _OPENING:
        inside = _alternatives(tokens)
        return inside if token.lastgroup == "group" else {_NOTHING}
    if text in ("^", "$", r"\b"):
        return {_NOTHING}
    if text == "." or text[0] == "[" or (text[0] == "\\" and text[1].isalnum()):
        return {_ANYTHING}
    return {(text[-1], False)}


def _counted(heads: set[_Head], tokens: deque[re.Match[str]]) -> set[_Head]:
    """Apply the count behind an element to its heads: it may be missing, or be there again."""
    if not tokens or tokens[0].lastgroup != "count":
        return heads
    count = tokens.popleft()[0]
    if tokens and tokens[0][0] == "?":
        tokens.popleft()
    if count != "?":
        heads = {(text, True) for text, _ in heads}
    return heads | {_NOTHING} if count[0] in "?*" or count.startswith(("{0", "{,")) else heads


def _followed(heads: set[_Head], more: set[_Head]) -> set[_Head]:
    return {
        longer
        for head in heads
        for longer in ([head] if _is_settled(head) else [((head[0] + text)[:_HEAD_CHARS], end) for text, end in more])
    }
