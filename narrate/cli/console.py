"""Messages on standard error: errors with their hints, and the progress of a run."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, TextIO

from narrate.cli.display import Row, Ticker, is_screen, on_screen, undisturbed
from narrate.core.errors import EXIT_INTERRUPTED, Fault, NarrateError, OutputError, in_words
from narrate.core.system.terminal_text import printable
from narrate.core.timecode import rounded_clock

if TYPE_CHECKING:
    from narrate.core.forecast import Estimate
    from narrate.core.progress import OnProgress, Progress

# A log file should say that the run is alive, not fill up.
PLAIN_LINE_EVERY_S = 10.0

# What takes less is over before anybody wonders what it is.
UNSAID_S = 2.0

STAGES = {
    "read": "reading",
    "load": "loading the voice for",
    "speak": "speaking",
    "encode": "encoding",
    "end": "finishing",
    "listen": "listening to",
}


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
    with undisturbed(sys.stderr), unheard_of(sys.stderr):
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
        """Print it as a line of its own, also on a terminal where something moves."""
        with unheard_of(sys.stderr), undisturbed(sys.stderr):
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
    """Report what is raised where no `except` of narrate's is: in threads, by finalisers, and while Python ends."""

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
        leave(0)
    except OSError as error:
        where = error.filename or "standard output"
        failed = OutputError(f"{where} cannot be used: {error.strerror or error}", "check the path and free space")
        failed.__cause__ = error
        show_error(failed, debug=debug)
        leave(failed.exit_code)
    except MemoryError as error:
        short = in_words(error)
        show_error(short, debug=debug)
        leave(short.exit_code)
    except KeyboardInterrupt:
        _stop()


def _stop() -> None:
    with unheard_of(sys.stderr):
        print("narrate: stopped; finished clips are kept for the next run", file=sys.stderr)
    # Threads may be in the middle of a long inference; all files are written in one step, so none is harmed.
    leave(EXIT_INTERRUPTED)


def leave(code: int) -> None:
    """End at once, whatever threads are doing."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


@contextmanager
def progress_shown(title: str) -> Iterator[OnProgress]:
    """A bar with the time that is left on a terminal, a line now and then elsewhere."""
    title = printable(title)
    if is_screen(sys.stderr):
        course = _Course(time.monotonic)

        def take(progress: Progress) -> None:
            course.take(progress)
            begin()

        with on_screen(lambda: course.rows(title), sys.stderr, at_once=not is_typed(title)) as begin:
            yield take
    else:
        plain = PlainProgress(title, sys.stderr)
        with Ticker(plain.tick):
            yield plain


@contextmanager
def working(what: str, *, only_on_screen: bool = False) -> Iterator[Callable[[str], None]]:
    """Say what takes a while, where nobody can tell how long; call what it gives with what is done next.

    Args:
        what: Such as "reading the feed".
        only_on_screen: Waiting that may last for days is nothing for a log file.
    """
    doing = [what]
    if is_screen(sys.stderr):
        with on_screen(lambda: [Row(doing[0])], sys.stderr):
            yield lambda now: doing.__setitem__(0, now)
    elif only_on_screen:
        yield lambda now: None
    else:
        plain = _PlainWork(doing, sys.stderr)
        with Ticker(plain.tick):
            yield lambda now: doing.__setitem__(0, now)


def is_typed(source: str = "-") -> bool:
    """Tell whether a source is what somebody types at a terminal; nothing may be drawn there meanwhile."""
    return source == "-" and sys.stdin is not None and sys.stdin.isatty()


def tell_to_type(source: str = "-") -> None:
    """Tell whoever sits at a terminal that a command waits for lines, and how to end them; nothing for a pipe."""
    if is_typed(source):
        keys = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        with unheard_of(sys.stderr):
            print(f"narrate: reading standard input, end with {keys}", file=sys.stderr, flush=True)


@contextmanager
def reading_shown(source: str) -> Iterator[None]:
    """Say that a source is read: one that is typed at once; a file on a terminal only, and an address everywhere."""
    tell_to_type(source)
    with nullcontext() if is_typed(source) else working(f"reading {source}", only_on_screen="://" not in source):
        yield


class _Course:
    """The last that was heard of a run, and how far it is by now; any thread may ask."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: Progress | None = None
        self._began_s = clock()

    def take(self, progress: Progress) -> None:
        with self._lock:
            if self._last is None or self._last.stage != progress.stage:
                self._began_s = self._clock()
            self._last = progress

    def now(self) -> tuple[str, Estimate | None]:
        """Return the stage of the run, a key of STAGES, and its estimate; None before it has begun."""
        with self._lock:
            last, elapsed_s = self._last, self._clock() - self._began_s
        if last is None:
            return "read", None
        now = last.estimate()
        if last.forecast:
            return last.forecast.phase, now
        # Nobody foretells this stage, so that it is measured.
        from narrate.core.forecast import Estimate  # --help does without

        return last.stage, Estimate(now.share, elapsed_s * (1 - now.share) / now.share if now.share else None)

    def rows(self, title: str) -> Sequence[Row]:
        """Return the rows that a terminal shows."""
        stage, now = self.now()
        what = f"{STAGES[stage]} {title}"
        if now is None or (now.share == 0 and now.left_s is None):
            return [Row(what)]
        return [Row(what, now.share, "" if now.left_s is None else f"about {rounded_clock(1000 * now.left_s)} left")]


class PlainProgress:
    """Prints a line at the start, at each new stage, and every ten seconds, with the time left where it is known."""

    def __init__(self, title: str, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._title = title
        self._stream = stream
        self._clock = clock
        self._course = _Course(clock)
        self._lock = threading.Lock()
        self._last_s = clock()
        self._said = ""

    def __call__(self, progress: Progress) -> None:
        self._course.take(progress)
        self._say(at_once=self._said not in (progress.stage, "load"))

    def tick(self) -> None:
        """Call it each second: what stands still says so, too."""
        self._say(at_once=False)

    def _say(self, *, at_once: bool) -> None:
        with self._lock:
            now_s = self._clock()
            stage, now = self._course.now()
            is_news = stage != self._said and (stage != "read" or now_s - self._last_s >= UNSAID_S)
            if not (at_once or is_news or now_s - self._last_s >= PLAIN_LINE_EVERY_S):
                return
            self._last_s, self._said = now_s, stage
        with unheard_of(self._stream):
            print(f"{STAGES[stage]} {self._title}{_how_far(now)}", file=self._stream, flush=True)


def _how_far(now: Estimate | None) -> str:
    if now is None or not now.share:
        return ""
    left = "" if now.left_s is None else f", about {rounded_clock(1000 * now.left_s)} left"
    return f": {int(now.share * 100 + 1e-9)}%{left}"


class _PlainWork:
    """Prints what is done after two seconds, and every ten seconds that it goes on."""

    def __init__(self, doing: list[str], stream: TextIO) -> None:
        self._doing, self._stream = doing, stream
        self._next_s = time.monotonic() + UNSAID_S

    def tick(self) -> None:
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + PLAIN_LINE_EVERY_S
            with unheard_of(self._stream):
                print(printable(self._doing[0]), file=self._stream, flush=True)
