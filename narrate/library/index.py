"""The heads of many manifests, found by title, address, source and identity without looking at each."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from narrate.core.system.files import FileState, file_state
from narrate.episode.manifest import Manifest, read_head
from narrate.library.identity import Identity, plain_address

logger = logging.getLogger(__name__)

# What a manifest is found by: one of the four below, and its value.
_Key = tuple[str, object]
_GUID, _TITLE, _ADDRESS, _ORIGIN = "guid", "title", "address", "origin"


@dataclass(frozen=True, slots=True)
class _Head:
    """The parts of a manifest that are kept in memory, so that ten thousand take some 10 MB.

    Attributes:
        state: Of its file when it was read.
        keys: What it is found by; none where it cannot be read.
    """

    state: FileState
    keys: tuple[_Key, ...] = ()


class Catalogue:
    """Which manifest of a folder may be of an article; not for several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing seen.

        Args:
            folder: Where the manifests are; they are called by their names in it.
        """
        self._folder = folder
        self._heads: dict[str, _Head] = {}
        self._found: dict[_Key, dict[str, None]] = {}

    @property
    def names(self) -> Iterable[str]:
        """Return the names of all manifests that were seen, those that cannot be read among them."""
        return self._heads.keys()

    def see(self, name: str) -> None:
        """Read a manifest's head, unless it is as it was; one that is gone is forgotten."""
        known = self._heads.get(name)
        try:
            state = file_state(self._folder / name)
        except OSError:
            self.forget(name)
            return
        if known and known.state == state:
            return
        self.forget(name)
        keys: tuple[_Key, ...] = ()
        try:
            keys = tuple(_keys_of(read_head(self._folder / name)))
        except (OSError, ValueError) as error:
            logger.debug("%s cannot be read: %s", name, error)
        self._heads[name] = _Head(state, keys)
        for key in keys:
            self._found.setdefault(key, {})[name] = None

    def forget(self, name: str) -> None:
        """A manifest is gone."""
        head = self._heads.pop(name, None)
        for key in head.keys if head else ():
            self._found[key].pop(name, None)
            if not self._found[key]:
                del self._found[key]

    def with_guid(self, guid: str) -> tuple[str, ...]:
        """Return names of the manifests of episodes with that identity."""
        return tuple(self._found.get((_GUID, guid), ()))

    def with_origin(self, origin: str) -> tuple[str, ...]:
        """Return the names of the manifests of episodes that were made from a source."""
        return tuple(self._found.get((_ORIGIN, origin), ()))

    def candidates(self, article: Identity) -> list[str]:
        """Manifests that are worth a closer look, in order."""
        wanted = set(_keys(article))
        found = {name for key in wanted for name in self._found.get(key, ())}
        return sorted(name for name in found if self._may_be_same(article, wanted, name))

    def _may_be_same(self, article: Identity, wanted: set[_Key], name: str) -> bool:
        """Tell whether addresses allow that two are one article: a common source says nothing where they differ."""
        keys = self._heads[name].keys
        has_address = any(kind == _ADDRESS for kind, _ in keys)
        return not (article.url and has_address) or any(key in wanted for key in keys if key[0] != _ORIGIN)


def _keys_of(head: Manifest) -> Iterator[_Key]:
    yield _GUID, head.guid
    yield from _keys(Identity(head.title, head.meta.url or "", head.origin))


def _keys(article: Identity) -> Iterator[_Key]:
    yield _TITLE, article.title
    if article.url:
        yield _ADDRESS, plain_address(article.url)
    if article.origin:
        yield _ORIGIN, article.origin
