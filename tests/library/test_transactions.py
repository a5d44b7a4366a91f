"""Files of one episode that change together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from narrate.core.errors import OutputError
from narrate.library import transactions
from narrate.library.transactions import LOCK_NAME, changing, finish_changes, library_lock

FOLDER = Path("episodes")
OLD = {"a.mp3": "old", "a.vtt": "old", "a.chapters.json": "old"}
NEW = {"a.mp3": "new", "a.vtt": "new", "a.page.html": "new"}


@pytest.fixture(autouse=True)
def _episode() -> None:
    FOLDER.mkdir()
    for name, content in OLD.items():
        (FOLDER / name).write_text(content)


def change_all() -> None:
    """From OLD to NEW."""
    with changing(FOLDER) as change:
        for name, content in NEW.items():
            change.new(name).write_text(content)
        change.remove("a.chapters.json")
        change.remove("never.there")


def there() -> dict[str, str]:
    """What lies in the folder, but for the lock."""
    return {path.name: path.read_text() for path in FOLDER.iterdir() if path.name != LOCK_NAME}


def test_all_files_change() -> None:
    """What is new is there, what was to go is gone, and nothing else is left."""
    change_all()

    assert there() == NEW


def test_a_failure_changes_nothing() -> None:
    """Whatever was written before it."""
    with pytest.raises(KeyboardInterrupt), changing(FOLDER) as change:
        change.new("a.mp3").write_text("half")
        change.remove("a.vtt")
        raise KeyboardInterrupt

    assert there() == OLD


@pytest.mark.parametrize("name", ["a.page.html", "a.chapters.json"])
def test_a_folder_in_the_way_changes_nothing(name: str) -> None:
    """Neither where a file is to be, nor where one was."""
    (FOLDER / name).unlink(missing_ok=True)
    (FOLDER / name).mkdir()
    before = sorted(os.listdir(FOLDER))

    with pytest.raises(OutputError, match=name):
        change_all()

    assert sorted(os.listdir(FOLDER)) == before
    assert (FOLDER / "a.mp3").read_text() == "old"


KILLED = """
import os, signal, sys
from pathlib import Path
from narrate.library import transactions
from narrate.core.system import files
import test_transactions

place, number = sys.argv[1], int(sys.argv[2])

def killing(module, name):
    real, calls = getattr(module, name), []
    def call(*args, **options):
        calls.append(1)
        if place == name and len(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)
    setattr(module, name, call)

killing(transactions, "finished"); killing(transactions, "new_part"); killing(transactions, "_apply")
killing(Path, "replace"); killing(Path, "unlink")
test_transactions.change_all()
print("done")
"""

# Path.replace puts the journal into place first, then each of the three files.
BEFORE = [("new_part", 1), ("new_part", 3), ("finished", 1), ("finished", 3), ("replace", 1)]
AFTER = [("_apply", 1), ("unlink", 1), ("unlink", 2), ("replace", 2), ("replace", 3), ("replace", 4), ("unlink", 3)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("place", "number"), [*BEFORE, *AFTER])
def test_killed_at_any_step(place: str, number: int) -> None:
    """Whoever looks next finds the old files or the new ones, all of them."""
    command = [sys.executable, "-c", KILLED, place, str(number)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}

    killed = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    finish_changes(FOLDER)
    left = {name: content for name, content in there().items() if not name.endswith(".part")}
    assert left == (OLD if (place, number) in BEFORE else NEW)
    finish_changes(FOLDER)
    assert {name: content for name, content in there().items() if not name.endswith(".part")} == left


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "[]",
        "{}",
        '{"removes": ["../keep.txt"], "moves": []}',
        '{"removes": [], "moves": [["a.mp3", "../keep.txt"]]}',
        '{"removes": [], "moves": [["../keep.txt", "a.mp3"]]}',
        '{"removes": [".."], "moves": []}',
        '{"removes": [5], "moves": [[1, 2]]}',
    ],
)
def test_a_journal_that_narrate_did_not_write(journal: str) -> None:
    """Is cleared away, and nothing outside the folder is touched."""
    Path("keep.txt").write_text("mine")
    (FOLDER / ".0.commit").write_text(journal)

    finish_changes(FOLDER)

    assert there() == OLD
    assert Path("keep.txt").read_text() == "mine"


def test_a_folder_without_a_journal_is_left_alone(tmp_path: Path) -> None:
    """It may be one that can only be read, or none."""
    finish_changes(FOLDER)
    finish_changes(tmp_path / "missing")

    assert there() == OLD
    assert not (FOLDER / LOCK_NAME).exists()


def test_changes_at_once_do_no_harm() -> None:
    """Each is whole in the end, whichever came last."""

    def write(mark: str) -> None:
        for _ in range(20):
            with changing(FOLDER) as change:
                for name in NEW:
                    change.new(name).write_text(mark)

    threads = [threading.Thread(target=write, args=[mark]) for mark in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({there()[name] for name in NEW}) == 1
    assert not [name for name in there() if name.startswith(".")]


def test_a_lock_that_is_never_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is said in words; nothing changes."""
    monkeypatch.setattr(transactions, "LOCK_TIMEOUT_S", 0.1)

    with library_lock(FOLDER), pytest.raises(OutputError, match="another process"):
        change_all()

    assert there() == OLD


def test_the_journal_lists_what_is_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names alone, so that a folder may be moved in between."""
    monkeypatch.setattr(transactions, "_apply", lambda journal: None)

    change_all()

    (journal,) = FOLDER.glob(".*.commit")
    noted = json.loads(journal.read_text())
    assert noted["removes"] == ["a.chapters.json", "never.there"]
    assert [name for _, name in noted["moves"]] == list(NEW)
    assert all("/" not in part for part, _ in noted["moves"])
