"""Pages become the trees that browsers make of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from narrate.sources.read.html_tree import parse_html


def body(text: str) -> str:
    """The markup of a parsed page's body."""
    root = parse_html(f"<body>{text}")
    assert root is not None
    found = root.find("body")
    return etree.tostring(found, encoding="unicode", with_tail=False).removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # What may stand within what (https://html.spec.whatwg.org/multipage/parsing.html).
        ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
        ("<b>a<p>b</b>c</p>", "<b>a</b><p><b>b</b>c</p>"),
        ("<p>1<b>2<i>3</b>4</i>5</p>", "<p>1<b>2<i>3</i></b><i>4</i>5</p>"),
        ("<a href='x'>a<a href='y'>b</a>", '<a href="x">a</a><a href="y">b</a>'),
        ("<table>a<tr><td>b</td></tr></table>", "a<table><tbody><tr><td>b</td></tr></tbody></table>"),
        ("<table><tr><p>a<td>b</table>", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>"),
        # Left open, and closed by what comes after.
        ("<button><svg><path d=1></button><p>a", '<button><svg><path d="1"/></svg></button><p>a</p>'),
        ("<button>a<button>b</button>c", "<button>a</button><button>b</button>c"),
        ("<svg><circle><p>a</p>", "<svg><circle/></svg><p>a</p>"),
        ("<svg><foreignObject><p>a</p></foreignObject></svg>b", "<svg><foreignobject><p>a</p></foreignobject></svg>b"),
        ("<math><mi>x<p>a</math>b", "<math><mi>x<p>ab</p></mi></math>"),
        ("<h2>a<h3>b</h3>", "<h2>a</h2><h3>b</h3>"),
        # Comments, sections of other languages, processing instructions.
        ("a<!-- b -->c<!-- d --!>e", "ace"),
        ("<p>a<![CDATA[b]]>c", "<p>ac</p>"),
        ("<svg><text><![CDATA[b<c]]></text></svg>d", "<svg><text>b&lt;c</text></svg>d"),
        ("a<?php b ?>c", "ac"),
        # Contents that stand for later, and where scripts do not run.
        ("<template><tr><td>a</template>b", "<template><tr><td>a</td></tr></template>b"),
        (
            "<template>a<template id=x>b</template></template>",
            '<template>a<template id="x">b</template></template>',
        ),
        ("<p>a<noscript><p>b</p></noscript>c</p>", "<p>a<noscript>&lt;p&gt;b&lt;/p&gt;</noscript>c</p>"),
        # As XHTML writes what HTML leaves open to the end of the page.
        ("<script src='x' />a", '<script src="x"/>a'),
        ("<iframe/>a<textarea />b", "<iframe/>a<textarea/>b"),
        ("<script src=/x/>a</script>b", '<script src="/x/">a</script>b'),
        # Names that no tree of XML can hold.
        ("<p a'b=1 <c d=2>e", '<p d="2">e</p>'),
        ("<a<b>c</a<b>d", "<span>c</span>d"),
        ("<o:p>a</o:p>b", "<o-p>a</o-p>b"),
        ("<p>a\x01b\x0cc&#1;d", "<p>ab c\u200bd</p>"),
    ],
)
def test_trees(text: str, tree: str) -> None:
    """Elements are closed, moved and opened again where a browser does so."""
    assert body(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 5_000 + "a word" + "</div>" * 5_000,
        "<span>" * 5_000 + "a word",
        "<ul><li>" * 3_000 + "a word",
        "<table><tr><td>" * 2_000 + "a word",
        "".join(f"<font size={size}>" for size in range(1_000)) + "<p>x" * 1_000 + "<p>a word",
        "<template>" * 3_000 + "a word",
        "<button><svg>" * 3_000 + "a word",
    ],
    ids=["div", "span", "lists", "tables", "fonts", "templates", "buttons"],
)
def test_nested_beyond_reason(text: str) -> None:
    """Such markup costs no word, and makes no tree that is many times the page."""
    root = parse_html(text)

    assert root is not None
    assert "a word" in "".join(root.itertext())
    assert sum(1 for _ in root.iter()) <= text.count("<") + 3


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing(text: str) -> None:
    """Of nothing there is no tree."""
    assert parse_html(text) is None


_TAGS = [
    "p",
    "b",
    "i",
    "a",
    "div",
    "table",
    "tr",
    "td",
    "button",
    "svg",
    "li",
    "ul",
    "template",
    "select",
    "h2",
    "form",
]


@given(st.lists(st.sampled_from([*(f"<{tag}>" for tag in _TAGS), *(f"</{tag}>" for tag in _TAGS), "w "]), max_size=40))
def test_no_word_is_lost(parts: list[str]) -> None:
    """Whatever is opened and closed in whatever order, all text is in the tree, once."""
    root = parse_html("".join(["<body>x", *parts]))

    assert root is not None
    assert "".join(root.itertext()).split().count("w") + 1 >= parts.count("w ")
    assert "".join(root.itertext()).count("w") == parts.count("w ")
