"""The particulars that stand before a Markdown article: the simple forms of YAML, and TOML."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from narrate.core import toml
from narrate.core.article import Metadata
from narrate.sources.read.front_matter.particulars import TELLING_KEYS, folded, metadata_of

logger = logging.getLogger(__name__)

# No article has more particulars.
TOML_MAX_CHARS = 100_000

_KEY = re.compile(r"(?P<key>[A-Za-z_][\w.-]*|\"[^\"]+\"):(?:\s+(?P<value>.*)|$)")
_TOML_START = re.compile(r"\s*+(?:#.*\n\s*+)*+(?:\[|[\w\"'.-]++\s*+=)")
# A quote opens where a value may begin, so that one which is never closed is looked for once and not at each quote.
_PARTS = re.compile(r"""(?:(?<![^\s,:\[{])(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')|[^,])++""")
# "% Title": code that has a percent sign first has no blank after it (%matplotlib), or another sign (%%).
_PANDOC_TITLE = re.compile(r"%(?:\s|$)")
_PANDOC_PARTS = 3
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*")
_COMMENT = re.compile(r"(?:^|\s)#(?:\s.*|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter, parted from the text behind it.

    Attributes:
        values: By their folded keys, those that nobody knows as well; empty where there is no front matter.
        body: The text that follows: all of it where there is no front matter.
    """

    values: Mapping[str, object]
    body: str


def split_front_matter(text: str, name: str = "the article") -> tuple[Metadata, str]:
    """Part the particulars from the text; what is not known in them is ignored, what cannot be used is told.

    Args:
        text: A whole Markdown article.
        name: What to call it in a message.

    Returns:
        What the front matter tells, and the text that follows it: all of the text where there is none.
    """
    found = front_matter_of(text)
    meta, misstated = metadata_of(found.values)
    for one in misstated:
        logger.warning("%s: %s, and is left out; %s", name, one.message, one.hint)
    return meta, found.body


def front_matter_of(text: str) -> FrontMatter:
    """Return the values before a text, and the text; in either form of YAML's fences, in TOML, or as Pandoc has them.

    Args:
        text: A whole Markdown article.
    """
    lines = text.lstrip("\n").split("\n")
    fence = lines[0].rstrip()
    if fence == "---":
        return _split_yaml(text, lines)
    if _PANDOC_TITLE.match(lines[0]):
        return _split_pandoc(lines)
    end = _fence(lines, ("+++",))
    if fence != "+++" or not end or not _TOML_START.match("\n".join(lines[1:end])):
        return FrontMatter({}, text)
    return FrontMatter(_toml("\n".join(lines[1:end])), "\n".join(lines[end + 1 :]))


def _split_pandoc(lines: Sequence[str]) -> FrontMatter:
    """Read Pandoc's title block: up to three lines with a percent sign, for the title, its authors and the date.

    A line that begins with a blank goes on with the one before it; authors are apart by semicolons.
    """
    parts: list[str] = []
    end = 0
    for line in lines:
        if _PANDOC_TITLE.match(line) and len(parts) < _PANDOC_PARTS:
            parts.append(line[1:].strip())
        elif parts and line[:1].isspace() and line.strip():
            parts[-1] = f"{parts[-1]} {line.strip()}".strip()
        else:
            break
        end += 1
    values: dict[str, object] = dict(zip(("title", "author", "date"), parts, strict=False))
    values["author"] = ", ".join(filter(None, map(str.strip, str(values.get("author", "")).split(";"))))
    return FrontMatter(values, "\n".join(lines[end:]))


def _split_yaml(text: str, lines: Sequence[str]) -> FrontMatter:
    end = _fence(lines, ("---", "..."))
    if end and _is_yaml(lines[1:end]):
        return FrontMatter(_yaml(lines[1:end]), "\n".join(lines[end + 1 :]))
    if inner := _unclosed(lines):
        return FrontMatter(_yaml(inner), "\n".join(lines[len(inner) + 1 :]))
    return FrontMatter({}, text)


def _fence(lines: Sequence[str], ends: Sequence[str]) -> int:
    """Return where front matter ends, 0 where it does not."""
    return next((index for index, line in enumerate(lines) if index and line.rstrip() in ends), 0)


def _is_yaml(lines: Sequence[str]) -> bool:
    """Tell YAML from text between two thematic breaks, whose first line may have a colon, too."""
    top = [line for line in lines if line.strip() and not line.startswith((" ", "\t", "#", "- ", "]"))]
    if not top:
        return not any(line.strip() and not line.startswith("#") for line in lines)
    keys = [match["key"] for line in top if (match := _KEY.match(line))]
    is_apart = bool(lines) and not lines[0].strip()
    if not _KEY.match(top[0]) or (is_apart and not _has_known_key(keys)):
        return False
    return len(keys) * 2 > len(top) or _has_known_key(keys)


def _has_known_key(keys: Iterable[str]) -> bool:
    return any(key == key.lower() and folded(key) in TELLING_KEYS for key in keys)


def _unclosed(lines: Sequence[str]) -> Sequence[str]:
    """Particulars whose last fence was forgotten: they end at a blank line."""
    blank = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    inner = lines[1:blank]
    matches = [_KEY.match(line) for line in inner if not line.startswith((" ", "\t", "- "))]
    keys = [match["key"] for match in matches if match]
    return inner if len(keys) == len(matches) and _has_known_key(keys) else ()


def _toml(text: str) -> dict[str, object]:
    try:
        return {folded(key): value for key, value in toml.loads(text, TOML_MAX_CHARS).items()}
    except ValueError as error:  # of a number without end as well, which is no TOMLDecodeError
        logger.warning("the front matter is no TOML that can be read, and is left out: %s", error)
        return {}


def _yaml(lines: Sequence[str]) -> dict[str, object]:
    raw: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if match := _KEY.match(line):
            key = folded(match["key"])
            raw[key] = [match["value"] or ""]
        elif line.strip() and not line.startswith((" ", "\t", "- ", "]", "#")):
            key = ""  # nobody knows what this line is, and what the next ones belong to
        elif key:
            raw[key].append(line.strip())
    return {key: _value(first.strip(), [line for line in rest if line]) for key, (first, *rest) in raw.items()}


def _value(first: str, rest: Sequence[str]) -> object:
    """Read what stands after a key: on its line, and on the lines that follow."""
    if _BLOCK_SCALAR.fullmatch(first):
        return " ".join(rest)
    whole = " ".join([first, *rest])
    if first.startswith(("[", "{")) and not whole.rstrip().endswith(("]", "}")):
        return ""
    if first.startswith("[") and not first.startswith("[["):
        return [_scalar(part) for part in _PARTS.findall(_COMMENT.sub("", whole).rstrip()[1:-1])]
    if first.startswith("{"):
        return _mapping(_PARTS.findall(whole.strip("{} ")))
    if _scalar(first):
        return _scalar(whole)
    if rest and rest[0].startswith("- "):
        return [_item(line[2:].strip()) for line in rest if line.startswith("- ")]
    return _mapping(rest)


def _item(text: str) -> object:
    return _mapping([text]) if _KEY.match(text) else _scalar(text)


def _mapping(parts: Iterable[str]) -> dict[str, object]:
    matches = [match for part in parts if (match := _KEY.match(part.strip()))]
    return {folded(match["key"]): _scalar(match["value"] or "") for match in matches}


def _scalar(text: str) -> str:
    text = text.strip()
    if not text.startswith(("'", '"')):
        plain = _COMMENT.sub("", text)
        return "" if plain.lower() in ("null", "~") else plain
    inner = text[1:].rpartition(text[0])[0] or text[1:].strip(text[0])
    if text[0] == "'":
        return inner.replace("''", "'")
    try:
        return str(json.loads(f'"{inner}"')).encode("utf-8", "replace").decode()
    except json.JSONDecodeError:  # quotes in quotes
        return inner
