"""The picture of an episode: the article's own or the user's, else a cover that is drawn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from narrate.core.errors import ConfigError
from narrate.sources.read.lead_picture import AUTO, DRAWN, NONE

if TYPE_CHECKING:
    from narrate.episode.cover.cover import Cover

logger = logging.getLogger(__name__)


def artwork(
    choice: str, find_picture: Callable[[], bytes | None], *, title: str, site: str, author: str, language: str
) -> Cover | None:
    """The cover that the settings ask for.

    Args:
        choice: Their `cover`.
        find_picture: Gets the picture; None to draw one.
        title: What is set on a drawn one.
        site: Under it, where there is one.
        author: Likewise.
        language: BCP 47 tag of the three.

    Raises:
        ConfigError: The picture that the user names cannot be made into a cover.
    """
    if choice == NONE:
        return None
    from narrate.episode.cover.cover import (  # 40 ms of Pillow, while the first clips are spoken
        drawn_cover,
        picture_cover,
    )

    picture = find_picture()
    cover = picture_cover(picture) if picture else None
    if picture and not cover:
        if choice != AUTO:
            hint = "use a JPEG, PNG or WebP of at least 300 pixels on each side"
            raise ConfigError(f"{choice} cannot be made into a cover", hint)
        logger.warning("the article's picture cannot be made into a cover, and one is drawn")
    return cover or drawn_cover(title, site=site, author=author, language=language)


def is_named(choice: str) -> bool:
    """Tell whether the user names a picture: it is looked at before the first word, so that no hour is lost for it."""
    return choice not in (AUTO, DRAWN, NONE)
