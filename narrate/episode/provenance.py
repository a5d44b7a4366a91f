"""Records of the making of an episode, for its manifest: every drop, every edit, every sentence with its time.

It is enough to make the episode again, byte for byte, with the same versions. What comes from
files of the machine (a cover, music) is named with its checksum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import NotRequired, TypedDict

from narrate.core.article import Aside, Block, Script, Utterance
from narrate.core.episode import Check, Placed, TimedBlock, Transcript
from narrate.core.settings.chosen import recorded_values
from narrate.core.settings.model import Settings
from narrate.core.system.files import expanded, sha256_of


class FullBlock(TypedDict):
    """A block with all its words."""

    kind: str
    text: str
    level: NotRequired[int]
    rows: NotRequired[tuple[tuple[str, ...], ...]]


class Dropped(FullBlock):
    """A block that is not said, the rule that dropped it, and what decided where the rule's name does not say it."""

    rule: str
    why: str


class SetAside(TypedDict):
    """A block that is shown and not said, the index of the block it stands before, and whether that is said of it."""

    block: FullBlock
    before: int
    announced: bool


class Changes(TypedDict, total=False):
    """Parts of an utterance's record that not every one has.

    Edits are start, end, what is said and the rule; sounds are start, end, IPA and the rule.
    """

    level: int
    edits: list[list[int | str]]
    sounds: list[list[int | str]]


class Said(Changes):
    """An utterance; sentences are their first and last character, and their first and last sample."""

    kind: str
    block: int
    written: str
    sentences: list[list[int]]


class Voiced(TypedDict, total=False):
    """The voice of a chunk, where it is not that of the episode."""

    voice: str


class Checks(TypedDict):
    """Figures measured of a chunk, by rule, and all that is known of those that were wrong."""

    checks: dict[str, float]
    failed: NotRequired[list[dict[str, object]]]


class SpokenChunk(Voiced, Checks):
    """A chunk: the index of its utterance, its characters there, and its samples in the sound."""

    said: int
    chars: list[int]
    samples: list[int]


class Record(TypedDict):
    """The making of an episode; times are in samples of `rate_hz`."""

    settings: dict[str, object]
    rate_hz: int
    said: list[Said]
    chunks: list[SpokenChunk]
    asides: list[SetAside]
    drops: list[Dropped]
    doubts: list[str]


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
        "drops": [{"rule": drop.rule, "why": drop.why, **_full(drop.block)} for drop in script.drops],
        "doubts": list(script.doubts),
    }


def _files(settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """Files that went into the sound or the cover: by name and content, as their folders are nobody's business."""
    given = {"cover": settings.cover, "music_before": settings.music.before, "music_after": settings.music.after}
    for use, file in given.items():
        path = expanded(file) if file else None
        if path and path.is_file():
            yield use, {"name": path.name, "sha256": sha256_of(path)}


def _said(utterance: Utterance, block: TimedBlock) -> Said:
    return {
        "kind": utterance.kind,
        "block": utterance.block,
        "written": utterance.written,
        **_changes(utterance),
        "sentences": [
            [one.words[0].start_char, one.words[-1].end_char, one.start_sample, one.end_sample]
            for one in block.sentences
        ],
    }


def _changes(utterance: Utterance) -> Changes:
    found: Changes = {}
    if utterance.level:
        found["level"] = utterance.level
    if utterance.edits:
        found["edits"] = [[edit.start_char, edit.end_char, edit.after, edit.rule] for edit in utterance.edits]
    if utterance.sounds:
        found["sounds"] = [[sound.start_char, sound.end_char, sound.ipa, sound.rule] for sound in utterance.sounds]
    return found


def _chunk(item: Placed) -> SpokenChunk:
    chunk = item.chunk
    voice: Voiced = {"voice": chunk.voice} if chunk.voice else {}
    return {
        "said": chunk.utterance,
        "chars": [chunk.start_char, chunk.end_char],
        "samples": [item.start_sample, item.end_sample],
        **voice,
        **_checks(item.checks),
    }


def _checks(checks: Sequence[Check]) -> Checks:
    """Return what was measured, by rule, to four figures; what is wrong in full."""
    found: Checks = {"checks": {check.name: float(f"{check.value:.4g}") for check in checks if check.passed}}
    if bad := [asdict(check) for check in checks if not check.passed]:
        found["failed"] = bad
    return found


def _aside(aside: Aside) -> SetAside:
    return {"block": _full(aside.block), "before": aside.before, "announced": aside.announced}


def _full(block: Block) -> FullBlock:
    found: FullBlock = {"kind": block.kind, "text": block.text}
    if block.level:
        found["level"] = block.level
    if block.rows:
        found["rows"] = block.rows
    return found
