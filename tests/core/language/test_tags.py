"""Tags of languages: well formed, known, and written in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import UnfitValue
from narrate.core.language.tags import (
    common_tags,
    is_british,
    is_shaped_as_tag,
    language_tag,
    primary_language,
    subtags,
    with_usual_case,
)
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
    """Any word is a tag or refused with a hint, and what was written once is written so again."""
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


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_GB", "en_GB.UTF-8", "en-Latn-US", "en@euro"])
def test_primary_language_of_a_tag(tag: str) -> None:
    """Tags of BCP 47 and names of locales."""
    assert primary_language(tag) == "en"


@pytest.mark.parametrize("tag", ["en-GB", "en_GB.UTF-8", "en-au", "en-IE", "en-Latn-NZ"])
def test_tags_of_britain_and_its_like(tag: str) -> None:
    """By region; a script in between does no harm."""
    assert is_british(tag)


@pytest.mark.parametrize("tag", ["en", "en-US", "en-CA", "en_US.UTF-8", "en-Latn"])
def test_other_tags(tag: str) -> None:
    """America's reading is the usual one."""
    assert not is_british(tag)


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("en", ("en",)),
        ("EN-gb", ("en", "gb")),
        ("en_GB.UTF-8", ("en", "gb")),
        ("ca_ES@valencia", ("ca", "es")),
        ("zh-Hant-TW", ("zh", "hant", "tw")),
        ("C.UTF-8", ("c",)),
        ("", ("",)),
    ],
)
def test_parts_of_a_tag(tag: str, parts: tuple[str, ...]) -> None:
    """In small letters, without what a locale says of letters and money."""
    assert subtags(tag) == parts


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("EN_gb.UTF-8", "en-GB"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-ch-1901", "de-CH-1901"),
        ("any", "any"),
        ("en-x-ab-cdef", "en-x-ab-cdef"),
        ("x-ab", "x-ab"),
        ("xx-yy", "xx-YY"),
    ],
)
def test_the_usual_case(tag: str, written: str) -> None:
    """Whether the parts are known or not, and written so it stays."""
    assert with_usual_case(tag) == with_usual_case(written) == written


@given(st.text(max_size=30))
def test_any_text_has_parts_and_a_case(text: str) -> None:
    """Nothing is raised, and the case does not change which language it is."""
    assert primary_language(with_usual_case(text)) == primary_language(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("en", True),
        ("zh-Hant-TW", True),
        ("en-x-a", True),
        ("tlhingan", True),
        ("e", False),
        ("", False),
        ("en_GB", False),
        ("en-", False),
        ("en\n", False),
        ("en gb", False),
        ('en" onload="x', False),
        ("éé", False),
        ("ſı", False),
    ],
)
def test_the_shape_of_a_tag(text: str, is_one: bool) -> None:
    """What could not be one is kept out of pages and libraries."""
    assert is_shaped_as_tag(text) == is_one
