"""An article's own description and tags stand in the sound's file, in each format's own place."""

from __future__ import annotations

from pathlib import Path

import mutagen
import pytest
from support.command import narrate

ARTICLE = "---\ntitle: A Light\ndescription: On lamps.\ntags: [sea, oil]\n---\n\nThe lamp is lit.\n"


@pytest.mark.parametrize(
    ("format", "keywords", "description"),
    [
        ("mp3", "TXXX:KEYWORDS", None),
        ("m4b", "keyw", "desc"),
        ("opus", "keywords", "description"),
        ("flac", "keywords", "description"),
    ],
)
def test_description_and_keywords(format: str, keywords: str, description: str | None) -> None:
    """The description takes the place of the first words."""
    Path("a.md").write_text(ARTICLE)
    assert narrate("speak", "a.md", "-e", "tone", "-f", format).returncode == 0
    tags = mutagen.File(f"output/a-light.{format}").tags

    assert [str(text) for text in tags[keywords]] == ["sea, oil"]
    assert description is None or list(tags[description]) == ["On lamps."]
