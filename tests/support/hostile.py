"""Inputs of any size that nobody writes: what nests, is never closed, repeats or counts, and the readers that get them.

A shape is a piece that is repeated between a head and a tail; "@" in it is the number of its turn. Two pieces, each
for half of the size, make what is opened so often and closed as often.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from narrate.check.document import parsed
from narrate.check.feed import check_feed
from narrate.check.transcripts import READERS as TRANSCRIPTS
from narrate.core import toml
from narrate.core.settings.loading import Settings
from narrate.episode.manifest import from_json
from narrate.sources.fetch import robots
from narrate.sources.gather import feeds, lists
from narrate.sources.gather.feed_xml import text_of
from narrate.sources.read.source import _article, _Bytes

Reader = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to make an input.

    Attributes:
        piece: What is repeated; "@" is the number of its turn.
        head: What stands before all pieces.
        tail: What stands after them.
        then: Another piece, for the second half of the size.
        between: What stands between the halves.
    """

    piece: str
    head: str = ""
    tail: str = ""
    then: str = ""
    between: str = ""

    def __call__(self, size: int) -> bytes:
        """Return an input of about so many bytes."""
        half = size // 2 if self.then else size
        parts = (self.head, _repeated(self.piece, half), self.between, _repeated(self.then, half), self.tail)
        return "".join(parts).encode("utf-8", "surrogatepass")


