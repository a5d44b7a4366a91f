"""`narrate watch`: rounds, their times and their end."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from support.command import begun, narrate

from narrate.cli.commands.watch import seconds_of
from narrate.core.errors import ConfigError


@pytest.fixture(autouse=True)
def no_covers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Covers take longer to draw than all else here."""
    monkeypatch.setenv("NARRATE_COVER", "none")


@pytest.mark.slow
def test_watching_once(folder: Path) -> None:
    """What is new is spoken and published; another round finds nothing to do."""
    watch = ("watch", "in", "--once", "-e", "tone", "--base-url", "https://example.com/pod")

    first, second = narrate(*watch), narrate(*watch)

    assert [first.returncode, second.returncode] == [0, 0]
    assert len(first.stdout.splitlines()) == 2
    assert second.stdout == ""
    assert Path("output/feed.xml").read_text().count("<item>") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to handle")
@pytest.mark.slow
def test_watching_until_told(folder: Path) -> None:
    """An article that comes later is spoken, and SIGTERM ends it without a traceback."""
    with begun("watch", "in", "-e", "tone", "--every", "1s") as process:
        assert process.stdout
        for _ in range(2):
            process.stdout.readline()
        (folder / "later.txt").write_text("Later\n\nA later one.")

        assert process.stdout.readline() == f"{Path('output', 'later.mp3')}\n"

        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), ("1.5 H", 5400), ("1d", 86_400)])
def test_times(text: str, seconds: float) -> None:
    """A number and a unit."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "0s", "-1m", "1w", "1h30m"])
def test_what_is_no_time(text: str) -> None:
    """An error that shows how to write one."""
    with pytest.raises(ConfigError) as caught:
        seconds_of(text)

    assert "15m" in caught.value.hint
