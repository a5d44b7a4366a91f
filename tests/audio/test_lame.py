"""MP3 frames by LAME, in a file that FFmpeg's muxer writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import numpy as np
import pytest
from support.clips import sine

from narrate.audio.codec import decode, to_int16
from narrate.audio.encoder import encode
from narrate.audio.lame import DELAY_SAMPLES, FRAME_SAMPLES
from narrate.core.formats import FORMATS

RATE_HZ = 24_000


def written(samples: np.ndarray, kbps: int = 96, *, stereo: bool = False) -> Path:
    """An MP3 file of that sound."""
    path = Path("sound.mp3")
    mp3 = FORMATS["mp3"]
    encode([to_int16(samples)], RATE_HZ, path, format=mp3, gain_db=0, limit_db=-1.5, bitrate_kbps=kbps, stereo=stereo)
    return path


def info(path: Path) -> tuple[int, int, int]:
    """Frames, and samples of delay and padding, as the Info header has them (gabriel.mp3-tech.org/mp3infotag.html)."""
    head = path.read_bytes()[:400]
    at = head.index(b"Info")
    extra = at + 120 + 21
    delay_and_padding = int.from_bytes(head[extra : extra + 3], "big")
    return int.from_bytes(head[at + 8 : at + 12], "big"), delay_and_padding >> 12, delay_and_padding & 0xFFF


@pytest.mark.parametrize("stereo", [False, True])
@pytest.mark.parametrize("samples", [80, 600, 1151, 5000, 5016, 5017, 24_000, 100_001])
def test_the_length_is_exact(samples: int, stereo: bool) -> None:
    """Whatever is left of the last frame, and also where a whole frame at the end is none."""
    path = written(sine(samples / RATE_HZ), stereo=stereo)

    length = samples * 44_100 / RATE_HZ
    assert abs(len(decode(path).samples) - length) < 1
    frames, delay, padding = info(path)
    assert delay == 576
    assert abs(frames * FRAME_SAMPLES - delay - padding - length) < 1


@pytest.mark.parametrize("kbps", FORMATS["mp3"].bitrates_kbps)
def test_every_frame_has_the_rate(kbps: int) -> None:
    """Frames are cut where they end, at every bit rate, and none is lost."""
    path = written(sine(2.0), kbps)

    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
    assert {packet.size - FRAME_SAMPLES * kbps * 125 // 44_100 for packet in packets} <= {0, 1}
    assert len(packets) == info(path)[0]
    assert len(packets) == -(-(2 * 44_100 + DELAY_SAMPLES) // FRAME_SAMPLES)


def test_encoders_in_several_threads_do_not_disturb_each_other() -> None:
    """Each file has its own sound, though the library lets other threads run meanwhile."""

    def tone_hz(number: int) -> int:
        path = Path(f"{number}.mp3")
        # As many of its 220 cycles in a second as the rate is lower than it says.
        samples = to_int16(sine(number, rate_hz=RATE_HZ // number))[:RATE_HZ]
        encode([samples], RATE_HZ, path, format=FORMATS["mp3"], gain_db=0, limit_db=-1.5)
        return int(np.abs(np.fft.rfft(decode(path).samples[:44_100])).argmax())

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(tone_hz, [1, 2, 3, 4])) == [220, 440, 660, 880]
