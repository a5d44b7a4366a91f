"""Checks before the first article is read, of all that settings name: files, formats, rules, templates.

What an article's own text or language decides is checked where it is known.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from narrate.core.errors import ConfigError
from narrate.core.formats import require_bitrate
from narrate.core.near_names import did_you_mean
from narrate.core.settings.loading import Settings
from narrate.core.web.addresses import is_web_address
from narrate.episode.cover.artwork import is_named
from narrate.episode.naming import episode_format
from narrate.text.clean import RULES
from narrate.text.intro_outro import check_template, default_template
from narrate.text.lexicon import load_lexicon


def require_usable(settings: Settings) -> None:
    """Check what holds for every article of a run.

    Raises:
        ConfigError: No article could be spoken so; names what is in the way.
    """
    require_bitrate(episode_format(settings.output, settings.format), settings.bitrate_kbps)
    require_rules(settings)
    load_lexicon(settings.lexicon)
    for which in ("intro", "outro"):
        template(which, getattr(settings, which), "en")
    for name, path in (("before", settings.music.before), ("after", settings.music.after)):
        if path:
            _require_file(path, f"the music {name} the reading", "name a sound file, or leave it out: --plain")
    if is_named(settings.cover) and not is_web_address(settings.cover):
        hint = "--cover takes a picture's path or address, auto, drawn or none"
        _require_file(Path(os.path.expanduser(settings.cover)), "the cover", hint)


def require_rules(settings: Settings) -> None:
    """Check that the cleaning rules to keep exist, those for single sites among them.

    Raises:
        ConfigError: There is no rule of that name; names the nearest one.
    """
    known = [name for name, _ in RULES]
    choices = (settings.clean, *(own for _, own in settings.clean_sites))
    for name in (name for one in choices for name in one.keep):
        if name not in known:
            hint = " ".join(filter(None, (did_you_mean(name, known), f"the rules: {', '.join(known)}")))
            raise ConfigError(f"there is no cleaning rule {name!r} to keep", hint)


def template(which: Literal["intro", "outro"], chosen: bool | str, language: str) -> str:
    """The words around the reading, with their fields; "" for none.

    Args:
        which: The setting.
        chosen: Its value: a template of the user's own, or whether there is one.
        language: BCP 47 tag, for narrate's own template.

    Raises:
        ConfigError: The user's cannot be used.
    """
    if isinstance(chosen, bool):
        return default_template(which, language) if chosen else ""
    try:
        return check_template(chosen)
    except ValueError as error:
        raise ConfigError(f"the {which} {chosen!r} cannot be used: {error}", f"correct {which}") from error


def _require_file(path: Path, what: str, hint: str) -> None:
    if not path.is_file():
        raise ConfigError(f"{what} cannot be used: there is no file {path}", hint)
