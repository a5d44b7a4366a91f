"""Description of a book: the package document (OPF) with metadata, files and their order, and the navigation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from narrate.core.article import INSIDE, Metadata
from narrate.core.errors import SourceError
from narrate.core.language.tags import tag_in
from narrate.sources.read.characters import tidy
from narrate.sources.read.documents.document import stated_day
from narrate.sources.read.documents.package import Package, resolved

_CONTAINER = "META-INF/container.xml"
_OPF_TYPE = "application/oebps-package+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
# A book is by its authors; who illustrated or printed it has another role (https://www.loc.gov/marc/relators/).
_AUTHOR_ROLES = frozenset({"", "aut"})
# Deeper entries are sections of chapters.
NAVIGATION_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a book.

    Attributes:
        path: Where it is in the archive.
        media_type: What it is.
        properties: "nav", "cover-image" and the like.
        is_linear: It is read in its place, not only looked up.
    """

    path: str
    media_type: str
    properties: frozenset[str] = frozenset()
    is_linear: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """An entry of the navigation.

    Attributes:
        title: The chapter's name.
        path: The file it is in.
        fragment: The place in that file, "" for its beginning.
        depth: 0 for parts and chapters, more for what is inside them.
    """

    title: str
    path: str
    fragment: str
    depth: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A book's description.

    Attributes:
        meta: Title, author, date, language, cover.
        spine: Its texts, in the order in which they are read.
        labels: Its navigation, in order.
        kinds: What files are by the guide and the landmarks: path to "cover", "toc", "index", …
    """

    meta: Metadata
    spine: tuple[Item, ...]
    labels: tuple[Label, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)


def read_manifest(package: Package) -> Manifest:
    """Read how a book is put together.

    Raises:
        SourceError: No description is in it, or one without texts.
    """
    path = _package_path(package)
    root = package.xml(path)
    items = dict(_items(root, path))
    spine = tuple(_spine(root, items))
    if not spine:
        raise SourceError(f"{package.name} is damaged: it lists no texts", "get the book once more")
    navigation = _navigation_item(root, items)
    labels, landmarks = _navigation(package, navigation) if navigation else ((), {})
    kinds = {**dict(_guide(root, path)), **landmarks}
    if navigation:
        kinds.setdefault(navigation.path, "toc")
    cover = _cover(root, items)
    meta = replace(_metadata(root), cover_url=f"{INSIDE}{cover}" if cover else None)
    return Manifest(meta, spine, labels, kinds)


def _package_path(package: Package) -> str:
    """Return the path of the package document: as the container says, else the one there is."""
    if _CONTAINER in package:
        for rootfile in _named(package.xml(_CONTAINER), "rootfile"):
            path = rootfile.get("full-path") or ""
            if rootfile.get("media-type") in (None, _OPF_TYPE) and path in package:
                return path
    found = next((path for path in package.paths() if path.lower().endswith(".opf")), None)
    if found is None:
        raise SourceError(f"{package.name} is damaged: it has no list of its texts", "get the book once more")
    return found


def _named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield elements by their local names: books of every age have namespaces of their own."""
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in names:
            yield element


def _items(root: etree._Element, base: str) -> Iterator[tuple[str, Item]]:
    for element in _named(root, "item"):
        key, href = element.get("id"), element.get("href")
        if key and href:
            properties = frozenset((element.get("properties") or "").split())
            yield key, Item(resolved(base, href)[0], element.get("media-type") or "", properties)


def _spine(root: etree._Element, items: Mapping[str, Item]) -> Iterator[Item]:
    for element in _named(root, "itemref"):
        item = items.get(element.get("idref") or "")
        if item and ("html" in item.media_type or "xml" in item.media_type) and "svg" not in item.media_type:
            yield Item(item.path, item.media_type, item.properties, (element.get("linear") or "yes") != "no")


def _metadata(root: etree._Element) -> Metadata:
    titles = [text for element in _named(root, "title") if (text := _text(element))]
    roles = _refined_roles(root)
    creators = {element: roles.get(element.get("id") or "", _role(element)) for element in _named(root, "creator")}
    authors = [name for one, role in creators.items() if role in _AUTHOR_ROLES and (name := _text(one))]
    languages = (_text(element) for element in _named(root, "language"))
    language = next(filter(None, map(tag_in, languages)), None)
    published = next((day for element in _named(root, "date") if (day := stated_day(_text(element)))), None)
    return Metadata(next(iter(titles), None), ", ".join(dict.fromkeys(authors)) or None, published, language)


