"""Episodes of a library that were never spoken."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from narrate.core.article import Block
from narrate.core.file_names import MANIFEST
from narrate.episode.manifest import Filed, Manifest, Passage, to_json

ADDED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

SOUND = b"sound"


def manifest(stem: str, title: str = "A Light at Sea", **others: Any) -> Manifest:
    """The manifest of an episode that lies beside nothing."""
    audio = Filed(f"{stem}.mp3", len(SOUND), hashlib.sha256(SOUND).hexdigest())
    fields = {"guid": f"guid of {stem}", "language": "en", "added": ADDED, "duration_ms": 2500} | others
    return Manifest(title=title, media_type="audio/mpeg", audio=audio, **fields)


def put(folder: Path, stem: str, title: str = "A Light at Sea", *, words: str = "", **others: Any) -> Manifest:
    """Lay an episode into a folder: a file for the sound, and the manifest."""
    passages = tuple(Passage(Block("paragraph", line)) for line in words.splitlines())
    made = manifest(stem, title, text=passages, **others)
    folder.mkdir(exist_ok=True)
    (folder / made.audio.name).write_bytes(SOUND)
    (folder / (stem + MANIFEST)).write_text(to_json(made), encoding="utf-8")
    return made


def days_later(days: int) -> datetime:
    """Return a moment so many days after the first episode."""
    return ADDED + timedelta(days=days)
