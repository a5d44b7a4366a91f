"""The phrases that cleaning knows, read from one TOML file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from narrate.article import Block

# No phrase is this long, and a regular expression on a whole paragraph would only cost time.
PHRASE_MAX_CHARS = 160


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases by rule name, and those that a heading may be."""

    lines: Mapping[str, tuple[re.Pattern[str], ...]]
    weak: Mapping[str, tuple[re.Pattern[str], ...]]

    def is_phrase(self, rule: str, block: Block) -> bool:
        """Tell whether the whole block, edge marks aside, is one of the rule's phrases."""
        if len(block.text) > PHRASE_MAX_CHARS:
            return False
        bare = block.text.strip(" \t.…!:·|–—-»›→>▶•[]{}\"'“”‘’").replace("’", "'")
        weak = () if block.kind == "heading" else self.weak.get(rule, ())
        return any(pattern.fullmatch(bare) for pattern in (*self.lines.get(rule, ()), *weak))


@cache
def phrases_for(language: str) -> Phrases:
    """The English phrases and those of the language, where there is a file for it."""
    lines: dict[str, tuple[re.Pattern[str], ...]] = {}
    weak: dict[str, tuple[re.Pattern[str], ...]] = {}
    for name in dict.fromkeys(("en", language.split("-", maxsplit=1)[0].lower())):
        tables = _load(name)
        words = tables.pop("words", {})
        for rule, table in tables.items():
            lines[rule] = lines.get(rule, ()) + tuple(_compile(line, words) for line in table["lines"])
            weak[rule] = weak.get(rule, ()) + tuple(_compile(line, words) for line in table.get("weak", ()))
    return Phrases(lines, weak)


def _load(language: str) -> dict[str, dict[str, list[str]]]:
    file = resources.files(__name__) / f"{language}.toml"
    if not language.isalpha() or not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _compile(line: str, words: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Turn a phrase into a pattern: {name} stands for any of words.name, the rest is a regular expression."""
    for name, choices in words.items():
        line = line.replace(f"{{{name}}}", f"(?:{'|'.join(choices)})")
    return re.compile(line, re.IGNORECASE)
