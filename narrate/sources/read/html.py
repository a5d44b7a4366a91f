"""Reader for web pages: bytes become a tree, the tree an article with its structure and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from narrate.core.article import Article, Block, Judged, Metadata
from narrate.core.errors import SourceError
from narrate.sources.encodings import MARKS, codec_within
from narrate.sources.read.characters import bare
from narrate.sources.read.choosing.choice import Choice, choose, everything, with_lines
from narrate.sources.read.choosing.doubt import doubts, lost_reason
from narrate.sources.read.choosing.teaser import teaser_verdict
from narrate.sources.read.choosing.walls import script_asked, wall_of
from narrate.sources.read.decoding import unstated_codec, utf16_without_mark
from narrate.sources.read.file_kinds import refuse_binary, refuse_other_files
from narrate.sources.read.page_data import PageData
from narrate.sources.read.prepared import Prepared, prepared
from narrate.sources.read.shown.prose import prose_words
from narrate.sources.read.state.page_state import state_blocks
from narrate.sources.read.state.stated_body import body_blocks, shown_blocks

# Where the encoding has to be stated (https://html.spec.whatwg.org/multipage/parsing.html).
SNIFF_BYTES = 4096
# A page's own copy of the article is taken where what was got is so much shorter.
BODY_FACTOR = 1.5
# Whether both begin alike is seen by so many blocks; each is looked for in all of the copy.
ASKED_MAX = 500
# A page that shows no more prose waits for its script; what the script has is taken where it is so much longer.
LITTLE_WORDS = 150
STATE_FACTOR = 2
# So many pieces behind the end may tell to read on elsewhere.
AFTER_PIECES = 3
# Two titles with so many words in common are the same.
SAME_TITLE_SHARE = 0.6

_STATED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.+-]{2,40})", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An article from a page.

    Attributes:
        article: What was got.
        teaser: Why it is only the beginning of the article; None where nothing says so.
    """

    article: Article
    teaser: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Wishes of who has a page read.

    Attributes:
        all_text: Nothing is chosen: all that the page shows is the article.
        is_explained: The article keeps every piece that was judged, with what decided.
        keep_lines: Gives, for the page's address, words of pieces that are read whatever is chosen.
    """

    all_text: bool = False
    is_explained: bool = False
    keep_lines: Callable[[str | None], Sequence[str]] = lambda url: ()


def read_page(
    data: bytes | str,
    *,
    url: str | None = None,
    charset: str | None = None,
    name: str = "",
    wanted: Wanted = Wanted(),
) -> HtmlPage:
    """Turn a page into an article, and tell whether it is all of it.

    Args:
        data: The page.
        url: Where it came from, to make addresses absolute and to know the site.
        charset: Encoding that the server stated.
        name: What to call the page in an error.
        wanted: Whether to choose, and to explain it.

    Raises:
        SourceError: The page holds no article text.
    """
    named = name or url or "the page"
    source = _page_text(data, charset, named)
    page = prepared(source, url=url, name=named)
    if page is None:
        raise _nothing(named)
    choice = everything(page.root) if wanted.all_text else choose(page.root, page.stated, wanted.is_explained)
    choice = with_lines(choice, wanted.keep_lines(page.meta.url or url))
    article = _article(page, choice, is_chosen=not wanted.all_text)
    if wanted.is_explained:
        taken = (Judged(drop.block, is_kept=False, why=f"{drop.rule}: {drop.why}") for drop in page.drops)
        article = replace(article, judged=(*choice.judged, *taken))
    if not any(map(_has_words, article.blocks)):
        raise _nothing(named, needs_script=script_asked(source))
    if not wanted.all_text:
        _require_article(choice, article, page.root.findtext(".//title"), named)
    teaser = teaser_verdict(page.root, page.data, article, _after(choice))
    doubts_of_end = (teaser.doubt,) if teaser.doubt else ()
    return HtmlPage(replace(article, doubts=article.doubts + doubts_of_end), teaser.reason)


def _require_article(choice: Choice, article: Article, title: str | None, name: str) -> None:
    """Refuse a page that stands in the place of an article, or of which hardly a word was found.

    Args:
        choice: What was chosen of the page.
        article: What would be read.
        title: What a browser calls the page, which may say more than its headline.
        name: What to call the page in an error.
    """
    if reason := wall_of(article.blocks, article.meta.title, title):
        hint = "save the page from your browser when it shows the article, or read what is here with --all-text"
        raise SourceError(f"{name} {reason}", hint)
    if reason := lost_reason(choice, article):
        raise SourceError(f"{name} {reason}", "save the page from your browser, or read all of it with --all-text")


def _after(choice: Choice) -> list[str]:
    """Return the next texts behind the last one that is read."""
    last = max(choice.kept, default=-1)
    return [piece.block.text for piece in choice.pieces[last + 1 : last + 1 + AFTER_PIECES]]


def _article(page: Prepared, choice: Choice, *, is_chosen: bool) -> Article:
    """Return what was chosen as an article, or what the page states for machines where that is far more."""
    meta = _with_headline(page.meta, choice.blocks)
    titled = _with_title(choice.blocks, meta)
    if not is_chosen:
        return Article(meta, tuple(titled), page.drops)
    blocks = _from_state(_longest(titled, choice, page.data, meta), page, meta)
    if blocks != titled:  # none of it was chosen from what the page shows
        return Article(meta, tuple(blocks), page.drops)
    standfirst = next((piece.block.text for piece in choice.pieces if piece.is_standfirst), None)
    drops = page.drops + choice.drops
    return Article(meta, tuple(blocks), drops, doubts(choice, page.stated), standfirst=standfirst)


def _page_text(data: bytes | str, charset: str | None, name: str) -> str:
    """Return the source of a page; what is called one and is another kind of file is refused."""
    if isinstance(data, str):
        return data
    refuse_other_files(data, name)
    text = decode_page(data, charset)
    refuse_binary(text, name)
    return text


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Turn a page's bytes into text: by its mark, UTF-8, the server's word, its own word, what makes words of it."""
    for mark, marked in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, errors="replace")
    if unmarked := utf16_without_mark(data):
        return data.decode(unmarked, errors="replace")
    found = _STATED.search(_COMMENT.sub(b"", data[:SNIFF_BYTES]))
    own = found[1].decode("ascii") if found else None
    encoding = codec_within(charset) or codec_within(own)
    if encoding == "iso2022_jp":  # seven bits, so it would pass for UTF-8
        return data.decode(encoding, errors="replace")
    try:
        # Text in another encoding is never valid UTF-8 by accident, whatever was stated.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(data) if encoding in (None, "utf-8") else data.decode(encoding, errors="replace")


