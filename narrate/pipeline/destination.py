"""The place of an episode in its folder, and what it replaces there."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from narrate.core.cache.keys import content_key
from narrate.core.errors import OutputError
from narrate.core.file_names import MANIFEST
from narrate.core.settings.loading import Settings
from narrate.episode.manifest import Edition, Manifest, to_json
from narrate.episode.sidecars import sidecar_paths
from narrate.episode.tags import marked_in
from narrate.library.identity import Identity, is_same, is_told_same, likeness, words_of
from narrate.library.library import Library
from narrate.library.locks import exclusive, held, writing
from narrate.library.transactions import Change, changing
from narrate.pipeline.finished import EpisodeRecords

logger = logging.getLogger(__name__)


class Place:
    """The path of an article's episode; an episode keeps its name and its identity for life."""

    def __init__(
        self,
        path: Path,
        article: Identity,
        edition: Edition,
        settings: Settings,
        taken: Collection[Path] = (),
        library: Library | None = None,
    ) -> None:
        """Nothing is looked for yet.

        Args:
            path: Where the episode goes unless another article has that name.
            article: What is spoken.
            edition: In which form.
            settings: Whether a file was named, and whether anything lies beside it.
            taken: Files of the same run.
            library: Of the path's folder, where several articles share it.
        """
        self.path = path
        self.stem = path.stem
        self.article = article
        self.edition = edition
        self.is_repeated = False
        self._settings = settings
        self._taken = taken
        self._is_named = self.path == settings.output
        self._library = library or Library(self.path.parent)
        self._before: tuple[str, ...] = ()
        self._held = ExitStack()

    @contextmanager
    def claimed(self) -> Iterator[Manifest | None]:
        """Settle the path and keep other processes from it.

        It is the one that the user named, or that of the article's episode in this folder, else the first that
        belongs to no other article. Afterwards `is_repeated` says whether the same words were spoken in this run
        already; the path is that of their episode then, and nothing is to be made.

        Yields:
            The manifest of the article's episode that is there already.

        Raises:
            OutputError: The folder cannot be used, or another article of the same run has the path.
        """
        cache_folder = self._settings.cache_folder if self._settings.cache else None
        there = self._library.all_of(self.article)
        if found := self._repeated(there):
            self.path, self.stem, self.is_repeated = self.path.with_name(found.audio.name), found.stem, True
            yield found
            return
        known = None if self._is_named else self._nearest(there)
        name = Path(known.audio.name).stem if known else self.path.stem
        for number in count(1):
            path = self.path.with_name(f"{name}{f'-{number}' if number > 1 else ''}{self.path.suffix}")
            beside = (*sidecar_paths(path), *sidecar_paths(path, path.name))
            with self._held, exclusive(path, beside, cache_folder, self._library.shelf):
                self.stem = self._stem_of(path)
                owner = self._library.manifest_of(self.stem)
                own = owner if owner and self._is_mine(owner) else None
                # Another run may have made it while this one waited, or a killed one all but its last step.
                known = known or (own if self._is_named else None)
                known = known or self._nearest(self._library.all_of(self.article))
                if self._may_replace(path, owner) and (self._is_named or owner is None or own):
                    self.path = self._not_taken(path, owner)
                    yield known or own
                    return

    def _stem_of(self, path: Path) -> str:
        """Return the stem of files beside an episode: its name, with its ending where another format has that stem.

        Without a name of one's own another format takes the place of the one before.
        """
        whole = self._library.manifest_of(path.name)
        if whole and whole.audio.name == path.name:
            return path.name
        owner = self._library.manifest_of(path.stem) if self._is_named else None
        is_other = owner is not None and owner.audio.name != path.name
        return path.name if owner and is_other and path.with_name(owner.audio.name).exists() else path.stem

    def _nearest(self, episodes: Iterable[Manifest]) -> Manifest | None:
        """Return that of the article's episodes which is of its own source and in its own form, rather than another.

        A name of one's own and another form make another episode.
        """
        known = [one for one in episodes if not self._is_taken(one)]
        if self._is_named:
            known = [one for one in known if one.edition == self.edition]
        return min(known, key=self._distance, default=None)

    def _distance(self, known: Manifest) -> tuple[object, ...]:
        return known.origin != self.article.origin, known.edition != self.edition, known.added, known.stem

    def _is_mine(self, known: Manifest) -> bool:
        return not self._is_taken(known) and is_same(self.article, known)

    def _is_taken(self, known: Manifest) -> bool:
        """Tell whether another source of this run has that episode."""
        return self.path.with_name(known.audio.name) in self._taken

    def _repeated(self, episodes: Iterable[Manifest]) -> Manifest | None:
        """The episode that another source of this run has, if it says the same."""
        known = filter(self._is_taken, episodes)
        return next((one for one in known if likeness(self.article.text, words_of(one)) == 1.0), None)

    def _may_replace(self, path: Path, owner: Manifest | None) -> bool:
        """Tell whether no file would be lost that narrate did not make.

        An episode without a manifest is known by the records of the cache, or by the mark in its tags and what these
        say of the article; a manifest that cannot be read is narrate's.

        Raises:
            OutputError: The user named the path, and foreign files have the names of what lies beside an episode.
        """
        mine = {file.name for file in owner.files} if owner else set()
        has_cover = self._settings.cover != "none"
        beside = sidecar_paths(path, self.stem, has_cover=has_cover) if self._settings.sidecars else ()
        wanted = [one for one in (path, *beside) if not one.name.endswith(MANIFEST)]
        there = [one for one in wanted if one.name not in mine and os.path.lexists(one)]
        foreign = [one for one in there if not self._is_ours(one)]
        if self._is_named and (lost := [one for one in foreign if one != path]):
            hint = "move it away, or use --no-sidecars, or another name with -o"
            raise OutputError(f"{lost[0]} is not narrate's and would be replaced", hint)
        if foreign and not self._is_named:
            whose = "another article's" if marked_in(foreign[0]) else "not narrate's"
            logger.warning("%s is %s and stays; the episode gets another name", foreign[0], whose)
        return self._is_named or not foreign

    def _is_ours(self, file: Path) -> bool:
        """Tell whether a file that no manifest names is one that narrate made; for a sound, of this article."""
        if file.is_symlink() or not file.is_file():
            return False
        cache_folder = self._settings.cache_folder_if_any
        if cache_folder and EpisodeRecords(cache_folder).is_made(file):
            return True
        marked = marked_in(file)
        return marked is not None and is_told_same(self.article, marked.title, marked.url, marked.text)

    def _not_taken(self, path: Path, owner: Manifest | None) -> Path:
        """An episode without a manifest cannot be told from another of the same run."""
        if path in self._taken and owner is None:
            hint = "give one of them another name: narrate speak SOURCE -o NAME.mp3"
            raise OutputError(f"{path} is already the episode of another article of this run", hint)
        return path

    def new_guid(self) -> str:
        """An identity for an episode that is new in its folder; no other process gives it away before this is filed."""
        if self._settings.cache:
            key = content_key(("guid", self.path.parent.absolute(), self.article.url or self.article.title))
            self._held.enter_context(held(self._settings.cache_folder, key))
        return self._library.new_guid(self.article, self.stem, self.edition)

    def is_filed(self, known: Manifest | None, endings: Sequence[str]) -> bool:
        """Tell whether the manifest there is that of the files there; without sidecars there is none."""
        if not self._settings.sidecars:
            return True
        return (
            known is not None
            and known.audio.name == self.path.name
            and known.stem == self.stem
            and known.audio.size_bytes == self.path.stat().st_size
            and tuple(known.sidecars) == tuple(endings)
        )

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Open a change of the files in the episode's folder, see narrate.library.transactions.

        Raises:
            OutputError: The folder cannot be written.
        """
        with writing(self.path), changing(self.path.parent, self._library.shelf) as change:
            yield change

    def filed(self) -> None:
        """The change has happened: the library sees it, and other articles of the run by it."""
        for stem in (self.stem, *self._before):
            self._library.note(stem)

    def file(
        self, change: Change, manifest: Manifest, known: Manifest | None, record: Mapping[str, object] | None = None
    ) -> None:
        """Put the manifest beside the episode; what belonged to another sound goes, and so does an older name."""
        before = self._library.manifest_of(self.stem)
        kept = {file.name for file in manifest.files}
        for file in before.sidecars.values() if before else ():
            if file.name not in kept:
                change.remove(file.name)
        self._before = tuple(old.stem for old in (known, before) if old)
        for old in (known, before):
            if old and old.audio.name != self.path.name:
                logger.warning("%s stays, but %s is the article's episode now", old.audio.name, self.path.name)
            if old and (old.stem != self.stem or not self._settings.sidecars):
                change.remove(old.stem + MANIFEST)
        if self._settings.sidecars:
            change.new(self.stem + MANIFEST).write_text(to_json(manifest, record), encoding="utf-8")
