"""Rules that a site gives programs in its robots.txt (RFC 9309).

Python's urllib.robotparser takes the first rule that fits, and the standard the longest; nor does it know "*" and "$".
With "Allow: /" before "Disallow: /private/" it would go where it is not wanted.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# What must be read at least (RFC 9309, 2.5); what follows is left out.
MAX_BYTES = 500 * 1024

# Our name, as groups of rules call programs.
NAME = "narrate"

# Longer pauses than anybody means; in a file for search engines there are days.
MAX_DELAY_S = 30.0

_PRODUCT = re.compile(r"[a-zA-Z_-]+")
_QUOTED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which paths may, or may not, be asked for.

    Attributes:
        allows: Which of the two.
        parts: What stands between the pattern's stars; a path begins with the first.
        ends: The pattern ends in "$", so a path must end there as well.
        length: Of the pattern: the longest one that fits decides.
    """

    allows: bool
    parts: tuple[str, ...]
    ends: bool
    length: int

    def fits(self, path: str) -> bool:
        """Parts are searched one after the other, so the time is that of the path and not of what stars allow."""
        first, *others = self.parts
        if not path.startswith(first):
            return False
        if self.ends and not others:
            return path == first
        last = others.pop() if self.ends else ""
        at = len(first)
        for part in others:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return len(path) - len(last) >= at and path.endswith(last)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for narrate at a site.

    Attributes:
        delay_s: The pause between two requests that it asks for, at most MAX_DELAY_S; 0 for none.
    """

    rules: tuple[_Rule, ...] = ()
    delay_s: float = 0.0

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for: by the longest rule that fits, else one that allows, else yes."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(rule.length, rule.allows) for rule in self.rules if rule.fits(path)]
        return path == "/robots.txt" or max(fitting, default=(0, True))[1]


def read_rules(data: bytes) -> Rules:
    """The rules of a robots.txt; whatever the bytes are, this raises nothing."""
    lines = [_pair(line) for line in data[:MAX_BYTES].decode("utf-8-sig", "replace").splitlines()]
    groups = _groups([line for line in lines if line])
    ours = [lines for names, lines in groups if NAME in names] or [lines for names, lines in groups if "*" in names]
    pairs = [pair for lines in ours for pair in lines]
    rules = [_rule(key == "allow", value) for key, value in pairs if key in ("allow", "disallow") and value]
    return Rules(tuple(rules), max((_delay_s(value) for key, value in pairs if key == "crawl-delay"), default=0.0))


def _pair(line: str) -> tuple[str, str] | None:
    key, colon, value = line.partition("#")[0].partition(":")
    return (key.strip().lower(), value.strip()) if colon else None


def _groups(lines: Sequence[tuple[str, str] | None]) -> list[tuple[set[str], list[tuple[str, str]]]]:
    """Rules with the names of the programs they are for; names that follow each other share their rules."""
    groups: list[tuple[set[str], list[tuple[str, str]]]] = []
    naming = False
    for key, value in filter(None, lines):
        if key == "user-agent":
            if not naming:
                groups.append((set(), []))
            found = _PRODUCT.match(value)
            groups[-1][0].add(found[0].lower() if found else value)
            naming = True
        elif key in ("allow", "disallow", "crawl-delay"):
            naming = False
            if groups:
                groups[-1][1].append((key, value))
    return groups


def _rule(allows: bool, pattern: str) -> _Rule:
    ends = pattern.endswith("$")
    parts = tuple(map(_normal, (pattern[:-1] if ends else pattern).split("*")))
    return _Rule(allows, parts, ends, len(pattern))


def _normal(path: str) -> str:
    """The one spelling of a path for all that mean the same: %7e is a tilde, and é is %C3%A9."""
    quoted = quote(path, safe=string.punctuation)
    return _QUOTED.sub(lambda found: _unquoted(chr(int(found[1], 16)), found[0]), quoted)


def _unquoted(char: str, code: str) -> str:
    return char if char in _UNRESERVED else code.upper()


def _delay_s(value: str) -> float:
    try:
        delay_s = float(value)
    except ValueError:
        return 0.0
    return min(delay_s, MAX_DELAY_S) if delay_s > 0 else 0.0
