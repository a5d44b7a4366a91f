"""Folders and patterns stand for the articles in them, in the order people count in."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.errors import SourceError
from narrate.sources.gather.folders import by_pattern, in_folder, is_pattern, natural

POSIX = pytest.mark.skipif(os.name == "nt", reason="links and such names need POSIX")


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some words.")


def found(name: str) -> list[str]:
    paths = list(by_pattern(name) if is_pattern(name) else in_folder(Path(name)))
    return [path.as_posix() if isinstance(path, Path) else f"! {path.message}" for path in paths]


def test_folder() -> None:
    """Articles at any depth, by numbers where names have them; other files, hidden ones and hidden folders are not."""
    make("a/10.txt", "a/2.md", "a/B.HTML", "a/c/x.htm", "a/c/y.markdown", "a/Ä.txt", "a/1/z.txt")
    make("a/.hidden.txt", "a/.git/x.txt", "a/picture.png", "a/notes", "a/episode.mp3", "a/episode.vtt")

    assert found("a") == ["a/1/z.txt", "a/2.md", "a/10.txt", "a/B.HTML", "a/c/x.htm", "a/c/y.markdown", "a/Ä.txt"]


def test_mails_and_web_archives_are_articles() -> None:
    """In folders as by themselves."""
    make("a/1.eml", "a/2.mht", "a/3.MHTML", "a/4.mbox", "a/5.webarchive", "a/6.doc")

    assert found("a") == ["a/1.eml", "a/2.mht", "a/3.MHTML", "a/4.mbox", "a/5.webarchive"]


def test_own_output() -> None:
    """What narrate wrote into a library is not an article; a page that has such a name by chance is."""
    make("a/article.html", "a/article.page.html", "a/article.manifest.json", "a/index.html", "a/feed.xml", "a/e.json")
    make("b/index.html", "b/my.page.html")

    assert found("a") == ["a/article.html"]
    assert found("b") == ["b/index.html", "b/my.page.html"]


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("a/*.md", ["a/2.md", "a/10.md"]),
        ("a/?.md", ["a/2.md"]),
        ("a/[0-9]*.md", ["a/2.md", "a/10.md"]),
        ("a/**/*.md", ["a/2.md", "a/10.md", "a/c/3.md", "a/c/d/4.md"]),
        ("**/*.md", ["a/2.md", "a/10.md", "a/c/3.md", "a/c/d/4.md"]),
        ("a/**", ["a/2.md", "a/10.md", "a/c/3.md", "a/c/d/4.md", "a/t.txt"]),
        ("a/**/**/d/*", ["a/c/d/4.md"]),
        ("a/*", ["a/2.md", "a/10.md", "a/c/3.md", "a/c/d/4.md", "a/t.txt"]),
        ("a/*/3.md", ["a/c/3.md"]),
        ("a/c*", ["a/c/3.md", "a/c/d/4.md"]),
        ("a/*.log", ["a/b.log"]),
        ("./a/t*", ["a/t.txt"]),
        ("a/*.pdf", ["! no article fits a/*.pdf"]),
        ("x/*/y", ["! no article fits x/*/y"]),
    ],
)
def test_patterns(pattern: str, paths: list[str]) -> None:
    """They are what a shell makes of them, with folders for what is in them; an ending that is named may be any."""
    make("a/2.md", "a/10.md", "a/c/3.md", "a/c/d/4.md", "a/b.log", "a/t.txt", "a/.h.md")

    assert found(pattern) == paths


def test_absolute_pattern(tmp_path: Path) -> None:
    """One may begin at the root."""
    make("a/1.md")

    assert found(str(Path("a").absolute() / "*.md")) == [Path("a/1.md").absolute().as_posix()]


@POSIX
def test_names_like_patterns() -> None:
    """A file that is called like a pattern is itself."""
    make("why?.txt")

    assert not is_pattern("why?.txt") and is_pattern("wh?.txt") and not is_pattern("plain.txt")


def test_nothing() -> None:
    """A folder without an article says so, with the endings that articles have."""
    make("a/x.png")

    [error] = in_folder(Path("a"))
    assert isinstance(error, SourceError) and error.message == "the folder a holds no article" and ".md" in error.hint
    assert found("missing")[0].startswith("! ")


@POSIX
def test_links() -> None:
    """Links are followed, and none is gone round; one that leads nowhere is said when it is read."""
    make("a/b/1.txt", "c/2.txt")
    Path("a/b/loop").symlink_to("..", target_is_directory=True)
    Path("a/self").symlink_to("self")
    Path("a/c").symlink_to("../c", target_is_directory=True)
    Path("a/d").symlink_to("../c", target_is_directory=True)
    Path("a/gone.txt").symlink_to("nowhere.txt")

    os.mkfifo("a/pipe.txt")

    assert found("a") == ["a/b/1.txt", "a/c/2.txt", "a/gone.txt"]
    assert sorted(found("a/**/*.txt")) == ["a/b/1.txt", "a/c/2.txt", "a/gone.txt"]


def test_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be read is said, and the others are."""
    make("a/1/x.txt", "a/2/x.txt")
    listdir = os.listdir

    def refusing(folder: Path) -> list[str]:
        if folder.name == "1":
            raise PermissionError(13, "Permission denied")
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", refusing)

    problem = f"! the folder {Path('a/1')} cannot be read: Permission denied"
    assert found("a") == [problem, "a/2/x.txt"]
    assert found("a/**/*.txt") == [problem, "a/2/x.txt"]
    assert found("a/1/*.txt")[0] == problem


