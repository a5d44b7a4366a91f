"""`narrate speak` with lists, folders and feeds: all that can be spoken is, and the rest is named."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from support.command import begun, narrate
from support.site import reply, site

from narrate.cli.commands.batch import Rows
from narrate.pipeline.many.outcomes import HEADER, Outcome

SPEAK = ("speak", "-e", "tone", "--cover", "none")


def test_a_folder_a_list_and_what_is_missing(folder: Path) -> None:
    """Each article is made once; a report for machines, a table for people, and an exit code have all in order."""
    Path("list.txt").write_text("# mine\nin/two.md\n\nin/missing.txt\n")

    result = narrate(*SPEAK, "in", "--from", "list.txt", "--report", "report.jsonl")

    assert result.returncode == 8
    assert result.stdout.splitlines() == [str(Path("output", name)) for name in ("one.mp3", "two.mp3")]
    lines = [json.loads(line) for line in Path("report.jsonl").read_text().splitlines()]
    assert [(line["source"], line["status"]) for line in lines] == [
        (str(Path("in", "one.txt")), "made"),
        (str(Path("in", "two.md")), "made"),
        ("in/two.md", "same"),
        ("in/missing.txt", "failed"),
    ]
    assert lines[2]["same_as"] == str(Path("in", "two.md"))
    assert "in/missing.txt does not exist" in lines[3]["error"]
    said = result.stderr.splitlines()
    assert "narrate: in/two.md is the same as in/two.md" in said
    assert "in/two.md: the same as in/two.md" in "\n".join(said[-3:])
    assert said[-1].startswith("2 made, 0 unchanged, 1 failed, 1 same;")
    assert all(len(line) <= 80 for line in result.stderr.splitlines())


def test_the_same_source_again_in_json(folder: Path) -> None:
    """Is a line for machines, too, and nothing is made the second time."""
    twice = (*SPEAK, "in/one.txt", "in/../in/one.txt", "--json")
    narrate(*twice)

    result = narrate(*twice)

    first, second = map(json.loads, result.stdout.splitlines())
    assert first["unchanged"]
    assert second == {"source": "in/../in/one.txt", "same_as": "in/one.txt", "path": first["path"]}
    assert "0 made, 1 unchanged, 0 failed, 1 same" in result.stderr


def test_the_same_command_again_does_what_is_missing(folder: Path) -> None:
    """What is there is left as it is."""
    narrate(*SPEAK, "in")
    before = {path: path.read_bytes() for path in Path("output").iterdir()}
    (folder / "three.txt").write_text("Three\n\nA third one.")

    result = narrate(*SPEAK, "in", "--json")

    assert [json.loads(line)["unchanged"] for line in result.stdout.splitlines()] == [True, False, True]
    assert {path: path.read_bytes() for path in before} == before


def test_a_list_on_standard_input(folder: Path) -> None:
    """A dash."""
    result = narrate(*SPEAK, "--from", "-", stdin=b"in/one.txt\n")

    assert (result.returncode, result.stdout) == (0, f"{Path('output', 'one.mp3')}\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C otherwise")
def test_a_list_that_is_still_being_written(folder: Path) -> None:
    """Each article is spoken as soon as it is named, and Ctrl-C ends the waiting for the next."""
    with begun(*SPEAK, "--from", "-") as process:
        assert process.stdin and process.stdout
        for name in ("one.txt", "two.md"):
            process.stdin.write(f"in/{name}\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"{Path('output', name).with_suffix('.mp3')}\n"

        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert process.stderr and "Traceback" not in process.stderr.read()

    assert process.returncode == 130


FEED = """<rss version="2.0"><channel><title>T</title>
<item><title>New</title><link>{0}/new.html</link><pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate></item>
<item><title>Old</title><link>{0}/old.html</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
PROSE = "<p>The keeper climbs the stairs, lights the lamp, and writes a line in the book of the house.</p>" * 6


@pytest.mark.slow
def test_the_articles_of_a_feed() -> None:
    """Oldest first; only the newest where that is asked for."""
    with site() as far:
        address = far.url(host="127.0.0.1").rstrip("/")
        far.answers["/feed.xml"] = reply(FEED.format(address).encode(), content_type="application/rss+xml")
        far.answers["/robots.txt"] = reply(status=404)
        for name in ("New", "Old"):
            far.answers[f"/{name.lower()}.html"] = reply(PAGE.format(name, PROSE).encode())
        all_of_it = narrate(*SPEAK, "--feed", f"{address}/feed.xml", "--allow-private")
        newest = narrate(*SPEAK, "--feed", f"{address}/feed.xml", "--allow-private", "--newest", "1")

    assert all_of_it.stdout.splitlines() == [str(Path("output", name)) for name in ("old.mp3", "new.mp3")]
    assert newest.stdout.splitlines() == [str(Path("output", "new.mp3"))]
    assert far.paths.count("/robots.txt") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C otherwise")
@pytest.mark.slow
def test_ctrl_c_in_the_middle_of_many(folder: Path) -> None:
    """It ends soon, says that clips are kept, and the next run does the rest."""
    for number in range(3):
        text = "\n\n".join(f"This is paragraph {part} of a long article." for part in range(12))
        (folder / f"long-{number}.txt").write_text(f"Long {number}\n\n{text}")
    with begun(*SPEAK, "in") as process:
        assert process.stdout
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert process.returncode == 130
    assert "finished clips are kept" in said
    assert "Traceback" not in said
    assert Path(first.strip()).is_file()
    again = narrate(*SPEAK, "in", "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout.splitlines()[0])["unchanged"]
    assert len(again.stdout.splitlines()) == 5


def test_a_long_table_is_what_failed() -> None:
    """Nobody looks through a thousand lines for the three that matter."""
    rows = Rows()
    for number in range(100):
        status = "failed" if number % 50 == 0 else "made"
        rows.add(Outcome(f"{number}.txt", status, error="gone" if status == "failed" else "", path=f"{number}.mp3"))

    assert len(rows.shown()) == 3
    assert rows.shown()[0] == HEADER
