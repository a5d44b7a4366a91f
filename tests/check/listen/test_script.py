"""The transcript, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.listening import script_of

from narrate.check.listen import read_script
from narrate.check.listen.script import from_json
from narrate.core.errors import SourceError
from narrate.episode.transcript import to_json

SCRIPT = script_of("Anna kept the light. She slept by day.", "“No,” she says.", language="en-GB")


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """All blocks, sentences, words and times come back as they were."""
    path = tmp_path / "a.json"
    path.write_text(to_json(SCRIPT, title="The Light", author="Anna"), encoding="utf-8")
    assert read_script(path) == SCRIPT


def changed(**values: Any) -> str:
    """The file with other values in its first block."""
    found = json.loads(to_json(SCRIPT, title="The Light"))
    found["blocks"][0] |= values
    return json.dumps(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version":"1.0.0","segments":[]}',
        '{"blocks":3}',
        '{"blocks":[],"rate_hz":0,"duration_samples":0,"language":"en"}',
        '{"blocks":[7],"rate_hz":24000,"duration_samples":0,"language":"en"}',
        "[" * 100_000,
        changed(kind="poem"),
        changed(text="short"),
        changed(text=7),
        changed(sentences=[]),
        changed(sentences=[{"words": []}]),
        changed(sentences=[{"words": [{"text": "a"}]}]),
        changed(start_sample=-1),
        changed(start_sample=True),
        changed(sentences=json.loads(changed())["blocks"][0]["sentences"][::-1]),
    ],
)
def test_anything_else_is_refused(text: str, tmp_path: Path) -> None:
    """Other files, damaged ones, and transcripts of others: one error that names the file."""
    with pytest.raises(ValueError, match=r"\w"):
        from_json(text)
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.json is no transcript of narrate"):
        read_script(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The error has the name and what to do."""
    with pytest.raises(SourceError, match=r"b\.json cannot be read") as caught:
        read_script(tmp_path / "b.json")
    assert caught.value.hint
