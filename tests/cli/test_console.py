"""How far a run is, in words."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
from pathlib import Path

import pytest

from narrate.cli.console import PlainProgress, errors_shown, progress_shown, show_error, unheard_of
from narrate.core.errors import SourceError
from narrate.core.progress import Progress

# A name of two lines that turns what follows red, and names the window.
NASTY = "two\nlines\x1b[31m\x1b]0;mine\x07.txt"
SHOWN = "two\\nlines\\x1b[31m\\x1b]0;mine\\x07.txt"


class Clock:
    """Time that passes when it is told to."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_plain_progress_is_rare_and_measured() -> None:
    """A line at the start of each stage and one in ten seconds; the rest follows from what the stage took so far."""
    stream, clock = io.StringIO(), Clock()
    show = PlainProgress("a.txt", stream, clock)
    for second in range(0, 50, 2):
        clock.now_s = float(second)
        show(Progress("speak", second * 10, 1000))
    for second in range(50, 64, 2):
        clock.now_s = float(second)
        show(Progress("encode", (second - 50) * 10, 200))

    assert stream.getvalue().splitlines() == [
        "speaking a.txt",
        "speaking a.txt: 10%, about 1:30 left",
        "speaking a.txt: 20%, about 1:20 left",
        "speaking a.txt: 30%, about 1:10 left",
        "speaking a.txt: 40%, about 1:00 left",
        "encoding a.txt",
        "encoding a.txt: 50%, about 0:10 left",
    ]


def test_progress_that_cannot_be_shown() -> None:
    """Stops no work, and what was not shown is no error later on."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        show = PlainProgress("a.txt", stream)
        show(Progress("speak", 0, 10))
        show(Progress("encode", 0, 10))


def test_other_errors_are_heard_of() -> None:
    """Only the stream's own are let go."""
    with tempfile.TemporaryFile("w") as stream, unheard_of(stream):
        print("told", file=stream, flush=True)
        assert stream.tell() == 5


@pytest.mark.parametrize("debug", [False, True])
def test_an_error_is_one_line_and_its_hint_another(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the names in it hold; a traceback is printable, too."""
    show_error(SourceError(f"{NASTY} does not exist", f"mv '{NASTY}' a.txt"), about=NASTY, debug=debug)

    shown = capsys.readouterr().err
    assert shown.endswith(f"narrate: {SHOWN} does not exist\n  hint: mv '{SHOWN}' a.txt\n")
    assert shown.replace("\n", "").isprintable()
    assert (shown.count("\n") == 2) is not debug


def test_what_an_error_is_about_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Unless the message names it."""
    show_error(SourceError("it is empty"), about=NASTY, debug=False)
    show_error(SourceError(f"{SHOWN} is empty"), about=NASTY, debug=False)

    assert capsys.readouterr().err == f"narrate: {SHOWN}: it is empty\nnarrate: {SHOWN} is empty\n"


def test_an_error_of_the_file_system_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the file."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    with errors_shown(debug=False):
        Path(NASTY, "a").read_text()

    assert codes == [6]
    assert capsys.readouterr().err.startswith(f"narrate: {SHOWN}{os.sep}a cannot be used: No such file or directory\n")


def test_a_warning_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes to standard error, with the name of the command in front."""
    monkeypatch.setattr(logging.root, "handlers", [])
    with errors_shown(debug=False):
        logging.getLogger("narrate.pipeline.destination").warning("%s stays", NASTY)
        logging.getLogger("narrate.pipeline.destination").info("nobody asked")

    assert capsys.readouterr().err == f"narrate: {SHOWN} stays\n"


def test_progress_of_a_name_of_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Is shown on one."""
    with progress_shown(NASTY) as on_progress:
        on_progress(Progress("speak", 0, 10))

    assert capsys.readouterr().err == f"speaking {SHOWN}\n"


def test_the_bar_of_a_name_of_two_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Has nothing of the name in it that moves the cursor."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_shown(NASTY) as on_progress:
        on_progress(Progress("speak", 5, 10))

    shown = capsys.readouterr().err
    assert NASTY[:10] not in shown
    assert "\x1b[31m\x1b]0" not in shown
