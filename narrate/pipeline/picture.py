"""The cover of a planned episode: made once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from narrate.episode.cover.artwork import artwork, is_named
from narrate.pipeline.plan import Plan
from narrate.pipeline.shared import Request
from narrate.sources.read import find_picture

if TYPE_CHECKING:
    from narrate.episode.cover.cover import Cover


def cover_of(plan: Plan, request: Request) -> Callable[[], Cover | None]:
    """Give what makes the cover when it is first asked for; one that the user names is looked at before the first word.

    Raises:
        ConfigError: The picture that the user names cannot be made into a cover.
    """
    meta, settings = plan.script.meta, plan.settings
    picture = partial(find_picture, request.source, meta, settings, fetch=request.company.fetch)
    words = {"title": plan.target.title, "site": meta.site or "", "author": meta.author or ""}
    cover = cache(partial(artwork, settings.cover, picture, **words, language=plan.cast.language))
    if is_named(settings.cover):
        cover()
    return cover
