"""The cover of a podcast, made once: a comment in it says what it was made of."""

from __future__ import annotations

from narrate.core.cache.keys import content_key
from narrate.core.errors import ConfigError
from narrate.core.language.tags import DEFAULT_LANGUAGE
from narrate.core.settings.loading import Podcast
from narrate.core.system.files import expanded, sha256_of
from narrate.core.version import __version__


def podcast_cover(podcast: Podcast) -> bytes:
    """The podcast's cover: its picture where it has one, else its title in type; JPEG, 3000 x 3000.

    Raises:
        ConfigError: The picture cannot be used.
    """
    from narrate.episode.cover.cover import drawn_cover, picture_cover

    if not podcast.cover:
        cover = drawn_cover(podcast.title, author=podcast.author, language=podcast.language or DEFAULT_LANGUAGE)
    else:
        try:
            found = picture_cover(expanded(podcast.cover).read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(f"{podcast.cover} cannot be read: {reason}", "correct cover in [podcast]") from error
        if found is None:
            hint = "use a JPEG, PNG or WebP of at least 300 pixels on each side"
            raise ConfigError(f"{podcast.cover} cannot be made into a cover", hint)
        cover = found
    return _signed(cover.large, podcast)


def _signed(jpeg: bytes, podcast: Podcast) -> bytes:
    """A JPEG with a comment that says what it was made of, so that it is made once."""
    comment = _signature(podcast)
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def is_cover_of(jpeg: bytes, podcast: Podcast) -> bool:
    """Tell whether a JPEG is the cover that `podcast_cover` would make now."""
    return _signature(podcast) in jpeg[:200]


def _signature(podcast: Podcast) -> bytes:
    picture = podcast.cover and expanded(podcast.cover)
    content = sha256_of(picture) if picture and picture.is_file() else str(picture)
    key = content_key((__version__, podcast.title, podcast.author, podcast.language, content))
    return b"narrate " + key[:32].encode()
