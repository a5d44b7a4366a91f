"""The article's lead image, or the one that the user names, as bytes for the cover."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import INSIDE, Metadata
from narrate.core.errors import ConfigError, SourceError
from narrate.core.settings.loading import Settings
from narrate.core.web.addresses import is_web_address
from narrate.sources.read.documents.chapters import file_of, last_document, named_address
from narrate.sources.read.draft.origin import made_of

if TYPE_CHECKING:
    from narrate.sources.fetch.web import Fetch

logger = logging.getLogger(__name__)

MAX_BYTES = 30 * 1024 * 1024

# What --cover takes besides a path and an address.
AUTO, DRAWN, NONE = "auto", "drawn", "none"


def find_picture(source: str | Path, meta: Metadata, settings: Settings, *, fetch: Fetch | None = None) -> bytes | None:
    """The picture to make the cover from; None to draw one.

    An article that was fetched has its picture fetched, too. For one that is a file nothing is fetched that nobody
    asked for: only a picture in the same folder or below it is taken.

    Raises:
        ConfigError: The picture that the settings name cannot be got.
    """
    if settings.cover in (DRAWN, NONE):
        return None
    if settings.cover != AUTO:
        return _named(settings.cover, settings, fetch)
    if not meta.cover_url:
        return None
    source = made_of(source)
    try:
        within = meta.cover_url.removeprefix(INSIDE)
        if is_web_address(str(source)):
            is_inside = within != meta.cover_url
            return _inside_of(str(source), within, settings, fetch) if is_inside else _fetched(within, settings, fetch)
        path = file_of(source)
        if not path.is_file():
            return None
        return _beside(path, within) if within == meta.cover_url else _inside(_read(path), str(path), within)
    except SourceError as error:
        logger.warning("the article's picture cannot be used, and a cover is drawn: %s", error.message)
        return None


def _named(cover: str, settings: Settings, fetch: Fetch | None) -> bytes:
    try:
        return _fetched(cover, settings, fetch) if is_web_address(cover) else _read(Path(cover).expanduser())
    except (SourceError, RuntimeError) as error:  # a RuntimeError is "~somebody" who is no user here
        hint = "--cover takes a picture's path or address, auto, drawn or none"
        raise ConfigError(f"the cover {cover} cannot be used: {error}", hint) from error


def _fetched(url: str, settings: Settings, fetch: Fetch | None) -> bytes:
    if settings.offline:
        raise SourceError(f"{url} is an address, and --offline refuses to fetch")
    from narrate.sources.fetch import web

    if fetch:
        return fetch(url, wanted=web.PICTURE).data
    return web.fetch(url, allow_private=settings.allow_private, wanted=web.PICTURE).data


def _beside(source: Path, cover_url: str) -> bytes | None:
    """A page that somebody saved must not make narrate show a picture from elsewhere on this machine."""
    folder = source.resolve().parent
    try:
        path = (folder / cover_url).resolve()
        if is_web_address(cover_url) or not path.is_relative_to(folder) or not path.is_file():
            return None
    except (OSError, ValueError):
        return None
    return _read(path)


def _inside_of(source: str, path: str, settings: Settings, fetch: Fetch | None) -> bytes | None:
    """Return a picture out of a book that is at an address."""
    from narrate.sources.fetch import web

    url = named_address(source).url
    page = fetch(url) if fetch else last_document.take(url) or web.fetch(url, allow_private=settings.allow_private)
    return _inside(page.data, url, path)


def _inside(book: bytes, name: str, path: str) -> bytes | None:
    """Return a picture out of a book."""
    from narrate.sources.read.documents.package import opened

    with opened(book, name) as package:
        return package.data(path) if path in package else None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path} is larger than {MAX_BYTES // 2**20} MB")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"{path} cannot be read: {reason or error}") from error
