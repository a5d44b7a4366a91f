"""Runs of the command, forked from a process that has imported it; asked for in JSON on standard input.

Starting Python and importing narrate takes a second, and hundreds of runs are made; a fork of a process that has done
so takes none. What a run does from there is what `python -m narrate` does.

A request names the run's folder, arguments, environment, and the files that are its standard streams; with a time in
seconds, it is killed when that is over. A run may be given faults: at the n-th step in which it touches the file
system it is sent a signal, or told that the step failed. Steps are what Python audits (PEP 578: open, rename, remove,
mkdir, chmod, mkstemp, listings), a flush to the disk, and a frame going into the encoder, which writes from C.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

AUDITED = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.scandir", "os.listdir", "os.rmdir"})


# Imported by commands only when they need it, so that help is there in an instant.
LATE = (
    *("check", "cli.doctor", "episode.cover.cover", "pipeline.many.watch", "pipeline.production", "publish.site"),
    *(f"cli.commands.{name}" for name in ("batch", "cache", "check", "publish", "speak", "text", "voices", "watch")),
)


class Steps:
    """Counts what a run does in its folder, and does the harm that was asked for."""

    def __init__(self, folder: str, harm: dict[str, Any]) -> None:
        self._folder = folder + os.sep
        self._harm = harm
        self._log = os.open(harm["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if "log" in harm else -1
        self._counts = {"step": 0, "frame": 0}

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """A hook of sys.addaudithook."""
        if event in AUDITED and isinstance(args[0], str | bytes | os.PathLike):
            path = os.fsdecode(args[0])
            # The log and what Python imports late are no step of ours.
            if not path.endswith((".py", ".pyc")) and os.path.abspath(path).startswith(self._folder):
                self.reached(event, path)

    def reached(self, event: str, path: str = "") -> None:
        """A step is about to be done."""
        kind = "frame" if event == "frame" else "step"
        self._counts[kind] += 1
        if self._log >= 0:
            os.write(self._log, f"{event} {os.path.basename(path)}\n".encode())
        if self._counts[kind] == self._harm.get(kind) and "signal" in self._harm:
            if "pid" in self._harm:
                Path(self._harm["pid"]).write_text(str(os.getpid()))
            os.kill(os.getpid(), getattr(signal, self._harm["signal"]))
        if "error" in self._harm and self._counts[kind] >= self._harm.get(kind, 10**9) and self._fails(event, path):
            raise OSError(self._harm["error"], os.strerror(self._harm["error"]), path)

    @staticmethod
    def _fails(event: str, path: str) -> bool:
        """A disk that is full stays full, but reading and removing go on."""
        return event in ("os.mkdir", "os.rename", "fsync", "frame") or (event == "open" and path.endswith(".part"))


def _around(owner: Any, name: str, before: Callable[..., None]) -> None:
    plain = getattr(owner, name)

    def call(*args: Any, **options: Any) -> Any:
        before(*args)
        return plain(*args, **options)

    setattr(owner, name, call)


def _do_harm(request: dict[str, Any]) -> None:
    from narrate.audio import encoder

    steps = Steps(os.path.realpath(request["folder"]), request["harm"])
    sys.addaudithook(steps.audit)
    _around(os, "fsync", lambda handle: steps.reached("fsync"))
    plain = encoder.frames_of

    def frames(*args: Any) -> Iterator[Any]:
        for frame in plain(*args):
            steps.reached("frame")
            yield frame

    encoder.frames_of = frames


def _run(request: dict[str, Any]) -> int:
    from narrate.cli import app

    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for name, value in request.get("limits", {}).items():
        resource.setrlimit(getattr(resource, name), (value, value))
    if spare_bytes := request.get("spare_bytes"):
        used_bytes = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used_bytes + spare_bytes, used_bytes + spare_bytes))
    if "harm" in request:
        _do_harm(request)
    signal.alarm(request.get("at_most_s", 0))
    sys.argv = ["narrate", *request["arguments"]]
    try:
        app.main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _child(request: dict[str, Any]) -> None:
    code = 1
    try:
        for name, handle in ((request.get("stdin", os.devnull), 0), (request["stdout"], 1), (request["stderr"], 2)):
            opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o666)
            os.dup2(opened, handle)
            os.close(opened)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # the other one has been read from
        code = _run(request)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _warm_up() -> None:
    """Import and load all that a run does, so that its forks need not."""
    import narrate.cli.app
    import narrate.core.settings.loading
    import narrate.pipeline.making

    for name in LATE:
        importlib.import_module(f"narrate.{name}")

    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARRATE_CACHE_DIR"] = folder
        article = Path(folder, "article.txt")
        article.write_text("A Light at Sea\n\nThe lamp is lit.\n")
        settings = narrate.core.settings.loading.Settings(
            engine="tone", cover="none", output=Path(folder), cache=False, jobs=1
        )
        narrate.pipeline.making.make_episode(article, settings)


def main() -> None:
    """Serve until standard input ends."""
    _warm_up()
    gc.freeze()  # forks share what is there already, also when they collect garbage
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _child(request)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
