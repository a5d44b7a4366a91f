"""The order in which markup is put in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import html

from narrate.core.article import Drop
from narrate.sources.read.markup.bare_text import wrap_bare_text
from narrate.sources.read.markup.code_tables import join_code_tables
from narrate.sources.read.markup.copies import remove_copies
from narrate.sources.read.markup.encyclopedia import remove_apparatus
from narrate.sources.read.markup.furniture import remove_furniture
from narrate.sources.read.markup.pull_quotes import remove_pull_quotes
from narrate.sources.read.markup.roles import (
    name_by_role,
    open_completing_links,
    open_credits_of_quotes,
    open_figures,
    open_notes,
)

# Roles first: what follows looks at tags. Code is no table any more when figures are looked into. A list that completes
# a sentence is known only while its links are links, so what leads elsewhere goes before.
_STEPS: tuple[Callable[[html.HtmlElement], Sequence[Drop] | None], ...] = (
    name_by_role,
    join_code_tables,
    remove_copies,
    remove_furniture,
    remove_apparatus,
    remove_pull_quotes,
    open_figures,
    open_notes,
    open_credits_of_quotes,
    open_completing_links,
    wrap_bare_text,
)


def settle_markup(root: html.HtmlElement, *, is_book: bool = False) -> tuple[Drop, ...]:
    """Give what is on a page the elements that say what it is, and take out what no author put between paragraphs.

    Args:
        root: A page of which nothing hidden is left.
        is_book: It is a part of a document: what comes twice in it was written twice, and not sent for another screen.

    Returns:
        What was taken out, in the order of the steps.
    """
    steps = (step for step in _STEPS if not (is_book and step is remove_copies))
    return tuple(drop for step in steps for drop in step(root) or ())
