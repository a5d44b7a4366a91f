"""A folder of episodes: which there are, which of them is an article spoken before, and under which name it lies."""

from __future__ import annotations

import errno
import logging
import os
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from narrate.commits import changing, finish_changes
from narrate.errors import OutputError
from narrate.manifest import MANIFEST, Manifest, newest_first, read_head, read_manifest
from narrate.naming import GUID_NAMESPACE

logger = logging.getLogger(__name__)

# Parts of addresses that say where a reader came from, not what is read.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")

# Two versions of an article share so much of their runs of words; two articles under one heading share nearly none.
SAME_TEXT = 0.5
RUN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells an article from another.

    Attributes:
        title: Of the episode.
        url: The article's canonical address, "" where it has none.
        origin: A checksum of its source's path or address, "" for standard input.
        published: The day it was published, where it says so.
        text: Its words, see own_words.
    """

    title: str
    url: str = ""
    origin: str = ""
    published: date | None = None
    text: str = ""


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
    """What a library holds: whole episodes, newest first, and what is wrong with the others."""

    episodes: tuple[Manifest, ...]
    problems: tuple[Problem, ...] = ()


# Manifests by their path, with the time and size of the file they were read from.
_Known = dict[Path, tuple[tuple[int, int], Manifest]]


class Library:
    """The episodes of a folder, by their manifests; those that have not changed are read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: _Known = {}
        self._heads: _Known = {}

    def manifest_of(self, stem: str) -> Manifest | None:
        """The manifest of the episode of that name; None where there is none that can be read."""
        try:
            return read_manifest(self.folder / (stem + MANIFEST))
        except (OSError, ValueError):
            return None

    def find(self, article: Identity) -> Manifest | None:
        """The episode of an article that was spoken into this folder before, perhaps in other words."""
        for path in _manifest_paths(self.folder):
            try:
                if _may_be_same(article, self._once_read(path, self._heads, read_head)):
                    known = read_manifest(path)
                    if is_same(article, known):
                        return known
            except (OSError, ValueError) as error:
                logger.debug("%s cannot be read: %s", path, error)
        return None

    def knows(self, origin: str) -> bool:
        """Whether anything from that source (see origin_of) was spoken into this folder, as far as can be read."""
        for path in _manifest_paths(self.folder) if origin else ():
            with suppress(OSError, ValueError):
                if self._once_read(path, self._heads, read_head).origin == origin:
                    return True
        return False

    def new_guid(self, article: Identity, stem: str = "") -> str:
        """An identity for an episode that is new here, and will be called `stem`.

        It follows from the article, so that a folder that is lost and made again is the same to those who subscribed;
        not from its title alone where another article had that title first.
        """
        guid = str(uuid.uuid5(GUID_NAMESPACE, article.url or article.title))
        taken = set()
        for path in _manifest_paths(self.folder):
            if path.name == stem + MANIFEST and self.manifest_of(stem) is None:
                continue  # damaged, and its head may be whole: it is this very episode's, and is replaced
            with suppress(OSError, ValueError):
                taken.add(self._once_read(path, self._heads, read_head).guid)
        return guid if guid not in taken else str(uuid.uuid5(GUID_NAMESPACE, f"{article.title}\n{article.text}"))

    def listing(self) -> Listing:
        """Every episode, after finishing what killed processes began.

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
            paths = _manifest_paths(self.folder)
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
            manifest = self._once_read(path, self._read, read_manifest)
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

    def _once_read(self, path: Path, known: _Known, read: Callable[[Path], Manifest]) -> Manifest:
        state = path.stat()
        key = state.st_mtime_ns, state.st_size
        if path not in known or known[path][0] != key:
            known[path] = key, read(path)
        return known[path][1]

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
    """No identity twice: apps would show one of them, and nobody knows which."""
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


def _manifest_paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        names = [one.name for one in entries if one.name.endswith(MANIFEST) and not one.name.startswith(".")]
    return [folder / name for name in sorted(names)]


def _may_be_same(article: Identity, head: Manifest) -> bool:
    """Whether a closer look is worth while: cheap, as it is asked of every episode."""
    if article.url and head.meta.url:
        return same_address(article.url, head.meta.url) or article.title == head.title
    return article.title == head.title or bool(article.origin and article.origin == head.origin)


def is_same(article: Identity, known: Manifest) -> bool:
    """Whether an episode is of this article.

    By address where both have one. A file is the same article under the same title, unless two different days of
    publication say that it is another day's; under another title it is if half of its text is. So is the same
    title from another place.
    """
    if article.url and known.meta.url and same_address(article.url, known.meta.url):
        return True
    other_day = article.published and known.meta.published and article.published != known.meta.published
    same_file = bool(article.origin) and article.origin == known.origin
    if same_file and article.title == known.title and not other_day:
        return True
    text = own_words((passage.block.kind, passage.block.text) for passage in known.text if passage.spoken)
    return (same_file or article.title == known.title) and likeness(article.text, text) >= SAME_TEXT


def is_told_same(article: Identity, title: str, url: str, text: str) -> bool:
    """Whether a sound that has no manifest is of this article, by what its tags say.

    By address where both have one, else by title and half of the text; of the sound's file nothing is known that
    would tell one source of a title from another.
    """
    if article.url and url:
        return same_address(article.url, url)
    return article.title == title and likeness(article.text, text.removeprefix(title)) >= SAME_TEXT


def own_words(blocks: Iterable[tuple[str, str]]) -> str:
    """What tells articles apart that have one title: all that is said but for the title, the intro and the outro."""
    return "\n".join(text for kind, text in blocks if kind not in ("title", "intro", "outro"))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses lead to one article."""
    return _plain_address(one) == _plain_address(other)


def _plain_address(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "", address, ""
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)]
    return host, parts.path.rstrip("/"), urlencode(query)


def likeness(one: str, other: str) -> float:
    """How much of the longer of two texts is in the other, 0 to 1, by runs of words."""
    runs, others = _runs(one), _runs(other)
    longest = max(len(runs), len(others))
    return len(runs & others) / longest if longest else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    size = min(RUN_WORDS, len(words))
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)} if words else set()
