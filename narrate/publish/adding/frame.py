"""The frame that the inbox's small pages share: shared style, their own, and a policy that lets them talk home."""

from __future__ import annotations

import re

from narrate.episode.page.markup import filled, line_html
from narrate.publish.adding.policy import REFERRER
from narrate.publish.headers import TALKING

_STYLES = ("episode/page/shared.css", "publish/adding/web/adding.css", "publish/adding/web/pages.css")


def framed(title: str, content: str, *, scripts: tuple[str, ...] = ()) -> bytes:
    """Return a page in English, as UTF-8.

    Args:
        title: Of the window.
        content: HTML of all there is to see.
        scripts: Files of the package; none where the page needs none.
    """
    page = filled(
        "publish/adding/web/frame.html",
        _STYLES,
        scripts,
        images="data:",
        rules=TALKING,
        attributes='lang="en" dir="ltr"',
        title=line_html(title),
        head=REFERRER,
        content=content,
    )
    return page.encode()


def sentence(message: str) -> str:
    """Return a message as a sentence of its own; an address or a file's name at its beginning stays as it is."""
    begin = message[:1].upper() if re.match(r"[a-z]+[\s,’']", message) else message[:1]
    return begin + message[1:] + ("" if not message or message[-1] in ".!?…" else ".")
