"""Transcripts and chapters that come from anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.check.chapters import check_chapters_file
from narrate.check.transcripts import check_transcript, read_transcript

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_webvtt_in_full(tmp_path: Path) -> None:
    """Comments, styles, names, settings, voices and escapes are read, and what is seen is measured."""
    path = tmp_path / "a.vtt"
    path.write_bytes(
        b"\xef\xbb\xbfWEBVTT - a title\r\nKind: captions\r\n\r\nNOTE\r\nof mine\r\n\r\nSTYLE\r\n::cue {}\r\n\r\n"
        b"first\r\n00:01.000 --> 00:02.000 align:start\r\n<v Anna Berg><i>" + b"&lt;" * 60 + b"</i>\r\n\r\n\r\n"
        b"100:00:00.000 --> 100:00:01.000\r\n\r\n"
    )
    transcript = read_transcript(path)

    assert transcript.problem == ""
    assert [(one.start_ms, one.end_ms, one.lines) for one in transcript.captions] == [
        (1000, 2000, ("<" * 60,)),
        (360_000_000, 360_001_000, ()),
    ]
    assert list(check_transcript(path, None)) == []


def test_json_without_ends(tmp_path: Path) -> None:
    """The end of a segment may be left out."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"version": "1.0.0", "segments": [{"startTime": 0, "body": "Hello."}]}))

    assert list(check_transcript(path, 1000)) == []


def test_chapters_that_are_not_shown(tmp_path: Path) -> None:
    """A chapter that is only a picture needs no title, and may lie within another."""
    path = tmp_path / "a.chapters.json"
    chapters = [{"startTime": 0, "title": "A"}, {"startTime": 0, "toc": False}, {"startTime": 5, "title": "B"}]
    path.write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))

    assert list(check_chapters_file(path, 9000)) == []


KEYS = st.sampled_from(["version", "segments", "chapters", "startTime", "endTime", "body", "title"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@QUICK
@given(JSON)
def test_any_json(tmp_path: Path, value: object) -> None:
    """Gives findings or none, and no exception."""
    for name, check in (("a.json", check_transcript), ("a.chapters.json", check_chapters_file)):
        (tmp_path / name).write_text(json.dumps(value))
        list(check(tmp_path / name, 1000))
        (tmp_path / name).write_text(json.dumps({"version": "1", "segments": [value], "chapters": [value]}))
        list(check(tmp_path / name, 1000))


TIMES = ["00:01.000 --> 00:02.000", "00:00:01,000 --> 00:00:02,000", "-->"]
LINES = st.sampled_from([*TIMES, "WEBVTT", "", " ", "1", "<v", "&#x110000;", "NOTE"])


@QUICK
@given(st.lists(LINES | st.text(max_size=8), max_size=12), st.binary(max_size=20))
def test_any_lines(tmp_path: Path, lines: list[str], tail: bytes) -> None:
    """Any lines of captions are checked without a fault."""
    for ending in (".vtt", ".srt", ".json"):
        path = tmp_path / f"a{ending}"
        path.write_bytes("\n".join(lines).encode(errors="replace") + tail)
        list(check_transcript(path, 1000))


@pytest.mark.parametrize("ending", [".vtt", ".srt", ".json"])
def test_no_file(ending: str, tmp_path: Path) -> None:
    """A folder of that name, or nothing, is no transcript."""
    (tmp_path / f"a{ending}").mkdir()
    for name in (f"a{ending}", f"gone{ending}"):
        assert [one.rule for one in check_transcript(tmp_path / name, 1000)] == ["transcript-form"]
