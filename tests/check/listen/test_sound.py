"""Sound in pieces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from narrate.audio.codec import encode_flac
from narrate.check.listen.sound import RATE_HZ, parts, pieces
from narrate.core.episode import Audio


@pytest.fixture
def tone() -> NDArray[np.float32]:
    """Nine seconds that get louder, with half a second of silence from 3.5 s on."""
    time = np.arange(9 * RATE_HZ) / RATE_HZ
    samples = (0.02 + time / 20) * np.sin(2 * np.pi * 220 * time)
    samples[int(3.5 * RATE_HZ) : 4 * RATE_HZ] = 0
    return samples.astype(np.float32)


@pytest.fixture
def file(tone: NDArray[np.float32], tmp_path: Path) -> Path:
    """The sound as a file."""
    path = tmp_path / "a tone.flac"
    path.write_bytes(encode_flac(Audio(tone, RATE_HZ)))
    return path


def test_pieces_are_all_of_the_sound(file: Path, tone: NDArray[np.float32]) -> None:
    """Together they are what went in, each begins where the one before ended, and none is longer than asked for."""
    found = list(pieces(file, piece_ms=4500, searched_ms=1500))
    assert np.abs(np.concatenate([piece.samples for piece in found]) - tone).max() < 1e-4
    lengths = [len(piece.samples) for piece in found]
    assert [piece.start_ms for piece in found] == [sum(lengths[:n]) * 1000 // RATE_HZ for n in range(len(found))]
    assert max(lengths) <= 4.5 * RATE_HZ
    assert {piece.total_ms for piece in found} == {9000}


def test_a_piece_ends_in_silence(file: Path) -> None:
    """No word is cut in two."""
    first = next(pieces(file, piece_ms=4500, searched_ms=1500))
    assert 3.5 * RATE_HZ <= len(first.samples) <= 4 * RATE_HZ


def test_a_short_sound_is_one_piece(file: Path) -> None:
    """The usual piece is longer than this."""
    assert [len(piece.samples) for piece in pieces(file)] == [9 * RATE_HZ]


def test_another_rate_and_stereo_are_brought_to_one(tmp_path: Path) -> None:
    """24 kHz becomes 16 kHz, and the length in time remains."""
    path = tmp_path / "b.flac"
    path.write_bytes(encode_flac(Audio(np.zeros(48_000, np.float32), 24_000)))
    assert sum(len(piece.samples) for piece in pieces(path)) == pytest.approx(2 * RATE_HZ, abs=64)


def test_parts_are_stretches_of_the_sound(
    file: Path, tone: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stretches within a piece, over several and beyond the end, also one over another, are what lies there."""
    monkeypatch.setattr("narrate.check.listen.sound.pieces", lambda path: pieces(path, piece_ms=3000, searched_ms=500))
    spans = [(0, 1000), (500, 8000), (2000, 2500), (8500, 20_000)]
    found = list(parts(file, spans))
    assert [piece.start_ms for piece in found] == [0, 500, 2000, 8500]
    for piece, (start_ms, end_ms) in zip(found, spans, strict=True):
        part = tone[start_ms * 16 : end_ms * 16]
        assert len(piece.samples) == pytest.approx(len(part), abs=32)
        assert np.abs(piece.samples[: len(part)][:8000] - part[: len(piece.samples)][:8000]).max() < 0.05


def test_no_sound_is_said_to_be_none(tmp_path: Path) -> None:
    """Text, an empty file, a missing one."""
    path = tmp_path / "c.mp3"
    for data in (b"", b"just text, and no sound at all"):
        path.write_bytes(data)
        with pytest.raises(ValueError, match="not audio"):
            list(pieces(path))
    with pytest.raises(OSError, match="c2"):
        list(pieces(tmp_path / "c2.mp3"))
