"""What a hint says to type installs what is meant, from where narrate came, into the environment it runs in."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import venv
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT

from narrate.core.system import installing
from narrate.core.system.installing import DISTRIBUTION, install_command, reinstall_command

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that somebody cloned into, with a space and a quote in its name."""
    folder = tmp_path / "my narrate's"
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    return folder


def came_from(monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any] | str | None) -> None:
    """Have every distribution say that it was installed from there."""
    noted = origin if isinstance(origin, str | None) else json.dumps(origin)
    found = SimpleNamespace(read_text=lambda name: noted if name == "direct_url.json" else None)
    monkeypatch.setattr(installing.metadata, "distribution", lambda name: found)


def runs_in(monkeypatch: pytest.MonkeyPatch, prefix: Path, *, pip: bool = True) -> Path:
    """Have the environment be that folder, with a python3 in it that is first in PATH."""
    programs = prefix / "bin"
    programs.mkdir(parents=True)
    (programs / "python3").symlink_to(sys.executable)
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(sys, "executable", str(programs / "python3"))
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setattr(installing, "find_spec", lambda name: object() if pip else None)
    return programs


ORIGINS = [
    (None, "narrate-articles[play]"),
    ("{", "narrate-articles[play]"),
    ("[]", "narrate-articles[play]"),
    ({"url": "file:///no/such/folder", "dir_info": {}}, "narrate-articles[play]"),
    ({"url": "file:///no/such/narrate.whl", "archive_info": {}}, "narrate-articles[play]"),
    (
        {"url": "https://example.com/n.whl", "archive_info": {}},
        "narrate-articles[play] @ https://example.com/n.whl",
    ),
    (
        {"url": "https://example.com/n", "vcs_info": {"vcs": "git", "commit_id": "1f", "requested_revision": "main"}},
        "narrate-articles[play] @ git+https://example.com/n@main",
    ),
    (
        {"url": "https://example.com/n", "vcs_info": {"vcs": "hg", "commit_id": "1f"}, "subdirectory": "py"},
        "narrate-articles[play] @ hg+https://example.com/n@1f#subdirectory=py",
    ),
]


