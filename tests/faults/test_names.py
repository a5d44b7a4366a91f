"""Names that are taken by files which narrate did not make: nobody's file is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from faults.bench import ARTICLE, Bench

STEM = "a-light-at-sea"


def _folder(path: Path) -> None:
    (path / "mine").mkdir(parents=True)


def _file(path: Path) -> None:
    path.write_text("mine")


def _read_only(path: Path) -> None:
    path.write_text("mine")
    path.chmod(0o400)


def _link_out(path: Path) -> None:
    path.parent.with_name("outside").write_text("mine")
    path.symlink_to("../outside")


def _link_to_nowhere(path: Path) -> None:
    path.symlink_to("../nowhere")


FOREIGN: list[Callable[[Path], None]] = [_folder, _file, _read_only, _link_out, _link_to_nowhere]


def _what_is(path: Path) -> object:
    if path.is_symlink():
        return path.readlink()
    return sorted(path.iterdir()) if path.is_dir() else (path.read_bytes(), path.stat().st_mode)


@pytest.mark.parametrize("ending", [".mp3", ".json"])
@pytest.mark.parametrize("make", FOREIGN)
def test_a_derived_name_that_is_taken(bench: Bench, make: Callable[[Path], None], ending: str) -> None:
    """The episode has the next number, says so, and keeps it; what was there stays, also outside the folder."""
    bench.output.mkdir()
    taken = bench.output / (STEM + ending)
    make(taken)
    before = _what_is(taken)

    ended = bench.run()

    assert (ended.code, ended.out) == (0, f"output/{STEM}-2.mp3\n")
    assert f"{taken.relative_to(bench.folder)} is not narrate's and stays" in ended.err
    assert _what_is(taken) == before
    assert not (bench.folder / "nowhere").exists()
    if (bench.folder / "outside").exists():
        assert (bench.folder / "outside").read_text() == "mine"
    assert bench.run().out == f"output/{STEM}-2.mp3\n"
    assert not (bench.output / f"{STEM}-3.mp3").exists()


@pytest.mark.parametrize("signal_at", [None, 85, 95, 100])
def test_an_episode_without_sidecars_is_narrates(bench: Bench, signal_at: int | None) -> None:
    """Though no manifest names it: its next run takes its place, also if the first one was killed."""
    bench.run("--no-sidecars", harm={"step": signal_at, "signal": "SIGKILL"} if signal_at else {})
    bench.write("A Light at Sea\n\nAll is new.\n")

    ended = bench.run("--no-sidecars")

    assert (ended.code, ended.out) == (0, f"output/{STEM}.mp3\n")
    assert [path.name for path in bench.output.iterdir() if path.suffix != ".lock"] == [f"{STEM}.mp3"]


@pytest.mark.parametrize("kill", [{}, {"frame": 2}, {"step": 40}, {"step": 60}, {"step": 80}], ids=str)
def test_an_episode_without_sidecars_and_cache_keeps_its_name(bench: Bench, kill: dict[str, int]) -> None:
    """Its tags say whose it is. What a killed run leaves is cleared away by the next one that has a cache.

    Without one there is no lock, and the temporary file may be that of a run which is alive.
    """
    options = ("--no-sidecars", "--no-cache")
    bench.run(*options)
    bench.write(f"{ARTICLE}\nThe keeper sleeps.\n")
    if kill:
        bench.run(*options, harm=kill | {"signal": "SIGKILL"})

    for _ in range(2):
        ended = bench.run(*options)
        assert (ended.code, ended.out, ended.err.count("stays")) == (0, f"output/{STEM}.mp3\n", 0)
    bench.run("--no-sidecars")
    assert list(bench.files(bench.output)) == [f"output/{STEM}.mp3"]


def test_an_episode_whose_manifest_is_gone_is_narrates(bench: Bench, undisturbed: dict[str, bytes]) -> None:
    """As long as the cache knows its files."""
    bench.run()
    (bench.output / f"{STEM}.manifest.json").unlink()

    assert bench.run().out == f"output/{STEM}.mp3\n"
    assert bench.files() == undisturbed


def test_a_file_that_the_user_names_is_replaced(bench: Bench) -> None:
    """They said so."""
    (bench.folder / "talk.mp3").write_text("mine")

    ended = bench.run("-o", "talk.mp3")

    assert (ended.code, ended.out) == (0, "talk.mp3\n")
    assert (bench.folder / "talk.mp3").stat().st_size > 1000


@pytest.mark.parametrize("make", FOREIGN)
def test_what_lies_beside_a_file_that_the_user_names(bench: Bench, make: Callable[[Path], None]) -> None:
    """Was not named, so it is an error that says what to do, before anything is spoken."""
    bench.output.mkdir()
    taken = bench.output / "talk.json"
    make(taken)
    before = _what_is(taken)

    ended = bench.run("-o", "output/talk.mp3")

    assert ended.code == 6
    assert "output/talk.json is not narrate's" in ended.err
    assert "--no-sidecars" in ended.err
    assert "speaking" not in ended.err
    assert _what_is(taken) == before
    assert bench.run("-o", "output/talk.mp3", "--no-sidecars").code == 0


@pytest.mark.parametrize("name", [".narrate.lock", ".0.commit"])
def test_links_that_lead_out_of_the_folder(bench: Bench, name: str) -> None:
    """Nothing is written through them, and nothing is read as narrate's."""
    outside = bench.folder / "outside"
    outside.write_text('{"removes": ["mine.txt"], "moves": []}')
    bench.output.mkdir()
    (bench.output / "mine.txt").write_text("mine")
    (bench.output / name).symlink_to("../outside")

    ended = bench.run()

    assert ended.code == (6 if name == ".narrate.lock" else 0)
    assert "Traceback" not in ended.err
    assert outside.read_text() == '{"removes": ["mine.txt"], "moves": []}'
    assert (bench.output / "mine.txt").exists()


def test_an_output_folder_that_is_a_link(bench: Bench, undisturbed: dict[str, bytes]) -> None:
    """Is one: the user put it there."""
    (bench.folder / "elsewhere").mkdir()
    bench.output.symlink_to("elsewhere")

    assert bench.run().code == 0
    assert bench.files() == undisturbed
