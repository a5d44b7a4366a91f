"""The files beside an episode: transcripts in three forms, chapters, and the cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Script
from narrate.core.chapters import chapters_json, in_ms
from narrate.core.episode import Chapter, Transcript
from narrate.core.file_names import CHAPTERS, COVER, JSON, MANIFEST, PAGE, SRT, THUMB, VTT
from narrate.core.timecode import to_ms
from narrate.episode.page.page import EpisodePage, episode_page
from narrate.episode.page.passages import Shown
from narrate.episode.reading_order import reading
from narrate.episode.transcript import to_json, to_srt, to_vtt

if TYPE_CHECKING:
    from narrate.episode.cover.cover import Cover


def sidecar_paths(path: Path, stem: str = "", *, has_cover: bool = True) -> tuple[Path, ...]:
    """Return where the files of an episode may lie; chapters are there only if it has some."""
    endings = (VTT, SRT, JSON, CHAPTERS, PAGE, MANIFEST, *([COVER, THUMB] if has_cover else []))
    return tuple(sidecar_path(path, ending, stem) for ending in endings)


def sidecar_path(path: Path, ending: str, stem: str = "") -> Path:
    """The file beside an episode with one of the endings above.

    Args:
        path: The episode.
        ending: Of the file's name.
        stem: What comes before it; "" for the episode's name without its own ending.
    """
    return path.with_name((stem or path.stem) + ending)


def sidecars_of(
    transcript: Transcript,
    chapters: Sequence[Chapter],
    cover: Cover | None,
    script: Script,
    *,
    title: str,
    audio_name: str,
    media_type: str,
    guid: str,
    srt_line_chars: int,
    stem: str = "",
) -> Mapping[str, bytes]:
    """The content of each file, by its ending.

    Args:
        transcript: What is heard and when, a block an utterance of the script.
        chapters: On the same timeline; without any there is no file for them.
        cover: The same.
        script: What was said, and what is only seen.
        title: Of the episode.
        audio_name: Of the sound's file.
        media_type: Of the sound.
        guid: The episode's identity.
        srt_line_chars: Longest line of the SRT.
        stem: What the files are called before their endings; "" for the sound's name without its own.
    """
    meta, rate_hz = script.meta, transcript.rate_hz
    author, url, site = meta.author or "", meta.url or "", meta.site or ""
    texts = {
        VTT: to_vtt(transcript),
        SRT: to_srt(transcript, line_chars=srt_line_chars),
        JSON: to_json(transcript, title=title, author=author, url=url, chapters=chapters),
    }
    if chapters:
        texts[CHAPTERS] = chapters_json(chapters, rate_hz, title=title, author=author, podcast=site)
    page = EpisodePage(
        title,
        transcript.language,
        audio_name,
        media_type,
        to_ms(transcript.duration_samples, rate_hz),
        author,
        site,
        url,
        meta.published,
        (stem or Path(audio_name).stem) + THUMB if cover else "",
        in_ms(chapters, rate_hz),
        tuple(_shown(script, transcript)),
        guid,
    )
    texts[PAGE] = episode_page(page, rate_hz)
    files = {ending: text.encode() for ending, text in texts.items()}
    return files | {COVER: cover.large, THUMB: cover.thumb} if cover else files


def _shown(script: Script, transcript: Transcript) -> Iterator[Shown]:
    for passage, number in reading(script):
        block, timed = passage.block, None if number is None else transcript.blocks[number]
        yield Shown(block.kind, block.level, block.text, block.rows, timed, block.label)
