"""Tables of contents made by hand or by a program: lists of nothing but links into the page itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from narrate.sources.read.dialects.tables import words

_LISTS = ("bullet_list_open", "ordered_list_open")
_MIN_LINKS = 2
# A heading is three tokens: its beginning, its words, its end.
_HEADING_TOKENS = 3


def without_contents(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens of a text, with one "dropped" in the place of each table of contents and of its heading."""
    index = 0
    while index < len(tokens):
        end = _end_of_contents(tokens, index)
        if end is None:
            yield tokens[index]
            index += 1
        else:
            yield _dropped(tokens[index:end])
            index = end


def _end_of_contents(tokens: Sequence[Token], index: int) -> int | None:
    """Return the end of a table of contents that begins here, or None."""
    first = index + _HEADING_TOKENS if _is_contents_heading(tokens, index) else index
    if first >= len(tokens) or tokens[first].type not in _LISTS:
        return None
    level = tokens[first].level
    end = next((at for at in range(first + 1, len(tokens)) if tokens[at].level == level), len(tokens) - 1) + 1
    inlines = [token for token in tokens[first:end] if token.type == "inline"]
    is_contents = len(inlines) >= _MIN_LINKS and all(map(_is_link_into_page, inlines))
    return end if is_contents else None


def _is_contents_heading(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].type != "heading_open" or index + 1 >= len(tokens):
        return False
    return tokens[index + 1].content.strip(" :*_").casefold() in words("contents")


def _is_link_into_page(inline: Token) -> bool:
    """Tell a line that is a link to a place in the page, but for blanks, numbers and marks around it."""
    depth, links = 0, 0
    for token in inline.children or ():
        if token.type == "link_open":
            if not str(token.attrs.get("href", "")).startswith("#"):
                return False
            depth, links = depth + 1, links + 1
        elif token.type == "link_close":
            depth -= 1
        elif not depth and any(map(str.isalpha, token.content)):
            return False
    return links > 0


def _dropped(tokens: Sequence[Token]) -> Token:
    token = Token("dropped", "", 0)
    token.info = "contents"
    token.content = " ".join(
        child.content for inline in tokens for child in inline.children or () if child.type in ("text", "code_inline")
    )
    return token
