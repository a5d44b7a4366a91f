"""Real speech passes every check, and each way of being broken is found by one of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support import speeches
from support.clips import sine
from support.speeches import Fault, Spoken, spoken, untimed

from narrate.core.episode import Audio, Check, Speech, Word
from narrate.speech.engines.kokoro import KokoroEngine
from narrate.speech.engines.kokoro_model import shipped_voices, voice_names
from narrate.speech.speech_bands import limits_of
from narrate.speech.speech_checks import CHECKS, FIRST_CHECKS, edges_of_sound, examine, failed, failure, speech_sounds

ALL = {rule.__name__.removesuffix("_edge") for rule in (*FIRST_CHECKS, *CHECKS)}

# Fault -> the check that finds it first. docs/decisions/0017-speech-checks.md has the same table.
FOUND: dict[str, tuple[Fault, set[str]]] = {
    "drops the last word": (speeches.without_last_word, {"words"}),
    "drops the last word and does not know it": (speeches.silent_last_word, {"unheard"}),
    "returns half": (speeches.half, {"words"}),
    "returns half, no timings": (untimed(speeches.half), {"pace"}),
    "returns silence": (speeches.silent, {"silence"}),
    "says it twice": (speeches.twice, {"extra"}),
    "says it twice, no timings": (untimed(speeches.twice), {"pace"}),
    "clips": (speeches.too_loud, {"clipping"}),
    "3 s of silence inside": (speeches.torn, {"pauses"}),
    "3 s of silence inside, no timings": (untimed(speeches.torn), {"pauses"}),
    "not a number": (speeches.not_a_number, {"finite"}),
    "20 dB quieter": (speeches.quiet, {"level"}),
    "twice as fast": (speeches.hurried, {"pace"}),
    "noise": (speeches.noise, {"brightness"}),
    "hum": (speeches.hum, {"liveliness"}),
    "cut start": (speeches.cut_start, {"start"}),
    "cut end": (speeches.cut_end, {"end"}),
}

# The fastest of all clips that were measured, with three fifths of the time that its voice takes for most.
MISSED = {("says it twice, no timings", "am_puck-4.flac")}


def checks_of(clip: Spoken, speech: Speech | None = None) -> dict[str, Check]:
    made = examine(
        speech or clip.speech, clip.text, engine="kokoro", voice=clip.voice, speed=clip.speed, sounds=clip.sounds
    )
    return {check.name: check for check in made}


@pytest.mark.parametrize("name", speeches.names())
def test_real_speech_passes(name: str) -> None:
    """Every rule is applied, with and without the places of words and the count of sounds."""
    clip = spoken(name)

    assert set(checks_of(clip)) == ALL
    assert not failed(tuple(checks_of(clip).values()))
    assert not failed(tuple(checks_of(clip, replace(clip.speech, words=())).values()))
    assert not failed(examine(clip.speech, clip.text))


@pytest.mark.parametrize("fault", FOUND)
def test_broken_speech_is_found(fault: str) -> None:
    """By the check that is made for it, in a sentence of two words as in one of eleven."""
    broken, by = FOUND[fault]

    for name in speeches.names():
        clip = spoken(name)
        found = {check.name for check in failed(tuple(checks_of(clip, broken(clip.speech)).values()))}
        assert (by <= found) != ((fault, name) in MISSED), name


def test_a_word_that_an_engine_without_timings_leaves_out_is_for_listening() -> None:
    """One of eleven is too little to be seen in the length, so no rule pretends to."""
    clip = spoken("af_heart-1.flac")

    assert not failed(tuple(checks_of(clip, untimed(speeches.without_last_word)(clip.speech)).values()))


@pytest.mark.parametrize("name", speeches.names())
@pytest.mark.parametrize("gain_db", [-6, 5])
def test_speech_may_differ_a_little(name: str, gain_db: float) -> None:
    """Somewhat louder or quieter is not broken."""
    clip = spoken(name)
    samples = np.clip(clip.speech.audio.samples * np.float32(10 ** (gain_db / 20)), -1, 1)
    speech = replace(clip.speech, audio=Audio(samples, clip.speech.audio.rate_hz))

    assert not failed(tuple(checks_of(clip, speech).values()))


@pytest.mark.parametrize(
    ("text", "length_ms", "passes"),
    [
        ("The lamp went out, and nobody saw it.", 1500, True),
        ("The lamp went out and nobody saw it.", 1500, False),
        ("The lamp went out, and nobody saw it.", 2500, False),
        ("The lamp went out. And nobody saw it.", 1500, True),
        ("The lamp went out and nobody saw it.", 500, True),
    ],
)
@pytest.mark.parametrize("timed", [False, True])
def test_a_pause_has_a_reason(text: str, length_ms: int, passes: bool, timed: bool) -> None:
    """A mark, where it is heard; or it is short. For an engine that was not measured."""
    middle = text.index(" and") if " and" in text else text.index(" And")
    samples = np.concatenate([sine(1.2), np.zeros(24 * length_ms, dtype=np.float32), sine(1.3)])
    words = (Word(0, middle, 0, 28_800), Word(middle + 1, len(text), 28_800 + 24 * length_ms, len(samples)))
    speech = Speech(Audio(samples, 24_000), words if timed else ())

    (pauses,) = (check for check in examine(speech, text) if check.name == "pauses")

    assert pauses.passed == passes
    assert pauses.value == length_ms


def test_a_word_without_a_place_of_its_own_is_not_looked_for() -> None:
    """Kokoro gives such a word no length ("of it" may be one sound), which says nothing of the speech."""
    clip = spoken("af_heart-1.flac")
    *words, last = clip.speech.words
    end = len(clip.speech.audio.samples)

    made = checks_of(clip, replace(clip.speech, words=(*words, replace(last, start_sample=end, end_sample=end))))

    assert made["unheard"].passed


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 24_000, 48_000])
@pytest.mark.parametrize("samples", [1, 2, 239, 241, 24_001])
def test_any_length_and_rate_can_be_examined(samples: int, rate_hz: int) -> None:
    """Also what is shorter than one of its steps."""
    speech = Speech(Audio(np.full(samples, 0.2, dtype=np.float32), rate_hz), (Word(0, 3, 0, samples),))

    assert {check.name for check in examine(speech, "Yes")} == ALL
    assert edges_of_sound(speech.audio) == (0, samples)


@pytest.mark.parametrize("text", ["—", "…", "0", "字", "$$$###", "12345", "नमस्ते", "A"])
def test_strange_texts_can_be_examined(text: str) -> None:
    """A beep of the length of the text is never too short or too long for it."""
    assert not failed(examine(Speech(Audio(sine(len(text) / 15), 24_000)), text))


def test_silence_is_right_where_nothing_is_to_be_said() -> None:
    """A dash has no sound, and nothing more is asked of it."""
    nothing = Speech(Audio(np.zeros(1_200, dtype=np.float32), 24_000))

    assert [check.passed for check in examine(nothing, "—")] == [True] * len(FIRST_CHECKS)


def test_speech_at_another_speed_is_measured_at_its_own() -> None:
    """Twice as fast is right where that was asked for."""
    clip = spoken("af_heart-1.flac")

    fast = checks_of(replace(clip, speed=2.0), speeches.hurried(clip.speech))

    assert fast["pace"].passed
    assert fast["pace"].value == pytest.approx(checks_of(clip)["pace"].value, rel=0.05)


def test_the_error_names_the_fault_and_the_words() -> None:
    """Both are needed to find the place."""
    clip = spoken("af_heart-1.flac")

    error = failure(failed(examine(speeches.silent(clip.speech), clip.text)), clip.text)

    assert "silence" in error.message
    assert clip.text in error.message


def test_sounds_are_counted_without_marks_and_stress() -> None:
    """Four vowels, a long one is no more than a short one, and five consonants."""
    assert speech_sounds("hɪz fˈɑːðɚ, tˈuː.") == pytest.approx(4 + 5 * 0.4)


def test_every_voice_of_kokoro_was_measured() -> None:
    """Every voice of Kokoro was measured, and lies within what is allowed for a blend of them."""
    limits = limits_of("kokoro")

    assert set(limits.voices) == set(voice_names(shipped_voices()))
    for voice in limits.voices:
        assert limits.pace_s[0] <= limits.voices[voice][0] <= limits.pace_s[1]
        assert limits.level_dbfs[0] <= limits.voices[voice][1] <= limits.level_dbfs[1]
    assert limits.pace_of("af_heart:0.5+am_puck:0.5") == limits.pace_s
    assert KokoroEngine.name == "kokoro"


def test_an_engine_nobody_measured_has_wide_limits() -> None:
    """No good engine is refused for being another."""
    known, unknown = limits_of("kokoro"), limits_of("no-such-engine")

    assert unknown.pace_s[0] < known.pace_s[0] < known.pace_s[1]
    assert unknown.unit == "letter"
    assert not unknown.voices
