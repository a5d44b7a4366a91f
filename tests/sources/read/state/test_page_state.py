"""Articles that stand only in the data for a page's script are read from there."""

from __future__ import annotations

import json

import pytest

from narrate.core.errors import SourceError
from narrate.sources.read.html import read_page

TITLE = "The lamp of Hornsund"
LINES = [
    "The lamp of Hornsund was first lit in the autumn of 1841, when the herring had gone and nobody paid.",
    "Its keeper, a widow with four sons, wrote down every ship that passed,"
    " and the books fill a shelf in the town hall.",
    "She noted the weather twice a day, the price of oil once a month,"
    " and the names of those who came to ask for bread.",
    "When the light was to be put out in 1903, the pilots struck"
    " until the ministry gave in and sent new mirrors instead.",
]
OTHER = [line.replace("lamp of Hornsund", "mill at Aske").replace("ship", "cart") for line in LINES * 3]
HEADING = "The widow's books"
MARKUP = f"<p>{LINES[0]}</p><p>{LINES[1]}</p><h2>{HEADING}</h2><p>{LINES[2]}</p><p>{LINES[3]}</p>"
EXPECTED = [
    ("paragraph", LINES[0]),
    ("paragraph", LINES[1]),
    ("heading", HEADING),
    ("paragraph", LINES[2]),
    ("paragraph", LINES[3]),
]


def said(scripts: str, url: str | None = None) -> list[tuple[str, str]]:
    html = f"<title>{TITLE}</title><body><div id=root></div>{scripts}</body>"
    return [(block.kind, block.text) for block in read_page(html, url=url, name="page").article.blocks[1:]]


def next_data(page: object) -> str:
    data = {"props": {"pageProps": page}, "page": "/[slug]", "buildId": "x" * 300}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'


EDITORS = {
    "portable text": lambda text, kind: {
        "_type": "block",
        "_key": "k1",
        "style": "normal" if kind == "paragraph" else "h2",
        "markDefs": [{"_type": "link", "href": "https://a.example"}],
        "children": [
            {"_type": "span", "marks": [], "text": text[:20]},
            {"_type": "span", "marks": ["em"], "text": text[20:]},
        ],
    },
    "contentful": lambda text, kind: {
        "nodeType": "paragraph" if kind == "paragraph" else "heading-2",
        "data": {},
        "content": [
            {"nodeType": "text", "value": text[:10], "marks": [], "data": {}},
            {
                "nodeType": "hyperlink",
                "data": {"uri": "https://a.example"},
                "content": [{"nodeType": "text", "value": text[10:], "marks": [{"type": "bold"}], "data": {}}],
            },
        ],
    },
    "prosemirror": lambda text, kind: {
        "type": kind,
        "attrs": {"level": 2, "textAlign": None},
        "content": [
            {"type": "text", "text": text[:15]},
            {"type": "text", "marks": [{"type": "bold"}], "text": text[15:]},
        ],
    },
    "slate": lambda text, kind: {"type": "p" if kind == "paragraph" else "h2", "children": [{"text": text}]},
    "draft": lambda text, kind: {
        "key": "a1",
        "text": text,
        "type": "unstyled" if kind == "paragraph" else "header-two",
        "inlineStyleRanges": [],
    },
    "editor.js": lambda text, kind: {
        "id": "x",
        "type": "paragraph" if kind == "paragraph" else "header",
        "data": {"text": text.replace("widow", "<b>widow</b>"), "level": 2},
    },
    "gutenberg": lambda text, kind: {"name": f"core/{kind}", "attributes": {}, "content": text},
}


@pytest.mark.parametrize("editor", list(EDITORS))
def test_editors(editor: str) -> None:
    """Whatever an editor keeps, its parts become paragraphs and headings in their order."""
    body = {"blocks": [EDITORS[editor](text, kind) for kind, text in EXPECTED]}

    assert said(next_data({"post": {"title": TITLE, "slug": "lamp", "body": body}})) == EXPECTED


def pushed(rows: str) -> str:
    """Rows as Next.js pushes them, cut in the middle of a word."""
    half = len(rows) // 2
    calls = "".join(
        f"<script>self.__next_f.push({json.dumps([1, part])})</script>"
        for part in (rows[:half] + " " * 300, rows[half:])
    ).replace(" " * 300, "")
    return calls + f"<script>self.__next_f=self.__next_f||[];/*{'x' * 300}*/</script>"


def text_row(name: str, text: str) -> str:
    return f"{name}:T{len(text.encode()):x},{text}"


def elements() -> list[object]:
    inner = [["$", "p" if kind == "paragraph" else "h2", None, {"children": text}] for kind, text in EXPECTED]
    return ["$", "article", None, {"className": "post", "children": [["$", "h1", None, {"children": TITLE}], *inner]}]


