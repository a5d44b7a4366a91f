"""Parts of all pages: escaping, the direction of a language, days, and one file that loads nothing else.

A page carries its style and its script in itself, and a policy by their checksums that lets no other run: a text that
got through the escaping could still not do anything.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from string import Template
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from narrate.core.clean_text import one_line
from narrate.core.language.tags import is_shaped_as_tag, primary_language, subtags
from narrate.core.resources import packaged_text
from narrate.core.xml_text import FORBIDDEN_CHARS

# Languages that are written from right to left unless their tag names another script.
# https://www.w3.org/International/questions/qa-scripts
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))

# What HTML has no way to write, or a parser would take for something else: what XML cannot hold, and more controls.
_UNWRITABLE = re.compile(f"[{FORBIDDEN_CHARS}\r\x7f-\x9f]")

# What a browser would take for something other than a place on the web has no business in a link.
_SCHEMES = ("http", "https")

# What every page begins with; the rest of its head follows.
_HEAD = "episode/page/head.html"

# Most pages may do nothing beyond what all may.
_NO_MORE: Mapping[str, str] = MappingProxyType({})

# Sound waves on paper; without an icon of its own a page makes browsers ask the server for one.
_ICON = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' "
    "fill='%23fbf9f4'/%3E%3Cpath d='M3 7v2M5.5 5v6M8 3v10M10.5 5v6M13 7v2' stroke='%238a3b12' "
    "stroke-width='1.5' stroke-linecap='round'/%3E%3C/svg%3E\">"
)


def text_html(text: str) -> str:
    """A text, or the value of an attribute in quotes; what HTML cannot hold becomes "\N{REPLACEMENT CHARACTER}"."""
    return escape(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def line_html(text: str) -> str:
    """Escape text for HTML like `text_html`, on one line: titles, names."""
    return text_html(one_line(text))


def name_url(name: str) -> str:
    """The address of a file beside the page: relative, so that it holds on disk and under any prefix."""
    return "./" + quote(name.encode("utf-8", "replace"), safe="")


def web_url(url: str) -> str:
    """An address if it is one of the web, else ""."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme.lower() in _SCHEMES and parts.hostname else ""
    except ValueError:
        return ""


def language_attributes(language: str) -> str:
    """`lang` and `dir` of an element; what is no language tag is left out."""
    if not is_shaped_as_tag(language):
        return 'dir="auto"'
    return f'lang="{language}" dir="{direction(language)}"'


def direction(language: str) -> str:
    """ "rtl" for a language that is written from right to left, else "ltr"."""
    scripts = [part for part in subtags(language)[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary_language(language) in _RIGHT_TO_LEFT else "ltr"


def time_html(day: date) -> str:
    """A day; the page's script writes it out in the language of the page."""
    return f'<time datetime="{day.isoformat()}">{day.isoformat()}</time>'


def filled(
    template: str,
    style: tuple[str, ...],
    script: tuple[str, ...],
    /,
    images: str = "'self' file: data:",
    rules: Mapping[str, str] = _NO_MORE,
    **values: str,
) -> str:
    """Return a page: the head that all have, and a frame of its own, with what belongs into them.

    Args:
        template: The file with its frame, as a path below the package: "episode/page/page.html".
        style: The files with its styles, in order.
        script: The same of its script.
        images: Where pictures may come from; none where it is empty.
        rules: What the page's policy allows besides, as `content_policy` takes it.
        values: HTML for the places of the frame.
    """
    css, js = ("".join(map(_file, names)) for names in (style, script))
    frame = Template(_file(_HEAD) + _file(template))
    policy = content_policy(css, js, images=images, rules=rules)
    return frame.substitute(values, style=css, script=js, policy=policy, icon=_ICON)


def content_policy(style: str, script: str, *, images: str = "", rules: Mapping[str, str] = _NO_MORE) -> str:
    """Return a page's Content-Security-Policy: only this style and script, sound from beside it, and nothing else.

    "file:" stands for "beside" where the page was opened from disk: there an address is no origin of its own.

    Args:
        style: All of the page's CSS, letter by letter.
        script: The same of its script.
        images: Where pictures may come from; none where left out.
        rules: Directives and their values, for pages that may do more; they go before those that all pages have.
    """
    all_rules = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "media-src": "'self' file:",
        **({"img-src": images} if images else {}),
        "base-uri": "'none'",
        "form-action": "'none'",
        **rules,
    }
    return "; ".join(f"{name} {value}" for name, value in all_rules.items())


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return packaged_text("narrate", name)
