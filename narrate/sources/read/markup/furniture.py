"""Takes out what pages put between an article's paragraphs: labels, links to other articles, places for embeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from lxml import etree, html

from narrate.core.article import Drop
from narrate.core.resources import packaged_table
from narrate.sources.read.class_names import is_called
from narrate.sources.read.markup.removal import taken_out
from narrate.sources.read.markup.short_texts import ShortTexts
from narrate.sources.read.shown.elements import BREAKING
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.runs import text_of
from narrate.text.clean.phrases.lines import folded, heads_of

RULE = "furniture"

# Beyond that, it is text with a link in it, whatever it is called.
TEASER_MAX_WORDS = 90
CRUMBS_MAX_WORDS = 60
PLACEHOLDER_MAX_WORDS = 80
# So many elements before and after a box tell whether it stands in the text.
NEIGHBOURS = 3
# A link to another article is nearly all of its line.
LINK_SHARE = 0.85
# So much of a line tells whether it can be a label.
HEAD_CHARS = 8

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LINES = ("p", "div", "span", "section", "aside", "center", "figcaption", "strong", "b", "small")
# A word of each of the sentences that are looked for.
_ABOUT_EMBEDS = re.compile(
    r"conten|inhalt|video|vídeo|embed|cookie|consent|extern|beitrag|vidéo|post|tweet|media|map", re.IGNORECASE
)
_ASKED = (
    re.compile(r"\bcookie", re.IGNORECASE),
    re.compile(r"\b(?:you|your|sie|ihre?|vous|votre|tu|su|usted|você|lei)\b", re.IGNORECASE),
)
_LISTS = frozenset({"ul", "ol"})
_LABELS = ("labels", "advertisements", "posts")
_ARROW = re.compile(r"(?:»|›|→|►|▶|☞|>>)\s*(?=\w)")
_SIGNED = re.compile(r"^\s*[—–-]\s*\S")
_PICTURE_LINK = re.compile(r"\s*(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s*")


def remove_furniture(root: html.HtmlElement) -> list[Drop]:
    """Take out labels of a page's parts, paths to its place on the site, teasers of other articles inside the text,
    what stands for embeds until cookies are accepted, and who sent a post that is quoted; the post itself stays.

    Returns:
        What was taken out, each with what it was.
    """
    page = ShortTexts(root)
    drops: list[Drop] = []
    for rule, why in _RULES.items():
        drops += taken_out([one for one in rule(page) if one.tag not in {"body", "html", "main"}], RULE, why)
    return drops


def _labels(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Elements whose text is a label and nothing else."""
    for element in page.root.iter(*_LINES, *_HEADINGS, "a"):
        if not (text := page.line(element)) or not folded(text[:HEAD_CHARS]).startswith(_heads_of_labels()):
            continue
        is_advertisement = element.tag in _LINES and _pattern("advertisements").fullmatch(text)
        is_label = is_advertisement or (element.tag != "a" and _pattern("labels").fullmatch(text))
        if (is_label and _is_whole_line(element, page)) or _pattern("posts").fullmatch(text):
            yield element


@cache
def _heads_of_labels() -> tuple[str, ...]:
    """Return what all labels begin with: most lines are told from them at once."""
    return tuple(head for name in _LABELS for line in _lines(name) for head in heads_of(line))


