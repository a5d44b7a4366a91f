"""`narrate speak` for somebody who listens already: `-o -` and `--play`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from support.engines import CountingEngine
from typer.testing import CliRunner

from narrate.audio import player
from narrate.audio.codec import decode
from narrate.cli.app import app
from narrate.core.episode import Audio

# What the command does with an engine that fails at a word.
FAILING = """
import sys
sys.path.insert(0, {tests!r})
import narrate.speech.engines
from support.engines import CountingEngine
narrate.speech.engines.make_engine = lambda settings: CountingEngine(fail_on="hard")
from narrate.cli.app import main
sys.argv = ["narrate", "speak", "lighthouse.txt", "-o", "-", "-f", "wav"]
main()
"""


def narrate(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "narrate", "speak", "lighthouse.txt", "-e", "tone", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def levels(audio: Audio) -> np.ndarray:
    """Of each 50 ms."""
    size = audio.rate_hz // 20
    whole = audio.samples[: len(audio.samples) // size * size].reshape(-1, size)
    return np.sqrt(np.mean(np.square(whole), axis=1))


def clips_kept() -> int:
    return sum(path.is_file() for path in Path(os.environ["NARRATE_CACHE_DIR"], "clips").rglob("*"))


def test_the_stream_is_the_episode(article: Path) -> None:
    """The stream has the episode's clips and pauses, as long to the sample, one gain apart; no file, no other word."""
    streamed = narrate("-o", "-", "-f", "flac")
    filed = narrate("-o", "x.flac")

    heard, made = decode(streamed.stdout), decode(Path("x.flac"))
    assert (streamed.returncode, filed.returncode) == (0, 0)
    assert len(heard.samples) == len(made.samples)
    ours, theirs = levels(heard), levels(made)
    assert np.array_equal(ours > 0.003, theirs > 0.003)
    loud = theirs > 0.05
    assert np.all(np.abs(20 * np.log10(ours[loud] / theirs[loud])) < 2.0)
    assert not Path("output").exists()
    assert not Path("-").exists()


def test_a_reader_who_goes_away(article: Path) -> None:
    """The run ends as Unix tools do, without a word; what was spoken is kept."""
    command = [sys.executable, "-m", "narrate", "speak", "lighthouse.txt", "-e", "tone", "-o", "-", "-f", "wav"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        assert run.stdout.read(1000).startswith(b"RIFF")
        run.stdout.close()
        said = run.stderr.read()

    assert run.returncode == 0
    assert b"narrate:" not in said
    assert b"Traceback" not in said
    assert clips_kept() > 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_stopped_while_the_reader_waits(article: Path) -> None:
    """Ctrl-C is heard although a write is under way that nobody takes."""
    command = [sys.executable, "-m", "narrate", "speak", "lighthouse.txt", "-e", "tone", "-o", "-", "-f", "wav"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(1000)
        run.send_signal(signal.SIGINT)

        assert run.wait(20) == 130
        assert b"stopped" in run.stderr.read()
    assert clips_kept() > 0


def test_an_engine_that_fails_in_the_middle(article: Path) -> None:
    """What was said before is heard to its end, and the exit code is the engine's."""
    program = FAILING.format(tests=str(Path(__file__).parents[1]))
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)

    assert run.returncode == 5
    assert b"choked" in run.stderr
    assert 4.0 < decode(run.stdout).duration_s < 12.0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_terminal_is_no_place_for_sound(article: Path) -> None:
    """It is refused, with what to type instead."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "narrate", "speak", "lighthouse.txt", "-e", "tone", "-o", "-"]
    run = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(theirs)
    os.close(ours)

    assert run.returncode == 2
    assert b"mpv" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "-", "-f", "m4b"], "m4b cannot be read before"),
        (["-o", "-", "--play"], "both take the sound"),
        (["-o", "-", "--json"], "both want standard output"),
        (["-o", "-", "lighthouse.txt"], "takes one article"),
        (["--play", "lighthouse.txt"], "takes one article"),
        (["--play", "--report", "x"], "--report does not go with --play"),
        (["-o", "-", "--cluster", "x:1"], "--cluster does not go with -o -"),
    ],
)
def test_what_does_not_go_together(article: Path, arguments: list[str], message: str) -> None:
    """Each in words, before anything is made."""
    result = CliRunner().invoke(app, ["speak", "lighthouse.txt", "-e", "tone", *arguments])

    assert result.exit_code == 2
    assert message in result.stderr
    assert os.listdir() == ["lighthouse.txt"]


def test_play_without_the_package(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says what to install, and how it goes without."""
    monkeypatch.setattr("narrate.cli.live.find_spec", lambda name: None)

    result = CliRunner().invoke(app, ["speak", "lighthouse.txt", "-e", "tone", "--play"])

    assert result.exit_code == 2
    assert "[play]" in result.stderr
    assert "-o -" in result.stderr


@pytest.mark.extra("play", "miniaudio")
class TestPlay:
    """On a device that keeps time and that nobody hears."""

    @pytest.fixture(autouse=True)
    def _to_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(player, "backends", lambda miniaudio: [miniaudio.Backend.NULL])
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        Path("short.txt").write_text("The Sea\n\nIt froze.", encoding="utf-8")

    def speak(self, *arguments: str) -> str:
        result = CliRunner().invoke(app, ["speak", "short.txt", "-e", "tone", *arguments])
        assert result.exit_code == 0, result.stderr
        return result.stdout.strip()

    def test_the_episode_is_the_same(self) -> None:
        """Byte for byte what it is without --play, with all that lies beside it."""
        played = Path(self.speak("--play", "-o", "a"))
        made = Path(self.speak("-o", "b"))

        names = sorted(path.name for path in played.parent.iterdir())
        assert names == sorted(path.name for path in made.parent.iterdir())
        for name in names:
            if "manifest" not in name and "page" not in name and "json" not in name:
                assert (played.parent / name).read_bytes() == (made.parent / name).read_bytes(), name

    def test_an_episode_that_is_there_is_played(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is spoken for it."""
        path = self.speak("--cover", "none")
        played: list[Path] = []
        monkeypatch.setattr(player.Player, "play_file", lambda self, path: played.append(path))
        monkeypatch.setattr(CountingEngine, "synthesise", None)

        assert self.speak("--cover", "none", "--play") == path
        assert played == [Path(path)]

    def test_music_is_not_heard(self, tmp_path: Path) -> None:
        """That is said, and nobody waits for it."""
        from narrate.audio.encoder import encode
        from narrate.core.formats import FORMATS

        jingle = tmp_path / "jingle.wav"
        noise = (np.sin(np.arange(24_000 * 4) / 9) * 9000).astype(np.int16)
        encode([noise], 24_000, jingle, format=FORMATS["wav"], gain_db=0.0, limit_db=-1.0)

        result = CliRunner().invoke(
            app, ["speak", "short.txt", "-e", "tone", "--play", "--music-before", str(jingle), "--cover", "none"]
        )

        assert result.exit_code == 0
        assert Path(result.stdout.strip()).is_file()
