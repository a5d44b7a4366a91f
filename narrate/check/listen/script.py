"""The script of an episode: its transcript, read back from the JSON that lies beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from narrate.core.article import BlockKind
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.core.errors import SourceError
from narrate.core.parsed import block_kind, count, items, mapping, text

# Ten hours of words with their times have half as much.
MAX_BYTES = 64_000_000

_KINDS = frozenset(get_args(BlockKind))
_HINT = "make the episode again; narrate puts its transcript beside it"


def read_script(path: Path) -> Transcript:
    """Read the JSON transcript of an episode.

    Raises:
        SourceError: It cannot be read, or is no transcript with every word's time.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES} bytes")
        return from_json(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", _HINT) from error
    except ValueError as error:
        raise SourceError(f"{path} is no transcript of narrate: {error}", _HINT) from error


def from_json(data: str | bytes) -> Transcript:
    """Read what `narrate.episode.transcript.to_json` wrote; title, chapters and segments are passed over.

    Raises:
        ValueError: It is something else, or damaged.
    """
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or "blocks" not in found:
            raise ValueError('it has no "blocks"')
        rate_hz = count(found["rate_hz"])
        if not rate_hz:
            raise ValueError("its rate_hz is 0")
        blocks = tuple(_block(mapping(one)) for one in items(found["blocks"]))
        return Transcript(rate_hz, count(found["duration_samples"]), text(found["language"]), blocks)
    except KeyError as error:
        raise ValueError(f"it has no {error}") from error
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it is damaged: {error}") from error


def _block(found: Mapping[str, object]) -> TimedBlock:
    said = text(found["text"])
    sentences = tuple(_sentence(mapping(one), said) for one in items(found["sentences"]))
    if found["kind"] not in _KINDS or not sentences or not all(sentence.words for sentence in sentences):
        raise ValueError(f"it is damaged: a block of the kind {found['kind']!r} with {len(sentences)} sentences")
    words = [word for sentence in sentences for word in sentence.words]
    edges = [0, *(place for word in words for place in (word.start_char, word.end_char))]
    if edges != sorted(edges):
        raise ValueError("it is damaged: words that stand one over another")
    start, end = count(found["start_sample"]), count(found["end_sample"])
    level, speaker = count(found.get("level", 0)), text(found.get("speaker", ""))
    return TimedBlock(block_kind(found["kind"]), level, said, speaker, start, end, sentences)


def _sentence(found: Mapping[str, object], said: str) -> TimedSentence:
    return TimedSentence(tuple(_word(mapping(word), said) for word in items(found["words"])))


def _word(found: Mapping[str, object], said: str) -> TimedWord:
    start, end, first, last = (count(found[name]) for name in ("start_char", "end_char", "start_sample", "end_sample"))
    if not start < end <= len(said):
        raise ValueError("it is damaged: a word that is not in its block")
    return TimedWord(text(found["text"]), start, end, first, last, bool(found.get("estimated", False)))
