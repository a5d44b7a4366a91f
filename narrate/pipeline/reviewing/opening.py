"""The draft that is reviewed: of an article, of an episode, or one that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Block
from narrate.core.errors import NarrateError, SourceError
from narrate.core.file_names import MANIFEST
from narrate.core.formats import FORMATS
from narrate.core.settings.model import Settings
from narrate.core.web.addresses import is_web_address
from narrate.episode.manifest import Manifest, read_manifest
from narrate.episode.naming import origin_of
from narrate.pipeline.drafting.making import draft_article, file_draft
from narrate.sources.read.draft.drafts import draft_path, read_draft
from narrate.sources.read.draft.signs import ENDING
from narrate.sources.read.draft.values import Draft, DraftBlock, with_ids

if TYPE_CHECKING:
    from narrate.speech.engines import Engine

_SOUNDS = frozenset(f".{name}" for name in FORMATS)
# Where the article of an episode is looked for, no more files than these are held against it.
_FILES_MAX = 2000
_FRAME = ("intro", "outro")


def opened_draft(source: str, settings: Settings, engine: Engine) -> tuple[Path, Settings]:
    """Return the file with the draft to review, which is written where there is none yet, and the settings for it.

    Args:
        source: An article, an episode of narrate's or its manifest, or a draft.
        settings: How it is read and said; that of an episode goes into the episode's folder.
        engine: Knows doubtful words.

    Raises:
        SourceError: It cannot be read, or is a sound that narrate did not make.
        OutputError: The draft cannot be written.
    """
    path = Path(source)
    if source.lower().endswith(ENDING) and path.is_file():
        return path, settings
    manifest = None if is_web_address(source) else _manifest_of(path)
    if manifest is None:
        return _made(source, settings, engine), settings
    settings = _as_made(manifest, replace(settings, output=path.parent))
    draft = draft_path(path.parent, manifest.stem)
    if draft.is_file():
        return draft, settings
    return _of_episode(manifest, draft, settings, engine), settings


def _as_made(manifest: Manifest, settings: Settings) -> Settings:
    """Return settings with the voice that an episode has, where none is asked for."""
    maker = manifest.maker
    if settings.voice or settings.gender or maker.engine != settings.engine or not maker.voice:
        return settings
    return replace(settings, voice=maker.voice, own_voice=False)


def _made(source: str, settings: Settings, engine: Engine, target: Path | None = None) -> Path:
    """Return the article's draft, made where there is none; that of another article with its title stays that one's."""
    path, draft = draft_article(source, settings, engine, target)
    numbered = (path.with_name(f"{_stem(path)}-{number}{ENDING}") for number in count(2))
    return next(one for one in chain([path], numbered) if _is_of(one, draft))


def _is_of(path: Path, draft: Draft) -> bool:
    """Tell whether a file is a draft of the same article; where there is none it becomes one."""
    if not path.exists():
        file_draft(path, draft)
    return read_draft(path).meta.origin == draft.meta.origin


def _stem(path: Path) -> str:
    return path.name.removesuffix(ENDING)


def _manifest_of(path: Path) -> Manifest | None:
    """Return the manifest of an episode; None for what is none.

    Raises:
        SourceError: It is a sound without one.
    """
    if not path.is_file():
        return None
    if path.name.endswith(MANIFEST):
        return _read(path)
    if path.suffix.lower() not in _SOUNDS:
        return None
    for name in (f"{path.stem}{MANIFEST}", f"{path.name}{MANIFEST}"):
        found = _read(path.with_name(name))
        if found and found.audio.name == path.name:
            return found
    raise SourceError(f"{path} has no manifest of narrate's beside it", "give the article that it was made of")


def _read(path: Path) -> Manifest | None:
    try:
        return read_manifest(path)
    except (OSError, ValueError):
        return None


def _of_episode(manifest: Manifest, draft: Path, settings: Settings, engine: Engine) -> Path:
    """Return the draft of an episode: of its article where that is found, else of the text in the manifest."""
    source = _source_of(manifest, draft.parent)
    if source:
        try:
            return _made(source, settings, engine, draft)
        except NarrateError:
            if not manifest.text:
                raise
    if not manifest.text:
        hint = "give the article that it was made of"
        raise SourceError(f"the article of {manifest.audio.name} is gone, and its manifest has no text", hint)
    file_draft(draft, draft_of_manifest(manifest))
    return draft


def draft_of_manifest(manifest: Manifest) -> Draft:
    """Return a draft of what an episode's manifest says of its article."""
    meta = replace(manifest.meta, title=manifest.meta.title or manifest.title, origin=manifest.origin)
    kinds = {passage.block.kind for passage in manifest.text}
    # An intro says the title, which is not said again then.
    title = [DraftBlock(Block("title", manifest.title))] if "intro" in kinds and "title" not in kinds else []
    spoken = (DraftBlock(passage.block) for passage in manifest.text if passage.block.kind not in _FRAME)
    blocks = [*title, *spoken]
    return Draft(replace(meta, language=meta.language or manifest.language), with_ids(blocks), meta.url or "")


def _source_of(manifest: Manifest, folder: Path) -> str:
    """Return the article that an episode is of, "" where it is not found."""
    for path in islice(_files_near(folder), _FILES_MAX):
        if manifest.origin and origin_of(str(path), folder) == manifest.origin:
            return str(path)
    return manifest.meta.url or ""


def _files_near(folder: Path) -> Iterator[Path]:
    """Yield files beside an episode, in the folders above and below, and where the command runs."""
    for place in dict.fromkeys((folder.parent, Path(), folder)):
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            continue
        yield from (place / entry.name for entry in entries if entry.is_file())
