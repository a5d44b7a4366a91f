"""What the command line shows on standard error: errors with their hints, and how far a run is."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from narrate.errors import EXIT_INTERRUPTED, Fault, NarrateError, OutputError, in_words
from narrate.printable import printable
from narrate.progress import OnProgress, Progress

# A log file should say that the run is alive, not fill up.
PLAIN_LINE_EVERY_S = 10.0

STAGES = {"speak": "speaking", "encode": "encoding", "listen": "listening to"}


@contextmanager
def unheard_of(stream: TextIO) -> Iterator[None]:
    """Let a stream that is full, or that nobody reads any more, go nowhere: that stops no work."""
    try:
        yield
    except OSError:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())  # what is left in its buffer would be an error at the very end
            os.close(nowhere)


def show_error(error: NarrateError, *, about: str = "", debug: bool) -> None:
    """Print what happened, to which of several sources, and what to do; a line each, whatever names are in them."""
    about, message = printable(about), printable(error.message)
    source = f"{about}: " if about and about not in message else ""
    hint = f"\n  hint: {printable(error.hint)}" if error.hint else ""
    with unheard_of(sys.stderr):
        if debug:
            for line in "".join(traceback.format_exception(error)).splitlines():
                print(printable(line), file=sys.stderr)
        print(f"narrate: {source}{message}{hint}", file=sys.stderr, flush=True)


class _OneLine(logging.Formatter):
    """A warning is one line as well; a traceback below it keeps its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return printable(super().formatMessage(record))


class _Messages(logging.Handler):
    """Shows what narrate has to say on standard error, whatever that is by then; with --debug others' words, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(_OneLine("narrate: %(message)s"))
        self.debug = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Libraries warn of what is handled; a broken header, say, of which urllib3 shows a traceback."""
        is_own = record.name.partition(".")[0] == "narrate"
        return bool(super().filter(record)) and (is_own or self.debug)

    def emit(self, record: logging.LogRecord) -> None:
        with unheard_of(sys.stderr):
            print(self.format(record), file=sys.stderr, flush=True)


def _show_messages(*, debug: bool) -> None:
    """Set up logging for narrate and all that it uses; called again, it goes by the last word on `debug`."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_Messages())
    for handler in root.handlers:
        if isinstance(handler, _Messages):
            handler.debug = debug
    logging.getLogger("narrate").setLevel(logging.DEBUG if debug else logging.WARNING)


@contextmanager
def guarded(*, debug: bool) -> Iterator[None]:
    """Let nothing that a command does end in a traceback, in no thread and not while Python ends.

    What nobody foresaw becomes a line that says so, and exit code 1; with `debug` its traceback comes before it.
    """
    faults: list[BaseException] = []
    _watch_elsewhere(faults, debug=debug)
    try:
        with errors_shown(debug=debug):
            logging.captureWarnings(True)  # of Python, which would print them
            yield
    except SystemExit as left:
        if faults and not left.code:
            raise SystemExit(Fault.exit_code) from None
        raise
    except Exception as error:
        show_error(in_words(error), debug=debug)
        raise SystemExit(Fault.exit_code) from None


def _watch_elsewhere(faults: list[BaseException], *, debug: bool) -> None:
    """See to what is raised where no `except` of narrate's is: in threads, by finalisers, and while Python ends."""

    def in_thread(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is None or isinstance(error, SystemExit):
            return
        # A thread of narrate's had something to do that is now missing; others' are looked after by who waits for them.
        if args.thread and args.thread.name.startswith("narrate"):
            faults.append(error)
            show_error(in_words(error), debug=debug)
        elif debug:
            show_error(in_words(error), debug=True)

    def unraisable(args: sys.UnraisableHookArgs) -> None:
        if isinstance(args.exc_value, KeyboardInterrupt):
            _stop()
        elif debug and args.exc_value is not None:
            show_error(in_words(args.exc_value), debug=True)

    def uncaught(kind: type[BaseException], error: BaseException, trace: object) -> None:
        show_error(in_words(error), debug=debug)

    threading.excepthook, sys.unraisablehook, sys.excepthook = in_thread, unraisable, uncaught


@contextmanager
def errors_shown(*, debug: bool) -> Iterator[None]:
    """Turn errors raised on purpose into a message and their exit code."""
    _show_messages(debug=debug)
    try:
        yield
        sys.stdout.flush()
    except NarrateError as error:
        show_error(error, debug=debug)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # The reader of our output has seen enough, as in `narrate script article.txt | head`.
        _leave(0)
    except OSError as error:
        where = error.filename or "standard output"
        failed = OutputError(f"{where} cannot be used: {error.strerror or error}", "check the path and free space")
        failed.__cause__ = error
        show_error(failed, debug=debug)
        _leave(failed.exit_code)
    except MemoryError as error:
        short = in_words(error)
        show_error(short, debug=debug)
        _leave(short.exit_code)
    except KeyboardInterrupt:
        _stop()


def _stop() -> None:
    with unheard_of(sys.stderr):
        print("narrate: stopped; finished clips are kept for the next run", file=sys.stderr)
    # Threads may be in the middle of a long inference; all files are written in one step, so none is harmed.
    _leave(EXIT_INTERRUPTED)


def _leave(code: int) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


@contextmanager
def progress_shown(title: str) -> Iterator[OnProgress]:
    """A bar with the time that is left on a terminal, a line now and then elsewhere."""
    title = printable(title)
    if sys.stderr.isatty():
        with _bar(title) as on_progress:
            yield on_progress
    else:
        yield PlainProgress(title, sys.stderr)


@contextmanager
def _bar(title: str) -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    # Markup off: a file may be called "[red]draft.txt".
    with Bar(*columns, TextColumn("left"), console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def on_progress(progress: Progress) -> None:
            if progress.stage not in tasks:  # the pace of one stage says nothing about the next
                for task in tasks.values():
                    bar.remove_task(task)
                tasks[progress.stage] = bar.add_task(f"{STAGES[progress.stage]} {title}", total=progress.total)
            bar.update(tasks[progress.stage], completed=progress.done)

        yield on_progress


class PlainProgress:
    """Prints a line at the start, at each new stage, and every ten seconds, with the time left as measured so far."""

    def __init__(self, title: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._title = title
        self._stream = stream
        self._clock = clock
        self._started_s = self._last_s = 0.0
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        now_s = self._clock()
        if progress.stage != self._stage:
            self._stage, self._started_s = progress.stage, now_s
        elif now_s - self._last_s < PLAIN_LINE_EVERY_S:
            return
        self._last_s = now_s
        line = f"{STAGES[progress.stage]} {self._title}{self._how_far(progress, now_s)}"
        with unheard_of(self._stream):
            print(line, file=self._stream, flush=True)

    def _how_far(self, progress: Progress, now_s: float) -> str:
        if not progress.done:
            return ""
        share = progress.done / progress.total
        left_s = round((now_s - self._started_s) * (1 - share) / share)
        return f": {share:.0%}, about {left_s // 60}:{left_s % 60:02d} left"
