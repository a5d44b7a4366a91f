"""Commands that install narrate, an extra or another package into the environment that narrate runs in.

Every hint that says so is made here. On the package index `narrate` is somebody else's program, so this distribution
has another name than its module (docs/decisions/0025-name.md); and what came from a checkout is not there at all.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

DISTRIBUTION = "narrate-articles"

# What uv and pipx leave in the environments that they make for a program.
_UV_RECEIPT = "uv-receipt.toml"
_PIPX_METADATA = "pipx_metadata.json"


def install_command(extra: str = "", *, package: str = DISTRIBUTION) -> str:
    """Return the command that installs a package, with an extra, from where it came: a checkout, an address, the index.

    Args:
        extra: One of the package's extras; "" for none.
        package: Name of a distribution; narrate's own where left out.
    """
    if _is_uv_tool():
        return _uv_tool_command(extra, package)
    if _is_uvx():
        own = _asked_of(DISTRIBUTION, [extra] if extra and package == DISTRIBUTION else [])
        return _uvx_command(own, [] if package == DISTRIBUTION else [package])
    return f"{_front()} {_shown(_asked_of(package, [extra] if extra else []))}"


def reinstall_command(*packages: str) -> str:
    """Return the command that installs packages anew, from fresh files; narrate with all it needs if none is named."""
    if _is_uv_tool():
        each = [f"--reinstall-package {_quoted(package)}" for package in packages] or ["--reinstall"]
        return " ".join(["uv tool upgrade --no-cache", *each, DISTRIBUTION])
    if _is_uvx():
        return f"uv cache clean {_shown(packages or [DISTRIBUTION])} && {_uvx_command(_asked_of(DISTRIBUTION, []), [])}"
    asked = " ".join(_shown(_asked_of(package, [])) for package in packages or (DISTRIBUTION,))
    return f"{_front()} --force-reinstall --no-cache-dir {asked}"


def _asked_of(package: str, extras: Sequence[str]) -> list[str]:
    """Return words that ask an installer for a package: a path or name with extras, after -e for an editable one."""
    brackets = f"[{','.join(extras)}]" if extras else ""
    origin = _origin(package)
    if folder := _folder(origin):
        shown = "." if _is_here(folder) and not _pipx_name() else str(folder)  # pipx runs pip in a folder of its own
        about = origin.get("dir_info")
        is_editable = isinstance(about, dict) and bool(about.get("editable"))
        return ["-e"] * is_editable + [shown + brackets]
    if address := _address(origin):
        return [f"{package}{brackets} @ {address}"]
    return [package + brackets]


def _origin(package: str) -> Mapping[str, object]:
    """Return a package's origin, as installers note it (PEP 610); nothing for what came from an index."""
    try:
        noted = metadata.distribution(package).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return _source_folder() if package == DISTRIBUTION else {}
    try:
        origin = json.loads(noted or "{}")
    except ValueError:
        return {}
    return origin if isinstance(origin, dict) else {}


def _source_folder() -> Mapping[str, object]:
    """Return the origin of a checkout that is run without having been installed."""
    folder = Path(__file__).parents[3]
    return {"url": folder.as_uri(), "dir_info": {}} if (folder / "pyproject.toml").is_file() else {}


def _folder(origin: Mapping[str, object]) -> Path | None:
    """The checkout, if it is still there."""
    if "dir_info" not in origin:
        return None
    folder = _local_path(str(origin.get("url", "")))
    return folder if folder and (folder / "pyproject.toml").is_file() else None


def _is_here(folder: Path) -> bool:
    try:
        return folder.samefile(os.curdir)
    except OSError:  # the working folder is gone
        return False


