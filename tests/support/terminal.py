"""A terminal for tests: the command in it, and what its screen showed over time."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

_CODE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")

# Where a command hangs, the test fails.
AT_MOST_S = 30.0


def cells(text: str) -> int:
    """How wide a text is in a terminal."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


class Terminal:
    """Lines and a cursor; knows the codes that move it and those that wipe, and passes over colours."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines = [""]
        self._row = self._column = 0
        self.widest = 0

    def feed(self, text: str) -> None:
        """Take what was printed."""
        at = 0
        while at < len(text):
            if code := _CODE.match(text, at):
                self._obey(code[1], code[2])
                at = code.end()
                continue
            self._put(text[at])
            at += 1

    def _put(self, char: str) -> None:
        if char == "\r":
            self._column = 0
        elif char == "\n":
            self._row += 1
            self.lines += [""] * (self._row + 1 - len(self.lines))
        elif char.isprintable():
            line = self.lines[self._row].ljust(self._column)
            self.lines[self._row] = line[: self._column] + char + line[self._column + 1 :]
            self._column += 1
            self.widest = max(self.widest, cells(self.lines[self._row].rstrip()))

    def _obey(self, given: str, what: str) -> None:
        count = int(given) if given.isdecimal() else 1
        if what == "A":
            self._row = max(0, self._row - count)
        elif what == "K":
            line = self.lines[self._row]
            self.lines[self._row] = "" if given == "2" else line[: self._column]

    def is_at_line_start(self) -> bool:
        """Whether what was printed last ended its line."""
        return self._column == 0

    def shown(self) -> list[str]:
        """Lines that are not empty."""
        return [line.rstrip() for line in self.lines if line.strip()]


@dataclass
class Session:
    """What became of a command in a terminal.

    Attributes:
        code: It ended with.
        out: On standard output, where that was no terminal.
        screens: What was seen, each time that something was printed.
        terminal: At the end.
    """

    code: int
    out: str
    terminal: Terminal
    screens: list[list[str]] = field(default_factory=list)


def in_terminal(
    *arguments: str, width: int = 80, typed: str | None = None, program: str = "", **environment: str
) -> Session:
    """Run `narrate` with standard error, and if something is typed standard input, on a terminal of 24 lines.

    Args:
        arguments: Of the command.
        width: Of the terminal, in cells.
        typed: What somebody types once the command has said that it waits for that; the end of it is typed, too.
        program: Python that is run before the command.
        environment: Variables besides those of the test.
    """
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    code = f"{program}\nfrom narrate.cli.app import main\nmain()"
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR", "TERM")}
    session = Session(-1, "", Terminal(width))
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=theirs if typed is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**kept, "TERM": "xterm-256color", **environment},
        cwd=Path.cwd(),
    ) as process:
        os.close(theirs)
        alarm = [typed]
        while select.select([ours], [], [], AT_MOST_S)[0]:
            try:
                data = os.read(ours, 65_536)
            except OSError:  # what Linux says when nobody has the other end any more
                break
            if not data:
                break
            session.terminal.feed(data.decode("utf-8", "replace"))
            session.screens.append(session.terminal.shown())
            is_told = session.terminal.is_at_line_start()
            if alarm[0] is not None and is_told and "Ctrl-D" in " ".join(session.terminal.shown()):
                os.write(ours, (alarm[0] + "\n\x04").encode())
                alarm[0] = None
        else:
            process.send_signal(signal.SIGKILL)
        assert process.stdout
        session.out = process.stdout.read().decode()
    os.close(ours)
    session.code = process.returncode
    return session
