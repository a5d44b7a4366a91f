"""Who of a dialogue is named in a feed, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from narrate.core.article import Metadata
from narrate.episode.manifest import Filed, Manifest, from_json, to_json
from narrate.publish.feed import _people

VOICES = {"Anna Berg": "high", "Ben Okafor": "low", "Moderator": "middle", "Audience Member": "low"}


def _episode(author: str | None, speakers: Mapping[str, str]) -> Manifest:
    sound = Filed("talk.mp3", 1, "0" * 64)
    added = datetime(2026, 3, 1, tzinfo=UTC)
    return Manifest(
        "g", "Talk", "en", added, 1000, "audio/mpeg", sound, meta=Metadata(author=author), speakers=speakers
    )


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("Anna Berg", [("Anna Berg", "host"), ("Ben Okafor", "guest")]),
        ("Carla Diaz", []),
        (None, []),
    ],
)
def test_roles_are_told_where_they_are_known(author: str | None, people: list[tuple[str, str]]) -> None:
    """The author who speaks has guests; of others nobody knows who asked whom, and roles are no people."""
    assert _people(_episode(author, VOICES)) == people


def test_a_manifest_keeps_its_speakers() -> None:
    """Who spoke with which voice is read back; without a dialogue nothing is written of it."""
    assert from_json(to_json(_episode(None, VOICES))).speakers == VOICES
    assert "speakers" not in to_json(_episode(None, {}))
