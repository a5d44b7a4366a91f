"""Blends have one name each, however they are typed, and a clear error where they are not well written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.engines import CountingEngine

from narrate.core.errors import UnknownVoice
from narrate.speech.engines import Voice, find_voice, kokoro_model
from narrate.speech.engines.blend import MAX_PARTS, WHOLE, canonical_name, parse_blend
from narrate.speech.engines.kokoro import LANGUAGES

VOICES = kokoro_model.shipped_voices()

names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
# Of one size, so that no share is too small.
weights = st.integers(1, 1000).map(lambda tenths: f"{tenths / 10:.1f}")


class Blender(CountingEngine):
    """Kokoro's voices without its model."""

    name = "blender"
    default_voice = "af_heart"
    blends = True

    def voices(self) -> list[Voice]:
        genders = {"f": "female", "m": "male"}
        listed = ("af_heart", "af_bella", "am_michael", "bf_emma", "ff_siwis")
        return [Voice(name, LANGUAGES[name[0]][0], genders[name[1]]) for name in listed]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("af_heart:0.6+af_bella:0.4", "af_heart:0.6+af_bella:0.4"),
        ("af_bella:0.4+af_heart:0.6", "af_heart:0.6+af_bella:0.4"),
        (" af_bella : 2 + af_heart : 3 ", "af_heart:0.6+af_bella:0.4"),
        ("af_heart:60+af_bella:40", "af_heart:0.6+af_bella:0.4"),
        ("af_heart:.6+af_bella:.4", "af_heart:0.6+af_bella:0.4"),
        ("af_heart+af_bella", "af_bella:0.5+af_heart:0.5"),
        ("a+b+c", "a:0.3334+b:0.3333+c:0.3333"),
        ("a:0.2+b:0.5+a:0.3", "a:0.5+b:0.5"),
        ("a+a+b", "a:0.6667+b:0.3333"),
        ("a:1+a:7", "a"),
        ("a:1+b:3", "b:0.75+a:0.25"),
        ("a:100+b:0.01", "a:0.9999+b:0.0001"),
    ],
)
def test_every_way_to_type_a_blend_has_one_name(typed: str, name: str) -> None:
    """Heaviest first, then by name; shares of the whole, four decimals at most."""
    assert canonical_name(parse_blend(typed)) == name


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a:0+b:1", "weight of a in a blend is '0'"),
        ("a:-1+b:1", "weight of a in a blend is '-1'"),
        ("a:nan+b:1", "'nan'"),
        ("a:inf+b:1", "'inf'"),
        ("a:1e3+b:1", "'1e3'"),
        ("a:101+b:1", "'101'"),
        ("a:99999999999999999999+b:1", "'99999999999999999999'"),
        ("a:0,6+b:0,4", "'0,6'"),
        ("a:٣+b:1", "'٣'"),
        ("a:+b:1", "weight of a in a blend is ''"),
        ("a:1:2+b:1", "'1:2'"),
        ("a:100+b:0.0001", "b has a share too small"),
        ("a+", "has no name"),
        ("+", "has no name"),
        ("a++b", "has no name"),
        (":1+b:1", "has no name"),
        ("a:0.6+b", "only some voices"),
        ("a", "1 parts instead of 2 to 8"),
        ("+".join("abcdefghi"), "9 parts instead of 2 to 8"),
    ],
)
def test_what_is_no_blend_says_why(typed: str, problem: str) -> None:
    """With words to type instead."""
    with pytest.raises(UnknownVoice) as caught:
        parse_blend(typed)

    assert problem in caught.value.message
    assert caught.value.hint


def test_a_message_does_not_repeat_a_whole_file() -> None:
    """What is typed may be anything."""
    for typed in ("a" * 5000 + ":x+b", "+" * 5000, "a:1+" + "b" * 5000):
        with pytest.raises(UnknownVoice) as caught:
            parse_blend(typed)
        assert len(caught.value.message + caught.value.hint) < 300


