"""Feeds in several documents: where the older entries are."""

from __future__ import annotations

import json
from urllib.parse import urljoin

from narrate.core.web.addresses import is_web_address
from narrate.sources.gather.feed_xml import Element, local

# Of one feed: a thousand articles where a page has fifty. Each is a request, with the pause that its host is owed.
PAGES_MAX = 20

# RFC 5005: what follows in a paged feed, and what came before in an archived one.
_OLDER = ("next", "prev-archive")


def older_in_xml(root: Element, url: str) -> str:
    """The address of the document with older entries (https://www.rfc-editor.org/rfc/rfc5005); "" for none.

    Args:
        root: The feed, as it came.
        url: Where it was fetched, "" for a file, which leads nowhere.
    """
    heads = [root, *(child for child in root if local(child) == "channel")]
    links = [child for head in heads for child in head if local(child) == "link"]
    by_rel = {link.get("rel", "").strip().lower(): link.get("href") or "" for link in reversed(links)}
    return next((found for rel in _OLDER if (found := _address(by_rel.get(rel, ""), url))), "")


def older_in_json(text: str, url: str) -> str:
    """Return the address of a JSON Feed's older entries: next_url (https://www.jsonfeed.org/version/1.1/#top-level)."""
    found = json.loads(text).get("next_url")
    return _address(found, url) if isinstance(found, str) else ""


def _address(target: str, url: str) -> str:
    try:
        address = urljoin(url, target.strip()) if target.strip() and url else ""
    except ValueError:
        return ""
    return address if is_web_address(address) and address != url else ""
