"""The phrases that cleaning knows, read from one TOML file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

# No phrase is this long, and a regular expression on a whole paragraph would only cost time.
PHRASE_MAX_CHARS = 160


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases by rule name."""

    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    def is_phrase(self, rule: str, text: str) -> bool:
        """Tell whether the whole text, edge marks aside, is one of the rule's phrases."""
        if len(text) > PHRASE_MAX_CHARS:
            return False
        bare = text.strip(" \t.…!:·|–—-»›→>▶•[](){}\"'“”‘’").replace("’", "'")
        return any(pattern.fullmatch(bare) for pattern in self.patterns.get(rule, ()))


@cache
def phrases_for(language: str) -> Phrases:
    """The English phrases and those of the language, where there is a file for it."""
    names = dict.fromkeys(("en", language.split("-", maxsplit=1)[0].lower()))
    merged: dict[str, tuple[re.Pattern[str], ...]] = {}
    for name in names:
        for rule, patterns in _load(name).items():
            merged[rule] = merged.get(rule, ()) + patterns
    return Phrases(merged)


def _load(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    file = resources.files(__name__) / f"{language}.toml"
    if not language.isalpha() or not file.is_file():
        return {}
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    words = tables.pop("words", {})
    return {rule: tuple(_compile(line, words) for line in table["lines"]) for rule, table in tables.items()}


def _compile(line: str, words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Turn a phrase into a pattern: {name} stands for any of words.name, the rest is a regular expression."""
    for name, choices in words.items():
        line = line.replace(f"{{{name}}}", f"(?:{'|'.join(choices)})")
    return re.compile(line, re.IGNORECASE)
