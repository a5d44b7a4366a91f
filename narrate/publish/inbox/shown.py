"""Entries as the inbox tells of them, in JSON for pages and programs: docs/inbox.md describes it."""

from __future__ import annotations

from collections.abc import Mapping

from narrate.episode.page.markup import name_url
from narrate.library.inbox.entry import Made
from narrate.library.inbox.inbox import Shown


def entry_shown(shown: Shown) -> dict[str, object]:
    """Return an entry as JSON has it: its state, what it is called, how far it is, what went wrong, what came of it."""
    entry, estimate = shown.entry, shown.estimate
    left_s = estimate.left_s if estimate else None
    return {
        "id": entry.id,
        "state": shown.state,
        "title": entry.title or entry.url or entry.name,
        "source": entry.url or entry.name,
        "kind": entry.kind,
        "added": entry.added.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "fraction": round(estimate.share, 4) if estimate else None,
        "remaining_s": None if left_s is None else round(left_s, 1),
        "error": {"message": entry.error.message, "hint": entry.error.hint} if entry.error else None,
        "episode": _episode_shown(entry.episode) if entry.episode else None,
    }


def _episode_shown(episode: Made) -> Mapping[str, object]:
    return {"title": episode.title, "page": name_url(episode.page) if episode.page else None}
