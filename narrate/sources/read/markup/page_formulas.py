"""Puts the formulas of a page into words: MathML, KaTeX, MathJax, images, and TeX that a script would set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from narrate.core.language.tags import DEFAULT_LANGUAGE
from narrate.sources.read.formulas import formula_name, spoken_formula, spoken_mathml
from narrate.sources.read.shown.moves import drop_all

# What holds all forms of one formula at once: for the eye, for readers of screens, as an image, as its source.
_HOLDER_CLASS = re.compile(
    r"(?:^|\s)(?:katex(?:-display)?|mwe-math-element|MathJax(?:_Display|_SVG|_CHTML|_Preview)?|math-tex|ltx_Math)(?:\s|$)"
)
_HOLDER_TAGS = frozenset({"mjx-container", "math-renderer", "tex-math", "inline-formula", "disp-formula"})
_IMAGE_CLASS = re.compile(
    r"(?:^|\s)(?:math|latex|tex|formula|equation|mwe-math\S*|ql-img\S*|wp-katex\S*)(?:\s|$)", re.I
)
_EQUATION_CLASS = re.compile(r"(?:^|\s)(?:ltx_(?:equation|eqn)\w*|equation|eqn|display-?math|MathEqn)(?:\s|$)")
_DELIMITED = re.compile(r"\s*(?:\$.+\$|\\\(.+\\\)|\\\[.+\\\]|\{\\displaystyle.*\})\s*", re.DOTALL)
_TEX = re.compile(r"\\[a-zA-Z]+|[\^_{}=<>≤≥]|\\.")
_TEX_SCRIPT = re.compile(r"math/(?:tex|latex)", re.IGNORECASE)
# As MathJax and KaTeX find them in a text (https://docs.mathjax.org/en/latest/input/tex/delimiters.html).
_IN_TEXT = re.compile(r"\\\((.{1,600}?)\\\)|\\\[(.{1,1500}?)\\\]|\$\$(.{1,1500}?)\$\$", re.DOTALL)
# A preview, what is shown, and the source.
FORMS_MAX = 3
_NOT_READ = frozenset({"pre", "code", "script", "style", "textarea", "kbd", "samp", "tt", "title", "head"})


def speak_formulas(root: html.HtmlElement, language: str | None = None) -> None:
    """Replace every formula by its words, once, where it stands; by the word "formula" where they are not known.

    Call it before what is hidden is taken out: most pages hide the form that can be read.

    Args:
        root: The page.
        language: BCP 47 tag of its text.
    """
    language = language or DEFAULT_LANGUAGE
    formulas = [element for element in _holders(root) if element.getparent() is not None]
    for element in formulas:
        _put_behind(element, _words(element, language))
    drop_all(formulas)
    scripts = [script for script in root.iter("script") if _TEX_SCRIPT.match(script.get("type") or "")]
    for script in scripts:
        _put_behind(script, _said(script.text or "", language))
    drop_all(scripts)
    _speak_in_text(root, language)


def _holders(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The outermost element of each formula."""
    skipped: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        if element in skipped or not _is_formula(element):
            continue
        skipped.update(element.iterdescendants())
        yield element


def _is_formula(element: html.HtmlElement) -> bool:
    if element.tag == "math" or element.tag in _HOLDER_TAGS:
        return True
    names = element.get("class") or ""
    if element.tag == "img":
        alternative = (element.get("alt") or "").strip()
        is_tex = bool(_TEX.search(alternative)) or len(alternative.split()) == 1
        return bool(_DELIMITED.fullmatch(alternative)) or (is_tex and bool(_IMAGE_CLASS.search(names)))
    if element.tag == "table":
        return bool(_EQUATION_CLASS.search(names)) and element.find(".//math") is not None
    return bool(names and element.tag in {"span", "div"} and _HOLDER_CLASS.search(names))


def _words(element: html.HtmlElement, language: str) -> str:
    """The words of a formula's element, from the first of its forms that can be read."""
    if _has_script(element):
        return ""
    if element.tag == "img":
        return _said(element.get("alt") or "", language)
    if element.tag == "table":  # a cell for each side, and one for its number
        return ", ".join(spoken_mathml(math, language) or formula_name(language) for math in element.iter("math"))
    math = element if element.tag == "math" else next(element.iter("math"), None)
    if math is None and (source := element.get("data-mathml")):
        math = next(html.fragment_fromstring(source, create_parent="div").iter("math"), None)
    if math is not None:
        return spoken_mathml(math, language) or formula_name(language)
    annotation = next(element.iter("annotation"), None)
    if annotation is not None and annotation.text:
        return _said(annotation.text, language)
    image = next(element.iter("img"), None)
    if image is not None and image.get("alt"):
        return _said(image.get("alt") or "", language)
    text = "".join(element.itertext()).strip()
    return _said(text, language) if _TEX.search(text) else text


def _has_script(element: html.HtmlElement) -> bool:
    """Tell whether the formula's own source stands right behind it, or behind what shows it."""
    for follower in islice(element.itersiblings(), FORMS_MAX):
        if follower.tag == "script":
            return bool(_TEX_SCRIPT.match(follower.get("type") or ""))
        if not _is_formula(follower):
            break
    return False


def _said(tex: str, language: str) -> str:
    source = re.sub(r"^\s*(?:\$\$?|\\[(\[])|(?:\$\$?|\\[)\]])\s*$", "", tex.strip())
    return spoken_formula(source, language) or formula_name(language)


def _put_behind(element: html.HtmlElement, words: str) -> None:
    """Put words right behind an element that they take the place of, apart from what is around them."""
    tail = element.tail or ""
    is_apart = tail[:1].isalnum()
    element.tail = f" {words}{' ' if is_apart else ''}{tail}" if words else tail


def _speak_in_text(root: html.HtmlElement, language: str) -> None:
    r"""Speak `\(…\)`, `\[…\]` and `$$…$$`; `$…$` may be money."""
    for element in root.iter(etree.Element):
        if element.tag not in _NOT_READ and element.text and _may_hold(element.text):
            element.text = _IN_TEXT.sub(lambda found: _found(found, language), element.text)
        parent = element.getparent()
        if element.tail and _may_hold(element.tail) and parent is not None and parent.tag not in _NOT_READ:
            element.tail = _IN_TEXT.sub(lambda found: _found(found, language), element.tail)


def _may_hold(text: str) -> bool:
    return "\\(" in text or "\\[" in text or "$$" in text


def _found(found: re.Match[str], language: str) -> str:
    return _said(next(group for group in found.groups() if group is not None), language)
