"""An episode as a whole: its sound, its tags, its chapters, and what lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from narrate.check.audio import AUDIO_RULES, READABLE_RULES, Heard
from narrate.check.chapters import check_chapters_file, check_marks
from narrate.check.cover import check_cover
from narrate.check.finding import Finding, applied
from narrate.check.manifests import Kept, check_manifest, kept_beside
from narrate.check.sound import listen
from narrate.check.tags import TAG_RULES, Tags, read_tags
from narrate.check.transcripts import check_transcript
from narrate.core.file_names import CHAPTERS, COVER, JSON, SRT, VTT

# What is looked at beside the sound, given how long the sound is, where that is known.
_BESIDE: Mapping[str, Callable[[Path, int | None], Iterator[Finding]]] = {
    VTT: check_transcript,
    SRT: check_transcript,
    JSON: check_transcript,
    CHAPTERS: check_chapters_file,
    COVER: lambda path, duration_ms: check_cover(path),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in an episode, what its manifest says, and its length (None where it cannot be decoded)."""

    findings: tuple[Finding, ...]
    kept: Kept
    duration_ms: int | None


def check_episode(path: Path) -> Checked:
    """Look at an episode; whatever is in its files, this raises nothing.

    Args:
        path: A sound file that ends like one of narrate's formats.
    """
    kept = kept_beside(path)
    manifest_ms = kept.manifest.duration_ms if kept.manifest and kept.is_own else None
    sound = listen(path)
    duration_ms = None if sound.problem else sound.duration_ms
    findings = list(applied(READABLE_RULES, Heard(sound, Tags(), manifest_ms), path.name))
    if duration_ms is not None:
        tags = read_tags(path, sound.format)
        findings += applied(AUDIO_RULES, Heard(sound, tags, manifest_ms), path.name)
        findings += applied(TAG_RULES, tags, path.name)
        untitled = tags.contents.untitled
        marks = [replace(mark, title="") if mark.title in untitled else mark for mark in sound.marks]
        findings += check_marks(marks, duration_ms, path.name)
    findings += check_manifest(kept)
    findings += _beside(path, kept, duration_ms)
    return Checked(tuple(findings), kept, duration_ms)


def sidecars_beside(path: Path, kept: Kept) -> dict[str, Path]:
    """The files of an episode that can be looked at: those of its manifest, else those that bear its name."""
    manifest = kept.manifest if kept.is_own else None
    named, stem = (manifest.sidecars, manifest.stem) if manifest else (_BESIDE, path.stem)
    paths = {ending: path.with_name(stem + ending) for ending in _BESIDE if ending in named}
    return {ending: beside for ending, beside in paths.items() if beside.is_file()}


def check_file(path: Path, duration_ms: int | None) -> Iterator[Finding]:
    """Look at a file of an episode by how its name ends; others are not looked at."""
    ending = next((ending for ending in (CHAPTERS, COVER, VTT, SRT, JSON) if path.name.endswith(ending)), None)
    if ending is not None:
        yield from _BESIDE[ending](path, duration_ms)
    elif path.suffix.lower() in (".jpg", ".jpeg", ".png"):
        yield from check_cover(path)


def _beside(path: Path, kept: Kept, duration_ms: int | None) -> Iterator[Finding]:
    for ending, beside in sidecars_beside(path, kept).items():
        yield from _BESIDE[ending](beside, duration_ms)
