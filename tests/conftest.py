"""What every test starts from: no settings of the machine, a cache and a working folder of its own."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import zlib
from pathlib import Path

import hypothesis
import pytest
from support.extras import require_extra

ROOT = Path(__file__).parent.parent

# The machines of CI are slow and shared; a deadline for single examples would only measure them.
hypothesis.settings.register_profile("narrate", deadline=None, max_examples=150)
hypothesis.settings.load_profile("narrate")

# A shell starts what runs in the background with Ctrl-C ignored, and so would be every process that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is configured or cached on this machine reaches a test."""
    for name in [name for name in os.environ if name.startswith("NARRATE_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)


@pytest.fixture(scope="session")
def seed() -> Path:
    """The first article."""
    return ROOT / "seeds" / "000_164dbe921457bdb8.txt"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article of our own: a title, two paragraphs, one of them with two sentences."""
    path = tmp_path / "work" / "lighthouse.txt"
    path.write_text(
        "The Last Lighthouse Keeper\n\n"
        "Anna Berg has kept the light for 31 years. She never missed a night.\n\n"
        "“It wasn’t hard,” she says.\n\n"
        "Read Entire Article\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the model, shared by all tests of the real voice and all workers: it is put together once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return tmp_path_factory.mktemp("model-cache")
    from filelock import FileLock

    from narrate.speech.engines import kokoro_model

    # A worker's own folder is one of those in the run's.
    folder = tmp_path_factory.getbasetemp().parent / "model-cache"
    with FileLock(f"{folder}.lock"):
        kokoro_model.model_file(folder)
    return folder


@pytest.fixture
def seeds_here(tmp_path: Path) -> Path:
    """The working folder with a copy of seeds/ in it, as a clone has it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "work" / "seeds")
    return tmp_path / "work"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let CI run a share of the long tests each time."""
    parser.addoption("--share", metavar="K/N", help="run only the K-th of N shares of the chosen tests, 0/N to N-1/N")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it at the end; keep the share that is asked for."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if share := config.getoption("--share"):
        kept, of = (int(number) for number in share.split("/"))
        # By the name, so that a test that is added moves no other one into another share.
        items[:] = [item for item in items if zlib.crc32(item.nodeid.encode()) % of == kept]


def pytest_collection_finish() -> None:
    """Put what has been collected out of the garbage collector's sight: it stays to the end.

    These are some 800,000 objects, and each full collection would look at all of them, which takes most of a second;
    tests that measure time or memory ask for hundreds of collections.
    """
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs an extra that is not installed."""
    for mark in item.iter_markers("extra"):
        require_extra(*mark.args)
