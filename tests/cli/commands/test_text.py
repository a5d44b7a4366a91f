"""Tests of what `narrate script` says of a page: what was read, what was left, and where that is doubtful."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import narrate
from support.records import record_in

SAID = (
    "The ropewalk at Hythe was four hundred yards long, and a man who walked it all day had walked twenty miles.",
    "Its roof let in the rain in three places, under which the spinners set out pails and stepped around them.",
    "When the navy changed to wire the owner kept on twelve men, and told the bank that sailors would come round.",
)
LEFT = "Sign up for our letter about the coast, its people and what they eat, and never miss a thing that we write."
PAGE = (
    "<html lang=en><head><title>The ropewalk</title></head><body><nav><a href=/>Home</a></nav>"
    "<article><h1>The ropewalk</h1>"
    + "".join(f"<p>{text}</p>" for text in SAID)
    + f"</article><aside class=newsletter-signup><p>{LEFT}</p></aside></body></html>"
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ropewalk.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_why(page: Path) -> None:
    """Every piece is listed in its place: read or left, what decided with the probability, and the words."""
    lines = [line.split("\t") for line in narrate("script", "ropewalk.html", "--why").stdout.splitlines()]
    by_text = {line[-1]: line for line in lines}
    assert by_text[SAID[0]][0] == "read"
    assert by_text[LEFT][0] in ("left", "dropped")
    assert 0 <= float(by_text["Home"][1].rpartition("; ")[2]) < 0.5


def test_why_as_json(page: Path) -> None:
    """For programs it is one object."""
    found = json.loads(narrate("script", "ropewalk.html", "--why", "--json").stdout)
    assert {"judged", "drops"} == set(found)
    assert [one["is_kept"] for one in found["judged"] if one["block"]["text"] == SAID[1]] == [True]


def test_dropped_lists_what_the_choice_left(page: Path) -> None:
    """What is around an article on its page is as little lost in silence as what cleaning takes out of it."""
    lines = narrate("script", "ropewalk.html", "--dropped").stdout.splitlines()
    assert any(line.startswith("not-the-article\tHome\t0.") for line in lines)


def test_all_text(page: Path) -> None:
    """All of the page is taken for the article; cleaning drops what it knows."""
    said = narrate("script", "ropewalk.html", "--all-text", "--keep-line", "Home").stdout
    assert "Home" in said
    assert "never miss a thing" not in narrate("script", "ropewalk.html").stdout


def test_doubt_is_said_and_kept(page: Path) -> None:
    """A warning says why the article may be another, and what to type; the manifest has it."""
    words = " ".join(SAID)
    other = f"<h1>The ferry that never sailed again</h1><p>{words}</p><p>{words}</p>"
    page.write_text(PAGE.replace("</article>", f"{other}</article>"), encoding="utf-8")
    done = narrate("speak", "ropewalk.html", "--engine", "tone", "-o", "out.mp3")
    assert done.returncode == 0
    assert "another title in it: “The ferry that never sailed" in done.stderr
    assert "--all-text" in done.stderr
    assert any("another title" in doubt for doubt in record_in(Path("out.manifest.json"))["doubts"])


def test_only_one_of_them(page: Path) -> None:
    """Two lists at once are refused."""
    done = narrate("script", "ropewalk.html", "--why", "--dropped")
    assert done.returncode == 2
    assert "give one of them" in done.stderr
