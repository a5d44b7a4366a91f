"""The user's own folders: where caches and settings are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def users_folder(kind: Literal["cache", "config"]) -> Path | None:
    """Return narrate's folder among the user's; None where that cannot be told, as for a user without a home.

    HOME need not be set, and a container's user need not be in the list of users; what is left then is "~" as it
    stands, which would be a folder of that name in the working folder.
    """
    import platformdirs  # not for --help, which needs the declarations alone

    ask = platformdirs.user_cache_path if kind == "cache" else platformdirs.user_config_path
    try:
        found = ask("narrate", appauthor=False)
    except (OSError, RuntimeError, LookupError, ValueError):  # of the registry or the list of users
        return None
    return found if found.is_absolute() else None
