"""Records of the making of an episode, for its manifest: every drop, every edit, every sentence with its time.

It is enough to make the episode again, byte for byte, with the same versions. What comes from
files of the machine (a cover, music) is named with its checksum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from narrate.core.article import Aside, Block, Script, Utterance
from narrate.core.episode import Check, Placed, TimedBlock, Transcript
from narrate.core.settings.model import Settings, recorded_values
from narrate.core.system.files import expanded, sha256_of

Record = dict[str, Any]


def record_of(script: Script, settings: Settings, transcript: Transcript, placed: Sequence[Placed]) -> Record:
    """Return everything worth keeping, as JSON takes it; times are in samples of `rate_hz`.

    Args:
        script: What was said, and what was not.
        settings: Of the run.
        transcript: A block an utterance.
        placed: Every chunk on the timeline.
    """
    return {
        "settings": recorded_values(settings) | {"files": dict(_files(settings))},
        "rate_hz": transcript.rate_hz,
        "said": [_said(*pair) for pair in zip(script.utterances, transcript.blocks, strict=True)],
        "chunks": [_chunk(item) for item in placed],
        "asides": [_aside(aside) for aside in script.asides],
        "drops": [{"rule": drop.rule, **_full(drop.block)} for drop in script.drops],
    }


def _files(settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """Files that went into the sound or the cover: by name and content, as their folders are nobody's business."""
    given = {"cover": settings.cover, "music_before": settings.music.before, "music_after": settings.music.after}
    for use, file in given.items():
        path = expanded(file) if file else None
        if path and path.is_file():
            yield use, {"name": path.name, "sha256": sha256_of(path)}


def _said(utterance: Utterance, block: TimedBlock) -> Record:
    said: Record = {"kind": utterance.kind, "block": utterance.block, "written": utterance.written}
    if utterance.level:
        said["level"] = utterance.level
    if utterance.edits:
        said["edits"] = [[edit.start_char, edit.end_char, edit.after, edit.rule] for edit in utterance.edits]
    if utterance.sounds:
        said["sounds"] = [[sound.start_char, sound.end_char, sound.ipa, sound.rule] for sound in utterance.sounds]
    said["sentences"] = [
        [one.words[0].start_char, one.words[-1].end_char, one.start_sample, one.end_sample] for one in block.sentences
    ]
    return said


def _chunk(item: Placed) -> Record:
    chunk = item.chunk
    voice = {"voice": chunk.voice} if chunk.voice else {}
    return {
        "said": chunk.utterance,
        "chars": [chunk.start_char, chunk.end_char],
        "samples": [item.start_sample, item.end_sample],
        **voice,
        **_checks(item.checks),
    }


def _checks(checks: Sequence[Check]) -> Record:
    """Return what was measured, by rule, to four figures; what is wrong in full."""
    bad = [asdict(check) for check in checks if not check.passed]
    measured = {check.name: float(f"{check.value:.4g}") for check in checks if check.passed}
    return {"checks": measured, **({"failed": bad} if bad else {})}


def _aside(aside: Aside) -> Record:
    return {"block": _full(aside.block), "before": aside.before, "announced": aside.announced}


def _full(block: Block) -> Record:
    values = {"kind": block.kind, "text": block.text}
    return {**values, **({"level": block.level} if block.level else {}), **({"rows": block.rows} if block.rows else {})}
