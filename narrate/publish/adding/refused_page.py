"""The page that a form without script, or a share sheet, gets where the inbox refused what it sent."""

from __future__ import annotations

from narrate.episode.page.markup import line_html, text_html
from narrate.publish.adding.frame import framed, sentence


def refused_page(message: str, hint: str, home: str) -> bytes:
    """Return the page, as UTF-8.

    Args:
        message: What is wrong.
        hint: What can be done; "" for nothing.
        home: The library's address, relative to the one that answers.
    """
    told = f'<p dir="auto">{line_html(sentence(hint))}</p>\n' if hint else ""
    link = f'<p><a href="{text_html(home)}">To the library</a></p>'
    wrong = f'<p class="error" dir="auto">{line_html(sentence(message))}</p>'
    return framed("Not added", f"<h1>Not added</h1>\n{wrong}\n{told}{link}")
