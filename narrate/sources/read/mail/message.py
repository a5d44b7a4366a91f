"""Reader for mails and web archives: which part is the article, who wrote it and when."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import chain

from narrate.core.article import Article, Block, Drop, Judged, Metadata
from narrate.core.errors import SourceError
from narrate.core.system.terminal_text import printable
from narrate.sources.encodings import codec_of
from narrate.sources.read.characters import bare
from narrate.sources.read.decoding import decode
from narrate.sources.read.html import HtmlPage, Wanted, read_page
from narrate.sources.read.mail.forwarded import Origin, origin_of, without_inner_headers
from narrate.sources.read.mail.html_mail import mail_html
from narrate.sources.read.mail.mime import Part, parse_message
from narrate.sources.read.mail.newsletter import without_frame
from narrate.sources.read.mail.sender import sender_of
from narrate.sources.read.mail.written_mail import own_subject, without_soft_breaks, written_mail

logger = logging.getLogger(__name__)

# A digest of a mailing list has a hundred; each page among them takes a moment.
BODIES_MAX = 200
# Newsletters come as a page and as text. A page with less of the words is one of pictures, or was not understood.
PAGE_MIN_SHARE = 0.5

# Of so much is seen whether a file is a message.
_SEEN_BYTES = 65_536
_HEADERS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+((?:[!-9;-~]{1,80}+[ \t]*:[^\r\n]*+(?:\r\n|\n|\r)(?:[ \t][^\r\n]*+(?:\r\n|\n|\r))*+)++)"
)
_MIME = re.compile(rb"^(?:MIME-Version|Content-Type|Content-Transfer-Encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:From|Date|Subject|Message-ID|Received|Snapshot-Content-Location)[ \t]*:", re.I | re.M)
# Where a box holds mails, each begins with a line of its own.
_ENVELOPE = re.compile(rb"\s*+From [^\r\n]{3,200}(?:\r\n|\n|\r)")

# These say nothing that could be missed: signatures, styles, pictures inside of the text.
_SILENT = re.compile(
    r"(?:application/(?:pgp-signature|(?:x-)?pkcs7-signature|ms-tnef)|text/(?:css|calendar|rfc822-headers)|message/delivery-status)"
)
# Where the page has a link, programs write its address behind the word.
_LINKED = re.compile(r"(?<=[^\W_])[ \t]*\([ \t]+https?://[^\s()<>]{1,2000}[ \t]+\)")
# Programs state one of these where they know no other.
_WESTERN = frozenset(
    {"ascii", "cp1252", "windows-1252", "latin-1", "iso8859-1", "iso-8859-1", "iso8859-15", "iso-8859-15"}
)
_TEXTS = frozenset({"text/plain", "text/enriched", "text/markdown"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """Wishes that go along through the parts of a message.

    Attributes:
        name: What to call it in an error.
        wanted: Wishes for the pages in it.
    """

    name: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class _Body:
    """The blocks that were read of a message, or of one of its parts, and what was not.

    Attributes:
        blocks: In reading order.
        drops: What was left out.
        unread: Names of attachments.
        meta: What a page in it says of itself.
        doubts: Why its pages may have been misread.
        judged: Every piece of them, where that was asked for.
    """

    blocks: tuple[Block, ...] = ()
    drops: tuple[Drop, ...] = ()
    unread: tuple[str, ...] = ()
    meta: Metadata = field(default_factory=Metadata)
    doubts: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()

    @property
    def words(self) -> int:
        return sum(len(re.findall(r"[^\W\d_]+", re.sub(r"\S+://\S+", "", block.text))) for block in self.blocks)


def is_message(data: bytes) -> bool:
    """Tell whether bytes are a mail or a web archive by what they begin with: headers, and among them MIME's."""
    start = data[:_SEEN_BYTES]
    envelope = _ENVELOPE.match(start)
    found = _HEADERS.match(start, envelope.end() if envelope else 0)
    return bool(found and _MIME.search(found[1]) and _SENT.search(found[1]))


