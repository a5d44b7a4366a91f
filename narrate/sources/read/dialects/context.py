"""Facts about a whole text that its lines are read by: its language, and the dialects that it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.core.language.detection import settled_language
from narrate.core.language.tags import DEFAULT_LANGUAGE

_MODULE_LINE = re.compile(
    r"^(?:import\s[^\n]*?[\"'][^\"'\n]+[\"'];?[ \t]*$|import\s*\{[^{}]*\}\s*from\s*[\"']|"
    r"export\s+(?:default\b|(?:const|let|var)\s+\w+\s*=|(?:async\s+)?function\b|\*\s*from\b|\{))",
    re.MULTILINE,
)
_COMPONENT_LINE = re.compile(r"^[ \t]*(?:<[A-Z]\w*[^>\n]*=\{|\{/\*)", re.MULTILINE)
_CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)", re.MULTILINE | re.DOTALL)
_CITATION = re.compile(r"\[(?:[^\[\]@\n]{0,80}[\s;(-])?-?@[A-Za-z0-9_][^\[\]\n]{0,300}\](?![\[(:])")
_FORMULA = re.compile(r"\$|\\[(\[]|\\begin\{|^```+\s*math\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that decide how marks are read.

    Attributes:
        language: BCP 47 tag of the text; the default's where there is no formula to be said in it.
        is_mdx: The text has imports or components with expressions: braces hold code, and indented lines do not.
        cites: Works are cited by keys, so that "@doe" is one.
    """

    language: str = DEFAULT_LANGUAGE
    is_mdx: bool = False
    cites: bool = False


def context_of(text: str, stated_language: str | None) -> Context:
    """Return what is known of a Markdown text without its front matter."""
    language = settled_language(stated_language, text) if _FORMULA.search(text) else None
    return Context(language or DEFAULT_LANGUAGE, _is_mdx(text), bool(_CITATION.search(text)))


def _is_mdx(text: str) -> bool:
    """Tell MDX by its lines; those in a fence are an example of it."""
    if not (_MODULE_LINE.search(text) or _COMPONENT_LINE.search(text)):
        return False
    outside = _CODE.sub("", text)
    return bool(_MODULE_LINE.search(outside) or _COMPONENT_LINE.search(outside))
