"""The commands for what becomes of finished episodes, as a user runs them."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from support.manifests import put
from support.site import reply, site
from typer.testing import CliRunner

from narrate.check.listen.page import SIGN
from narrate.cli.app import app

BASE = "https://example.com/pod"


@pytest.fixture
def episode() -> None:
    """One that beeps, in the folder "output"."""
    Path("light.md").write_text("# A Light at Sea\n\nShe climbs.\n\n## Winter\n\nIt froze & froze.\n", encoding="utf-8")
    run("speak", "light.md", "-e", "tone", "--cover", "none")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, in this process."""
    result = CliRunner().invoke(app, arguments)
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def test_a_feed(episode: None) -> None:
    """It prints the file; again, it changes nothing."""
    result = run("feed", "--base-url", BASE)

    assert (result.returncode, result.stdout) == (0, f"{Path('output/feed.xml')}\n"), result.stderr
    feed = feedparser.parse(Path("output/feed.xml").read_bytes())
    assert feed.entries[0].enclosures[0].href == f"{BASE}/a-light-at-sea.mp3"
    noted = json.loads(run("feed", "output", "--base-url", BASE, "--json").stdout)
    assert (noted["url"], noted["episodes"], noted["changed"]) == (f"{BASE}/feed.xml", 1, False)


