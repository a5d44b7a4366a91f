"""The lexicons that hold for an article: those of everybody, of the user, of its folder, its own, and of the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narrate.core.article import Metadata
from narrate.core.errors import ConfigError
from narrate.core.settings.loading import Settings, user_folders
from narrate.sources.read.documents.chapters import file_of
from narrate.sources.read.draft.origin import made_of
from narrate.text.lexicon import Lexicon, load_lexicon, shipped_lexicon

LEXICON_NAME = "lexicon.toml"


def lexicon_for(source: str | Path, settings: Settings, meta: Metadata | None = None) -> Lexicon:
    """The shipped lexicon, the user's, that beside the article, those it names, those of --lexicon; later ones win.

    Args:
        source: The article, or the draft of one, whose folders are both looked at.
        settings: Name the lexicons of the run.
        meta: Names the article's own.

    Raises:
        ConfigError: A file cannot be used; says which line.
    """
    folders = [*user_folders(), *_folders_of(source)]
    found = [folder / LEXICON_NAME for folder in folders if (folder / LEXICON_NAME).is_file()]
    return shipped_lexicon() + load_lexicon([*found, *_own_lexicons(source, meta or Metadata()), *settings.lexicon])


def _folders_of(source: str | Path) -> list[Path]:
    """Return the folder of the article, and that of its draft; none for what is no file."""
    places = dict.fromkeys((made_of(source), source))
    files = [(place, file_of(place)) for place in places]
    return list(dict.fromkeys(file.parent for place, file in files if isinstance(place, Path) or file.is_file()))


def _own_lexicons(source: str | Path, meta: Metadata) -> Iterator[Path]:
    """Yield the lexicons that an article names, beside it or below; it must not make narrate read other files.

    Raises:
        ConfigError: There is no such file there.
    """
    folder = next(iter(_folders_of(source)), Path()).resolve()
    for name in meta.lexicon:
        path = folder / name
        try:
            is_beside = path.resolve().is_relative_to(folder) and path.is_file()
        except (OSError, ValueError):
            is_beside = False
        if not is_beside:
            where = f"{meta.source or source}: lexicon: {name!r} in the front matter"
            raise ConfigError(f"{where} is no file beside the article", "give its path from the article's folder")
        yield path
