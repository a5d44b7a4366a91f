"""Values of settings by their use: for the stages of a run, for a manifest, for an engine in another process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narrate.core.settings.declaration import Decides, Declared, nested
from narrate.core.settings.model import Settings, declared


def values_that_decide(settings: Settings, stage: Decides) -> Iterator[tuple[str, object]]:
    """Yield names and values of all settings whose first stage it is, in their order; those of tables, too."""
    for one in declared():
        if one.setting.decides is stage:
            yield one.key, value_of(settings, one)


def recorded_values(settings: Settings) -> dict[str, object]:
    """Return what an episode's manifest holds of settings, as `load_settings` takes it: tables are mappings."""
    return nested((one, value_of(settings, one)) for one in declared() if one.setting.is_recorded)


def values_for_engine(settings: Settings) -> dict[str, object]:
    """Return what an engine is made of, as JSON and `load_settings` take it: paths are text, None is left out."""
    values = {one.name: value_of(settings, one) for one in declared() if one.setting.makes_engine}
    return {
        name: str(value) if isinstance(value, Path) else value for name, value in values.items() if value is not None
    }


def value_of(settings: Settings, one: Declared) -> object:
    """Return the value that a setting has."""
    found: object = getattr(getattr(settings, one.table) if one.table else settings, one.name)
    return found
