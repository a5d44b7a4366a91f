"""Hostile input: pieces that readers and rules wait for, in orders that no writer would think of.

All of it is made of bytes, each of which chooses something: hypothesis and atheris (scripts/fuzz.py) give the same
bytes, so that what one finds the other can repeat. It is also ten times as fast as to let hypothesis draw each piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from narrate.core.article import Article, Block, BlockKind, Metadata

# Characters that have broken programs: control characters, invisible ones, marks of direction, halves of letters,
# letters that change length with their case, accents, digits of other scripts, the last characters there are.
ODD = (
    "\0\x01\x07\x1b\x7f\x85\x9f\t\n\r\v\f \xa0\xad\u0130\u0149\u01c5\u0300\u0316\u034f\u0345\u0661\u0967\u0e33\u1100"
    "\u1160\u11a8\u2028\u2029\u200b\u200d\u200e\u202e\u2066\u2069\u20e3\u3000\u3099\ufb01\ufdfa\ufe0f\ufeff\ufffd"
    "\uffff\U0001f600\U0001f468\u200d\U0001f1e9\U000e0041\U0010ffff"
)
SCRIPTS = "aZéßÅñłøβЖאبहไ中ひ한𝔘𐍈"
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—…“”‘’«»¿¡§°€£½²₂①Ⅳ•※。、！？」"

MARKDOWN = (
    "# ", "## ", "\n===\n", "\n---\n", "---\n", "title: x\n", "+++\n", "> ", "- ", "1. ", "    ", "\n\n", "\n",
    "```", "~~~", "`", "**", "_", "[", "](", ")", "[^1]", "[^1]: ", "^[", "]", "![", "[[", "]]", "|", "\n|-|-|\n",
    ": ", "\\", "&#", "&amp;", "<http://a.b>", "http://a.b/c", "{: .a}", "{%", "%}", "{{<", ">}}", "<!--", "-->",
    "[x] ", "> [!NOTE]", "<div>", "</p>",
)  # fmt: skip
TAGS = (
    "a", "article", "b", "blockquote", "body", "br", "caption", "dd", "div", "dl", "figure", "figcaption", "font",
    "h1", "h2", "head", "hr", "html", "iframe", "img", "li", "main", "math", "meta", "noscript", "ol", "option",
    "p", "pre", "script", "select", "span", "style", "sup", "svg", "table", "tbody", "td", "template", "textarea",
    "th", "title", "tr", "ul",
)  # fmt: skip
ATTRIBUTES = (
    " href='#fn1'", " class='caption'", " class=footnotes", " hidden", " style='display:none'", " alt='a cat'",
    " start=-3", " value='99999999'", " type='application/ld+json'", " charset=utf-7",
    " property='og:title' content='A Light'", " reversed", " role=doc-noteref", " id=", " '", ' "', "=", "/",
    " src='http://[::1'", " lang=x-y-z", " rel=canonical",
)  # fmt: skip
JSON = (
    '{"@type":"Article",', '"headline":"', '"articleBody":"', '"author":', '[{"name":', '"wordCount":', "1e999",
    "-0", '"', ",", "}", "]", "[", "null", "\\ud800", "\\u0000", '"datePublished":"2024-13-45"', '"@id":',
    '"image":', "{",
)  # fmt: skip
PROSE = (
    "The keeper of the light wrote that the night was calm. ", "He read it. ", "$43.6 million ", "U.S. ", "Dr. ",
    "No. 5 ", "10:30 p.m. ", "12 March 2024", "2024-03-12 ", "1990s ", "XIV ", "5km/h ", "1,000,000.5 ",
    "+1 (555) 010-0199 ", "v1.2.3 ", "a@b.com ", "www.a.com/b?c=d ", "#Tag ", "@me ", "½ ", "CO₂ ", "x² ", "3–5 ",
    "1/2 ", "C++ ", "AT&T ", "-40 °C ", "€5 ", "Mr. and Mrs. O’Neil’s ", "El 3 de mayo costó 5 €. ",
    "Am 3. Mai 1.000,50 € ", "Le 1er mai à 10h30 ", "1º ", "…", "Comments\n\n", "Read Entire Article\n\n",
    "Share this\n\n", "Related\n\n", "By Anna Berg\n\n", "About Acme\n\n",
)  # fmt: skip
# What has taken the square of its size, gigabytes or minutes; more of it, at any size, in tests/support/hostile.py.
ATTACKS = (
    "<table><tr><td colspan=100000 rowspan=100000>a", "<td rowspan=65534>", "<tr><td>", "<ol reversed><li>", "<li>a",
    "<span itemprop=author><span itemprop=name>", "<span itemprop=datePublished>", " a='b'", ' a="b"', "<a b c ",
    "---\ntags: [ \"", '\\"', "''", " ]\n---\n", "+++\n", "a.", "''.", "a = [[", "a = 0xffff", "\n+++\n",
    "<?xml version='1.0' encoding='idna'?>", "xn--", "<meta charset=punycode>", "\\x41",
    "[^1] ", "[^1] ,", "\n\n[^1]: a\n\n", "^[", "[[", "](", "![", "> - ", "<!-- ", "]]>", "<![CDATA[", "&#x", "&#9999",
)  # fmt: skip
KINDS: tuple[BlockKind, ...] = (
    "title", "heading", "paragraph", "list_item", "quote", "code", "table", "caption", "image", "footnote",
)  # fmt: skip

# Every tag, bare and with each attribute.
MARKUP = tuple(
    f"<{slash}{tag}{rest}>" for tag in TAGS for slash, rest in (("", ""), ("/", ""), ("", ">"), ("", ATTRIBUTES[0]))
)
MARKUP += tuple(
    f"<{tag}{attribute}>" for attribute in ATTRIBUTES for tag in ("p", "div", "a", "sup", "li", "ol", "meta", "img")
)
WORDS = (*ODD, *SCRIPTS, *SIGNS, *"0123456789", *"  ", *PROSE)
MAILS = (
    "From: a\nMIME-Version: 1.0\n\n", "From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed;boundary=b\n\n--b\n",
    "Content-Type: text/html; charset=", "\n--b\n", "\n--b--\n", "Content-Type: message/rfc822\n\n",
    "Subject: =?utf-8?b?", "Content-Transfer-Encoding: base64\n\n", "-- \n", "On Monday Anna wrote:\n",
    "Von: a\nAn: b\nBetreff: c\n\n", "\f", "\n12\n", "\nPage 3 of 4\n", "[edit]\n", "[1]", "\n^ a\n",
    "*** START OF THE PROJECT GUTENBERG EBOOK ***\n", "-\n", "| a | b |\n",
)  # fmt: skip
PIECES = (*WORDS, *PROSE, *MARKDOWN, *MARKDOWN, *MARKUP, *JSON, *MAILS, *ATTACKS, *ATTACKS)
STARTS = (
    "",
    "<!doctype html>",
    "<html><body>",
    "<!-- a --><!-- b -->",
    "\ufeff<?xml version='1.0'?>",
    MAILS[0],
    MAILS[1],
)
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "iso2022_jp")
FORMS = (None, "text", "text", "markdown", "markdown", "html", "mail")
LANGUAGES = ("en", "en-GB", "es", "fr", "de", "it", "pt", "zh", "x-klingon", "")
HALVES = ("\ud800", "\udfff", "\0", "\n", "x" * 300)

Choice = TypeVar("Choice")

BYTES = st.binary(min_size=2, max_size=80)


class Dice:
    """Bytes that choose; when they are used up, the first of everything."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def __bool__(self) -> bool:
        return self.at < len(self.data)

    def number(self, most: int) -> int:
        """From 0 to most."""
        size = 1 if most < 256 else 2
        value = int.from_bytes(self.data[self.at : self.at + size], "big")
        self.at += size
        return value % (most + 1)

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        return choices[self.number(len(choices) - 1)]

    def text(self, pieces: Sequence[str], most: int = 40) -> str:
        """Pieces in a row, some of them many times over: what takes the square of its length is slow with those."""
        found: list[str] = []
        for _ in range(self.number(most)):
            times = self.number(255)
            found.append(self.one_of(pieces) * (times - 200 if times > 240 else 1))
            if not self:
                break
        return "".join(found)


