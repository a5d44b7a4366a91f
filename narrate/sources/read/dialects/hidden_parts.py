"""Parts of a Markdown text that stand between HTML tags which hide them, as `<div hidden>` and its end do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html
from markdown_it.token import Token

from narrate.sources.read.shown.hidden import is_hidden

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
# What holds a text; lists and quotes begin and end as ever.
_TEXTS = frozenset({"inline", "fence", "code_block", "html_block"})
_HIDING = re.compile(r"hidden|display|visibility", re.IGNORECASE)


def hidden_tokens(tokens: Sequence[Token]) -> set[int]:
    """Return the indices of tokens that a browser would not show, since a tag before them hides them.

    A tag that is never closed hides nothing: its author forgot about it. Nor does one that hides most of a text.

    Args:
        tokens: Those of a text, in their order.
    """
    hidden = {index for span in _spans(tokens) for index in span if tokens[index].type in _TEXTS}
    words = [len(token.content.split()) if token.type in _TEXTS else 0 for token in tokens]
    inside = sum(count for index, count in enumerate(words) if index in hidden)
    return hidden if 2 * inside <= sum(words) else set()


def _spans(tokens: Sequence[Token]) -> Iterator[range]:
    start, name, depth = -1, "", 0
    for index, token in enumerate(tokens):
        if token.type != "html_block" or (not name and not _HIDING.search(token.content)):
            continue
        for tag in _TAG.finditer(token.content):
            if not name and not tag["end"] and _hides(tag):
                start, name, depth = index, tag["name"].lower(), 1
            elif name and tag["name"].lower() == name:
                depth += -1 if tag["end"] else 0 if tag["rest"].endswith("/") else 1
                if not depth:
                    yield range(start + 1, index)
                    name = ""


def _hides(tag: re.Match[str]) -> bool:
    """Tell whether a tag hides what follows it, until it is closed."""
    element = html.Element(tag["name"].lower())
    for name, *values in _ATTRIBUTE.findall(tag["rest"]):
        element.set(name.lower(), next(filter(None, values), ""))
    return not tag["rest"].endswith("/") and is_hidden(element)
