"""Changes of a draft are made, can be read back from its file, or are refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.pipeline.reviewing.changes import BadChange, changed
from narrate.sources.read.draft.drafts import draft_of, draft_text
from narrate.sources.read.draft.values import Draft

TEXT = """---
title: The Lamp
narrate-draft: 1
---

# The Lamp

Nguyen read the paper. Lead is heavy, and lead is grey.

% Share this
%% dropped: share-bar; short line

| A | B |
| - | - |
| 1 | 2 |

> A piece of lead.
"""


@pytest.fixture
def draft() -> Draft:
    """A draft with a drop, a table and a quote."""
    return draft_of(TEXT)


def of(draft: Draft, number: int, **change: object) -> Mapping[str, object]:
    """A change of the block of a number."""
    return {"id": draft.blocks[number].id, **change}


@pytest.mark.parametrize(
    ("number", "change", "expected"),
    [
        (1, {"does": "drop"}, "\n% Nguyen read"),
        (2, {"does": "keep"}, "\nShare this\n%% dropped: share-bar; short line"),
        (1, {"does": "say", "text": " Something\nelse. "}, "\n%= Something else.\n"),
        (3, {"does": "say", "text": "A table."}, "\n%= A table.\n"),
        (1, {"does": "voice", "voice": "high"}, '<voice name="high">Nguyen'),
        (1, {"does": "pause", "at_char": 22, "duration_ms": 700}, "paper.[pause 700ms] Lead"),
        (1, {"does": "pause", "at_char": 55, "duration_ms": 2000}, "grey.[pause 2s]\n"),
        (1, {"does": "sound", "start_char": 23, "end_char": 27, "way": "ipa", "value": "lˈɛd"}, "[Lead](/lˈɛd/) is"),
        (1, {"does": "sound", "start_char": 0, "end_char": 6, "way": "say", "value": "win"}, 'alias="win">Nguyen<'),
        (1, {"does": "sound", "start_char": 0, "end_char": 6, "way": "spell"}, 'interpret-as="characters">Nguyen<'),
    ],
)
def test_a_change_is_in_the_file(draft: Draft, number: int, change: Mapping[str, object], expected: str) -> None:
    """As an editor would write it there."""
    made = changed(draft, of(draft, number, **change))
    assert expected in draft_text(made)
    assert [one.id for one in made.blocks] == [one.id for one in draft.blocks]


@pytest.mark.parametrize(
    ("number", "there", "back"),
    [
        (1, {"does": "drop"}, {"does": "keep"}),
        (1, {"does": "say", "text": "Else."}, {"does": "say", "text": ""}),
        (1, {"does": "voice", "voice": "high"}, {"does": "voice", "voice": ""}),
        (1, {"does": "pause", "at_char": 22, "duration_ms": 700}, {"does": "pause", "at_char": 22, "duration_ms": 0}),
        (
            1,
            {"does": "sound", "start_char": 0, "end_char": 6, "way": "say", "value": "win"},
            {"does": "plain", "start_char": 0, "end_char": 6},
        ),
    ],
)
def test_a_change_can_be_taken_away(
    draft: Draft, number: int, there: Mapping[str, object], back: Mapping[str, object]
) -> None:
    """By its opposite."""
    made = changed(changed(draft, of(draft, number, **there)), of(draft, number, **back))
    assert draft_text(made) == draft_text(draft)


def test_a_sound_for_the_article_is_at_every_place(draft: Draft) -> None:
    """Where the word is written so, in whatever block; in drops and tables it is not."""
    sound = {"does": "sound", "start_char": 42, "end_char": 46, "way": "ipa", "value": "lˈɛd", "everywhere": True}
    text = draft_text(changed(draft, of(draft, 1, **sound)))
    assert text.count("[lead](/lˈɛd/)") == 2 and "Lead is" in text


@pytest.mark.parametrize(
    ("number", "change", "message"),
    [
        (1, {"does": "burn"}, "no change"),
        (1, {"does": "say", "text": "!!"}, "no words"),
        (1, {"does": "say", "text": 7}, "no text"),
        (1, {"does": "pause", "at_char": 99, "duration_ms": 700}, "outside"),
        (1, {"does": "pause", "at_char": 5, "duration_ms": 60_001}, "a minute"),
        (1, {"does": "pause", "at_char": True, "duration_ms": 5}, "no number"),
        (3, {"does": "voice", "voice": "high"}, "table or code"),
        (1, {"does": "sound", "start_char": 0, "end_char": 6, "way": "ipa", "value": "123"}, "no sounds"),
        (1, {"does": "sound", "start_char": 6, "end_char": 6, "way": "spell"}, "outside"),
        (1, {"does": "sound", "start_char": 0, "end_char": 6, "way": "word"}, "by sounds"),
        (1, {"does": "head", "field": "origin", "value": "x"}, "nothing that can be changed"),
        (1, {"does": "head", "field": "published", "value": "soon"}, "no day"),
        (1, {"does": "head", "field": "language", "value": "no language"}, "no language"),
        (1, {"does": "head", "field": "title", "value": ""}, "needs a title"),
    ],
)
def test_what_cannot_be_done_is_refused(draft: Draft, number: int, change: Mapping[str, object], message: str) -> None:
    """In words."""
    with pytest.raises(BadChange, match=message):
        changed(draft, of(draft, number, **change))


def test_a_block_that_is_not_there_is_refused(draft: Draft) -> None:
    """By its id."""
    with pytest.raises(BadChange, match="not there"):
        changed(draft, {"does": "drop", "id": "0"})


@given(st.sampled_from(["title", "author"]), st.text(max_size=40))
def test_the_head_takes_any_words(field: str, value: str) -> None:
    """Any words are read again from the file, or refused."""
    draft = draft_of(TEXT)
    try:
        made = changed(draft, {"does": "head", "field": field, "value": value})
    except BadChange:
        return
    assert getattr(draft_of(draft_text(made)).meta, field) == getattr(made.meta, field)
