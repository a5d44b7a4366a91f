"""Finds the data in a page's scripts and resolves what stands for something elsewhere in it.

Frameworks write it as JSON in a script that is no JavaScript (`__NEXT_DATA__`, `__NUXT_DATA__`, SvelteKit's fetched
data), as a value given to a variable (`window.__APOLLO_STATE__ = {...}`), as JSON within a string of JavaScript, or as
rows of React's own format in calls of `self.__next_f.push`. Nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from narrate.sources.read.characters import whole

# Shorter scripts hold no article.
SCRIPT_MIN_CHARS = 300
# Values of a page's data that are looked at; a shop with all its goods has more.
NODES_MAX = 100_000
DEPTH_MAX = 60

_JSON_TYPE = re.compile(r"json", re.IGNORECASE)
_PUSHED = re.compile(r"__next_f\.push\(\s*(\[.*\])\s*\)", re.DOTALL)
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_GIVEN = re.compile(r"=\s*(?:JSON\.parse\(\s*)?(?=[\[{\"'])")
# All strings, so that no end of one is taken for the beginning of another; those of sentences are looked at.
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*+)"|\'((?:[^\'\\\n]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.DOTALL)
STRING_MIN_CHARS = 60
_ROW_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]{1,8})")
_DECODER = json.JSONDecoder(strict=False)


def script_texts(root: etree._Element) -> list[tuple[str, str]]:
    """Return type and text of every script of a page that may hold an article, in their order."""
    found = ((script.get("type") or "", script.text or "") for script in root.iter("script"))
    return [(kind, text) for kind, text in found if len(text) >= SCRIPT_MIN_CHARS and "ld+json" not in kind.lower()]


def payloads(scripts: Sequence[tuple[str, str]]) -> Iterator[object]:
    """Yield the data of each script as values of JSON; where there is none, the long strings in it as a list."""
    if rows := pushed_rows(scripts):
        yield rows
    for kind, text in scripts:
        if _JSON_TYPE.search(kind):
            yield from _json_payload(text)
        elif "__next_f" not in text:
            yield from _script_payloads(text)


def _json_payload(text: str) -> Iterator[object]:
    value = _loaded(text)
    if isinstance(value, list) and _is_devalued(value):
        yield _revived(value, 0, 0, _Budget())
    elif value is not None:
        yield _inner(_referred(value))


def _loaded(text: str) -> object:
    try:
        return json.loads(whole(text.strip()), strict=False)
    except (ValueError, RecursionError):
        return None


def _inner(value: object) -> object:
    """Return what SvelteKit keeps as JSON in the "body" of an answer; other values as they are."""
    if isinstance(value, dict) and isinstance(body := value.get("body"), str) and body[:1] in {"{", "["}:
        return _loaded(body) or value
    return value


def _script_payloads(text: str) -> Iterator[object]:
    """Yield what a script gives to variables, be it JSON or a string that holds some; else its strings."""
    end, count = 0, 0
    for found in _GIVEN.finditer(text):
        if found.end() < end:
            continue
        try:
            value, end = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        value = _loaded(value) if isinstance(value, str) and value[:1] in {"{", "["} else value
        if isinstance(value, dict | list) and value:
            count += 1
            yield _referred(value)
    if not count:
        strings = (found[0][1:-1] for found in _STRING.finditer(text))
        yield [_unquoted(string) for string in strings if len(string) >= STRING_MIN_CHARS]


def _unquoted(text: str) -> str:
    """Return what a string of JavaScript says."""
    text = re.sub(r"\\x([0-9a-fA-F]{2})", r"\\u00\1", text)
    text = re.sub(r"\\u\{([0-9a-fA-F]{1,4})\}", lambda found: "\\u" + found[1].zfill(4), text)
    text = re.sub(r"\\([^\"\\/bfnrtu])", r"\1", text.replace("\\\n", ""))
    plain = re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', text)
    value = _loaded(f'"{plain}"')
    return value if isinstance(value, str) else ""


def _pushed_chunks(text: str) -> Iterator[str]:
    for found in _PUSHED.finditer(text) if "__next_f" in text else ():
        value = _loaded(found[1])
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def pushed_rows(scripts: Sequence[tuple[str, str]]) -> list[object]:
    """Return what Next.js pushes into the page in React's format: the rows that no other row names."""
    pushed = "".join(chunk for _, text in scripts for chunk in _pushed_chunks(text))
    return _rows(pushed.encode("utf-8", "surrogatepass"))


