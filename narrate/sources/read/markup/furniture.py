"""Takes out what pages put between an article's paragraphs: labels, links to other articles, places for embeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from lxml import etree, html

from narrate.core.resources import packaged_table
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.flat_text import flat_text

# Beyond that, it is text with a link in it, whatever it is called.
TEASER_MAX_WORDS = 90
CRUMBS_MAX_WORDS = 60
PLACEHOLDER_MAX_WORDS = 80
LINE_MAX_CHARS = 240
# A link to another article is nearly all of its line.
LINK_SHARE = 0.85

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = ("p", "div", "span", "section", "aside", "center", "figcaption", "strong", "b", "small")
_CONSENT = re.compile(
    r"consent|cookie|gdpr|privacy|placeholder|blocked|opt-?in|external|borlabs|two-?click|2-?click|embed|cmp-|youtube|twitter",
    re.IGNORECASE,
)
_ASKED = (
    re.compile(r"\bcookie", re.IGNORECASE),
    re.compile(r"\b(?:you|your|sie|ihre?|vous|votre|tu|su|usted|você|lei)\b", re.IGNORECASE),
)
_CRUMBS = re.compile(r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?)(?:$|[\s_-])|breadcrumb", re.IGNORECASE)
_TEASER = re.compile(
    r"(?:^|[\s_-])(?:teaser|related|recirc\w*|promo|read-?(?:more|next|also|on)|more-on|also-read|see-?also|inline-?(?:link|teaser|related)"
    r"|recommend(?:ed|ation)s?|further-reading|story-link|crosslink)(?:$|[\s_-])",
    re.IGNORECASE,
)
_EMBED = re.compile(
    r"(?:^|\s)(?:twitter-tweet|twitter-video|bluesky-embed|mastodon-embed|tumblr-post|reddit-embed-bq)\b", re.IGNORECASE
)
_SIGNED = re.compile(r"^\s*[—–-]\s*\S")
_PICTURE_LINK = re.compile(r"\s*(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s*")


def remove_furniture(root: html.HtmlElement) -> None:
    """Take out labels of a page's parts, paths to its place on the site, teasers of other articles inside the text,
    what stands for embeds until cookies are accepted, and who sent a post that is quoted; the post itself stays."""
    for rule in _RULES:
        for element in list(rule(root)):
            if element.getparent() is not None and element.tag not in {"body", "html", "main"}:
                element.drop_tree()


def _labels(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements whose text is a label and nothing else."""
    for element in root.iter(*_LINES, *_HEADINGS):
        if (text := _line(element)) is None:
            continue
        is_advertisement = element.tag in _LINES and _pattern("advertisements").fullmatch(text)
        if (_pattern("labels").fullmatch(text) or is_advertisement) and _is_whole_line(element):
            yield element