def data(dice: Dice) -> bytes:
    """A source: text, Markdown, a page, whole or cut, in some encoding, or no text at all."""
    if not dice.number(15):
        return dice.data[dice.at :]
    start = dice.one_of(STARTS)
    script = f"<script type='application/ld+json'>{dice.text(JSON, 12)}</script>" if start and dice.number(1) else ""
    encoding, cut = dice.one_of(ENCODINGS), max(0, dice.number(9) - 6)
    return (start + script + dice.text(PIECES)).encode(encoding, "replace")[cut:]


def text(dice: Dice) -> str:
    """A paragraph."""
    return dice.text(WORDS)


def line(dice: Dice, most: int = 6) -> str:
    """What a block may hold."""
    return " ".join(dice.text(WORDS, most).split()) or "-"


def article(dice: Dice) -> Article:
    """Blocks of any kind in any order."""
    blocks = [_block(dice) for _ in range(1 + dice.number(4))]
    title = next((block.text for block in blocks if block.kind == "title"), None)
    return Article(Metadata(title=title), tuple(blocks))


def _block(dice: Dice) -> Block:
    kind = dice.one_of(KINDS)
    if kind != "table":
        return Block(kind, line(dice), 1 + dice.number(5) if kind == "heading" else 0)
    rows = tuple(tuple(line(dice, 2) for _ in range(dice.number(3))) for _ in range(1 + dice.number(2)))
    return Block(kind, " | ".join(cell for row in rows for cell in row) or "-", rows=rows)


def name(dice: Dice) -> str | None:
    """Names may come from anywhere, so halves of letters and control characters are among them."""
    return dice.text((*WORDS, *HALVES), 5) if dice.number(7) else None


def meta(dice: Dice) -> Metadata:
    """All that a page may say of itself."""
    day = date.fromordinal(1 + dice.number(0xFFFF) * 55) if dice.number(3) else None
    title, author, language, url, site, source = (name(dice) for _ in range(6))
    return Metadata(title, author, day, language, url, site, source=source)
