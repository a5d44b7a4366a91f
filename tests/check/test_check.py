"""The check as a whole: what is good is left alone, and each thing that is wrong is found by its own rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.shelves import (
    EPISODE_BREAKS,
    FEED_BREAKS,
    FOLDER_BREAKS,
    NOW,
    STEM,
    broken,
    feed_text,
    manifests,
    refile,
    write_episode,
    write_feed,
)

from narrate.check import RULES, check, check_feed_data
from narrate.core.errors import SourceError
from narrate.core.formats import FORMATS

# Found in sounds of their own, in test_audio.py and test_tags.py, or in a folder with nothing in it.
ELSEWHERE = {
    "audio-channels", "audio-format", "audio-rate", "audio-bitrate", "audio-variable", "audio-loudness", "audio-peak",
    "tags-readable", "tag-version", "folder-empty",
}  # fmt: skip


def found(path: Path, now: datetime | None = None) -> set[str]:
    return {finding.rule for finding in check(path, now=now)}


def test_a_clean_episode(shelf: Path) -> None:
    """What narrate makes has no finding: as an episode, as a folder with its feed, and as a feed."""
    for path in (shelf / f"{STEM}.mp3", shelf, shelf / "feed.xml"):
        assert check(path) == ()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(name: str, tmp_path: Path) -> None:
    """Nothing is said of what narrate writes, but that Apple does not play some of them."""
    path = write_episode(tmp_path / f"a.{name}")
    expected = set() if name in ("mp3", "m4b") else {"audio-format"}

    assert found(path) == expected | {"manifest-missing"}


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_clean_feed(count: int) -> None:
    """What narrate writes for one, three and three hundred episodes has no finding."""
    assert check_feed_data(feed_text(manifests(count)).encode(), "feed.xml", now=NOW) == ()


@pytest.mark.parametrize("base", ["http://192.168.1.20:8765/secret/", "http://[::1]:80/", "http://laptop.local/"])
def test_a_feed_at_home(base: str) -> None:
    """A feed for one's own network needs no certificate."""
    assert check_feed_data(feed_text(manifests(2), base).encode(), "feed.xml", now=NOW) == ()


@pytest.mark.parametrize(("rule", "old", "new"), FEED_BREAKS)
def test_one_thing_wrong_in_a_feed(rule: str, old: str, new: str) -> None:
    """Is found by the rule for it, and by no other."""
    feed = broken(feed_text(manifests(2)), old, new)
    findings = check_feed_data(feed.encode(), "feed.xml", now=NOW)

    assert {finding.rule for finding in findings} == {rule}
    assert all(finding.where.startswith("feed.xml") for finding in findings)


@pytest.mark.parametrize(("rules", "act"), EPISODE_BREAKS)
def test_one_thing_wrong_in_an_episode(rules: str, act: Callable[[Path], None], folder: Path) -> None:
    """One fault in an episode is found, also where its manifest knows of it."""
    act(folder)
    refile(folder)

    assert found(folder / f"{STEM}.mp3") == set(rules.split())


@pytest.mark.parametrize(("rules", "act"), FOLDER_BREAKS)
def test_one_thing_wrong_in_a_folder(rules: str, act: Callable[[Path], None], folder: Path) -> None:
    """One fault in a folder with its feed is found."""
    act(folder)

    assert found(folder) == set(rules.split())


def test_every_rule_is_tried() -> None:
    """No rule is there that nothing breaks."""
    tried = {rule for rules, *_ in (*FEED_BREAKS, *EPISODE_BREAKS, *FOLDER_BREAKS) for rule in rules.split()}

    assert tried | ELSEWHERE == {rule.name for rule in RULES}


def test_rules_are_told_apart() -> None:
    """By names in kebab case, with a source and a few words each."""
    names = [rule.name for rule in RULES]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(rule.about and rule.source.name and rule.severity in ("error", "warning") for rule in RULES)


def test_an_older_episode_need_not_be_listed(folder: Path) -> None:
    """A feed that keeps the newest lacks what is older than all that it has."""
    refile(folder, added=datetime.now(UTC).replace(microsecond=0) - timedelta(days=9), guid="older")

    assert "feed-lists" not in found(folder)


def test_a_feed_without_its_own_address(folder: Path) -> None:
    """Nothing can be said of files then."""
    path = folder / "feed.xml"
    path.write_text(broken(path.read_text(encoding="utf-8"), r"<atom:link [^>]*>", ""), encoding="utf-8")
    (folder / f"{STEM}.vtt").unlink()

    assert found(path) == {"channel-self-link"}


def test_nothing_is_changed(folder: Path) -> None:
    """A check only looks."""
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    check(folder)

    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_an_empty_folder(tmp_path: Path) -> None:
    """Is not taken for a good one."""
    assert found(tmp_path / "work") == {"folder-empty"}


@pytest.mark.parametrize("name", ["nothing.mp3", "no/such/folder", "notes.txt", "a\x00b.mp3"])
def test_what_cannot_be_checked(name: str, tmp_path: Path) -> None:
    """Is an error that says so."""
    (tmp_path / "notes.txt").write_text("Words.")
    with pytest.raises(SourceError) as caught:
        check(tmp_path / name)
    assert "narrate check" in caught.value.hint


def test_a_feed_by_another_name(shelf: Path, tmp_path: Path) -> None:
    """Is told by how it begins; nothing that it leads to is here, and that is said."""
    path = tmp_path / "podcast"
    path.write_bytes((shelf / "feed.xml").read_bytes())

    assert found(path) == {"dead-link"}


def test_each_file_is_announced(folder: Path) -> None:
    """Each file is announced before it is looked at: somebody who waits sees what for."""
    seen: list[str] = []
    check(folder, on_file=lambda path: seen.append(path.name))

    assert seen == [f"{STEM}.mp3", "feed.xml"]


def test_a_second_format_shares_what_lies_beside(folder: Path) -> None:
    """A fault in it is told once."""
    (folder / f"{STEM}.vtt").write_bytes(b"no transcript")
    refile(folder)
    write_feed(folder)
    (folder / f"{STEM}.mp3").rename(folder / "copy")
    for ending in (".mp3", ".wav"):
        (folder / (STEM + ending)).write_bytes((folder / "copy").read_bytes())

    assert [finding.rule for finding in check(folder)].count("transcript-form") == 1
