"""Memory that is given back to the system as soon as it is free, where the C library would keep it."""

from __future__ import annotations

import os
import sys

# M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's malloc.h, with their values in bytes. Each time a larger block is
# freed, glibc takes blocks of that size from its heap from then on, where holes remain: with clips of megabytes, an
# episode of 100 minutes grew to 210 MB instead of 95.
_TRIM = (-1, 4_000_000)
_MMAP = (-3, 400_000)


def give_back_early() -> None:
    """Let blocks as large as a clip come from the system and go back to it; for programs, not for libraries.

    Does nothing where the C library is not glibc, or where the user has set it up (MALLOC_… variables, see mallopt(3)).
    """
    if not sys.platform.startswith("linux") or any(name.startswith("MALLOC_") for name in os.environ):
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        for option in (_TRIM, _MMAP):
            mallopt(*option)
