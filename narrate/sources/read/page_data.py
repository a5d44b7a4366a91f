"""Data of a page about itself, for machines: JSON-LD and meta elements. Nothing is guessed from its text."""

from __future__ import annotations

import html as entities
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from narrate.core.article import Metadata
from narrate.sources.read.characters import bare, tidy, whole
from narrate.sources.read.shown.flat_text import flat_text
from narrate.sources.read.shown.notes import text_without_marks

# More nodes than that describe a shop, not an article.
NODES_MAX = 5000
# Elements that are marked as author or date may lie in each other, and each is read with all that it holds.
MARKED_MAX = 20
TITLE_MAX_CHARS = 300
AUTHOR_MAX_CHARS = 80

# A row of spaces is gone through from its beginning alone.
_COMMENT = re.compile(r"^\s*+(?://\s*+)?(?:<!--|<!\[CDATA\[|/\*.*?\*/)|(?://|(?<!\s))\s*+(?:-->|\]\]>)\s*+$", re.DOTALL)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_ARTICLE_TYPES = frozenset({"Report", "Recipe", "Review", "CreativeWork", "HowTo", "WebPage"})
_SEPARATOR = re.compile(r"\s+(?:[|\-–—•·»«:]|::|\\|/|~)\s+|\s*\|\s*|:\s+")
_DAY = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|\s*(\d{4})(\d{2})(\d{2})(?:T|\s*$)")
_LANGUAGE = re.compile(r"\s*([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.,;@\s]|$)", re.IGNORECASE)
_NOT_AUTHOR = re.compile(
    r"https?:|www\.|@|\d{2}|^(?:administrator|admin|user|webmaster|root|guest|author|editor|unknown|anonymous|null|"
    r"none|undefined|default|\[?no[- ]author\]?)$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:(?:written |posted |words )?by|von|par|por|di|door)\s*:?\s+", re.IGNORECASE)

_TITLE_NAMES = ("og:title", "twitter:title", "citation_title", "dc.title", "parsely-title")
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
)
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "datepublished",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
)


@dataclass(frozen=True, slots=True)
class PageData:
    """The statements of a page about itself, gathered once.

    Attributes:
        meta: First content of each meta element by its name in lower case; every author in order.
        node: The JSON-LD node of the article; empty where there is none.
        nodes: All JSON-LD nodes.
        url: Where the page came from.
    """

    meta: Mapping[str, Sequence[str]]
    node: Mapping[str, object]
    nodes: Sequence[Mapping[str, object]]
    url: str | None = None


def page_data(root: etree._Element, url: str | None) -> PageData:
    """Gather a page's own data; it has to be done before anything is removed from the page."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and (content := tidy(element.get("content") or "")):
            meta.setdefault(name.strip().lower(), []).append(content)
    nodes = [node for script in root.iter("script") if _is_json_ld(script) for node in _nodes(script.text or "")]
    return PageData(meta, _article_node(nodes), nodes, url)


def metadata(root: etree._Element, data: PageData) -> Metadata:
    """Metadata of the article on a page."""
    site = _site(data)
    names = {bare(name) for name in (site, *_host_names(data.url)) if name}
    url = _address(root, data)
    return Metadata(
        title=_title(root, data, names),
        author=_author(root, data, names),
        published=_published(root, data),
        language=_language(root, data),
        url=url,
        site=site,
        cover_url=_cover(data, url or data.url),
    )


def _is_json_ld(script: etree._Element) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _nodes(text: str) -> Iterator[dict[str, object]]:
    """Yield every object in a JSON-LD script, in the order it is written."""
    waiting: list[object] = [_parsed(text)]
    count = 0
    while waiting and count < NODES_MAX:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _parsed(text: str) -> object:
    """Read JSON as it is found on pages: in comments, with escaped quotes, commas too many; None if nothing helps."""
    bare = _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare), entities.unescape(bare)):
        try:
            found = json.loads(attempt, strict=False)
            return json.loads(whole(json.dumps(found, ensure_ascii=False))) if "\\ud" in attempt.lower() else found
        except (ValueError, RecursionError):
            continue
    return None


def _article_node(nodes: Sequence[dict[str, object]]) -> dict[str, object]:
    """The node that describes the article: of an article's type first, then of one that may be."""
    articles = [node for node in nodes if any(_is_article(name) for name in _types(node))]
    others = [node for node in nodes if any(name in _ARTICLE_TYPES for name in _types(node))]
    with_headline = [node for node in (*articles, *others) if node.get("headline") or node.get("articleBody")]
    return next(iter((*with_headline, *articles, *others)), {})


