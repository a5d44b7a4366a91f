"""A library's address has a part that only its subscribers know."""

from __future__ import annotations

import logging
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from narrate.core.errors import ConfigError, OutputError
from narrate.publish.token import TOKEN_FILE, kept_token


def test_a_token_is_made_once_and_stays() -> None:
    """Apps that subscribed know the address; another library has another."""
    Path("a").mkdir()
    Path("b").mkdir()
    token = kept_token(Path("a"))

    assert kept_token(Path("a")) == token
    assert re.fullmatch(r"[\w-]{32}", token, re.ASCII)
    assert kept_token(Path("b")) != token
    assert os.listdir("a") == [TOKEN_FILE]


def test_runs_at_once_agree_on_a_token(tmp_path: Path) -> None:
    """Whoever is first; nobody reads half a file."""
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(kept_token, [tmp_path] * 64))) == 1


def test_a_disk_without_hard_links_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory cards have none."""

    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    token = kept_token(Path())

    assert kept_token(Path()) == token
    assert os.listdir() == [TOKEN_FILE]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_token_is_its_owners_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One that everyone may read is taken back, and that is said."""
    token = kept_token(tmp_path)
    path = tmp_path / TOKEN_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and not caplog.records

    path.chmod(0o644)
    assert kept_token(tmp_path) == token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [record.levelno for record in caplog.records] == [logging.WARNING] and token not in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"\n",
            b"short",
            b"a" * 21,
            b"a" * 129,
            b"a" * 2000,
            b"../" * 10,
            b"a" * 22 + b"/",
            b"a" * 20 + b" b" * 9,
        ),
        *(b"a" * 22 + b"\nb", "ä".encode() * 30, b"\xff" * 30, b"\0" * 32, b"a%2f" * 9, b"<script>" * 4),
    ],
)
def test_what_is_no_token_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    """The file stays, and what to do is said."""
    path = tmp_path / TOKEN_FILE
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="holds no token") as caught:
        kept_token(tmp_path)

    assert "remove it" in caught.value.hint
    assert path.read_bytes() == content


def test_a_token_of_ones_own_is_taken(tmp_path: Path) -> None:
    """If it is as hard to guess."""
    (tmp_path / TOKEN_FILE).write_text("  correct-horse-battery_staple-1\r\n")
    assert kept_token(tmp_path) == "correct-horse-battery_staple-1"


def test_where_no_token_can_be_kept_that_is_said(tmp_path: Path) -> None:
    """A folder that is not there, and one in the token's place."""
    with pytest.raises(OutputError, match="cannot be used"):
        kept_token(tmp_path / "nowhere")
    (tmp_path / TOKEN_FILE).mkdir()
    with pytest.raises(ConfigError, match="holds no token"):
        kept_token(tmp_path)