def read_message(data: bytes, *, url: str | None = None, name: str = "", wanted: Wanted | None = None) -> HtmlPage:
    """Turn a mail, or a page that was saved as a web archive (RFC 2557), into an article.

    Of a mail the page is read, or its text where that says more; the subject is the title. Attachments are named in a
    warning. Of an archive the page is read that its headers name, as if it came from its address.

    Args:
        data: The message.
        url: Where it came from, if not from the address it states.
        name: What to call it in an error.
        wanted: Whether to choose among what its page shows, and to explain it.

    Raises:
        SourceError: It holds nothing that could be read, or is too large to be a message.
    """
    envelope = _ENVELOPE.match(data)
    message = parse_message(data[envelope.end() if envelope else 0 :].removeprefix(b"\xef\xbb\xbf").lstrip(), name)
    archived, asked = _archived_page(message), _Asked(name, wanted or Wanted())
    if archived:
        address = archived.header("content-location") or message.header("snapshot-content-location")
        is_web = bool(address and re.match(r"https?://", address, re.IGNORECASE))
        return _titled(_read_page(archived, address if is_web else url, asked), message)
    return HtmlPage(_mail(message, asked), None)


def _archived_page(message: Part) -> Part | None:
    """Return the page of a web archive, None where the message is a mail: what a browser saves is sent to nobody."""
    if message.media_type != "multipart/related" and not message.header("snapshot-content-location"):
        return None
    pages = [part for part in message.parts or (message,) if part.media_type in _PAGES]
    is_sent = message.header("to") or message.header("received") or message.header("delivered-to")
    if not pages or is_sent or not (message.header("snapshot-content-location") or pages[0].header("content-location")):
        return None
    wanted = message.header("snapshot-content-location")
    named = [part for part in pages if wanted and part.header("content-location") == wanted]
    return next(iter(named), None) or _root(message, pages)


def _root(related: Part, parts: Sequence[Part]) -> Part:
    """Return the part that the others belong to (RFC 2387): the one named as the start, else the first."""
    start = related.parameter("start")
    return next((part for part in parts if start and part.header("content-id") == start), parts[0])


def _read_page(part: Part, url: str | None, asked: _Asked) -> HtmlPage:
    charset = part.parameter("charset")
    return read_page(part.contents(), url=url, charset=charset, name=asked.name, wanted=asked.wanted)


def _titled(page: HtmlPage, message: Part) -> HtmlPage:
    """Give a page without a title the one that it was saved under."""
    subject = message.header("subject")
    if page.article.meta.title or not subject:
        return page
    blocks = (Block("title", subject), *page.article.blocks)
    return replace(page, article=replace(page.article, meta=replace(page.article.meta, title=subject), blocks=blocks))


def _mail(message: Part, asked: _Asked) -> Article:
    name = asked.name
    bodies = sum(part.media_type in _TEXTS | _PAGES for part in _walk(message))
    if bodies > BODIES_MAX:
        raise SourceError(f"{name} has more than {BODIES_MAX} texts in it", "save the one you want to a .txt file")
    body = _read(message, asked)
    for unread in body.unread:
        logger.warning("%s: the attachment %s is not read", printable(name), printable(unread))
    if not any(block.kind not in {"title", "image", "caption"} for block in body.blocks):
        raise SourceError(f"{name} holds no text that can be read", "save the text to a .txt file")
    meta = _metadata(message, body.meta)
    if not asked.wanted.all_text:
        body = _letter(body)
        meta = _of_origin(meta, origin_of(body.drops))
    blocks = _without_title(body.blocks, meta.title)
    title = (Block("title", meta.title),) if meta.title else ()
    return Article(meta, (*title, *blocks), body.drops, body.doubts, body.judged)


def _letter(body: _Body) -> _Body:
    """Leave out the headers of a mail that was passed on, and what services put around the text."""
    passed = without_inner_headers(body.blocks)
    letter = without_frame(passed.blocks)
    if not any(block.kind not in {"title", "image", "caption"} for block in letter.blocks):
        return body
    return replace(body, blocks=letter.blocks, drops=body.drops + passed.drops + letter.drops)


def _of_origin(meta: Metadata, origin: Origin | None) -> Metadata:
    """Give a mail that was passed on the writer and the day of the mail inside."""
    if origin is None:
        return meta
    published = origin.published or meta.published
    return replace(meta, author=origin.author or origin.site, site=origin.site or meta.site, published=published)


def _walk(part: Part) -> Iterator[Part]:
    yield part
    yield from chain.from_iterable(map(_walk, part.parts))


def _metadata(message: Part, found: Metadata) -> Metadata:
    author, site = sender_of(message.header("from") or "")
    return replace(
        found,
        site=site or found.site,
        title=own_subject(message.header("subject") or "") or found.title,
        author=author or found.author,
        published=_day(message.header("date")) or found.published,
    )


