"""A folder of episodes."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manifests import days_later, manifest, put

from narrate.core.article import Metadata
from narrate.core.errors import OutputError
from narrate.episode.manifest import Filed, read_head
from narrate.library import index, listing
from narrate.library.identity import Identity, is_same, is_told_same, likeness, same_address
from narrate.library.library import Library

FOLDER = Path("episodes")
WORDS = "She climbs the stairs each evening and lights the lamp and writes into the book what she saw at sea."


def identity(title: str = "A Light at Sea", **others: Any) -> Identity:
    """An article's."""
    return Identity(title, **{"text": WORDS, **others})


def at(url: str, published: date | None = None) -> Metadata:
    """Of an article with an address."""
    return Metadata(url=url, published=published)


def test_newest_first() -> None:
    """The newest stands first; two of one second stand in one order each time."""
    for stem, days in (("a", 0), ("b", 2), ("c", 1), ("d", 1)):
        put(FOLDER, stem, added=days_later(days))

    listing = Library(FOLDER).listing()

    assert [episode.stem for episode in listing.episodes] == ["b", "d", "c", "a"]
    assert listing.problems == ()


def test_sources_that_were_spoken() -> None:
    """By their checksum; manifests that cannot be read or miss their sound say nothing, nor does standard input."""
    put(FOLDER, "a", origin="11")
    put(FOLDER, "b", origin="")
    put(FOLDER, "c", origin="22")
    put(FOLDER, "d", origin="33")
    (FOLDER / "a.manifest.json").write_bytes(b"{")
    (FOLDER / "d.mp3").unlink()
    library = Library(FOLDER)

    assert [library.knows(origin) for origin in ("11", "22", "33", "44", "")] == [False, True, False, False, False]
    assert not Library(Path("nowhere")).knows("22")


def test_a_large_folder_is_not_read_for_each_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process files or removes is seen all the same; what others do when the time is over."""
    monkeypatch.setattr(listing, "LARGE_NAMES", 1)
    monkeypatch.setattr(listing, "HOLDS_TIMES", 1e9)
    put(FOLDER, "a", title="A", origin="1")
    library = Library(FOLDER)
    assert library.knows("1")
    reads = []
    monkeypatch.setattr(index, "read_head", lambda path: reads.append(path.name) or read_head(path))

    put(FOLDER, "b", title="B", origin="2")
    assert not library.knows("2")
    library.note("b")
    found = library.find(identity("B", text="anything", origin="2"))
    assert found and found.stem == "b"

    put(FOLDER, "b", title="B, Again", origin="2")
    library.note("b")
    assert library.find(identity("B", text="anything")) is None
    (FOLDER / "a.manifest.json").unlink()
    library.note("a")
    assert not library.knows("1")
    assert reads == ["b.manifest.json"] * 2


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("a.mp3", None, "missing"),
        ("a.mp3", b"longer sound", "12 bytes, and its manifest says 5"),
        ("a.manifest.json", b"{", "cannot be read"),
        ("a.manifest.json", b"\xff", "cannot be read"),
    ],
)
def test_an_episode_that_is_not_whole(file: str, content: bytes | None, message: str) -> None:
    """Is named with what is wrong and what to do; the others are listed."""
    put(FOLDER, "a")
    put(FOLDER, "b")
    if content is None:
        (FOLDER / file).unlink()
    else:
        (FOLDER / file).write_bytes(content)

    listing = Library(FOLDER).listing()

    assert [episode.stem for episode in listing.episodes] == ["b"]
    (problem,) = listing.problems
    assert problem.name == file
    assert message in problem.message
    assert "narrate remove" in problem.hint


def test_a_manifest_under_another_name() -> None:
    """Somebody copied it."""
    put(FOLDER, "a")
    (FOLDER / "a.manifest.json").rename(FOLDER / "b.manifest.json")

    (problem,) = Library(FOLDER).listing().problems
    assert problem.message == "it is the manifest of a.mp3"


def test_a_copy_of_an_episode() -> None:
    """Is listed once, the newest of them."""
    put(FOLDER, "a", guid="g", added=days_later(1))
    put(FOLDER, "b", guid="g", added=days_later(2))

    listing = Library(FOLDER).listing()

    assert [episode.stem for episode in listing.episodes] == ["b"]
    assert [(problem.name, problem.message) for problem in listing.problems] == [
        ("a.mp3", "it has the identity of b.mp3")
    ]


def test_a_sidecar_that_is_missing() -> None:
    """Is as bad as a missing sound: the feed would lead nowhere."""
    put(FOLDER, "a", sidecars={".vtt": Filed("a.vtt", 3, "x")})

    (problem,) = Library(FOLDER).listing().problems
    assert (problem.name, problem.message) == ("a.vtt", "it is missing")


@pytest.mark.parametrize("folder", ["missing", "file"])
def test_what_is_no_folder_holds_nothing(folder: str) -> None:
    """Whoever publishes it says so."""
    Path("file").touch()

    assert Library(Path(folder)).listing().episodes == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_folder_that_cannot_be_read() -> None:
    """Is an error in words."""
    FOLDER.mkdir(mode=0o000)

    with pytest.raises(OutputError, match="episodes"):
        Library(FOLDER).listing()


def test_what_cannot_be_used_in_a_folder_is_named() -> None:
    """The file, not only its folder: here a journal would put a sound where a folder is."""
    put(FOLDER, "a")
    (FOLDER / "x.mp3").mkdir()
    (FOLDER / ".x.part").touch()
    (FOLDER / ".0.commit").write_text('{"removes": [], "moves": [[".x.part", "x.mp3"]]}')

    with pytest.raises(OutputError, match=r"the folder episodes cannot be used: episodes.x\.mp3: ") as caught:
        Library(FOLDER).listing()

    assert caught.value.hint


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.EIO, "Input/output error", str(FOLDER)), "Input/output error"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
        (OSError(errno.EIO, "Input/output error", b"episodes/a"), "episodes/a: Input/output error"),
    ],
)
def test_the_folder_itself_is_named_once(error: OSError, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the error is about no file in it."""

    def fail(folder: Path) -> None:
        raise error

    monkeypatch.setattr("narrate.library.library.finish_changes", fail)

    with pytest.raises(OutputError) as caught:
        Library(FOLDER).listing()

    assert caught.value.message.replace(os.sep, "/") == f"the folder episodes cannot be used: {message}"


