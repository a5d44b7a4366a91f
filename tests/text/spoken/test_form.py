"""The stage as a whole: the seed article, the promises that hold for any text, and the script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Cleaned, Drop, Metadata
from narrate.text.lexicon import load_lexicon, shipped_lexicon
from narrate.text.spoken import replay, spoken_form, to_script

SEED = Path(__file__).parents[3] / "seeds" / "000_164dbe921457bdb8.txt"
INNER_MARK = re.compile(r"(?<=[^\W_])[.:](?=[^\W_])")

LEFT_ALONE = [
    "He has spoken regularly with the President, the Wall Street Journal reported.",
    "The country's military isn't using it as part of offensive operations.",
    "In may, she said, things may change; in march they march.",
    "I am in. You are out. He said no. Then he left.",
    "SpaceX, iPhone, O'Neil, McDonald's and A&E are names.",
    "She's the editor-in-chief of a top-secret, state-of-the-art lab.",
    "The FBI and NASA declined to comment; so did the WHO.",
    "Rock 'n' roll isn't dead. Is that so? No! Yes. Oh, well...",
    "A man from Ohio met a woman in Maine: what a week!",
    "The café's naïve résumé was déjà vu.",
    "Sun, sea and sand. In. Out. Done.",
    "",
]

# Pieces that rules wait for, in any order, so that they meet each other in ways no writer would think of.
CHARACTERS = "aAbIVXTsm p.'’-–—/:,$€%&+#@[]()\"“”²½₂①…0123459\n!?°~<=^Ⅳ٣🎉\u200b\u00ad\ufe0f\u00a0"
WRITTEN = (
    "U.S.", "a.m.", " Jan. ", "St. ", " vs. ", "$5 ", "million ", "Inc.", "[1]", "...", "5km", "http://", "a.com",
    "No. ", "the ", "'80s", "1990", "Mr. ", " II", "®",
)  # fmt: skip
PIECES = st.sampled_from((*CHARACTERS, *WRITTEN))
LONG_RUNS = (
    "1", "a.", "$", "1,", "1-", "1:", "1.", "1/", "A ", "@", "#a", " ", "—", "[1]", "U.S. ", "Mr. ", "I ", "½", "$1-",
    "Jan 1 ", "1 million ", "a/", "http://a.",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join))
WORDS = st.lists(st.sampled_from(["river", "stone", "walked", "gently", "under", "bright", "clouds"]), min_size=1)


def test_seed() -> None:
    """The first article is said as its reader expects."""
    said = "\n".join(spoken_form(line).text for line in SEED.read_text(encoding="utf-8").splitlines())

    for words in (
        "nearly one hundred twenty million dollars to",
        "forty three point six million dollars in",
        "the first sixteen days",
        "since twenty twenty two, the",
        "in twenty nineteen, after",
        "the US national security apparatus",
        "the US presidential election. Musk also",
        "business matters, all of which have",
        "he'll make Musk part",
        'called "smart" and "savvy."',
    ):
        assert words in said
    assert not re.search(r"\d", said)


@pytest.mark.parametrize("written", LEFT_ALONE)
def test_plain_sentences_stay(written: str) -> None:
    """What is already spoken is not touched."""
    form = spoken_form(written)

    assert (form.text, form.edits) == (written, ())


@given(TEXTS)
def test_edits_replay(written: str) -> None:
    """Edits turn the written text into the spoken one, exactly."""
    form = spoken_form(written)

    assert replay(written, form.edits) == form.text
    assert all(edit.before == written[edit.start_char : edit.end_char] != edit.after for edit in form.edits)
    assert all(left.end_char <= right.start_char for left, right in zip(form.edits, form.edits[1:], strict=False))


@given(TEXTS)
def test_idempotent(written: str) -> None:
    """Spoken words said again are the same words."""
    said = spoken_form(written).text

    assert spoken_form(said).text == said


@given(TEXTS)
def test_no_digit_and_no_inner_mark_left(written: str) -> None:
    """No digit of any script is left, and no dot or colon inside a word."""
    said = spoken_form(written).text

    assert not any(char.isdigit() for char in said)
    assert not INNER_MARK.search(said)


@given(WORDS, TEXTS)
def test_plain_words_survive(words: list[str], around: str) -> None:
    """Whatever stands around them, plain words are said."""
    plain = " ".join(words)

    assert plain in spoken_form(f"{around} | {plain} | {around}").text


@pytest.mark.parametrize("length_chars", [10_000, pytest.param(100_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("piece", LONG_RUNS)
def test_long_runs_end_soon(piece: str, length_chars: int) -> None:
    """No pattern goes back over a long run again and again: quadratic work would take minutes at the greater length."""
    written = piece * (length_chars // len(piece))

    form = spoken_form(written)

    assert replay(written, form.edits) == form.text


def test_script() -> None:
    """Every block that leaves words becomes an utterance that knows where it came from."""
    blocks = (
        Block("title", "The $5 plan"),
        Block("paragraph", "🎉"),
        Block("heading", "2019–20", level=2),
        Block("paragraph", "…"),
        Block("quote", "He wasn’t in."),
    )
    meta = Metadata(title="The $5 plan")
    drops = (Drop(Block("paragraph", "Share"), "share"),)

    script = to_script(Cleaned(Article(meta, blocks), drops), "en")

    assert [(u.kind, u.block, u.level, u.text) for u in script.utterances] == [
        ("title", 0, 0, "The five dollar plan"),
        ("heading", 2, 2, "twenty nineteen to twenty"),
        ("quote", 4, 0, "He wasn't in."),
    ]
    assert all(replay(u.written, u.edits) == u.text for u in script.utterances)
    assert script.meta == meta
    assert script.drops == (*drops, Drop(blocks[1], "no-words"), Drop(blocks[3], "no-words"))


def test_sounds_of_a_sentence() -> None:
    """The lexicon, lone letters and heteronyms, in the order of the words, at their places in the spoken text."""
    form = spoken_form("On May 5 he read of Kyiv’s Series A.", "en-US")

    assert [(form.text[s.start_char : s.end_char], s.rule) for s in form.sounds] == [
        ("read", "heteronyms"),
        ("Kyiv", "lexicon"),
        ("A", "letters"),
    ]


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    """Its words are said as they stand, and win over the shipped ones."""
    path = tmp_path / "lexicon.toml"
    path.write_text('[en]\n"Kyiv" = "keev"\n"SQL" = { spell = true }\n', encoding="utf-8")

    form = spoken_form("SQL in Kyiv", "en", shipped_lexicon() + load_lexicon([path]))

    assert form.text == "S Q L in keev"
    assert [(edit.rule, edit.before, edit.after) for edit in form.edits] == [
        ("lexicon", "SQL", "S Q L"),
        ("lexicon", "Kyiv", "keev"),
    ]


@pytest.mark.parametrize(
    "written",
    ["Series A. " * 8_000, "read " * 3_000, "7" * 100_000, "a" * 1_000_000, "😀" * 100_000, "A. " * 10_000],
    ids=["known sounds", "heteronyms", "digits", "one word", "emoji", "initials"],
)
def test_long_paragraphs(written: str) -> None:
    """Found by fuzzing: sounds took the square of their number, neighbours of a heteronym that of the sentence."""
    form = spoken_form(written)

    assert replay(written, form.edits) == form.text
    assert not any(char.isdigit() for char in form.text)
    ends = [0, *(sound.end_char for sound in form.sounds)]
    assert all(end <= sound.start_char for end, sound in zip(ends, form.sounds, strict=False))


def test_sounds_behind_the_first_part_have_their_places() -> None:
    """A long text is gone over in parts; places are those in the whole."""
    form = spoken_form("The keeper wrote. " * 600 + "He chose Series A.")

    assert [form.text[sound.start_char : sound.end_char] for sound in form.sounds][-1] == "A"


@pytest.mark.parametrize("region", ["GB", "AU", "NZ", "IE", "ZA", "IN"])
def test_regions_that_read_as_britain_does_sound_so(region: str) -> None:
    """Letters, initialisms and words of two readings are all of one side, in Sydney as in London."""
    sounds = spoken_form("They record ER visits and vitamin A.", f"en-{region}").sounds

    assert [sound.ipa for sound in sounds] == ["ɹɪkˈɔːd", "ˌiːˈɑː", "ˈeɪ"]
