"""A folder of episodes: which there are, and which of them is an article spoken before."""

from __future__ import annotations

import errno
import logging
import os
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from narrate.core.errors import OutputError
from narrate.core.file_names import MANIFEST
from narrate.core.formats import format_of_ending
from narrate.core.system.files import file_state
from narrate.episode.manifest import Edition, Manifest, newest_first, read_manifest
from narrate.episode.naming import GUID_NAMESPACE
from narrate.library.identity import Identity, is_same
from narrate.library.index import Catalogue
from narrate.library.listing import Names, Shelf
from narrate.library.transactions import changing, finish_changes

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """An episode that cannot be published.

    Attributes:
        name: Of the file that is at fault.
        message: What is wrong with it, without its name.
        hint: What to do.
    """

    name: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents of a library: whole episodes, newest first, and what is wrong with the others."""

    episodes: tuple[Manifest, ...]
    problems: tuple[Problem, ...] = ()


# Manifests by their path, with the time and size of the file they were read from.
_Known = dict[Path, tuple[tuple[int, int], Manifest]]


class Library:
    """The episodes of a folder, by their manifests; those that have not changed are read once.

    For any number of threads. Of a large folder it may be some seconds until episodes of other processes are seen, see
    library/listing.py; those of this one are told with `note`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = Shelf(folder, MANIFEST)
        self._read: _Known = {}
        self._catalogue = Catalogue(folder)
        self._names: Names | None = None
        self._lock = threading.Lock()

    def manifest_of(self, stem: str) -> Manifest | None:
        """The manifest of the episode of that name; None where there is none that can be read."""
        try:
            return read_manifest(self.folder / (stem + MANIFEST))
        except (OSError, ValueError):
            return None

    def all_of(self, article: Identity) -> tuple[Manifest, ...]:
        """The episodes of an article that was spoken into this folder before, perhaps in other words or other forms."""
        with self._lock:
            names = self._up_to_date().candidates(article)
        found = []
        for path in (self.folder / name for name in names):
            try:
                known = read_manifest(path)
                if is_same(article, known):
                    found.append(known)
            except (OSError, ValueError) as error:
                logger.debug("%s cannot be read: %s", path, error)
        return tuple(found)

    def find(self, article: Identity) -> Manifest | None:
        """The first of them; None where there is none."""
        return next(iter(self.all_of(article)), None)

    def episode_at(self, path: Path) -> Manifest | None:
        """The episode to which a file belongs: its sound, its manifest, or another that bears its name.

        None where there is none, and for a sound whose manifest is that of another.
        """
        if path.name.endswith(MANIFEST):
            return self.manifest_of(path.name.removesuffix(MANIFEST))
        found = [one for stem in (path.name, path.stem) if (one := self.manifest_of(stem))]
        if format_of_ending(path.suffix):
            found = [one for one in found if one.audio.name == path.name or not path.exists()]
        return next(iter(found), None)

    def knows(self, origin: str) -> bool:
        """Tell whether an episode from that source (see origin_of) lies in this folder, as far as can be read."""
        return self.from_origin(origin) is not None

    def from_origin(self, origin: str) -> Manifest | None:
        """Return the episode from that source (see origin_of), if it lies in this folder, as far as can be read."""
        with self._lock:
            names = self._up_to_date().with_origin(origin) if origin else ()
        known = (self.manifest_of(name.removesuffix(MANIFEST)) for name in names)
        return next((one for one in known if one and (self.folder / one.audio.name).exists()), None)

    def note(self, stem: str) -> None:
        """Take note of an episode that was just filed, or is gone."""
        with self._lock:
            self._catalogue.see(stem + MANIFEST)

    def _up_to_date(self) -> Catalogue:
        """The heads of all manifests, of which those that changed are read; under the lock."""
        names = self.shelf.names()
        if names is not self._names:
            self._names = names
            for name in set(self._catalogue.names).difference(names.ending):
                self._catalogue.forget(name)
            for name in names.ending:
                self._catalogue.see(name)
        return self._catalogue

    def new_guid(self, article: Identity, stem: str = "", edition: Edition | None = None) -> str:
        """An identity for an episode that is new here, and will be called `stem`.

        It follows from the article, so that a folder that is lost and made again is the same to those who subscribed;
        not from its title alone where another article had that title first, and from the edition where the article
        has an episode in another one.
        """
        first = article.url or article.title
        names = [first, f"{article.title}\n{article.text}", f"{first}\n{edition}"]
        if self.find(article):
            names[1:] = reversed(names[1:])
        for name in chain(names, (f"{names[-1]}\n{number}" for number in count(2))):
            guid = str(uuid.uuid5(GUID_NAMESPACE, name))
            if not self._is_given(guid, stem):
                break
        return guid

    def _is_given(self, guid: str, stem: str) -> bool:
        """Tell whether another episode than the one of that name has an identity."""
        with self._lock:
            taken = set(self._up_to_date().with_guid(guid))
        own = stem + MANIFEST
        if own in taken and self.manifest_of(stem) is None:
            taken.remove(own)  # damaged, and its head may be whole: it is this very episode's, and is replaced
        return bool(taken)

    def listing(self) -> Listing:
        """Return every episode, after finishing what killed processes began.

        Raises:
            OutputError: The folder cannot be read.
        """
        try:
            finish_changes(self.folder)
        except PermissionError:
            logger.debug("%s may only be read", self.folder)
        except OSError as error:
            if error.errno != errno.EROFS:
                raise _unusable(self.folder, error) from error
        try:
            paths = [self.folder / name for name in self.shelf.names(fresh=True).ending]
        except OSError as error:
            raise _unusable(self.folder, error) from error
        there = set(paths)
        self._read = {path: known for path, known in self._read.items() if path in there}
        found = [self._whole(path) for path in paths]
        episodes = (one for one in found if isinstance(one, Manifest))
        problems = [one for one in found if isinstance(one, Problem)]
        return _once(newest_first(episodes), problems)

    def _whole(self, path: Path) -> Manifest | Problem:
        """An episode all of whose files are there and of the right size."""
        again = "speak the article again, or remove it: narrate remove"
        try:
            manifest = self._once_read(path)
            if manifest.stem + MANIFEST != path.name:
                return Problem(path.name, f"it is the manifest of {manifest.audio.name}", "give it its name back")
            for file in manifest.files:
                size_bytes = (path.parent / file.name).stat().st_size
                if size_bytes != file.size_bytes:
                    message = f"it has {size_bytes} bytes, and its manifest says {file.size_bytes}"
                    return Problem(file.name, message, f"{again} {path.parent / manifest.audio.name}")
        except FileNotFoundError as error:
            return Problem(Path(error.filename or path).name, "it is missing", f"{again} {path}")
        except (OSError, ValueError) as error:
            return Problem(path.name, f"it cannot be read: {error}", f"{again} {path}")
        return manifest

    def _once_read(self, path: Path) -> Manifest:
        state = file_state(path)
        if path not in self._read or self._read[path][0] != state:
            self._read[path] = state, read_manifest(path)
        return self._read[path][1]

    def remove(self, manifest: Manifest) -> None:
        """Take an episode out of the folder, with all that lies beside it.

        Raises:
            OSError: The folder cannot be written.
            OutputError: A folder has the name of a file, or another process does not let go of this one.
        """
        with changing(self.folder) as change:
            for name in (manifest.stem + MANIFEST, *(file.name for file in manifest.files)):
                change.remove(name)


def _once(episodes: Iterable[Manifest], problems: list[Problem]) -> Listing:
    """Let no identity stand twice: apps would show one of them, and nobody knows which."""
    shown: dict[str, Manifest] = {}
    for episode in episodes:
        first = shown.setdefault(episode.guid, episode)
        if first is not episode:
            message = f"it has the identity of {first.audio.name}"
            problems.append(
                Problem(episode.audio.name, message, "it is a copy: remove one of them with narrate remove")
            )
    return Listing(tuple(shown.values()), tuple(problems))


def _unusable(folder: Path, error: OSError) -> OutputError:
    """An error of the folder, or of one of its files, which is named then."""
    name = error.filename2 or error.filename  # of a file that cannot take another's place, that other
    file = Path(os.fsdecode(name)) if name else folder
    what, reason = "" if file == folder else f"{file}: ", error.strerror or error
    return OutputError(f"the folder {folder} cannot be used: {what}{reason}", "check the permissions")