def _repeated(piece: str, size: int) -> str:
    if "@" not in piece:
        return piece * (size // len(piece)) if piece else ""
    made: list[str] = []
    left = size
    for number in count():
        made.append(piece.replace("@", str(number)))
        left -= len(made[-1])
        if left <= 0:
            return "".join(made)
    raise AssertionError("numbers never end")


_HEAD = "<html><body><article><p>The keeper wrote a letter and that is all.</p>"
_TAIL = "</article></body></html>"
_PROSE = "The keeper of the light wrote that the night was calm. "


def _in_page(piece: str, head: str = "", tail: str = "", **rest: str) -> Shape:
    return Shape(piece, _HEAD + head, tail + _TAIL, **rest)


def _in_head(piece: str, head: str = "", tail: str = "") -> Shape:
    return Shape(piece, f"<html><head>{head}", f"{tail}</head>{_HEAD}{_TAIL}")


def _in_data(piece: str, head: str = "", tail: str = "") -> Shape:
    return _in_page(piece, "<script type=application/ld+json>" + head, tail + "</script>")


def _in_yaml(piece: str, head: str = "", tail: str = "") -> Shape:
    return Shape(piece, "---\ntitle: The Lamp\n" + head, f"{tail}\n---\n\n{_PROSE}\n")


def _in_toml(piece: str, head: str = "", tail: str = "") -> Shape:
    return Shape(piece, "+++\n" + head, f"{tail}\n+++\n\n{_PROSE}\n")


_ARTICLE = '{"@type":"Article",'

HTML: Mapping[str, Shape] = {
    "prose": _in_page(f"<p>{_PROSE}</p>"),
    "spanning cells": _in_page("<tr><td colspan=100000 rowspan=100000>a</td></tr>", "<table>", "</table>"),
    "spanned rows": _in_page(
        "<td colspan=1000 rowspan=65534>a</td>", "<table><tr>", "</table>", between="</tr>", then="<tr><td>b</td></tr>"
    ),
    "a wide row over narrow ones": _in_page("<td>a", "<table><tr>", "</table>", then="<tr><td>b"),
    "a wide row": _in_page("<td>a", "<table><tr>", "</table>"),
    "many rows": _in_page("<tr><td>a<td>b", "<table>", "</table>"),
    "tables in tables": _in_page("<table><tr><td>a<td>"),
    "tables": _in_page("<table><tr><td>a<td>b</table>"),
    "captions of a table": _in_page("<caption>a", "<table>"),
    "unclosed div": _in_page("<div>a"),
    "unclosed b": _in_page("<b>a"),
    "unclosed font": _in_page("<font>a"),
    "unclosed p": _in_page("<p>a"),
    "unclosed blockquote": _in_page("<blockquote>a"),
    "lists in lists": _in_page("<ul><li>a"),
    "a numbered list": _in_page("<li>a", "<ol reversed>", "</ol>"),
    "numbered lists in lists": _in_page("<ol><li>a"),
    "definitions": _in_page("<dt>a<dd>b", "<dl>"),
    "marks of notes": _in_page("<sup><a href=#fn1>1</a></sup>"),
    "unclosed marks": _in_page("<sup><a href=#fn1>"),
    "links around links": _in_page("<a href=#fn1><sup>1</sup>"),
    "hidden spans": _in_page("<span hidden>a</span>b"),
    "scripts": _in_page("<script>a</script>b"),
    "attributes": Shape(" a@=b", _HEAD + "<p", ">x" + _TAIL),
    "attributes without values": Shape(" a@", _HEAD + "<p", ">x" + _TAIL),
    "quoted attributes": Shape(' a@="<b>"', _HEAD + "<p", ">x" + _TAIL),
    "attributes without spaces": Shape('a@="b"', _HEAD + "<p ", ">x" + _TAIL),
    "attributes of signs": Shape(" \"<'@", _HEAD + "<p", ">x" + _TAIL),
    "tags without ends": _in_page("<a b c "),
    "tags with unclosed quotes": _in_page('<a b="'),
    "classes": Shape("a ", _HEAD + "<p class='", "'>x</p>" + _TAIL),
    "spaces in a style": Shape(" ", _HEAD + "<p style=';", "'>x</p>" + _TAIL),
    "comments": _in_page("<!-- a -->b"),
    "unclosed comments": _in_page("<!--"),
    "CDATA": _in_page("<![CDATA[a]]>"),
    "tag openers": _in_page("<"),
    "closing tags": _in_page("</div>"),
    "bare ampersands": _in_page("&"),
    "entities": _in_page("&#x41"),
    "a number without end": _in_page("9", "&#"),
    "images": _in_page("<img src=a alt='b c'>"),
    "a srcset": Shape("a.jpg 1x, ", _HEAD + "<img srcset='", "'>" + _TAIL),
    "a data address": Shape("A", _HEAD + "<img src='data:image/png;base64,", "' alt='x'>" + _TAIL),
    "code": _in_page("a b\n", "<pre>", "</pre>"),
    "blank code": _in_page("\n", "<pre>a", "b</pre>"),
    "headings": _in_page("<h2>a</h2><p>b</p>"),
    "links": _in_page("<p><a href=http://a.b/c>d</a>"),
    "links in a paragraph": _in_page("<a href=b>a</a> ", "<p>"),
    "spans in a paragraph": _in_page("<span>a</span> ", "<p>"),
    "pictures in a paragraph": _in_page("<img src=a.jpg alt=b> ", "<p>"),
    "line breaks": _in_page("a<br>", "<p>"),
    "the same paragraph": _in_page(f"<p>{_PROSE}</p>"),
    "nearly the same paragraph": _in_page("<p>The keeper of the light @ wrote that the night was calm.</p>"),
    "the same letters": _in_page("a" * 40 + ". ", "<p>"),
    "quotes": _in_page("<q>a"),
    "formulas": _in_page("<math>a"),
    "figures": _in_page("<figure><img alt=a><figcaption>a"),
    "authors in authors": _in_page("<span itemprop=author><span itemprop=name>a"),
    "bylines in bylines": _in_page("<div class=byline>a"),
    "dates in dates": _in_page("<span itemprop=datePublished>a"),
    "streamed parts": _in_page("<template id=B:@></template><div hidden id=S:@>a</div><!--/$-->"),
    "slots": _in_page(
        "<slot name=s@></slot>",
        "<x-a><template shadowrootmode=open>",
        "</x-a>",
        between="</template>",
        then="<i slot=s@>a</i>",
    ),
    "raised marks": _in_page("a<sup>1</sup>", "<p>"),
    "notes in the margin": _in_page("a<span class=sidenote>b</span> ", "<p>"),
    "hidden in hidden": _in_page("<div hidden>A sentence that is long enough for prose. "),
    "hidden parts": _in_page("<div hidden class=tab-pane>A sentence that is long enough for prose.</div>"),
    "buttons in a paragraph": _in_page("<button>a</button> b ", "<p>"),
    "buttons in a heading": _in_page("<button aria-expanded=false>a b</button>", "<h2>"),
    "buttons and sentences": _in_page(f"<button>a</button> {_PROSE}", "<p>"),
    "hints in a paragraph": _in_page(f"<span>opens in a new window</span> {_PROSE}", "<p>"),
    "formulas in a paragraph": _in_page("<math>a</math> ", "<p>"),
    "paths in a paragraph": _in_page(f"<span class=breadcrumb><a href=/a>b</a></span> {_PROSE}", "<p>"),
    "advertisements": _in_page(f"<div>Advertisement</div>{_PROSE}"),
    "empty slots": _in_page(f"a<slot></slot>{_PROSE}", "<x-a><template shadowrootmode=open>", "</template></x-a>"),
    "texts beside slots": _in_page(
        f"<i slot=a>b</i>{_PROSE}", "<x-a><template shadowrootmode=open><slot></slot></template>", "</x-a>"
    ),
    "a line in a division": _in_page("a <i>b</i> ", "<div>", "<p>c</p></div>"),
    "a long class around hidden parts": _in_page(
        "b ", "<div class='", between="'>", then=f"<div hidden>{_PROSE * 2}</div>"
    ),
    "a long class around paragraphs": _in_page("b ", "<div class='", between="'>", then=f"<p>{_PROSE}</p>"),
    "a long title": Shape(
        "w@ ", "<html><head><title>", _TAIL, between="</title></head><body>", then="<p>The light @ is calm.</p>"
    ),
    "nothing in deep divisions": _in_page("<i></i>", "<div>" * 285, "a"),
    "sentences in deep divisions": _in_page(f"<p>{_PROSE}</p>", "<div>" * 285),
    "long texts around each other": _in_page(f"<div>{_PROSE * 40}"),
    "empty divisions": _in_page("<div></div>"),
    "towers": _in_page("<div>" * 20 + f"<p>{_PROSE}</p>" + "</div>" * 20, "<div>" * 250),
    "headings of the first level": _in_page("<h1>The light @ is calm.</h1>"),
    "halves": _in_page("<i aria-hidden=true>a</i><i class=sr-only>b</i> ", "<p>"),
    "halves with a label": _in_page("<i aria-hidden=true>a</i>", "<p aria-label=b>"),
    "open formatting": _in_page("<font size=@>a<p>b"),
    "references to references": Shape(
        '"A:@":{"a":[{"__ref":"A:1"},{"__ref":"A:2"},{"__ref":"A:3"},{"__ref":"A:4"}]},',
        _HEAD + "<script>window.x={",
        '"b":1}</script>' + _TAIL,
    ),
    "a title of separators": Shape("a | ", "<title>", "</title>" + _HEAD + _TAIL),
    "titles": _in_head("<title>a</title>"),
    "meta elements": _in_head("<meta name=author content='Anna Berg@'>"),
    "dates": _in_head("<meta name=date content='Mon, 1 Feb'>"),
    "a date of brackets": _in_head("(", "<meta name=date content='", "'>"),
    "a date of commas": _in_head("a,", "<meta name=date content='", "'>"),
    "refreshes": _in_head("<meta http-equiv=refresh content='0;url=a'>"),
    "addresses of the page": _in_head("<link rel=canonical href='//['>"),
    "an address of dots": _in_head("/..", "<link rel=canonical href='http://a.b", "'>"),
    "JSON, brackets": _in_data("["),
    "JSON, objects": _in_data('{"a":'),
    "JSON, a number": _in_data("9"),
    "JSON, an exponent": _in_data("9", "[1e", "]"),
    "JSON, commas": _in_data(", ", "[1", "]"),
    "JSON, spaces": _in_data(" ", "[1,", "2"),
    "JSON, comments": _in_data("/*"),
    "JSON, ends of comments": _in_data("-->", "", "x"),
    "JSON, nodes": _in_data('{"@type":"Article","headline":"a"},', "[", "1]"),
    "JSON, scripts": _in_page('<script type=application/ld+json>{"@type":"Article","headline":"a"}</script>'),
    "JSON, authors": _in_data('{"@id":"a"},', _ARTICLE + '"author":[', "1]}"),
    "JSON, tags of a body": _in_data("<br ", _ARTICLE + '"articleBody":"</p>', '"}'),
    "JSON, a body of sentences": _in_data(_PROSE, _ARTICLE + '"articleBody":"', '"}'),
    "JSON, halves of letters": _in_data("\\ud800", '["', '"]'),
    "JSON, a count of words": _in_data("1", _ARTICLE + '"wordCount":"', '"}'),
    "an encoding that is none": Shape("a", '<?xml version="1.0" encoding="idna"?>' + _HEAD + "\x85xn--", _TAIL),
    "dots": _in_page(".", "<p>a"),
    "spaces": _in_page(" ", "<p>a", "b"),
    "accents": _in_page("\u0301", "<p>a"),
    "NUL": _in_page("\0a"),
}  # fmt: skip

MARKDOWN: Mapping[str, Shape] = {
    "prose": Shape(_PROSE + "\n\n"),
    "escaped quotes in a list": _in_yaml('\\"', 'tags: [ "', " ]"),
    "quotes in a list": _in_yaml('"', "tags: [ ", " ]"),
    "doubled quotes in a list": _in_yaml("''", "tags: [ '", " ]"),
    "open quotes in a list": _in_yaml('", ', 'tags: [ "', "]"),
    "apostrophes in a list": _in_yaml(" 'a''", "tags: [ ", "]"),
    "quotes of two kinds": _in_yaml("\"'", "tags: { a: ", " }"),
    "backslashes": _in_yaml("\\", 'tags: [ "', " ]"),
    "brackets": _in_yaml("[", "tags: ", " ]"),
    "comments": _in_yaml("# ", "tags: [ a ", "] x"),
    "spaces in a value": _in_yaml(" ", "date: 2024-01-01", "x"),
    "keys": _in_yaml("k@: v\n"),
    "items": _in_yaml("- a\n", "tags:\n"),
    "TOML, a dotted key": _in_toml("a.", "", "a = 1"),
    "TOML, a quoted dotted key": _in_toml("''.", "", "a = 1"),
    "TOML, a dotted table": _in_toml("a.", "[", "a]"),
    "TOML, brackets": _in_toml("[", "a = "),
    "TOML, tables in tables": _in_toml("{a=", "a = "),
    "TOML, tables": _in_toml("[t@]\n"),
    "TOML, keys": _in_toml("a.b.c.d@ = 1\n"),
    "TOML, long keys": _in_toml("a.a.a.a.a.a.a.a.a.a.a.a.k@ = 1\n"),
    "TOML, a number": _in_toml("9", "title = "),
    "TOML, a number of letters": _in_toml("f", "title = 0x"),
    "TOML, comments": _in_toml("# \n ", "", "x"),
    "TOML, a word": _in_toml("a", "", "!"),
    "[": Shape("["),
    "](": Shape("]("),
    "![": Shape("!["),
    "[[": Shape("[["),
    "[a](b": Shape("[a](b"),
    "links in links": Shape("[", between="a", then="](a)"),
    "images in images": Shape("![", between="a", then="](a)"),
    "links": Shape("[a](b) "),
    "definitions of links": Shape("[r@]: x\n", then="[r@] ", between="\n"),
    "an open title": Shape("[a]: x '"),
    "notes": Shape("[^@] ", then="[^@]: a\n\n", between="\n\n"),
    "named notes": Shape("[^a@] ", then="[^a@]: a\n\n", between="\n\n"),
    "notes that nothing names": Shape("[^a@]: b\n\n"),
    "a row of marks": Shape("[^1] ", "a", "b\n\n[^1]: x"),
    "a row of marks and commas": Shape("[^1] ,", "a", "b\n\n[^1]: x"),
    "notes in the text": Shape("^[a] "),
    "open notes in the text": Shape("^["),
    "open comments": Shape("%%\n\n", tail="%% a"),
    "open comments of HTML": Shape("<!-- ", "word\n\n"),
    "open components": Shape("<Ab a={ ", "import 'a'\n\n"),
    "open expressions": Shape("{\n\n", "import 'a'\n\n"),
    "open imports": Shape("import {\n\n", "word\n\n"),
    "open templates": Shape("{% "),
    "open code of a template": Shape("{% highlight a %}\n\n", "word\n\n"),
    "open formulas": Shape("$a "),
    "open formulas in lines": Shape("\\[\n\n"),
    "open insertions": Shape("{++ a"),
    "open citations": Shape("[a @b; "),
    "highlights": Shape("==a "),
    "addresses with parentheses": Shape("](a(", "[a"),
    "admonitions": Shape("!!! a\n    b\n"),
    "containers": Shape(":::a\n\n", "word\n\n"),
    "indented lines that go on": Shape("    Word word word\na\n\n"),
    "indented sentences": Shape("    A word is here.\n\n"),
    "verse": Shape("| a\n"),
    "open directives": Shape("```{note}\n", tail="word"),
    "links into the page": Shape("- [a](#a)\n", "word\n\n"),
    "a formula": Shape("\\frac{a}{", "$", "$"),
    "stars": Shape("*"),
    "emphasis": Shape("*a "),
    "emphasis of two kinds": Shape("*_a"),
    "underscores": Shape("a_"),
    "strokes": Shape("~~a "),
    "ticks": Shape("`a``b"),
    "escapes": Shape("\\"),
    "entities": Shape("&amp;"),
    "tags": Shape("<a "),
    "addresses": Shape("<http://a"),
    "comments in the text": Shape("a <!-- "),
    "CDATA in the text": Shape("a <![CDATA[ "),
    "attributes": Shape(" a=b", "a <a"),
    "marks of quotes": Shape("> "),
    "quotes": Shape("> > > a\n\n"),
    "marks of lists": Shape("- "),
    "lists": Shape("* a\n+ a\n- a\n"),
    "quotes in lists": Shape("> - "),
    "a lazy quote": Shape("a\n", "> "),
    "blank lines in a list": Shape("\n", "- a", "b"),
    "number signs": Shape("# "),
    "closed headings": Shape(" #", "# a"),
    "headings": Shape("# h@\n\np\n\n"),
    "underlined": Shape("a\n===\n"),
    "fences": Shape("```\n"),
    "code": Shape("    a\n"),
    "a table": Shape("|a|b|\n", "|a|b|\n|-|-|\n"),
    "a wide table": Shape("|a", "", "|\n", between="|\n", then="|-"),
    "tables": Shape("a|b\n-|-\n"),
    "definitions": Shape("a\n: b\n\n"),
    "HTML": Shape("<div>a\n\n"),
    "HTML of spanning cells": Shape("<tr><td colspan=100000 rowspan=100000>a", "<table>"),
    "comments of HTML": Shape("<!-- a\n"),
    "open marks": Shape("<a href=#fn1>"),
    "Jekyll": Shape("{% "),
    "Hugo": Shape("{{< "),
    "kramdown": Shape(".a ", "a {: "),
    "Pandoc": Shape(" .a", "[a](b){"),
    "spaces": Shape(" ", "a", "b"),
    "accents": Shape("\u0301", "a"),
}  # fmt: skip

_MIME = "From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"

MAIL: Mapping[str, Shape] = {
    "prose": Shape(_PROSE, "From: a\nMIME-Version: 1.0\nSubject: b\n\n"),
    "parts": Shape("--b\n\na\n", _MIME),
    "parts that are pages": Shape("--b\nContent-Type: text/html\n\n<p>a\n", _MIME),
    "parts in parts": Shape("--b\nContent-Type: multipart/mixed; boundary=b\n\n", _MIME),
    "messages in messages": Shape("Content-Type: message/rfc822\n\n"),
    "headers": Shape("X-A: b\n", "From: a\n"),
    "a long header": Shape("a\n ", "From: a\nSubject: "),
    "words of a header": Shape("=?utf-8?q?a?= ", "From: a\nSubject: "),
    "quotation marks of a header": Shape('";', 'From: a\nContent-Type: text/plain; a="'),
    "boundaries that are none": Shape("--bb\n--b--b\n", _MIME),
    "quoted lines": Shape("> a\n\n", "From: a\nSubject: b\n\n"),
    "announcements": Shape("On Monday Anna wrote:\n", "From: a\nSubject: b\n\n"),
    "headers in the text": Shape("From: a\nTo: b\n", "From: a\nSubject: b\n\na\n\n"),
    "signatures": Shape("-- \na\n", "From: a\nSubject: b\n\n"),
    "disclaimers": Shape("this email a ", "From: a\nSubject: b\n\n"),
    "base64": Shape("YWJj\n", "From: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"),
    "quoted-printable": Shape("=61=\n", "From: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n"),
}

TEXT: Mapping[str, Shape] = {
    "numbers between lines": Shape(f"{_PROSE}and\n@\n"),
    "heads between lines": Shape(f"{_PROSE}and\nThe Light | @\n\f"),
    "one short line": Shape("a b\n"),
    "ends of pages": Shape("\f"),
    "blank lines and numbers": Shape("\n\n1\n\n\n"),
    "halves of words": Shape("ab-\n"),
    "entities": Shape("&amp;amp;"),
    "open entities": Shape("&"),
    "stars": Shape("*a *"),
    "stars and words": Shape("**a"),
    "private characters": Shape("\ue000 \n"),
    "rows of cells": Shape("| a | b |\n"),
    "bars": Shape("|"),
    "quotes in lines": Shape("> "),
    "marks of notes": Shape("a[1]", "[1] a\n"),
    "buttons": Shape("[edit] ", "History[edit]\n"),
    "contents": Shape("Contents\n1 a\n", "History[edit]\n"),
    "notes of a transcriber": Shape("[Transcriber's Note: a\n\n", "*** START OF THE PROJECT GUTENBERG EBOOK ***\n"),
    "starts of a frame": Shape("*** START OF THE PROJECT GUTENBERG EBOOK ***\n"),
    "prose": Shape(_PROSE + "\n\n"),
    "one line": Shape(_PROSE),
    "one word": Shape("a"),
    "lines": Shape("a\n"),
    "blank lines": Shape("\n", "a", "b"),
    "number signs": Shape("# "),
    "a row of signs": Shape("*-_=~# ", "", "x"),
    "bullets": Shape("- a\n"),
    "numbers": Shape("1) "),
    "dots": Shape("A.", "a ", "\n\nb"),
    "closed sentences": Shape('"', "a.", "b"),
    "bylines": Shape("By Anna Berg\n\n"),
    "accents": Shape("\u0316\u0301", "a"),
    "jamo": Shape("\u1100\u1161"),
    "line ends": Shape("a\u2028"),
    "brackets": Shape("[a](", "b "),
    "an open fence of dashes": Shape("a: b\n", "---\n"),
    "comments": Shape("<!-- a -->"),
    "spaces": Shape(" ", "a", "b"),
    "languages": Shape("el de la und der the le "),
}

_RSS, _RSS_END = '<?xml version="1.0"?><rss version="2.0"><channel><title>a</title>', "</channel></rss>"
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title>'
_JSON = '{"version":"https://jsonfeed.org/version/1.1","items":'


def _in_item(piece: str, tag: str = "title") -> Shape:
    """A text without end, and as many of them."""
    text = piece * (4_000 // len(piece))
    return Shape(f"<item><link>http://a.b/@</link><{tag}>{text}</{tag}></item>", _RSS, _RSS_END)


FEEDS: Mapping[str, Shape] = {
    "items": Shape("<item><link>http://a.b/@</link><title>t@</title></item>", _RSS, _RSS_END),
    "dates of brackets": _in_item("(", "pubDate"),
    "dates of numbers": _in_item("1-", "pubDate"),
    "dates of spaces": _in_item(" ", "pubDate"),
    "titles of tags": _in_item("&lt;"),
    "titles of entities": _in_item("&amp;amp;"),
    "links": Shape("<link>http://a.b</link>", _RSS + "<item>", "</item>" + _RSS_END),
    "items in items": Shape("<item>", _RSS),
    "tags that nest": Shape("<x>", "<rss>"),
    "tags that do not fit": Shape("<a>", _RSS, then="</b>"),
    "attributes": Shape(" a@='b'", "<rss", ">" + _RSS_END),
    "namespaces": Shape("<item xmlns:a@='c'><a@:x/></item>", _RSS, _RSS_END),
    "nested namespaces": Shape("<a@:b xmlns:a@='c'>", "<rss><channel>"),
    "ampersands": Shape("&", _RSS, _RSS_END),
    "entities": Shape("<!ENTITY a@ 'b'>", "<!DOCTYPE a [", "]>" + _RSS + _RSS_END),
    "CDATA": Shape("<![CDATA[", _RSS, _RSS_END),
    "comments": Shape("<!-- a -->", "", _RSS + _RSS_END),
    "tag openers": Shape("<", _RSS, _RSS_END),
    "entries": Shape("<entry><link href='http://a.b/@'/><title>t</title></entry>", _ATOM, "</feed>"),
    "links of the feed": Shape("<link rel='x@' href='y'/>", _ATOM, "</feed>"),
    "an address of dots": Shape("/..", _RSS + "<item><link>http://a.b", "</link></item>" + _RSS_END),
    "idna": Shape("a", '<?xml version="1.0" encoding="idna"?><rss></rss>xn--'),
    "punycode": Shape("a", '<?xml version="1.0" encoding="punycode"?><rss></rss>'),
    "unicode_escape": Shape("\\x41", '<?xml version="1.0" encoding="unicode_escape"?><rss></rss>'),
    "outlines": Shape("<outline xmlUrl='ftp://a@'/>", "<opml><body>", "</body></opml>"),
    "outlines in outlines": Shape("<outline text='a@'>", "<opml><body>"),
    "attributes of an outline": Shape(" a@='b'", "<opml><body><outline", "/></body></opml>"),
    "a page": Shape("<div>", "<html>"),
    "a page of attributes": Shape(" a@=b", "<html", ">"),
    "JSON": Shape('{"url":"http://a.b/@","title":"t"},', _JSON + "[", "{}]}"),
    "JSON, brackets": Shape("[", _JSON),
    "JSON, a number": Shape("9", _JSON, "}"),
    "JSON, a title of tags": Shape("<", _JSON + '[{"url":"http://a.b/c","title":"', '"}]}'),
    "JSON, attachments": Shape('{"url":"a","mime_type":"audio/x"},', _JSON + '[{"attachments":[', "{}]}]}"),
}

ROBOTS: Mapping[str, Shape] = {
    "rules": Shape("Disallow: /a@\n", "User-agent: *\n"),
    "stars": Shape("*a", "User-agent: *\nDisallow: /"),
    "names": Shape("User-agent: a@\n"),
    "codes": Shape("%41", "User-agent: *\nDisallow: /"),
    "a delay": Shape("9", "User-agent: *\nCrawl-delay: "),
}

LISTS: Mapping[str, Shape] = {
    "addresses": Shape("http://a.b/@\n"),
    "one line": Shape("a"),
    "spaces": Shape(" ", "http://a.b", "x"),
    "carriage returns": Shape("\r"),
    "lines that cannot be": Shape("a\x01\n"),
}

CHECKED: Mapping[str, Shape] = {
    "items": Shape("<item><title>a</title><guid>@</guid></item>", _RSS, _RSS_END),
    "the same item": Shape("<item><title>a</title><guid>a</guid></item>", _RSS, _RSS_END),
    "tags that nest": Shape("<x>", "<rss>"),
    "attributes": Shape(" a@='b'", "<rss", ">" + _RSS_END),
    "namespaces": Shape("<a xmlns:b@='c@'/>", _RSS, _RSS_END),
    "entities": Shape("<!ENTITY a@ 'b'>", "<!DOCTYPE a [", "]>" + _RSS + _RSS_END),
    "comments": Shape("<!-- a -->", _RSS, _RSS_END),
    "a date": Shape("1 ", _RSS + "<pubDate>", "</pubDate>" + _RSS_END),
    "a text": Shape("a ", _RSS + "<description>", "</description>" + _RSS_END),
}

CUES: Mapping[str, Shape] = {
    "cues": Shape("00:00:01.000 --> 00:00:02.000\na\n\n", "WEBVTT\n\n"),
    "lines of a cue": Shape("a\n", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
    "open tags": Shape("<", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"),
    "blank lines": Shape("\n", "WEBVTT"),
    "spaces in a time": Shape(" ", "WEBVTT\n\n00:00:01.000", "x"),
}

TOML: Mapping[str, Shape] = {
    "a dotted key": Shape("a.", "", "a = 1"),
    "long keys": Shape("a.a.a.a.a.a.a.a.a.a.a.a.k@ = 1\n"),
    "brackets": Shape("[", "a = "),
    "an array of tables": Shape("[[a.b]]\n"),
    "words": Shape('k@ = "a"\n', "[en]\n"),
    "one word": Shape("a"),
    "quotes": Shape('"'),
}


def _article_of(form: str | None) -> Reader:
    return lambda data: _article(_Bytes(data, "the file", form), Settings(partial=True))  # type: ignore[arg-type]


def _feed(data: bytes) -> None:
    document = feeds._Document("feed", text_of(data, None), "http://a.example/feed")
    found = feeds._read(document)
    if not isinstance(found, feeds._Listed):
        list(feeds._of_list(found, document, feeds._Run(None, None), 0))


def _robots(data: bytes) -> None:
    robots.read_rules(data).allows("http://a.b/" + "a" * 2_000)


def _list(data: bytes) -> None:
    list(lists.read_list(io.BytesIO(data), "the list", Path("folder"), "the list"))


def _checked(data: bytes) -> None:
    list(check_feed(parsed(data), "feed.xml", datetime(2026, 1, 1, tzinfo=UTC)))


def _or_refused(read: Reader) -> Reader:
    """Readers of files beside an episode raise ValueError, which whoever calls them makes a finding of."""

    def reader(data: bytes) -> None:
        try:
            read(data)
        except ValueError:
            return

    return reader


READERS: Mapping[str, tuple[Reader, Mapping[str, Shape]]] = {
    "html": (_article_of("html"), HTML),
    "markdown": (_article_of("markdown"), MARKDOWN),
    "text": (_article_of("text"), TEXT),
    "mail": (_article_of("mail"), MAIL),
    "any form": (_article_of(None), TEXT),
    "feed": (_feed, FEEDS),
    "robots.txt": (_robots, ROBOTS),
    "list": (_list, LISTS),
    "checked feed": (_checked, CHECKED),
    "transcript": (_or_refused(lambda data: list(TRANSCRIPTS[".vtt"](data))), CUES),
    "manifest": (_or_refused(from_json), {name: shape for name, shape in FEEDS.items() if name.startswith("JSON")}),
    "TOML": (_or_refused(lambda data: toml.loads(data.decode())), TOML),
}
"""Each reader with its shapes, by name."""


def cases() -> list[tuple[str, str]]:
    """Return reader and shape of all of them, by name."""
    return list(chain.from_iterable(((name, shape) for shape in shapes) for name, (_, shapes) in READERS.items()))
