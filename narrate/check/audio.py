"""The rules for the sound of an episode: whole, in a format that apps take, and as loud as others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from narrate.check.finding import APPLE, APPLE_AUDIO, NARRATE, Rule
from narrate.check.sound import Sound
from narrate.check.tags import Tags
from narrate.core.timecode import exact_clock

LOUDNESS_LUFS = -16.0
LOUDNESS_TOLERANCE_LU = 1.0
TRUE_PEAK_DBTP = -1.0

RATE_MIN_HZ = 44_100
# For one channel and for two, 893-audio-requirements.
BITRATES_MIN_KBPS = {1: 32, 2: 64}

# An AAC file lasts up to two packets longer than its sound, and nobody sees a tenth of a second.
LENGTH_TOLERANCE_MS = 100

_APPLE_FORMATS = ("mp3", "m4b")


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound, what its tags say, and how long its manifest says it is (None where there is none)."""

    sound: Sound
    tags: Tags
    manifest_ms: int | None = None


def _unreadable(heard: Heard) -> Iterator[str]:
    if heard.sound.problem:
        yield heard.sound.problem


def _damaged(heard: Heard) -> Iterator[str]:
    sound, stated_ms = heard.sound, heard.tags.stated_ms
    if sound.damaged_packets:
        yield f"{sound.damaged_packets} of its packets cannot be decoded"
    elif stated_ms is not None and abs(sound.duration_ms - stated_ms) > LENGTH_TOLERANCE_MS:
        yield f"it says that it lasts {exact_clock(stated_ms)}, and {exact_clock(sound.duration_ms)} can be heard"


def _length(heard: Heard) -> Iterator[str]:
    length_ms, manifest_ms = heard.sound.duration_ms, heard.manifest_ms
    if manifest_ms is not None and abs(length_ms - manifest_ms) > LENGTH_TOLERANCE_MS:
        yield f"it lasts {exact_clock(length_ms)}, and its manifest says {exact_clock(manifest_ms)}"


def _silent(heard: Heard) -> Iterator[str]:
    if heard.sound.loudness.is_silence:
        yield "there is nothing to hear in it"


def _loudness(heard: Heard) -> Iterator[str]:
    measured = heard.sound.loudness
    # A twentieth, for the meter's own steps.
    if not measured.is_silence and abs(measured.integrated_lufs - LOUDNESS_LUFS) > LOUDNESS_TOLERANCE_LU + 0.05:
        yield f"it is at {measured.integrated_lufs:.1f} LUFS; podcasts are at {LOUDNESS_LUFS:.0f}, give or take 1"


def _peak(heard: Heard) -> Iterator[str]:
    peak_dbtp = heard.sound.loudness.true_peak_dbtp
    if peak_dbtp > TRUE_PEAK_DBTP + 0.05:
        yield f"its peaks reach {peak_dbtp:.1f} dBTP, more than {TRUE_PEAK_DBTP:.0f}"


def _format(heard: Heard) -> Iterator[str]:
    if heard.sound.format not in _APPLE_FORMATS:
        yield f"Apple Podcasts plays MP3 and AAC, not {heard.sound.format.upper()}"


def _rate(heard: Heard) -> Iterator[str]:
    if heard.sound.rate_hz < RATE_MIN_HZ:
        yield f"it has {heard.sound.rate_hz} samples a second, fewer than {RATE_MIN_HZ}"


def _bitrate(heard: Heard) -> Iterator[str]:
    bitrate_kbps, at_least_kbps = heard.tags.bitrate_kbps, BITRATES_MIN_KBPS.get(heard.sound.channels)
    if heard.sound.format == "mp3" and bitrate_kbps and at_least_kbps and bitrate_kbps < at_least_kbps:
        yield f"it has {bitrate_kbps} kbit/s, fewer than {at_least_kbps}"


def _variable(heard: Heard) -> Iterator[str]:
    if heard.tags.is_variable:
        yield "its bit rate varies, so players on Apple's devices miss chapters by up to a minute"


def _channels(heard: Heard) -> Iterator[str]:
    if heard.sound.channels > 2:
        yield f"it has {heard.sound.channels} channels, and podcasts have one or two"


# Of a file that cannot be decoded at all, nothing else can be said.
READABLE_RULES: tuple[Rule[Heard], ...] = (
    Rule("audio-readable", "error", NARRATE, "the sound can be decoded", _unreadable),
)

AUDIO_RULES: tuple[Rule[Heard], ...] = (
    Rule("audio-whole", "error", NARRATE, "every packet can be decoded, to the end", _damaged),
    Rule("audio-length", "error", NARRATE, "it lasts as long as its manifest says", _length),
    Rule("audio-silent", "error", NARRATE, "there is something to hear", _silent),
    Rule("audio-channels", "warning", APPLE_AUDIO, "one channel or two", _channels),
    Rule("audio-format", "warning", APPLE_AUDIO, "MP3 or AAC", _format),
    Rule("audio-rate", "warning", APPLE_AUDIO, "44.1 kHz or more", _rate),
    Rule("audio-bitrate", "warning", APPLE_AUDIO, "MP3: 32 kbit/s or more, 64 for stereo", _bitrate),
    # AVFoundation seeks by a constant bit rate (https://marco.org, 2016).
    Rule("audio-variable", "warning", NARRATE, "MP3: a constant bit rate", _variable),
    Rule("audio-loudness", "warning", APPLE, "-16 LUFS, give or take 1", _loudness),
    Rule("audio-peak", "warning", APPLE, "true peaks at -1 dBTP or below", _peak),
)
