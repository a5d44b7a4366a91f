"""One spelling for what is written in several ways."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.text.clean.phrases.spelling import respelt_phrase, respelt_text


@pytest.mark.parametrize(
    ("written", "respelt"),
    [
        ("ΔΙΆΒΑΣΕ διάβασε", "ΔΙΑΒΑΣΕ διαβασε"),
        ("Ещё Ёлка", "Еще Елка"),
        ("Cookie’s", "Cookie's"),
        ("إقـرأ أيضًا", "اقرا ايضا"),
        ("ज़्यादा \u095bरा यहाँ", "ज्यादा जरा यहां"),
        ("閱讀：ＡＰＰ（１）", "阅读:APP(1)"),
        ("şi știri", "și știri"),
        ("plain text", "plain text"),
    ],
)
def test_one_spelling(written: str, respelt: str) -> None:
    """Accents of capitals, hamza, dots, wide and traditional signs do not count."""
    assert respelt_text(unicodedata.normalize("NFC", written)) == unicodedata.normalize("NFC", respelt)


def test_marks_of_an_expression_stay() -> None:
    """A wide question mark in a phrase is no count of a regular expression; letters are respelt."""
    assert respelt_phrase("（閱讀）？") == "（阅读）？"


@given(st.text())
def test_a_respelt_text_is_never_longer_and_stays_so(text: str) -> None:
    """Limits on lengths hold afterwards, and to respell twice changes nothing."""
    once = respelt_text(text)

    assert len(once) <= len(text)
    assert respelt_text(once) == once


@given(st.text(alphabet="άέήίόύώΆΈёЁأإآىة讀閱網頁ँşţ"))
def test_a_phrase_matches_its_own_letters(text: str) -> None:
    """Phrase and text are respelt alike, so a phrase of letters is found in itself."""
    assert re.fullmatch(respelt_phrase(text), respelt_text(text))
