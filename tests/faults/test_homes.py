"""Users without a home, or with one that holds nothing: each command says what it lacks, or lacks nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from support.command import narrate

from narrate.core.errors import ConfigError
from narrate.core.settings.folders import users_folder
from narrate.core.settings.loading import load_settings, user_folders
from narrate.core.settings.model import Settings

# A uid that no list of users has. It may read what it is not allowed to, as Python itself may lie in another's home.
NOBODY = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]
NOBODY += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]

SPEAK = ("speak", "a.txt", "-e", "tone", "--cover", "none")
# What needs no cache folder: each command, and how it ends.
NEEDLESS = [
    (*SPEAK, "--no-cache"),
    ("script", "a.txt"),
    ("spoken",),
    ("words", "a.txt", "-e", "tone"),
    ("voices",),
    ("check", "--rules"),
    ("feed", "output", "--base-url", "https://example.org"),
    ("check", "output"),
    ("remove", "output/a-light-at-sea.mp3"),
]


@pytest.fixture(params=["unset", "empty", "a file", "closed", "folders closed"])
def home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A home that is none; for a user without an entry in the list of users, as in many containers."""
    if os.name == "nt" or os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can become such a user")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "NARRATE_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    Path("a.txt").write_text("A Light at Sea\n\nThe lamp is lit.\n")
    Path.cwd().chmod(0o777)
    set_to = {"empty": "", "a file": str(Path("a.txt").absolute()), "closed": "/root", "folders closed": "."}
    if request.param in set_to:
        monkeypatch.setenv("HOME", set_to[request.param])
    if request.param == "folders closed":
        monkeypatch.setenv("XDG_CACHE_HOME", "/root/a")
        monkeypatch.setenv("XDG_CONFIG_HOME", "/root/b")
    return str(request.param)


def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*NOBODY, sys.executable, "-m", "narrate", *arguments]
    return subprocess.run(command, input="It is 3.\n", capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.slow
def test_a_user_without_a_home(home: str) -> None:
    """A run that keeps clips says what it lacks and the ways round it; one that keeps none lacks nothing."""
    refused = as_nobody(*SPEAK)
    assert refused.returncode in (2, 6)
    assert "Traceback" not in refused.stderr
    assert "NARRATE_CACHE_DIR" in refused.stderr

    # All of them for a user whose home is not even named, else the first; each takes a second to start.
    for arguments in NEEDLESS if home == "unset" else NEEDLESS[:1]:
        done = as_nobody(*arguments)
        assert done.returncode == 0, (arguments, done.stderr)
        assert "cache" not in done.stderr
    assert sorted(os.listdir()) == ["a.txt", "output"]  # and no folder "~"


@pytest.mark.parametrize("error", [RuntimeError("no home"), KeyError("uid not found: 54321"), OSError(13, "no")])
def test_a_home_that_cannot_be_asked_for(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system says to that: there is none."""

    def fail(*_: object, **__: object) -> Path:
        raise error

    monkeypatch.setattr(platformdirs, "user_cache_path", fail)
    monkeypatch.setattr(platformdirs, "user_config_path", fail)

    assert users_folder("cache") is users_folder("config") is None
    assert user_folders() == ()
    assert load_settings(environ={}).speed == 1.0
    with pytest.raises(ConfigError, match="this user has no home folder"):
        _ = Settings().cache_folder
    assert Settings(cache_dir=Path("here")).cache_folder == Path("here")


def test_a_home_that_is_only_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home "~" stands for itself, and would be a folder of that name here."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path("~/.cache/narrate"))

    assert Settings().cache_folder_if_any is None


@pytest.mark.parametrize("value", ["~nobody-here/x", "~/x"])
def test_paths_in_a_home(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable may name somebody who is no user here."""
    monkeypatch.setenv("NARRATE_OUTPUT", value)
    result = narrate("spoken")

    assert (result.returncode == 2) is value.startswith("~nobody")
    assert ("the home folder in it is not known" in result.stderr) is value.startswith("~nobody")