def _browser_links(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Links from a letter to the same letter as a page, with the question before them."""
    for element in page.root.iter("a", "p", "td", "div"):
        is_named = _pattern("browser").fullmatch(page.line(element).rstrip(" .»›>→"))
        if is_named and (element.tag == "a" or element.find(".//a") is not None):
            yield element


def _breadcrumbs(page: ShortTexts) -> Iterator[html.HtmlElement]:
    for element in page.root.iter("ol", "ul", "nav", "div", "p", "section", "span"):
        is_named = is_called(element, "markup.crumbs", ("class", "id", "aria-label", "itemtype"))
        if is_named and page.is_short(element, CRUMBS_MAX_WORDS) and element.find(".//a") is not None:
            yield element


def _read_on_lines(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Lines such as "READ NEXT: a link", and links with nothing but an arrow before them."""
    for element in page.root.iter("p", "div", "li", "aside", *_HEADINGS):
        text = page.line(element)
        found = _pattern("read_on", r"\s*[:|»›>→–—-]+\s*.+").fullmatch(text)
        label = _pattern("read_on", r"[\s:|»›>→–—-]+").match(text) if found else None
        label = label or _ARROW.match(text)
        if label and not _holds_blocks(element) and _link_chars(element) >= LINK_SHARE * (len(text) - label.end()):
            yield element


def _teasers(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Boxes with a label or a class that promise another article, and a headline that leads to it."""
    for element in page.root.iter("div", "aside", "section", "article", "figure", "li"):
        if not page.is_short(element, TEASER_MAX_WORDS) or not _leads_away(element):
            continue
        texts = (text.strip(" :|»›>→") for text in element.itertext() if text.strip())
        is_labelled = bool(_pattern("read_on").fullmatch(next(texts, "")))
        is_named = is_called(element, "markup.teasers", ("class", "id"))
        if is_labelled or (is_named and _is_within_text(element)):
            yield element


def _read_on_lists(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """A label in a line of its own, and the link or the list of links below it."""
    for items in page.root.iter("ul", "ol", "p", "h3", "h4", "h5"):
        if items.tag not in _LISTS and not page.line(items):
            continue
        label = items.getprevious()
        if label is None or label.tag not in {"p", "div", "strong", "span"} or (label.tail or "").strip():
            continue
        text = page.line(label).rstrip(" :|»›>→")
        if _pattern("read_on").fullmatch(text) and _link_chars(items) >= LINK_SHARE * len(flat_text(items)):
            yield from (label, items)


def _placeholders(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Boxes that tell why an embed is not there: what they say is that, and it is told by a class, twice, or to you."""
    found = []
    for element in page.root.iter("p", "div", "span", "figcaption", *_HEADINGS):
        text = page.text(element, PLACEHOLDER_MAX_WORDS)
        is_placeholder = bool(text) and _pattern("placeholders").match(text) and _ABOUT_EMBEDS.search(text)
        if is_placeholder and len(element) < 12 and _is_whole_line(element, page):
            found.append((element, text))
    times = Counter(text for element, text in found if element.tag in {"p", "span"})
    for element, text in found:
        box = _consent_box(element, page)
        if box is not None or times[text] > 1 or all(sign.search(text) for sign in _ASKED):
            yield element if box is None else box


def _consent_box(element: html.HtmlElement, page: ShortTexts) -> html.HtmlElement | None:
    """Return the largest short element around that is called a place for consent; None where there is none."""
    box = None
    for around in [element, *islice(element.iterancestors(), 4)]:
        if around.tag in {"body", "main", "article"} or not page.is_short(around, PLACEHOLDER_MAX_WORDS):
            break
        if is_called(around, "markup.consent", ("class", "id")):
            box = around
    return box


def _signatures(page: ShortTexts) -> Iterator[html.HtmlElement]:
    """Links to pictures in quoted posts, and everything there from the dash before the author's name on."""
    for quote in page.root.iter("blockquote", "div"):
        if not is_called(quote, "markup.embeds"):
            continue
        _unname(quote)
        yield from (link for link in quote.iter("a") if _PICTURE_LINK.fullmatch(link.text or ""))
        is_signed = False
        for child in list(quote):
            is_signed = is_signed or bool(
                child.tag in {"p", "span", "footer", "cite"} and _SIGNED.match(text_of(child))
            )
            if is_signed:
                yield child
            is_signed = is_signed or bool(_SIGNED.match(child.tail or ""))
            if is_signed and (child.tail or "").strip():
                yield _wrapped_tail(child)


def _wrapped_tail(element: html.HtmlElement) -> html.HtmlElement:
    """Put the text behind an element into one of its own."""
    wrapped = element.makeelement("span")
    wrapped.text, element.tail = element.tail, None
    element.addnext(wrapped)
    return wrapped


def _unname(quote: html.HtmlElement) -> None:
    """Take the class of an embed from a post, and from what holds nothing else: by its class it is no text."""
    text = flat_text(quote)
    for around in [quote, *islice(quote.iterancestors("div", "figure", "p"), 3)]:
        if flat_text(around) != text:
            break
        around.attrib.pop("class", None)


# In this order; with what each takes out.
_RULES: Mapping[Callable[[ShortTexts], Iterator[html.HtmlElement]], str] = {
    _labels: "a label of a part of the page",
    _browser_links: "a link to this letter as a page",
    _breadcrumbs: "the path to the page's place on the site",
    _signatures: "who sent a post that is quoted",
    _read_on_lines: "a link to read on elsewhere",
    _teasers: "another article within the text",
    _read_on_lists: "links to read on elsewhere",
    _placeholders: "what stands for an embed until cookies are accepted",
}


@cache
def _pattern(name: str, after: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_lines(name))}){after}", re.IGNORECASE)


def _lines(name: str) -> Sequence[str]:
    lines: list[str] = packaged_table("narrate.sources.read.markup", "furniture.toml")[name]
    return lines


def _holds_blocks(element: html.HtmlElement) -> bool:
    return sum(child.tag in BREAKING for child in element.iterdescendants(etree.Element)) > 1


def _is_whole_line(element: html.HtmlElement, page: ShortTexts) -> bool:
    """Tell whether nothing else is in the same line: a word in bold within a sentence is no label."""
    if element.tag in BREAKING:
        return True
    text, parent = page.line(element), element.getparent()
    return parent is not None and bool(text) and page.line(parent) == text


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
    beside = [*islice(element.itersiblings(), NEIGHBOURS), *islice(element.itersiblings(preceding=True), NEIGHBOURS)]
    return [one.tag for one in beside].count("p") >= 2
