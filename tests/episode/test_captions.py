"""A transcript is cut into cues where a subtitler would cut it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.transcripts import RATE_HZ, SPACED_WORDS, spoken, transcripts

from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.episode.captions import Cue, cut

# language, then the lines of 65 characters, one a cue.
LONG_LINES = [
    (
        "en",
        "Elon Musk, now the second-largest donor",
        "to Donald Trump’s reelection campaign",
        "and a major figure in the U.S. national security apparatus,",
        "has spoken regularly with Russian President Vladimir Putin",
        "since 2022, the Wall Street Journal reported.",
    ),
    (
        "en",
        "Musk has contributed nearly $120 million",
        "to Trump’s reelection via the candidate’s campaign",
        "and Musk’s own super PAC—including $43.6 million",
        "in the first 16 days of October alone.",
    ),
    ("en", "He has also said he thinks", "“we’ll get along with Russia” under his administration."),
    ("en", "Dr. Jane Roe moved to St. Mary’s on October 15, 2023,", "and paid $1.2 million for No. 5 Park Lane."),
    (
        "es",
        "El presidente del Gobierno anunció ayer en Madrid",
        "que las nuevas medidas económicas entrarán en vigor",
        "a partir del próximo mes de enero, aunque los sindicatos",
        "ya han convocado una huelga general para el 15 de diciembre.",
    ),
    (
        "fr",
        "« Il faut qu’on s’en occupe », a-t-il ajouté devant les députés :",
        "une réforme des retraites n’est pas exclue.",
    ),
    (
        "de",
        "„Das ist ein wichtiger Schritt“,",
        "sagte Bundeskanzler Scholz nach der Sitzung des Kabinetts.",
    ),
    (
        "it",
        "Il presidente della Repubblica ha ricevuto ieri",
        "al Quirinale i rappresentanti dell’Unione europea,",
        "che hanno confermato l’impegno comune per la ricostruzione",
        "delle zone colpite dall’alluvione dello scorso anno.",
    ),
    (
        "pt",
        "O presidente do Brasil afirmou nesta terça-feira",
        "que o governo vai investir mais de 3 bilhões de reais",
        "na recuperação da floresta amazônica, embora especialistas digam",
        "que o valor não será suficiente para alcançar as metas.",
    ),
    (
        "ru",  # no table: the shortest words are held
        "Президент России Владимир Путин заявил в среду,",
        "что переговоры о прекращении огня могут начаться",
        "в ближайшее время, если стороны договорятся об условиях.",
    ),
]

# The cues of two lines of 32.
SHORT_LINES = [
    ("en", "to Taiwan, the Journal reports."),
    (
        "en",
        "Trump reportedly maintains / his own personal relationship",
        "with Putin, whom he has called / “smart” and “savvy.”",
    ),
    ("en", "Musk has contributed / nearly $120 million", "to Trump’s reelection / via the candidate’s campaign."),
    (
        "en",
        "First: preheat the oven / to 200 °C - then mix 3 cups",
        "of flour & 2 eggs in a large / bowl for about 10 minutes.",
    ),
    ("fr", "Le ministre / de l’Économie a déclaré mardi", "que la croissance / devrait atteindre 1,2 %."),
    ("de", "Die Bundesregierung / hat am Mittwoch in Berlin", "einen Gesetzentwurf vorgelegt."),
]  # fmt: skip


def cues(text: str, line_chars: int = 65, max_lines: int = 1, language: str = "en", word_ms: int = 300) -> list[str]:
    made = cut(
        spoken(("paragraph", text), language=language, word_ms=word_ms), line_chars=line_chars, max_lines=max_lines
    )
    return [" / ".join(cue.lines) for cue in made]


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("case", LONG_LINES, ids=lambda case: case[1])
def test_long_lines_end_where_a_phrase_ends(case: tuple[str, ...]) -> None:
    """At clauses, before prepositions and conjunctions, not after articles, not inside names, dates and sums."""
    language, *lines = case

    assert cues(" ".join(lines), language=language) == lines


@pytest.mark.parametrize("case", SHORT_LINES, ids=lambda case: case[1])
def test_two_short_lines_are_balanced(case: tuple[str, ...]) -> None:
    """One line where it is enough, else two of like length."""
    language, *shown = case

    assert cues(" ".join(shown).replace(" / ", " "), 32, 2, language) == shown


@pytest.mark.parametrize(
    ("text", "word_ms", "shown"),
    [
        ("Why? She never said. “I liked it,” she told me.", 300, ["Why? She never said. “I liked it,” she told me."]),
        # No cue of seven seconds or more is made of sentences that have one of their own.
        ("Why? She never said. “I liked it,” he said.", 900, ["Why? She never said.", "“I liked it,” he said."]),
        # Too long together, so each alone, and never a part of one with a part of the other.
        (
            "He went all the way to the harbour of Brest to see it. Nobody was there.",
            300,
            ["He went all the way to the harbour of Brest to see it.", "Nobody was there."],
        ),
        (
            "It began with a letter that nobody at the ministry had asked for or had expected to see. Then came more.",
            300,
            [
                "It began with a letter that nobody",
                "at the ministry had asked for or had expected to see.",
                "Then came more.",
            ],
        ),
    ],
)  # fmt: skip
def test_short_sentences_share_a_cue(text: str, word_ms: int, shown: list[str]) -> None:
    """Whole sentences only, where they fit and last less than seven seconds."""
    assert cues(text, word_ms=word_ms) == shown


def test_sentences_that_share_two_lines_part_between_them() -> None:
    """The end of a sentence is the best end of a line."""
    assert cues("Why? She never said. “I liked it,” she told me.", 32, 2) == [
        "Why? She never said. / “I liked it,” she told me."
    ]


def test_blocks_share_nothing() -> None:
    """A heading is a cue of its own."""
    made = cut(spoken(("heading", "Why"), ("paragraph", "So. Yes.")), line_chars=65, max_lines=1)

    assert [cue.lines for cue in made] == [("Why",), ("So. Yes.",)]


def test_a_word_longer_than_a_line_stands_alone() -> None:
    """An address is shown whole, to be copied."""
    address = "https://example.com/a/path/that/nobody/would/ever/say/in/an/episode.html"

    assert cues(f"See {address} for the details.") == ["See", address, "for the details."]


def test_a_long_chain_of_words_is_cut_at_its_dash() -> None:
    """It is one word to white space, but not to a reader."""
    assert cues("An all-or-nothing-at-all—take-it-or-leave-it offer", 25, 1) == [
        "An all-or-nothing-at-all—",
        "take-it-or-leave-it offer",
    ]


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("ja", "雨が降る。風が吹く。", ["雨が降る。風が吹く。"]),
        (
            "ja",
            "東京都は昨日、新しい環境政策を発表した。「簡単ではない」と知事は述べた。",
            ["東京都は昨日、 / 新しい環境政策を発表した。", "「簡単ではない」と知事は述べた。"],
        ),
        ("th", "รัฐบาลไทยประกาศเมื่อวานนี้ว่าจะลงทุนหลายพันล้านบาท", ["รัฐบาลไทยประกาศเมื่อวาน / นี้ว่าจะลงทุนหลายพันล้านบาท"]),
    ],
)  # fmt: skip
def test_scripts_without_spaces_are_cut_between_characters(language: str, text: str, shown: list[str]) -> None:
    """A line is half as many wide characters; none begins with a full stop or a vowel sign."""
    made = cues(text, 32, 2, language)

    assert "".join(made).replace(" / ", "") == text
    if language == "ja":
        assert made == shown
    assert not any(line[0] in "。、」าะ" or line[-1] in "「เแโใไ" for cue in made for line in cue.split(" / "))


def test_characters_of_a_word_share_its_time() -> None:
    """Half of the characters take half of the time; so do words that carry one span together."""
    word = TimedWord("雨が降る。風が吹く。", 0, 10, 1000, 3000)
    block = TimedBlock("paragraph", 0, word.text, "", 1000, 3000, (TimedSentence((word,)),))
    transcript = Transcript(RATE_HZ, RATE_HZ, "ja", (block,))

    made = cut(transcript, line_chars=10, max_lines=1)

    assert [(cue.start_sample, cue.end_sample) for cue in made] == [(1000, 2000), (2000, 3000)]


def test_a_no_break_space_is_kept() -> None:
    """It stays the author's, and no line ends there."""
    made = cues("Il a dit que cela coûtait 1\u00a0000\u00a0euros par mois", 29, 1, "fr")

    assert made == ["Il a dit que cela", "coûtait 1\u00a0000\u00a0euros par mois"]


