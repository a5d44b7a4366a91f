"""Exports of read-later services are known by what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command import narrate

from narrate.core.errors import SourceError
from narrate.sources.gather import gathered
from narrate.sources.gather.gathered import Unusable, Wanted
from narrate.sources.gather.lists import is_list
from narrate.sources.gather.saved_links import saved_links

ONE, TWO = "https://example.com/one", "https://example.com/two?a=1"

# Each has an address to read, titled "One", of 3 March 2024, and another, done with where the service has that.
FOLDER = Path(__file__).parents[2] / "data" / "exports"
EXPORTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())}
WITHOUT_STATE = {"raindrop.csv", "bookmarks.html", "links.opml", "german.csv"}
WITHOUT_DATE = {"links.opml", "german.csv"}
WITHOUT_TITLE = {"german.csv"}


@pytest.mark.parametrize("name", EXPORTS)
def test_links_of_an_export(name: str) -> None:
    """Addresses in order, titles, days, and what was archived there."""
    links = saved_links(EXPORTS[name], name)

    assert links is not None
    assert [link.address for link in links] == [ONE, TWO]
    assert links[0].title == ("" if name in WITHOUT_TITLE else "One")
    assert [link.is_done for link in links] == [False, name not in WITHOUT_STATE]
    if name not in WITHOUT_DATE:
        assert links[0].saved is not None and links[0].saved.date().isoformat() == "2024-03-03"


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_a_list(name: str, tmp_path: Path) -> None:
    """`--from` takes it as it is; what is done with is left out, and not as a fault."""
    path = tmp_path / name
    path.write_text(EXPORTS[name])

    found = list(gathered([], lists=[path]))

    wanted = [one.source for one in found if isinstance(one, Wanted)]
    assert wanted == ([ONE, TWO] if name in WITHOUT_STATE else [ONE])
    assert not [one for one in found if isinstance(one, Unusable) and one.is_fault]


@pytest.mark.parametrize(
    "text",
    [
        "a.txt\nb.txt\n",
        "# a comment, with a comma\na.txt\n",
        f"{ONE}\n{TWO}\n",
        "Smith, J/a.txt\nb.txt\n",
        "",
    ],
)
def test_a_list_of_lines_is_no_export(text: str) -> None:
    """A path or an address a line is read line by line, commas in them or not."""
    assert saved_links(text, "links.txt") is None


def test_a_feed_list_is_left_to_feeds() -> None:
    """OPML of feeds names no pages."""
    assert saved_links('<opml><body><outline text="a" xmlUrl="https://a.b/feed"/></body></opml>', "feeds.opml") is None


def test_damaged_json_is_said(tmp_path: Path) -> None:
    """Half an export is no list of lines."""
    with pytest.raises(SourceError, match="is no JSON"):
        saved_links('{"bookmarks": [', "half.json")
    path = tmp_path / "half.json"
    path.write_text('{"bookmarks": [')

    (found,) = gathered([], lists=[path])

    assert isinstance(found, Unusable) and found.is_fault


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("links.txt", "https://example.com/a\n", True),
        ("pocket.csv", EXPORTS["pocket.csv"], True),
        ("bookmarks.html", EXPORTS["bookmarks.html"], True),
        ("karakeep.json", EXPORTS["karakeep.json"], True),
        ("feed.xml", "<rss/>", False),
        ("feed.json", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "{ONE}"}}]}}', False),
        ("feeds.opml", '<opml><body><outline text="a" xmlUrl="https://a.b/feed"/></body></opml>', False),
    ],
)
def test_lists_are_told_from_feeds(name: str, text: str, told: bool, tmp_path: Path) -> None:
    """`narrate watch` takes folders, feeds and lists, and knows which is which."""
    path = tmp_path / name
    path.write_text(text)

    assert is_list(str(path)) is told
    assert not is_list(str(tmp_path))


@pytest.mark.slow
def test_a_list_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a list names is spoken once; a line that comes later, in a later round."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(f"Title of {name}\n\nSome words to speak, in a sentence of their own.\n")
    watched = ("watch", "links.txt", "--once", "-o", "out", "--engine", "tone")
    Path("links.txt").write_text("a.txt\n")

    first = narrate(*watched)
    Path("links.txt").write_text("a.txt\nb.txt\n")
    second = narrate(*watched)

    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert sorted(path.stem for path in Path("out").glob("*.mp3")) == ["title-of-a-txt", "title-of-b-txt"]
    assert "title-of-a" not in second.stdout + second.stderr
