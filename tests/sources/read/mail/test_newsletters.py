"""Newsletters as services send them: their text is read, and what is put around it is on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.papers.letters import Letter, letters, mailed, missed

from narrate.core.article import Article, Block, Drop
from narrate.core.settings.loading import Settings
from narrate.sources.read import read_source
from narrate.sources.read.mail import read_message
from narrate.sources.read.mail.forwarded import origin_of, without_inner_headers
from narrate.sources.read.mail.newsletter import without_frame
from narrate.sources.read.mail.sender import sender_of

STORY = "The mill on the lower river has ground no flour since the flood, and yet its wheel turns every Sunday for us."


def read(data: bytes) -> Article:
    """Read a mail."""
    return read_message(data, name="a.eml").article


@pytest.mark.parametrize("letter", list(letters()), ids=lambda letter: letter.name)
def test_letters(letter: Letter, tmp_path: Path) -> None:
    """Text, writer and newsletter come out alike, whatever service, program or mailbox a letter went through."""
    assert not missed(letter, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Write *|FNAME|* where the name of your reader is to stand, and the service that sends "
            "your letters fills it in."
        ),
        "On November 3, 2026 the mill was sold.",
        "She lived at 12 Quay Street in Dublin until she was ninety.",
        "Unsubscribed people never write to us.",
        "Part one: the preview of a long winter",
        "Berlin | Paris | Rome",
        "1 | 2 | 3",
    ],
)
def test_what_an_author_wrote(text: str) -> None:
    """Sentences about fields, days, streets and letters are read."""
    assert without_frame([Block("paragraph", text)]).blocks == (Block("paragraph", text),)


def test_the_middle_of_a_letter() -> None:
    """There, nothing is a frame."""
    blocks = [Block("paragraph", STORY)] * 10
    blocks.insert(9, Block("paragraph", "Preview: a word of the printer"))
    blocks += [Block("paragraph", STORY)] * 10

    assert without_frame(blocks).blocks == tuple(blocks)


def test_what_is_left_out_is_on_record() -> None:
    """Each with its rule."""
    page = (
        f"<p>Hi *|FNAME|*,</p><p>{STORY}</p><p>{STORY[:60]} once.</p><p>548 Market Street, San Francisco, CA 94104</p>"
    )
    drops = read(mailed(page)).drops

    assert {(drop.rule, drop.block.text) for drop in drops} >= {
        ("merge-field", "*|FNAME|*"),
        ("newsletter-frame", "548 Market Street, San Francisco, CA 94104"),
    }


def test_all_text_keeps_the_frame(tmp_path: Path) -> None:
    """Who asks for all of a letter gets it."""
    path = tmp_path / "a.eml"
    path.write_bytes(mailed(f"<p>November 03, 2026 | Issue 12</p><p>{STORY}</p>"))

    texts = [block.text for block in read_source(path, Settings(all_text=True)).blocks]

    assert "November 03, 2026 | Issue 12" in texts


@pytest.mark.parametrize(
    ("header", "author", "site"),
    [
        ("Ina Berg <i@m.example>", "Ina Berg", None),
        ('"Boats, Inc" <i@m.example>', "Boats, Inc", None),
        ('"Martin Luther King, Jr." <i@m.example>', "Martin Luther King, Jr.", None),
        ('"Ina van der Berg (The Harbour)" <i@m.example>', "Ina van der Berg", "The Harbour"),
        ('"The Harbour by Ina Berg" <i@m.example>', "Ina Berg", "The Harbour"),
        ('"Stand by me" <i@m.example>', "Stand by me", None),
        ("Newsletter <i@m.example>", None, None),
        ("do-not-reply@m.example", None, None),
        ("", None, None),
    ],
)
def test_senders(header: str, author: str | None, site: str | None) -> None:
    """A name is a person's, a person's and a newsletter's, or nobody's."""
    assert sender_of(header) == (author, site)


HEADERS = {
    "one block": (
        "---------- Forwarded message --------- From: Ina Berg <i@m.example> Date: 3 Nov 2026 Subject: Boats",
    ),
    "a block each": ("Begin forwarded message:", "From: Ina Berg <i@m.example>", "Subject: Boats", "Date: 3 Nov 2026"),
    "German": ("Von: Ina Berg <i@m.example>", "Gesendet: 3. November 2026", "An: Rolf Tamm", "Betreff: Boote"),
}


@pytest.mark.parametrize("lines", HEADERS.values(), ids=list(HEADERS))
def test_headers_of_mails_passed_on(lines: tuple[str, ...]) -> None:
    """They are no text, and say who wrote it and when."""
    passed = without_inner_headers([Block("paragraph", text) for text in ("Look.", *lines, STORY)])
    origin = origin_of(passed.drops)

    assert [block.text for block in passed.blocks] == ["Look.", STORY]
    assert origin
    assert (origin.author, origin.published) == ("Ina Berg", date(2026, 11, 3))


@pytest.mark.parametrize("text", ["From: the sea to the hills", "To: all of you, with love", "Subject: boats"])
def test_lines_that_are_no_headers(text: str) -> None:
    """One line that begins like a header is a line."""
    blocks = (Block("paragraph", text), Block("paragraph", STORY))

    assert without_inner_headers(blocks).blocks == blocks
    assert origin_of([Drop(blocks[1], "related")]) is None
