"""Capitals are said letter by letter unless they are a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.speech.engines.phonemes import phonemise
from narrate.text.spoken.initialisms import initialism_sounds, is_spelt
from narrate.text.spoken.ipa import spelt


def found(text: str) -> dict[str, str]:
    """What is said of which words."""
    return {text[sound.start_char : sound.end_char]: sound.ipa for sound in initialism_sounds(text)}


@pytest.mark.parametrize(
    "word",
    [
        "FAQ",
        "SEO",
        "ROI",
        "UX",
        "AWS",
        "NYC",
        "QA",
        "EPA",
        "AV",
        "AR",
        "UN",
        "IT",
        "US",
        "AM",
        "UAE",
        "NGO",
        "USDA",
        "UCLA",
        "ACLU",
        "ADHD",
        "IEEE",
        "AARP",
        "ISBN",
        "ESPN",
        "USPS",
        "IIRC",
        "IMHO",
        "ICYMI",
        "AFAIK",
        "FWIW",
        "NYPD",
        "HDMI",
        "FDIC",
        "OECD",
        "IAEA",
        "UNHCR",
        "COPD",
        "PTFE",
        "NVDA",
    ],
)
def test_letters(word: str) -> None:
    """By a list where they could be a word, and where no word could be made of them."""
    assert is_spelt(word)


@pytest.mark.parametrize(
    "word",
    [
        "NASA",
        "NATO",
        "OPEC",
        "FIFA",
        "UEFA",
        "FEMA",
        "SWAT",
        "AIDS",
        "SARS",
        "UNESCO",
        "UNICEF",
        "JPEG",
        "HVAC",
        "GMAT",
        "CMOS",
        "RAM",
        "ROM",
        "PIN",
        "SIM",
        "GIF",
        "LAN",
        "MAX",
        "NOT",
        "THE",
        "AND",
        "YES",
        "ALSO",
        "INTO",
        "ONCE",
        "EYES",
        "DEBT",
        "ZINC",
        "OKRA",
        "WASP",
        "ECHO",
        "UNDO",
        "ITCH",
        "OATH",
        "TWIN",
        "RHYTHM",
        "YAML",
        "SCSI",
        "ON",
        "AT",
    ],
)
def test_words(word: str) -> None:
    """Words in capitals and what is known as a word."""
    assert not is_spelt(word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The FAQ, the CEO's plan, and MPs' pay", ["FAQ", "CEO", "MPs"]),
        ("PDFs and CDs, TVs", ["PDFs", "CDs", "TVs"]),
        ("a PDF, a CD", []),
        ("NASA and JPEGs", []),
        ("non-EU, the AR-fifteen", ["EU", "AR"]),
        ("at AT and T, AT once", ["AT"]),
        ("a type II error, Part III", ["II", "III"]),
        ("Mixed reality (MR) by DR Smith", ["MR"]),
        ("imhotep and O'NEIL, www.IMO.org, U.S.", []),
    ],
)
def test_places(text: str, words: list[str]) -> None:
    """Letters with their plural, without a possessive; addresses and names stay as they are."""
    assert list(found(text)) == words


@pytest.mark.parametrize("text", ["The {} is new.", "It is new, {}, and old.", "{}: new", "({})", "Old {}s, new {}s"])
@pytest.mark.parametrize("word", ["FAQ", "NYC", "CFO", "NGO", "AV", "USDA"])
def test_the_same_wherever_they_stand(text: str, word: str) -> None:
    """Alone between marks, where espeak would read a word, as in the midst of a sentence."""
    text = text.replace("{}", word)
    said = phonemise(text, "en-us", tuple(initialism_sounds(text)))

    assert said.count(spelt(word)) + said.count(spelt(word, plural=True)) >= text.count(word)


def test_british() -> None:
    """R and O are others there."""
    assert [sound.ipa for sound in initialism_sounds("the ROI", british=True)] == ["ˌɑːˌəʊˈaɪ"]


@given(st.lists(st.sampled_from(["NYC", "PDFs", "AT", "and", "T", "II", ",", ".", "'s", " ", "-", "é"])).map("".join))
def test_inside_and_apart(text: str) -> None:
    """Whatever stands beside them, sounds are those of whole words of the text."""
    for sound in initialism_sounds(text):
        assert re.fullmatch(r"[A-Z]+s?|[a-z]+", text[sound.start_char : sound.end_char])