@POSIX
def test_deep() -> None:
    """Folders may lie deeper than Python's calls may."""
    here, depth = os.getcwd(), 1010
    try:
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
        make("x.txt")
        os.chdir(here)
        assert found("d")[-1].endswith("/d/x.txt")
        assert found("d/**/x.txt")[-1].endswith("/d/x.txt")
    finally:
        os.chdir(here)
        os.chdir("/".join("d" * depth))
        os.remove("x.txt")
        for _ in range(depth):  # nobody else could clear it away
            os.chdir("..")
            os.rmdir("d")


def test_natural() -> None:
    """Numbers are compared as numbers, of any length; letters without their case."""
    names = ["a", "A1", "a2", "a10", "a10b", "b", "b" + "1" * 5000]
    mixed = random.Random(1).sample(names, len(names))

    assert sorted(mixed, key=natural) == names


def test_natural_where_a_name_goes_on_with_a_number() -> None:
    """The one without it comes first; a folder with both is listed."""
    names = ["", "0", "00", "1", "01", "show", "show0", "show00", "show1", "show1a", "show10", "showa"]
    mixed = random.Random(2).sample(names, len(names))

    assert sorted(mixed, key=natural)[5:] == ["show", "show0", "show00", "show1", "show1a", "show10", "showa"]


_NAMES = st.text(st.characters() | st.sampled_from("0123456789aAbß٣²\ud800"), max_size=12)


@given(_NAMES, _NAMES, _NAMES)
def test_natural_is_a_total_order(one: str, other: str, third: str) -> None:
    """Any two names can be compared, only equal ones are neither before nor after, and it goes on from pair to pair."""
    first, second, last = sorted((one, other, third), key=natural)

    assert natural(first) <= natural(second) <= natural(last)
    assert natural(first) <= natural(last)
    assert (natural(one) == natural(other)) is (one == other)


@pytest.mark.parametrize("names", [("show", "show0"), ("a", "a1", "a1b"), ("x.txt", "x0.txt", "x"), ("1", "1x", "x1")])
def test_folders_that_are_called_alike(names: tuple[str, ...], tmp_path: Path) -> None:
    """Folders of any names are walked through."""
    for name in names:
        (tmp_path / "shows" / name).mkdir(parents=True)
        (tmp_path / "shows" / name / "a.txt").write_text("Hi.")

    assert [path.parent.name for path in in_folder(tmp_path / "shows")] == sorted(names, key=natural)
