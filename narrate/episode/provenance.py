"""Records of the making of an episode, for its manifest: every drop, every edit, every sentence with its time.

It is enough to make the episode again, byte for byte, with the same versions: `script_in` and `settings_in` give
back what the sound was made from. What comes from files of the machine (a cover, music) is named with its checksum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from narrate.core.article import Aside, Block, Drop, Edit, Metadata, Script, Sound, Utterance, replay
from narrate.core.episode import Check, Placed, TimedBlock, Transcript
from narrate.core.settings.loading import load_settings
from narrate.core.settings.model import Settings
from narrate.core.system.files import expanded, sha256_of

# Settings that decide the bytes of an episode once its script is made, and that say nothing of the machine.
DECIDING = (
    "speed",
    "language",
    "loudness_lufs",
    "true_peak_dbtp",
    "format",
    "bitrate_kbps",
    "stereo",
    "sidecars",
    "srt_line_chars",
    "quote_voice",
)

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
        "settings": {name: getattr(settings, name) for name in DECIDING}
        | {"pauses": asdict(settings.pauses), "files": dict(_files(settings))},
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


def script_in(record: Mapping[str, Any], meta: Metadata) -> Script:
    """The script that an episode was made from.

    Raises:
        ValueError: The record is damaged.
    """
    try:
        drops = tuple(Drop(_block(drop), drop["rule"]) for drop in record["drops"])
        asides = tuple(Aside(_block(one["block"]), one["before"], one["announced"]) for one in record["asides"])
        return Script(meta, tuple(map(_utterance, record["said"])), drops, asides)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the record is damaged: {error!r}") from error


def _block(found: Mapping[str, Any]) -> Block:
    return Block(found["kind"], found["text"], found.get("level", 0), tuple(map(tuple, found.get("rows", ()))))


def _utterance(found: Mapping[str, Any]) -> Utterance:
    written = found["written"]
    edits = tuple(
        Edit(rule, start, end, written[start:end], after) for start, end, after, rule in found.get("edits", ())
    )
    sounds = tuple(Sound(*sound) for sound in found.get("sounds", ()))
    return Utterance(
        found["kind"], replay(written, edits), written, found["block"], edits, found.get("level", 0), sounds
    )


def settings_in(record: Mapping[str, Any], base: Settings) -> Settings:
    """The settings that an episode was made with, on top of those that do not decide its bytes.

    Raises:
        ValueError: The record is damaged.
        ConfigError: A value cannot be used.
    """
    try:
        given = {name: record["settings"][name] for name in DECIDING}
        settings = load_settings(given | {"pauses": record["settings"]["pauses"]}, base=base)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the record is damaged: {error!r}") from error
    return replace(settings, language=given["language"], format=given["format"])
