"""Places where settings are given, with their names there: keys of narrate.toml, variables, flags, arguments."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from narrate.core.errors import ConfigError
from narrate.core.near_names import did_you_mean
from narrate.core.settings.declaration import ENV_PREFIX
from narrate.core.version import __version__

# Variables that are read and are no setting: the folders of fonts (fonts.py), and the browser of the tests of pages.
READ_ELSEWHERE = frozenset({"NARRATE_FONT_DIRS", "NARRATE_CHROMIUM"})

# Engines have variables of their own, as for a secret: NARRATE_ENGINES_AZURE_KEY; see engine_values.py.
ENGINES_PREFIX = "NARRATE_ENGINES_"

# A pod of Kubernetes is given several for each service beside it, and a container of Docker for each link: for one
# called narrate-scheduler NARRATE_SCHEDULER_SERVICE_HOST, NARRATE_SCHEDULER_PORT_8786_TCP_ADDR and more.
_OF_SERVICES = re.compile(
    r"NARRATE(_\w+)?_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)

# Of a value in a message; what was typed may be a whole file.
_SHOWN_CHARS = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A place where values stand; with no file, variable or flag they are arguments of a call.

    Attributes:
        file: Path of a narrate.toml.
        variable: Name of an environment variable.
        flag_of: The flag that gives a setting, by its key; "" for one that no flag gives.
        table: Name of the table that the keys are in.
    """

    file: str = ""
    variable: str = ""
    flag_of: Callable[[str], str] | None = None
    table: str = ""

    def below(self, table: str) -> Place:
        """Return this place, for the keys of a table."""
        return replace(self, table=table)

    @property
    def where(self) -> str:
        """Words for behind a key: " in [pauses] in narrate.toml"."""
        table = f" in [{self.table}]" if self.table else ""
        return f"{table} in {self.file}" if self.file else table

    def name(self, key: str) -> str:
        """Return the name a user types to give a setting: "--bitrate", "NARRATE_BITRATE_KBPS", "bitrate_kbps"."""
        flag = self.flag_of(f"{self.table}_{key}" if self.table else key) if self.flag_of else ""
        return self.variable or flag or key

    def shown(self, key: str, value: object) -> str:
        """A setting and its value, as they were typed, and the file."""
        name = self.name(key)
        if self.variable:
            return f"{name}={_short(str(value))}"
        if name != key:
            words = value if isinstance(value, list | tuple) else [value]
            typed = (f"{word:g}" if isinstance(word, float) else str(word) for word in words)
            return f"{name} {_short(' '.join(map(shlex.quote, typed)))}"
        return f"{key} = {_short(repr(value))}{self.where}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 3]}..."


def is_setting(variable: str, known: Collection[str]) -> bool:
    """Tell whether an environment variable is a setting of narrate, and not somebody else's.

    One that begins with NARRATE_ and that nobody knows is an error, and no warning: a slip in a name would be passed
    over otherwise, and the episode spoken by another voice, or into another file, than was asked for. Whoever has a
    variable of a later version unsets it for this one.

    Args:
        variable: Its name.
        known: Names of all variables that are settings.

    Raises:
        ConfigError: It is neither a setting nor of a kind that narrate leaves alone; names the nearest one.
    """
    if variable in known:
        return True
    is_others = variable in READ_ELSEWHERE or variable.startswith(ENGINES_PREFIX) or _OF_SERVICES.fullmatch(variable)
    if not variable.startswith(ENV_PREFIX) or is_others:
        return False
    raise ConfigError(f"unknown variable {variable}", _meant(variable, known))


def is_of_a_service(variable: str) -> bool:
    """Tell whether a variable may be one that Kubernetes or Docker sets for a service beside the container."""
    return bool(_OF_SERVICES.fullmatch(variable))


def _meant(variable: str, known: Collection[str]) -> str:
    if variable.startswith("NARRATE_CLEAN"):
        return "what is cleaned is said in narrate.toml below [clean]"
    names = {name.removeprefix(ENV_PREFIX): name for name in (*known, *READ_ELSEWHERE)}
    near = did_you_mean(variable.removeprefix(ENV_PREFIX), names, before=ENV_PREFIX)
    unset = f"unset {variable}, which narrate {__version__} does not know"
    return near or unset
