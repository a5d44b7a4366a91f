"""Marks that people type into plain text, and characters that programs leave in it."""

from __future__ import annotations

import html
import re
import unicodedata

from narrate.sources.read.characters import INVISIBLE, nfc, whole

# "&amp;#8217;" was encoded twice; nobody does it more often.
_ENCODED_TIMES = 2
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# Bullets, arrows, boxes and ticks of Symbol and Wingdings, where word processors put them.
_BULLET = re.compile("(?m)^([ \\t]*+)[\ue000-\uf8ff]+(?=[ \\t])")
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
# Both ends stand at words, and nothing inside is a mark: "*word*", "__two words__", but no "2 * 3 * 4" and no "a_b_c".
_EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{0,400}[^\s*_])\1(?![\w*_])")


def mended(text: str) -> str:
    """Return text with entities decoded, ligatures parted and characters of private fonts made bullets or spaces.

    >>> mended("It&#8217;s the \\ufb01rst of AT&amp;T&amp;#8217;s")
    'It’s the first of AT&T’s'
    """
    for _ in range(_ENCODED_TIMES):
        text = _ENTITY.sub(_character, text)
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _PRIVATE.sub(" ", _BULLET.sub(r"\1•", text))
    return nfc(whole(text.translate(INVISIBLE)))


def _character(found: re.Match[str]) -> str:
    """Return the character of an entity; a line feed among them parts no paragraph."""
    text = html.unescape(found[0])
    return " " if text.isspace() else "".join(char for char in text if unicodedata.category(char) != "Cc")


def without_emphasis(text: str) -> str:
    """Return a block's text without the stars and bars that stand for bold and italic letters.

    >>> without_emphasis("This is **very** important, says *the baker*, and _not_ just bread.")
    'This is very important, says the baker, and not just bread.'
    """
    return _EMPHASIS.sub(r"\2", text) if "*" in text or "_" in text else text
