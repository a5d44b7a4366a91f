"""Sound that is written while it comes."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import numpy as np
import pytest
from support.clips import silence, sine

from narrate.audio.codec import decode, measure_file, to_int16
from narrate.audio.stream import SoundStream, streamed
from narrate.core.errors import ConfigError
from narrate.core.formats import FORMATS

RATE_HZ = 24_000
PIECES = [to_int16(samples) for samples in (silence(0.2), sine(2.0, level=0.1), silence(0.3), sine(1.0, level=0.1))]

# MP3 has its length in a frame that only files have; its decoder keeps the encoder's 46 ms.
LATE_S = {"mp3": 0.05}


def stream(file: io.BytesIO, name: str, *, stereo: bool = False) -> SoundStream:
    return SoundStream(file, streamed(FORMATS[name]), loudness_lufs=-16.0, true_peak_dbtp=-1.0, stereo=stereo)


@pytest.mark.parametrize("name", ["mp3", "opus", "flac", "wav"])
def test_all_of_it_arrives(name: str) -> None:
    """As long as it was, in every format that can be read while it is written."""
    file = io.BytesIO()
    made = stream(file, name)
    for piece in PIECES:
        made.add(piece, RATE_HZ)
    made.close()

    heard = decode(file.getvalue())
    assert heard.duration_s == pytest.approx(3.5, abs=0.01 + LATE_S.get(name, 0))
    loud = np.abs(heard.samples) > 0.02
    assert loud.argmax() / heard.rate_hz == pytest.approx(0.2, abs=0.01 + LATE_S.get(name, 0))


@pytest.mark.parametrize("name", ["mp3", "opus", "flac", "wav"])
def test_it_does_not_wait_for_more(name: str) -> None:
    """What was given can be heard, but for a quarter of a second, while nothing follows."""
    enough = threading.Event()

    class File(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            written = super().write(data)
            try:
                if decode(self.getvalue()).duration_s > 1.95:
                    enough.set()
            except ValueError:
                pass
            return written

    made = stream(File(), name)
    for piece in PIECES[:2]:
        made.add(piece, RATE_HZ)

    assert enough.wait(20)
    made.close()


@pytest.mark.parametrize("stereo", [False, True])
def test_loudness_and_peaks(stereo: bool, tmp_path: Path) -> None:
    """Near the loudness of files, with their true peak, also where a gain would lift the sound above full scale."""
    file = io.BytesIO()
    made = stream(file, "mp3", stereo=stereo)
    peaky = np.concatenate([sine(2.0, level=0.12), sine(0.005, level=0.7)])
    for _ in range(4):
        made.add(PIECES[0], RATE_HZ)
        made.add(to_int16(peaky), RATE_HZ)
    made.close()

    path = tmp_path / "x.mp3"
    path.write_bytes(file.getvalue())
    measured = measure_file(path)
    assert measured.integrated_lufs == pytest.approx(-16.0, abs=1.0)
    assert measured.true_peak_dbtp <= -1.0


def test_nobody_reads_any_more() -> None:
    """That is what the caller learns, at once or at the next piece, and nothing hangs."""

    class Gone(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            raise BrokenPipeError(32, "Broken pipe")

    made = stream(Gone(), "wav")

    with pytest.raises(BrokenPipeError):
        for _ in range(50):
            made.add(PIECES[1], RATE_HZ)
    with pytest.raises(BrokenPipeError):
        made.close()


def test_a_format_whose_index_comes_last() -> None:
    """M4B is refused, with the others' names."""
    with pytest.raises(ConfigError, match="m4b") as caught:
        streamed(FORMATS["m4b"])

    assert "opus" in caught.value.hint


def test_nothing_was_said() -> None:
    """No byte is written."""
    file = io.BytesIO()
    made = stream(file, "mp3")

    made.close()

    assert not made.has_begun
    assert file.getvalue() == b""
