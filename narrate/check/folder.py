"""A folder of episodes: each of them, the feed that lies there, and what they are together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from narrate.check import values
from narrate.check.document import Document, read_document
from narrate.check.episode import Checked, check_episode, sidecars_beside
from narrate.check.feed import Feed, check_feed, feed_of
from narrate.check.feed_tags import text
from narrate.check.finding import NARRATE, PSP_1, Finding, Rule, applied
from narrate.check.links import check_links, stated_ms
from narrate.check.manifests import Kept, kept_beside, manifest_path
from narrate.core.file_names import FEED, MANIFEST
from narrate.core.formats import format_of_ending
from narrate.core.system.files import PART_SUFFIX
from narrate.library.transactions import JOURNAL_SUFFIX


@dataclass(frozen=True, slots=True)
class Listed:
    """Contents of a feed: the guids of its items, and the oldest of their dates."""

    guids: frozenset[str]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Shelved:
    """An episode among others.

    Attributes:
        kept: The episode and its manifest.
        same_guid: Name of an earlier episode with the same identity, "" for none.
        listed: What the folder's feed has, None where there is no feed.
    """

    kept: Kept
    same_guid: str
    listed: Listed | None


def check_folder(folder: Path, now: datetime, on_file: Callable[[Path], None]) -> Iterator[Finding]:
    """Look at a folder; nothing in it is changed.

    Args:
        folder: The folder.
        now: The moment of the check.
        on_file: Told of each episode and feed before it is looked at.

    Raises:
        OSError: The folder cannot be read.
    """
    names = sorted(path.name for path in folder.iterdir())
    checked: dict[Path, Checked] = {}
    for path in (folder / name for name in names):
        if is_episode(path):
            on_file(path)
            checked[path] = check_episode(path)
            yield from checked[path].findings
    feed, findings = _feed(folder, now, checked, on_file)
    yield from findings
    yield from _together(folder, names, checked, feed)
    for name in names:
        yield from applied(LEFTOVER_RULES, name, name)
    if not checked and feed is None:
        yield from applied(EMPTY_RULES, folder, folder.name)


def is_episode(path: Path) -> bool:
    """Tell whether it is a sound file of one of narrate's formats."""
    return not path.name.startswith(".") and format_of_ending(path.suffix) is not None and path.is_file()


def check_feed_file(path: Path, now: datetime) -> Iterator[Finding]:
    """Look at a feed, and at the files of its folder that it leads to."""
    document = read_document(path)
    yield from check_feed(document, path.name, now)
    if feed := feed_of(document, now):
        yield from check_links(feed, path.name, path.parent, stated_ms)


def _feed(
    folder: Path, now: datetime, checked: dict[Path, Checked], on_file: Callable[[Path], None]
) -> tuple[Feed | None, list[Finding]]:
    path = folder / FEED
    if not path.is_file():
        return None, []
    on_file(path)
    document: Document = read_document(path)
    findings = list(check_feed(document, path.name, now))
    feed = feed_of(document, now)
    if feed:
        done = [beside for audio, one in checked.items() for beside in sidecars_beside(audio, one.kept).values()]
        findings += check_links(feed, path.name, folder, lambda audio: _duration_ms(checked, audio), done)
    return feed, findings


def _duration_ms(checked: dict[Path, Checked], audio: Path) -> int | None:
    return checked[audio].duration_ms if audio in checked else stated_ms(audio)


def _together(folder: Path, names: list[str], checked: dict[Path, Checked], feed: Feed | None) -> Iterator[Finding]:
    listed = _listed(feed) if feed else None
    by_stem: dict[str, Kept] = {}
    for path, one in checked.items():
        stem = manifest_path(path).name.removesuffix(MANIFEST)
        if stem not in by_stem or one.kept.is_own:
            by_stem[stem] = one.kept
    owners: dict[str, str] = {}
    for name in names:
        if not name.endswith(MANIFEST) or name.startswith("."):
            continue
        stem = name.removesuffix(MANIFEST)
        kept = by_stem.get(stem) or kept_beside(folder / f"{stem}.mp3")
        if kept.manifest is None or (stem in by_stem and not kept.is_own):
            continue
        owner = owners.setdefault(kept.manifest.guid, name)
        yield from applied(SHELF_RULES, Shelved(kept, owner if owner != name else "", listed), name)


def _listed(feed: Feed) -> Listed:
    dates = [date for item in feed.items if (date := values.moment(text(item.element, "pubDate")))]
    return Listed(frozenset(text(item.element, "guid") for item in feed.items), min(dates, default=None))


def _orphan(shelved: Shelved) -> Iterator[str]:
    manifest = shelved.kept.manifest
    if manifest and not shelved.kept.audio.with_name(manifest.audio.name).is_file():
        yield f"its episode {manifest.audio.name} is not there"


def _same_guid(shelved: Shelved) -> Iterator[str]:
    if shelved.same_guid:
        yield f"its guid is that of {shelved.same_guid}, so apps show one of them"


def _unlisted(shelved: Shelved) -> Iterator[str]:
    """A feed that holds only the newest lacks what is older than all it has."""
    manifest, listed = shelved.kept.manifest, shelved.listed
    if manifest is None or listed is None or manifest.guid in listed.guids:
        return
    if listed.oldest is None or manifest.added >= listed.oldest:
        yield f"the episode is not in {FEED}; write the feed again"


def _leftover(name: str) -> Iterator[str]:
    if name.startswith(".") and name.endswith(PART_SUFFIX):
        yield "a run that was stopped left it; the next one of the same article removes it"
    elif name.startswith(".") and name.endswith(JOURNAL_SUFFIX):
        yield "a run that was stopped left a change half done; the next run finishes it"


def _empty(folder: Path) -> Iterator[str]:
    yield "there is neither an episode nor a feed in it"


SHELF_RULES: tuple[Rule[Shelved], ...] = (
    Rule("manifest-orphan", "error", NARRATE, "every manifest has its episode", _orphan),
    Rule("guid-shared", "error", PSP_1, "no two episodes have one guid", _same_guid),
    Rule("feed-lists", "warning", NARRATE, "the feed has every episode", _unlisted),
)

LEFTOVER_RULES: tuple[Rule[str], ...] = (
    Rule("folder-leftovers", "warning", NARRATE, "no run was stopped half-way", _leftover),
)

EMPTY_RULES: tuple[Rule[Path], ...] = (Rule("folder-empty", "warning", NARRATE, "there is something", _empty),)
