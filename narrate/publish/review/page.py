"""The page of a review: its frame, style and script; what it shows it asks its server for."""

from __future__ import annotations

from functools import cache

from narrate.core.resources import packaged_text
from narrate.episode.page.markup import content_policy, filled

_WEB = "publish/review/web/"
_STYLES = ("episode/page/shared.css", f"{_WEB}review.css")
_SCRIPTS = tuple(f"{_WEB}{name}.js" for name in ("talk", "text", "sound", "words", "panel", "review"))
# It talks to its own server alone, and plays the sound that it was given.
_RULES = {"connect-src": "'self'", "media-src": "'self' blob:"}


@cache
def review_page() -> bytes:
    """Return the page, as UTF-8."""
    page = filled(
        f"{_WEB}review.html", _STYLES, _SCRIPTS, images="data:", rules=_RULES, attributes='lang="en" dir="ltr"'
    )
    return page.encode()


@cache
def review_policy() -> str:
    """Return the policy that goes with the page, in its header: the same by checksums, and in no frame."""
    css, js = ("".join(packaged_text("narrate", name) for name in names) for names in (_STYLES, _SCRIPTS))
    return content_policy(css, js, images="data:", rules=_RULES) + "; frame-ancestors 'none'"
