"""What has to hold for any input: each function makes one of some bytes, and fails unless it is dealt with."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from support.clips import sine

import narrate.speech.chunking
import narrate.text.clean
from fuzz import inputs
from fuzz.inputs import Dice
from narrate.audio.codec import to_int16
from narrate.audio.encoder import encode
from narrate.check.tags import Tags, read_tags
from narrate.core.article import Block, Cleaned, Metadata
from narrate.core.episode import Chapter
from narrate.core.errors import SourceError
from narrate.core.formats import FORMATS
from narrate.core.settings.loading import BlockPolicies, Pauses, Settings
from narrate.episode.accounting import require_all_chunked, require_all_said
from narrate.episode.naming import SLUG_MAX_BYTES, slug
from narrate.episode.tags import tag
from narrate.sources.read.source import _article, _Bytes
from narrate.text.block_policy import apply_policies
from narrate.text.sentences import clause_ends, sentence_ends, word_ends
from narrate.text.spoken import replay, spoken_form, to_script

RATE_HZ = 24_000
TABLE_MAX_CELLS = 40

_PRIVATE = re.compile(r"[\0\ud800-\udfff]")
_IN_FILE_NAMES = re.compile(r'[\0-\x20"*/:<>?\\|\x7f\ud800-\udfff]')
# Languages whose rules say figures.
_SAYS_FIGURES = ("en", "en-GB", "es", "fr", "de", "it", "pt")


def read(data: bytes) -> None:
    """Any bytes are an article of well-formed blocks, or refused in words that a person can act on."""
    dice = Dice(data)
    form = dice.one_of(inputs.FORMS)
    try:
        article = _article(_Bytes(inputs.data(dice), "the file", form), Settings(partial=True))
    except SourceError as error:
        assert error.message and error.hint and "\n" not in error.message, error
        return
    assert article.blocks
    for block in article.blocks:
        _well_formed(block)
    meta = article.meta
    for value in (meta.title, meta.author, meta.site, meta.url, meta.language, meta.cover_url):
        assert value is None or (value and not _PRIVATE.search(value)), meta


def _well_formed(block: Block) -> None:
    assert block.text.strip(), block
    assert not _PRIVATE.search(block.text), block
    assert unicodedata.is_normalized("NFC", block.text), block
    assert block.kind == "code" or block.text == " ".join(block.text.split()), block
    assert (1 <= block.level <= 6) if block.kind == "heading" else block.level == 0, block


def clean(data: bytes) -> None:
    """What cleaning keeps and what it drops are the article; what it keeps is said or on record."""
    dice = Dice(data)
    language, article = dice.one_of(inputs.LANGUAGES), inputs.article(dice)
    found = narrate.text.clean.clean(article, language)
    there = [block.text for block in (*found.article.blocks, *(drop.block for drop in found.drops))]
    assert sorted(there) == sorted(block.text for block in article.blocks)
    assert all(drop.rule and drop.block.kind != "title" for drop in found.drops)
    kept = apply_policies(found, BlockPolicies(), TABLE_MAX_CELLS, language)
    require_all_said(kept, to_script(kept, language))


def spoken(data: bytes) -> None:
    """The edits make the spoken text of the written one, in order; sounds lie on words, none over another."""
    dice = Dice(data)
    language, written = dice.one_of(inputs.LANGUAGES), inputs.text(dice)
    form = spoken_form(written, language)
    assert replay(written, form.edits) == form.text
    at = 0
    for edit in form.edits:
        assert at <= edit.start_char < edit.end_char <= len(written), edit
        assert written[edit.start_char : edit.end_char] == edit.before != edit.after, edit
        at = edit.end_char
    at = 0
    for sound in form.sounds:
        assert at <= sound.start_char < sound.end_char <= len(form.text), sound
        at = sound.end_char
    assert language not in _SAYS_FIGURES or not any(char.isdigit() for char in form.text), form.text


def chunk(data: bytes) -> None:
    """Every word of the script is in exactly one chunk, each of which the engine takes."""
    dice = Dice(data)
    max_chars, by_sentence = 1 + dice.number(60), bool(dice.number(1))
    script = to_script(Cleaned(inputs.article(dice), ()), "und")
    chunks = narrate.speech.chunking.chunk(
        script, lambda text: len(text) <= max_chars, Pauses(), by_sentence=by_sentence
    )
    require_all_chunked(script, chunks)
    for piece in chunks:
        assert piece.text and piece.text == piece.text.strip() and len(piece.text) <= max_chars, piece
        ends = [found.at_char for found in piece.breaks]
        assert ends == sorted(set(ends)) and all(0 < end < len(piece.text) for end in ends), piece


def sentences(data: bytes) -> None:
    """Ends of sentences, clauses and words come in order and lie inside the text; so do file names."""
    text = Dice(data).text(inputs.PIECES)
    for ends in (sentence_ends, clause_ends, word_ends):
        found = list(ends(text))
        assert found == sorted(set(found)) and all(0 <= end <= len(text) for end in found), found
    name = slug(text)
    assert name and len(name.encode()) <= SLUG_MAX_BYTES + 1 and not _IN_FILE_NAMES.search(name), name
    assert not name.startswith((".", "-")), name


@cache
def _folder() -> Path:
    path = Path(tempfile.mkdtemp(prefix="narrate-fuzz-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


@cache
def _sound(format: str) -> bytes:
    """A tenth of a second without tags."""
    path = _folder() / f"sound.{format}"
    encode([to_int16(sine(0.1))], RATE_HZ, path, format=FORMATS[format], gain_db=0.0, limit_db=-1.0)
    return path.read_bytes()


def tags_written(data: bytes) -> None:
    """Whatever the article is called, the file's tags can be read back, and the title is one line."""
    dice = Dice(data)
    format, meta = dice.one_of(tuple(FORMATS)), inputs.meta(dice)
    path = _folder() / f"written.{format}"
    path.write_bytes(_sound(format))
    count = dice.number(3)
    titles = [inputs.name(dice) or "" for _ in range(count)]
    chapters = [Chapter(title, 500 * index, 500 * (index + 1)) for index, title in enumerate(titles)]
    title, language = meta.title or "", meta.language or ""
    has_own = format == "m4b"
    tag(path, meta, title=title, language=language, format=FORMATS[format], chapters=() if has_own else chapters,
        text=meta.site or "")  # fmt: skip
    found = read_tags(path, format)
    assert not found.problem and found.title == " ".join(found.title.split()) != "", found


