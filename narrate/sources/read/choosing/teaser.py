"""Tells whether a page shows only the beginning of its article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from narrate.core.article import Article, Block
from narrate.sources.read.page_data import PageData, texts

# A page that counts its words counts its captions and boxes too; half of them is still no accident.
COUNT_SHARE = 0.5
COUNT_MIN_WORDS = 150
# Shorter than that, an article that is said not to be free is hardly all of it.
SHORT_WORDS = 250

_WORD = re.compile(r"\w+")
_UNSPACED_LANGUAGES = ("zh", "ja", "th", "lo", "km", "my")
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))\s*(?:continue reading|read more|more)?\s*[»›→]?$", re.IGNORECASE
)
_READ_ON = re.compile(
    r"^(?:continue reading|keep reading|read the (?:full|whole|rest of (?:the|this)) (?:story|article|post)|"
    r"(?:subscribe|sign in|log in|register|sign up|join)(?: now| today)? (?:to|and) (?:continue|keep|read)\w*|"
    r"(?:this|the rest of this) (?:article|story|post|content) is (?:only |exclusively )?"
    r"(?:for|available to|reserved for) (?:paying |paid |registered )?(?:subscribers|members)|"
    r"already a (?:subscriber|member)\??|to (?:continue|keep) reading|unlock this (?:article|story))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"""[.!?:;。！？][)\]"'”’»]*$""")
_WALL = re.compile(
    r"paywall|subscriber-?only|subscription-?(?:wall|required|gate)|tp-modal|piano-(?:container|offer|inline)|"
    r"premium-?(?:gate|wall|lock)|metered-?(?:gate|wall)|reg(?:istration)?-?wall|content-?gate|article-?gate|"
    r"(?:^|[\s_-])gate(?:d|way)?-?content",
    re.IGNORECASE,
)


def teaser_reason(root: etree._Element, data: PageData, article: Article) -> str | None:
    """Say why the blocks are only the beginning of the article; None if nothing says so.

    Args:
        root: The page.
        data: What it says about itself.
        article: What was got from it.
    """
    spoken = [block for block in article.blocks if block.kind not in {"title", "image"}]
    got = sum(len(_WORD.findall(block.text)) for block in spoken)
    if reason := _too_few(data, got, article.meta.language):
        return reason
    if spoken and (reason := _cut_off(spoken[-1])):
        return reason
    if is_unfree(data.nodes) and not _has_all(data, got) and _looks_cut(root, spoken, got):
        return f"the page says that the article is not free; {got:,} words of it are here"
    return None


def body_words(data: PageData) -> int:
    """Count the words of the article that the page carries for machines; 0 if it carries none."""
    return len(_WORD.findall(" ".join(texts(data.node.get("articleBody")))))


def is_unfree(nodes: Sequence[Mapping[str, object]]) -> bool:
    """A node, or a part of one, is marked as not accessible for free."""
    return any(str(node.get("isAccessibleForFree", "")).strip().lower() in {"false", "no"} for node in nodes)


def _stated_words(data: PageData) -> int:
    value = data.node.get("wordCount")
    digits = re.fullmatch(r"\s*(\d{1,6})\s*(?:words)?\s*", str(value).replace(",", ""), re.IGNORECASE)
    return int(digits[1]) if digits else 0


def _too_few(data: PageData, got: int, language: str | None) -> str | None:
    stated = _stated_words(data)
    if stated <= COUNT_MIN_WORDS or got >= COUNT_SHARE * stated or (language or "").startswith(_UNSPACED_LANGUAGES):
        return None
    # Some sites count characters: what they carry for machines gives them away.
    if 0 < body_words(data) < COUNT_SHARE * stated:
        return None
    return f"the page says that it has {stated:,} words; {got:,} of them are here"


def _has_all(data: PageData, got: int) -> bool:
    stated = max(_stated_words(data), body_words(data))
    return stated > 0 and got >= 0.8 * stated


def _cut_off(last: Block) -> str | None:
    if last.kind in {"code", "table", "caption", "footnote"}:
        return None
    if _READ_ON.match(last.text) and len(last.text) < 200:
        return f"it ends in “{last.text[:60]}”"
    return "it breaks off" if _CUT_OFF.search(last.text) and last.kind != "heading" else None


def _looks_cut(root: etree._Element, spoken: Sequence[Block], got: int) -> bool:
    if got < SHORT_WORDS or not spoken or not _SENTENCE_END.search(spoken[-1].text):
        return True
    return any(_is_wall(element) for element in root.iter(etree.Element))


def _is_wall(element: etree._Element) -> bool:
    if element.tag in {"html", "body", "script", "link", "meta"}:
        return False
    return bool(_WALL.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
