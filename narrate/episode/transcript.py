"""A transcript as files: WebVTT and SRT captions, and JSON that keeps every word, sentence and block.

The formats are those of Podcasting 2.0
(https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md) and of
WebVTT (https://www.w3.org/TR/webvtt1/). What the JSON adds is described in docs/decisions/0011-transcripts.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate, groupby, pairwise

from narrate.core.episode import Chapter, TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.core.errors import ConfigError
from narrate.core.timecode import timecode, to_ms
from narrate.episode.captions import Cue, cut

# What Podcasting 2.0 recommends for WebVTT, and says for SRT.
VTT_LINE_CHARS = 65
SRT_LINE_CHARS = 32
SRT_LINES = 2
SRT_LINE_CHARS_MIN = 20
SRT_LINE_CHARS_MAX = 100

# A cue is shown for five sixths of a second at least (Netflix timed text guide), and until the next one begins if
# that is soon: a shorter gap is seen as a flicker.
CUE_MIN_MS = 833
GAP_MIN_MS = 500

JSON_VERSION = "1.0.0"

_Span = tuple[int, int]

# Of white space that holds a line feed; from its beginning only, or a long row of spaces takes the square.
_LINE_BREAK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*")


def to_vtt(transcript: Transcript) -> str:
    """Write WebVTT: cues of one line, at most VTT_LINE_CHARS long.

    Where there are several speakers, a cue begins with `<v Name>` when the speaker changes.

    Returns:
        The file's text, ending with one line feed; to be written as UTF-8.
    """
    cues = cut(transcript, line_chars=VTT_LINE_CHARS, max_lines=1)
    named = _has_speakers(transcript)
    parts = ["WEBVTT\n"]
    speaker = ""
    for cue, (start_ms, end_ms) in zip(cues, _cue_times(cues, transcript), strict=True):
        voice = f"<v {_escaped(_single_line(cue.speaker))}>" if named and cue.speaker not in ("", speaker) else ""
        speaker = cue.speaker
        text = "\n".join(_escaped(line) for line in cue.lines)
        parts.append(f"{timecode(start_ms)} --> {timecode(end_ms)}\n{voice}{text}\n")
    return "\n".join(parts)


def to_srt(transcript: Transcript, *, line_chars: int = SRT_LINE_CHARS) -> str:
    """Write SubRip captions: cues of at most two lines.

    Where there are several speakers, the first cue of each turn begins with "Name: ". SRT has no escapes, so the
    text is written as it is, but for an invisible word joiner inside "-->", which is the sign between two times.

    Args:
        transcript: What is heard and when.
        line_chars: Longest line, SRT_LINE_CHARS_MIN to SRT_LINE_CHARS_MAX.

    Returns:
        The file's text, ending with one line feed; to be written as UTF-8.

    Raises:
        ConfigError: line_chars is out of range.
    """
    if not SRT_LINE_CHARS_MIN <= line_chars <= SRT_LINE_CHARS_MAX:
        limits = f"{SRT_LINE_CHARS_MIN} to {SRT_LINE_CHARS_MAX}"
        raise ConfigError(f"lines of {line_chars} characters in SRT captions", f"choose {limits}")
    cues = cut(transcript, line_chars=line_chars, max_lines=SRT_LINES, labels=_has_speakers(transcript))
    parts = []
    for number, (cue, (start_ms, end_ms)) in enumerate(zip(cues, _cue_times(cues, transcript), strict=True), 1):
        text = "\n".join(cue.lines).replace("-->", "--\u2060>")
        parts.append(f"{number}\n{timecode(start_ms, ',')} --> {timecode(end_ms, ',')}\n{text}\n")
    return "\n".join(parts)


def to_json(
    transcript: Transcript, *, title: str, author: str = "", url: str = "", chapters: Sequence[Chapter] = ()
) -> str:
    """Write a Podcasting 2.0 transcript, a segment a sentence, with all words, sentences and blocks beside it.

    Args:
        transcript: What is heard and when.
        title: Of the episode.
        author: Who wrote the article; left out where "".
        url: Where the article is; left out where "".
        chapters: Of the episode; left out where there are none.

    Returns:
        The file's text, ending with one line feed; to be written as UTF-8.
    """
    head = {
        "version": JSON_VERSION,
        "title": title,
        **({"author": author} if author else {}),
        **({"url": url} if url else {}),
        "language": transcript.language,
        "rate_hz": transcript.rate_hz,
        "duration_samples": transcript.duration_samples,
    }
    lists: dict[str, Iterable[dict[str, object]]] = {"chapters": map(_chapter, chapters)} if chapters else {}
    # One at a time: the words of ten hours as dictionaries take 30 MB.
    lists |= {"segments": _segments(transcript), "blocks": map(_block, transcript.blocks)}
    # A line for each segment and block, so that a person can read the file and a changed paragraph is a changed line.
    fields = [f"{_dumped(name)}: {_dumped(value)}" for name, value in head.items()]
    fields += [f"{_dumped(name)}: [\n" + ",\n".join(map(_dumped, items)) + "\n]" for name, items in lists.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _chapter(chapter: Chapter) -> dict[str, object]:
    return {"title": chapter.title, "start_sample": chapter.start_sample, "end_sample": chapter.end_sample}


def _segments(transcript: Transcript) -> Iterator[dict[str, object]]:
    said = [(block, sentence) for block in transcript.blocks for sentence in block.sentences]
    spans = [(sentence.start_sample, sentence.end_sample) for _, sentence in said]
    bodies = [_body(block, sentence) for block, sentence in said]
    times = _times(spans, [len(body) for body in bodies], transcript)
    for (block, _), body, (start_ms, end_ms) in zip(said, bodies, times, strict=True):
        yield {
            **({"speaker": block.speaker} if block.speaker else {}),
            "startTime": start_ms / 1000,
            "endTime": end_ms / 1000,
            "body": body,
        }


def _body(block: TimedBlock, sentence: TimedSentence) -> str:
    return _LINE_BREAK.sub(" ", block.text[sentence.words[0].start_char : sentence.words[-1].end_char])


def _block(block: TimedBlock) -> dict[str, object]:
    return {
        "kind": block.kind,
        **({"level": block.level} if block.level else {}),
        **({"speaker": block.speaker} if block.speaker else {}),
        "text": block.text,
        "start_sample": block.start_sample,
        "end_sample": block.end_sample,
        "sentences": [_sentence(sentence) for sentence in block.sentences],
    }


def _sentence(sentence: TimedSentence) -> dict[str, object]:
    return {
        "start_sample": sentence.start_sample,
        "end_sample": sentence.end_sample,
        "words": [_word(word) for word in sentence.words],
    }


def _word(word: TimedWord) -> dict[str, object]:
    fields = asdict(word)
    return fields if word.estimated else {name: value for name, value in fields.items() if name != "estimated"}


def _has_speakers(transcript: Transcript) -> bool:
    return len({block.speaker for block in transcript.blocks if block.speaker}) > 1


def _single_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cue_times(cues: Sequence[Cue], transcript: Transcript) -> list[_Span]:
    """Time each cue from its first word to its last, longer where it would flash or leave a short gap."""
    lengths = [sum(map(len, cue.lines)) for cue in cues]
    times = _times([(cue.start_sample, cue.end_sample) for cue in cues], lengths, transcript)
    if not times:
        return []
    shown: list[_Span] = []
    for (start, end), (following, _) in pairwise(times):
        longer = max(end, min(start + CUE_MIN_MS, following))
        shown.append((start, longer if following - longer >= GAP_MIN_MS else following))
    start, end = times[-1]
    limit = to_ms(transcript.duration_samples, transcript.rate_hz)
    return [*shown, (start, max(end, min(start + CUE_MIN_MS, limit)))]


def _times(spans: Iterable[_Span], lengths: Sequence[int], transcript: Transcript) -> list[_Span]:
    """Spans of samples in milliseconds: in order, at least 1 ms each, none over the next.

    Those that would begin at the same moment share the time until they end, by the length of their text. They lie
    within the episode unless it has fewer milliseconds than there are spans.
    """
    rounded = [(to_ms(start, transcript.rate_hz), to_ms(end, transcript.rate_hz)) for start, end in spans]
    if not rounded:
        return []
    top_ms = max(to_ms(transcript.duration_samples, transcript.rate_hz), len(rounded))
    starts = _rising(_shared_starts(rounded, lengths, top_ms), top_ms)
    following = [*starts[1:], top_ms]
    return [
        (start, min(max(end, start + 1), limit))
        for start, (_, end), limit in zip(starts, rounded, following, strict=True)
    ]


def _shared_starts(spans: Sequence[_Span], lengths: Sequence[int], top_ms: int) -> list[int]:
    starts: list[int] = []
    for start, group in groupby(range(len(spans)), key=lambda number: spans[number][0]):
        numbers = list(group)
        following = spans[numbers[-1] + 1][0] if numbers[-1] + 1 < len(spans) else top_ms
        end = max(spans[number][1] for number in numbers)
        until = min(end if end > start else start + CUE_MIN_MS * len(numbers), max(following, start))
        done = list(accumulate((lengths[number] for number in numbers), initial=0))
        starts += [start + (until - start) * chars // done[-1] for chars in done[:-1]]
    return starts


def _rising(starts: Iterable[int], top_ms: int) -> list[int]:
    """Move starts as little as it takes to have each after the one before and the last before the top."""
    rising = list(accumulate(starts, lambda before, start: max(start, before + 1)))
    return [min(start, top_ms - len(rising) + number) for number, start in enumerate(rising)]
