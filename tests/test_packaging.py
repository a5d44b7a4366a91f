"""The archives of a release: built as an installer would build them, and held against the checkout."""

from __future__ import annotations

import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.extra("dev", "hatchling")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and a source archive, made by the project's own build backend."""
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("dist")
    list(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    list(SdistBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    return folder


@pytest.fixture(scope="module")
def committed() -> set[str]:
    """The paths that version control knows; without it (an unpacked archive) there is nothing to compare."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode or not listed.stdout:
        pytest.skip("not a checkout")
    return set(listed.stdout.splitlines())


def _of_wheel(folder: Path) -> set[str]:
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def _of_source_archive(folder: Path) -> set[str]:
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_wheel_is_the_package_whole(built: Path, committed: set[str]) -> None:
    """Each file below narrate/, tables and voices among them; besides, only what describes the distribution."""
    names = _of_wheel(built)

    assert {name for name in names if ".dist-info/" not in name} == {
        name for name in committed if name.startswith("narrate/")
    }
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_source_archive_can_be_tested_and_read(built: Path, committed: set[str]) -> None:
    """All that is committed is in it, but for what serves the checkout alone."""
    names = _of_source_archive(built)

    lost = {name for name in committed if not name.startswith((".", "output/"))} - names
    assert lost == set()
    assert names - committed == {"PKG-INFO"}


def test_the_metadata_name_the_version(built: Path) -> None:
    """The archives are called after the distribution and the version of the package."""
    from narrate.core.version import __version__

    assert {path.name for path in built.iterdir()} == {
        f"narrate_articles-{__version__}-py3-none-any.whl",
        f"narrate_articles-{__version__}.tar.gz",
    }