@pytest.mark.parametrize(("origin", "asked"), ORIGINS)
def test_it_names_what_was_installed(
    origin: dict[str, Any] | str | None, asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index, an address, a repository; the index again where a folder or file is gone."""
    runs_in(monkeypatch, tmp_path / "environment")
    came_from(monkeypatch, origin)

    assert shlex.split(install_command("play")) == ["python3", "-m", "pip", "install", asked]


@pytest.mark.parametrize(("is_editable", "before"), [(True, ["-e"]), (False, [])])
def test_a_checkout_is_named_by_its_path(
    is_editable: bool, before: list[str], checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the quotes of a shell; by a dot where one stands in it; editable if it was."""
    runs_in(monkeypatch, tmp_path / "environment")
    came_from(monkeypatch, {"url": checkout.as_uri(), "dir_info": {"editable": is_editable}})
    pip = ["python3", "-m", "pip", "install", *before]

    assert shlex.split(install_command("play")) == [*pip, f"{checkout}[play]"]
    assert shlex.split(install_command()) == [*pip, str(checkout)]
    monkeypatch.chdir(checkout)
    assert install_command("play").endswith(" '.[play]'")


def test_a_working_folder_that_is_gone_does_no_harm(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hint is made while something else is wrong already."""
    came_from(monkeypatch, {"url": checkout.as_uri(), "dir_info": {}})
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert str(checkout).partition("'")[0] in install_command()


def test_a_checkout_that_was_not_installed_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when Python is started in it; another package without a note comes from the index."""

    def none(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(installing.metadata, "distribution", none)
    monkeypatch.setattr(installing, "__file__", str(ROOT / "narrate" / "core" / "system" / "installing.py"))

    assert shlex.split(install_command("play"))[-1] == f"{ROOT}[play]"
    assert shlex.split(install_command(package="other-engine"))[-1] == "other-engine"


def test_python3_is_named_only_where_it_is_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another environment's python3 is often a link to the same file, and would install elsewhere."""
    came_from(monkeypatch, None)
    own, other = tmp_path / "own one", tmp_path / "other"
    first = runs_in(monkeypatch, own)
    assert install_command().startswith("python3 -m pip ")

    runs_in(monkeypatch, other)
    monkeypatch.setattr(sys, "executable", str(first / "python3"))
    assert shlex.split(install_command())[0] == str(first / "python3")

    monkeypatch.setattr(sys, "executable", "")
    assert install_command().startswith("python3 -m pip ")


def test_other_installers_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of pipx, and one that has no pip, as uv makes them."""
    came_from(monkeypatch, None)
    runs_in(monkeypatch, tmp_path / "plain", pip=False)
    assert install_command("play").startswith("uv pip install --python ")

    runs_in(monkeypatch, tmp_path / "narrate-articles")
    (tmp_path / "narrate-articles" / "pipx_metadata.json").touch()
    assert install_command("play") == "pipx runpip narrate-articles install 'narrate-articles[play]'"
    assert reinstall_command("a-b") == "pipx runpip narrate-articles install --force-reinstall --no-cache-dir a-b"


def test_pipx_is_given_the_whole_path(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has pip run in the folder of its environment, where a dot is something else."""
    came_from(monkeypatch, {"url": checkout.as_uri(), "dir_info": {}})
    runs_in(monkeypatch, tmp_path / "narrate-articles")
    (tmp_path / "narrate-articles" / "pipx_metadata.json").touch()
    monkeypatch.chdir(checkout)

    assert shlex.split(install_command("play"))[-1] == f"{checkout}[play]"


def test_a_system_python_is_told_that_it_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses otherwise (PEP 668); an environment made from it does not."""
    came_from(monkeypatch, None)
    runs_in(monkeypatch, tmp_path / "usr")
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(installing.sysconfig, "get_path", lambda name: str(tmp_path))
    assert "--break-system-packages" not in install_command()

    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    assert install_command("play") == "python3 -m pip install --break-system-packages 'narrate-articles[play]'"


RECEIPT = """[tool]
requirements = [
    { name = "narrate-articles", extras = ["listen"] },
    { name = "my-engine", directory = "/somebody's/engine" },
    { name = "other", extras = ["x"] },
]
"""


@pytest.mark.parametrize(
    ("receipt", "extra", "package", "command"),
    [
        (
            RECEIPT,
            "play",
            DISTRIBUTION,
            "uv tool install 'narrate-articles[listen,play]' --with '/somebody'\"'\"'s/engine' --with 'other[x]'",
        ),
        (RECEIPT, "", "my-engine", "uv tool install 'narrate-articles[listen]' --with 'other[x]' --with my-engine"),
        (
            '[tool]\nrequirements = [{ name = "narrate-articles" }]',
            "",
            DISTRIBUTION,
            "uv tool install narrate-articles",
        ),
        (
            '[tool]\nrequirements = [{ name = "narrate-articles", extras = "listen" }, { name = "other", extras = 3 }]',
            "",
            DISTRIBUTION,
            "uv tool install narrate-articles --with other",
        ),
        ("not = [toml", "play", DISTRIBUTION, "uv tool install 'narrate-articles[play]'"),
        ("tool = 3", "play", DISTRIBUTION, "uv tool install 'narrate-articles[play]'"),
    ],
)
def test_a_tool_of_uv_keeps_what_it_has(
    receipt: str, extra: str, package: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Uv removes from the environment what a new command does not name."""
    came_from(monkeypatch, None)
    runs_in(monkeypatch, tmp_path / "tool")
    (tmp_path / "tool" / "uv-receipt.toml").write_text(receipt, encoding="utf-8")

    assert install_command(extra, package=package) == command
    assert reinstall_command() == "uv tool upgrade --no-cache --reinstall narrate-articles"
    assert reinstall_command("a") == "uv tool upgrade --no-cache --reinstall-package a narrate-articles"


def test_a_single_run_of_uv_is_run_again_with_more(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment lies in uv's cache, and is not to be changed."""
    came_from(monkeypatch, {"url": checkout.as_uri(), "dir_info": {}})
    prefix = tmp_path / "uv" / "archive-v0" / "DP0l7RoXGOI"
    runs_in(monkeypatch, prefix, pip=False)
    (prefix / "pyvenv.cfg").touch()
    monkeypatch.chdir(checkout)

    assert install_command("play") == "uvx --from '.[play]' narrate"
    assert install_command(package="my-engine") == "uvx --from . --with my-engine narrate"
    assert reinstall_command("a", "b") == "uv cache clean a b && uvx --from . narrate"
    assert reinstall_command() == "uv cache clean narrate-articles && uvx --from . narrate"


def test_windows_has_other_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Double ones: cmd takes single ones for letters."""
    came_from(monkeypatch, None)
    runs_in(monkeypatch, tmp_path / "environment")
    monkeypatch.setattr(installing, "os", SimpleNamespace(name="nt", path=os.path, curdir=os.curdir))

    assert install_command("play") == 'python3 -m pip install "narrate-articles[play]"'


def test_every_hint_is_made_in_one_place_and_every_extra_exists() -> None:
    """No other module holds a command that installs, and what they ask for is in the metadata."""
    asked = set()
    for path in (ROOT / "narrate").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\binstall_command\(\s*['\"](\w+)", text))
        if path.name != "installing.py":
            strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
            found = [s for s in strings if isinstance(s, str) and re.search(r"\b(?:pip|pipx|uv\b.*) install\b", s)]
            assert not found, path

    assert {"play", "cluster"} <= asked
    assert asked | {"listen"} <= set(PROJECT["optional-dependencies"])


def test_the_name_is_the_one_of_the_metadata() -> None:
    """The name is the one of the metadata, and no document tells anybody to install the stranger's package."""
    assert PROJECT["name"] == DISTRIBUTION
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"\binstall (?:-\S+ )*['`]?narrate(?!-articles)\b", path.read_text("utf-8")), path


def pip(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "pip", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow
def test_what_is_hinted_installs_in_an_empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip resolves each hint to narrate itself, from a checkout and from an index, and knows every extra."""
    venv.create(tmp_path / "empty", with_pip=True, symlinks=True)
    python, wheels = tmp_path / "empty" / "bin" / "python3", tmp_path / "wheels"
    built = pip(python, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    if built.returncode and "hatchling" in built.stderr + built.stdout:
        pytest.skip("no package index is reached that has hatchling, without which nothing is built")
    assert built.returncode == 0, built.stderr
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(python))

    index = ("--no-index", "--find-links", str(wheels))
    for origin, where in (({"url": ROOT.as_uri(), "dir_info": {}}, ()), (None, index)):
        came_from(monkeypatch, origin)
        start, *arguments = shlex.split(install_command(",".join(PROJECT["optional-dependencies"])))
        done = pip(Path(start), *arguments[2:], "--dry-run", "--no-deps", *where)

        assert done.returncode == 0, done.stderr
        assert f"Would install {DISTRIBUTION}-" in done.stdout
        assert "does not provide the extra" not in done.stderr
