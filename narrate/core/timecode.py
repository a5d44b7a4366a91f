"""Moments and lengths of sound: samples as milliseconds, and milliseconds as players, files and people write them."""

from __future__ import annotations


def to_ms(samples: int, rate_hz: int) -> int:
    """Return a place or length in samples as the nearest whole millisecond, a half as the even one beside it.

    Chapters, captions, pages and manifests must agree to the millisecond, so there is one rounding.
    """
    return round(samples * 1000 / rate_hz)


def clock(ms: int) -> str:
    """Return a moment as players show it: "0:42", "12:05", "1:02:03"; parts of a second are left out."""
    hours, minutes, seconds, _ = _parts(ms)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def clock_with_hours(ms: int, hour_digits: int = 1) -> str:
    """Return a moment with its hours, for columns and for what must not be taken for minutes: "0:00:42".

    Args:
        ms: In milliseconds; what is before the beginning counts as 0.
        hour_digits: The hours have so many digits at least: with 2, "00:00:42".
    """
    hours, minutes, seconds, _ = _parts(ms)
    return f"{hours:0{hour_digits}}:{minutes:02}:{seconds:02}"


def rounded_clock(ms: float, *, with_hours: bool = False) -> str:
    """Return a time to the nearest second, a half as the even one beside it, as people read what is left: "2:10".

    Args:
        ms: In milliseconds.
        with_hours: Also where there are none, "0:02:10": columns and lines of a log keep their width.
    """
    whole_ms = 1000 * round(ms / 1000)
    return clock_with_hours(whole_ms) if with_hours else clock(whole_ms)


def exact_clock(ms: int) -> str:
    """Return a moment to the millisecond, for messages: "1:02:03.450"."""
    return f"{clock_with_hours(ms)}.{_parts(ms)[3]:03}"


def timecode(ms: int, mark: str = ".") -> str:
    """Return a moment to the millisecond as WebVTT, SRT and chapters in Vorbis comments have it: "00:01:30.450".

    Args:
        ms: In milliseconds; what is before the beginning counts as 0.
        mark: Between seconds and milliseconds: "." or, in SRT, ",".
    """
    return f"{clock_with_hours(ms, 2)}{mark}{_parts(ms)[3]:03}"


def length(ms: int) -> str:
    """Return a length as people say it: "45 s", "8 min", "1 h 5 min"; never less than a second."""
    if ms < 59_500:
        return f"{max(1, round(ms / 1000))} s"
    hours, minutes = divmod(round(ms / 60_000), 60)
    return " ".join(([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes else []))


def _parts(ms: int) -> tuple[int, int, int, int]:
    """Hours, minutes, seconds, milliseconds."""
    minutes, rest_ms = divmod(max(0, ms), 60_000)
    return minutes // 60, minutes % 60, rest_ms // 1000, rest_ms % 1000
