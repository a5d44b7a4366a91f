"""The voices that a folder keeps for the people of its episodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.errors import OutputError
from narrate.library.show_cast import SHOW_CAST, ShowCast


def test_voices_are_kept_by_group(tmp_path: Path) -> None:
    """What was given is there the next time, for that engine and language alone; odd names come back whole."""
    show = ShowCast(tmp_path / "new")
    with show.changed("tone.en") as voices:
        voices['Anna "Ann" Berg \\'] = "high"
    with show.changed("tone.de") as voices:
        assert voices == {}
    with show.changed("tone.en") as voices:
        assert voices == {'Anna "Ann" Berg \\': "high"}


@pytest.mark.parametrize("text", ["[tone", '["tone.en"]\nAnna = 1\n', 'tone = "en"\n'])
def test_a_damaged_file_is_named_and_left(tmp_path: Path, text: str) -> None:
    """A file that is no cast is told of, and not written over."""
    (tmp_path / SHOW_CAST).write_text(text)
    with pytest.raises(OutputError, match=SHOW_CAST), ShowCast(tmp_path).changed("tone.en"):
        pass
    assert (tmp_path / SHOW_CAST).read_text() == text
