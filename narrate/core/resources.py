"""Files that come with the package: texts, tables of words and numbers, data; each table is read once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

# By the ending of a file's name: how its table is read.
_READERS: Mapping[str, Callable[[str], dict[str, Any]]] = {".toml": tomllib.loads, ".json": json.loads}


def packaged_file(package: str, name: str) -> Traversable:
    """Return a file of a package, which may lie in an archive; whether it is there, the caller finds out.

    Args:
        package: With its dots: "narrate.text".
        name: The path below it, with slashes: "tables/units.toml".
    """
    return resources.files(package).joinpath(*PurePosixPath(name).parts)


def packaged_text(package: str, name: str) -> str:
    """Return a file of a package as text, which is UTF-8 in all of them.

    Raises:
        FileNotFoundError: There is none of that name.
    """
    return packaged_file(package, name).read_text(encoding="utf-8")


@cache
def packaged_table(package: str, name: str) -> Mapping[str, Any]:
    """Return the table in a TOML or JSON file of a package; it is read once, for all who ask.

    Raises:
        FileNotFoundError: There is none of that name.
        ValueError: It is no such file, or has an ending that is not known.
    """
    reader = _READERS.get(PurePosixPath(name).suffix)
    if reader is None:
        raise ValueError(f"{name} is no table: its name ends with none of {', '.join(_READERS)}")
    return MappingProxyType(reader(packaged_text(package, name)))


@cache
def packaged_rows(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a file of tab-separated values: the cells of each, without empty lines and comments (#).

    Empty cells at the end of a row may be left out in the file, so rows differ in their length.

    Raises:
        FileNotFoundError: There is none of that name.
    """
    lines = packaged_text(package, name).splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
