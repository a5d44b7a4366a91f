"""The rules for transcripts: WebVTT, SRT and Podcasting 2.0's JSON."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from narrate.check.files import json_of, seconds_in_ms, text_of, whole
from narrate.check.finding import TRANSCRIPTS, Finding, Rule, applied, shown
from narrate.core.timecode import exact_clock

MAX_BYTES = 64_000_000

VTT_LINE_CHARS = 65
SRT_LINE_CHARS = 32
SRT_LINES = 2

# The last cue may end with the packet that the sound ends in.
TOLERANCE_MS = 100

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)"
_VTT_TIMING = re.compile(rf"{_TIME}\.(\d{{3}})[ \t]+-->[ \t]+{_TIME}\.(\d{{3}})(?:[ \t].*)?", re.ASCII)
_SRT_TIMING = re.compile(rf"{_TIME},(\d{{3}})[ \t]+-->[ \t]+{_TIME},(\d{{3}})[ \t]*", re.ASCII)
_TAG = re.compile(r"<[^>]*>")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Caption:
    """A stretch of a transcript: when it is shown (end None where nothing says it) and its lines as they are seen."""

    start_ms: int
    end_ms: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Captions:
    """A transcript.

    Attributes:
        kind: The ending of its file's name: ".vtt", ".srt", ".json".
        problem: Why it is none, "" where it is.
        captions: In the order of the file.
        duration_ms: Of the sound, None where nobody knows.
    """

    kind: str
    problem: str = ""
    captions: tuple[Caption, ...] = ()
    duration_ms: int | None = None


def check_transcript(path: Path, duration_ms: int | None) -> Iterator[Finding]:
    """Look at a transcript by its ending; whatever it holds, this raises nothing."""
    yield from applied(TRANSCRIPT_RULES, read_transcript(path, duration_ms), path.name)


def read_transcript(path: Path, duration_ms: int | None = None) -> Captions:
    """Read a transcript by its ending; whatever it holds, this raises nothing."""
    kind = path.suffix.lower()
    try:
        captions = tuple(READERS[kind](whole(path, MAX_BYTES)))
    except ValueError as error:
        return Captions(kind, str(error))
    return Captions(kind, "", captions, duration_ms)


def _vtt(data: bytes) -> Iterator[Caption]:
    """https://www.w3.org/TR/webvtt1/#file-structure"""
    head, *blocks = _blocks(text_of(data))
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", head[0]):
        raise ValueError("it does not begin with WEBVTT")
    if any("-->" in line for line in head):
        raise ValueError("there is no empty line after WEBVTT")
    for block in blocks:
        if block[0].partition(" ")[0] in _NOT_CUES and "-->" not in block[0]:
            continue
        # A cue may have a name, which is a line of its own.
        number = 0 if "-->" in block[0] else 1
        found = _VTT_TIMING.fullmatch(block[number]) if len(block) > number else None
        if not found:
            raise ValueError(f"it has no times where they should be: {shown(block[min(number, len(block) - 1)])}")
        lines = tuple(html.unescape(_TAG.sub("", line)) for line in block[number + 1 :])
        yield Caption(_ms(found.groups()[:4]), _ms(found.groups()[4:]), lines)


def _srt(data: bytes) -> Iterator[Caption]:
    for block in _blocks(text_of(data)):
        if block == [""]:
            continue
        found = _SRT_TIMING.fullmatch(block[1]) if len(block) > 1 and block[0].strip().isdigit() else None
        if not found or not found[1] or not found[5]:
            raise ValueError(f"it has no number and times where they should be: {shown(block[0])}")
        yield Caption(_ms(found.groups()[:4]), _ms(found.groups()[4:]), tuple(block[2:]))


