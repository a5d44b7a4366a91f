"""The files beside an episode: transcripts in three forms, chapters, and the cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from narrate.article import Metadata
from narrate.chapters import chapters_json
from narrate.cover import Cover
from narrate.episode import Chapter, Transcript
from narrate.transcript import to_json, to_srt, to_vtt

# What follows the episode's name without its ending. An article may well lie beside its episode, with a picture of
# the same name, so the cover's ending is a longer one.
VTT, SRT, JSON, CHAPTERS, COVER = ".vtt", ".srt", ".json", ".chapters.json", ".cover.jpg"


def sidecar_paths(path: Path, *, has_cover: bool = True) -> tuple[Path, ...]:
    """Where the files of an episode may lie; chapters are there only if it has some."""
    endings = (VTT, SRT, JSON, CHAPTERS, *([COVER] if has_cover else []))
    return tuple(sidecar_path(path, ending) for ending in endings)


def sidecar_path(path: Path, ending: str) -> Path:
    """The file beside an episode with one of the endings above."""
    return path.with_name(path.stem + ending)


def sidecars_of(
    transcript: Transcript,
    chapters: Sequence[Chapter],
    cover: Cover | None,
    meta: Metadata,
    *,
    title: str,
    srt_line_chars: int,
) -> Mapping[str, bytes]:
    """The content of each file, by its ending.

    Args:
        transcript: What is heard and when.
        chapters: On the same timeline; without any there is no file for them.
        cover: The same.
        meta: Of the article.
        title: Of the episode.
        srt_line_chars: Longest line of the SRT.
    """
    author, url = meta.author or "", meta.url or ""
    texts = {
        VTT: to_vtt(transcript),
        SRT: to_srt(transcript, line_chars=srt_line_chars),
        JSON: to_json(transcript, title=title, author=author, url=url, chapters=chapters),
    }
    if chapters:
        site = meta.site or ""
        texts[CHAPTERS] = chapters_json(chapters, transcript.rate_hz, title=title, author=author, podcast=site)
    files = {ending: text.encode() for ending, text in texts.items()}
    return files | {COVER: cover.large} if cover else files
