"""Reader for web pages: bytes become a tree, the tree an article with its structure and metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from narrate.core.article import Article, Block, Metadata
from narrate.core.errors import SourceError
from narrate.sources.encodings import MARKS, codec_within
from narrate.sources.read.characters import bare, tidy
from narrate.sources.read.decoding import unstated_codec
from narrate.sources.read.extraction import article_blocks
from narrate.sources.read.html_blocks import remove_unspoken
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.page_data import PageData, metadata, page_data, texts
from narrate.sources.read.teaser import teaser_reason

# Where the encoding has to be stated (https://html.spec.whatwg.org/multipage/parsing.html).
SNIFF_BYTES = 4096
# "War and Peace" on one page has 30,000; a page of a million would be read for minutes.
ELEMENTS_MAX = 200_000
# A page's own copy of the article is taken where what was got is so much shorter.
BODY_FACTOR = 1.5
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


def read_page(data: bytes | str, *, url: str | None = None, charset: str | None = None, name: str = "") -> HtmlPage:
    """Turn a page into an article, and tell whether it is all of it.

    Args:
        data: The page.
        url: Where it came from, to make addresses absolute and to know the site.
        charset: Encoding that the server stated.
        name: What to call the page in an error.

    Raises:
        SourceError: The page holds no article text.
    """
    root = parse_html(data if isinstance(data, str) else decode_page(data, charset))
    if root is None:
        raise _nothing(name or url)
    if sum(1 for _ in root.iter()) > ELEMENTS_MAX:
        message = f"{name or url or 'the page'} has more than {ELEMENTS_MAX:,} elements, and no article is so large"
        raise SourceError(message, "save the article's text to a .txt file")
    stated = page_data(root, url)
    meta = metadata(root, stated)
    remove_unspoken(root)
    found = article_blocks(root)
    meta = _with_headline(meta, found)
    blocks = _longest(_with_title(found, meta), stated, meta)
    if not any(block.kind not in {"title", "image", "caption"} for block in blocks):
        raise _nothing(name or url)
    article = Article(meta, tuple(blocks))
    return HtmlPage(article, teaser_reason(root, stated, article))


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Turn a page's bytes into text: by its mark, UTF-8, the server's word, its own word, what makes words of it."""
    for mark, marked in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, errors="replace")
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


def _nothing(name: str | None) -> SourceError:
    return SourceError(f"{name or 'the page'} holds no article text", "save the article's text to a .txt file")


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


def _longest(blocks: list[Block], data: PageData, meta: Metadata) -> list[Block]:
    """Take the page's own copy of the article's text where it is much longer and begins alike."""
    paragraphs = _body_paragraphs(data)
    spoken = [block for block in blocks if block.kind not in {"title", "image", "caption"}]
    got, stated = (sum(len(text.split()) for text in part) for part in ([block.text for block in spoken], paragraphs))
    if stated <= BODY_FACTOR * got:
        return blocks
    whole = bare(" ".join(paragraphs))
    found = sum(len(block.text) for block in spoken if bare(block.text)[:60] in whole)
    if spoken and 2 * found < sum(len(block.text) for block in spoken):
        return blocks
    return _with_title([Block("paragraph", text) for text in paragraphs], meta)


def _body_paragraphs(data: PageData) -> list[str]:
    """The paragraphs of a page's articleBody, which may hold markup."""
    body = data.node.get("articleBody")
    if not isinstance(body, str):
        return []
    if "</p>" in body or "<br" in body:
        body = re.sub(r"<(?:/p|br\s*/?|/h\d|/li|/div)>", "\n", body)
        body = re.sub(r"<[^<>]{0,300}>", "", body)
    return [text for line in body.split("\n") for text in texts(tidy(line))]
