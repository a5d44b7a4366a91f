"""The pace that one run leaves for the next."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from support.clips import chunk

from narrate.core.forecast import Pace
from narrate.speech.pace import PaceNotes, Pacing, pace_key

KEY = pace_key("tone", "1", 1.0, 2)


def test_it_is_kept_for_what_decides_it() -> None:
    """Another engine, version, speed or number of jobs has a pace of its own."""
    others = [("gtts", "1", 1.0, 2), ("tone", "2", 1.0, 2), ("tone", "1", 1.5, 2), ("tone", "1", 1.0, 1)]

    assert len({KEY, *(pace_key(*other) for other in others)}) == 5


def test_it_comes_back(tmp_path: Path) -> None:
    """A noted pace comes back; what a run did not measure, as its sound was encoded before, stays as it is known."""
    notes = PaceNotes(tmp_path)
    assert notes.load(KEY) is None
    notes.store(KEY, Pace(0.05, 0.001))
    notes.store(KEY, Pace(0.1, None))

    assert PaceNotes(tmp_path).load(KEY) == Pace(0.1, 0.001)


def test_a_pace_that_is_nearly_the_same_is_not_written(tmp_path: Path) -> None:
    """Ten thousand articles write it once."""
    notes = PaceNotes(tmp_path)
    notes.store(KEY, Pace(0.05, 0.001))
    notes.store(KEY, Pace(0.051, 0.00101))

    assert notes.load(KEY) == Pace(0.05, 0.001)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b"7",
        b'{"speak_s": 0.1}',
        b'{"speak_s": "fast", "encode_s": null}',
        b'{"speak_s": -1, "encode_s": null}',
        b'{"speak_s": NaN, "encode_s": null}',
        b'{"speak_s": true, "encode_s": null}',
        b'{"speak_s": 0.1, "encode_s": Infinity}',
        b"[" * 100_000,
        b'{"speak_s": 0.1, "encode_s": null, "x": "' + b"x" * 10_000 + b'"}',
    ],
)
def test_what_is_no_pace_is_none(content: bytes, tmp_path: Path) -> None:
    """Damaged or foreign, it stops nothing, and the next run writes a good one."""
    notes = PaceNotes(tmp_path)
    notes.store(KEY, Pace(0.05))
    (file,) = (tmp_path / "pace").iterdir()
    file.write_bytes(content)

    assert notes.load(KEY) is None
    notes.store(KEY, Pace(0.07))
    assert notes.load(KEY) == Pace(0.07)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Stops nothing either."""
    (tmp_path / "pace").write_text("in the way")
    notes = PaceNotes(tmp_path)

    notes.store(KEY, Pace(0.05))
    assert notes.load(KEY) is None


def test_a_run_leaves_what_it_measured(tmp_path: Path) -> None:
    """The next one knows a time from its beginning; without notes nothing is left anywhere."""
    pieces = [chunk(0, "one chunk of a few words"), chunk(1, "and another")]
    for notes in (None, PaceNotes(tmp_path)):
        pacing = Pacing(notes, "tone", "1", 1.0, 2)
        forecast = pacing.forecast(pieces, None, lambda piece: piece.text)
        assert forecast.estimate().left_s is None
        for piece in pieces:
            forecast.began(piece.index)
        time.sleep(0.01)
        forecast.ended(0)
        pacing.finish(forecast)
        assert (tmp_path / "pace").exists() is bool(notes)
    (file,) = (tmp_path / "pace").iterdir()

    assert json.loads(file.read_bytes())["speak_s"] > 0
    assert Pacing(PaceNotes(tmp_path), "tone", "1", 1.0, 2).forecast(pieces, None, str).estimate().left_s is not None
