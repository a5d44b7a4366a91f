"""Lines of pages and of authors in each language that has a file of phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.article import Article, Block, Metadata
from narrate.text.clean import clean
from narrate.text.clean.phrases import phrases_for

# Language, "drop" or "keep", and a line; written before the phrases, and one for each sentence that a phrase once took.
ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "lines.tsv").read_text(encoding="utf-8").splitlines()
]
LANGUAGES = sorted({language for language, _, _ in ROWS})


def lines(language: str, verdict: str) -> list[str]:
    return [text for tag, said, text in ROWS if (tag, said) == (language, verdict)]


def dropped(language: str, text: str) -> bool:
    """Whether a line that stands by itself goes."""
    article = Article(Metadata(), (Block("paragraph", text),))
    return not clean(article, language).article.blocks


@pytest.mark.parametrize("language", LANGUAGES)
def test_boilerplate_goes_wherever_it_stands(language: str) -> None:
    """A button, a notice, a credit needs no neighbours to be told from an author's words."""
    assert [text for text in lines(language, "drop") if not dropped(language, text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_authors_words_stay(language: str) -> None:
    """A sentence with the words of a button in it, or a short heading, is the author's."""
    assert [text for text in lines(language, "keep") if dropped(language, text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_lines_of_both_kinds(language: str) -> None:
    """A language with no sentence to keep would show nothing about phrases that are too open."""
    assert len(lines(language, "drop")) >= 12
    assert len(lines(language, "keep")) >= 8


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("el", "ΔΙΑΒΑΣΤΕ ΠΕΡΙΣΣΟΤΕΡΑ"),  # no accents on capitals, a final sigma in small letters only
        ("el", "Ακολουθήστε μας στο Facebook"),
        ("tr", "DEVAMINI OKU"),
        ("tr", "devamını oku"),
        ("tr", "İLGİLİ HABERLER"),
        ("tr", "ilgili haberler"),
        ("ru", "Ещё"),
        ("ru", "Еще"),
        ("zh", "閱讀更多"),
        ("zh", "【广告】"),
        ("zh", "版权所有。"),
        ("ja", "【広告】"),
        ("ja", "続きを読む。"),
        ("ja", "ＰＲ"),
        ("ar", "\u200fاقرأ المزيد\u200f"),
        ("ar", "اقـــرأ المزيد"),
        ("ar", "اقرا المزيد"),
        ("ar", "إقرأ المزيد"),
        ("ar", "منذ ٣ ساعات"),
        ("hi", "और पढ़ें।"),
        ("hi", "और पढे\u0902"),
        ("hi", "३ घंटे पहले"),
        ("ko", "[광고]"),
    ],
)
def test_a_phrase_in_another_spelling(language: str, text: str) -> None:
    """Case, accents, wide and traditional signs, marks of direction and other digits make no other phrase."""
    assert phrases_for(language).hit(Block("paragraph", text)) is not None


@pytest.mark.parametrize("text", ["「続きを読む」", "“閱讀更多”", "《广告》"])
def test_what_is_quoted_is_somebodys_words(text: str) -> None:
    """Quotation marks are no edge of a button."""
    assert phrases_for("ja").hit(Block("paragraph", text)) is None


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("ja", "メールアドレスをご入力のうえ、利用規約に同意してください", 2),
        ("ko", "뉴스레터를 구독하시면 이메일로 보내드립니다", 3),
        ("zh", "请訂閱我們的電子報", 2),
        ("nl", "Abonneer je op onze nieuwsbrief", 2),
        ("nl", "De nieuwsbriefschrijver", 0),
        ("hi", "न्यूज़लेटर के लिए ईमेल भेजें", 2),
    ],
)
def test_words_of_pleas_are_counted_with_and_without_spaces(language: str, text: str, count: int) -> None:
    """Where words are not parted, or take endings, they are found inside; elsewhere only as whole words."""
    assert phrases_for(language).count_mentions(text) == count


GERMAN_PROSE = (
    "Im Winter liegt der Hafen still, und nur die Möwen wissen noch, wo die Boote lagen, als zuletzt jemand lachte.",
    "Der Schnee kam in diesem Jahr früh, und die Straße nach Norden blieb bis in den April hinein für alle gesperrt.",
)


# What stands behind an article on a page: a text without anything around it keeps its last paragraph.
AROUND = ("Artikel teilen", "Mehr zum Thema", "Newsletter abonnieren", "Impressum")


@pytest.mark.parametrize(
    ("last", "stays"),
    [
        ("Anna Berg arbeitet seit drei Jahren ohne Strom, und sie hat nicht vor, daran noch etwas zu ändern.", True),
        (
            "Peter Klein berichtet von den Nächten am Deich, in denen keiner schlief und alle das Wasser sahen.",
            True,
        ),
        ("Maria Huber studierte Physik in Wien, bevor sie den Hof ihrer Eltern am Rand der Stadt übernahm.", True),
        ("Jonas Falk schreibt über jeden Gast einen Satz in das Buch, das seit Jahren neben der Tür liegt.", True),
        ("Anna Berg arbeitet seit 2015 als Redakteurin und schreibt am liebsten über kleine Häfen im Norden.", False),
        ("Peter Klein schreibt für die Tagespost über Deiche, Wetter und alles, was an der Küste wichtig ist.", False),
    ],
)
def test_the_last_german_paragraph_is_a_bio_only_if_it_names_the_trade(last: str, stays: bool) -> None:
    """A paragraph on somebody whom the article is about begins with a name and a verb, too."""
    blocks = [Block("paragraph", text) for text in (*GERMAN_PROSE, *GERMAN_PROSE, last, *AROUND)]

    kept = clean(Article(Metadata(), tuple(blocks)), "de").article.blocks

    assert (blocks[-1 - len(AROUND)] in kept) == stays
    assert blocks[0] in kept
