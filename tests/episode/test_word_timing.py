"""Every word of the page has its time in the ear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.audio.timeline import join
from narrate.core.article import Edit, Metadata, Script, Utterance
from narrate.core.episode import Audio, Narration, Placed, Speech, TimedBlock, TimedWord, Word
from narrate.core.settings.loading import Pauses
from narrate.episode.word_timing import said_for, transcribe
from narrate.speech.chunking import chunk
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.synthesis import synthesise
from narrate.text.sentences import sentence_ends
from narrate.text.spoken import replay, spoken_form

RATE_HZ = 24_000

PIECES = (
    *"aAbIVX .'’-–—/:,$€%&+()\"“”²½…0123459\n!?°🎉\u00a0",
    "U.S. ", "a.m. ", " Jan. ", "Mr. ", "$5 ", "million ", "5km ", "Oct. 25, 2024, ", "$43.6 million", "10–20 km ",
    "—including ", "the ", "lighthouse ", " [1]", " 3:30 p.m. ", "'80s ",
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES), min_size=1, max_size=16).map("".join)
LANGUAGES = st.sampled_from(("en", "en-GB", "es", "fr", "de", "it", "pt", "ja"))


@st.composite
def edited(draw: st.DrawFn) -> Utterance:
    """A text and any edits of it: inside words, across words, of nothing, to nothing."""
    written = draw(WRITTEN)
    places = sorted(draw(st.lists(st.integers(0, len(written)), max_size=8)))
    edits = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        after = draw(st.sampled_from(("", " ", ",", "one", "forty three", "five million dollars", "sounds like, so ")))
        edits.append(Edit("any", start, end, written[start:end], after))
    return Utterance("paragraph", replay(written, edits), written, 0, tuple(edits))


@st.composite
def read(draw: st.DrawFn) -> Utterance:
    """A text as it is really said."""
    written = draw(WRITTEN)
    form = spoken_form(written, draw(LANGUAGES))
    return Utterance("paragraph", form.text, written, 0, form.edits)


UTTERANCES = st.one_of(edited(), read()).filter(lambda said: said.written.strip() and any(map(str.isalnum, said.text)))


def utterance(written: str, *edits: tuple[str, str]) -> Utterance:
    """A paragraph, and what is said instead of parts of it, each the first behind the one before."""
    made, at = [], 0
    for before, after in edits:
        start = written.index(before, at)
        at = start + len(before)
        made.append(Edit("test", start, at, before, after))
    return Utterance("paragraph", replay(written, made), written, 0, tuple(made))


def spoken(written: str, language: str = "en") -> Utterance:
    form = spoken_form(written, language)
    return Utterance("paragraph", form.text, written, 0, form.edits)


def tokens_of(written: str) -> list[tuple[int, int]]:
    """Cut at white space, and after a dash before a word; counted by hand and not as the module does it."""
    edges = [0, len(written)]
    for at, char in enumerate(written):
        if char.isspace():
            edges += [at, at + 1]
        elif char == "—" and re.match(r"\w", written[at + 1 :]) and written[:at] and not written[at - 1].isspace():
            edges.append(at + 1)
    return [(start, end) for start, end in pairwise(sorted(set(edges))) if written[start:end].strip()]


def said(spoken_text: Utterance) -> list[str]:
    spans = said_for(spoken_text, tokens_of(spoken_text.written))
    return ["".join(spoken_text.text[start:end] for start, end in of_word).strip() for of_word in spans]


def narrated(*utterances: Utterance, most_chars: int = 400) -> Narration:
    """Beeps of a length that tells the letters, through the real stages."""
    script = Script(Metadata(), utterances, ())
    chunks = chunk(script, lambda text: len(text) <= most_chars, Pauses())
    clips = synthesise(chunks, ToneEngine(), voice="low", speed=1.0, cache=None, jobs=1)
    return join(clips, lambda samples, rate_hz: None)


def placed_by_hand(said_text: Utterance, samples_per_char: int, most_chars: int) -> Narration:
    """Chunks with the words of each, a hundredth of a second after one another: what join would give."""
    script = Script(Metadata(), (said_text,), ())
    placed, at = [], RATE_HZ
    for piece in chunk(script, lambda text: len(text) <= most_chars, Pauses()):
        words, start = [], at
        for match in re.finditer(r"\S*\w\S*", piece.text):
            end = at + samples_per_char * len(match[0])
            words.append(Word(match.start(), match.end(), at, end))
            at = end + RATE_HZ // 100
        placed.append(Placed(piece, start, at, tuple(words)))
        at += RATE_HZ // 2
    return Narration(RATE_HZ, at, tuple(placed))


def block_of(narration: Narration, *utterances: Utterance) -> TimedBlock:
    (block,) = transcribe(Script(Metadata(), utterances, ()), narration, language="en").blocks
    return block


def words_of(block: TimedBlock) -> list[TimedWord]:
    return [word for sentence in block.sentences for word in sentence.words]


SEED_SENTENCES: list[tuple[str, dict[str, str]]] = [
    ("It cost $43.6 million.", {"$43.6": "forty three point six", "million.": "million dollars."}),
    ("Nearly $120 million in it.", {"$120": "one hundred twenty", "million": "million dollars", "in": "in"}),
    (
        "On Oct. 25, 2024, they met.",
        {"Oct.": "October", "25,": "twenty fifth,", "2024,": "twenty twenty four,", "they": "they"},
    ),
    ("The PAC—including Mr. Smith—won.", {"PAC—": "PAC,", "including": "including", "Mr.": "Mister", "won.": "won."}),
    ("From 10–20 km away.", {"10–20": "ten to twenty", "km": "kilometers", "away.": "away."}),
    ("At 3:30 p.m. he left.", {"3:30": "three thirty", "p.m.": "PM", "he": "he"}),
    ("Up 12% (or $5).", {"12%": "twelve percent", "(or": "(or", "$5).": "five dollars)."}),
    ("Since the '80s, 1990-1995.", {"'80s,": "eighties,", "1990-1995.": "nineteen ninety to nineteen ninety five."}),
    ("Write to a@b.com.", {"to": "to", "a@b.com.": "a at b dot com."}),
]


@pytest.mark.parametrize(("written", "shares"), SEED_SENTENCES)
def test_each_written_word_has_what_is_said_for_it(written: str, shares: dict[str, str]) -> None:
    """Through the edits that the spoken form really makes."""
    form = spoken(written)
    by_word = dict(zip((written[slice(*token)] for token in tokens_of(written)), said(form), strict=True))

    assert {word: by_word[word] for word in shares} == shares


@pytest.mark.parametrize(
    ("made", "shares"),
    [
        (utterance("A note [1] here.", ("[1] ", "")), ["A", "note", "", "here."]),
        (utterance("Up ↑ 5 km.", ("↑ ", ""), ("5 km", "five kilometers")), ["Up", "", "five", "kilometers."]),
        (utterance("Say R&D now.", ("&", " and ")), ["Say", "R and D", "now."]),
        (utterance("one two", ("one two", "")), ["", ""]),
        (utterance("it’s x²", ("²", " squared")), ["it’s", "x squared"]),
        (utterance("a b", (" ", ", ")), ["a", "b"]),
    ],
)
def test_what_is_not_said_has_nothing(made: Utterance, shares: list[str]) -> None:
    """Edits inside a word, around words and to nothing."""
    assert said(made) == shares


@given(UTTERANCES)
def test_what_is_said_is_said_once_and_in_order(made: Utterance) -> None:
    """Spans of the spoken text never overlap or run backwards, from one word to the next and inside one."""
    spans = [span for of_word in said_for(made, tokens_of(made.written)) for span in of_word]

    assert all(0 <= start <= end <= len(made.text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(read())
def test_every_spoken_word_belongs_to_a_written_one(made: Utterance) -> None:
    """No letter is heard while nothing is shown."""
    spans = [span for of_word in said_for(made, tokens_of(made.written)) for span in of_word]
    held = {at for span in spans for at in range(*span)}

    assert not [char for at, char in enumerate(made.text) if char.isalnum() and at not in held]


def check(block: TimedBlock, made: Utterance, narration: Narration) -> None:
    """What holds for any text."""
    words = words_of(block)
    assert [(word.start_char, word.end_char) for word in words] == tokens_of(made.written)
    assert [word.text for word in words] == [made.written[slice(*token)] for token in tokens_of(made.written)]
    assert all(word.start_sample <= word.end_sample for word in words)
    assert all(one.end_sample <= other.start_sample for one, other in pairwise(words))
    assert narration.placed[0].start_sample <= words[0].start_sample
    assert words[-1].end_sample <= narration.placed[-1].end_sample <= narration.duration_samples
    assert (block.start_sample, block.end_sample) == (words[0].start_sample, words[-1].end_sample)
    for word, spoken_word in zip(words, said(made), strict=True):
        if not spoken_word:
            assert word.start_sample == word.end_sample


@given(UTTERANCES, st.integers(1, 3000), st.sampled_from((400, 60, 7)))
def test_every_word_has_a_time(made: Utterance, samples_per_char: int, most_chars: int) -> None:
    """All words of the page, in order, inside their sound, whatever the edits, also where chunks cut words in two."""
    narration = placed_by_hand(made, samples_per_char, most_chars)

    check(block_of(narration, made), made, narration)


@settings(max_examples=30)
@given(UTTERANCES)
def test_every_word_has_a_time_on_the_real_timeline(made: Utterance) -> None:
    """Trimmed, with pauses between the chunks."""
    narration = narrated(made, most_chars=60)

    check(block_of(narration, made), made, narration)


@given(UTTERANCES)
def test_sentences_hold_all_words(made: Utterance) -> None:
    """A word is in the sentence it begins in; none of them is empty."""
    block = block_of(placed_by_hand(made, 100, 400), made)

    assert all(sentence.words for sentence in block.sentences)
    ends = list(sentence_ends(made.written))
    for sentence in block.sentences:
        numbers = {sum(word.start_char >= end for end in ends) for word in sentence.words}
        assert len(numbers) == 1


def test_sounds_are_where_they_are_heard() -> None:
    """A word's time is that of all that is said for it, on a timeline with a lead-in and pauses."""
    made = spoken("It cost $43.6 million. Then it rose.")
    narration = narrated(made, most_chars=50)
    heard = {
        placed.chunk.text[word.start_char : word.end_char]: word for placed in narration.placed for word in placed.words
    }
    timed = {word.text: word for word in words_of(block_of(narration, made))}

    assert len(narration.placed) == 2
    spans = {name: (word.start_sample, word.end_sample) for name, word in timed.items()}
    assert spans == {
        "It": (heard["It"].start_sample, heard["It"].end_sample),
        "cost": (heard["cost"].start_sample, heard["cost"].end_sample),
        "$43.6": (heard["forty"].start_sample, heard["six"].end_sample),
        "million.": (heard["million"].start_sample, heard["dollars."].end_sample),
        "Then": (heard["Then"].start_sample, heard["Then"].end_sample),
        "it": (heard["it"].start_sample, heard["it"].end_sample),
        "rose.": (heard["rose."].start_sample, heard["rose."].end_sample),
    }


