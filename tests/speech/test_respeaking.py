"""What came out wrong is spoken in smaller pieces, which are put together without losing a word or a place."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import speeches
from support.clips import silence, sine

from narrate.core.article import Break, Sound
from narrate.core.episode import Audio, Check, Speech, Word
from narrate.core.errors import EngineUnavailable, SynthesisFailed
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.respeaking import Attempt, Piece, joined_speech, middle_break, speak_well
from narrate.speech.speech_checks import examine


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("One is here. Two is there, they say. Three.", "One is here."),
        ("Dr. Berg came, saw the lamp, and left.", "Dr. Berg came,"),
        ("She came and saw and left", "She came and"),
        ("“No.” He left.", "“No.”"),
        ("lighthouse", None),
        ("lighthouse —", None),
        ("...", None),
        ("", None),
    ],
)
def test_a_text_is_cut_at_its_best_place(text: str, before: str | None) -> None:
    """The end of a sentence that is nearest to the middle, else of a clause, else of a word."""
    at = middle_break(text)

    assert (None if at is None else text[:at].strip()) == before


def tell(bad: set[str]) -> tuple[list[str], object, object]:
    """An engine and a judge: what is in `bad` never comes out right."""
    asked: list[str] = []

    def speak(piece: Piece) -> Speech:
        asked.append(piece.text)
        return ToneEngine().synthesise(piece.text, voice="low", speed=1.0)

    def judge(speech: Speech, piece: Piece) -> tuple[Check, ...]:
        is_bad = len(asked) and asked[-1] == piece.text and piece.text in bad
        return (Check("pace", not is_bad, 0.0, "", "garbage" if is_bad else ""),)

    return asked, speak, judge


WHOLE = "One is here. Two is there, I say."


def run(bad: set[str]) -> tuple[list[str], Attempt]:
    asked, speak, judge = tell(bad)
    return asked, speak_well(Piece(WHOLE), speak, judge)  # type: ignore[arg-type]


def test_what_is_right_at_once_is_left_alone() -> None:
    """One call, and the very speech."""
    asked, made = run(set())

    assert asked == [WHOLE]
    assert not made.faults


def test_what_is_wrong_is_spoken_in_two_parts() -> None:
    """All of its words are there, in order, each with its characters."""
    asked, made = run({WHOLE})

    assert asked == [WHOLE, "One is here.", "Two is there, I say."]
    assert not made.faults
    assert [WHOLE[word.start_char : word.end_char] for word in made.speech.words] == WHOLE.split()


def test_a_part_that_is_wrong_is_cut_again() -> None:
    """The other one is not."""
    asked, made = run({WHOLE, "Two is there, I say."})

    assert asked == [WHOLE, "One is here.", "Two is there, I say.", "Two is there,", "I say."]
    assert not made.faults


def test_two_levels_are_the_end() -> None:
    """The sentence that stays wrong is named, and the whole is kept rather than parts that are no better."""
    asked, made = run({WHOLE, "Two is there, I say.", "Two is there,"})

    assert len(asked) == 5
    assert [fault.message for fault in made.faults] == ["garbage"]
    assert made.text == "Two is there, I say."
    assert len(made.speech.words) == 8


def test_a_part_that_cannot_be_spoken_leaves_the_whole() -> None:
    """A part that cannot be spoken leaves the whole as it was; an engine that is gone is gone."""
    for error, expected in ((SynthesisFailed("no"), None), (EngineUnavailable("gone"), EngineUnavailable)):

        def speak(piece: Piece, error: Exception = error) -> Speech:
            if piece.text != WHOLE:
                raise error
            return Speech(Audio(sine(1), 24_000))

        def judge(speech: Speech, piece: Piece) -> tuple[Check, ...]:
            return (Check("pace", False, 0.0, "", "garbage"),)

        if expected:
            with pytest.raises(expected):
                speak_well(Piece(WHOLE), speak, judge)
        else:
            assert speak_well(Piece(WHOLE), speak, judge).text == WHOLE


def test_pronunciations_and_breaks_go_with_their_words() -> None:
    """Each to its part, at its new place."""
    sounds = (Sound(0, 3, "wˈʌn", "lexicon"), Sound(13, 16, "tˈuː", "lexicon"))
    piece = Piece(WHOLE, sounds, (Break(12, 300), Break(26, 100)))

    later, start = piece.cut(12)

    assert (later.text, start) == ("Two is there, I say.", 13)
    assert later.sounds == (Sound(0, 3, "tˈuː", "lexicon"),)
    assert later.breaks == (Break(13, 100),)
    assert piece.up_to(12) == Piece("One is here.", sounds[:1])


def padded(seconds: float, lead: float = 0.3, tail: float = 0.5) -> Speech:
    samples = np.concatenate([silence(lead), sine(seconds), silence(tail)])
    return Speech(Audio(samples, 24_000), (Word(0, 3, round(lead * 24_000), round((lead + seconds) * 24_000)),))


@pytest.mark.parametrize(("pause_ms", "heard_ms"), [(0, 80), (60, 80), (400, 400), (700, 700)])
def test_parts_are_joined_with_the_pause_that_the_break_deserves(pause_ms: int, heard_ms: int) -> None:
    """Parts are joined with the pause that the break deserves, never closer than the quiet edges that both keep."""
    joined = joined_speech(padded(1), padded(2), 10, pause_ms)

    first, second = joined.words
    assert (second.start_sample - first.end_sample) / 24 == pytest.approx(heard_ms, abs=12)
    assert first.start_sample == 7_200
    assert len(joined.audio.samples) - second.end_sample == pytest.approx(12_000, abs=24)
    assert (second.start_char, second.end_char) == (10, 13)
    loud = np.flatnonzero(np.abs(joined.audio.samples) > 0.2)
    assert abs(loud[0] - first.start_sample) < 240 > abs(loud[-1] - second.end_sample)
    assert not np.abs(joined.audio.samples[first.end_sample + 240 : second.start_sample - 240]).max() > 0.01


def test_a_join_does_not_click() -> None:
    """What is cut in the middle of a sound is faded."""
    joined = joined_speech(padded(1, tail=0), padded(1, lead=0), 10, 300)

    assert np.abs(np.diff(joined.audio.samples)).max() < 0.03


def test_parts_of_different_rates_are_no_whole() -> None:
    """No engine does that; a third one's fault must not become a voice that is slow."""
    with pytest.raises(SynthesisFailed, match="samples a second"):
        joined_speech(padded(1), Speech(Audio(sine(1, rate_hz=48_000), 48_000)), 10, 0)


