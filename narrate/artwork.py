"""The picture of an episode: the article's own or the user's, else a cover that is drawn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from narrate.cover import Cover, drawn_cover, picture_cover
from narrate.errors import ConfigError
from narrate.read.picture import AUTO, DRAWN, NONE

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
    picture = find_picture()
    cover = picture_cover(picture) if picture else None
    if picture and not cover:
        if choice != AUTO:
            hint = "use a JPEG, PNG or WebP of at least 300 pixels on each side"
            raise ConfigError(f"{choice} cannot be made into a cover", hint)
        logger.warning("the article's picture cannot be made into a cover, and one is drawn")
    return cover or drawn_cover(title, site=site, author=author, language=language)


@contextmanager
def beside(make: Callable[[], Cover | None], choice: str, *, later: bool) -> Iterator[Callable[[], Cover | None]]:
    """Make a cover in a thread of its own, while the first words are spoken.

    One that the user names is made at once: nobody waits an hour to learn that it cannot be.

    Args:
        make: Makes it.
        choice: The settings' `cover`.
        later: Make it when it is asked for: somebody is listening, and is not kept waiting for a picture.

    Yields:
        What waits for the cover, and raises what `make` raised.
    """
    if choice not in (AUTO, DRAWN):
        cover = make()
        yield lambda: cover
    elif later:
        yield make
    else:
        made: Future[Cover | None] = Future()

        def run() -> None:
            try:
                made.set_result(make())
            except BaseException as error:
                made.set_exception(error)

        # A daemon: after Ctrl-C nobody waits for a picture that is being fetched.
        threading.Thread(target=run, name="narrate-cover", daemon=True).start()
        yield made.result
