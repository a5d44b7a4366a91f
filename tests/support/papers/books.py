"""Books as calibre, Sigil, InDesign, Pandoc and converters from Word bind them, with what is to be read of each.

`PYTHONPATH=tests python -m support.papers.books` tells which of them are read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.core.article import Article
from narrate.sources.read.documents.document import whole_article
from narrate.sources.read.documents.epub import read_epub
from support.papers.packed import packed

_CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
_FIRST = "The lamp at the end of the pier was lit by hand until the winter of the great ice."
_SECOND = "Nobody in the village remembers who carried the oil, but the ladder still leans there."
_THIRD = "In March the keeper wrote to the council and asked for a bell that could be heard in fog."
_FOURTH = "The council answered in June that bells were dear and that fog was rare."


@dataclass(frozen=True, slots=True)
class Shape:
    """A book in one maker's shape.

    Attributes:
        name: What is special about it.
        data: The file.
        read: Texts that are read, in order, without the book's title.
        left_out: Words that are on record as left out.
        headings: Which of the texts are headings, where that is what is asked.
    """

    name: str
    data: bytes
    read: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


def bound(
    files: Mapping[str, str],
    toc: Mapping[str, str] | None = None,
    *,
    spine: str | None = None,
    others: Mapping[str, str | bytes] | None = None,
    guide: str = "",
    nav: str = "",
    manifest: str = "</manifest>",
) -> bytes:
    """Bind files as a book.

    Args:
        files: Bodies by their names, or whole pages.
        toc: Titles by links, as an NCX.
        spine: Elements of the spine, where it is not all files in order.
        others: More files of the archive.
        guide: References of the guide.
        nav: Body of an EPUB 3 navigation, instead of an NCX.
        manifest: How the list of files ends.
    """
    kinds = {"ncx.xml": "application/x-dtbncx+xml"} if toc else {}
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in files)
    items += "".join(f'<item id="{name}" href="{name}" media-type="{kind}"/>' for name, kind in kinds.items())
    if nav:
        items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    order = spine if spine is not None else "".join(f'<itemref idref="{name}"/>' for name in files)
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata><title>The Pier</title></metadata>'
        f'<manifest>{items}{manifest}<spine toc="ncx.xml">{order}</spine><guide>{guide}</guide></package>'
    )
    points = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{link}"/></navPoint>'
        for link, title in (toc or {}).items()
    )
    made: dict[str, str | bytes] = {"META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": opf}
    made |= {f"OEBPS/{name}": _page(body) for name, body in files.items()}
    made |= {"OEBPS/ncx.xml": f"<ncx><navMap>{points}</navMap></ncx>"} if toc else {}
    made |= {"OEBPS/nav.xhtml": _page(nav)} if nav else {}
    return packed(made | dict(others or {}))


def _page(body: str) -> str:
    if body.lstrip().startswith("<?xml") or "<html" in body:
        return body
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>{body}</body></html>'
    )


def read_bound(data: bytes) -> Article:
    """Read a book whole."""
    return whole_article(read_epub(data, "book.epub"))


def shapes() -> Iterator[Shape]:
    """Yield all shapes."""
    yield from _notes()
    yield from _damaged()
    yield from _openings()
    yield from _makers()
    yield from _cut()
    yield from _navigations()
    yield from _matter()


def _notes() -> Iterator[Shape]:
    ref = '<a epub:type="noteref" href="{}">{}</a>'
    aside = '<aside epub:type="footnote" id="n1"><p>{}Oil of rape, as the bills say.</p></aside>'
    chapter = f"<h1>One</h1><p>{_FIRST}{{}} {_SECOND}</p>"
    said = ("One", f"{_FIRST} {_SECOND}", "Oil of rape, as the bills say.")
    yield Shape("popup note", bound({"a.xhtml": chapter.format(ref.format("#n1", "1")) + aside.format("")}), said)
    yield Shape(
        "popup note with a mark and a way back",
        bound(
            {
                "a.xhtml": chapter.format("<sup>" + ref.format("#n1", "*") + "</sup>")
                + aside.format('<a href="#r1">*</a> ')
            }
        ),
        said,
    )
    plain = '<sup><a id="r1" href="notes.xhtml#n1">1</a></sup>'
    for name, note in (
        ("paragraphs", '<p id="n1"><a href="a.xhtml#r1">1</a> Oil of rape, as the bills say.</p>'),
        ("brackets", '<p><a id="n1" href="a.xhtml#r1">[1]</a> Oil of rape, as the bills say.</p>'),
        ("list", '<ol><li id="n1"><p>Oil of rape, as the bills say. <a href="a.xhtml#r1">↩</a></p></li></ol>'),
        (
            "table",
            (
                '<table><tr><td><a id="n1" href="a.xhtml#r1">1</a></td><td>Oil of rape, as the bills '
                "say.</td></tr></table>"
            ),
        ),
    ):
        files = {"a.xhtml": chapter.format(plain), "notes.xhtml": f"<h1>Notes</h1>{note}"}
        yield Shape(
            f"notes in a file of their own: {name}",
            bound(files, {"a.xhtml": "One", "notes.xhtml": "Notes"}),
            ("One", f"{_FIRST} {_SECOND}", "Notes", f"{'1. ' * (name == 'list')}Oil of rape, as the bills say."),
        )
    bare_number = f'<h1>One</h1><p>{_FIRST}<a href="notes.xhtml#n1" id="r1" class="calibre3">1</a> {_SECOND}</p>'
    files = {
        "a.xhtml": bare_number,
        "notes.xhtml": '<p id="n1"><a href="a.xhtml#r1">1</a>. Oil of rape, as the bills say.</p>',
    }
    yield Shape(
        "a mark that is no superscript",
        bound(files, spine='<itemref idref="a.xhtml"/><itemref idref="notes.xhtml" linear="no"/>'),
        ("One", f"{_FIRST} {_SECOND}", "Oil of rape, as the bills say."),
    )


def _damaged() -> Iterator[Shape]:
    one, two = f"<h1>One</h1><p>{_FIRST}</p>", f"<h1>Two</h1><p>{_SECOND}</p>"
    said = ("One", _FIRST, "Two", _SECOND)
    toc = {"a.xhtml": "One", "b.xhtml": "Two"}
    yield Shape("a picture that is missing", bound({"a.xhtml": one + '<img src="no.jpg"/>', "b.xhtml": two}, toc), said)
    ghost = '<itemref idref="a.xhtml"/><itemref idref="ghost"/><itemref idref="b.xhtml"/>'
    yield Shape("a spine of what no manifest lists", bound({"a.xhtml": one, "b.xhtml": two}, toc, spine=ghost), said)
    links = {"A.XHTML": "One", "b%20b.xhtml": "Two"}
    yield Shape(
        "percent and capitals in links", bound({"a.xhtml": one, "b b.xhtml": two}, links), said, (), ("One", "Two")
    )
    twice = '<itemref idref="a.xhtml"/><itemref idref="b.xhtml"/><itemref idref="a.xhtml"/>'
    yield Shape("a text that the spine lists twice", bound({"a.xhtml": one, "b.xhtml": two}, toc, spine=twice), said)
    yield Shape(
        "XHTML that is none",
        bound({"a.xhtml": f"<h1>One<p>{_FIRST}<br><p>Tea & oil &nbsp;&mdash; < 3 pints", "b.xhtml": two}, toc),
        ("One", _FIRST, "Tea & oil — < 3 pints", "Two", _SECOND),
    )
    yield Shape("a plain book", bound({"a.xhtml": one, "b.xhtml": two}, toc), said)
    lost = '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/></manifest>'
    book = bound(
        {"a.xhtml": one, "b.xhtml": two},
        toc,
        guide='<reference type="cover" href="cover.xhtml"/>',
        spine='<itemref idref="cover"/><itemref idref="a.xhtml"/><itemref idref="b.xhtml"/>',
        manifest=lost,
    )
    yield Shape("a cover that is listed and missing", book, said)


def _openings() -> Iterator[Shape]:
    rest = _FIRST.removeprefix("The")
    for name, drop_cap in (
        ("span", f'<span class="dropcap">T</span>he{rest}'),
        ("picture", f'<img src="t.png" alt="T" class="dropcap"/>he{rest}'),
        (
            "picture whose text is longer",
            f'<img src="t.png" alt="T" class="initial"/><span class="sc">he lamp</span>{rest.removeprefix(" lamp")}',
        ),
        (
            "small capitals",
            f'<span class="calibre5">T</span><span class="smallcaps">HE LAMP</span>{rest.removeprefix(" lamp")}',
        ),
        ("paragraph of one letter", None),
    ):
        body = f"<p>{drop_cap}</p>" if drop_cap else f'<p class="dropcap">T</p><p>he{rest}</p>'
        first = _FIRST if name != "small capitals" else _FIRST.replace("The lamp", "THE LAMP")
        yield Shape(
            f"drop cap: {name}", bound({"a.xhtml": f"<h1>One</h1>{body}<p>{_SECOND}</p>"}), ("One", first, _SECOND)
        )


def _makers() -> Iterator[Shape]:
    toc = {"a.xhtml": "Chapter One", "b.xhtml": "Chapter Two"}
    said = ("Chapter One", _FIRST, _SECOND, "Chapter Two", _THIRD, _FOURTH)
    css = {"OEBPS/s.css": ".calibre_12{font-size:1.6em;font-weight:bold;text-align:center}.calibre_3{text-indent:1em}"}

    def two(title: str, text: str = "<p>{}</p>") -> dict[str, str]:
        return {
            "a.xhtml": title.format("Chapter One") + text.format(_FIRST) + text.format(_SECOND),
            "b.xhtml": title.format("Chapter Two") + text.format(_THIRD) + text.format(_FOURTH),
        }

    titles = {
        "calibre, classes for headings": '<p class="calibre_12"><span class="bold">{}</span></p>',
        "InDesign, a paragraph style": '<p class="Chapter-Title ParaOverride-1"><span class="Override-2">{}</span></p>',
        "Word, a style of a heading": (
            '<p class="MsoNormal" style="text-align:center"><b><span style="font-size:20pt">{}</span></b></p>'
        ),
        "Pandoc": '<section class="level1"><h1>{}</h1></section>',
        "a picture as the title": '<h1><img src="t.png" alt="{}"/></h1>',
        "a link back to the contents": '<h2><a href="toc.xhtml">{}</a></h2>',
        "a line break in the title": "<h1>{}<br/></h1>",
    }
    for name, title in titles.items():
        yield Shape(f"{name}", bound(two(title, '<p class="calibre_3">{}</p>'), toc, others=css), said)
    for name in ("calibre, classes for headings", "Word, a style of a heading", "InDesign, a paragraph style"):
        files = two(titles[name], '<p class="calibre_3">{}</p>')
        page = (
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="s.css"/></head>'
            f"<body>{''.join(files.values())}</body></html>"
        )
        styled = {"OEBPS/s.css": css["OEBPS/s.css"] + ".Chapter-Title{font-size:2em;font-weight:bold}"}
        yield Shape(
            f"{name}, in one file without entries",
            bound({"a.xhtml": page}, others=styled),
            said,
            (),
            ("Chapter One", "Chapter Two"),
        )
    yield Shape("paragraphs as boxes", bound(two('<div class="h">{}</div>', '<div class="p">{}</div>'), toc), said)
    yield Shape(
        "number and title apart",
        bound(
            {"a.xhtml": f'<p class="num">1</p><p class="tit">The Lamp</p><p>{_FIRST}</p>'}, {"a.xhtml": "1 The Lamp"}
        ),
        ("1 The Lamp", _FIRST),
    )
    yield Shape(
        "a scene break",
        bound({"a.xhtml": f"<h1>One</h1><p>{_FIRST}</p><p>* * *</p><p>{_SECOND}</p>"}),
        ("One", _FIRST, "* * *", _SECOND),
    )


def _cut() -> Iterator[Shape]:
    head, tail = _FIRST.split(" until ")
    yield Shape(
        "a sentence cut by the end of a file",
        bound(
            {
                "a_split_000.html": f"<h1>One</h1><p>{_SECOND}</p><p>{head}</p>",
                "a_split_001.html": f"<p>until {tail}</p><p>{_THIRD}</p>",
            },
            {"a_split_000.html": "One"},
        ),
        ("One", _SECOND, _FIRST, _THIRD),
    )
    yield Shape(
        "files that end with sentences",
        bound(
            {"a_split_000.html": f"<h1>One</h1><p>{_SECOND}</p>", "a_split_001.html": f"<p>{_THIRD}</p>"},
            {"a_split_000.html": "One"},
        ),
        ("One", _SECOND, _THIRD),
    )
    yield Shape(
        "verses over files",
        bound(
            {
                "a_split_000.html": "<h1>One</h1><p>The lamp was lit,</p><p>The ice was thin,</p>",
                "a_split_001.html": f"<p>The bell was dumb.</p><p>{_THIRD}</p>",
            },
            {"a_split_000.html": "One"},
        ),
        ("One", "The lamp was lit,", "The ice was thin,", "The bell was dumb.", _THIRD),
    )


def _navigations() -> Iterator[Shape]:
    files = {
        "a.xhtml": (
            f'<h1>Part One</h1><h2 id="s1">The Lamp</h2><p>{_FIRST}</p><h2 id="s2">The Bell</h2><p>{_SECOND}</p>'
        ),
        "b.xhtml": f"<h1>Two</h1><p>{_THIRD}</p>",
    }
    nav = (
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Part One</a><ol><li><a href="a.xhtml#s1">The Lamp</a></li>'
        '<li><a href="a.xhtml#s2">The Bell</a></li></ol></li><li><a href="b.xhtml">Two</a></li></ol></nav>'
        '<nav epub:type="page-list"><ol><li><a href="a.xhtml#p1">1</a></li></ol></nav>'
        '<nav epub:type="landmarks"><ol><li><a epub:type="bodymatter" href="a.xhtml">Start</a></li></ol></nav>'
    )
    said = ("Part One", "The Lamp", _FIRST, "The Bell", _SECOND, "Two", _THIRD)
    yield Shape("nested navigation, pages, landmarks", bound(files, nav=nav), said)
    spanned = nav.replace('<a href="a.xhtml">Part One</a>', "<span>Part One</span>")
    yield Shape("a part that leads nowhere", bound(files, nav=spanned), said)
    pages = {
        "a.xhtml": f'<h1>One</h1><p>{_FIRST} <span epub:type="pagebreak" id="p2" title="2"/>{_SECOND}</p>'
        f'<p><a id="page_3" class="page"/>{_THIRD}</p>'
    }
    yield Shape("page marks in the text", bound(pages), ("One", f"{_FIRST} {_SECOND}", _THIRD))
    numbers = {"a.xhtml": f'<h1>One</h1><p>{_FIRST} <span class="pagenum">[12]</span>{_SECOND}</p><p>{_THIRD}</p>'}
    yield Shape("numbers of pages in the text", bound(numbers), ("One", f"{_FIRST} {_SECOND}", _THIRD))


def _matter() -> Iterator[Shape]:
    one = f"<h1>One</h1><p>{_FIRST}</p><p>{_SECOND}</p>"
    front = {
        "cover.xhtml": '<div><img src="c.jpg" alt="Cover"/></div>',
        "title.xhtml": '<p class="t">The Pier</p><p>by Ada Lund</p><p>Harbour Press</p>',
        "rights.xhtml": "<p>Copyright © 2024 Ada Lund. All rights reserved.</p><p>ISBN 978-0-00-000000-0</p>",
        "toc.xhtml": '<h1>Contents</h1><p><a href="a.xhtml">One</a></p><p><a href="index.xhtml">Index</a></p>',
        "a.xhtml": one,
        "index.xhtml": "<h1>Index</h1><p>bell, 12, 14–16</p><p>ladder, 3</p>",
        "also.xhtml": "<h1>Also by Ada Lund</h1><p>The Ferry</p><p>The Weir</p>",
        "news.xhtml": (
            "<h1>Thank you for reading!</h1><p>Sign up for our newsletter at harbour.example/news "
            "and get a free book.</p>"
        ),
        "author.xhtml": "<h1>About the Author</h1><p>Ada Lund lives by the sea and keeps three boats.</p>",
    }
    toc = {
        "a.xhtml": "One",
        "index.xhtml": "Index",
        "also.xhtml": "Also by Ada Lund",
        "news.xhtml": "Thank you for reading!",
        "author.xhtml": "About the Author",
    }
    yield Shape(
        "front and back matter",
        bound(front, toc),
        ("One", _FIRST, _SECOND, "About the Author", "Ada Lund lives by the sea and keeps three boats."),
        ("by Ada Lund", "ISBN", "bell, 12", "The Ferry", "Sign up"),
    )
    praise = {
        "praise.xhtml": "<h1>Praise for The Pier</h1><p>“A wonder.” — The Courier</p><p>“I wept.” — Sound Weekly</p>",
        "dedication.xhtml": '<p epub:type="dedication">For Jonas, who waited.</p>',
        "a.xhtml": one,
    }
    yield Shape(
        "praise and dedication",
        bound(praise, {"a.xhtml": "One"}),
        ("For Jonas, who waited.", "One", _FIRST, _SECOND),
        ("A wonder",),
    )


def missed(shape: Shape) -> str:
    """Return how a book is read otherwise than it should be, "" where it is not."""
    try:
        article = read_bound(shape.data)
    except Exception as error:  # what is measured is whether it is read
        return f"{type(error).__name__}: {error}"
    got = tuple(block.text for block in article.blocks if block.kind not in ("title", "image"))
    dropped = " ".join(drop.block.text for drop in article.drops)
    silent = [words for words in shape.left_out if words not in dropped]
    found = {block.text for block in article.blocks if block.kind == "heading"}
    return "" if got == shape.read and not silent and found >= set(shape.headings) else f"{got} {silent} {found}"


if __name__ == "__main__":
    every = list(shapes())
    wrong = [(shape.name, how) for shape in every if (how := missed(shape))]
    for name, how in wrong:
        print(f"{name}: {how}")
    print(f"{len(every) - len(wrong)} of {len(every)} are read as they should be")
