"""Tags of languages: well formed, known, and written in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import UnfitValue
from narrate.core.language.tags import common_tags, language_tag
from narrate.speech.engines.gtts import GttsEngine
from narrate.speech.engines.kokoro import LANGUAGES


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        (" de ", "de"),
        ("en_GB.UTF-8", "en-GB"),
        ("ca_ES@valencia", "ca-ES"),
        ("deu", "de"),
        ("ger", "de"),
        ("FRE", "fr"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-ch-1901", "de-CH-1901"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-DD", "de-DE"),
        ("iw", "he"),
        ("sh", "sh"),
        ("i-klingon", "tlh"),
        ("qab", "qab"),
        ("und", "und"),
        ("en-u-co-phonebk", "en-u-co-phonebk"),
        ("EN-x-Mine", "en-x-mine"),
        ("zh-yue", "zh-yue"),
    ],
)
def test_tags_in_one_spelling(typed: str, written: str) -> None:
    """By RFC 5646: letters small and large, the shorter code where there are two, no subtag that is out of use."""
    assert language_tag(typed) == written


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("klingon", "write tlh for klingon"),
        ("german", "write de for german"),
        ("English", "write en for English"),
        ("Deutsch", "write de for Deutsch"),
        ("français", "write fr for français"),
        ("francais", "write fr for francais"),
        ("portugese", "did you mean pt, for Portuguese?"),
        ("germn", "did you mean de, for German?"),
        ("norwegian_bokmal", "write nb for norwegian_bokmal"),
        ("en-UK", "did you mean en-GB?"),
        ("en-XQ1", "such as en, en-GB or de"),
        ("fr-Fren", "write fr alone, or as in en-GB"),
        ("en-british", "write en alone, or as in en-GB"),
        ("xq", "such as en, en-GB or de"),
        ("e", "such as en, en-GB or de"),
        ("", "such as en, en-GB or de"),
        ("en-GB-", "such as en, en-GB or de"),
        ("GB-en", "such as en, en-GB or de"),
        ("x-mine", "such as en, en-GB or de"),
        ("en-a", "such as en, en-GB or de"),
        ("1", "such as en, en-GB or de"),
    ],
)
def test_what_is_no_tag(typed: str, hint: str) -> None:
    """The hint has the tag of a language's name, in English or its own, with slips, too."""
    with pytest.raises(UnfitValue) as caught:
        language_tag(typed)

    assert hint in caught.value.hint
    assert str(caught.value)


def test_every_language_of_an_engine_is_known() -> None:
    """Whatever a voice speaks can be asked for; retired tags are written as what stands in their place."""
    tags = {tag for tag, _ in LANGUAGES.values()} | {voice.language for voice in GttsEngine().voices()}

    assert {tag for tag in tags if language_tag(tag) != tag} <= {"iw", "jw", "in"}


@given(st.text(max_size=12) | st.from_regex(r"[a-zA-Z]{1,4}([-_][a-zA-Z0-9]{1,8}){0,4}", fullmatch=True))
def test_any_word_is_a_tag_or_refused_with_a_hint(text: str) -> None:
    """And what was written once is written so again."""
    try:
        tag = language_tag(text)
    except UnfitValue as error:
        assert error.hint
    else:
        assert language_tag(tag) == tag
        assert language_tag(tag.upper().replace("-", "_")) == tag


def test_tags_to_choose_from() -> None:
    """Each is one, with its name; behind a hyphen those of countries."""
    found = dict(common_tags())

    assert found["de"] == "German"
    assert all(language_tag(tag) for tag in found)
    assert "en-GB" in dict(common_tags("en-"))
    assert all(tag.startswith("pt-") for tag, _ in common_tags("pt-B"))
    assert list(common_tags("xq-")) == []
