"""What is taken out leaves the text around it as it was."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_fragments import blocks_from_fragment


@pytest.mark.parametrize(
    "removed", ["<script>x</script>", "<i hidden>x</i>", "<sup>1</sup>", "<select><option>x</select>"]
)
@pytest.mark.parametrize(
    "char", ["\x01", "\x0b", "\x1f", "\ufffe", "&#1;", "&#x1F;", "&#xFFFF;", "&#x80;", "&#0;", "\x00"]
)
def test_controls_around_what_is_removed(removed: str, char: str) -> None:
    """No character before or behind it makes the tree refuse its own text."""
    blocks = blocks_from_fragment(f"<p>One word{char}{removed}{char}. Two{removed}{char}</p>{char}")
    text = " ".join(block.text for block in blocks)

    assert text.startswith("One word")
    assert "Two" in text
    assert "x" not in text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<script>x</script>b<style>x</style>c</p>", "abc"),
        ("<p><svg><text>x</text></svg>a <canvas>x</canvas> b</p>", "a b"),
        ("<p>a</p><amp-ad><div fallback>x</div></amp-ad>", "a"),
        ("<p>a<select><option>x</select> b</p>", "a b"),
        ("<p><ruby>漢<rp>(</rp><rt>x</rt><rp>)</rp></ruby>字</p>", "漢字"),
    ],
)
def test_text_around(html: str, text: str) -> None:
    """Text before and behind stays in its order."""
    assert [block.text for block in blocks_from_fragment(html)] == [text]
