"""Sound that is played, here to nobody: miniaudio's null device keeps time as a real one does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.clips import silence, sine
from support.extras import require_extra

from narrate.audio import player
from narrate.audio.codec import to_int16
from narrate.audio.encoder import encode
from narrate.audio.player import NULL, Player, backends
from narrate.core.errors import OutputError
from narrate.core.formats import FORMATS

require_extra("play", "miniaudio")
import miniaudio  # noqa: E402  only where it is there

pytestmark = pytest.mark.extra("play", "miniaudio")

RATE_HZ = 24_000


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What went to the device."""
    heard: list[bytes] = []

    class Device(miniaudio.PlaybackDevice):  # type: ignore[misc]
        def start(self, feed: Any) -> None:
            def noted() -> Any:
                frames = yield b""
                while True:
                    data = feed.send(frames)
                    heard.append(data)
                    frames = yield data

            generator = noted()
            next(generator)
            super().start(generator)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", Device)
    monkeypatch.setattr(player, "backends", lambda miniaudio: [miniaudio.Backend.NULL])
    return heard


def made(folder: Path) -> Player:
    return Player(loudness_lufs=-16.0, true_peak_dbtp=-1.0, folder=folder / "new")


def sounding_s(handed_over: list[bytes], rate_hz: int) -> float:
    """How long there was sound; a busy machine may leave gaps of silence in it."""
    samples = np.frombuffer(b"".join(handed_over), dtype="<i2")
    return np.count_nonzero(samples) / rate_hz


def test_all_of_it_is_played(handed_over: list[bytes], tmp_path: Path) -> None:
    """In order, at its loudness, and `wait` waits for its end."""
    playing = made(tmp_path)
    for piece in (silence(0.1), sine(0.6, level=0.05), silence(0.1)):
        playing.add(to_int16(piece), RATE_HZ)
    playing.wait()
    playing.close()

    assert sounding_s(handed_over, RATE_HZ) == pytest.approx(0.6, abs=0.02)
    assert len(b"".join(handed_over)) > 0.8 * RATE_HZ * 2


def test_a_file_is_played(handed_over: list[bytes], tmp_path: Path) -> None:
    """Of a format that the package itself cannot decode, too."""
    path = tmp_path / "x.opus"
    encode([to_int16(sine(0.5))], RATE_HZ, path, format=FORMATS["opus"], gain_db=0.0, limit_db=-1.5)
    playing = made(tmp_path)
    playing.play_file(path)
    playing.wait()
    playing.close()

    assert sounding_s(handed_over, 48_000) == pytest.approx(0.5, abs=0.05)


def test_it_stops_at_once(handed_over: list[bytes], tmp_path: Path) -> None:
    """Without waiting for what is left."""
    playing = made(tmp_path)
    playing.add(to_int16(sine(30.0)), RATE_HZ)

    playing.close()

    assert len(b"".join(handed_over)) < 10 * RATE_HZ * 2


def test_no_loudspeaker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An error that says what to do; never silence instead of sound."""

    def none(**options: Any) -> None:
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    with pytest.raises(OutputError, match="nothing here to play") as caught:
        made(tmp_path).add(to_int16(sine(0.1)), RATE_HZ)

    assert "-o -" in caught.value.hint
    assert NULL not in [one.name for one in backends(miniaudio)]


def test_a_file_that_is_no_sound(handed_over: list[bytes], tmp_path: Path) -> None:
    """It says so."""
    path = tmp_path / "x.mp3"
    path.write_bytes(b"no sound")

    with pytest.raises(OutputError, match="cannot be played"):
        made(tmp_path).play_file(path)


def test_a_machine_without_a_device(tmp_path: Path) -> None:
    """One error and its hint before anything is spoken; what libraries in C say of it is for nobody."""
    if has_device():
        pytest.skip("there is a device to play on")
    (tmp_path / "a.txt").write_text("A title\n\nThe keeper lights the lamp.\n")
    environment = {**os.environ, "NARRATE_ENGINE": "tone", "NARRATE_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "narrate", "speak", "a.txt", "--play", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == OutputError.exit_code
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert "-o - | mpv -" in done.stderr
    assert not (tmp_path / "out").exists()


def has_device() -> bool:
    try:
        player.require_device()
    except OutputError:
        return False
    return True


def test_what_c_prints_while_a_device_is_opened(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Goes nowhere, and what is printed after it is seen."""

    def noisy(**options: Any) -> None:
        os.write(2, b"ALSA lib confmisc.c: cannot find card '0'\n" * 25)
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", noisy)
    with pytest.raises(OutputError):
        player.require_device()
    os.write(2, b"after it\n")

    assert capfd.readouterr().err == "after it\n"