def _rows(stream: bytes) -> list[object]:
    """Read the rows of React's format: `1a:{json}` up to the line's end, or `1b:T2f,` and so many bytes of text."""
    rows: dict[str, object] = {}
    place = 0
    while found := _ROW.match(stream, place) or _ROW.search(stream, stream.find(b"\n", place) + 1 or len(stream)):
        if found[2]:
            place = found.end() + int(found[2], 16)
            rows[found[1].decode()] = stream[found.end() : place].decode("utf-8", "replace")
            continue
        place = stream.find(b"\n", found.end()) + 1 or len(stream)
        value = _loaded(stream[found.end() : place].decode("utf-8", "replace"))
        if value is not None:
            rows[found[1].decode()] = value
    used: set[str] = set()
    resolved = [(name, _with_rows(value, rows, used, 0)) for name, value in rows.items()]
    return [value for name, value in resolved if name not in used]


def _with_rows(value: object, rows: Mapping[str, object], used: set[str], depth: int) -> object:
    """Put rows in the places that name them ("$1b"), each once."""
    if depth > DEPTH_MAX:
        return None
    if isinstance(value, str):
        found = _ROW_REFERENCE.fullmatch(value)
        if found and found[1] in rows and found[1] not in used:
            used.add(found[1])
            return _with_rows(rows[found[1]], rows, used, depth + 1)
        return value
    if isinstance(value, list):
        return [_with_rows(part, rows, used, depth + 1) for part in value]
    if isinstance(value, dict):
        return {key: _with_rows(part, rows, used, depth + 1) for key, part in value.items()}
    return value


def _referred(value: object) -> object:
    """Put what Apollo keeps by name into the places that refer to it: `{"__ref": "Article:1"}`."""
    if not isinstance(value, dict):
        return value
    stores = [value, *(part for part in value.values() if isinstance(part, dict))]
    stores += [inner for part in stores[1:] for inner in part.values() if isinstance(inner, dict)]
    names = {name: part for store in stores for name, part in store.items() if isinstance(part, dict) and ":" in name}
    return _with_names(value, names, frozenset(), 0, _Budget()) if names else value


class _Budget:
    """Bounds how many values are made: what is kept once and named often would be many times the page."""

    def __init__(self) -> None:
        self.left = NODES_MAX

    def allows(self, depth: int) -> bool:
        """Count one value; tell whether it may be made."""
        self.left -= 1
        return self.left >= 0 and depth <= DEPTH_MAX


def _with_names(
    value: object, names: Mapping[str, object], open_names: frozenset[str], depth: int, budget: _Budget
) -> object:
    if not budget.allows(depth):
        return None
    if isinstance(value, list):
        return [_with_names(part, names, open_names, depth + 1, budget) for part in value]
    if not isinstance(value, dict):
        return value
    name = value.get("__ref")
    if isinstance(name, str):
        if name in open_names or name not in names or len(open_names) > 3:
            return None
        return _with_names(names[name], names, open_names | {name}, depth + 1, budget)
    return {key: _with_names(part, names, open_names, depth + 1, budget) for key, part in value.items()}


def _is_devalued(value: Sequence[object]) -> bool:
    """devalue's form, as Nuxt and SvelteKit have it: a list in which the numbers in values are places in the list."""
    first = value[0] if value else None
    numbers = first.values() if isinstance(first, dict) else first if isinstance(first, list) else ()
    return len(value) > 2 and any(isinstance(part, int) and 0 <= part < len(value) for part in numbers)


def _revived(flat: Sequence[object], place: object, depth: int, budget: _Budget) -> object:
    """Return the value at a place of devalue's list, with all that it refers to."""
    if not isinstance(place, int) or not 0 <= place < len(flat) or not budget.allows(depth):
        return None
    value = flat[place]
    if isinstance(value, list):
        # ["Reactive", 5] and its like wrap another value; lists of dates and sets look the same.
        if len(value) == 2 and isinstance(value[0], str):
            return _revived(flat, value[1], depth + 1, budget)
        return [_revived(flat, part, depth + 1, budget) for part in value]
    if isinstance(value, dict):
        return {key: _revived(flat, part, depth + 1, budget) for key, part in value.items()}
    return value
