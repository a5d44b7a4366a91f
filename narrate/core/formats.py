"""The file formats an episode can have: one table, and what settings may ask of each.

Settings are checked with it before anything heavy is loaded, so it knows no codec, only their names in FFmpeg.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from narrate.core.errors import ConfigError

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format and how it is made.

    Attributes:
        name: What --format takes.
        endings: Of file names; the first is written where nobody chose one.
        media_type: For feeds and servers.
        container: FFmpeg's name of the file format.
        codec: FFmpeg's name of the encoder.
        rate_hz: Samples per second of the finished file.
        frame_samples: What one packet holds; a decoder that does not cut the last one gives up to so much silence more.
        loss_db: How much quieter the codec makes speech at its default bit rate.
        bitrates_kbps: What may be asked for, in kbit/s; empty where there is nothing to choose.
        default_bitrate_kbps: What is taken where nobody asks; None where there is nothing to choose.
        codec_options: For the encoder.
        container_options: For the file.
        has_native_chapters: The container itself holds chapters and the language of its track; elsewhere they are tags.
        brand: What an MP4 file says it is; empty for the others.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    container: str
    codec: str
    rate_hz: int
    frame_samples: int
    loss_db: float = 0.0
    bitrates_kbps: tuple[int, ...] = ()
    default_bitrate_kbps: int | None = None
    codec_options: Options = ()
    container_options: Options = ()
    has_native_chapters: bool = False
    brand: str = ""


# No version of FFmpeg, no time and no random number in the file: the same sound gives the same bytes.
_REPEATABLE = ("fflags", "+bitexact")

# Why these codecs, rates and figures: docs/decisions/0012-formats.md
_TABLE = (
    Format(
        name="mp3",
        endings=(".mp3",),
        media_type="audio/mpeg",
        container="mp3",
        codec="libmp3lame",
        rate_hz=44_100,
        frame_samples=1152,
        # LAME's preset scale is 0.95 at a constant bit rate: 0.43 to 0.46 dB from 48 to 160 kbit/s.
        loss_db=0.45,
        # All of MPEG-1 Layer III; LAME silently takes the nearest for any other number.
        bitrates_kbps=(32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
        default_bitrate_kbps=96,
        # LAME's -q, its own choice: what it adds lies 1 dB lower than at 5, in the same time (0023-lame.md).
        codec_options=(("compression_level", "3"),),
        # Tags are mutagen's work, so FFmpeg writes none; the Xing header gives players the exact length.
        container_options=(("id3v2_version", "0"), ("write_xing", "1")),
    ),
    Format(
        name="m4b",
        endings=(".m4b", ".m4a"),
        media_type="audio/mp4",
        container="ipod",
        codec="aac",
        rate_hz=44_100,
        frame_samples=1024,
        loss_db=0.05,
        # The encoder finds no use for more than 160 on one channel.
        bitrates_kbps=(32, 40, 48, 56, 64, 80, 96, 112, 128, 160),
        default_bitrate_kbps=80,
        # The index stands in front, so that players can start before all is loaded. With time counted in samples
        # the edit list is exact; FFmpeg's thousandths of a second cost up to 44 samples of the end.
        container_options=(("movflags", "+faststart"), ("movie_timescale", "44100"), _REPEATABLE),
        has_native_chapters=True,
        brand="M4B ",
    ),
    Format(
        name="opus",
        endings=(".opus",),
        media_type="audio/ogg; codecs=opus",
        container="opus",
        codec="libopus",
        rate_hz=48_000,
        frame_samples=960,
        # 0.20 and 0.32 on two voices at 48 kbit/s, 0.1 more at 24; nothing from 64 on.
        loss_db=0.3,
        bitrates_kbps=(16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 256),
        default_bitrate_kbps=48,
        # Not "voip", which filters the voice: it is 0.4 dB off in level and further from the original at every rate.
        codec_options=(("application", "audio"), ("vbr", "on")),
        container_options=(_REPEATABLE,),
    ),
    Format(
        name="flac",
        endings=(".flac",),
        media_type="audio/flac",
        container="flac",
        codec="flac",
        rate_hz=44_100,
        frame_samples=4608,
        container_options=(_REPEATABLE,),
    ),
    Format(
        name="wav",
        endings=(".wav",),
        media_type="audio/wav",
        container="wav",
        codec="pcm_s16le",
        rate_hz=44_100,
        frame_samples=1,
        # Sizes in a WAV end at 4 GB, 13 hours of mono; RF64 (EBU Tech 3306) takes over there.
        container_options=(("rf64", "auto"), _REPEATABLE),
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({item.name: item for item in _TABLE})

# Apple's players take a file of this ending for music, and one with the other brand for a book.
_M4A_ENDING, _M4A_BRAND = ".m4a", "M4A "


def format_of_ending(ending: str) -> Format | None:
    """The format of a file name's ending, such as ".mp3", in any case; None where it is none of ours."""
    ending = ending.lower()
    for item in _TABLE:
        if ending in item.endings:
            return replace(item, brand=_M4A_BRAND) if ending == _M4A_ENDING else item
    return None


def require_bitrate(format: Format, bitrate_kbps: int | None) -> int | None:
    """The bit rate to use, in kbit/s: the one asked for, else the format's own; None where there is none.

    Raises:
        ConfigError: The format does not know that rate, or has none to choose.
    """
    if bitrate_kbps is None or bitrate_kbps in format.bitrates_kbps:
        return bitrate_kbps or format.default_bitrate_kbps
    if not format.bitrates_kbps:
        lossy = ", ".join(item.name for item in _TABLE if item.bitrates_kbps)
        message = f"{format.name} loses nothing, so it has no bit rate to choose"
        raise ConfigError(message, f"leave the bit rate out, or choose one of {lossy}")
    message = f"{format.name} knows no {bitrate_kbps} kbit/s"
    raise ConfigError(message, f"choose one of {', '.join(map(str, format.bitrates_kbps))}")


# Tags and MP4 tracks name languages by ISO 639-2: the languages that narrate's engines speak.
_LANGUAGES = {
    "af": "afr", "am": "amh", "ar": "ara", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat", "cs": "ces",
    "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus",
    "fi": "fin", "fil": "fil", "fr": "fra", "gl": "glg", "gu": "guj", "ha": "hau", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "iw": "heb", "ja": "jpn", "jv": "jav",
    "jw": "jav", "km": "khm", "kn": "kan", "ko": "kor", "la": "lat", "lt": "lit", "lv": "lav", "ml": "mal",
    "mr": "mar", "ms": "msa", "my": "mya", "nb": "nob", "ne": "nep", "nl": "nld", "no": "nor", "pa": "pan",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "si": "sin", "sk": "slk", "sq": "sqi", "sr": "srp",
    "su": "sun", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur",
    "uk": "ukr", "ur": "urd", "vi": "vie", "yue": "yue", "zh": "zho",
}  # fmt: skip


def language_code(tag: str) -> str:
    """Three letters of ISO 639-2 for a BCP 47 tag: "eng" for "en-GB"; "" where the language is not in the table."""
    from narrate.core.language.tags import primary_language  # the help of a command, which names formats, does without

    return _LANGUAGES.get(primary_language(tag), "")
