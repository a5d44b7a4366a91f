"""Spans are read in the way that their author names, in the words of their language."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form
from narrate.text.spoken.say_as import said_as


@pytest.mark.parametrize(
    ("text", "reading", "language", "said"),
    [
        ("AB-2a", "characters", "en", "A B dash two A"),
        ("x@y.de", "characters", "de", "X at Y Punkt D E"),
        ("straße", "characters", "de", "S T R A ß E"),
        ("2024", "digits", "en", "two zero two four"),
        ("12", "digits", "fr", "un deux"),
        ("1999", "cardinal", "en", "one thousand nine hundred ninety nine"),
        ("1,999", "cardinal", "en", "one thousand nine hundred ninety nine"),
        ("-7", "cardinal", "en", "minus seven"),
        ("1999", "cardinal", "es", "mil novecientos noventa y nueve"),
        ("42", "ordinal", "en", "forty second"),
        ("42nd", "ordinal", "en", "forty second"),
        ("3", "ordinal", "de", "dritte"),
        ("+44 20 7946", "telephone", "en", "plus four four, two zero, seven nine four six"),
        ("3/4/2024", "date:dmy", "en", "April third, twenty twenty four"),
        ("3/4/2024", "date:mdy", "en", "March fourth, twenty twenty four"),
        ("2024.4.3", "date:ymd", "en", "April third, twenty twenty four"),
        ("4/3", "date:md", "en", "April third"),
        ("3.4.", "date:dm", "en", "April third"),
        ("4/2024", "date:my", "en", "April twenty twenty four"),
        ("$42.50", "currency", "en", "forty two dollars fifty cents"),
        ("3/4", "fraction", "en", "three quarters"),
        ("14:30", "time", "de", "vierzehn Uhr dreißig"),
    ],
)
def test_a_span_is_said_as_its_reading_says(text: str, reading: str, language: str, said: str) -> None:
    """Readings that the rules know by themselves go through them."""
    assert said_as(text, reading, language, lambda span: spoken_form(span, language).text) == said


@pytest.mark.parametrize(
    ("text", "reading"),
    [("many", "cardinal"), ("3/13/2024", "date:dmy"), ("1.2.3.4", "ordinal"), ("9" * 30, "cardinal")],
)
def test_what_does_not_fit_is_said_as_any_text_is(text: str, reading: str) -> None:
    """No word of it is lost."""
    assert said_as(text, reading, "en", lambda span: f"({span})") == f"({text})"