POST = {"title": TITLE, "slug": "the-lamp", "author": {"bio": " ".join(OTHER)}, "body": MARKUP}
STORES = {
    "__NEXT_DATA__": next_data({"post": POST, "related": [{"title": "A mill", "body": " ".join(OTHER)}]}),
    "window": f"<script>window.__PRELOADED_STATE__ = {json.dumps({'entities': {'1': POST}})};</script>",
    "JSON.parse": f"<script>window.__S__ = JSON.parse({json.dumps(json.dumps({'page': POST}))});</script>",
    "apollo": "<script>window.__APOLLO_STATE__="
    + json.dumps(
        {
            "ROOT_QUERY": {"post": {"__ref": "Post:1"}},
            "Post:1": {"title": TITLE, "content": {"__ref": "Body:1"}, "next": {"__ref": "Post:2"}},
            "Body:1": {"html": MARKUP, "post": {"__ref": "Post:1"}},
            "Post:2": {"title": "A mill", "content": {"html": " ".join(OTHER)}},
        }
    )
    + "</script>",
    "gatsby": "<script>window.pageData="
    + json.dumps({"result": {"data": {"markdownRemark": {"title": TITLE, "html": MARKUP}}}})
    + "</script>",
    "sveltekit": '<script type="application/json" data-sveltekit-fetched data-url="/x">'
    + json.dumps({"status": 200, "body": json.dumps({"post": POST})})
    + "</script>",
    "nuxt 3": '<script type="application/json" id="__NUXT_DATA__">'
    + json.dumps(
        [
            ["Reactive", 1],
            {"data": 2},
            ["ShallowReactive", 3],
            {"post": 4},
            {"title": 5, "body": 6, "tags": 7},
            TITLE,
            MARKUP,
            [8],
            "sea",
        ]
    )
    + "</script>",
    "nuxt 2": "<script>window.__NUXT__=(function(a,b){return {data:[{post:{title:a,body:"
    + json.dumps(MARKUP).replace("<", "\\u003C").replace("/", "\\u002F")
    + f"}}}}],fetch:b}}}}({json.dumps(TITLE)},{{}}));</script>",
    "rows of markup": pushed(
        f'0:["$","$L1",null,{{"post":{json.dumps({"title": TITLE, "body": "$2"})}}}]\n'
        + text_row("2", MARKUP)
        + "3:null\n"
    ),
    "rows of elements": pushed(
        '1:I["x"]\n0:'
        + json.dumps(["$", "main", None, {"notFound": ["$", "p", None, {"children": OTHER}], "children": elements()}])
        + "\n"
    ),
    "wordpress": "<script>var page = "
    + json.dumps({"title": {"rendered": TITLE}, "content": {"rendered": MARKUP}})
    + ";</script>",
}


@pytest.mark.parametrize("store", list(STORES))
def test_stores(store: str) -> None:
    """The article comes from its own title's data, wherever a framework keeps that, and no other article does."""
    assert [part for part in said(STORES[store]) if part != ("heading", TITLE)] == EXPECTED


@pytest.mark.parametrize(
    "script",
    [
        # Another article alone, several without a title of this one, words of buttons, code.
        next_data({"post": {"title": "The mill", "body": " ".join(OTHER).replace("lamp", "mill")}}),
        next_data(
            {"posts": [{"title": f"Mill {number}", "slug": "m", "body": " ".join(OTHER)} for number in range(4)]}
        ),
        next_data(
            {
                "i18n": {
                    f"k{number}": f"Are you sure that you want to delete entry {number} now?" for number in range(40)
                }
            }
        ),
        f"<script>{'function a(){return 1};' * 60}</script>",
        "<script>window.x = {" + '"a":[' * 500 + "</script>",
        f'<script type="application/json">{"[" * 100_000}</script>',
        f"<script>self.__next_f.push([1,{json.dumps('0:T' + 'f' * 8 + ',' + 'x' * 400)}])</script>",
        '<script type="application/json">' + json.dumps([{"a": 0, "b": [1]}, 0, "x" * 400]) + "</script>",
    ],
    ids=["another", "several", "buttons", "code", "broken", "deep", "too long", "circle"],
)
def test_no_article(script: str) -> None:
    """What is not this article is not read in its stead; whatever the data is, there is no other error."""
    with pytest.raises(SourceError, match="no article text"):
        said(script)


def test_page_that_shows_its_article() -> None:
    """The data of a page that shows its article are not asked."""
    shown = "".join(f"<p>{line}</p>" for line in [*LINES, *OTHER])

    assert said(f"<article>{shown}</article>{STORES['window']}")[0] == ("paragraph", LINES[0])
    assert len(said(f"<article>{shown}</article>{STORES['window']}")) == len([*LINES, *OTHER])


FURTHER = {
    "with addresses": [{"title": "The mill at Aske", "slug": "mill", "body": " ".join(OTHER)}],
    "with dates": [{"headline": "The mill at Aske", "publishedAt": "2025-03-01", "body": " ".join(OTHER)}] * 3,
    "with excerpts": [
        {"title": "The mill at Aske", "excerpt": " ".join(OTHER)},
        {"title": "Bread", "excerpt": OTHER[0]},
    ],
    "nested": {"items": [{"node": {"title": "The mill at Aske", "uri": "/mill", "content": " ".join(OTHER)}}]},
}


@pytest.mark.parametrize("further", FURTHER)
@pytest.mark.parametrize("site", ["", " | Arctic Weekly", " – Arctic Weekly"])
def test_further_articles_are_not_read(further: str, site: str) -> None:
    """Of a page's data the article is read whose title is the page's, with or without the site's name."""
    content = [{"type": "paragraph", "text": line} for line in LINES]
    script = next_data({"title": TITLE, "content": content, "readNext": FURTHER[further]})
    html = f"<title>{TITLE}{site}</title><body><div id=root></div>{script}</body>"

    texts = [block.text for block in read_page(html, name="page").article.blocks]
    assert [text for text in texts if text in LINES] == LINES
    assert not [text for text in texts if "mill at Aske" in text]


def test_sections_of_an_article_are_its_own() -> None:
    """Parts with headings of their own are no further articles."""
    sections = [{"heading": f"Part {number}", "text": line} for number, line in enumerate(LINES)]
    texts = [text for _, text in said(next_data({"title": TITLE, "sections": sections}))]

    assert [text for text in texts if text in LINES] == LINES
