"""Transcripts as files that other programs read: WebVTT, SRT and JSON."""

from __future__ import annotations

import html
import io
import itertools
import json
import re
from fractions import Fraction
from typing import Any

import av
import pytest
import webvtt
from hypothesis import given, settings
from support.transcripts import RATE_HZ, spoken, transcripts

from narrate.core.article import BlockKind
from narrate.core.episode import Chapter, TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.core.errors import ConfigError
from narrate.episode.transcript import to_json, to_srt, to_vtt

Shown = list[tuple[int, int, str]]

TALK = spoken(
    ("heading", "News", "Anna"), ("paragraph", "It is late.", "Anna"), ("paragraph", "R&D <is> fun.", "Bo & Co"),
    ("paragraph", "So it is.", "Bo & Co"), ("paragraph", "Yes.", "Anna"),
)  # fmt: skip


def in_ms(clock: str) -> int:
    hours, minutes, seconds = re.split(r":", clock.replace(",", "."))
    return round((int(hours) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000)


def by_webvtt(vtt: str) -> Shown:
    """What webvtt-py reads, in its strict mode."""
    captions = webvtt.from_string(vtt, strict=True).captions
    return [(in_ms(caption.start), in_ms(caption.end), html.unescape(caption.text)) for caption in captions]


def by_webvtt_srt(srt: str) -> Shown:
    captions = webvtt.from_buffer(io.StringIO(srt), format="srt").captions if srt else []
    return [(in_ms(caption.start), in_ms(caption.end), html.unescape(caption.text)) for caption in captions]


def by_ffmpeg(text: str, form: str) -> Shown:
    """What FFmpeg's demuxer reads: the text of a cue as it stands in the file."""
    with av.open(io.BytesIO(text.encode()), format=form) as container:
        stream = container.streams.subtitles[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        return [
            (packet.pts or 0, (packet.pts or 0) + (packet.duration or 0), bytes(packet).decode()) for packet in packets
        ]


def in_round_ms(samples: int, rate_hz: int) -> int:
    return round(Fraction(samples * 1000, rate_hz))


def squeezed(*texts: str) -> str:
    return "".join("".join(texts).split())


def check_times(shown: Shown, transcript: Transcript) -> None:
    """In order, none over the next, none without length, all within the episode."""
    assert all(start < end for start, end, _ in shown)
    assert all(end <= start for (_, end, _), (start, _, _) in itertools.pairwise(shown))
    if shown:
        assert shown[0][0] >= 0
        assert shown[-1][1] <= max(len(shown), in_round_ms(transcript.duration_samples, transcript.rate_hz))


def with_labels(transcript: Transcript) -> str:
    speakers = [block.speaker for block in transcript.blocks]
    several = len(set(speakers) - {""}) > 1
    labels = [
        f"{speaker}:" if several and speaker and speaker != before else ""
        for before, speaker in zip(["", *speakers], speakers, strict=False)
    ]
    return squeezed(*(label + block.text for label, block in zip(labels, transcript.blocks, strict=True)))


@settings(max_examples=80)
@given(transcripts())
def test_other_programs_read_the_vtt(transcript: Transcript) -> None:
    """webvtt-py and FFmpeg find the same cues, and the text joined is the article's."""
    vtt = to_vtt(transcript)

    shown = by_webvtt(vtt)
    check_times(shown, transcript)
    assert squeezed(*(text for _, _, text in shown)) == squeezed(*(block.text for block in transcript.blocks))
    assert vtt.startswith("WEBVTT\n")
    assert vtt.endswith("\n") and not vtt.endswith("\n\n") and "\r" not in vtt
    if shown:
        raw = by_ffmpeg(vtt, "webvtt")
        assert [cue[:2] for cue in raw] == [cue[:2] for cue in shown]
        assert [html.unescape(re.sub("<v [^>]*>", "", text)) for _, _, text in raw] == [text for _, _, text in shown]


@settings(max_examples=80)
@given(transcripts())
def test_other_programs_read_the_srt(transcript: Transcript) -> None:
    """FFmpeg and webvtt-py find the same cues, and the text joined is the article's with the speakers' names."""
    srt = to_srt(transcript)

    assert not srt.endswith("\n\n") and srt.endswith("\n") == bool(transcript.blocks)
    if not srt:
        return
    shown = by_ffmpeg(srt, "srt")
    check_times(shown, transcript)
    assert squeezed(*(text for _, _, text in shown)).replace("\u2060", "") == with_labels(transcript)
    assert [cue[:2] for cue in by_webvtt_srt(srt)] == [cue[:2] for cue in shown]
    assert re.findall(r"(?:\A|\n\n)(\d+)\n", srt) == [str(number) for number in range(1, len(shown) + 1)]


@settings(max_examples=60)
@given(transcripts(min_word_samples=2400))
def test_cues_begin_with_their_first_word(transcript: Transcript) -> None:
    """To the millisecond, and end with the last one at the earliest, or with the next cue."""
    starts = {
        in_round_ms(block.sentences[0].start_sample, transcript.rate_hz) for block in transcript.blocks
    }  # the others may lie within a word without spaces

    shown = by_webvtt(to_vtt(transcript))

    assert starts <= {start for start, _, _ in shown}


@settings(max_examples=60)
@given(transcripts())
def test_json_is_the_transcript(transcript: Transcript) -> None:
    """Everything can be built again from it, and its segments are the sentences."""
    data = json.loads(to_json(transcript, title="T"))

    assert rebuilt(data) == transcript
    segments = [(round(s["startTime"] * 1000), round(s["endTime"] * 1000), s["body"]) for s in data["segments"]]
    check_times(segments, transcript)
    assert squeezed(*(body for _, _, body in segments)) == squeezed(*(block.text for block in transcript.blocks))
    assert data["version"] == "1.0.0"


def rebuilt(data: dict[str, Any]) -> Transcript:
    def block(fields: dict[str, Any]) -> TimedBlock:
        words = [[TimedWord(**word) for word in sentence["words"]] for sentence in fields["sentences"]]
        kind: BlockKind = fields["kind"]
        return TimedBlock(
            kind, fields.get("level", 0), fields["text"], fields.get("speaker", ""), fields["start_sample"],
            fields["end_sample"], tuple(TimedSentence(tuple(sentence)) for sentence in words),
        )  # fmt: skip

    blocks = tuple(block(fields) for fields in data["blocks"])
    return Transcript(data["rate_hz"], data["duration_samples"], data["language"], blocks)


def test_vtt_in_full() -> None:
    """Speakers where they change, marks escaped, as the format has it."""
    assert to_vtt(TALK) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:00.800\n<v Anna>News\n\n"
        "00:00:00.800 --> 00:00:01.700\nIt is late.\n\n"
        "00:00:02.200 --> 00:00:03.100\n<v Bo &amp; Co>R&amp;D &lt;is&gt; fun.\n\n"
        "00:00:03.600 --> 00:00:04.500\nSo it is.\n\n"
        "00:00:05.000 --> 00:00:05.800\n<v Anna>Yes.\n"
    )


def test_srt_in_full() -> None:
    """Numbers from 1, commas before milliseconds, names where the speaker changes, nothing escaped."""
    assert to_srt(TALK) == (
        "1\n00:00:00,000 --> 00:00:00,800\nAnna: News\n\n"
        "2\n00:00:00,800 --> 00:00:01,700\nIt is late.\n\n"
        "3\n00:00:02,200 --> 00:00:03,100\nBo & Co: R&D <is> fun.\n\n"
        "4\n00:00:03,600 --> 00:00:04,500\nSo it is.\n\n"
        "5\n00:00:05,000 --> 00:00:05,800\nAnna: Yes.\n"
    )


def test_json_in_full() -> None:
    """A line for each segment and block; what is not known is left out."""
    transcript = spoken(("heading", "Why", "Anna"), ("paragraph", "I ask."))

    assert to_json(transcript, title="T", url="https://example.com/", chapters=[Chapter("Why", 0, 43200)]) == (
        '{\n"version": "1.0.0",\n"title": "T",\n"url": "https://example.com/",\n"language": "en",\n"rate_hz": 24000,\n'
        '"duration_samples": 45600,\n'
        '"chapters": [\n{"title":"Why","start_sample":0,"end_sample":43200}\n],\n'
        '"segments": [\n{"speaker":"Anna","startTime":0.0,"endTime":0.3,"body":"Why"},\n'
        '{"startTime":0.8,"endTime":1.4,"body":"I ask."}\n],\n'
        '"blocks": [\n{"kind":"heading","speaker":"Anna","text":"Why","start_sample":0,"end_sample":7200,'
        '"sentences":[{"start_sample":0,"end_sample":7200,"words":[{"text":"Why","start_char":0,"end_char":3,'
        '"start_sample":0,"end_sample":7200}]}]},\n'
        '{"kind":"paragraph","text":"I ask.","start_sample":19200,"end_sample":33600,'
        '"sentences":[{"start_sample":19200,"end_sample":33600,'
        '"words":[{"text":"I","start_char":0,"end_char":1,"start_sample":19200,"end_sample":26400},'
        '{"text":"ask.","start_char":2,"end_char":6,"start_sample":26400,"end_sample":33600}]}]}\n]\n}\n'
    )


def test_one_speaker_is_not_named_in_captions() -> None:
    """Who else should it be."""
    transcript = spoken(("heading", "News", "Anna"), ("paragraph", "It is late.", "Anna"))

    assert "Anna" not in to_vtt(transcript) + to_srt(transcript)


def timed(*words: tuple[str, int, int], duration_ms: int) -> Transcript:
    """Each word is a block; times in milliseconds."""

    def block(text: str, start: int, end: int) -> TimedBlock:
        word = TimedWord(text, 0, len(text), start * 48, end * 48)
        return TimedBlock("paragraph", 0, text, "", start * 48, end * 48, (TimedSentence((word,)),))

    return Transcript(48_000, duration_ms * 48, "en", tuple(block(*word) for word in words))


@pytest.mark.parametrize(
    ("words", "duration_ms", "expected"),
    [
        ([("A", 100, 2000), ("B", 2400, 4000)], 9000, [(100, 2400), (2400, 4000)]),  # a short gap is closed
        ([("A", 100, 2000), ("B", 2600, 4000)], 9000, [(100, 2000), (2600, 4000)]),  # a long one is not
        ([("A", 100, 300), ("B", 3000, 3100)], 9000, [(100, 933), (3000, 3833)]),  # nothing flashes
        ([("A", 100, 300), ("B", 400, 500)], 600, [(100, 400), (400, 600)]),  # but there is room for no more
        ([("A", 0, 0), ("B", 0, 0)], 0, [(0, 1), (1, 2)]),  # an episode without length
        ([("A", 500, 500), ("B", 500, 1500), ("C", 1500, 2500)], 2500, [(500, 1000), (1000, 1500), (1500, 2500)]),
        ([("A", 500, 500), ("BBB", 500, 500)], 9000, [(500, 916), (916, 1749)]),  # a moment shared by length
        ([("A", 8000, 9500)], 9000, [(8000, 9000)]),
        ([("A", 9500, 9600)], 9000, [(8999, 9000)]),
    ],
)  # fmt: skip
def test_when_cues_are_shown(
    words: list[tuple[str, int, int]], duration_ms: int, expected: list[tuple[int, int]]
) -> None:
    """Long enough to be seen, without flicker, never one over the next."""
    transcript = timed(*words, duration_ms=duration_ms)

    assert [cue[:2] for cue in by_webvtt(to_vtt(transcript))] == expected
    assert [cue[:2] for cue in by_ffmpeg(to_srt(transcript), "srt")] == expected


def test_milliseconds_are_rounded_as_those_of_chapters() -> None:
    """12 samples of 24 kHz are half a millisecond, and go to the even one beside it."""
    word = TimedWord("A", 0, 1, 24_012, 48_011)
    block = TimedBlock("title", 0, "A", "", 24_012, 48_011, (TimedSentence((word,)),))

    assert "00:00:01.000 --> 00:00:02.000" in to_vtt(Transcript(RATE_HZ, 100_000, "en", (block,)))


def test_long_episodes_have_hours() -> None:
    """Always written, in WebVTT too, where they may be left out."""
    assert "01:01:01.001 --> 01:01:03.000" in to_vtt(timed(("A", 3_661_001, 3_663_000), duration_ms=4_000_000))


def test_an_arrow_does_not_look_like_times() -> None:
    """An invisible character parts it in SRT; WebVTT has an escape."""
    transcript = spoken(("code", "a\n  --> b"))

    assert to_vtt(transcript).count("-->") == to_srt(transcript).count("-->") == 1
    assert "a --\u2060> b" in to_srt(transcript)
    assert "a --&gt; b" in to_vtt(transcript)
    assert '"a\\n  --> b"' in to_json(transcript, title="T")


def test_an_empty_transcript() -> None:
    """Is a file without cues."""
    empty = Transcript(RATE_HZ, 0, "en", ())

    assert to_vtt(empty) == "WEBVTT\n"
    assert to_srt(empty) == ""
    assert json.loads(to_json(empty, title="T"))["segments"] == []


@pytest.mark.parametrize("line_chars", [0, 19, 101])
def test_srt_lines_have_limits(line_chars: int) -> None:
    """Nobody can read less, no screen shows more."""
    with pytest.raises(ConfigError, match=str(line_chars)):
        to_srt(TALK, line_chars=line_chars)
