"""The manifest beside each episode."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manifests import manifest

from narrate.core.article import Block, Metadata
from narrate.core.chapters import Span
from narrate.core.file_names import MANIFEST
from narrate.episode.manifest import Filed, Maker, Passage, filed, from_json, read_head, read_manifest, to_json

META = Metadata("Жук & 🐞", "Anna Berg", date(2024, 10, 25), "en-GB", "https://example.com/a?b=c", "The Daily Light")
FULL = replace(
    manifest("жук", "Жук & 🐞"),
    sidecars={".vtt": Filed("жук.vtt", 0, "b" * 64), ".cover.jpg": Filed("жук.cover.jpg", 7, "c" * 64)},
    meta=META,
    origin="abc",
    chapters=(Span("One", 0, 1000), Span("", 1000, 2500)),
    text=(
        Passage(Block("heading", "Winter", 2)),
        Passage(Block("table", "a | b", rows=(("a", "b"), ("1", ""))), spoken=False),
        Passage(Block("code", "one\n  two")),
    ),
    maker=Maker("1.0", "kokoro", "0.6/abc", "af_heart", "bm_george", 1.25),
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Every field, whatever the script."""
    path = tmp_path / ("жук" + MANIFEST)
    path.write_text(to_json(FULL), encoding="utf-8")

    assert read_manifest(path) == FULL
    assert FULL.stem == "жук"
    assert [file.name for file in FULL.files] == ["жук.mp3", "жук.vtt", "жук.cover.jpg"]


@given(text, text, st.lists(text), st.integers(0, 10**9))
def test_any_text_survives(title: str, author: str, passages: list[str], duration_ms: int) -> None:
    """Any text comes back from a manifest, and equal manifests are equal bytes."""
    made = replace(
        FULL,
        title=f"T{title}",
        duration_ms=duration_ms,
        meta=Metadata(title=title or None, author=author or None),
        text=tuple(Passage(Block("paragraph", passage)) for passage in passages),
    )

    assert from_json(to_json(made)) == made
    assert to_json(from_json(to_json(made))) == to_json(made)


def test_a_person_can_read_it() -> None:
    """A line for each field and each passage; nothing that says nothing."""
    lines = to_json(FULL).splitlines()

    assert '"title": "Жук & 🐞",' in lines
    assert '"added": "2026-01-02T03:04:05Z",' in lines
    assert '{"kind":"heading","text":"Winter","level":2},' in lines
    assert "null" not in "".join(lines)


def test_the_head_is_read_without_the_text(tmp_path: Path) -> None:
    """Which is cheap: what follows need not even be whole."""
    path = tmp_path / "x.manifest.json"
    whole = to_json(FULL)
    path.write_text(whole[: whole.index('"chapters": [') + 30], encoding="utf-8")

    assert read_head(path) == replace(FULL, chapters=(), text=())


@pytest.mark.parametrize("indent", [None, 2])
def test_the_head_of_one_in_another_form(tmp_path: Path, indent: int | None) -> None:
    """Somebody's editor may have put it into order."""
    path = tmp_path / "x.manifest.json"
    path.write_text(json.dumps(json.loads(to_json(FULL)), indent=indent), encoding="utf-8")

    assert read_head(path) == FULL


def _with(**values: Any) -> str:
    return json.dumps(json.loads(to_json(FULL)) | values)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Expecting value"),
        ("[]", "no manifest"),
        ("{}", "no manifest"),
        ("[" * 100_000, "damaged"),
        (_with(narrate_manifest=2), "another version"),
        (_with(guid=""), "damaged"),
        (_with(guid=5), "damaged"),
        (_with(title="\n"), "damaged"),
        (_with(duration_ms=-1), "damaged"),
        (_with(duration_ms="9"), "damaged"),
        (_with(added="yesterday"), "yesterday"),
        (_with(audio=None), "damaged"),
        (_with(audio={"name": "../a.mp3", "size_bytes": 1, "sha256": "a"}), "no name of an episode's file"),
        (_with(audio={"name": "C:a.mp3", "size_bytes": 1, "sha256": "a"}), "no name of an episode's file"),
        (_with(audio={"name": ".narrate-token", "size_bytes": 1, "sha256": "a"}), "no name of an episode's file"),
        (_with(sidecars={".vtt": {"name": "other.vtt", "size_bytes": 1, "sha256": "a"}}), "another episode"),
        (_with(text=[{"kind": "poem"}]), "no kind of block"),
        (_with(text=[[]]), "damaged"),
        (_with(meta={"published": "soon"}), "soon"),
    ],
)
def test_what_is_no_manifest(content: str, message: str) -> None:
    """Is said in words, and names nothing outside its folder."""
    with pytest.raises(ValueError, match=message):
        from_json(content)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Never more than a ValueError."""
    with contextlib.suppress(ValueError):
        from_json(content)


def test_fields_of_later_versions_do_no_harm() -> None:
    """As long as the number is the same."""
    assert from_json(_with(mood="calm")) == FULL


def test_a_file_is_measured(tmp_path: Path) -> None:
    """Under the name that it will have."""
    path = tmp_path / ".a.part"
    path.write_bytes(b"sound")

    assert filed(path, "a.mp3") == Filed("a.mp3", 5, hashlib.sha256(b"sound").hexdigest())
    assert filed(path).name == ".a.part"


def test_times_are_those_of_greenwich() -> None:
    """Wherever the machine is."""
    assert from_json(to_json(FULL)).added == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
