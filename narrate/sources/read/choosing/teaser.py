"""Tells whether a page shows only the beginning of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from narrate.core.article import Article, Block
from narrate.sources.read.page_data import PageData, texts

# A page that counts its words counts its captions and boxes too; half of them is still no accident.
COUNT_SHARE = 0.5
COUNT_MIN_WORDS = 150
# Shorter than that, an article of which anything says that it goes on is hardly all of it.
SHORT_WORDS = 250
SHORT_WEIGHT = 1.0
# Of an article that must be paid for a page shows a few paragraphs; one that shows so much shows all, or a wall.
LONG_WORDS = 600
# What has as many words as the page states is all of it, whatever else there is.
ALL_THERE = 2.0
# Of whole articles on 711 pages eleven were refused while one sign was enough (docs/decisions/0040-learnt-choice.md).
SURE_FROM = 2.0
DOUBT_FROM = 1.0

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


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that says that there is more of an article than was got.

    Attributes:
        text: What it is, in words.
        weight: How much it says; none says enough by itself, as whole articles show each of them.
    """

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of the signs.

    Attributes:
        reason: Why the blocks are only the beginning of the article; None if too little says so.
        doubt: Why they may be; None where nothing says so, or where it is sure.
    """

    reason: str | None = None
    doubt: str | None = None


def teaser_verdict(root: etree._Element, data: PageData, article: Article, after: Sequence[str] = ()) -> Verdict:
    """Weigh all that says that an article goes on elsewhere against what was got of it.

    Args:
        root: The page.
        data: What it says about itself.
        article: What was got from it.
        after: The page's next texts behind the last one that was got.
    """
    spoken = [block for block in article.blocks if block.kind not in {"title", "image"}]
    got = sum(len(_WORD.findall(block.text)) for block in spoken)
    signs = sorted(_signs(root, data, article.meta.language, spoken, got, after), key=lambda sign: -sign.weight)
    weight = sum(sign.weight for sign in signs) - (ALL_THERE if _has_all(data, got) else 0)
    if not signs or weight < DOUBT_FROM:
        return Verdict()
    is_short = got < SHORT_WORDS
    sure = weight + (SHORT_WEIGHT if is_short else 0) >= SURE_FROM
    return Verdict(signs[0].text) if sure else Verdict(doubt=f"{signs[0].text}, so there may be more of it")


def _signs(
    root: etree._Element,
    data: PageData,
    language: str | None,
    spoken: Sequence[Block],
    got: int,
    after: Sequence[str],
) -> Iterator[Sign]:
    if reason := _too_few(data, got, language):
        yield Sign(reason, 1.5)
    if spoken and (reason := _read_on([spoken[-1].text, *after])):
        yield Sign(reason, 1.5)
    if spoken and _breaks_off(spoken[-1]):
        yield Sign("it breaks off", 1.0)
    if is_unfree(data.nodes):
        is_long = got >= LONG_WORDS and bool(_SENTENCE_END.search(spoken[-1].text))
        yield Sign(f"the page says that the article is not free; {got:,} words of it are here", 0.75 if is_long else 1)
        if any(_is_wall(element) for element in root.iter(etree.Element)):
            yield Sign("there is a wall on the page", 0.5)
        if spoken and not _SENTENCE_END.search(spoken[-1].text):
            yield Sign("it ends without a full stop", 0.25)


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


def _read_on(texts_at_the_end: Sequence[str]) -> str | None:
    """Return the line that tells to read on elsewhere, as a reason."""
    found = next((text for text in texts_at_the_end if _READ_ON.match(text) and len(text) < 200), None)
    return f"it ends in “{found[:60]}”" if found else None


def _breaks_off(last: Block) -> bool:
    return last.kind not in {"code", "table", "caption", "footnote", "heading"} and bool(_CUT_OFF.search(last.text))


def _is_wall(element: etree._Element) -> bool:
    if element.tag in {"html", "body", "script", "link", "meta"}:
        return False
    return bool(_WALL.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
