"""Text that trees of XML and HTML can hold, for all that is read into one or written from one.

lxml refuses to be given a character that XML 1.0 has no way to write, and yet its HTML parser keeps such characters,
raw and as codes; so they have to go before the parser sees them.
"""

from __future__ import annotations

import re

# The inside of a character class: controls but tab and the ends of lines, halves of letters, and U+FFFE and U+FFFF
# (https://www.w3.org/TR/xml/#charsets).
FORBIDDEN_CHARS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"

# Stands for a code: nobody sees or hears it, and readers drop it (read/characters.py). If nothing stood there, what is
# around it could become a code: "&#&#1;1;".
_UNSEEN = "\N{ZERO WIDTH SPACE}"

_FORBIDDEN = re.compile(f"[{FORBIDDEN_CHARS}]")
# Zero and halves of letters are left out: for those the parser has U+FFFD, as browsers do.
_CODE = re.compile(
    r"&#(?:0*([1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    r"|[xX]0*([1-8bceBCE]|[fF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)


def xml_text(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold.

    Those that part words, as a form feed does, become a space; the others go.
    """
    return _FORBIDDEN.sub(_space_or_nothing, text)


def html_source(text: str) -> str:
    """Return the source of a page from which no parser makes a tree with characters that XML 1.0 cannot hold.

    Args:
        text: Markup; the characters may be in it as they are, or as codes such as "&#1;" and "&#xFFFE;".
    """
    return _CODE.sub(_space_or_unseen, xml_text(text))


def _space_or_nothing(found: re.Match[str]) -> str:
    return " " if found[0].isspace() else ""


def _space_or_unseen(found: re.Match[str]) -> str:
    return " " if chr(int(found[1]) if found[1] else int(found[2], 16)).isspace() else _UNSEEN
