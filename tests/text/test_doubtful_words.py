"""Words that look hard to say are listed once, with a line that a lexicon takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.article import Article, Block, Cleaned, Metadata, Script
from narrate.text.doubtful_words import DoubtfulWord, as_toml, doubtful_words
from narrate.text.lexicon import Entry, Lexicon, load_lexicon
from narrate.text.spoken import to_script

NONE = Lexicon()


def script(*texts: str, language: str | None = "en") -> Script:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return to_script(Cleaned(Article(Metadata(language=language), blocks), ()), language or "en")


def found(*texts: str, lexicon: Lexicon = NONE, language: str | None = "en") -> dict[str, str]:
    return {word.word: word.why for word in doubtful_words(script(*texts, language=language), lexicon)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words, said by Susan in Ohio on Monday.", {}),
        ("The NATO chief met the FBI and the OSCE.", {"OSCE": "letters or a word"}),
        ("Xi spoke to Mbeki and Szabo in Kharg.", dict.fromkeys(("Xi", "Mbeki", "Szabo"), "unusual letters")),
        ("A café in Łódź, as they say.", {"Łódź": "letters with accents"}),
        ("McDonald's, SpaceX and LaTeX.", {"LaTeX": "a capital inside"}),
        ("The H1N1 virus in the 1990s and the 21st century, at 5pm.", {"H1N1": "letters and digits"}),
        ("In Киев they say so.", {"Киев": "another script"}),
        ("The Кyiv office of this firm.", {"Кyiv": "letters of two scripts"}),
        ("Write to xi@example.com or https://OSCE.org/Xi or @Xi.", {}),
        ("MUSK SUES OSCE OVER XI", {}),
        ("Henry VIII and Louis XIV.", {}),
    ],
)
def test_what_is_doubtful(text: str, expected: dict[str, str]) -> None:
    """By letters, capitals and digits."""
    assert found(text) == expected


def test_accents_are_usual_elsewhere() -> None:
    """Only English has none; other scripts stand out in every language."""
    assert found("Il a été élu à l’unanimité, dit Xi.", language="fr") == {}
    assert found("Он живёт в Киеве, а не в Linux.", language="ru") == {"Linux": "another script"}


def test_what_the_lexicon_has_is_not_listed() -> None:
    """A phrase covers its words, in any form of its quotes."""
    lexicon = Lexicon((Entry("Xi Jinping", ipa="ʃˌiː"), Entry("OSCE", is_spelt=True)))

    assert found("Xi Jinping’s OSCE, and Xi.", lexicon=lexicon) == {"Xi": "unusual letters"}
    assert [word.count for word in doubtful_words(script("Xi Jinping and Xi."), lexicon)] == [1]


def test_each_word_once_with_its_place() -> None:
    """The most frequent first; a possessive is the same word."""
    words = doubtful_words(
        script("Mbeki met Xi.", "Xi’s answer to a long and winding question that had been put to him"), NONE
    )

    assert words == (
        DoubtfulWord("Xi", "unusual letters", 2, "Mbeki met Xi.", "Xi", '"Xi" = "Xi"'),
        DoubtfulWord("Mbeki", "unusual letters", 1, "Mbeki met Xi.", "Mbeki", '"Mbeki" = "Mbeki"'),
    )


def test_a_long_sentence_is_cut_at_words() -> None:
    """Enough to know the place."""
    (word,) = doubtful_words(script(f"{'many words ' * 9}before Xi came {'and many after ' * 9}him."), NONE)

    assert word.context == "…words many words before Xi came and many after and…"


def test_sounds_and_edits() -> None:
    """Where the voice's sounds are known they are given, from inside a phrase; a changed word has its letters."""
    asked: list[str] = []

    def phonemise(text: str) -> str:
        asked.append(text)
        return "ðə zˈaɪ"

    words = doubtful_words(script("Xi had H1N1."), NONE, phonemise)

    assert asked == ["the Xi", "the H one N one"]
    assert [(word.said, word.line) for word in words] == [
        ("zˈaɪ", '"Xi" = { ipa = "zˈaɪ" }'),
        ("zˈaɪ", '"H1N1" = "H one N one"'),
    ]


def test_lines_can_be_pasted() -> None:
    """Into a lexicon, which then has every word."""
    texts = ("Xi, O’Xuu, 北京, LaTeX, 5x5 and Łódź; the OSCE's H1N1 and Кyiv.",)
    path = Path("lexicon.toml")
    path.write_text(as_toml(doubtful_words(script(*texts), NONE)), encoding="utf-8")

    assert path.read_text(encoding="utf-8").startswith("[en]\n# unusual letters, once: Xi, O’Xuu")
    assert found(*texts) != {}
    assert found(*texts, lexicon=load_lexicon([path])) == {}


def test_nothing_to_say() -> None:
    """An empty script has no words; a script of no known language is taken for English."""
    assert doubtful_words(script(), NONE) == ()
    assert found("Xi", language=None) == {"Xi": "unusual letters"}
