"""Music around one episode: how much silence it needs, and where it lies in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.clips import sine

from narrate.audio.codec import from_int16, to_int16
from narrate.audio.encoder import encode
from narrate.audio.music_plan import USUAL_RATE_HZ, load_beds
from narrate.core.episode import Narration
from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS
from narrate.core.settings.loading import Music


@pytest.fixture
def jingle() -> Path:
    """Three seconds of a tone, at a rate that is not the timeline's."""
    path = Path("jingle.wav")
    encode([to_int16(sine(3, rate_hz=44_100))], 44_100, path, format=FORMATS["wav"], gain_db=0.0, limit_db=-1.0)
    return path


def timeline(seconds: float, rate_hz: int = USUAL_RATE_HZ) -> Narration:
    return Narration(rate_hz, round(seconds * rate_hz), ())


def mixed(music: Music, narration: Narration) -> np.ndarray:
    """What the music adds to a silent timeline of a voice at -20 LUFS."""
    mix = load_beds(music).mixer(narration)
    assert mix is not None
    silent = np.zeros(narration.duration_samples, dtype=np.int16)
    pieces = [silent[start : start + 10_000] for start in range(0, len(silent), 10_000)]
    return from_int16(np.concatenate(list(mix(pieces, -20.0))))


def heard(samples: np.ndarray, rate_hz: int = USUAL_RATE_HZ) -> tuple[int, int]:
    """From where to where there is sound, in milliseconds."""
    (loud,) = np.nonzero(np.abs(samples) > 0.001)
    return int(loud[0]) * 1000 // rate_hz, int(loud[-1]) * 1000 // rate_hz


def level(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples.astype(float) ** 2)))


def test_without_music_all_is_as_ever() -> None:
    """The usual silence, and nothing to mix."""
    beds = load_beds(Music())

    assert (beds.lead_in_ms(150), beds.tail_ms(600)) == (150, 600)
    assert beds.mixer(timeline(5)) is None


@pytest.mark.parametrize(
    ("music", "alone_ms"),
    [
        (Music(fade_ms=1000), 2000),
        (Music(fade_ms=0), 3000),
        (Music(fade_ms=500, longest_ms=2000), 1500),
        (Music(fade_ms=2950), 150),
        (Music(fade_ms=20_000), 150),
    ],
)
def test_music_is_alone_but_for_its_fade(jingle: Path, music: Music, alone_ms: int) -> None:
    """The fade lies under the voice; the usual silence is there in any case."""
    numbers = (music.below_lu, music.longest_ms, music.fade_ms)

    assert load_beds(Music(jingle, None, *numbers)).lead_in_ms(150) == pytest.approx(alone_ms, abs=1)
    assert load_beds(Music(None, jingle, *numbers)).tail_ms(150) == pytest.approx(alone_ms, abs=1)
    assert load_beds(Music(jingle, None, *numbers)).tail_ms(600) == 600
    assert load_beds(Music(None, jingle, *numbers)).lead_in_ms(150) == 150


@pytest.mark.parametrize("rate_hz", [USUAL_RATE_HZ, 16_000])
def test_music_lies_at_both_ends(jingle: Path, rate_hz: int) -> None:
    """Also on a timeline of another rate than the usual one."""
    narration = timeline(10, rate_hz)

    before = heard(mixed(Music(before=jingle, fade_ms=100), narration), rate_hz)
    after = heard(mixed(Music(after=jingle, fade_ms=100), narration), rate_hz)
    both = heard(mixed(Music(before=jingle, after=jingle, fade_ms=100), narration), rate_hz)

    assert before == pytest.approx((0, 3000), abs=15)
    assert after == pytest.approx((7000, 10_000), abs=15)
    assert both == pytest.approx((0, 10_000), abs=15)


def test_how_much_quieter_music_is(jingle: Path) -> None:
    """By so many LU as the settings say."""
    loud, quiet = (mixed(Music(before=jingle, fade_ms=100, below_lu=lu), timeline(4)) for lu in (6.0, 16.0))

    middle = slice(USUAL_RATE_HZ, 2 * USUAL_RATE_HZ)
    assert 20 * np.log10(level(loud[middle]) / level(quiet[middle])) == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize("which", ["before", "after"])
def test_a_file_that_is_no_music(which: str) -> None:
    """Is named, before anything is spoken."""
    Path("notes.mp3").write_text("These are words.")

    for name in ("notes.mp3", "missing.mp3"):
        with pytest.raises(ConfigError, match=name.partition(".")[0]) as caught:
            load_beds(Music(**{which: Path(name)}))
        assert caught.value.hint
