"""Plain sentences are said as they stand, however much their words look like abbreviations, months or numerals."""

from __future__ import annotations

import pytest
from support.readings import DATA

from narrate.text.spoken import spoken_form

SENTENCES = (DATA / "plain.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["en", "en-US", "en-GB"])
def test_plain_sentences_stay(language: str) -> None:
    """No rule says anything else instead of a word of them."""
    changed = {written: said for written in SENTENCES if (said := spoken_form(written, language).text) != written}

    assert not changed
