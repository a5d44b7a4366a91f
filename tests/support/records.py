"""What an episode was made from, read back from its manifest: proof that the manifest keeps enough to make it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from narrate.core.article import Aside, Block, Drop, Edit, Metadata, Script, Sound, Utterance, replay
from narrate.core.settings.chosen import recorded_values
from narrate.core.settings.loading import load_settings
from narrate.core.settings.model import Settings
from narrate.episode.manifest import read_manifest


def record_in(path: Path) -> dict[str, Any]:
    """How an episode was made, from the manifest in a file that is a whole one."""
    read_manifest(path)
    found: dict[str, Any] = json.loads(path.read_bytes())["record"]
    return found


def script_in(record: Mapping[str, Any], meta: Metadata) -> Script:
    """The script that an episode was made from."""
    drops = tuple(Drop(_block(drop), drop["rule"], drop["why"]) for drop in record["drops"])
    asides = tuple(Aside(_block(one["block"]), one["before"], one["announced"]) for one in record["asides"])
    return Script(meta, tuple(map(_utterance, record["said"])), drops, asides, tuple(record["doubts"]))


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
    """The settings that an episode was made with, on top of those that do not decide its bytes."""
    given = {name: record["settings"][name] for name in recorded_values(base)}
    unset: dict[str, Any] = {name: None for name, value in given.items() if value is None}
    return replace(load_settings(given, base=base), **unset)  # None is taken by loading for what nobody gave
