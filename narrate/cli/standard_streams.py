"""The three standard streams, made usable before anything else."""

from __future__ import annotations

import os
import sys


def open_streams() -> None:
    """Give a process whose standard streams are closed ones that go nowhere.

    Else the next file that is opened, an episode perhaps, would take a stream's number, and receive what libraries in
    C print.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) < 3:
        pass
    os.close(handle)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