def _day(value: str | None) -> date | None:
    try:
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _without_title(blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """Make headings of titles in a mail; the subject's words again are none, where they come first."""
    headings = [replace(block, kind="heading", level=1) if block.kind == "title" else block for block in blocks]
    is_again = bool(title and headings and bare(headings[0].text) == bare(title))
    return tuple(headings[1:] if is_again else headings)


def _read(part: Part, asked: _Asked) -> _Body:
    kind = part.media_type
    if kind == "multipart/encrypted" or kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise SourceError(f"{asked.name} is encrypted", "open it in your mail program and save its text to a .txt file")
    if kind == "multipart/alternative":
        return _best(part.parts, asked)
    if kind == "multipart/related" and part.parts:
        return _read(_root(part, part.parts), asked)
    if kind in ("message/rfc822", "message/global") and part.parts:
        return _passed_on(part.parts[0], asked)
    if part.parts:
        return _joined([_read(inner, asked) for inner in part.parts])
    return _leaf(part, asked)


def _leaf(part: Part, asked: _Asked) -> _Body:
    attached = part.headers.get_content_disposition() == "attachment"
    if part.media_type in _PAGES and not attached:
        return _page_body(part, asked)
    if part.media_type in _TEXTS and not attached:
        return _text_body(part, asked.name)
    is_inside = bool(part.header("content-id")) and part.media_type.startswith("image/") and not attached
    if is_inside or _SILENT.fullmatch(part.media_type) or part.media_type.startswith("multipart/"):
        return _Body()
    return _Body(unread=(part.file_name or part.media_type,))


def _joined(bodies: Sequence[_Body]) -> _Body:
    return _Body(
        tuple(block for body in bodies for block in body.blocks),
        tuple(drop for body in bodies for drop in body.drops),
        tuple(name for body in bodies for name in body.unread),
        next((body.meta for body in bodies if body.blocks), Metadata()),
        tuple(doubt for body in bodies for doubt in body.doubts),
        tuple(one for body in bodies for one in body.judged),
    )


def _best(parts: Sequence[Part], asked: _Asked) -> _Body:
    """Return the page among the versions of one text, unless another version has twice the words."""
    page, text = _Body(), _Body()
    for part in parts:
        found = _read(part, asked)
        is_page = any(inner.media_type in _PAGES for inner in _walk(part))
        if is_page and found.words >= page.words:
            page = found
        elif not is_page and found.words >= text.words:
            text = found
    return page if page.blocks and page.words >= PAGE_MIN_SHARE * text.words else text


def _passed_on(message: Part, asked: _Asked) -> _Body:
    """Return a mail inside of another one, under its subject."""
    body, subject = _read(message, asked), own_subject(message.header("subject") or "")
    if not body.blocks or not subject:
        return body
    return replace(body, blocks=(Block("heading", subject, 1), *_without_title(body.blocks, subject)))


def _page_body(part: Part, asked: _Asked) -> _Body:
    data = part.contents()
    html, drops = mail_html(data, _charset(part, data))
    try:
        article = read_page(html, name=asked.name, wanted=asked.wanted).article
    except SourceError:  # pictures alone: the text beside it is read, or the mail refused
        return _Body(drops=drops)
    return _Body(article.blocks, article.drops + drops, meta=article.meta, doubts=article.doubts, judged=article.judged)


def _text_body(part: Part, name: str) -> _Body:
    data = part.contents()
    if not data.strip():
        return _Body()
    charset = _charset(part, data)
    text = decode(data, name, charset if codec_of(charset) not in (None, "ascii") else None)
    if (part.parameter("format") or "").lower() == "flowed":
        text = without_soft_breaks(text, is_glued=(part.parameter("delsp") or "").lower() == "yes")
    addresses = tuple(Drop(Block("paragraph", found.strip()), "link-address") for found in _LINKED.findall(text))
    article = written_mail(_LINKED.sub("", text))
    return _Body(article.blocks, article.drops + addresses, meta=replace(article.meta, title=None))


def _charset(part: Part, data: bytes) -> str | None:
    """Return the encoding that a part states; UTF-8 that goes by the name of a Western one states none.

    Its letters outside of ASCII come in pairs and threes that no text in such an encoding has by chance.
    """
    stated = part.parameter("charset")
    if codec_of(stated) in _WESTERN and not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return stated
        return "utf-8"
    return stated
