"""Apple's categories, which all directories of podcasts go by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from narrate.core.errors import ConfigError
from narrate.core.near_names import nearest
from narrate.core.resources import packaged_table

# Between a category and its subcategory, as people write it.
BELOW = ">"


@cache
def categories() -> Mapping[str, tuple[str, ...]]:
    """Return every category and what is below it."""
    return {name: tuple(below) for name, below in packaged_table("narrate.core", "categories.toml").items()}


def plain_category(written: str) -> tuple[str, ...]:
    """A category as feeds must write it: ("News", "Tech News") for "news > tech news".

    Args:
        written: A category, or a category and one of its subcategories after ">"; capitals and spaces do not matter.

    Raises:
        ConfigError: Apple has no such category; the hint names the nearest.
    """
    known = {_folded(path): path for path in _paths()}
    found = known.get(_folded(written.split(BELOW)))
    if found is None:
        raise ConfigError(f"the category {written!r} is none of Apple's", _hint(written))
    return found


def _paths() -> list[tuple[str, ...]]:
    return [path for name, below in categories().items() for path in ((name,), *((name, one) for one in below))]


def _folded(path: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(" ".join(part.split()).casefold() for part in path)


def _hint(written: str) -> str:
    """The nearest category by its last part, so that a subcategory alone is found, too."""
    by_name = {_folded(path)[-1]: f" {BELOW} ".join(path) for path in reversed(_paths())}
    near = nearest(_folded(written.split(BELOW))[-1], by_name)
    return f'did you mean "{by_name[near[0]]}"?' if near else f"choose one of {', '.join(categories())}"
