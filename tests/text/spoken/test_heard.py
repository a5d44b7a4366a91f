"""What Kokoro is given for real sentences: sounds and pauses, and nothing that stops it in the midst of a sentence."""

from __future__ import annotations

import re

import pytest
from support.readings import Case, cases

from narrate.core.article import Sound
from narrate.core.settings.loading import Settings
from narrate.speech.engines import make_engine
from narrate.speech.engines.phonemes import phonemise
from narrate.text.spoken import spoken_form

SENTENCE_END = re.compile(r"[.:](?=[\s\"”’)]|$)")


@pytest.mark.parametrize("case", cases("article"), ids=lambda case: case.written[:40])
def test_no_stray_stop(case: Case) -> None:
    """Kokoro pauses at each stop and colon, so there are no more of them than sentences and clauses end."""
    form = spoken_form(case.written, "en-US")

    given = phonemise(form.text, "en-us", form.sounds)

    assert len(re.findall(r"[.:]", given.replace("...", "…"))) <= len(
        SENTENCE_END.findall(form.text.replace("...", "…"))
    )
    assert not re.search(r"\d", given)


def test_sounds_reach_the_model() -> None:
    """Exactly as the lexicon gives them; the words around them as always."""
    engine = make_engine(Settings())
    form = spoken_form("She left Kyiv today.", "en-US")

    assert [sound.ipa for sound in form.sounds] == ["kˈiːv"]
    assert engine._phonemes(form.text, "en-us", form.sounds) == "ʃiː lˈɛft kˈiːv tədˈeɪ."
    assert engine.pronounce("left", voice="af_heart") == "lˈɛft"
    assert phonemise("Kyiv", "en-us", (Sound(0, 4, "kˈiːv", "lexicon"),)) == "kˈiːv"
