"""The heads of many manifests, found by title, address, source and identity without looking at each."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from narrate.identity import Identity, plain_address
from narrate.manifest import Manifest, read_head

logger = logging.getLogger(__name__)

# When a file was written, in nanoseconds, and its size in bytes.
State = tuple[int, int]

_Index = dict[object, set[Path]]


class Catalogue:
    """Which manifest of a folder may be of an article; not for several threads at once.

    Attributes:
        by_guid: Paths of manifests by the identity of their episode.
        by_origin: The same by the source.
    """

    def __init__(self) -> None:
        self.by_guid: _Index = {}
        self.by_origin: _Index = {}
        self._by_title: _Index = {}
        self._by_address: _Index = {}
        self._heads: dict[Path, tuple[State, Manifest | None]] = {}

    @property
    def paths(self) -> frozenset[Path]:
        """Of all manifests that were seen, those that cannot be read among them."""
        return frozenset(self._heads)

    def see(self, path: Path) -> None:
        """Read a manifest's head, unless it is as it was; one that is gone is forgotten."""
        try:
            state = state_of(path)
            if path in self._heads and self._heads[path][0] == state:
                return
        except OSError:
            self.forget(path)
            return
        self.forget(path)
        head = None
        try:
            head = read_head(path)
        except (OSError, ValueError) as error:
            logger.debug("%s cannot be read: %s", path, error)
        self._heads[path] = state, head
        for index, key in self._places(head):
            index.setdefault(key, set()).add(path)

    def forget(self, path: Path) -> None:
        """A manifest is gone."""
        _, head = self._heads.pop(path, (None, None))
        for index, key in self._places(head):
            index[key].discard(path)
            if not index[key]:
                del index[key]

    def candidates(self, article: Identity) -> list[Path]:
        """Manifests that are worth a closer look, in the order of their names."""
        found = {path for index, key in self._keys(article) for path in index.get(key, ())}
        return sorted(path for path in found if self._may_be_same(article, path))

    def _may_be_same(self, article: Identity, path: Path) -> bool:
        _, head = self._heads[path]
        # Two addresses, and neither the same: a common source says nothing then.
        one_of_two = bool(article.url and head and head.meta.url)
        return not one_of_two or any(path in index.get(key, ()) for index, key in self._keys(article, origin=False))

    def _places(self, head: Manifest | None) -> Iterable[tuple[_Index, object]]:
        if head is None:
            return ()
        return [
            (self.by_guid, head.guid),
            *self._keys(Identity(head.title, head.meta.url or "", head.origin)),
        ]

    def _keys(self, article: Identity, *, origin: bool = True) -> Iterable[tuple[_Index, object]]:
        keys: list[tuple[_Index, object]] = [(self._by_title, article.title)]
        if article.url:
            keys.append((self._by_address, plain_address(article.url)))
        if article.origin and origin:
            keys.append((self.by_origin, article.origin))
        return keys


def state_of(path: Path) -> State:
    """What changes when a file does.

    Raises:
        OSError: There is none.
    """
    found = path.stat()
    return found.st_mtime_ns, found.st_size
