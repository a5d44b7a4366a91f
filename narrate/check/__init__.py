"""Find what podcast apps would object to in an episode, a folder of episodes or a feed.

The rules stand in tables, one in each module, and together in RULES: their names, who asks for it, and what it is.
Nothing is changed, and no file, however damaged, is an error here: what is wrong with it is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Never

from narrate.check.audio import AUDIO_RULES, READABLE_RULES
from narrate.check.chapters import CHAPTERS_FILE_RULES, MARK_RULES
from narrate.check.cover import COVER_RULES
from narrate.check.document import DOCUMENT_RULES, parsed
from narrate.check.episode import check_episode
from narrate.check.feed import CHANNEL_RULES, check_feed
from narrate.check.finding import Finding, Rule, Severity, Source, lines, rule_lines
from narrate.check.folder import EMPTY_RULES, LEFTOVER_RULES, SHELF_RULES, check_feed_file, check_folder, is_episode
from narrate.check.items import ITEM_RULES
from narrate.check.links import LINK_RULES
from narrate.check.manifests import MANIFEST_RULES, PRESENT_RULES
from narrate.check.tags import TAG_RULES
from narrate.check.transcripts import TRANSCRIPT_RULES
from narrate.core.errors import SourceError

__all__ = ["RULES", "Finding", "Rule", "Severity", "Source", "check", "check_feed_data", "lines", "rule_lines"]

RULES: tuple[Rule[Never], ...] = (
    *DOCUMENT_RULES,
    *CHANNEL_RULES,
    *ITEM_RULES,
    *LINK_RULES,
    *READABLE_RULES,
    *AUDIO_RULES,
    *TAG_RULES,
    *MARK_RULES,
    *CHAPTERS_FILE_RULES,
    *COVER_RULES,
    *TRANSCRIPT_RULES,
    *PRESENT_RULES,
    *MANIFEST_RULES,
    *SHELF_RULES,
    *LEFTOVER_RULES,
    *EMPTY_RULES,
)

_FEED_ENDINGS = (".xml", ".rss")

_HINT = "give an episode, a folder of episodes, or a feed: narrate check output"


def check(
    path: Path | str, *, now: datetime | None = None, on_file: Callable[[Path], None] = lambda path: None
) -> tuple[Finding, ...]:
    """Look for what podcast apps would object to.

    Args:
        path: An episode, a folder, or a feed's file.
        now: The moment to compare dates with; None for this one.
        on_file: Told of each episode and feed before it is looked at.

    Returns:
        Everything that was found, file by file; none twice.

    Raises:
        SourceError: There is nothing of that name that can be looked at.
    """
    return _unique(_in_place(Path(path), now or datetime.now(UTC), on_file))


def check_feed_data(data: bytes, name: str, *, now: datetime | None = None) -> tuple[Finding, ...]:
    """Look at a feed by itself, at nothing that it leads to.

    Args:
        data: The feed as it was fetched.
        name: What to call it in findings: "feed.xml".
        now: The moment to compare dates with; None for this one.
    """
    return _unique(check_feed(parsed(data), name, now or datetime.now(UTC)))


def _unique(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    """Formats of one episode share what lies beside them."""
    return tuple(dict.fromkeys(findings))


def _in_place(path: Path, now: datetime, on_file: Callable[[Path], None]) -> Iterator[Finding]:
    beginning = _beginning(path)
    if beginning is None:
        yield from check_folder(path, now, on_file)
        return
    on_file(path)
    if is_episode(path):
        yield from check_episode(path).findings
    elif path.suffix.lower() in _FEED_ENDINGS or beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from check_feed_file(path, now)
    else:
        raise SourceError(f"{path} is neither an episode, nor a folder, nor a feed", _HINT)


def _beginning(path: Path) -> bytes | None:
    """The first bytes of a file; None for a folder that can be read."""
    try:
        if path.is_dir():
            next(path.iterdir(), None)
            return None
        if not path.is_file() and path.exists():  # a device or a pipe may never end
            raise SourceError(f"{path} is not a file", _HINT)
        with path.open("rb") as file:
            return file.read(256)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path} cannot be read: {reason}", _HINT) from error