def _address(origin: Mapping[str, object]) -> str:
    """The repository or file it was installed from; "" for a folder or file that is gone."""
    address = str(origin.get("url", ""))
    version_control = origin.get("vcs_info")
    if isinstance(version_control, dict):
        revision = version_control.get("requested_revision") or version_control.get("commit_id")
        below = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
        return f"{version_control.get('vcs', 'git')}+{address}{f'@{revision}' if revision else ''}{below}"
    if "archive_info" not in origin:
        return ""
    path = _local_path(address)
    return address if path is None or path.is_file() else ""


def _local_path(address: str) -> Path | None:
    parts = urlsplit(address)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _front() -> str:
    """Return the part of a command before the names of packages."""
    if _pipx_name():
        return f"pipx runpip {_quoted(_pipx_name())} install"
    if find_spec("pip") is None:  # as uv makes environments
        return f"uv pip install --python {_quoted(sys.executable)}"
    # The system's own Python refuses otherwise (PEP 668), and narrate has been installed into it all the same.
    is_system = sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").is_file()
    return f"{_python()} -m pip install{' --break-system-packages' if is_system else ''}"


def _python() -> str:
    """Return the command of this interpreter: python3 where the shell means this one by it, else its path."""
    own = sys.executable
    if not own:  # embedded in another program
        return "python3"
    for name in ("python3", "python"):
        found = shutil.which(name)
        # An environment's python3 is a link to the one it was made with, so that the folder tells them apart.
        if found and Path(found).parent.resolve() == Path(own).parent.resolve() and os.path.samefile(found, own):
            return name
    return _quoted(own)


def _pipx_name() -> str:
    prefix = Path(sys.prefix)
    return prefix.name if (prefix / _PIPX_METADATA).is_file() else ""


def _is_uv_tool() -> bool:
    return Path(sys.prefix, _UV_RECEIPT).is_file()


def _is_uvx() -> bool:
    """Tell whether uv made the environment for one run, in its cache, where nobody should install anything."""
    return Path(sys.prefix).parent.name.startswith("archive-v") and Path(sys.prefix, "pyvenv.cfg").is_file()


def _uvx_command(own: Sequence[str], added: Sequence[str]) -> str:
    with_others = [f"--with {_quoted(name)}" for name in added]
    return " ".join(["uvx --from", _quoted(own[-1]), *with_others, "narrate"])  # there is no -e


def _uv_tool_command(extra: str, package: str) -> str:
    """Name all that the environment is to hold: uv removes what a new command does not name."""
    own = next((one for one in _uv_requirements() if one.get("name") == DISTRIBUTION), {})
    others = [one for one in _uv_requirements() if one.get("name") not in (DISTRIBUTION, package)]
    added = [] if package == DISTRIBUTION else [package]
    extras = {*_extras(own), *([extra] if extra and not added else ())}
    with_others = [f"--with {_quoted(name)}" for name in [*map(_uv_asked, others), *added]]
    return " ".join(["uv tool install", _shown(_asked_of(DISTRIBUTION, sorted(extras))), *with_others])


def _uv_requirements() -> Iterator[Mapping[str, object]]:
    try:
        receipt = tomllib.loads(Path(sys.prefix, _UV_RECEIPT).read_text(encoding="utf-8"))
        yield from receipt["tool"]["requirements"]
    except (OSError, ValueError, LookupError, TypeError):
        return


def _uv_asked(requirement: Mapping[str, object]) -> str:
    where = requirement.get("directory") or requirement.get("editable") or requirement.get("path")
    name = where or requirement.get("name", "")
    extras = _extras(requirement)
    return f"{name}[{','.join(extras)}]" if extras else str(name)


def _extras(requirement: Mapping[str, object]) -> list[str]:
    """The extras that a tool's receipt names for a package."""
    found = requirement.get("extras")
    return [str(one) for one in found] if isinstance(found, list) else []


def _shown(words: Sequence[str]) -> str:
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if os.name == "nt":  # neither cmd nor PowerShell knows the quotes of a POSIX shell for all words
        return f'"{word}"' if set(word) & set(" []&()^%,;=@") else word
    return shlex.quote(word)