def test_parts_of_a_spoken_word_have_parts_of_its_time() -> None:
    """Two words that are said as one share it by their letters."""
    made = utterance("9 s", ("9 s", "nineseconds"))

    nine, seconds = words_of(block_of(placed_by_hand(made, 100, 400), made))

    assert (nine.start_sample, seconds.end_sample) == (RATE_HZ, RATE_HZ + 1100)
    assert nine.end_sample == seconds.start_sample
    assert nine.start_sample < nine.end_sample < seconds.end_sample


def test_words_that_are_not_said_have_no_length() -> None:
    """They stand at the end of the word before them, or where the first begins."""
    made = utterance("[1] A note [2] here [3]", ("[1] ", ""), ("[2] ", ""), (" [3]", ""))

    first, a, note, second, here, third = words_of(block_of(placed_by_hand(made, 100, 400), made))

    assert (first.start_sample, first.end_sample) == (a.start_sample, a.start_sample)
    assert (second.start_sample, second.end_sample) == (note.end_sample, note.end_sample)
    assert (third.start_sample, third.end_sample) == (here.end_sample, here.end_sample)


class Untimed(ToneEngine):
    """An engine that does not say when a word is heard."""

    word_timings = False

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[object] = ()) -> Speech:
        made = ToneEngine.synthesise(self, text, voice=voice, speed=speed)
        return Speech(Audio(np.pad(made.audio.samples, 5_001), RATE_HZ))