def _types(node: Mapping[str, object]) -> list[str]:
    found = node.get("@type")
    return [name for name in (found if isinstance(found, list) else [found]) if isinstance(name, str)]


def _is_article(type_name: str) -> bool:
    return type_name.endswith(("Article", "BlogPosting", "SocialMediaPosting"))


def texts(value: object) -> list[str]:
    """Return names in a JSON-LD value: a string, a node with a name, or a list of them."""
    if isinstance(value, str):
        return [text] if (text := tidy(entities.unescape(value))) else []
    if isinstance(value, list):
        return [text for part in value[:20] if not isinstance(part, list) for text in texts(part)]
    if isinstance(value, dict):
        name = value.get("name") or value.get("@value")
        return texts(name) if isinstance(name, str | list) else []
    return []


def _host_names(url: str | None) -> tuple[str, ...]:
    """ "https://www.example.co.uk/a" -> ("example.co.uk", "example")."""
    host = _host(url).removeprefix("www.")
    return (host, host.split(".")[0]) if host else ()


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def _site(data: PageData) -> str | None:
    names = [*data.meta.get("og:site_name", ()), *texts(data.node.get("publisher"))]
    return next((name for name in names if "://" not in name), None)


def _title(root: etree._Element, data: PageData, names: set[str]) -> str | None:
    """The candidate that most others agree with; among equals the page's own heading comes first."""
    # One that was never closed holds the whole article.
    closed = [element for element in list(root.iter("h1"))[:5] if len(element.findall(".//p")) < 2]
    headings = [text_without_marks(element) for element in closed]
    metas = [text for name in _TITLE_NAMES for text in data.meta.get(name, ())[:1]]
    window = [flat for element in list(root.iter("title"))[:1] if (flat := tidy("".join(element.itertext())))]
    candidates = [*headings, *texts(data.node.get("headline"))[:1], *metas, *window]
    cut = [_without_site(tidy(entities.unescape(text)), names) for text in candidates]
    titles = [text for text in cut if text and len(text) <= TITLE_MAX_CHARS and bare(text) not in names]
    if not titles:
        return None
    votes = [sum(_agree(title, other) for other in titles) for title in titles]
    return titles[votes.index(max(votes))]


def _without_site(text: str, names: set[str]) -> str:
    """Take the site's name off a title: "A Light at Sea - The Weekly" -> "A Light at Sea"; of no title, nothing."""
    if len(text) > 2 * TITLE_MAX_CHARS:
        return text
    for match in reversed(list(_SEPARATOR.finditer(text))):
        if bare(text[match.end() :]) in names:
            return text[: match.start()].strip()
    for match in _SEPARATOR.finditer(text):
        if bare(text[: match.start()]) in names:
            return text[match.end() :].strip()
    return text


def _agree(one: str, other: str) -> float:
    """1 for the same words, half for titles of which one is in the other or that share most words."""
    if bare(one) == bare(other):
        return 1
    first, second = Counter(one.casefold().split()), Counter(other.casefold().split())
    shared, fewer = sum((first & second).values()), min(first.total(), second.total())
    return 0.5 if fewer >= 2 and shared >= 0.7 * fewer else 0


def _author(root: etree._Element, data: PageData, names: set[str]) -> str | None:
    sources = (
        _known_authors(data),
        [text for name in _AUTHOR_NAMES for text in data.meta.get(name, ())],
        _marked_authors(root),
    )
    for source in sources:
        people = [_BY.sub("", text).strip(" ,;|") for text in source]
        people = [text for text in dict.fromkeys(people) if _is_author(text, names)]
        if people:
            return ", ".join(people[:-1]) + " and " + people[-1] if len(people) > 1 else people[0]
    return None


def _known_authors(data: PageData) -> list[str]:
    """Authors of the JSON-LD node; those that stand elsewhere in the graph are looked up."""
    value = data.node.get("author") or data.node.get("creator")
    people = value if isinstance(value, list) else [value]
    by_id = {node["@id"]: node for node in data.nodes if isinstance(node.get("@id"), str) and node.get("name")}
    known: list[object] = []
    for person in people:
        mark = person.get("@id") if isinstance(person, dict) and not person.get("name") else None
        known.append(by_id.get(mark, person) if isinstance(mark, str) else person)
    return texts(known)