def _text(element: etree._Element) -> str:
    return tidy("".join(element.itertext()))


def _role(creator: etree._Element) -> str:
    """Return a creator's role where it is an attribute, as in EPUB 2."""
    return next((value for name, value in creator.attrib.items() if etree.QName(name).localname == "role"), "")


def _refined_roles(root: etree._Element) -> dict[str, str]:
    """Return the roles that elements of their own give, as in EPUB 3, by the creator's id."""
    metas = (meta for meta in _named(root, "meta") if meta.get("property") == "role")
    return {(meta.get("refines") or "").lstrip("#"): _text(meta) for meta in metas}


def _guide(root: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    for element in _named(root, "reference"):
        if (href := element.get("href")) and (kind := element.get("type")):
            yield resolved(base, href)[0], kind.lower()


def _navigation_item(root: etree._Element, items: Mapping[str, Item]) -> Item | None:
    """Return the file with the navigation: EPUB 3's page, else EPUB 2's NCX."""
    page = next((item for item in items.values() if "nav" in item.properties), None)
    stated = next((items.get(element.get("toc") or "") for element in _named(root, "spine")), None)
    ncx = stated or next((item for item in items.values() if item.media_type == _NCX_TYPE), None)
    return page or ncx


def _navigation(package: Package, item: Item) -> tuple[tuple[Label, ...], dict[str, str]]:
    if item.path not in package:
        return (), {}
    root = package.xml(item.path)
    if next(_named(root, "navMap"), None) is not None:
        return tuple(_ncx_labels(root, item.path))[:NAVIGATION_MAX], {}
    labels: tuple[Label, ...] = ()
    landmarks: dict[str, str] = {}
    for nav in _named(root, "nav"):
        kind = _epub_type(nav)
        if kind == "landmarks":
            links = ((link.get("href"), _epub_type(link)) for link in _named(nav, "a"))
            landmarks |= {resolved(item.path, href)[0]: found for href, found in links if href and found}
        elif kind in ("", "toc") and not labels:
            labels = tuple(_nav_labels(nav, item.path))[:NAVIGATION_MAX]
    return labels, landmarks


def _epub_type(element: etree._Element) -> str:
    values = (value for name, value in element.attrib.items() if etree.QName(name).localname == "type")
    return next(values, "").strip().lower()


def _ncx_labels(root: etree._Element, base: str) -> Iterator[Label]:
    for point in _named(root, "navPoint"):
        own = {etree.QName(child).localname: child for child in point.iterchildren(etree.Element)}
        title = _text(own["navLabel"]) if "navLabel" in own else ""
        source = own["content"].get("src") if "content" in own else None
        if title and source:
            yield Label(title, *resolved(base, source), _depth(point, "navPoint"))


def _nav_labels(nav: etree._Element, base: str) -> Iterator[Label]:
    """Yield entries; a part that leads nowhere itself is where its first chapter is."""
    for entry in _named(nav, "li"):
        own = next((child for child in entry.iterchildren(etree.Element) if _is(child, "a", "span")), None)
        href = next((link.get("href") for link in _named(entry, "a") if link.get("href")), None)
        if own is not None and href and (title := _text(own)):
            yield Label(title, *resolved(base, href), _depth(own, "li") - 1)


def _is(element: etree._Element, *names: str) -> bool:
    return etree.QName(element).localname in names


def _depth(element: etree._Element, name: str) -> int:
    return sum(etree.QName(above).localname == name for above in element.iterancestors(etree.Element))


def _cover(root: etree._Element, items: Mapping[str, Item]) -> str | None:
    named = next((meta.get("content") or "" for meta in _named(root, "meta") if meta.get("name") == "cover"), "")
    by_property = next((item for item in items.values() if "cover-image" in item.properties), None)
    item = by_property or items.get(named)
    return item.path if item and item.media_type in ("image/png", "image/jpeg") else None
