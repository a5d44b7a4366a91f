"""The draft of an article: what would be spoken and what would not, written down for its editor."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.core.article import Article, Block, Cleaned, Drop, Script
from narrate.core.errors import OutputError, SourceError
from narrate.core.formats import FORMATS
from narrate.core.settings.model import Settings
from narrate.core.web.addresses import is_web_address
from narrate.episode.accounting import require_words
from narrate.episode.naming import DEFAULT_FORMAT, episode_path, episode_title, origin_of
from narrate.library.library import Library
from narrate.pipeline.drafting.notes import noted
from narrate.pipeline.lexicons import lexicon_for
from narrate.pipeline.stages import cleaned_as_written, script_of
from narrate.sources.read import read_source
from narrate.sources.read.draft.drafts import draft_path, draft_text, read_draft, write_draft
from narrate.sources.read.draft.values import Draft, DraftBlock, with_ids

if TYPE_CHECKING:
    from narrate.speech.engines import Engine

# What a draft begins with.
_HELP = (
    "Lines with two percent signs are notes, which nobody speaks. A block behind one percent sign is left out:",
    "take the sign away to keep it, or put one before a block to leave that out. A line that begins with %= below a",
    "block is said in its place, and transcripts keep the block's own words. docs/drafts.md has the rest.",
)


def draft_article(source: str, settings: Settings, engine: Engine, target: Path | None = None) -> tuple[Path, Draft]:
    """Return the draft of an article and the file that it belongs into; nothing is written.

    Args:
        source: Path or address, or "-" for standard input.
        settings: What is dropped and how it is said.
        engine: Knows how its voice says doubtful words.
        target: The file that is wanted; None for one beside the article's episode, called like that.

    Raises:
        SourceError: It cannot be read, or is a draft already.
        NothingToSay: No words are left.
        ConfigError: A lexicon or a voice cannot be used.
    """
    article = read_source(source, settings)
    if article.meta.origin is not None:
        raise SourceError(f"{source} is a draft already", f"make its notes anew with: narrate draft --refresh {source}")
    cleaned = cleaned_as_written(article, settings)
    lexicon = lexicon_for(source, settings, article.meta)
    script = require_words(script_of(cleaned, replace(settings, intro=False, outro=False), lexicon), source)
    folder = episode_path(settings.output, "", FORMATS[DEFAULT_FORMAT]).parent
    origin = origin_of(source, folder)
    path = target or draft_path(folder, _stem(script, settings, folder, origin))
    blocks = with_ids(_in_order(article, cleaned))
    voice = article.meta.voice if settings.own_voice else settings.voice
    meta = replace(cleaned.article.meta, origin=origin, voice=voice, source=None, modified=None)
    draft = Draft(meta, blocks, _place(source, path.parent), _HELP)
    return path, noted(draft, source, settings, engine)


def refreshed(path: Path, settings: Settings, engine: Engine) -> Draft:
    """Return the draft in a file with the notes on how its blocks are said made anew, and all else as it is.

    Raises:
        SourceError: The file cannot be read, or a line of it cannot be understood.
        ConfigError: A lexicon or a voice cannot be used.
    """
    return noted(read_draft(path), str(path), settings, engine)


def file_draft(path: Path, draft: Draft, *, is_forced: bool = False) -> None:
    """Write a new draft; one that is there and says something else may be edited, and stays.

    Args:
        path: Of the draft.
        draft: As it was made.
        is_forced: Replace whatever is there.

    Raises:
        OutputError: It cannot be written, or another is there.
    """
    text = draft_text(draft)
    if not is_forced and path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
        hint = f"narrate draft --refresh {path} makes its notes anew; --force writes over it"
        raise OutputError(f"{path} is there, and may have been edited", hint)
    write_draft(path, draft)


def _stem(script: Script, settings: Settings, folder: Path, origin: str) -> str:
    """Return the name that the article's episode has or would get, without its ending."""
    known = Library(folder).from_origin(origin) if origin else None
    title = episode_title(script)
    return known.stem if known else episode_path(settings.output, title, FORMATS[DEFAULT_FORMAT]).stem


def _place(source: str, folder: Path) -> str:
    """Return a source as a draft in a folder names it; "" for standard input."""
    if source == "-":
        return ""
    if is_web_address(source):
        return source
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive
        return os.path.abspath(source)


def _in_order(article: Article, cleaned: Cleaned) -> Iterator[DraftBlock]:
    """Yield what is kept and what was dropped, each drop where it stood; what the reader left out comes last."""
    by_id = {id(block): number for number, block in enumerate(article.blocks)}
    by_words = {block: number for number, block in reversed(list(enumerate(article.blocks)))}

    def place_of(block: Block) -> int:
        return by_id.get(id(block), by_words.get(block, -1))

    placed = (drop for drop in cleaned.drops if place_of(drop.block) >= 0)
    waiting = deque(sorted(placed, key=lambda drop: place_of(drop.block)))
    for block in cleaned.article.blocks:
        while waiting and place_of(waiting[0].block) < place_of(block):
            yield _dropped(waiting.popleft())
        yield DraftBlock(block)
    yield from map(_dropped, waiting)
    yield from (_dropped(drop) for drop in cleaned.drops if place_of(drop.block) < 0 and drop.block.text)


def _dropped(drop: Drop) -> DraftBlock:
    return DraftBlock(drop.block, is_dropped=True, rule=drop.rule, why=drop.why)
