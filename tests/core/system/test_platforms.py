"""Where narrate's voice cannot be, an installation and a run say so, and what works instead."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import venv
from importlib import metadata
from pathlib import Path

import pytest
from conftest import ROOT
from support.command import narrate

from narrate.cli.doctor import examine
from narrate.core.errors import EngineNotInstalled
from narrate.core.settings.loading import Settings
from narrate.core.system import platforms
from narrate.core.system.platforms import Platform, lacking, this_platform
from narrate.speech.engines import kokoro, kokoro_model, make_engine

INTEL_MAC = Platform("Darwin", "x86_64", macos=15)
ALPINE = Platform("Linux", "x86_64", is_musl=True)

FINE = [
    Platform("Linux", "x86_64", glibc=(2, 28)),
    Platform("Linux", "aarch64", glibc=(2, 41)),
    Platform("Linux", "x86_64"),  # a C library of unknown version
    Platform("Darwin", "arm64", macos=14),
    Platform("Darwin", "arm64", macos=26),
    Platform("Darwin", "arm64", macos=10),  # what some Pythons call macOS 11 and all later ones
    Platform("Windows", "AMD64"),
    Platform("Windows", "ARM64"),
]

LACKING = [
    (INTEL_MAC, "macOS on Intel", "Apple silicon"),
    (Platform("Darwin", "arm64", macos=13), "macOS 13", "macOS 14"),
    (ALPINE, "musl", "python:3-slim"),
    (Platform("Linux", "aarch64", is_musl=True), "musl", "glibc"),
    (Platform("Linux", "x86_64", glibc=(2, 17)), "glibc 2.17", "2.28"),
    (Platform("Linux", "armv7l"), "armv7l", "64-bit"),
    (Platform("Linux", "riscv64"), "riscv64", "x86-64"),
    (Platform("Linux", "aarch64", bits=32), "32-bit Python", "64-bit"),
    (Platform("Windows", "AMD64", bits=32), "32-bit Python", "64-bit"),
    (Platform("FreeBSD", "amd64"), "FreeBSD", "Linux"),
    (Platform("", ""), "onnxruntime", "64-bit"),
]


@pytest.mark.parametrize("here", FINE, ids=str)
def test_where_all_is_built_nothing_is_lacking(here: Platform) -> None:
    """The systems that the README names."""
    assert lacking(here) is None


@pytest.mark.parametrize(("here", "named", "instead"), LACKING, ids=str)
def test_elsewhere_the_platform_and_a_way_out_are_named(here: Platform, named: str, instead: str) -> None:
    """Each with the package that has no build for it."""
    lack = lacking(here)

    assert lack
    assert named in lack.message
    assert "onnxruntime" in lack.message
    assert instead in lack.instead
    assert lack.rest_installs == (here == INTEL_MAC)


def test_this_machine_is_seen_as_it_is() -> None:
    """Its system, processor and C library; and the tests run, so that nothing is lacking."""
    here = this_platform()

    assert (here.system, here.machine) == (platform.system(), platform.machine())
    name, version = platform.libc_ver()
    assert here.glibc == (tuple(map(int, version.split(".")[:2])) if name == "glibc" else (0, 0))
    assert lacking() is None


def test_musl_is_told_by_the_names_of_compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python for Alpine calls them; a system without a glibc to ask has none."""
    names = {"SOABI": "cpython-313-x86_64-linux-musl", "HOST_GNU_TYPE": None}
    monkeypatch.setattr(sysconfig, "get_config_var", names.get)
    monkeypatch.delattr(os, "confstr")

    assert this_platform().is_musl
    assert this_platform().glibc == (0, 0)


