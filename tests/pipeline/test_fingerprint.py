"""Fingerprints: what an episode does without is no part of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from narrate.core.article import Metadata
from narrate.pipeline.cast import Cast
from narrate.pipeline.fingerprint import ALWAYS, _if_any, _known
from narrate.speech.engines import Voice

PLAIN = Metadata(title="T", published=date(2024, 1, 2))
VOICE = Voice("low", "en", "female")


def test_an_article_that_says_nothing_new_of_itself_has_the_facts_that_all_have() -> None:
    """Else every finished episode would be made anew."""
    assert _known(PLAIN) == tuple(getattr(PLAIN, name) for name in ALWAYS)


@pytest.mark.parametrize(
    "fact",
    [{"description": "D"}, {"tags": ("a",)}, {"season": 2}, {"episode": 2}, {"is_draft": True}, {"cast": "auto"}],
)
def test_what_an_article_says_of_itself_counts(fact: dict[str, object]) -> None:
    """It stands in the files."""
    assert _known(replace(PLAIN, **fact)) != _known(PLAIN)  # type: ignore[arg-type]


def test_a_cast_without_speakers_is_that_of_one_voice() -> None:
    """Its speakers count by themselves, where there are any."""
    assert str(Cast(VOICE, "en", by_speaker={"Anna": "low"})) == str(Cast(VOICE, "en"))
    assert [*_if_any(by_speaker={}, opening_pause_ms=0)] == []
    assert [*_if_any(by_speaker={"Anna": "low"})] == [("by_speaker", {"Anna": "low"})]
