"""The way to a Dask scheduler: a connection or a clear word, a first worker, and who of them is gone."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from importlib import import_module
from typing import Protocol

from narrate.core.errors import ConfigError, EngineUnavailable
from narrate.core.system.installing import install_command

logger = logging.getLogger(__name__)

# Between two looks at who is there.
ROLL_S = 2.0

PORT_MAX = 65_535

HINT = "is the scheduler running, and does its port let this machine in? See dask scheduler --help"


class Client(Protocol):
    """A client of Dask's, as far as it is used; it has no types of its own."""

    def nthreads(self) -> Mapping[str, int]:
        """The workers that are there, by their addresses, and how many chunks each takes at once."""

    def wait_for_workers(self, n_workers: int, timeout: float) -> object:
        """Return when so many are there; raises TimeoutError after so many seconds."""

    def get_executor(self, **options: object) -> Executor:
        """Return the executor that calls functions on the workers."""

    def close(self) -> object:
        """Leave the scheduler."""


def connected(address: str, connect_s: float) -> Client:
    """Return a client of a Dask scheduler, which the caller closes.

    Args:
        address: HOST:PORT, as dask takes it.
        connect_s: How long the scheduler may take to answer.

    Raises:
        ConfigError: dask is not installed, or that is no address.
        EngineUnavailable: No scheduler answers there.
    """
    try:
        import distributed
    except ImportError as error:
        hint = f"install it: {install_command('cluster')}"
        raise ConfigError(f"--cluster needs the package {error.name or error}", hint) from error
    _hand_over_logs()
    connect: Callable[..., Client] = distributed.Client
    try:
        # First without a client: one that got no connection waits for it, and complains, when it is thrown away.
        asyncio.run(_require_scheduler(address, connect_s))
        return connect(address, timeout=connect_s, set_as_default=False)
    except (ValueError, TypeError) as error:
        raise ConfigError(f"{address!r} is no address of a Dask scheduler: {error}", "give HOST:PORT") from error
    except Exception as error:  # dask's own, of what answers something else, and those of its transports
        raise EngineUnavailable(f"no Dask scheduler answers at {address}", HINT) from error


async def _require_scheduler(address: str, connect_s: float) -> None:
    """Ask who is there, as every client does.

    Raises:
        ValueError: That is no address.
        Exception: Of any kind; nobody is there, or something else.
    """
    core = import_module("distributed.core")
    addressing = import_module("distributed.comm.addressing")
    security = import_module("distributed.security").Security()
    full = addressing.normalize_address(address)
    _, port = addressing.parse_host_port(addressing.parse_address(full)[1])
    if port is not None and port > PORT_MAX:
        raise ValueError(f"there is no port {port}")  # known at once, where dask tries for as long as it may

    async def ask() -> object:
        comm = await core.connect(full, timeout=connect_s, **security.get_connection_args("client"))
        try:
            return await core.send_recv(comm, op="identity")
        finally:
            comm.abort()

    identity = await asyncio.wait_for(ask(), connect_s)
    if not isinstance(identity, dict) or identity.get("type") != "Scheduler":
        raise OSError(f"{address} is no scheduler")


def _hand_over_logs() -> None:
    """Take from dask and its parts the handlers that they set up for themselves when they are imported.

    They print to standard error; what they say now goes where all of narrate's libraries' words go.
    """
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "dask", "tornado", "bokeh"):
            own = logging.getLogger(name)
            own.handlers.clear()
            own.propagate = True


def await_worker(client: Client, address: str, first_worker_s: float) -> None:
    """Wait until a worker is there.

    Raises:
        EngineUnavailable: None came within `first_worker_s`.
    """
    try:
        if not client.nthreads():
            logger.warning("the cluster at %s has no workers yet; waiting %.0f s for one", address, first_worker_s)
        client.wait_for_workers(1, timeout=first_worker_s)
    except (OSError, TimeoutError) as error:
        hint = f"start one: dask worker {address}"
        raise EngineUnavailable(f"the cluster at {address} has no workers", hint) from error


class Roll:
    """Looks now and then which workers there are, and says when one is gone: dask hands its chunks to others."""

    def __init__(self, client: Client, every_s: float = ROLL_S) -> None:
        self._client, self._every_s = client, every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="narrate-roll", daemon=True)

    def __enter__(self) -> Roll:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _run(self) -> None:
        there: set[str] = set()
        while not self._over.is_set():
            try:
                now = set(self._client.nthreads())
            except Exception:  # whatever dask raises without a scheduler; whoever waits for a chunk says so
                return
            if there - now and not self._over.is_set():
                what = f"left: {len(now)}, which take its chunks" if now else "none is left; waiting for another"
                logger.warning("the cluster has lost %s; %s", ", ".join(sorted(there - now)), what)
            there = now
            self._over.wait(self._every_s)