def _damaged(data: bytes) -> str:
    """UTF-8 with a few wrong bytes stays UTF-8; with mostly wrong ones it is another encoding."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * wrong:
        return text
    return data.decode(unstated_codec(data, "the page"), errors="replace")


def _has_words(block: Block) -> bool:
    return block.kind not in {"title", "image", "caption"} and any(map(str.isalnum, block.text))


def _nothing(name: str, *, needs_script: bool = False) -> SourceError:
    if needs_script:
        hint = "save the page from your browser when it shows the article"
        return SourceError(f"{name} holds no article text: it needs JavaScript to show any", hint)
    return SourceError(f"{name} holds no article text", "save the article's text to a .txt file")


def _with_title(blocks: Sequence[Block], meta: Metadata) -> list[Block]:
    """Put the title first; a heading that repeats it goes, and so does a first line that does."""
    if not meta.title:
        return list(blocks)
    title = bare(meta.title)
    first = next((index for index, block in enumerate(blocks) if block.kind not in {"image", "caption"}), 0)
    body = [
        block
        for index, block in enumerate(blocks)
        if not (bare(block.text) == title and (block.kind == "heading" or index == first))
    ]
    return [Block("title", meta.title), *body]


def _with_headline(meta: Metadata, blocks: Sequence[Block]) -> Metadata:
    """Prefer the headline over the text to what the page calls itself elsewhere, where both say the same.

    "Sweden drops inquiry" for search engines and "Anna Berg: Sweden drops inquiry" on the page would be read twice.
    """
    first = next((block for block in blocks if block.kind not in {"image", "caption"}), None)
    if not meta.title or first is None or first.kind != "heading" or first.level > 1:
        return meta
    stated, shown = (set(re.findall(r"\w+", text.casefold())) for text in (meta.title, first.text))
    is_same = len(stated & shown) >= SAME_TITLE_SHARE * min(len(stated), len(shown))
    return replace(meta, title=first.text) if is_same and min(len(stated), len(shown)) >= 3 else meta


def _longest(blocks: list[Block], choice: Choice, data: PageData, meta: Metadata) -> list[Block]:
    """Take the page's own copy of the article's text where it is much longer and begins alike."""
    body = body_blocks(data.node.get("articleBody"))
    spoken = _spoken(blocks)
    if _words(body) <= BODY_FACTOR * _words(spoken):
        return blocks
    whole = bare(" ".join(block.text for block in body))
    asked = spoken[:ASKED_MAX]
    found = sum(len(block.text) for block in asked if bare(block.text)[:60] in whole)
    if asked and 2 * found < sum(len(block.text) for block in asked):
        return blocks
    return _with_title(shown_blocks(choice.pieces, body) or body, meta)


def _from_state(blocks: list[Block], page: Prepared, meta: Metadata) -> list[Block]:
    """Take the article from the data for the page's script where the page shows far less of it."""
    if _words(_spoken(blocks)) > LITTLE_WORDS or prose_words(page.root) > LITTLE_WORDS:
        return blocks
    found = state_blocks(page.scripts, meta.title, meta.url)
    return _with_title(found, meta) if _words(found) > STATE_FACTOR * _words(_spoken(blocks)) else blocks


def _spoken(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in {"title", "image", "caption"}]


def _words(blocks: Sequence[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)
