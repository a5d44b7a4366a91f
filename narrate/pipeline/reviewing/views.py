"""A draft as its page shows it: what is written, what is said of it and why, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from narrate.core.article import Utterance
from narrate.core.errors import ConfigError
from narrate.sources.read.draft.values import Draft, DraftBlock
from narrate.text.lexicon import entries_of
from narrate.text.sentences import sentence_ends

Json = Mapping[str, object]


def head_shown(draft: Draft) -> Json:
    """Return what is known of the article; "" where nothing is."""
    meta = draft.meta
    return {
        "title": meta.title or "",
        "author": meta.author or "",
        "published": meta.published.isoformat() if meta.published else "",
        "language": meta.language or "",
        "voice": meta.voice or "",
        "url": meta.url or "",
    }


def block_shown(one: DraftBlock, said: Sequence[Utterance] | None) -> Json:
    """Return a block.

    Args:
        one: The block.
        said: What is said of it; None where that is not known yet, and its notes tell as much as they can.
    """
    block = one.block
    whole = said[0] if said and len(said) == 1 and said[0].written == block.text else None
    edits = whole.edits if whole and not one.say else ()
    return {
        "id": one.id,
        "kind": block.kind,
        "level": block.level,
        "text": block.text,
        "rows": block.rows,
        "sentences": list(_sentences(block.text)) if not block.rows else [],
        "dropped": one.is_dropped,
        "rule": one.rule,
        "why": one.why,
        "say": one.say,
        "said": one.said,
        "doubtful": list(_words(one.doubtful)),
        "marks": [[m.kind, m.start_char, m.end_char, m.value] for m in block.marks],
        "edits": [[e.start_char, e.end_char, e.after, e.rule] for e in edits if e.before != e.after],
    }


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, the spaces between them in neither."""
    start = 0
    for end in (*sentence_ends(text), len(text)):
        stripped = text[start:end]
        begin = start + len(stripped) - len(stripped.lstrip())
        if begin < end:
            yield begin, end
        start = end


def _words(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        try:
            entries = entries_of(f"[any]\n{line}\n", "the note")
        except ConfigError:  # an editor may write anything into a note
            continue
        yield from (entry.written for entry in entries)
