"""Rules for pages that talk to the inbox, added to those of all pages (narrate.episode.page.markup)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Its form is sent, and its script asks, to its own server alone.
TALKING: Mapping[str, str] = MappingProxyType(
    {"connect-src": "'self'", "form-action": "'self'", "manifest-src": "'self'"}
)

# Over what all pages say of referrers, which stands before it. Without any, browsers would call the origin of a form
# "null" (https://fetch.spec.whatwg.org/#append-a-request-origin-header), and it could not be told from a stranger's.
# Other sites learn as little as before.
REFERRER = '<meta name="referrer" content="same-origin">'
