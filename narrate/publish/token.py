"""The secret part of a library's address, and where it is kept."""

from __future__ import annotations

import logging
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

from narrate.core.errors import ConfigError, OutputError
from narrate.core.system.files import PART_SUFFIX

logger = logging.getLogger(__name__)

# Kept in the library's folder, as apps have subscribed to an address that holds it.
TOKEN_FILE = ".narrate-token"

# 24 random bytes; what a user wrote into the file must be as good as 16.
_TOKEN_BYTES = 24
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")


def kept_token(folder: Path) -> str:
    """The secret part of a library's address, made at its first use and the same ever after.

    Raises:
        ConfigError: What is kept is no such thing.
        OutputError: It can be neither read nor kept.
    """
    path = folder / TOKEN_FILE
    try:
        if not path.exists():
            _keep(secrets.token_urlsafe(_TOKEN_BYTES), path)
        token = _read_token(path) if path.is_file() else ""
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path} cannot be used: {reason}", "check the folder's permissions") from error
    if not _TOKEN.fullmatch(token):
        hint = "remove it for a new one; apps that subscribed to the old address must then subscribe again"
        raise ConfigError(f"{path} holds no token that narrate made", hint)
    return token


def _read_token(path: Path) -> str:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o007:
        logger.warning("%s could be read by everyone on this machine; now only by you", path)
        path.chmod(0o600)
    with path.open("rb") as file:
        return file.read(1000).decode("ascii", "replace").strip()


def _keep(token: str, path: Path) -> None:
    """Write it for its owner alone, whole or not at all; if another run was faster, its token stays."""
    handle, name = tempfile.mkstemp(prefix=f"{TOKEN_FILE}.", suffix=PART_SUFFIX, dir=path.parent)
    part = Path(name)
    try:
        with open(handle, "w", encoding="ascii") as file:
            file.write(f"{token}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(part)
        except FileExistsError:
            return
        except OSError:  # no hard links on this disk
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
