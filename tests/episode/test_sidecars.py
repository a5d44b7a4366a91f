"""The files beside an episode."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from support.transcripts import RATE_HZ, spoken

from narrate.core.article import Aside, Block, Metadata, Script, Utterance
from narrate.core.episode import Chapter
from narrate.episode.cover.cover import Cover
from narrate.episode.sidecars import (
    CHAPTERS,
    COVER,
    JSON,
    PAGE,
    SRT,
    THUMB,
    VTT,
    sidecar_path,
    sidecar_paths,
    sidecars_of,
)

TRANSCRIPT = spoken(
    ("title", "A Light at Sea"),
    ("paragraph", "The keeper climbs the stairs each evening, lights the lamp — “again” — and writes."),
)
META = Metadata(author="Анна Berg", url="https://example.com/a?b=c", site="The Daily Light")
PARTS = (Chapter("One", 0, RATE_HZ), Chapter("Two", RATE_HZ, TRANSCRIPT.duration_samples))
PICTURE = Cover(b"large", b"small", b"thumb")
SAID = tuple(
    Utterance(block.kind, block.text, block.text, number, ()) for number, block in enumerate(TRANSCRIPT.blocks)
)
EPISODE = {"title": "A Light", "audio_name": "a light.mp3", "media_type": "audio/mpeg", "guid": "g"}


def files_of(
    parts: Sequence[Chapter] = (), cover: Cover | None = None, meta: Metadata = META, line_chars: int = 32
) -> Mapping[str, bytes]:
    """What lies beside the episode of the transcript above, with a piece of code that is only seen."""
    code = Aside(Block("code", "if dark: light()"), 1, announced=False)
    script = Script(meta, SAID, (), (code,))
    return sidecars_of(TRANSCRIPT, parts, cover, script, srt_line_chars=line_chars, **EPISODE)


@pytest.mark.parametrize(
    ("episode", "beside"),
    [
        ("out/talk.mp3", "out/talk.vtt"),
        ("out/talk.m4b", "out/talk.vtt"),
        ("out/v1.2 of it.mp3", "out/v1.2 of it.vtt"),
        ("talk", "talk.vtt"),
    ],
)
def test_names_follow_the_episodes(episode: str, beside: str) -> None:
    """Whatever its format is, and wherever it lies."""
    assert sidecar_path(Path(episode), VTT) == Path(beside)


def test_all_that_may_lie_there() -> None:
    """No two of one name, none with the ending of a sound or an article."""
    paths = sidecar_paths(Path("out/talk.mp3"))

    assert [path.name for path in paths] == [
        "talk.vtt",
        "talk.srt",
        "talk.json",
        "talk.chapters.json",
        "talk.page.html",
        "talk.manifest.json",
        "talk.cover.jpg",
        "talk.thumb.jpg",
    ]
    assert sidecar_paths(Path("out/talk.mp3"), has_cover=False) == paths[:-2]


def test_each_file_says_what_it_should() -> None:
    """In UTF-8, with what is known of the article."""
    files = files_of(PARTS, PICTURE)

    assert list(files) == [VTT, SRT, JSON, CHAPTERS, PAGE, COVER, THUMB]
    assert files[VTT].decode().startswith("WEBVTT\n")
    assert "lights the lamp — “again”" in " ".join(files[VTT].decode().split())
    assert files[SRT].decode().startswith("1\n00:00:00,000 --> ")
    transcript, chapters = json.loads(files[JSON]), json.loads(files[CHAPTERS])
    assert (transcript["title"], transcript["author"], transcript["url"]) == ("A Light", META.author, META.url)
    assert [item["title"] for item in transcript["chapters"]] == ["One", "Two"]
    assert (chapters["title"], chapters["podcastName"]) == ("A Light", "The Daily Light")
    assert [item["startTime"] for item in chapters["chapters"]] == [0, 1]
    assert (files[COVER], files[THUMB]) == (b"large", b"thumb")
    page = files[PAGE].decode()
    assert all(said in page for said in ("a%20light.mp3", "a%20light.thumb.jpg", "Анна Berg", "if dark: light()"))


def test_there_is_no_file_for_what_there_is_none_of() -> None:
    """Neither chapters nor a cover."""
    files = files_of(meta=Metadata())

    assert list(files) == [VTT, SRT, JSON, PAGE]
    assert not {"author", "url", "chapters"} & set(json.loads(files[JSON]))


@pytest.mark.parametrize("line_chars", [20, 40])
def test_how_long_a_line_of_the_srt_is(line_chars: int) -> None:
    """As long as asked, and no longer."""
    files = files_of(line_chars=line_chars)

    longest = max(len(line) for line in files[SRT].decode().splitlines() if "-->" not in line)
    assert line_chars - 10 < longest <= line_chars