def _browser_links(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Links from a letter to the same letter as a page, with the question before them."""
    for element in root.iter("a", "p", "td", "div"):
        is_link = element.tag == "a" or element.find(".//a") is not None
        if is_link and _pattern("browser").fullmatch((_line(element) or "").rstrip(" .»›>→")):
            yield element


def _breadcrumbs(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in root.iter("ol", "ul", "nav", "div", "p", "section", "span"):
        names = " ".join(element.get(name) or "" for name in ("class", "id", "aria-label", "itemtype"))
        if _CRUMBS.search(names) and _is_short(element, CRUMBS_MAX_WORDS) and element.find(".//a") is not None:
            yield element


def _read_on_lines(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Lines such as "READ NEXT: a link", and a label with nothing but a link in the same line."""
    for element in root.iter("p", "div", "li", "aside", *_HEADINGS):
        if (text := _line(element)) is None or element.find(".//a") is None or _holds_blocks(element):
            continue
        found = _pattern("read_on", r"\s*[:|»›>→–—-]+\s*.+").fullmatch(text)
        label = _pattern("read_on", r"[\s:|»›>→–—-]+").match(text) if found else None
        if label and _link_chars(element) >= LINK_SHARE * (len(text) - label.end()):
            yield element


def _teasers(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Boxes with a label or a class that promise another article, and a headline that leads to it."""
    for element in root.iter("div", "aside", "section", "article", "figure", "li"):
        if not _is_short(element, TEASER_MAX_WORDS) or not _leads_away(element):
            continue
        texts = (text.strip(" :|»›>→") for text in element.itertext() if text.strip())
        is_labelled = bool(_pattern("read_on").fullmatch(next(texts, "")))
        is_named = bool(_TEASER.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
        if is_labelled or (is_named and _is_within_text(element)):
            yield element


def _read_on_lists(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """A label in a line of its own and the list of links below it."""
    for items in root.iter("ul", "ol"):
        label = items.getprevious()
        if label is None or label.tag not in {"p", "div", "strong", "span"} or (label.tail or "").strip():
            continue
        text = (_line(label) or "").rstrip(" :|»›>→")
        if _pattern("read_on").fullmatch(text) and _link_chars(items) >= LINK_SHARE * len(flat_text(items)):
            yield from (label, items)


def _placeholders(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Boxes that tell why an embed is not there: what they say is that, and it is told by a class, twice, or to you."""
    found = []
    for element in root.iter("p", "div", "span", "figcaption", *_HEADINGS):
        text = flat_text(element) if len(element) < 12 and _is_short(element, PLACEHOLDER_MAX_WORDS) else ""
        if text and _pattern("placeholders").match(text) and _is_whole_line(element):
            found.append((element, text))
    times = Counter(text for element, text in found if element.tag in {"p", "span"})
    for element, text in found:
        box = _consent_box(element)
        if box is not None or times[text] > 1 or all(sign.search(text) for sign in _ASKED):
            yield element if box is None else box


def _consent_box(element: html.HtmlElement) -> html.HtmlElement | None:
    """Return the largest short element around that is called a place for consent; None where there is none."""
    box = None
    for around in [element, *islice(element.iterancestors(), 4)]:
        if around.tag in {"body", "main", "article"} or not _is_short(around, PLACEHOLDER_MAX_WORDS):
            break
        if _CONSENT.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
            box = around
    return box


def _signatures(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """In quoted posts: links to their pictures, and everything from the dash before their author's name on."""
    for quote in root.iter("blockquote", "div"):
        if not _EMBED.search(quote.get("class") or ""):
            continue
        _unname(quote)
        yield from (link for link in quote.iter("a") if _PICTURE_LINK.fullmatch(link.text or ""))
        is_signed = False
        for child in quote:
            is_signed = is_signed or bool(child.tag in {"p", "span", "footer", "cite"} and _SIGNED.match(_text(child)))
            if is_signed:
                yield child
            if _SIGNED.match(child.tail or ""):
                child.tail, is_signed = None, True
            elif is_signed:
                child.tail = None


def _unname(quote: html.HtmlElement) -> None:
    """Take the class of an embed from a post, and from what holds nothing else: by its class it is no text."""
    text = flat_text(quote)
    for around in [quote, *islice(quote.iterancestors("div", "figure", "p"), 3)]:
        if flat_text(around) != text:
            break
        around.attrib.pop("class", None)


_RULES: tuple[Callable[[html.HtmlElement], Iterator[html.HtmlElement]], ...] = (
    _labels,
    _browser_links,
    _breadcrumbs,
    _signatures,
    _read_on_lines,
    _read_on_lists,
    _teasers,
    _placeholders,
)


@cache
def _pattern(name: str, after: str = "") -> re.Pattern[str]:
    lines = packaged_table("narrate.sources.read.markup", "furniture.toml")[name]
    return re.compile(f"(?:{'|'.join(lines)}){after}", re.IGNORECASE)


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext())


def _line(element: html.HtmlElement) -> str | None:
    """The text of an element that may be one short line; None for what is longer or holds much."""
    if len(element) > 6:
        return None
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > 4 * LINE_MAX_CHARS:
            return None
    text = flat_text(element)
    return text if 0 < len(text) <= LINE_MAX_CHARS else None


def _is_short(element: html.HtmlElement, words_max: int) -> bool:
    count = 0
    for text in element.itertext():
        count += len(text.split())
        if count > words_max:
            return False
    return count > 0


def _holds_blocks(element: html.HtmlElement) -> bool:
    return sum(child.tag in BREAKING for child in element.iterdescendants(etree.Element)) > 1


def _is_whole_line(element: html.HtmlElement) -> bool:
    """Tell whether nothing else is in the same line: a word in bold within a sentence is no label."""
    if element.tag in BREAKING:
        return True
    parent = element.getparent()
    return parent is not None and flat_text(parent) == flat_text(element)


def _link_chars(element: html.HtmlElement) -> int:
    return sum(len(flat_text(link)) for link in element.iter("a"))


def _leads_away(element: html.HtmlElement) -> bool:
    """Tell whether a headline in an element is a link, or lies in one."""
    for heading in element.iter(*_HEADINGS):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        if any((link.get("href") or "#")[:1] != "#" for link in links):
            return True
    return False


def _is_within_text(element: html.HtmlElement) -> bool:
    """Tell whether paragraphs stand beside an element."""
    parent = element.getparent()
    return parent is not None and sum(child.tag == "p" for child in parent) >= 2