def test_estimates_are_marked() -> None:
    """Words of an engine that gives no times are estimated, and say so; those of others do not."""
    made = spoken("It cost $43.6 million. Then it rose.")
    script = Script(Metadata(), (made,), ())
    chunks = chunk(script, lambda text: True, Pauses(), by_sentence=True)
    clips = synthesise(chunks, Untimed(), voice="low", speed=1.0, cache=None, jobs=1)
    narration = join(clips, lambda samples, rate_hz: None)
    block = block_of(narration, made)

    assert [word.estimated for word in words_of(block)] == [True] * 7
    check(block, made, narration)
    assert all(word.start_sample < word.end_sample for word in words_of(block))
    assert not any(word.estimated for word in words_of(block_of(narrated(made), made)))


def test_blocks_say_what_they_are_and_who_speaks() -> None:
    """Kind, level and text of the utterance; a voice is called what the caller calls it."""
    utterances = (
        Utterance("heading", "The keeper", "The keeper", 0, (), level=2),
        Utterance("quote", "I stay.", "I stay.", 1, ()),
        Utterance("paragraph", "She does.", "She does.", 2, ()),
    )
    script = Script(Metadata(), utterances, ())
    chunks = chunk(script, lambda text: True, Pauses(), voices={"quote": "high"})
    clips = synthesise(chunks, ToneEngine(), voice="low", speed=1.0, cache=None, jobs=1)
    narration = join(clips, lambda samples, rate_hz: None)

    named = transcribe(script, narration, language="en-GB", speakers={"": "Emma", "high": "George"})
    unnamed = transcribe(script, narration, language="en-GB")

    assert [(block.kind, block.level, block.text) for block in named.blocks] == [
        ("heading", 2, "The keeper"), ("quote", 0, "I stay."), ("paragraph", 0, "She does."),
    ]  # fmt: skip
    assert [block.speaker for block in named.blocks] == ["Emma", "George", "Emma"]
    assert [block.speaker for block in unnamed.blocks] == ["", "", ""]
    assert (named.language, named.rate_hz, named.duration_samples) == ("en-GB", RATE_HZ, narration.duration_samples)
    assert all(one.end_sample <= other.start_sample for one, other in pairwise(named.blocks))
