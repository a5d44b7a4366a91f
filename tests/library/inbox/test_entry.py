"""Entries survive being written down, and what somebody else wrote is not believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.library.inbox.entry import Entry, Made, Said, from_json, to_json

ID = "1796060865366620-30431400"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
ENTRIES = st.builds(
    Entry,
    id=st.just(ID),
    kind=st.sampled_from(["url", "text", "file"]),
    added=MOMENTS,
    state=st.sampled_from(["waiting", "failed", "done", "known"]),
    url=st.sampled_from(["https://example.com/a?b=c", "http://[::1]:8000/"]),
    title=WORDS,
    name=WORDS,
    payload=st.sampled_from(["", "notes.txt", "ไม้.md", "日本.html"]),
    size_bytes=st.integers(0, 2**40),
    error=st.none() | st.builds(Said, WORDS, WORDS),
    failures=st.integers(0, 99),
    not_before=st.none() | MOMENTS,
    episode=st.none() | st.builds(Made, WORDS, WORDS, WORDS),
    instead=st.sampled_from(["", "1796060865366620-00000000"]),
)


@given(ENTRIES)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    """Whatever its words are."""
    assert from_json(to_json(entry)) == entry


def plain(**more: object) -> bytes:
    values = {
        "narrate_inbox": 1,
        "id": ID,
        "kind": "url",
        "added": "2026-01-01T00:00:00+00:00",
        "url": "https://a.org/",
    }
    return json.dumps({**values, **more}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        plain(narrate_inbox=2),
        plain(id="../../etc/passwd"),
        plain(id=ID + "/"),
        plain(instead="../x"),
        plain(url="file:///etc/passwd"),
        plain(url="/etc/passwd"),
        plain(url=""),
        plain(url=7),
        plain(payload="../secret.txt"),
        plain(payload="/etc/passwd"),
        plain(payload="..\\secret.txt"),
        plain(payload=".narrate-token"),
        plain(payload="book.epub#chapter=1"),
        plain(payload="C:notes.txt"),
        plain(kind="path"),
        plain(state="working"),
        plain(added="2026-01-01T00:00:00"),
        plain(added="soon"),
        plain(added="0001-01-01T00:00:00+14:00"),
        plain(not_before="9999-12-31T23:59:59-14:00"),
        plain(size_bytes=-1),
        plain(error={"message": "m", "hint": "h", "more": "x"}),
        plain(error=[]),
        plain(episode={"audio": "a.mp3"}),
    ],
)
def test_a_file_that_is_no_entry_is_refused(data: bytes) -> None:
    """A folder of episodes may come from somebody else, so that no entry may name another file of this machine."""
    with pytest.raises(ValueError, match=r".+"):
        from_json(data)


def test_fields_of_other_versions_are_passed_over() -> None:
    """What is not known does no harm."""
    assert from_json(plain(colour="red")).url == "https://a.org/"