@given(st.lists(st.tuples(names, weights), min_size=2, max_size=MAX_PARTS), st.randoms())
def test_a_blend_is_its_name(typed: list[tuple[str, str]], random: object) -> None:
    """Shares add up to one, the name read again gives the same parts, and the order typed does not matter."""
    text = "+".join(f"{name}:{weight}" for name, weight in typed)
    parts = parse_blend(text)

    assert sum(part.units for part in parts) == WHOLE
    assert {part.name for part in parts} == {name for name, _ in typed}
    assert [part.units for part in parts] == sorted((part.units for part in parts), reverse=True)
    if len(parts) > 1:
        assert parse_blend(canonical_name(parts)) == parts
    random.shuffle(typed)  # type: ignore[attr-defined]
    assert parse_blend("+".join(f"{name}:{weight}" for name, weight in typed)) == parts


@given(st.text("ab:+0123456789.- \u00e9", max_size=30))
def test_anything_typed_is_a_blend_or_an_unknown_voice(text: str) -> None:
    """Never another error."""
    try:
        parts = parse_blend(text)
    except UnknownVoice:
        return
    assert sum(part.units for part in parts) == WHOLE


@pytest.mark.parametrize(
    ("typed", "voice"),
    [
        ("af_heart+af_bella", Voice("af_bella:0.5+af_heart:0.5", "en-US", "female")),
        ("am_michael:2+af_heart:1", Voice("am_michael:0.6667+af_heart:0.3333", "en-US", "")),
        ("bf_emma:0.7+af_heart:0.3", Voice("bf_emma:0.7+af_heart:0.3", "en-GB", "female")),
        ("ff_siwis:0.4+af_heart:0.6", Voice("af_heart:0.6+ff_siwis:0.4", "en-US", "female")),
        ("af_heart+af_heart", Voice("af_heart", "en-US", "female")),
    ],
)
def test_a_blend_is_a_voice(typed: str, voice: Voice) -> None:
    """It speaks the language of its heaviest part, and has the gender that its parts share."""
    assert find_voice(Blender(), typed) == voice
    assert find_voice(Blender(), voice.name) == voice


def test_a_blend_of_a_voice_that_is_not_there() -> None:
    """Names that one, and those most like it."""
    with pytest.raises(UnknownVoice, match="blender has no voice 'af_hart'") as caught:
        find_voice(Blender(), "af_hart+af_bella")

    assert "--voice af_heart" in caught.value.hint


def test_an_engine_that_cannot_blend_says_so() -> None:
    """Instead of speaking with one of the voices."""
    with pytest.raises(UnknownVoice, match="tone cannot blend voices"):
        find_voice(CountingEngine(), "low+high")


def test_styles_are_the_weighted_mean() -> None:
    """Of each row, in single precision; the same for each way to type it."""
    heart, bella = (kokoro_model.load_voice(VOICES, name) for name in ("af_heart", "af_bella"))

    blend = kokoro_model.load_voice(VOICES, "af_heart:0.6+af_bella:0.4")

    assert blend.shape == (510, 256)
    assert blend.dtype == np.float32
    assert np.allclose(blend, 0.6 * heart + 0.4 * bella, atol=1e-6)
    assert np.array_equal(blend, kokoro_model.load_voice(VOICES, "af_bella:2 + af_heart:3"))
    assert np.array_equal(heart, kokoro_model.load_voice(VOICES, "af_heart+af_heart"))


def test_styles_that_do_not_go_together(tmp_path: Path) -> None:
    """A user's own voices may differ in length, or be missing; one may have a plus in its name."""
    path = tmp_path / "own.npz"
    short, long = np.zeros((2, 256), dtype=np.float32), np.ones((3, 1, 256), dtype=np.float32)
    np.savez(path, short=short, long=long, **{"one+two": long})

    assert kokoro_model.load_voice(path, "one+two").shape == (3, 256)
    with pytest.raises(UnknownVoice, match="differ in length"):
        kokoro_model.load_voice(path, "short+long")
    with pytest.raises(UnknownVoice, match="has no voice 'three'"):
        kokoro_model.load_voice(path, "short+three")
