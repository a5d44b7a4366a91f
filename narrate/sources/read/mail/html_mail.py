"""Pages in mails: the mails they answer and the signatures that mail programs mark are taken out."""

from __future__ import annotations

import re

from lxml import etree, html

from narrate.core.article import Block, Drop
from narrate.sources.read.characters import tidy
from narrate.sources.read.html import decode_page
from narrate.sources.read.html_tree import parse_html
from narrate.sources.read.shown.moves import drop

# As Gmail, Thunderbird, Apple Mail, Outlook, Yahoo and Proton mark them.
_QUOTES = (
    "//blockquote[@type='cite']|//*[contains(concat(' ',@class,' '),' gmail_quote ')]"
    "|//*[contains(concat(' ',@class,' '),' yahoo_quoted ')]|//*[contains(concat(' ',@class,' '),' protonmail_quote ')]"
    "|//*[contains(concat(' ',@class,' '),' moz-cite-prefix ')]|//*[@id='appendonsend']"
)
_OUTLOOK = "//*[@id='divRplyFwdMsg']"
_SIGNATURES = (
    "//*[contains(concat(' ',@class,' '),' gmail_signature ')]|//*[contains(concat(' ',@class,' '),' moz-signature ')]"
    "|//*[@id='Signature' or @id='AppleMailSignature' or @id='ms-outlook-mobile-signature']"
    "|//*[contains(concat(' ',@class,' '),' protonmail_signature_block ')]"
)
_PASSED_ON = re.compile(
    r"(?i:-{2,}\s*(?:forwarded|weitergeleitet|message transféré|mensaje reenviado)|begin forwarded)"
)


def mail_html(data: bytes, charset: str | None) -> tuple[str, tuple[Drop, ...]]:
    """Return the page of a mail without what it quotes and without signatures, and these.

    The title of its head goes, too: programs put a template's name there, and the subject is the title of a mail.

    Args:
        data: The page.
        charset: Encoding that the part states.
    """
    text = decode_page(data, charset)
    root = parse_html(text)
    if root is None:
        return text, ()
    for title in root.xpath("//head/title"):
        drop(title)
    drops = _without_quotes(root) + _marked(root, _SIGNATURES, "mail-signature")
    return etree.tostring(root, encoding="unicode", method="html"), drops


def _without_quotes(root: html.HtmlElement) -> tuple[Drop, ...]:
    """Take out what is quoted, unless the mail passes it on or has no other words."""
    quotes = _outermost(root.xpath(_QUOTES)) + [after for mark in root.xpath(_OUTLOOK) for after in _from(mark)]
    whole, quoted = _words(root), sum(map(_words, quotes))
    # Programs announce it in what they mark as a quote, or right before it.
    if whole == quoted or (quotes and _PASSED_ON.search(_text(root))):
        return ()
    return tuple(drop for quote in quotes for drop in _dropped(quote, "quoted-reply"))


def _from(mark: etree._Element) -> list[etree._Element]:
    """Outlook parts an answer from what it answers by one mark before it."""
    return [mark, *mark.itersiblings()]


def _marked(root: html.HtmlElement, path: str, rule: str) -> tuple[Drop, ...]:
    return tuple(drop for element in _outermost(root.xpath(path)) for drop in _dropped(element, rule))


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    there = set(elements)
    return [element for element in elements if not any(above in there for above in element.iterancestors())]


def _dropped(element: etree._Element, rule: str) -> list[Drop]:
    text = tidy(_text(element))
    drop(element)
    return [Drop(Block("paragraph", text), rule)] if text else []


def _text(element: etree._Element) -> str:
    return " ".join(element.itertext())


def _words(element: etree._Element) -> int:
    return len(_text(element).split())
