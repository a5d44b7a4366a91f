"""`narrate serve LIBRARY --inbox` as a process, as people start it, kill it and start it again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit


@dataclass(slots=True)
class InboxServer:
    """A server on loopback, with a voice of tones and articles of this machine.

    Attributes:
        folder: The library.
        port: Where it listens; 0 before it was started for the first time, then always the same.
        url: The library's address, ending with a slash.
    """

    folder: Path
    port: int = 0
    url: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it; it answers when this returns."""
        command = [sys.executable, "-m", "narrate", "serve", str(self.folder), "--inbox", "--token"]
        command += ["--engine", "tone", "--allow-private", "--port", str(self.port)]
        where = self.folder.parent
        with self._log() as log:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=where, env=_environment(where)
            )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        assert self.url, self.log()
        self.port = urlsplit(self.url).port or 0

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def log(self) -> str:
        """What it has said on its standard error."""
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def _log_path(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def _log(self) -> IO[str]:
        return self._log_path.open("a", encoding="utf-8")


def _environment(folder: Path) -> dict[str, str]:
    """This process's environment, without what is configured or cached on this machine."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("NARRATE_")}
    own = {name: value for name, value in own.items() if not name.lower().endswith("_proxy")}
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"), str(folder / "home"))
    return {**own, **homes, "NARRATE_CACHE_DIR": str(folder / "cache")}


@contextmanager
def inbox_server(folder: Path) -> Iterator[InboxServer]:
    """A server until the end of the block."""
    folder.mkdir(exist_ok=True)
    server = InboxServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
