"""The part of the library's page that takes articles in: a form, what is in work, a bookmark for other pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template

from narrate.core.resources import packaged_text
from narrate.episode.page.markup import line_html, text_html
from narrate.publish.adding.policy import REFERRER
from narrate.publish.adding.readable import ACCEPTED
from narrate.publish.adding.web_app import HEAD
from narrate.publish.headers import TALKING

# In their order: each uses what the ones before have made.
_SCRIPTS = ("talk", "episodes", "entries", "work", "add_form", "anywhere")


@dataclass(frozen=True, slots=True)
class InboxPart:
    """The additions to the library's page where the inbox is on.

    Attributes:
        head: HTML for the head.
        form: HTML of the form and of what is in work, ending with a line feed.
        anywhere: HTML about adding from other pages, ending with a line feed.
        styles: Files of the package.
        scripts: The same.
        rules: For the page's policy.
    """

    head: str = ""
    form: str = ""
    anywhere: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)


NO_INBOX = InboxPart()


def inbox_part(title: str) -> InboxPart:
    """Return what takes articles in, for the page of a library of this title."""
    return InboxPart(
        head=f"{REFERRER}\n{HEAD}\n",
        form=_filled("form.html", accepted=text_html(",".join(ACCEPTED))),
        anywhere=_filled("anywhere.html", title=line_html(title), code=text_html(bookmarklet_code())),
        styles=("publish/adding/web/adding.css", "publish/adding/web/inbox.css"),
        scripts=tuple(f"publish/adding/web/{name}.js" for name in _SCRIPTS),
        rules=TALKING,
    )


def bookmarklet_code() -> str:
    """Return what the bookmark runs on another page, with "ADD_PAGE" where the address of the add page belongs.

    One line: a browser takes line feeds out of an address, so that there may be no comment in it that ends with one.
    """
    lines = packaged_text("narrate", "publish/adding/web/bookmarklet.js").splitlines()
    return " ".join(line.strip() for line in lines if line.strip() and not line.strip().startswith("//"))


def _filled(name: str, **values: str) -> str:
    return Template(packaged_text("narrate", f"publish/adding/web/{name}")).substitute(values)