@given(
    st.lists(st.sampled_from(["one", "two,", "three.", "four;", "Five", "—", "six!"]), min_size=1, max_size=14),
    st.integers(0, 127),
)
def test_no_word_is_lost_in_the_cutting(words: list[str], bad: int) -> None:
    """Whatever fails, what comes back has all the words in order and inside the sound."""
    text, calls = " ".join(words), [0]

    def judge(speech: Speech, piece: Piece) -> tuple[Check, ...]:
        calls[0] += 1
        return (Check("pace", not bad >> calls[0] % 7 & 1, 0.0, "", ""),)

    def speak(piece: Piece) -> Speech:
        return ToneEngine().synthesise(piece.text, voice="low", speed=1.0)

    made = speak_well(Piece(text), speak, judge).speech

    assert [text[word.start_char : word.end_char] for word in made.words] == words
    assert all(one.end_sample <= other.start_sample for one, other in pairwise(made.words))
    assert made.words[-1].end_sample <= len(made.audio.samples)


def test_real_speech_joined_is_real_speech() -> None:
    """Two clips, one after the other, pass all checks for both texts."""
    one, other = speeches.spoken("af_heart-1.flac"), speeches.spoken("af_heart-2.flac")

    joined = joined_speech(one.speech, other.speech, len(one.text) + 1, 300)

    text = f"{one.text} {other.text}"
    made = examine(joined, text, engine="kokoro", voice="af_heart", sounds=one.sounds + other.sounds)
    assert not [check for check in made if not check.passed]
