"""The package of docs/engines.md is built, installed and spoken with as its author would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

DOCUMENT = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")

HERTZ = "NARRATE_ENGINES_HUM_PITCH_HZ"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package in it, as pip puts it there."""
    place = tmp_path_factory.mktemp("package")
    source, target = place / "source", place / "target"
    source.mkdir()
    (source / "pyproject.toml").write_text(blocks("toml")[0], encoding="utf-8")
    (source / "narrate_hum.py").write_text(blocks("python")[0], encoding="utf-8")
    if find_spec("pip") and find_spec("hatchling"):
        options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
        command = [sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(source)]
        subprocess.run(command, check=True, timeout=300)
    else:
        install_by_hand(source, target)
    return target


def install_by_hand(source: Path, target: Path) -> None:
    """Install the documented package where there is nothing that builds packages."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = target / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir(parents=True)
    (target / "narrate_hum.py").write_bytes((source / "narrate_hum.py").read_bytes())
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (about / "METADATA").write_text(head, encoding="utf-8")
    points = project["entry-points"]["narrate.engines"].items()
    lines = ["[narrate.engines]", *(f"{name} = {value}" for name, value in points), ""]
    (about / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def with_package(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that are started find it."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    return installed


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A process of its own: those that are forked from a running one look for packages where that one does."""
    command = [sys.executable, "-m", "narrate", *arguments]
    own = {**os.environ, **environ}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=own, check=False)


def test_its_voices(with_package: Path) -> None:
    """Its voices are listed; where it is not installed, it is not known."""
    assert run("voices", "--engine", "hum").stdout.split() == ["*", "low", "und", "high", "und"]
    absent = run("voices", "--engine", "hum", PYTHONPATH="")
    assert (absent.returncode, absent.stdout) == (2, "")
    assert "no engine 'hum'" in absent.stderr


def test_an_article(with_package: Path, article: Path) -> None:
    """Is spoken with it, and anew with another setting; the first one's clips are there still."""
    Path("narrate.toml").write_text(blocks("toml")[1], encoding="utf-8")
    speak = ("speak", str(article), "-o", "episode.mp3", "--plain", "--json")
    versions, sounds = [], []
    for hertz in ("220", "330", "220"):
        done = run(*speak, **{HERTZ: hertz})
        assert done.returncode == 0, done.stderr
        sounds.append(Path(json.loads(done.stdout)["path"]).read_bytes())
        versions.append(json.loads(Path("episode.manifest.json").read_text(encoding="utf-8"))["maker"])

    assert sounds[0] == sounds[2] != sounds[1]
    assert [one["engine"] for one in versions] == ["hum"] * 3
    assert versions[0]["engine_version"] == versions[2]["engine_version"] != versions[1]["engine_version"]


@pytest.mark.parametrize(
    ("key", "value", "why", "hint"),
    [
        ("pich_hz", "220", "unknown setting 'pich_hz' of the engine hum in [engines.hum]", "did you mean pitch_hz?"),
        ("pitch_hz", "2", "must be between 50 and 1000", "pitch of the voice"),
    ],
)
def test_a_slip_in_a_setting(with_package: Path, article: Path, key: str, value: str, why: str, hint: str) -> None:
    """Ends the run before anything is read, with what to write."""
    Path("narrate.toml").write_text(f"[engines.hum]\n{key} = {value}\n", encoding="utf-8")

    done = run("speak", str(article), "missing.txt", "--engine", "hum")

    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert hint in " ".join(done.stderr.split())
    assert not Path("output").exists()


def test_several_articles(with_package: Path, article: Path) -> None:
    """Are spoken in one run, by one engine."""
    Path("two.txt").write_text("Another\n\nThe lamp is lit again.\n", encoding="utf-8")

    done = run("speak", str(article), "two.txt", "--engine", "hum", "--voice", "high", "-o", "many", "--plain")

    assert done.returncode == 0, done.stderr
    assert len(list(Path("many").glob("*.mp3"))) == 2


def test_its_own_tests_pass(with_package: Path) -> None:
    """Those that the document says to write."""
    Path("test_hum.py").write_text(blocks("python")[1], encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_hum.py"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout
    assert re.search(r"^8 passed", done.stdout, re.M)


@pytest.fixture
def cluster(with_package: Path) -> Iterator[str]:
    """The address of a scheduler with two workers: one that lacks the package, and one that has it."""
    from distributed import Client, LocalCluster

    own = {"NARRATE_CACHE_DIR": str(Path("workers").absolute()), "PYTHONPATH": ""}
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", env=own
    ) as local:
        address = local.scheduler_address
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        having = {**os.environ, **own, "PYTHONPATH": str(with_package)}
        with subprocess.Popen([*command, "--no-nanny"], stderr=subprocess.DEVNULL, env=having) as worker:
            try:
                with Client(address, set_as_default=False) as client:
                    client.wait_for_workers(2, timeout=90)
                yield address
            finally:
                worker.kill()


@pytest.mark.extra("cluster", "dask", "distributed")
def test_on_a_cluster(cluster: str) -> None:
    """A cluster makes the same bytes, with its settings; a worker that lacks the package is passed over with a word."""
    text = "\n\n".join(f"Paragraph {number} is one of many, and each of them is a chunk." for number in range(12))
    Path("many.txt").write_text(f"Many\n\n{text}\n", encoding="utf-8")
    speak = ("speak", "many.txt", "--engine", "hum", "--plain", "--no-cache", "-o")
    here = run(*speak, "here", **{HERTZ: "330"})
    there = run(*speak, "there", "--cluster", cluster, **{HERTZ: "330"})

    assert (here.returncode, there.returncode) == (0, 0), here.stderr + there.stderr
    assert Path("here/many.mp3").read_bytes() == Path("there/many.mp3").read_bytes()
    said = " ".join(there.stderr.split())
    assert said.count("cannot use the engine hum: no engine 'hum'") == 1
    assert "it is passed over" in said
