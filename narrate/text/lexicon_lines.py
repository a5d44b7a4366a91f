"""Lines of lexicons, and lexicons with a line more: what else is in the file stays as its owner wrote it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

from narrate.core import toml
from narrate.core.errors import ConfigError, OutputError
from narrate.core.system.files import write_whole
from narrate.text.lexicon import entries_of

Way = Literal["ipa", "say", "spell", "word"]
WAYS: tuple[Way, ...] = ("ipa", "say", "spell", "word")

_HEADER = re.compile(r"\s*\[\s*(?:\"(?P<quoted>[^\"]+)\"|'(?P<single>[^']+)'|(?P<bare>[\w-]+))\s*\]\s*(?:#.*)?")
_ANY_HEADER = re.compile(r"\s*\[")
_HINT = "write the line into the file by hand"


def lexicon_line(word: str, way: Way, value: str = "") -> str:
    """Return the line of a lexicon that says a word in a way.

    Args:
        word: As it stands in texts.
        way: By sounds, by other letters, letter by letter or as a word.
        value: The sounds or the letters; nothing for the other ways.

    Raises:
        ConfigError: That cannot be in a lexicon; says why.
    """
    key = _quoted(word.replace("’", "'"))
    text = json.dumps(value, ensure_ascii=False)
    said = {"ipa": f"{{ ipa = {text} }}", "say": text, "spell": "{ spell = true }", "word": "{ word = true }"}[way]
    line = f"{key} = {said}"
    entries_of(f"[any]\n{line}\n", "the line")
    return line


def with_line(text: str, language: str, line: str, name: str = "the lexicon") -> str:
    """Return a lexicon with a line in the table of a language, in place of the line that its word has there.

    Args:
        text: All of the file; "" for a new one.
        language: Name of the table.
        line: As `lexicon_line` gives it.
        name: Of the file, for errors.

    Raises:
        ConfigError: The file is no lexicon, or is written so that a line cannot be put into it.
    """
    entries_of(text, name)
    before = toml.loads(text)
    [(key, value)] = toml.loads(line).items()
    word = _words_of(line)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    made = "".join(_placed(lines, language, word, line))
    others = {one: how for one, how in _table(before, language).items() if _words_of(f"{_quoted(one)} = 'a'") != word}
    wanted = {**before, language: {**others, key: value}}
    if not _is_same(made, wanted):
        raise ConfigError(f"{name} is written in a way that no line can be put into it", f"{_HINT}: {line}")
    return made


def keep_text(path: Path, text: str) -> None:
    """Write a lexicon, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}", "check its folder") from error


def text_of(path: Path) -> str:
    """Return what is in a lexicon's file, "" where there is none.

    Raises:
        ConfigError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as a lexicon: {error}", _HINT) from error


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")


def _words_of(line: str) -> frozenset[str]:
    """Return the words that an entry on a line of its own is about, as lexicons know them; none for no entry."""
    try:
        return frozenset(entry.written for entry in entries_of(f"[any]\n{line}\n", "the line"))
    except ConfigError:
        return frozenset()


def _placed(lines: list[str], language: str, word: frozenset[str], line: str) -> list[str]:
    """Return the lines with one more, at the end of its table or where its word stood."""
    start = next((at for at, one in enumerate(lines) if _table_name(one) == language), None)
    if start is None:
        space = ["\n"] if lines and lines[-1].strip() else []
        return [*lines, *space, f"[{language}]\n", f"{line}\n"]
    end = next((at for at in range(start + 1, len(lines)) if _ANY_HEADER.match(lines[at])), len(lines))
    for at in range(start + 1, end):
        if word & _words_of(lines[at]):
            comment = _comment_of(lines[at])
            return [*lines[:at], f"{line}{comment}\n", *lines[at + 1 :]]
    last = max(at for at in range(start, end) if at == start or _keys_of(lines[at]) or _is_inside(lines[at]))
    return [*lines[: last + 1], f"{line}\n", *lines[last + 1 :]]


def _table_name(line: str) -> str:
    found = _HEADER.fullmatch(line.rstrip("\r\n"))
    return (found["quoted"] or found["single"] or found["bare"]) if found else ""


def _is_inside(line: str) -> bool:
    """Tell a line that is more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _keys_of(line: str) -> frozenset[str]:
    """Return the words that a line of its own says something of."""
    try:
        return frozenset(toml.loads(line))
    except ValueError:
        return frozenset()


def _comment_of(line: str) -> str:
    """Return the comment behind an entry, with the space before it."""
    line = line.rstrip("\r\n")
    for at in (at for at, sign in enumerate(line) if sign == "#"):
        entry = line[:at].rstrip()
        if _keys_of(entry):
            return line[len(entry) :]
    return ""


def _table(tables: dict[str, object], name: str) -> dict[str, object]:
    found = tables.get(name, {})
    return found if isinstance(found, dict) else {}


def _is_same(text: str, wanted: dict[str, object]) -> bool:
    try:
        return toml.loads(text) == wanted
    except ValueError:
        return False
