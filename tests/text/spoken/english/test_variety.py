"""An article tells by its own spelling, money and dates how it is to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Cleaned, Metadata
from narrate.text.spoken import to_script, variety_of
from narrate.text.spoken.english.variety import looks_british

BRITISH = [
    ["The colour of the harbour.", "It cost £3.50, said Mr Khan, up 5 per cent."],
    ["They organised a programme at the theatre.", "It began on 12 March."],
    ["Write to SW1A 2AA. Petrol is 142.9p, and tyres are dear.", "The neighbours travelled by lorry."],
]
OTHERS = [
    ["Mr. Cole paid $5 for gray paint.", "On March 5 he organized the labor."],
    ["It was late when the last train left."],
    ["A £5 note lay there."],
    ["Labour won in the Centre, says Colour magazine."],
    ["the colour colour colour colour colour"],
    ["The programme cost £3m and $4m.", "They realized the color was a favorite of the neighbors, percent by percent."],
    [""],
]


@pytest.mark.parametrize("texts", BRITISH)
def test_british(texts: list[str]) -> None:
    """Spelling, money, titles, dates and postcodes are weighed together."""
    assert looks_british(texts)


@pytest.mark.parametrize("texts", OTHERS)
def test_not_british(texts: list[str]) -> None:
    """One habit, names, a mixture, and an American text are not enough."""
    assert not looks_british(texts)


@pytest.mark.parametrize(
    ("language", "stated", "variety"),
    [
        ("en", "en", "en-GB"),
        ("en-US", "", "en-GB"),
        ("en-US", "en", "en-GB"),
        ("en-US", "en-US", "en-US"),
        ("en-AU", "", "en-AU"),
        ("de", "", "de"),
    ],
)
def test_a_region_that_is_stated_decides(language: str, stated: str, variety: str) -> None:
    """The text is asked only where the tag says no more than English."""
    assert variety_of(BRITISH[0], language, stated) == variety


def test_numbers_follow_the_variety_and_sounds_the_language() -> None:
    """A voice from the United States says "and" in a British article, and every word as before."""
    article = Article(Metadata(title="Votes"), (Block("paragraph", "They read 120 books on 5/1/2024."),))
    cleaned = Cleaned(article, ())

    american = to_script(cleaned, "en-US").utterances[0]
    british = to_script(cleaned, "en-US", variety="en-GB").utterances[0]

    assert "one hundred twenty books on May first" in american.text
    assert "one hundred and twenty books on January fifth" in british.text
    assert [sound.ipa for sound in american.sounds] == [sound.ipa for sound in british.sounds]


@given(st.lists(st.text(max_size=60), max_size=4))
def test_words_that_are_no_evidence_add_nothing(texts: list[str]) -> None:
    """Adding an American word to any text never makes it British."""
    if not looks_british(texts):
        assert not looks_british([*texts, "They organized it."])
