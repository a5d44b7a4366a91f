"""Values of engines' own settings as they were given; what an engine declares they are held against once it is made.

They stand below [engines.NAME] in narrate.toml, or in variables such as NARRATE_ENGINES_AZURE_KEY. Which keys there
are only the engine knows, which may be another package's: speech/engines/options.py reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from narrate.core.errors import ConfigError
from narrate.core.settings.given import ENGINES_PREFIX, Place


@dataclass(frozen=True, slots=True)
class EngineValue:
    """A value for a setting that an engine declares.

    Attributes:
        engine: Name of the engine; "" in a variable, whose name does not tell where the engine's ends.
        key: Name of the setting; of a variable all that follows NARRATE_ENGINES_, in small letters.
        value: As it was given; it may be a secret, so nothing shows it.
        place: Where it stands.
    """

    engine: str
    key: str
    value: object = field(repr=False)
    place: Place


EngineValues = tuple[EngineValue, ...]


def values_in_tables(tables: object, place: Place) -> EngineValues:
    """Return the values in tables of engines, by the engines' names.

    Raises:
        ConfigError: One is no table.
    """
    found = []
    for engine, values in _table("engines", tables, "engines.NAME", place).items():
        name = f"engines.{engine}"
        below = place.below(name)
        found += [
            EngineValue(str(engine), key, value, below) for key, value in _table(name, values, name, place).items()
        ]
    return tuple(found)


def value_in_variable(variable: str, value: str) -> EngineValues:
    """Return the value of an environment variable; nothing where it is none of an engine's."""
    key = variable.removeprefix(ENGINES_PREFIX).lower()
    return (EngineValue("", key, value, Place(variable=variable)),) if variable.startswith(ENGINES_PREFIX) else ()


def _table(name: str, values: object, written: str, place: Place) -> Mapping[str, object]:
    if not isinstance(values, Mapping):
        message = f"{place.name(name)}{place.where} cannot be used: it is not a table"
        raise ConfigError(message, f"write [{written}] and its keys on lines below")
    return values