@pytest.mark.parametrize(
    ("article", "told", "same"),
    [
        (identity(), ("A Light at Sea", "", f"A Light at Sea\n\n{WORDS}"), True),
        (identity(), ("A Light at Sea", "", f"A Light at Sea\n\n{WORDS} She sleeps."), True),
        (identity(), ("A Lamp at Sea", "", f"A Lamp at Sea\n\n{WORDS}"), False),
        (identity(), ("A Light at Sea", "", "A Light at Sea\n\nThe tower stands on a bare rock in the north."), False),
        (identity(url="https://a.com/x?utm_source=y"), ("Other", "https://www.a.com/x/", "Other words."), True),
        (identity(url="https://a.com/x"), ("A Light at Sea", "https://a.com/y", WORDS), False),
        (identity(url="https://a.com/x"), ("A Light at Sea", "", WORDS), True),
    ],
)
def test_what_a_sound_says_of_its_article(article: Identity, told: tuple[str, str, str], same: bool) -> None:
    """By address, else by title and words."""
    assert is_told_same(article, *told) is same


def test_changes_of_a_killed_process_are_finished_first() -> None:
    """A listing never shows half of a change that was cut off."""
    put(FOLDER, "a")
    (FOLDER / ".x.part").write_bytes(b"other")
    (FOLDER / ".0.commit").write_text('{"removes": ["a.manifest.json"], "moves": [[".x.part", "a.mp3"]]}')

    assert Library(FOLDER).listing().episodes == ()
    assert (FOLDER / "a.mp3").read_bytes() == b"other"


