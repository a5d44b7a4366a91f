"""The command as a user types it, without the second that starting Python and the imports take each time.

Runs are forked from a process that has imported narrate (forks.py); where there is no fork they are processes of their
own. What a test has to say about starting, about signals and about streams that are closed needs a real process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

Forks = subprocess.Popen[str]

# A run that hangs is killed, and its test fails.
AT_MOST_S = 60


def start_forks() -> Forks:
    """The process that runs are forked from; it ends with its standard input."""
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("forks.py"))]
    return subprocess.Popen(command, stdin=-1, stdout=-1, text=True)


@cache
def _forks() -> Forks:
    """One for all tests of a worker."""
    return start_forks()


def narrate(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run `narrate` in the working folder to its end, with the environment of the test."""
    with tempfile.TemporaryDirectory() as name:
        streams = {stream: Path(name, stream) for stream in ("stdin", "stdout", "stderr")}
        streams["stdin"].write_bytes(stdin)
        code = _forked(arguments, streams) if hasattr(os, "fork") else _started(arguments, streams)
        out, err = (streams[stream].read_bytes().decode("utf-8") for stream in ("stdout", "stderr"))
    return subprocess.CompletedProcess(["narrate", *arguments], code, out, err)


@contextmanager
def begun(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`narrate` in a process of its own, to be sent signals and lines; whatever happens, it does not stay."""
    command = [sys.executable, "-m", "narrate", *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _forked(arguments: tuple[str, ...], streams: dict[str, Path]) -> int:
    forks = _forks()
    request = {
        "folder": str(Path.cwd()),
        "arguments": arguments,
        "environment": dict(os.environ),
        "at_most_s": AT_MOST_S,
        **{stream: str(path) for stream, path in streams.items()},
    }
    assert forks.stdin
    assert forks.stdout
    forks.stdin.write(json.dumps(request) + "\n")
    forks.stdin.flush()
    return int(forks.stdout.readline())


def _started(arguments: tuple[str, ...], streams: dict[str, Path]) -> int:
    command = [sys.executable, "-m", "narrate", *arguments]
    with streams["stdin"].open("rb") as given, streams["stdout"].open("wb") as out, streams["stderr"].open("wb") as err:
        return subprocess.run(command, stdin=given, stdout=out, stderr=err, timeout=AT_MOST_S, check=False).returncode