def test_labels_name_a_new_speaker() -> None:
    """Only at a change, counted as part of the line."""
    transcript = spoken(
        ("paragraph", "Welcome to the show.", "Anna"), ("paragraph", "This week it is about lighthouses.", "Anna"),
        ("paragraph", "It was not at all hard to do.", "Bo"),
    )  # fmt: skip

    made = cut(transcript, line_chars=32, max_lines=2, labels=True)

    assert [cue.lines for cue in made] == [
        ("Anna: Welcome to the show.",),
        ("This week", "it is about lighthouses."),
        ("Bo: It was not at all hard", "to do."),
    ]


def check_lines(made: tuple[Cue, ...], line_chars: int, max_lines: int) -> None:
    for cue in made:
        assert 1 <= len(cue.lines) <= max_lines
        for line in cue.lines:
            assert line == line.strip() != ""
            assert columns(line) <= line_chars or len(line.split()) == 1


@settings(max_examples=60)
@given(transcripts(), st.integers(20, 100), st.sampled_from((1, 2)), st.booleans())
def test_no_text_is_lost_and_no_line_is_too_long(
    transcript: Transcript, line_chars: int, max_lines: int, labels: bool
) -> None:
    """Joined, the lines are the text, and what tells speakers apart; only a single word is longer than a line."""
    made = cut(transcript, line_chars=line_chars, max_lines=max_lines, labels=labels)

    expected, speaker = "", ""
    for block in transcript.blocks:
        expected += f"{block.speaker}:" if labels and block.speaker not in ("", speaker) else ""
        expected, speaker = expected + block.text, block.speaker
    check_lines(made, line_chars, max_lines)
    assert "".join("".join("".join(cue.lines).split()) for cue in made) == "".join(expected.split())


@settings(max_examples=60)
@given(transcripts(SPACED_WORDS), st.integers(20, 100), st.sampled_from((1, 2)))
def test_words_are_whole(transcript: Transcript, line_chars: int, max_lines: int) -> None:
    """In scripts with spaces, lines joined with spaces are the words of the text."""
    made = cut(transcript, line_chars=line_chars, max_lines=max_lines)

    assert " ".join(line for cue in made for line in cue.lines).split() == [
        word for block in transcript.blocks for word in block.text.split()
    ]


@settings(max_examples=60)
@given(transcripts(SPACED_WORDS), st.sampled_from((1, 2)))
def test_no_cue_has_parts_of_two_sentences(transcript: Transcript, max_lines: int) -> None:
    """It lies within one, or has whole ones."""
    ends, words = [0], 0
    for block in transcript.blocks:
        for sentence in block.sentences:
            words += len(sentence.words)
            ends.append(words)

    at = 0
    for cue in cut(transcript, line_chars=40, max_lines=max_lines):
        start, at = at, at + len(" ".join(cue.lines).split())
        inner = [end for end in ends if start < end < at]
        assert not inner or (start in ends and at in ends)
