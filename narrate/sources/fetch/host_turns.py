"""One request at a time at each host, and a pause after it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from narrate.core.errors import SourceError
from narrate.sources.fetch.addresses import shown

logger = logging.getLogger(__name__)

# Between the end of a request and the next one at its host.
PAUSE_S = 1.0

# A longer wait is said aloud.
SAID_S = 3.0

# Who is asked to wait longer does something else, and comes back in another run.
MAX_WAIT_S = 120.0

# What is known of so many hosts is kept.
HOSTS_MAX = 1000

_DAY_S = 24 * 3600.0

_LATER = "run the same command again later; what is done by then is not done again"


@dataclass(slots=True)
class _Host:
    """The state of a host: whether it is being asked, and when it may be asked next.

    Attributes:
        free_at_s: When it may be asked next, by the clock of the turns.
        users: Threads that are waiting for it or asking it.
        is_said: The user knows that it wants longer pauses.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at_s: float = float("-inf")
    users: int = 0
    is_said: bool = False


class Turns:
    """Turns to ask hosts, one request at a time at each; any number of threads may take turns.

    Args:
        pause_s: Between two requests at a host.
        now_s: A clock that never jumps.
        sleep: Waits for so many seconds; without one, waiting ends at once when the turns are over.
    """

    def __init__(
        self,
        pause_s: float = PAUSE_S,
        *,
        now_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._pause_s = pause_s
        self._now_s = now_s
        self._over = threading.Event()
        self._sleep = sleep or self._over.wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, url: str, pause_s: float = 0.0) -> Iterator[None]:
        """Wait until the host may be asked, and let nobody else ask it inside the block.

        Args:
            url: An address of the host.
            pause_s: To make after it, if it is longer than the usual one.

        Raises:
            SourceError: The host asked for a longer pause than MAX_WAIT_S, or the turns are over.
        """
        name = host_of(url)
        host = self._entered(name)
        try:
            with host.lock:
                self._wait(name, host)
                try:
                    yield
                finally:
                    self.put_off(url, max(self._pause_s, pause_s))
        finally:
            with self._lock:
                host.users -= 1

    def put_off(self, url: str, wait_s: float, *, is_said: bool = False) -> None:
        """Ask the host of an address not before so many seconds have passed; a day at most.

        Args:
            url: An address of the host.
            wait_s: From now on.
            is_said: The user was told.
        """
        host = self._entered(host_of(url))
        with self._lock:
            host.is_said = host.is_said or is_said
            host.free_at_s = max(host.free_at_s, self._now_s() + min(wait_s, _DAY_S))
            host.users -= 1

    def end(self) -> None:
        """Let nobody wait any more: whoever does, or wants a turn, gets an error instead."""
        self._over.set()

    def _entered(self, name: str) -> _Host:
        with self._lock:
            if len(self._hosts) >= HOSTS_MAX and name not in self._hosts:
                now_s = self._now_s()
                self._hosts = {key: host for key, host in self._hosts.items() if host.users or host.free_at_s > now_s}
            host = self._hosts.setdefault(name, _Host())
            host.users += 1
            return host

    def _wait(self, name: str, host: _Host) -> None:
        # Again after each pause: the host may have asked for another one meanwhile.
        while (wait_s := host.free_at_s - self._now_s()) > 0 and not self._over.is_set():
            if wait_s > MAX_WAIT_S:
                minutes = round(wait_s / 60)
                raise SourceError(f"{shown(name)} asks to be left alone for {minutes} more minutes", _LATER)
            self._say(name, host, wait_s)
            self._sleep(wait_s)
        if self._over.is_set():
            raise SourceError(f"{shown(name)} was not asked any more: the run is ending", _LATER)

    def _say(self, name: str, host: _Host, wait_s: float) -> None:
        """Tell of a long wait once for each host: whoever asks for pauses asks for them every time."""
        if wait_s >= SAID_S and not host.is_said:
            host.is_said = True
            logger.warning("waiting %.0f s before %s is asked again, as it wishes", wait_s, shown(name))


def host_of(url: str) -> str:
    """The host of an address, whatever its scheme and its port are: they are the same machine's."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
