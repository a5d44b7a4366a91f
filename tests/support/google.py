"""The far end of the gtts engine: a real HTTP server on loopback that speaks the service's protocol."""

from __future__ import annotations

import base64
import json
import tempfile
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from narrate.audio.encoder import encode
from narrate.core.formats import FORMATS


@dataclass
class Reply:
    """One answer; a body that is cut off announces more bytes than it sends."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut_off_by: int = 0


@dataclass
class Google:
    """The server's address, the texts it was asked for, and what it answers next."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    replies: list[Reply | Callable[[str], Reply]] = field(default_factory=list)

    def answer(self, text: str) -> Reply:
        self.asked.append(text)
        reply = self.replies.pop(0) if self.replies else good
        return reply(text) if callable(reply) else reply


def good(text: str) -> Reply:
    """A tone of the length of the text, packed as the service packs it."""
    return Reply(body=packed(mp3_for(text)))


def packed(mp3: bytes) -> bytes:
    inner = json.dumps([base64.b64encode(mp3).decode()], separators=(",", ":"))
    row = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 41]], separators=(",", ":"))
    return f')]}}\'\n\n{len(row)}\n{row}\n25\n[["e",4,null,null,999]]\n'.encode()


def mp3_for(text: str) -> bytes:
    seconds = np.arange(24_000 * max(3, len(text)) // 15) / 24_000
    samples = (8000 * np.sin(2 * np.pi * 220 * seconds)).astype(np.int16)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tone.mp3"
        encode([samples], 24_000, path, format=FORMATS["mp3"], gain_db=0.0, limit_db=-1.0, bitrate_kbps=64)
        return path.read_bytes()


@contextmanager
def google() -> Iterator[Google]:
    state = Google()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            request = json.loads(urllib.parse.parse_qs(body)["f.req"][0])
            reply = state.answer(json.loads(request[0][0][1])[0])
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) - reply.cut_off_by])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
