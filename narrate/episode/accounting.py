"""The books of an episode: every word of the script is in a chunk, and every chunk is heard; checked on each run.

Each stage has tests that say so of itself. This looks at what came out of all of them together, so that a fault in
one, or between two, stops the run instead of leaving a silence where words should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from narrate.core.article import Chunk, Cleaned, Script, Utterance, replay
from narrate.core.episode import Narration, Placed
from narrate.core.errors import NothingToSay, SynthesisFailed

# What is said of an article, and is none of its text.
_AROUND_TEXT = frozenset({"title", "intro", "outro"})

_SHOWN_CHARS = 80

_HINT = "this is a fault of narrate: please report it, with the article"


def require_words(script: Script, source: str | Path) -> Script:
    """Raise NothingToSay, in the name of the source, unless the script says something."""
    is_title = all(utterance.kind in _AROUND_TEXT for utterance in script.utterances)
    if not script.utterances or (is_title and script.drops):
        dropped = f"; blocks dropped: {len(script.drops)}" if script.drops else ""
        hint = f"narrate script --dropped {source} shows what was dropped" if script.drops else "check the file"
        beyond = " but its title" if script.utterances else ""
        raise NothingToSay(f"{source} has no words to speak{beyond}{dropped}", hint)
    return script


def require_all_said(cleaned: Cleaned, script: Script) -> None:
    """Make sure that every block that is to be spoken is in the script with all its words, or on record as wordless.

    Args:
        cleaned: What is left after cleaning and policies.
        script: What was made of it, before an intro and an outro.

    Raises:
        SynthesisFailed: The script lacks words; the message has them.
    """
    said = {utterance.block: utterance.written for utterance in script.utterances}
    unsaid = {drop.block for drop in script.drops[len(cleaned.drops) :]}
    for number, block in enumerate(cleaned.article.blocks):
        if said.get(number) != block.text and (number in said or block not in unsaid):
            raise SynthesisFailed(f"the script lacks the words {_shown(block.text)}", _HINT)
    for utterance in script.utterances:
        _require_edits(utterance)


def _require_edits(utterance: Utterance) -> None:
    """The spoken text is the written one with the edits on record, and nothing else."""
    if replay(utterance.written, utterance.edits) != utterance.text:
        raise SynthesisFailed(f"what is said is not what is written: {_shown(utterance.written)}", _HINT)


def require_all_chunked(script: Script, chunks: Sequence[Chunk]) -> None:
    """Make sure that every word of the script is in exactly one chunk, in order.

    Raises:
        SynthesisFailed: Words are in none, or in two; the message has them.
    """
    if [chunk.index for chunk in chunks] != list(range(len(chunks))):
        raise SynthesisFailed("the chunks of the script are out of order", _HINT)
    by_utterance = {number: tuple(own) for number, own in groupby(chunks, key=lambda chunk: chunk.utterance)}
    for number, utterance in enumerate(script.utterances):
        for missing in _gaps(utterance.text, by_utterance.get(number, ())):
            raise SynthesisFailed(f"no chunk has the words {_shown(missing)}", _HINT)


def _gaps(text: str, chunks: Sequence[Chunk]) -> Iterator[str]:
    """Yield words between the chunks of a text; words that stand in two chunks count, too."""
    at = 0
    for chunk in chunks:
        if chunk.text != text[chunk.start_char : chunk.end_char] or chunk.start_char < at:
            yield chunk.text
        elif text[at : chunk.start_char].strip():
            yield text[at : chunk.start_char]
        at = chunk.end_char
    if text[at:].strip():
        yield text[at:]


def require_all_heard(chunks: Sequence[Chunk], narration: Narration) -> None:
    """Make sure that every chunk has its stretch of sound on the timeline, in order, none over another.

    Raises:
        SynthesisFailed: A chunk is not there; the message has its words.
    """
    placed = {item.chunk.index: item for item in narration.placed}
    last_sample = 0
    for chunk in chunks:
        item = placed.get(chunk.index)
        if item is None or not _is_heard(item, chunk, last_sample, narration.duration_samples):
            raise SynthesisFailed(f"the episode lacks the words {_shown(chunk.text)}", _HINT)
        last_sample = item.end_sample


def _is_heard(item: Placed, chunk: Chunk, after_sample: int, duration_samples: int) -> bool:
    return item.chunk == chunk and after_sample <= item.start_sample < item.end_sample <= duration_samples


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN_CHARS else f"{line[: _SHOWN_CHARS - 1]}…")
