"""Each mail of a mailbox is an article of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command import narrate

from narrate.core.errors import SourceError
from narrate.sources.gather import Wanted, gathered
from narrate.sources.mailboxes import mail_in, mails_in, member_of, sources_in
from narrate.sources.read import read_source
from narrate.sources.read.documents.chapters import file_of

BOATS = "The first letter speaks of boats, and of the tide that brings them in each morning."
BREAD = "The second letter speaks of bread, and of the oven in the square, which is warm again."


def mail(subject: str, text: str, end: str = "\n") -> str:
    """Return a mail with the line that begins it in a mailbox."""
    lines = [
        "From ann@example.org Mon Mar  3 10:00:00 2025",
        "From: Ann Boat <ann@example.org>",
        f"Subject: {subject}",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
        "",
    ]
    return end.join(lines)


def mailbox(name: str = "letters.mbox", end: str = "\n") -> Path:
    """Write a mailbox of two mails."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((mail("Boats", BOATS, end) + mail("Bread", BREAD, end)).encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("source", "title", "text"), [("#1", "Boats", BOATS), ("#2", "Bread", BREAD), ("", "Boats", BOATS)]
)
def test_a_mail_is_read_by_its_number(end: str, source: str, title: str, text: str) -> None:
    """Nothing of the others is in it; without a number it is the first."""
    article = read_source(f"{mailbox(end=end)}{source}")

    assert article.meta.title == title
    assert article.meta.source == f"letters.mbox{source}"
    assert [block.text for block in article.blocks if block.kind == "paragraph"] == [text]


def test_the_others_are_told_of(caplog: pytest.LogCaptureFixture) -> None:
    """Who names the file hears how many mails there are, and how to have the next."""
    read_source(mailbox())
    assert "letters.mbox holds 2 mails, and the first is read; name letters.mbox#2" in caplog.text

    caplog.clear()
    read_source("letters.mbox#2")
    assert not caplog.text


def test_a_number_too_high_is_an_error() -> None:
    """It says how many there are."""
    with pytest.raises(SourceError, match=r"letters.mbox holds 2 mails, and none has the number 3"):
        read_source(f"{mailbox()}#3")
    with pytest.raises(SourceError, match="does not exist"):
        read_source("missing.mbox#1")


def test_a_folder_has_each_mail() -> None:
    """Patterns, lists and several sources have it as well; a mailbox that is named alone is itself."""
    box = str(mailbox("post/letters.mbox"))
    both = [f"{box}#1", f"{box}#2"]
    Path("list.lst").write_text("post/letters.mbox\n")

    assert [one.source for one in gathered(["post"])] == both
    assert [one.source for one in gathered(["post/*.mbox"])] == both
    assert [one.source for one in gathered([box, "./other.txt"])] == [*both, "./other.txt"]
    assert [one.source for one in gathered([], lists=["list.lst"])] == both
    assert list(gathered([box])) == [Wanted(box)]


def test_a_box_of_one_mail_is_numbered() -> None:
    """When a second one comes, the first keeps its name."""
    Path("one.mbox").write_text(mail("Boats", BOATS))

    assert list(sources_in(Path("one.mbox"))) == ["one.mbox#1"]
    assert list(sources_in(Path("gone.mbox"))) == ["gone.mbox"]
    assert list(sources_in(Path("a.txt"))) == ["a.txt"]


def test_names() -> None:
    """A file with such a name is that file."""
    assert member_of("a/b.mbox#12") == (Path("a/b.mbox"), 12)
    assert file_of("a/b.mbox#12") == Path("a/b.mbox")
    for source in ("a.mbox", "a.txt#2", "a.mbox#0", "a.mbox#x", "https://example.org/a.html#2"):
        assert member_of(source) is None
    Path("odd.mbox#2").write_text(BOATS)
    assert member_of("odd.mbox#2") is None


def test_lines_that_look_like_a_beginning() -> None:
    """A sentence that begins with "From" is none, and one that was marked loses its mark."""
    text = "From here you see the pier.\n\nFrom there, at 10:00, nothing.\n\n>From now on it is yours."
    data = (mail("Boats", text) + mail("Bread", BREAD)).encode()
    first, second = (mail_in(data, number, "x.mbox") for number in range(1, mails_in(data) + 1))

    assert b"\n\nFrom now on" in first
    assert b"Bread" in second


@given(st.lists(st.text(alphabet="From >\n:10abc\r", max_size=60), min_size=1, max_size=5))
def test_all_mails_are_found(texts: list[str]) -> None:
    """Whatever is in them, there are as many, and no byte is lost but marks."""
    data = "".join(mail(f"No {number}", text) for number, text in enumerate(texts)).encode()
    found = [mail_in(data, number, "x.mbox") for number in range(1, mails_in(data) + 1)]

    assert len(found) == len(texts)
    assert data.replace(b">From ", b"From ").endswith(found[-1].replace(b">From ", b"From "))


def test_the_command_speaks_a_mailbox_in_a_folder() -> None:
    """Two mails, two episodes."""
    mailbox("post/letters.mbox")
    done = narrate("speak", "post", "-e", "tone", "-o", "out", "--no-sidecars")

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in Path("out").glob("*.mp3")) == ["boats.mp3", "bread.mp3"]
    told = narrate("script", "--json", "post/letters.mbox#2")
    assert json.loads(told.stdout)["meta"]["title"] == "Bread"
