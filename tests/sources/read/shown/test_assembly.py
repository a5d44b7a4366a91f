"""Streamed parts and shadow trees stand where they are shown."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from narrate.sources.read.html_tree import parse_html

WAITING = '<!--$?--><template id="B:{0}"></template><i>Loading</i><!--/$-->'


def body(text: str) -> str:
    """The markup of a page's body once it is put together."""
    root = parse_html(f"<body>{text}")
    assert root is not None
    found = etree.tostring(root.find("body"), encoding="unicode", with_tail=False)
    return found.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # A boundary, whose fallback goes; text around it stays.
        (f'a{WAITING.format(0)}b<div hidden id="S:0">c<p>d</p>e</div>', "ac<p>d</p>eb"),
        # Boundaries within fallbacks, and within what is streamed.
        (
            '<!--$?--><template id="B:1"></template>x<!--$-->y<!--/$-->z<!--/$-->w'
            f'<div hidden id="S:1"><p>{WAITING.format("2f")}</p></div>'
            '<div hidden id="S:2f"><b>in</b></div>',
            "<p><b>in</b></p>w",
        ),
        # Parts of parts; rows of tables are in a hidden table.
        (
            f'{WAITING.format(0)}<div hidden id="S:0"><p>a</p><template id="P:1"></template><p>c</p></div>'
            '<div hidden id="S:1"><p>b</p></div>',
            "<p>a</p><p>b</p><p>c</p>",
        ),
        (
            '<table><tbody><template id="P:1"></template></tbody></table>'
            '<table hidden><tbody id="S:1"><tr><td>a</td></tr></tbody></table>',
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        # With a prefix, as pages of several roots have.
        (
            '<!--$?--><template id=":r1:B:0"></template>x<!--/$--><div hidden id=":r1:S:0">a</div>'
            '<div hidden id=":r2:S:0">b</div>',
            'a<div hidden="" id=":r2:S:0">b</div>',
        ),
        # Without an end nobody knows what is only shown until then.
        ('<template id="B:0"></template><p>a</p><div hidden id="S:0">b</div>', "b<p>a</p>"),
        # A part for which there is no place, and a place for which there is no part.
        ('<p>a</p><div hidden id="S:7">b</div>', '<p>a</p><div hidden="" id="S:7">b</div>'),
        (WAITING.format(3), '<template id="B:3"/><i>Loading</i>'),
        # A part in itself.
        (
            '<div hidden id="S:0"><template id="B:0"></template>a</div>',
            '<div hidden="" id="S:0"><template id="B:0"/>a</div>',
        ),
        # Solid.
        ('<template id="pl-0-1"></template><i>x</i><!--pl-0-1-->a<template id="0-1"><p>b</p></template>', "<p>b</p>a"),
        # Other comments and templates stay out and in.
        ("a<!-- $? -->b<template>c</template>", "ab<template>c</template>"),
    ],
)
def test_streams(text: str, tree: str) -> None:
    """What is streamed behind the page takes its place, and what was shown until then goes."""
    assert body(text) == tree


def shadow(inner: str, light: str, mode: str = "open") -> str:
    return f"<x-a><template shadowrootmode={mode}>{inner}</template>{light}</x-a>b"


@pytest.mark.parametrize(
    ("inner", "light", "tree"),
    [
        ("<p>a</p>t", "", "<p>a</p>t"),
        ("x<slot></slot>y", "<i>a</i>t", "x<i>a</i>ty"),
        ("<h2><slot name=h></slot></h2><slot></slot>", "one <b slot=h>two</b> three", "<h2><b>two</b></h2>one  three"),
        ("<slot name=n>else</slot>", "", "else"),
        ("<slot>else</slot>", "<i slot=n>a</i>", 'else<div hidden=""><i slot="n">a</i></div>'),
        (
            "<slot name=n></slot>",
            "<i slot=n>1</i><b>2</b><i slot=n>3</i>",
            '<i>1</i><i>3</i><div hidden=""><b>2</b></div>',
        ),
        # A slot within the shadow tree of another.
        (
            "<x-c><template shadowrootmode=closed>[<slot name=d></slot>]</template><slot name=h slot=d></slot></x-c>",
            "<i slot=h>a</i>",
            "<x-c>[<i>a</i>]</x-c>",
        ),
    ],
)
def test_shadow_trees(inner: str, light: str, tree: str) -> None:
    """A parent's own children are shown at the slots of its shadow tree; those without a slot are not."""
    assert body(shadow(inner, light)) == f"<x-a>{tree}</x-a>b"


def test_templates_that_are_no_shadow_trees() -> None:
    """They stay as they are."""
    assert body(shadow("a<slot></slot>", "c", "none")) == re.sub(
        "shadowrootmode=none", 'shadowrootmode="none"', shadow("a<slot/>", "c", "none")
    )
