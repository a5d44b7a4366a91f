"""TeX's formulas as parts: the commands that articles use; anything else is not guessed at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from narrate.sources.read.formulas.nodes import (
    MAX_DEPTH,
    Choice,
    Fraction,
    Lines,
    Marked,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    Unsure,
    items_of,
    names,
    number,
    row,
    sign,
    symbols,
    text,
)

# Longer ones cannot be followed by ear.
TEX_MAX_CHARS = 1500

_TOKEN = re.compile(
    r"(?P<space>\s+|(?<!\\)%[^\n]*+\n?)|(?P<command>\\(?:operatorname\*|[A-Za-z]+|.))"
    r"|(?P<number>\d++(?:\{,\}\d++)++|\d{1,3}(?:,\d{3})++(?!\d)|\d++(?:\.\d++)?)|(?P<char>.)",
    re.DOTALL,
)
_STYLED_SETS = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ"}
_NOT = {"=": "≠", "∈": "∉", "∃": "∄"}
_ROW_ENDS = ("\\\\", "\\cr")


def tex_node(tex: str) -> Node:
    """Parse a formula.

    Args:
        tex: Without the dollars around it.

    Raises:
        Unsure: It holds something that is not known here, or is too long or too deep.
    """
    if len(tex) > TEX_MAX_CHARS:
        raise Unsure("too long")
    reader = _Reader(tex)
    node = reader.row(0, ())
    if reader.peek():
        raise Unsure(reader.peek())
    return node


class _Reader:
    """Takes tokens one after another; where it stands is all that it keeps."""

    def __init__(self, tex: str) -> None:
        self._tex = tex
        found = [match for match in _TOKEN.finditer(tex) if match.lastgroup != "space"]
        self._tokens = [match[0] for match in found]
        self._starts = [match.start() for match in found]
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise Unsure("it ends too early")
        self._at += 1
        return token

    def row(self, depth: int, ends: tuple[str, ...]) -> Node:
        """Read parts up to one of the tokens, which is left, or to the end."""
        if depth > MAX_DEPTH:
            raise Unsure("too deep")
        items: list[Node] = []
        while (token := self.peek()) and token not in ends and token != "}":
            if token in ("^", "_", "'"):
                items.append(self._scripted(items.pop() if items else Row(()), depth))
            elif (part := self._part(self.take(), depth)) is not None:
                items += part.items if isinstance(part, Row) else [part]
        return row(items)

    def argument(self, depth: int) -> Node:
        """Read a group, or the one part that stands for it."""
        token = self._first_figure() if self.peek()[:1].isdecimal() else self.take()
        if token != "{":
            part = self._part(token, depth + 1)
            return Row(()) if part is None else part
        node = self.row(depth + 1, ())
        self._expect("}")
        return node

    def _first_figure(self) -> str:
        """Take a digit, which is all that belongs to a command without a group: "\\frac12" is a half."""
        token = self.peek()
        if len(token) == 1:
            return self.take()
        self._tokens[self._at] = token[1:]
        return token[0]

    def _expect(self, token: str) -> None:
        if self.take() != token:
            raise Unsure(f"no {token}")

    def _scripted(self, base: Node, depth: int) -> Node:
        token = self.take()
        scripts = base if isinstance(base, Scripts) else Scripts(base)
        if token == "'":
            primes = 1
            while self.peek() == "'":
                self.take()
                primes += 1
            if primes > 3 or scripts.above is not None:
                raise Unsure("primes")
            return Scripts(scripts.base, scripts.below, sign("′″‴"[primes - 1]) if primes < 3 else text("‴"))
        script = self.argument(depth)
        if token == "_" and scripts.below is None:
            return Scripts(scripts.base, script, scripts.above)
        if token == "^" and scripts.above is None:
            return Scripts(scripts.base, scripts.below, script)
        raise Unsure("two scripts in one place")

    def _part(self, token: str, depth: int) -> Node | None:
        """Return what begins with a token, None for what says nothing."""
        if depth > MAX_DEPTH:
            raise Unsure("too deep")
        if token == "{":
            node = self.row(depth + 1, ())
            self._expect("}")
            return node
        if token[0].isdecimal():
            return number(token.replace("{", "").replace("}", ""))
        if token[0] != "\\":
            return None if token in ("&", "~", ".") else sign(token)
        return self._command(token[1:], depth)

    def _command(self, name: str, depth: int) -> Node | None:
        if char := symbols()["commands"].get(name):
            return sign(char)
        if name in symbols()["functions"] or name in symbols()["bigs"]:
            return sign(name)
        for key, read in _COMMANDS.items():
            if name.rstrip("*") in names(key):
                return read(self, name, depth)
        if name in symbols()["marks"]:
            return Marked(self.argument(depth), symbols()["marks"][name])
        if single := _SINGLE.get(name):
            return single(self, name, depth)
        raise Unsure(name)

    def _silent(self, name: str, depth: int) -> None:
        if name in ("left", "right") and self.peek() == ".":
            raise Unsure("half a pair of brackets")

    def _silent_group(self, name: str, depth: int) -> None:
        self._skip_group()
        if name == "textcolor":
            raise Unsure(name)

    def _skip_group(self) -> str:
        """Take a group, and return what is in it as the author wrote it."""
        self._expect("{")
        start, level = self._at, 1
        while level:
            level += {"{": 1, "}": -1}.get(self.take(), 0)
        return self._tex[self._starts[start] : self._starts[self._at - 1]]

    def _styled(self, name: str, depth: int) -> Node:
        return self.argument(depth)

    def _text(self, name: str, depth: int) -> Node:
        words = self._skip_group().replace("\\,", "").replace("~", " ")
        if any(char in words for char in "\\{}$^_"):
            raise Unsure(words)
        return text(words)

    def _fraction(self, name: str, depth: int) -> Node:
        return Fraction(self.argument(depth), self.argument(depth))

    def _binomial(self, name: str, depth: int) -> Node:
        return Choice(self.argument(depth), self.argument(depth))

    def _pause(self, name: str, depth: int) -> Node:
        return sign(",")

    def _board(self, name: str, depth: int) -> Node:
        body = self.argument(depth)
        char = body.char if isinstance(body, Sign) else ""
        return sign(_STYLED_SETS[char]) if char in _STYLED_SETS else body

    def _root(self, name: str, depth: int) -> Node:
        degree: Node | None = None
        if self.peek() == "[":
            self.take()
            degree = self.row(depth + 1, ("]",))
            self._expect("]")
        return Root(self.argument(depth), degree)

    def _negated(self, name: str, depth: int) -> Node:
        part = self._part(self.take(), depth + 1)
        char = part.char if isinstance(part, Sign) else ""
        if char not in _NOT:
            raise Unsure("not")
        return sign(_NOT[char])

    def _modulus(self, name: str, depth: int) -> Node:
        return Row((sign("mod"), *items_of(self.argument(depth))))

    def _environment(self, name: str, depth: int) -> Node:
        self._expect("{")
        kind = ""
        while (token := self.take()) != "}":
            kind += token
        if kind not in names("lines"):
            raise Unsure(kind)
        rows = [_as_row(self.row(depth + 1, (*_ROW_ENDS, "\\end")))]
        while self.peek() in _ROW_ENDS:
            self.take()
            rows.append(_as_row(self.row(depth + 1, (*_ROW_ENDS, "\\end"))))
        self._expect("\\end")
        self._skip_group()
        return Lines(tuple(line for line in rows if line.items), ", or" if "cases" in kind else ",")


def _as_row(node: Node) -> Row:
    return Row(items_of(node))


_Read = Callable[[_Reader, str, int], Node | None]

_COMMANDS: Mapping[str, _Read] = {
    "silent": _Reader._silent,
    "silent_with_group": _Reader._silent_group,
    "pauses": _Reader._pause,
    "styles": _Reader._styled,
    "texts": _Reader._text,
    "fractions": _Reader._fraction,
    "binomials": _Reader._binomial,
}
_SINGLE: Mapping[str, _Read] = {
    " ": lambda reader, name, depth: None,
    "mathbb": _Reader._board,
    "sqrt": _Reader._root,
    "not": _Reader._negated,
    "pmod": _Reader._modulus,
    "begin": _Reader._environment,
}