def tags_read(data: bytes) -> None:
    """A file with some bytes in it changed, left out or put in has tags or a problem."""
    dice = Dice(data)
    format = dice.one_of(tuple(FORMATS))
    sound = bytearray(_tagged(format))
    while dice:
        # Tags stand at the beginning of most formats, at the end of some.
        at = dice.number(0xFFFF) % len(sound) if dice.number(1) else dice.number(255) % len(sound)
        size = (0, 1, 4)[dice.number(2)]
        sound[at : at + size] = bytes(dice.number(255) for _ in range(dice.number(4)))
    path = _folder() / f"read.{format}"
    path.write_bytes(sound)
    assert isinstance(read_tags(path, format), Tags)


@cache
def _tagged(format: str) -> bytes:
    path = _folder() / f"tagged.{format}"
    path.write_bytes(_sound(format))
    chapters = () if format == "m4b" else [Chapter("One", 0, 1200), Chapter("Two", 1200, 2400)]
    meta = Metadata("A Light", "Anna Berg", url="https://example.com/a", site="The Daily Light")
    tag(path, meta, title="A Light", language="en", format=FORMATS[format], chapters=chapters, text="Words.")
    return path.read_bytes()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "read": read,
    "clean": clean,
    "spoken": spoken,
    "chunk": chunk,
    "sentences": sentences,
    "tags-written": tags_written,
    "tags-read": tags_read,
}
