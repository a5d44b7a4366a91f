"""Whatever goes wrong in a command, and wherever: a line that says so, the exit code, and no traceback."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from narrate.cli import app
from narrate.cli.console import guarded
from narrate.core.errors import ConfigError, EngineError, in_words

# Each command, and what it calls that can be made to fail.
COMMANDS = {
    "speak": (("speak", "a.txt"), "narrate.cli.commands.speak.settings_from"),
    "speak many": (("speak", "a.txt", "b.txt"), "narrate.cli.commands.batch.speak_all"),
    "script": (("script", "a.txt"), "narrate.cli.commands.text.read_and_clean"),
    "spoken": (("spoken",), "narrate.cli.commands.text.lexicon_for"),
    "words": (("words", "a.txt"), "narrate.text.doubtful_words.doubtful_words"),
    "voices": (("voices",), "narrate.speech.engines.make_engine"),
    "doctor": (("doctor",), "narrate.cli.doctor.examine"),
    "feed": (("feed", "."), "narrate.publish.site.publish"),
    "serve": (("serve", "."), "narrate.publish.site.LiveSite"),
    "check": (("check", "."), "narrate.cli.commands.check._findings"),
    "remove": (("remove", "a.mp3"), "narrate.library.library.Library.manifest_of"),
    "watch": (("watch", ".", "--once"), "narrate.cli.commands.watch.settings_from"),
    "parsing": (("script", "a.txt"), "narrate.cli.panels.PanelledCommand.parse_args"),
    "help": (("speak", "--help"), "narrate.cli.panels.PanelledCommand.format_options"),
}
# What is raised, how the command ends, and what it says.
FAULTS = {
    "ValueError": (ValueError("odd\nindeed"), 1, "a fault of narrate's: ValueError: odd indeed"),
    "RuntimeError": (RuntimeError(), 1, "a fault of narrate's: RuntimeError"),
    "KeyError": (KeyError("x"), 1, "a fault of narrate's: KeyError: 'x'"),
    "EOFError": (EOFError(), 1, "a fault of narrate's: EOFError"),
    "AssertionError": (AssertionError(), 1, "a fault of narrate's: AssertionError"),
    "RecursionError": (RecursionError("too deep"), 1, "nested too deeply"),
    "MemoryError": (MemoryError(), 1, "there is not enough memory"),
    "ImportError": (ImportError("No module named 'av'"), 1, "the installation is broken: No module named 'av'"),
    "OSError": (PermissionError(13, "Permission denied", "x"), 6, "x cannot be used: Permission denied"),
    "EngineError": (EngineError("no voice today", "wait"), 5, "no voice today"),
    "Ctrl-C": (KeyboardInterrupt(), 130, ""),
}


class Left(BaseException):
    """The process would have ended here."""


@pytest.fixture(autouse=True)
def _hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command sets for its process is put back."""
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)

    def leave(code: int) -> None:
        raise Left(code)

    monkeypatch.setattr(os, "_exit", leave)
    Path("a.txt").write_text("A Light at Sea\n\nThe lamp is lit.\n")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command in this process; how it would end."""
    monkeypatch.setattr(sys, "argv", ["narrate", *arguments])
    with pytest.raises((SystemExit, Left)) as ended:
        app.main()
    code = ended.value.args[0] if ended.value.args else 0
    assert isinstance(code, int)
    return code


def raising(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


@pytest.mark.parametrize(("error", "code", "said"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize(("arguments", "target"), COMMANDS.values(), ids=COMMANDS)
def test_every_fault_of_every_command(
    arguments: tuple[str, ...],
    target: str,
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends in one line and at most a hint, with its code."""
    monkeypatch.setattr(target, raising(error))

    assert run(monkeypatch, *arguments) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown
    assert [line for line in shown.splitlines() if line and not line.startswith(("narrate: ", "  hint: "))] == []


@pytest.mark.parametrize("command", ["script", "parsing", "watch"])
def test_debug_shows_where(command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The traceback, down to the cause, and after it the same line, which says what to report."""
    arguments, target = COMMANDS[command]
    monkeypatch.setattr(target, raising(ValueError("odd")))

    assert run(monkeypatch, *arguments, "--debug") == 1
    shown = capsys.readouterr().err
    assert "Traceback (most recent call last)" in shown
    assert "in fail" in shown
    assert "narrate: a fault of narrate's: ValueError: odd (test_guard, line" in shown.replace("tests.cli.", "")
    assert "hint: report this line, with narrate" in shown


def test_a_fault_in_a_thread_of_narrates(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It was to do something, so the run has failed; a library's own threads are not for users to hear of."""
    for name, code in (("narrate-0", 1), ("pool-1", 0)):
        with pytest.raises(SystemExit) as ended, guarded(debug=False):
            thread = threading.Thread(target=raising(ValueError("odd")), name=name)
            thread.start()
            thread.join()
            sys.exit(0)

        assert ended.value.code == code
        assert ("ValueError: odd" in capsys.readouterr().err) is (code == 1)


class Odd:
    """Cannot be thrown away quietly."""

    def __del__(self) -> None:
        raise ValueError("odd")


@pytest.mark.parametrize("debug", [False, True])
def test_what_finalisers_raise(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can do anything about it, and so it is shown with --debug only; no "Exception ignored in"."""
    with guarded(debug=debug):
        Odd()
        gc.collect()

    shown = capsys.readouterr().err
    assert "Exception ignored" not in shown
    assert ("ValueError: odd" in shown) is debug


@pytest.mark.parametrize("name", ["urllib3.connectionpool", "trafilatura", "PIL", "asyncio", "dask", "phonemizer"])
@pytest.mark.parametrize("debug", [False, True])
def test_what_libraries_say(
    name: str, debug: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is heard with --debug only, tracebacks and Python's warnings, too; narrate's own warnings always are."""
    logging.root.handlers = []  # pytest's own; the fixture above puts them back
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    logging.getLogger(name).setLevel(logging.NOTSET)
    with guarded(debug=debug):
        logging.getLogger(name).error("broken", exc_info=ValueError("odd"))
        logging.getLogger("narrate.pipeline.destination").warning("mind this")
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("deprecated", stacklevel=1)

    shown = capsys.readouterr().err
    assert "narrate: mind this\n" in shown
    assert ("broken" in shown, "ValueError: odd" in shown) == (debug, debug)


def test_errors_in_words() -> None:
    """Those of narrate's own stay; others have themselves as the cause, one line, and a hint."""
    own, other = ConfigError("no"), ValueError("two\nlines " + "x" * 1000)

    assert in_words(own) is own
    assert in_words(other).__cause__ is other
    assert in_words(other).message.isprintable()
    assert len(in_words(other).message) < 600
    assert in_words(other).hint
