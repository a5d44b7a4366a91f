"""`narrate serve --inbox` as a process: it speaks what comes, and a kill at any moment loses or doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.command import begun, narrate

LONG = "A Long Night\n\n" + "\n\n".join(f"This is paragraph number {n} of a very long night at sea." for n in range(60))
SHORT = "A Light at Sea\n\nAnna Berg has kept the light for 31 years."

kills = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder; covers take longer to draw than all else here."""
    monkeypatch.setenv("NARRATE_COVER", "none")
    Path("library").mkdir()
    return Path("library")


@contextmanager
def serving(*more: str, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command and the address of its inbox."""
    with begun("serve", "library", "--inbox", "-e", "tone", "--port", str(port), "--no-qr", *more) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(4)]
        assert lines[3].startswith("To add an article: curl "), process.stderr
        yield process, lines[2].strip()


def ask(url: str, **values: str) -> Any:
    """What the inbox says of itself, or of something that is added."""
    body = json.dumps(values).encode() if values else None
    request = urllib.request.Request(url, body, {"content-type": "application/json"} if body else {})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def entries(url: str, until: Callable[[list[Any]], bool]) -> list[Any]:
    """The entries, once they are as they should be; whoever asks all the time keeps them from it."""
    for _ in range(150):
        found = ask(url)["entries"]
        if until(found):
            return list(found)
        time.sleep(0.4)
    raise AssertionError(found)


def are_settled(found: list[Any]) -> bool:
    return all(one["state"] not in ("waiting", "working") for one in found)


def sounds(library: Path) -> list[str]:
    return sorted(path.name for path in library.glob("*.mp3"))


def clips() -> dict[str, int]:
    """The clips that are finished, and when each was written."""
    folder = Path(os.environ["NARRATE_CACHE_DIR"], "clips")
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.clip")}


def until_spoken() -> None:
    """Wait until the first clip of an article is finished."""
    for _ in range(3000):
        if clips():
            return
        time.sleep(0.02)
    raise AssertionError("nothing is spoken")


def feed(url: str) -> str:
    with urllib.request.urlopen(url.removesuffix("inbox") + "feed.xml", timeout=20) as answer:
        return str(answer.read().decode())


@kills
@pytest.mark.slow
def test_a_kill_in_the_middle_of_speaking_and_of_an_upload(library: Path) -> None:
    """After a restart on the same port all that was taken is spoken, once, and no finished clip a second time."""
    with serving() as (process, url):
        port = int(url.split(":")[2].split("/")[0])
        ask(url, text=LONG)
        ask(url, text=SHORT)
        with half_an_upload(port):
            until_spoken()
            process.kill()
            process.wait()
    assert sounds(library) == []
    before = clips()

    with serving(port=port) as (_, again):
        assert again == url
        found = entries(url, are_settled)
        assert [(one["state"], one["title"]) for one in found] == [("done", "A Light at Sea"), ("done", "A Long Night")]
        assert ask(url, text=LONG)["state"] == "done"
        assert feed(url).count("<item>") == 2

    assert clips().items() >= before.items()
    assert sounds(library) == ["a-light-at-sea.mp3", "a-long-night.mp3"]
    assert not list(library.glob(".*.part"))
    assert {path.name for path in (library / ".narrate-inbox").iterdir() if path.suffix != ".json"} == {"lock"}


@contextmanager
def half_an_upload(port: int) -> Iterator[None]:
    """A client that has sent some of a text."""
    head = (
        "POST /inbox HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sock:
        sock.sendall(f"{head}Content-Length: 9000000\r\n\r\n".encode() + b'{"text": "' + b"words " * 300_000)
        yield


@kills
@pytest.mark.parametrize("sent", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_the_end_in_the_middle_of_speaking(library: Path, sent: signal.Signals) -> None:
    """It is soon over, without a word, and what was begun waits for the next server."""
    with serving() as (process, url):
        ask(url, text=LONG)
        until_spoken()
        process.send_signal(sent)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in said
    kept = [json.loads(path.read_bytes()) for path in (library / ".narrate-inbox").glob("*.json")]
    assert [one["state"] for one in kept] == ["waiting"]


@pytest.mark.slow
def test_a_secret_a_feed_and_a_second_server(library: Path) -> None:
    """The command says the whole address; a published feed lists an episode by then; one server has the folder."""
    Path("narrate.toml").write_text('[podcast]\nbase_url = "https://example.com/pod"\n')
    Path("first.txt").write_text("First\n\nThe first words of all.")
    narrate("speak", "first.txt", "-e", "tone", "-o", "library")
    narrate("feed", "library")
    with serving("--token") as (_, url):
        assert url.endswith(f"/{(library / '.narrate-token').read_text().strip()}/inbox")
        ask(url, text=SHORT)
        entries(url, are_settled)
        assert (library / "feed.xml").read_text().count("<item>") == 2

        second = narrate("serve", "library", "--inbox", "-e", "tone", "--port", "0")

    assert second.returncode == 2
    assert "another narrate has the inbox of library" in second.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--inbox", "--host", "0.0.0.0"),
        ("--inbox", "--host", "::"),
        ("--inbox", "--host", "192.0.2.1"),
        ("--inbox", "--host", ""),
        ("--inbox", "--host", "radio.local"),
        ("--inbox", "--base-url", "https://pod.example/"),
        ("--inbox", "--base-url", "http://localhost/", "--host", "0.0.0.0"),
    ],
)
def test_a_secret_is_needed_where_others_can_come(arguments: tuple[str, ...]) -> None:
    """Nobody else fills an inbox."""
    done = narrate("serve", "library", *arguments, "-e", "tone", "--port", "0")

    assert done.returncode == 2
    assert "--token" in done.stderr


@pytest.mark.parametrize("arguments", [("--voice", "x"), ("-e", "tone"), ("--allow-private",)])
def test_what_is_for_the_inbox_alone(arguments: tuple[str, ...]) -> None:
    """Without one it would do nothing, and that is said."""
    done = narrate("serve", "library", *arguments)

    assert done.returncode == 2
    assert "--inbox" in done.stderr


@pytest.mark.parametrize("arguments", [("-e", "nosuch"), ("-e", "tone", "--voice", "nosuch")])
def test_a_voice_that_is_not_there(arguments: tuple[str, ...]) -> None:
    """It is said before anybody gives anything."""
    done = narrate("serve", "library", "--inbox", "--port", "0", *arguments)

    assert done.returncode == 2
    assert "nosuch" in done.stderr
