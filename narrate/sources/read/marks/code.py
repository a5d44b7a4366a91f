"""Code in Markdown, where nothing is a mark: found by the parser itself, before it reads the text without them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from narrate.sources.read.dialects.context import context_of
from narrate.sources.read.front_matter.particulars import metadata_of
from narrate.sources.read.front_matter.splitting import front_matter_of
from narrate.sources.read.markdown_syntax import parse_markdown

_CODE = ("fence", "code_block")


def code_spans(text: str) -> tuple[int, list[tuple[int, int]]]:
    """Return where a text begins behind its front matter, and its blocks of code: first character and end of each."""
    found = front_matter_of(text)
    (meta, _), body = metadata_of(found.values), found.body
    start = len(text) - len(body) if text.endswith(body) else 0
    return start, sorted(_spans(text, start, body, meta.language))


def _spans(text: str, start: int, body: str, language: str | None) -> Iterator[tuple[int, int]]:
    lines = body.splitlines(keepends=True) if "\n" in body else [body]
    starts = [start, *accumulate((len(line) for line in lines), initial=start)][1:]
    for token in parse_markdown(body, context_of(body, language)).tokens:
        if token.type in _CODE and token.map:
            first, behind = (min(line, len(starts) - 1) for line in token.map)
            yield starts[first], starts[behind]
