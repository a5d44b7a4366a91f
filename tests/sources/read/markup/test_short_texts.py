"""Tests of the short texts of a page, which are put together once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.markup.short_texts import LINE_MAX_CHARS, LINE_MAX_WORDS, TEXT_MAX_WORDS, ShortTexts
from narrate.sources.read.shown.flat_text import flat_text

_TEXTS = st.sampled_from(["", " ", "a", "Read next:", "\n two  lines\n", "word " * 15, "x" * 120])
_NODES = st.recursive(
    _TEXTS,
    lambda inner: st.builds(
        lambda tag, parts: "<br>" if tag == "br" else f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "p", "span", "b", "li", "br", "h2", "em"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=14,
)


@settings(max_examples=40)
@given(st.lists(_NODES, max_size=4))
def test_a_short_text_is_the_flat_text(parts: list[str]) -> None:
    """Whatever stands in an element, its line is what a browser would show in it, as long as that is short."""
    root = parse_html(f"<body>{''.join(parts)}</body>")
    assert root is not None
    page = ShortTexts(root)
    for element in root.iter(etree.Element):
        text = flat_text(element)
        words = len(" ".join(element.itertext()).split())
        assert page.text(element, TEXT_MAX_WORDS) in {text, ""}
        if words <= TEXT_MAX_WORDS and text:
            assert page.text(element, TEXT_MAX_WORDS) == text
        is_line = words <= LINE_MAX_WORDS and len(text) <= LINE_MAX_CHARS
        assert page.line(element) == (text if is_line else "")


@pytest.mark.parametrize("inside", ["<i></i>" * 2_000 + "a", "a" + " " * 30_000 + "<i>b</i>" * 3 + " " * 30_000])
def test_what_is_large_is_no_line(inside: str) -> None:
    """Thousands of elements, or of spaces, are not gone through for a word or two."""
    root = parse_html(f"<body><div><p>{inside}</p></div></body>")
    assert root is not None
    assert ShortTexts(root).line(next(root.iter("div"))) == ""