def test_what_the_feed_says_of_itself_stands_in_the_settings(episode: None) -> None:
    """Flags win over them."""
    Path("narrate.toml").write_text(
        f'[podcast]\ntitle = "Жук & Co"\nauthor = "Anna"\nbase_url = "{BASE}"\ncategory = "News > Tech News"\n',
        encoding="utf-8",
    )

    assert run("feed").returncode == 0
    assert feedparser.parse(Path("output/feed.xml").read_bytes()).feed.title == "Жук & Co"
    assert run("feed", "--title", "Other").returncode == 0
    assert feedparser.parse(Path("output/feed.xml").read_bytes()).feed.title == "Other"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["feed"], 2, "--base-url"),
        (["feed", "nowhere", "--base-url", BASE], 3, "no folder nowhere"),
        (["serve", "nowhere"], 3, "no folder nowhere"),
        (["remove", "light.md"], 3, "no episode"),
        (["check", "nowhere"], 3, "nowhere"),
    ],
)
def test_what_cannot_be_done(episode: None, arguments: list[str], code: int, message: str) -> None:
    """Is said with what to type."""
    result = run(*arguments)

    assert (result.returncode, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_an_episode_that_is_not_whole(episode: None) -> None:
    """The feed is written without it, and the code says so."""
    put(Path("output"), "half", "Half")
    Path("output/half.mp3").write_bytes(b"h")

    result = run("feed", "--base-url", BASE)

    assert result.returncode == 3
    assert "half.mp3: it has 1 bytes" in result.stderr
    assert len(feedparser.parse(Path("output/feed.xml").read_bytes()).entries) == 1


def test_an_episode_is_removed_with_all_that_is_its(episode: None) -> None:
    """An episode is removed with all that is its, and nothing else."""
    Path("output/a-light-at-sea.txt").write_text("mine")
    Path("output/a-light-at-sea.heard.html").write_text(f"<!-- {SIGN} -->")

    result = run("remove", "output/a-light-at-sea.mp3")

    assert (result.returncode, result.stdout) == (0, f"{Path('output/a-light-at-sea.mp3')}\n")
    assert sorted(os.listdir("output")) == [".narrate.lock", "a-light-at-sea.txt"]


def test_a_fresh_episode_and_its_feed_are_what_apps_want(episode: None) -> None:
    """A fresh episode and its feed are what apps want, but for the cover that it was told to have none of."""
    run("feed", "--base-url", BASE)

    result = run("check", "--json")

    assert result.returncode == 0
    assert {finding["rule"] for finding in json.loads(result.stdout)} <= {"item-image", "tag-cover"}


def test_a_fault_is_found(episode: None) -> None:
    """The code says so, and each line which file and what."""
    path = Path("output/a-light-at-sea.vtt")
    path.write_text("no captions")

    result = run("check")

    assert result.returncode == 7
    assert "a-light-at-sea.vtt" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_rules_are_listed() -> None:
    """With where each comes from."""
    result = run("check", "--rules")

    assert result.returncode == 0
    assert len(result.stdout.splitlines()) > 30
    assert "PSP-1" in result.stdout


def test_somebody_elses_feed(episode: None) -> None:
    """By its address; what it leads to is not fetched."""
    run("feed", "--base-url", BASE)
    feed = Path("output/feed.xml").read_bytes()
    with site() as server:
        server.answers["/a.xml"] = reply(feed, content_type="application/rss+xml")
        server.answers["/b"] = reply(b"<rss/>", content_type="text/xml")
        address = server.url("", host="127.0.0.1")
        assert run("check", f"{address}/a.xml").returncode == 3
        good = run("check", f"{address}/a.xml", "--allow-private", "--json")
        bad = run("check", f"{address}/b", "--allow-private")

    assert good.returncode == 0, good.stdout
    assert bad.returncode == 7
    assert "b: its version" in bad.stdout


@contextmanager
def served(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that a server prints, and its process."""
    command = [sys.executable, "-m", "narrate", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.communicate()


def get(address: str) -> tuple[int, bytes]:
    """Status and body."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_server(episode: None) -> None:
    """Its page, its feed, and what the feed leads to; Ctrl-C ends it."""
    with served() as (address, process):
        status, page = get(address)
        feed = feedparser.parse(get(f"{address}feed.xml")[1])

        assert (status, b"A Light at Sea" in page) == (200, True)
        (entry,) = feed.entries
        assert get(entry.enclosures[0].href)[1] == Path("output/a-light-at-sea.mp3").read_bytes()
        assert get(f"{address}light.md")[0] == 404
        process.send_signal(signal.SIGINT)
        process.wait(10)


def test_a_server_with_a_secret(episode: None) -> None:
    """A server's secret is the same at the next start; nothing is there without it."""
    addresses = []
    for _ in range(2):
        with served("--token") as (address, _process):
            addresses.append(urlsplit(address))
            assert get(address)[0] == 200
            assert get(f"http://{addresses[-1].netloc}/")[0] == 404
            assert get(f"http://{addresses[-1].netloc}/feed.xml")[0] == 404

    assert addresses[0].path == addresses[1].path
    assert re.fullmatch(r"/[\w-]{22,}/", addresses[0].path)


def test_a_server_behind_a_proxy(episode: None) -> None:
    """The feed leads to where others find it, not to this machine."""
    with served("--base-url", "https://pod.example.com/x", "--qr") as (address, process):
        assert address == "https://pod.example.com/x/"
        assert process.stdout is not None
        assert process.stdout.readline() == "https://pod.example.com/x/feed.xml\n"
        code = "".join(process.stdout.readline() for _ in range(5))
        assert any(block in code for block in "█▀▄")


@pytest.mark.parametrize(
    ("language", "code", "message"), [("fr", 2, "English only"), ("", 3, "no transcript")], ids=["French", "damaged"]
)
def test_listening_to_what_it_cannot(episode: None, language: str, code: int, message: str) -> None:
    """Is said before anything is loaded."""
    path = Path("output/a-light-at-sea.json")
    text = path.read_text(encoding="utf-8").replace('"language": "en"', f'"language": "{language}"')
    path.write_text(text if language else "{}", encoding="utf-8")

    result = run("check", "--listen", "output/a-light-at-sea.mp3")

    assert result.returncode == code
    assert message in result.stderr


def test_listening_to_a_folder_without_episodes() -> None:
    """Is said with what to type."""
    Path("empty").mkdir()

    result = run("check", "--listen", "empty")

    assert result.returncode == 3
    assert "narrate speak" in result.stderr
