"""Which media type goes with which ending of a file's name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# Lower case, without parameters. PSP-1 names audio/mpeg, audio/x-m4a, video/quicktime, video/mp4, video/x-m4v.
AUDIO_TYPES: Mapping[str, tuple[str, ...]] = {
    ".mp3": ("audio/mpeg",),
    ".m4a": ("audio/mp4", "audio/x-m4a"),
    ".m4b": ("audio/mp4", "audio/x-m4a", "audio/x-m4b"),
    ".mp4": ("video/mp4", "audio/mp4"),
    ".m4v": ("video/x-m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
    ".opus": ("audio/ogg", "audio/opus"),
    ".ogg": ("audio/ogg",),
    ".flac": ("audio/flac", "audio/x-flac"),
    ".wav": ("audio/wav", "audio/x-wav", "audio/vnd.wave", "audio/wave"),
}

# What Apple takes from a feed; the others play in some apps only.
APPLE_TYPES = frozenset(
    {"audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/x-m4b", "video/mp4", "video/x-m4v", "video/quicktime"}
)

TRANSCRIPT_TYPES: Mapping[str, tuple[str, ...]] = {
    ".vtt": ("text/vtt",),
    ".srt": ("application/x-subrip", "application/srt"),
    ".json": ("application/json",),
    ".html": ("text/html",),
    ".txt": ("text/plain",),
}

CHAPTERS_TYPE = "application/json+chapters"

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png")


def ending_of(address: str) -> str:
    """The ending of the file that an address names, in lower case; "" where there is none."""
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()
    except ValueError:
        return ""


def bare(media_type: str) -> str:
    """A media type in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()