def _blocks(text: str) -> list[list[str]]:
    """Return lines that stand together; empty lines are between them. There is one block at least."""
    lines = re.split(r"\r\n|\r|\n", text)
    blocks: list[list[str]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if line and before:
            blocks[-1].append(line)
        elif line:
            blocks.append([line])
    return blocks


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, ms = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _json(data: bytes) -> Iterator[Caption]:
    found = json_of(data)
    segments = found.get("segments")
    if not isinstance(found.get("version"), str) or not isinstance(segments, list):
        raise ValueError('it has no "version" and "segments"')
    for number, segment in enumerate(segments, 1):
        if not isinstance(segment, dict) or not isinstance(segment.get("body"), str):
            raise ValueError(f'segment {number} has no text as its "body"')
        start_ms = seconds_in_ms(segment.get("startTime"))
        end_ms = seconds_in_ms(segment.get("endTime"))
        if start_ms is None or (end_ms is None and "endTime" in segment):
            raise ValueError(f'segment {number} has no number of seconds as its "startTime" or "endTime"')
        yield Caption(start_ms, end_ms, (segment["body"],))


READERS: Mapping[str, Callable[[bytes], Iterator[Caption]]] = {".vtt": _vtt, ".srt": _srt, ".json": _json}


def _bad_form(found: Captions) -> Iterator[str]:
    if found.problem:
        yield found.problem


def _nothing(found: Captions) -> Iterator[str]:
    if not found.problem and not any(line.strip() for caption in found.captions for line in caption.lines):
        yield "there are no words in it"


def _order(found: Captions) -> Iterator[str]:
    for number, caption in enumerate(found.captions, 1):
        if caption.end_ms is not None and caption.end_ms <= caption.start_ms:
            yield f"caption {number} ends at {exact_clock(caption.end_ms)}, where it begins or before"
            return
    for number, (before, after) in enumerate(pairwise(found.captions), 2):
        if after.start_ms < before.start_ms:
            yield f"caption {number} begins at {exact_clock(after.start_ms)}, before the one above it"
            return


def _within(found: Captions) -> Iterator[str]:
    if found.duration_ms is None:
        return
    for number, caption in enumerate(found.captions, 1):
        last_ms = max(caption.start_ms, caption.end_ms or 0)
        if last_ms > found.duration_ms + TOLERANCE_MS:
            ends = exact_clock(found.duration_ms)
            yield f"caption {number} reaches to {exact_clock(last_ms)}, and the sound ends at {ends}"
            return


def _line_length(found: Captions) -> Iterator[str]:
    longest = {".vtt": VTT_LINE_CHARS, ".srt": SRT_LINE_CHARS}.get(found.kind)
    lines = [line for caption in found.captions for line in caption.lines if longest and len(line) > longest]
    if lines:
        yield f"{_times(len(lines), 'line')} longer than {longest} characters: {shown(lines[0])}"


def _line_count(found: Captions) -> Iterator[str]:
    tall = [caption for caption in found.captions if found.kind == ".srt" and len(caption.lines) > SRT_LINES]
    if tall:
        yield f"{_times(len(tall), 'caption')} more than {SRT_LINES} lines high, at {exact_clock(tall[0].start_ms)}"


def _times(count: int, what: str) -> str:
    return f"{count} {what}{'s are' if count > 1 else ' is'}"


TRANSCRIPT_RULES: tuple[Rule[Captions], ...] = (
    Rule("transcript-form", "error", TRANSCRIPTS, "WebVTT, SRT or JSON, as its name says", _bad_form),
    Rule("transcript-empty", "error", TRANSCRIPTS, "there are words in it", _nothing),
    Rule("transcript-order", "error", TRANSCRIPTS, "captions come in the order of time", _order),
    Rule("transcript-within", "error", TRANSCRIPTS, "captions lie within the sound", _within),
    Rule("transcript-line-length", "warning", TRANSCRIPTS, "WebVTT: 65 characters, SRT: 32", _line_length),
    Rule("transcript-line-count", "warning", TRANSCRIPTS, "SRT: two lines", _line_count),
)
