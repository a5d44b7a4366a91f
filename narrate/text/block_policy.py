"""Policies for code, tables, captions and the like: each kind of block is spoken, announced or skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from narrate.core.article import Aside, Block, Cleaned, Drop
from narrate.core.language.detection import has_own_script, is_in_latin_script
from narrate.core.language.tags import DEFAULT_LANGUAGE, primary_language
from narrate.core.resources import packaged_table
from narrate.core.settings.loading import BlockPolicies

_ENDS = (".", "!", "?", "…", ":", ";")


def apply_policies(cleaned: Cleaned, policies: BlockPolicies, table_max_cells: int, language: str) -> Cleaned:
    """Put each block into the form in which it is spoken, or leave it out.

    A table is read row by row, each cell after the header of its column; one of more than `table_max_cells`
    cells is announced. What is announced is said once for the whole article, but for tables and images,
    each of which has something of its own to say. A passage in another script than the article's is announced, too:
    no voice of its language can read it. An article that is in another script than its language is left to the voice.
    Where the author wrote what is to be said instead of a block, that is said, whatever the policy.

    Returns:
        The article as it is to be spoken; what is left out is added to the drops, as "skip-…" or "announce-…".
    """
    is_foreign = _foreign(cleaned.article.blocks, language)
    blocks: list[Block] = []
    drops: list[Drop] = []
    asides: list[Aside] = []
    announced: set[str] = set()
    for block in cleaned.article.blocks:
        policy = _policy(block, policies, table_max_cells)
        kind: str = block.kind
        if policy == "speak" and is_foreign(block) and not _is_reworded(block):
            policy, kind = "announce", "script"
        if policy == "speak":
            blocks += _spoken(block)
            continue
        drops.append(Drop(block, f"{policy}-{kind}"))
        asides.append(Aside(block, len(blocks), announced=policy == "announce"))
        if policy == "announce" and (kind in ("table", "image") or kind not in announced):
            blocks.append(_announcement(block, kind, cleaned.article.blocks, language))
            announced.add(kind)
    return Cleaned(replace(cleaned.article, blocks=tuple(blocks)), cleaned.drops + tuple(drops), tuple(asides))


def _foreign(blocks: Sequence[Block], language: str) -> Callable[[Block], bool]:
    """Tells the blocks in another script than the article's; a title is the article's, whatever it is written in."""
    if has_own_script(language) or not is_in_latin_script("".join(block.text for block in blocks)):
        return lambda block: False
    return lambda block: block.kind != "title" and not is_in_latin_script(block.text)


def _policy(block: Block, policies: BlockPolicies, table_max_cells: int) -> str:
    if _is_reworded(block):
        return "speak"
    policy: str = getattr(policies, block.kind)
    is_large = block.kind == "table" and sum(map(len, block.rows)) > table_max_cells
    return "announce" if policy == "speak" and is_large else policy


def _is_reworded(block: Block) -> bool:
    """Tell whether other words are given for all of a block."""
    whole = 0, len(block.text)
    return any(mark.kind == "say" and (mark.start_char, mark.end_char) == whole for mark in block.marks)


def spoken_count(block: Block) -> int:
    """Return in how many pieces a block is spoken where it is not left out: a table row by row."""
    return sum(1 for _ in _spoken(block))


def _spoken(block: Block) -> Iterator[Block]:
    if block.kind != "table" or not block.rows or _is_reworded(block):
        yield block
        return
    headers, *rows = block.rows
    for row in rows or [headers]:
        text = _row_text(headers if rows else (), row)
        if text:
            yield Block("table", text)


def _row_text(headers: Sequence[str], row: Sequence[str]) -> str:
    """ "City: Oslo; inhabitants: 700,000." """
    named = [
        f"{headers[column]}: {cell}" if column < len(headers) and headers[column] else cell
        for column, cell in enumerate(row)
        if cell
    ]
    text = "; ".join(named)
    return text if not text or text.endswith(_ENDS) else f"{text}."


def _announcement(block: Block, key: str, blocks: Sequence[Block], language: str) -> Block:
    if key == "code" and sum(other.kind == "code" for other in blocks) > 1:
        key = "code_many"
    headers = [cell for cell in block.rows[0] if cell] if block.rows else []
    if key == "table" and headers:
        key = "table_headers"
    text = _texts(language)[key]
    return Block(block.kind, text.format(text=block.text, rows=max(len(block.rows) - 1, 1), headers=", ".join(headers)))


def _texts(language: str) -> Mapping[str, str]:
    texts: Mapping[str, Mapping[str, str]] = packaged_table("narrate.text", "block_policy.toml")
    return texts.get(primary_language(language), texts[DEFAULT_LANGUAGE])
