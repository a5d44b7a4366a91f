"""Marks of notes and notes in the margin are no part of a sentence."""

from __future__ import annotations

import pytest

from narrate.sources.read.html_fragments import blocks_from_fragment


def kinds(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_from_fragment(html)]


def said(html: str) -> str:
    """The text of a paragraph with something behind its second word."""
    return " ".join(block.text for block in blocks_from_fragment(f"<p>The harbour{html} closed.</p>"))


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<sup>12, 13</sup>",
        "<sup>2–4</sup>",
        "<sup>*</sup>",
        "<sup>†</sup>",
        "<sup>[7]</sup>",
        "<sup>[citation needed]</sup>",
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>',
        '<sup class="Inline-Template">[<i><a href="/wiki/Citation#needed">citation needed</a></i>]</sup>',
        '<a href="#_ftn1" name="_ftnref1">[1]</a>',
        '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<span class="fn"><a href="#note01">1</a></span>',
        '<span class="footnote-ref">3</span>',
        '<span role="doc-noteref">4</span>',
        '<a class="footnote-anchor" id="footnote-anchor-1-99" href="https://a.example/p/b#footnote-1-99">1</a>',
        '<a href="page.html#fn:2" rel="footnote">2</a>',
        '<a href="#endnote-iv">iv</a>'.replace("-iv", "-4"),
        '<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1">',
        '<label for="mn-1" class="margin-toggle">&#8853;</label>',
    ],
)
def test_marks(mark: str) -> None:
    """A mark goes, whatever it is made of."""
    assert said(mark) == "The harbour closed."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It covers 40 km<sup>2</sup> of ice.</p>", "It covers 40 km2 of ice."),
        ("<p>Some 900 metres<sup>3</sup> of ice.</p>", "Some 900 metres3 of ice."),
        ("<p>About 10<sup>6</sup> grains.</p>", "About 106 grains."),
        ("<p>E = mc<sup>2</sup>, he wrote.</p>", "E = mc2, he wrote."),
        ("<p>The sum x<sup>2</sup> grows.</p>", "The sum x2 grows."),
        ("<p>The 1<sup>st</sup> of May.</p>", "The 1st of May."),
        ("<p>La 1<sup>a</sup> vez, M<sup>me</sup> Rey.</p>", "La 1a vez, Mme Rey."),
        ("<p><sup>14</sup>C dating works.</p>", "14C dating works."),
        ('<p>See <a href="#chapter-2">2</a> of them.</p>', "See 2 of them."),
        ('<p>The <a href="#history">history</a> of it.</p>', "The history of it."),
        ('<p>The <a href="/page#note-1">first note of three</a> is long.</p>', "The first note of three is long."),
    ],
)
def test_no_marks(html: str, text: str) -> None:
    """Powers, ordinals, isotopes and links to chapters are words."""
    assert kinds(html) == [("paragraph", text)]


def test_numbers_in_order() -> None:
    """A raised number after a year is a mark where it is the next one."""
    html = "<p>It sank.<sup>1</sup> It rose in 1931<sup>2</sup> again, by 10<sup>2</sup> feet.</p>"

    assert kinds(html) == [("paragraph", "It sank. It rose in 1931 again, by 102 feet.")]


@pytest.mark.parametrize(
    "note",
    [
        '<span class="sidenote">See the register.</span>',
        '<span class="marginnote">See the register.</span>',
        '<small class="sidenote"><sup>1</sup> See the register.</small>'.replace("<sup>1</sup>", ""),
        '<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">'
        '<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>'
        "See the register.</span></span></span>",
    ],
)
def test_notes_in_sentences(note: str) -> None:
    """A note stands behind the paragraph that it interrupts, and the sentence is whole."""
    html = f"<p>The harbour{note} closed.</p><p>Then it rained.</p>"

    assert kinds(html) == [
        ("paragraph", "The harbour closed."),
        ("footnote", "See the register."),
        ("paragraph", "Then it rained."),
    ]


def test_two_notes_keep_their_order() -> None:
    """Two notes follow their paragraph in the order of the page; those in an item of a list stay in it."""
    two = '<p>One<span class="sidenote">First note.</span> two<span class="sidenote">Second note.</span> three.</p>tail'
    assert kinds(two) == [
        ("paragraph", "One two three."),
        ("footnote", "First note."),
        ("footnote", "Second note."),
        ("paragraph", "tail"),
    ]
    item = '<ul><li>One<span class="sidenote">A note.</span> two.</li></ul>'
    assert kinds(item) == [("list_item", "One two."), ("footnote", "A note.")]


def test_a_mark_of_a_note_said_elsewhere() -> None:
    """LaTeXML repeats the mark with the word "footnotemark"; nothing of it is a note."""
    html = (
        '<p>Ada Holm<span class="ltx_note ltx_role_footnotemark"><sup class="ltx_note_mark">1</sup><span><span>'
        '<sup class="ltx_note_mark">1</sup><span class="ltx_note_type">footnotemark: </span>'
        '<span class="ltx_tag ltx_tag_note">1</span></span></span></span> sat.</p>'
    )
    assert kinds(html) == [("paragraph", "Ada Holm sat.")]


def test_what_wikipedia_asks_its_writers_for() -> None:
    """A linked "citation needed" goes, wherever its link leads."""
    asked = '<sup class="noprint Inline-Template">[<i><a href="/wiki/V"><span>citation needed</span></a></i>]</sup>'
    assert kinds(f"<p>It is open in summer.{asked}</p>") == [("paragraph", "It is open in summer.")]