@pytest.mark.parametrize("here", [INTEL_MAC, ALPINE], ids=["intel", "alpine"])
def test_the_voice_says_that_it_is_not_built_for_the_machine(here: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index's wheel is installed on an Intel Mac, too, and goes without onnxruntime; Google's voice works there."""
    monkeypatch.setattr(platforms, "this_platform", lambda: here)
    monkeypatch.setattr(kokoro, "find_spec", lambda name: None if name == "onnxruntime" else object())

    with pytest.raises(EngineNotInstalled, match="no build of onnxruntime") as caught:
        make_engine(Settings())

    assert "--engine gtts" in caught.value.hint


def test_a_package_that_is_missing_elsewhere_is_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform is not to blame where the package is built for it."""
    monkeypatch.setattr(platforms, "this_platform", lambda: INTEL_MAC)

    error = kokoro_model.missing("phonemizer")

    assert error.message == "the package phonemizer is missing"
    assert "install" in error.hint


@pytest.mark.parametrize(
    ("system", "here", "hint"),
    [
        ("Linux", FINE[0], "--force-reinstall --no-cache-dir onnxruntime"),
        ("Linux", ALPINE, "glibc"),
        ("Windows", FINE[6], "Visual C++"),
    ],
)
def test_a_library_that_cannot_be_loaded_is_an_error_of_ours(
    system: str, here: Platform, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel of another C library, or a Windows without the runtime of Visual C++."""
    monkeypatch.setattr(platforms, "this_platform", lambda: here)
    monkeypatch.setattr(kokoro_model.platform, "system", lambda: system)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(EngineNotInstalled, match="onnxruntime cannot be loaded") as caught:
        kokoro_model.runtime()

    assert hint in caught.value.hint
    assert "--engine gtts" in caught.value.hint


def test_doctor_names_a_package_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the platform's reason, and the other checks still run."""
    monkeypatch.setattr(platforms, "this_platform", lambda: INTEL_MAC)
    there = {"numpy", "av", "typer"}
    monkeypatch.setattr("narrate.cli.doctor.PACKAGES", ("numpy", "onnxruntime"))
    plain = metadata.distributions
    monkeypatch.setattr(
        metadata, "distributions", lambda **asked: plain(**asked) if asked.get("name", "av") in there else iter(())
    )

    findings = {found.name: found for found in examine(Settings(engine="tone", cache_dir=tmp_path))}

    assert not findings["packages"].passed
    assert "macOS on Intel" in findings["packages"].detail
    assert findings["engine"].passed


def test_a_damaged_runtime_ends_a_run_in_words(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, exit code 5 and no file; the other engines speak."""
    broken = tmp_path / "broken" / "onnxruntime"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('DLL load failed\\nsecond line')")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from narrate.cli.app import main; main()"
    command = [sys.executable, "-c", code, str(broken.parent), "speak", str(article), "--cover", "none"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 5, done.stderr
    assert "onnxruntime cannot be loaded: DLL load failed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(Path("output").glob("*.mp3"))
    assert narrate("speak", str(article), "-e", "tone").returncode == 0


def project_for(folder: Path, here: Platform) -> Path:
    """What the build hook needs of this project, on another platform."""
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "narrate" / "speech" / "engines" / "data").mkdir(parents=True)
    (folder / "narrate" / "core" / "system").mkdir(parents=True)
    for name in ("__init__.py", "core/version.py", "speech/engines/data/LICENSE-kokoro.txt"):
        shutil.copy(ROOT / "narrate" / name, folder / "narrate" / name)
    own = (ROOT / "narrate" / "core" / "system" / "platforms.py").read_text(encoding="utf-8")
    faked = f"{own}\n\ndef this_platform():\n    return {here!r}\n"
    (folder / "narrate" / "core" / "system" / "platforms.py").write_text(faked, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_an_installation_stops_before_anything_is_looked_up(tmp_path: Path) -> None:
    """Pip shows what the hook says; whoever wants it all the same gets it."""
    venv.create(tmp_path / "empty", with_pip=True, symlinks=True)
    (tmp_path / "project").mkdir()
    project = project_for(tmp_path / "project", ALPINE)
    command = [str(tmp_path / "empty" / "bin" / "python3"), "-m", "pip", "install", "--dry-run", str(project)]

    anyway = {**os.environ, "INSTALL_NARRATE_ANYWAY": "1"}
    done = subprocess.run([*command, "--no-deps"], env=anyway, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "hatchling" in done.stderr + done.stdout:
        pytest.skip("no package index is reached that has hatchling, without which nothing is built")
    assert "Would install narrate-articles-" in done.stdout, done.stderr

    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "narrate cannot be installed here: there is no build of onnxruntime" in said
    assert "python:3-slim" in said
    assert "INSTALL_NARRATE_ANYWAY=1" in said
    assert "gtts" not in said
    assert "Traceback" not in said
    assert "Collecting onnxruntime" not in said