@pytest.mark.parametrize(
    ("article", "known", "same"),
    [
        # By address, whatever else has changed.
        (identity(url="https://a.org/x"), {"title": "Other", "meta": at("https://a.org/x")}, True),
        (identity(url="https://a.org/x?utm_source=mail#top"), {"meta": at("http://www.a.org/x/"), "title": "O"}, True),
        (identity(url="https://a.org/x"), {"title": "Other", "meta": at("https://a.org/y"), "words": WORDS}, False),
        (identity(url="https://a.org/x"), {"meta": at("https://a.org/y")}, False),
        # Moved to another address: title and text stay.
        (identity(url="https://a.org/x"), {"meta": at("https://b.org/x"), "words": WORDS}, True),
        # The same file under the same title.
        (identity(origin="f"), {"origin": "f", "words": "All new."}, True),
        # A day's news, each day in one file.
        (
            identity(origin="f", published=date(2026, 1, 2)),
            {"origin": "f", "words": "All new.", "meta": at("", date(2026, 1, 1))},
            False,
        ),
        (identity(origin="f"), {"origin": "f", "title": "Another day", "words": "All new."}, False),
        (identity(origin="f"), {"origin": "f", "title": "A Lite at Sea", "words": WORDS}, True),
        # One title, two places.
        (identity(origin="f"), {"origin": "g", "words": "All new."}, False),
        (identity(origin="f"), {"origin": "g", "words": f"{WORDS} And one more sentence."}, True),
        (identity(), {"words": WORDS}, True),
        (identity("One"), {"title": "Two", "words": WORDS}, False),
    ],
)
def test_which_articles_are_the_same(article: Identity, known: dict[str, Any], same: bool) -> None:
    """A changed article takes the place of its earlier self, and another one never does."""
    made = put(FOLDER, "known", **known)

    assert is_same(article, made) is same
    assert (Library(FOLDER).find(article) is not None) is same


def test_damaged_manifests_are_passed_over_when_one_is_looked_for() -> None:
    """They are reported when the folder is listed."""
    put(FOLDER, "a", words=WORDS)
    (FOLDER / "0.manifest.json").write_text("{")

    found = Library(FOLDER).find(identity())

    assert found is not None
    assert found.stem == "a"
    assert Library(FOLDER).manifest_of("0") is None
    assert Library(FOLDER).manifest_of("none") is None


def test_identities() -> None:
    """An article whose folder was lost keeps its identity; another article of that title gets another."""
    library, article = Library(FOLDER), identity()
    first = library.new_guid(article)
    put(FOLDER, "a", guid=first)

    second = library.new_guid(identity(text="Other words."))

    assert first == Library(Path("elsewhere")).new_guid(article)
    assert second not in (first, library.new_guid(identity(text="Yet others.")))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.org/x", "http://a.org/x/", True),
        ("https://A.org/x", "https://www.a.org/x", True),
        ("https://a.org/X", "https://a.org/x", False),
        ("https://a.org/x?id=1", "https://a.org/x?id=2", False),
        ("https://a.org/x?id=1&fbclid=z", "https://a.org/x?id=1", True),
        ("https://a.org:8080/x", "https://a.org/x", False),
        ("https://[bad", "https://[bad", True),
        ("https://[bad", "https://[worse", False),
    ],
)
def test_addresses_of_one_article(one: str, other: str, same: bool) -> None:
    """Parts that say where a reader came from do not count."""
    assert same_address(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (WORDS, WORDS, 1, 1),
        (WORDS, WORDS.upper(), 1, 1),
        (WORDS, "", 0, 0),
        ("", "", 1, 1),
        ("One.", "One.", 1, 1),
        (WORDS, WORDS.replace("lamp", "light"), 0.7, 0.8),
        (WORDS, f"{WORDS} {' '.join(map(str, range(40)))}", 0.2, 0.5),
    ],
)
def test_how_much_is_shared(one: str, other: str, low: float, high: float) -> None:
    """Of the longer text, by runs of four words."""
    assert low <= likeness(one, other) <= high


@given(st.text(), st.text())
def test_likeness_has_no_direction(one: str, other: str) -> None:
    """Likeness is equal in both directions, and between nothing and all."""
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


def test_looking_for_an_article_reads_no_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Except of the few that may be it: there may be thousands."""
    for number in range(20):
        put(FOLDER, f"e{number}", f"Title {number}", words=WORDS)
    read: list[str] = []
    monkeypatch.setattr(
        "narrate.library.library.read_manifest", lambda path: read.append(path.name) or manifest(path.stem)
    )

    Library(FOLDER).find(identity("Title 7"))

    assert set(read) == {"e7.manifest.json"}
