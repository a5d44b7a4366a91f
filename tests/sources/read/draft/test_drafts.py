"""Drafts are written and read back as they were, and survive what editors do to a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Block, Mark, Metadata
from narrate.core.errors import SourceError
from narrate.sources.read.characters import tidy
from narrate.sources.read.draft.drafts import draft_of, draft_text, read_draft, write_draft
from narrate.sources.read.draft.values import Draft, DraftBlock, with_ids
from narrate.sources.read.html_fragments import code_block, table_block

# Signs that mean something in Markdown, in drafts, in marks or in YAML, among words.
_SIGNS = "#-*+>|`~%:![]()_\\<>&;=.,'\"“”{}$^@/ 1"
_RUNS = (
    "3. |12) |---|===|%%|%=|% |```|~~~|![|[^1]|[^1]: |[pause 2s]|<break time='2s'/>|<voice|</sub>|<!--|&amp;|&#65;|"
    "https://a.b/c_d|said:|dropped:| %% said: x| %= y|Word|word|Ärger|日本|naïve|a*b|snake_case"
).split("|")
_PIECES = st.sampled_from([*_SIGNS, *_RUNS, " | "])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return a line as blocks have it, with letters in it."""
    parts = draw(st.lists(_PIECES, max_size=12))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(["word", "A", "7 of 9"])))
    return tidy("".join(parts)) or "word"


@st.composite
def marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Return marks around whole words, one in the other, and pauses behind words."""
    starts = [at for at in range(len(text)) if text[at].isalnum() and (at == 0 or text[at - 1] == " ")]
    ends = [at + 1 for at in range(len(text)) if text[at].isalnum() and (at + 1 == len(text) or text[at + 1] == " ")]
    found: list[Mark] = []
    if starts and ends and draw(st.booleans()):
        start, end = starts[0], ends[-1]
        kinds = st.sampled_from(
            [("say", 'other “words” & "more"'), ("sounds", "kˈiːv"), ("sounds", "kat"), ("voice", "af_bella"),
             ("emphasis", "strong"), ("as", "digits"), ("as", "date:dmy")]
        )  # fmt: skip
        kind, value = draw(kinds)
        if start < end:
            found.append(Mark(kind, start, end, value))
    if ends and draw(st.booleans()):
        place = draw(st.sampled_from(ends))
        found.append(Mark("pause", place, place, str(draw(st.sampled_from([250, 1000, 2000, 60000])))))
    return tuple(sorted(found, key=lambda mark: (mark.start_char, -mark.end_char)))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Return a block of any kind that cleaned articles have."""
    kind = draw(
        st.sampled_from(
            ["title", "heading", "paragraph", "list_item", "quote", "code", "table", "caption", "image", "footnote"]
        )
    )
    if kind == "code":
        made = code_block("\n".join(draw(st.lists(st.one_of(lines(), st.just(""), st.just("    x")), min_size=1))))
        return made[0] if made else Block("code", "x = 1")
    if kind == "table":
        cells = st.lists(st.one_of(lines(), st.just("")), min_size=1, max_size=3).map(tuple)
        made = table_block(draw(st.lists(cells, min_size=2, max_size=4)))
        return made[0] if made and draw(st.booleans()) else Block("table", draw(lines()))
    text = draw(lines())
    if kind in ("list_item", "footnote") and draw(st.booleans()):
        text = f"{draw(st.integers(0, 99))}. {text}"
    return Block(kind, text, draw(st.integers(1, 6)) if kind == "heading" else 0, marks=draw(marks(text)))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a draft as one might be written, with every kind of note."""
    line = lines()
    optional = st.one_of(st.none(), line)
    made = [
        DraftBlock(
            draw(blocks()),
            is_dropped := draw(st.booleans()),
            rule := draw(st.sampled_from(["draft", "newsletter"] if is_dropped else ["", "newsletter"])),
            why=draw(st.sampled_from(["", "short line; 0.97"])) if rule == "newsletter" else "",
            say=draw(st.one_of(st.just(""), line)),
            said=draw(st.one_of(st.just(""), line)),
            doubtful=tuple(draw(st.lists(st.just('Nguyen = { ipa = "wˈɪn" }'), max_size=2))),
            notes=tuple(draw(st.lists(st.sampled_from(["mine", "ask Ann?"]), max_size=2))),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    meta = Metadata(
        title=draw(optional.filter(lambda text: not (text or "").startswith("[["))),
        author=draw(st.sampled_from([None, "Jane Roe", 'Ann "A" Roe: x', "“Curly”"])),
        published=draw(st.sampled_from([None, date(2026, 3, 1)])),
        language=draw(st.sampled_from([None, "en-GB"])),
        url=draw(st.sampled_from([None, "https://example.com/a?b=c#d"])),
        site=draw(st.sampled_from([None, "The Coast & Co", "AT&amp;T"])),
        cover_url=draw(st.sampled_from([None, "lamp.jpg", "https://example.com/a.jpg", "inside:OEBPS/a.jpg"])),
        description=draw(st.sampled_from([None, "On: lamps # and more", "true"])),
        tags=tuple(draw(st.sampled_from([(), ("a",), ("sea, salt", "light: x")]))),
        season=draw(st.sampled_from([None, 2])),
        episode=draw(st.sampled_from([None, 0, 12])),
        voice=draw(st.sampled_from([None, "af_bella", "af_bella:0.5+af_heart"])),
        is_draft=draw(st.booleans()),
        lexicon=tuple(draw(st.sampled_from([(), ("own.toml",), ("a.toml", "b c.toml")]))),
        origin=draw(st.sampled_from(["", "0123abcd"])),
    )
    unknown = tuple(draw(st.sampled_from([(), ("layout: post", "params:", "  a: 1", "# mine")])))
    source = draw(st.sampled_from(["", "../article.md", "https://example.com/a?b"]))
    return Draft(meta, with_ids(made), source, tuple(draw(st.lists(st.just("a note"), max_size=1))), unknown)


def unplaced(draft: Draft) -> Draft:
    """Return a draft without the lines that its marks stand in."""
    return replace(
        draft,
        blocks=tuple(
            replace(one, block=replace(one.block, marks=tuple(replace(mark, line=0) for mark in one.block.marks)))
            for one in draft.blocks
        ),
    )


@given(drafts())
def test_what_is_written_is_read(draft: Draft) -> None:
    """Every value of a draft comes back, whatever its words look like."""
    assert unplaced(draft_of(draft_text(draft))) == draft