def _marked_authors(root: etree._Element) -> list[str]:
    """Return what the page's own elements say of its authors: five of those by role, one of those by class."""
    by_role = [element for element in root.iter(etree.Element) if element.get("itemprop") == "author"]
    named = (
        element
        for element in root.iter(etree.Element)
        if element.get("itemprop") == "name" and _is_within(element, by_role)
    )
    paths = (".//a[@rel='author']", ".//*[@class='byline']", ".//*[@class='author-name']")
    for elements, most in ((named, 5), (by_role, 5), *((root.iterfind(path), 1) for path in paths)):
        marked = islice(elements, MARKED_MAX)
        if found := [text for element in marked if (text := flat_text(element) or element.get("content"))]:
            return found[:most]
    return []


def _is_within(element: etree._Element, by_role: Sequence[etree._Element]) -> bool:
    return bool(by_role) and any(outer.get("itemprop") == "author" for outer in element.iterancestors())


def _is_author(text: str, names: set[str]) -> bool:
    if not text or len(text) > AUTHOR_MAX_CHARS or len(text.split()) > 8 or not any(char.isalpha() for char in text):
        return False
    return bare(text) not in names and not _NOT_AUTHOR.search(text)


def _published(root: etree._Element, data: PageData) -> date | None:
    """The day a page states as that of publication, as it is written, whatever the time zone."""
    stated = [*texts(data.node.get("datePublished"))]
    stated += [text for name in _DATE_NAMES for text in data.meta.get(name, ())]
    dated = (
        element
        for element in root.iter("time", "span", "abbr", "div", "p")
        if element.get("itemprop") == "datePublished" or _is_marked_time(element)
    )
    for element in islice(dated, MARKED_MAX):
        stated.append(element.get("datetime") or element.get("content") or flat_text(element))
    return next((day for text in stated if (day := _day(text))), None)


def _is_marked_time(element: etree._Element) -> bool:
    if element.tag != "time":
        return False
    return "pubdate" in element.attrib or "published" in (element.get("class") or "").split()


def _day(text: str) -> date | None:
    try:
        if found := _DAY.match(text):
            year, month, day = (int(part) for part in found.groups() if part)
            return date(year, month, day) if year >= 1900 else None
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _language(root: etree._Element, data: PageData) -> str | None:
    page = next(iter(root.iter("html")), root)
    xml_lang = page.get("{http://www.w3.org/XML/1998/namespace}lang") or page.get("xml:lang")
    stated = [page.get("lang"), xml_lang, *texts(data.node.get("inLanguage"))]
    stated += [*data.meta.get("og:locale", ()), *data.meta.get("content-language", ())]
    return next((tag for text in stated if text and (tag := _language_tag(text))), None)


def _language_tag(text: str) -> str | None:
    """ "pt_br" -> "pt-BR"; None for what is no language."""
    found = _LANGUAGE.match(text)
    if not found or found[1].lower() in {"und", "zxx", "mul"}:
        return None
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper())
    return "-".join(part for part in parts if part)


def _address(root: etree._Element, data: PageData) -> str | None:
    """The canonical address, where it is one of the same site and not merely its front page."""
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").split()]
    for link in (*links, *data.meta.get("og:url", ())):
        address = _absolute(link, data.url)
        if address and (not data.url or _is_same_page(address, data.url)):
            return address
    return data.url


def _is_same_page(address: str, url: str) -> bool:
    here, there = _host(url).removeprefix("www."), _host(address).removeprefix("www.")
    if here != there and not here.endswith("." + there) and not there.endswith("." + here):
        return False
    return bool(urlsplit(address).path.strip("/")) or not urlsplit(url).path.strip("/")


def _absolute(link: str, base: str | None) -> str | None:
    try:
        address = urljoin(base or "", link.strip())
        return address if urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname else None
    except ValueError:
        return None


def _cover(data: PageData, base: str | None) -> str | None:
    image = data.node.get("image")
    first = image[0] if isinstance(image, list) and image else image
    stated = first.get("url") if isinstance(first, dict) else first
    names = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    links = [text for name in names for text in data.meta.get(name, ())]
    links += [stated] if isinstance(stated, str) else []
    return next((address for link in links if (address := _absolute(link, base) or _beside(link, base))), None)


def _beside(link: str, base: str | None) -> str | None:
    """A saved page that does not say where it is from names a picture that was saved with it."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    return unquote(parts.path) if not base and parts.path and not parts.scheme and not parts.netloc else None
