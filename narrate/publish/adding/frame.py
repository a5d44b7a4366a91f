"""The frame that the inbox's small pages share: shared style, their own, and a policy that lets them talk home."""

from __future__ import annotations

from narrate.episode.page.markup import filled, line_html
from narrate.publish.adding.policy import TALKING

_STYLES = ("episode/page/shared.css", "publish/adding/web/adding.css", "publish/adding/web/pages.css")


def framed(title: str, content: str, *, scripts: tuple[str, ...] = (), head: str = "") -> bytes:
    """Return a page in English, as UTF-8.

    Args:
        title: Of the window.
        content: HTML of all there is to see.
        scripts: Files of the package; none where the page needs none.
        head: HTML for the head.
    """
    page = filled(
        "publish/adding/web/frame.html",
        _STYLES,
        scripts,
        images="data:",
        rules=TALKING,
        attributes='lang="en" dir="ltr"',
        title=line_html(title),
        head=head,
        content=content,
    )
    return page.encode()
