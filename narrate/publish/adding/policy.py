"""The referrer of pages that talk to the inbox, over what all pages say of it (narrate.episode.page.markup)."""

from __future__ import annotations

# Over what all pages say of referrers, which stands before it. Without any, browsers would call the origin of a form
# "null" (https://fetch.spec.whatwg.org/#append-a-request-origin-header), and it could not be told from a stranger's.
# Other sites learn as little as before.
REFERRER = '<meta name="referrer" content="same-origin">'
