"""The names in a folder of episodes, which is not read again for each of ten thousand articles."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# A folder of fewer names is read each time: that takes a quarter of a millisecond.
LARGE_NAMES = 500

# What was read of a larger one holds for so many times as long as reading took: 2 % of the time goes into it.
HOLDS_TIMES = 50


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The names that a folder held.

    Attributes:
        hidden: Names that begin with a dot.
        ending: Names, not hidden, with the ending that was asked for, in order.
    """

    hidden: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()


class Shelf:
    """A folder's names, as they are now or, where it is large, were seconds ago; for any number of threads."""

    def __init__(self, folder: Path, ending: str = "") -> None:
        """Begin with nothing read.

        Args:
            folder: It need not be there.
            ending: Of the names that are wanted beside hidden ones.
        """
        self.folder = folder
        self._ending = ending
        self._lock = threading.Lock()
        self._names = Names()
        self._holds_until_s = 0.0

    def names(self, *, fresh: bool = False) -> Names:
        """The names; the same object as before unless the folder was read again.

        Args:
            fresh: Read the folder in any case.

        Raises:
            OSError: It cannot be read.
        """
        with self._lock:
            began_s = time.monotonic()
            if fresh or began_s >= self._holds_until_s:
                self._names, count = self._read()
                took_s = time.monotonic() - began_s
                self._holds_until_s = began_s + took_s * HOLDS_TIMES if count >= LARGE_NAMES else 0.0
            return self._names

    def _read(self) -> tuple[Names, int]:
        if not self.folder.is_dir():
            return Names(), 0
        hidden, ending, count = [], [], 0
        with os.scandir(self.folder) as entries:  # not all names at once: ten thousand episodes have eighty thousand
            for entry in entries:
                count += 1
                if entry.name.startswith("."):
                    hidden.append(entry.name)
                elif self._ending and entry.name.endswith(self._ending):
                    ending.append(entry.name)
        return Names(tuple(hidden), tuple(sorted(ending))), count
