"""Writes the elements that React sends as data (`["$", "p", null, {"children": ...}]`) as the HTML they become."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from narrate.sources.read.state.payloads import DEPTH_MAX

_TAG = re.compile(r"[a-z][a-z0-9-]{0,30}")
# What is shown in place of the page when something goes wrong, or until it comes.
_INSTEAD = frozenset(
    {"notFound", "error", "loading", "forbidden", "unauthorized", "fallback", "errorStyles", "template"}
)
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed", "track"})
# What a browser needs to tell what is shown, and an extractor to tell what is what.
_ATTRIBUTES = {
    "className": "class",
    "class": "class",
    "id": "id",
    "href": "href",
    "role": "role",
    "alt": "alt",
    "src": "src",
}


def markup(value: object) -> str:
    """Return the elements in a value as HTML; components, which only the script knows, hold what they are given."""
    return "".join(_written(value, 0))


def _written(value: object, depth: int) -> Iterator[str]:
    if depth > DEPTH_MAX:
        return
    if isinstance(value, str):
        yield "" if value.startswith("$") else html.escape(value, quote=False)
    elif isinstance(value, list):
        if len(value) >= 4 and value[0] == "$" and isinstance(value[3], dict):
            yield from _element(str(value[1]), value[3], depth)
        else:
            for part in value:
                yield from _written(part, depth + 1)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _INSTEAD and isinstance(part, list | dict):
                yield from _written(part, depth + 1)


def _element(name: str, given: Mapping[str, object], depth: int) -> Iterator[str]:
    tag = name if _TAG.fullmatch(name) else "div"
    attributes = "".join(
        f' {written}="{html.escape(value)}"'
        for key, written in _ATTRIBUTES.items()
        if isinstance(value := given.get(key), str)
    )
    yield f"<{tag}{attributes}>"
    if tag in _VOID:
        return
    raw = given.get("dangerouslySetInnerHTML")
    if isinstance(raw, dict) and isinstance(inner := raw.get("__html"), str):
        yield inner
    yield from _written(given.get("children"), depth + 1)
    if tag == "div":
        for key, value in given.items():
            if key != "children" and key not in _INSTEAD and isinstance(value, list | dict):
                yield from _written(value, depth + 1)
    yield f"</{tag}>"
