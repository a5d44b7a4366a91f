"""What extractors get of a page: all of its words, in a form that costs them no square of its size."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from narrate.sources.read.bounds import ATTRIBUTES_MAX, INLINE_MAX, for_extractors, with_few_attributes

VALUES = ("", "=b", "='b'", '="b c"', '="<b>"', " = 'a>b'", '"', "<", "=c/")


def words(page: html.HtmlElement) -> list[str]:
    """All words of a page, however it is made."""
    return re.findall(r"\w+", " ".join(page.itertext()))


@pytest.mark.parametrize("value", VALUES)
def test_no_element_has_more_attributes_than_anybody_writes(value: str) -> None:
    """The first ones stay, and so does all that stands in the element and after it."""
    text = "<p" + "".join(f" a{number}{value}" for number in range(3 * ATTRIBUTES_MAX)) + ">x<b c=d>y</b></p>"

    paragraph = html.fromstring(with_few_attributes(text))

    assert 0 < len(paragraph.attrib) <= ATTRIBUTES_MAX
    assert paragraph.text_content() == "xy"
    assert paragraph[0].get("c") == "d"


def test_quoted_values_need_no_space_between_them() -> None:
    """Parsers take the next attribute all the same."""
    text = "<p " + "".join(f'a{number}="b"' for number in range(3 * ATTRIBUTES_MAX)) + ">x</p>"

    assert len(html.fromstring(with_few_attributes(text)).attrib) == ATTRIBUTES_MAX


@given(st.lists(st.sampled_from(["<a ", " b=c", " d='", "'", '"', ">", "x", "<p>", "</a>", "=", "<"])))
def test_what_has_few_attributes_is_left_alone(pieces: list[str]) -> None:
    """Whatever is wrong with it."""
    text = "".join(pieces)

    assert with_few_attributes(text) == text


def test_an_ordinary_page_is_not_copied() -> None:
    """A table, a list and a paragraph with links are what they were, but for spans that nobody hears."""
    page = html.fromstring(
        "<body><table><tr><td colspan=2>a<td>b<tr><td rowspan=9>c</table><ol><li>d</ol><p><a>e</a> <a>f</a></body>"
    )

    found = for_extractors(page)

    assert found is page
    assert len(list(page.iter("td"))) == 3
    assert not page.xpath("//@colspan | //@rowspan")


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr>" + "<td>w" * 300 + "<tr><td>b</table>",
        "<table><tr>" + "<td>w" * 90 + "</tr>" + "<tr><td>b" * 300 + "</table>",
        "<table><tr>" + "<td>w<table><tr><td>v</table>" * 300 + "</table>",
        "<ol>" + "<li>one <b>two</b> three" * 500 + "</ol>",
        "<p>before " + "<a href=x>link</a>, and " * 1_000 + "after</p>",
        "<div>before " + "<span>s</span>t<p>q</p>r" * 500 + "</div>",
        "<h2>" + "<img alt=x> t " * 500 + "</h2>",
    ],
)
def test_form_goes_and_every_word_stays(body: str) -> None:
    """In its order; the page itself is as it was."""
    page = html.fromstring(f"<html><body><p>first</p>{body}<p>last</p></body></html>")
    before = html.tostring(page)

    found = for_extractors(page)

    assert found is not page
    assert words(found) == words(page)
    assert html.tostring(page) == before
    inline = ("a", "span", "img", "b")
    assert all(sum(child.tag in inline for child in element) <= INLINE_MAX for element in found.iter())
    assert all(len(numbered) <= 200 for numbered in found.iter("ol"))
