"""Moving rows at a terminal, of a title, a bar, a share and a time each, which are gone when the work is done.

Whatever else is printed there meanwhile has to ask for room first, with `undisturbed`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from narrate.core.system.terminal_text import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

# A terminal without this much room has no bar, and one that is wider has no wider one.
BAR_CELLS = 20
NARROW_BAR_CELLS = 10
NARROW_CELLS, SMALL_CELLS = 70, 46

SHARE_CELLS = 4

# Without a share a bar swings to and fro.
FRAMES_EVERY_S = 0.25

_DUMB = frozenset({"dumb", "unknown"})


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the display.

    Attributes:
        what: What is done, such as "speaking a.txt".
        share: 0.0 to 1.0; None where nobody knows.
        left: The time that is left, in words; "" where nobody knows.
        has_bar: Whether there is something to be measured at all.
    """

    what: str
    share: float | None = None
    left: str = ""
    has_bar: bool = True


def is_screen(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal on which a line can be written over."""
    return stream is not None and stream.isatty() and os.environ.get("TERM", "").lower() not in _DUMB


def fitted(text: str, cells: int) -> str:
    """A text in so many cells of a terminal, where letters of Chinese and emoji take two; cut, with an ellipsis."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def drawn(rows: Sequence[Row], width_cells: int) -> RenderableType:
    """The rows, in columns, none wider than that."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    bar_cells = BAR_CELLS if width_cells >= NARROW_CELLS else NARROW_BAR_CELLS if width_cells >= SMALL_CELLS else 0
    left_cells = max((cell_len(row.left) for row in rows), default=0)
    taken_cells = sum(cells + 1 for cells in (bar_cells, SHARE_CELLS, left_cells) if cells)
    free_cells = max(1, width_cells - taken_cells)
    title_cells = min(free_cells, max((cell_len(printable(row.what)) for row in rows), default=1))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=title_cells, no_wrap=True)
    columns = [cells for cells in (bar_cells, SHARE_CELLS, left_cells) if cells]
    for cells in columns:
        table.add_column(width=cells, no_wrap=True)
    for row in rows:
        share = "" if row.share is None else f"{_percent(row.share):>{SHARE_CELLS}}"
        shown = [*([_bar(row, bar_cells)] if bar_cells else []), Text(share), *([Text(row.left)] if left_cells else [])]
        table.add_row(Text(fitted(printable(row.what), title_cells)), *shown)
    return table


def _percent(share: float) -> str:
    """Rounded down: what is not finished is not said to be."""
    return f"{int(share * 100 + 1e-9)}%"


def _bar(row: Row, cells: int) -> RenderableType:
    from rich.progress_bar import ProgressBar
    from rich.text import Text

    if not row.has_bar:
        return Text("")
    return ProgressBar(total=None if row.share is None else 1.0, completed=row.share or 0.0, width=cells)


class Screen:
    """Draws rows on a terminal, several times a second, until it is closed."""

    def __init__(self, rows: Callable[[], Sequence[Row]], stream: TextIO) -> None:
        """Nothing is drawn yet.

        Args:
            rows: What is to be seen now; asked from another thread, and none for an empty screen.
            stream: The terminal.
        """
        self._rows, self._stream = rows, stream
        self._lock = threading.RLock()
        self._live: Live | None = None
        self._pauses = 1  # it begins as if it were paused
        self._has_begun = False

    def begin(self) -> None:
        """Draw from now on; a second time, nothing."""
        with self._lock:
            if not self._has_begun:
                self._has_begun = True
                self.open()

    def open(self) -> None:
        """Draw, from now on or again."""
        with self._lock:
            self._pauses -= 1
            if self._pauses == 0:
                self._live = self._begun()

    def close(self) -> None:
        """Wipe it away."""
        with self._lock:
            self._pauses += 1
            live, self._live = self._live, None
            if live:
                live.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is drawn inside of the block, and what is printed stays above of what is drawn after it."""
        with self._lock:
            self.close()
            try:
                yield
            finally:
                self.open()

    def _begun(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        # Markup and highlighting off: a file may be called "[red]draft.txt".
        console = Console(file=self._stream, force_terminal=True, markup=False, highlight=False, emoji=False)
        live = Live(
            get_renderable=lambda: drawn(self._rows(), _width(console)),
            console=console,
            transient=True,
            refresh_per_second=1 / FRAMES_EVERY_S,
            # Others print what they have to say in a pause: it is neither wrapped nor sent elsewhere then.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        live.start()
        return live


def _width(console: Console) -> int:
    """One less than there is: some terminals begin a new line when the last cell of one is taken."""
    return max(1, console.width - 1)


_open: list[Screen] = []


@contextmanager
def on_screen(
    rows: Callable[[], Sequence[Row]], stream: TextIO, *, at_once: bool = True
) -> Iterator[Callable[[], None]]:
    """Show rows on a terminal inside of the block; what is shown around it comes back after it.

    Args:
        rows: As for a Screen.
        stream: The terminal.
        at_once: Show them now; else what the block is given begins with it, as somebody is typing there until then.
    """
    with undisturbed(stream):
        screen = Screen(rows, stream)
        _open.append(screen)
        if at_once:
            screen.begin()
        try:
            yield screen.begin
        finally:
            screen.close()
            _open.remove(screen)


@contextmanager
def undisturbed(stream: TextIO | None) -> Iterator[None]:
    """Print inside of the block, to a stream that may be the terminal with a display on it; any thread may."""
    screens = _open[-1:] if stream is not None and stream.isatty() else []
    with ExitStack() as pauses:
        for screen in screens:
            pauses.enter_context(screen.paused())
        yield


class Ticker:
    """Calls something each second, in a thread of its own, for those who print lines."""

    def __init__(self, tick: Callable[[], object], every_s: float = 1.0) -> None:
        self._tick, self._every_s = tick, every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def __enter__(self) -> Ticker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(self._every_s)

    def _run(self) -> None:
        while not self._over.wait(self._every_s):
            self._tick()
