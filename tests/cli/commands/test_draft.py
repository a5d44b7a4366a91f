"""Drafts: made, edited, spoken as the article's own episode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import narrate

ARTICLE = (
    "---\ntitle: A Light at Sea\nauthor: Jane Roe\ndate: 2024-03-01\nlayout: post\n---\n\n"
    "In 1923 Mr. Nguyen paid $120 million for the lamp.\n\nShare this article on Facebook\n\n"
    "## Winter\n\nThe sea is calm.\n\n- Oil\n\n```\nx = 1\n\ny = 2\n```\n\n"
    "| City | People |\n|---|---|\n| Oslo | 7 |\n\n"
    "![A lamp](lamp.jpg)\n\nThe keeper left in spring.\n"
)
DRAFT = Path("output/a-light-at-sea.draft.md")


@pytest.fixture
def source() -> Path:
    """An article in a folder of its own."""
    path = Path("in/article.md")
    path.parent.mkdir()
    path.write_text(ARTICLE)
    return path


def run(*arguments: str, stdin: bytes = b"") -> str:
    """Return what a run prints that ends well."""
    done = narrate(*arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def speak(source: Path) -> dict[str, object]:
    """Speak a source, and return the manifest of its episode, which is the only one."""
    run("speak", str(source), "-e", "tone")
    (manifest,) = Path("output").glob("*.manifest.json")
    found: dict[str, object] = json.loads(manifest.read_text())
    return found


def clips() -> set[str]:
    """Return the names of all clips that are kept."""
    return {path.name for path in Path("../cache").rglob("*.clip")}


def edit(path: Path, before: str, after: str) -> None:
    """Change one place of a file."""
    text = path.read_text()
    assert text.count(before) == 1, text
    path.write_text(text.replace(before, after))


def test_a_draft_says_what_will_be_said(source: Path) -> None:
    """It holds what is spoken, what is dropped and by which rule, and notes on both."""
    assert run("draft", str(source), "-e", "tone") == str(DRAFT)
    text = DRAFT.read_text()

    for lines in (
        "title: A Light at Sea\nauthor: Jane Roe\ndate: 2024-03-01\nlanguage: en\nnarrate-draft: 1\n",
        "# A Light at Sea\n\nIn 1923 Mr. Nguyen paid",
        "%% said: In nineteen twenty three Mister Nguyen paid one hundred twenty million dollars for the lamp.\n",
        "\n% Share this article on Facebook\n%% dropped: ",
        "```\nx = 1\n\ny = 2\n```\n%% said: A code example is not read aloud.\n",
        "| Oslo | 7 |\n%% said: City: Oslo; People: seven.\n",
        "![A lamp]()\n%% said: (nothing)\n",
        "\nThe keeper left in spring.\n",
    ):
        assert lines in text


def test_a_draft_is_the_articles_episode(source: Path) -> None:
    """Spoken as it is, it gives the files of the article; an edited paragraph alone is spoken anew."""
    article = speak(source)
    sounds, kept = Path("output/a-light-at-sea.mp3").read_bytes(), clips()
    run("draft", str(source), "-e", "tone")

    draft = speak(DRAFT)
    assert draft == article
    assert Path("output/a-light-at-sea.mp3").read_bytes() == sounds
    assert clips() == kept

    edit(DRAFT, "The keeper left in spring.", "The keeper left in autumn.")
    edited = speak(DRAFT)
    assert {key: edited[key] for key in ("guid", "added", "title", "origin", "meta")} == {
        key: article[key] for key in ("guid", "added", "title", "origin", "meta")
    }
    assert len(clips() - kept) == 1
    assert "autumn" in Path("output/a-light-at-sea.srt").read_text()
    assert sorted(path.suffix for path in Path("output").glob("*.mp3")) == [".mp3"]


def test_dropped_lines_are_kept_by_one_sign(source: Path) -> None:
    """Nothing is cleaned twice: what its editor keeps is spoken, what they leave out is not."""
    run("draft", str(source), "-e", "tone")
    edit(DRAFT, "% Share this", "Share this")
    edit(DRAFT, "The sea is calm.", "% The sea is calm.")
    said = run("script", str(DRAFT))

    assert "Share this article on Facebook" in said
    assert "calm" not in said
    assert "draft\tThe sea is calm." in run("script", str(DRAFT), "--dropped")


def test_refreshed_notes(source: Path) -> None:
    """They follow what was edited, and nothing else of the file changes."""
    run("draft", str(source), "-e", "tone")
    edit(DRAFT, "The keeper left in spring.", "The keeper left in 1950.\n%% ask Ann")
    before = DRAFT.read_text()
    assert run("draft", "--refresh", str(DRAFT), "-e", "tone") == str(DRAFT)

    note = "%% said: The keeper left in nineteen fifty.\n"
    assert note in DRAFT.read_text()
    assert DRAFT.read_text().replace(note, "") == before


def test_an_edited_draft_stays(source: Path) -> None:
    """It is not written over unless that is asked for; one that says the same may be made again."""
    run("draft", str(source), "-e", "tone")
    run("draft", str(source), "-e", "tone")
    edit(DRAFT, "The sea is calm.", "The sea is wild.")
    refused = narrate("draft", str(source), "-e", "tone")

    assert refused.returncode == 6
    assert "--refresh" in refused.stderr
    assert "wild" in DRAFT.read_text()
    run("draft", str(source), "-e", "tone", "--force")
    assert "calm" in DRAFT.read_text()


def test_a_draft_of_a_draft(source: Path) -> None:
    """It is refused with what to type instead."""
    run("draft", str(source), "-e", "tone")
    refused = narrate("draft", str(DRAFT), "-e", "tone")

    assert refused.returncode == 3
    assert "is a draft already" in refused.stderr
    assert "--refresh" in refused.stderr


@pytest.mark.parametrize("arguments", [(), ("in/article.md", "--refresh", "a.draft.md")])
def test_one_thing_at_a_time(source: Path, arguments: tuple[str, ...]) -> None:
    """A source, or a draft to refresh."""
    assert narrate("draft", *arguments, "-e", "tone").returncode == 2


def test_where_a_draft_goes(source: Path) -> None:
    """Into the folder or the file that is named, or to standard output; wherever it lies it knows its article."""
    assert run("draft", str(source), "-e", "tone", "-o", "mine/one.draft.md") == "mine/one.draft.md"
    assert run("draft", str(source), "-e", "tone", "-o", "mine") == "mine/a-light-at-sea.draft.md"
    assert run("draft", str(source), "-e", "tone", "-o", "-").startswith("---\ntitle: A Light at Sea")
    article, draft = speak(source), speak(Path("mine/one.draft.md"))

    assert (draft["guid"], draft["origin"]) == (article["guid"], article["origin"])


def test_what_lies_beside_the_article_is_heeded(source: Path) -> None:
    """Its lexicon holds for the draft in another folder, too, and one beside the draft wins."""
    Path("in/lexicon.toml").write_text('[en]\n"Nguyen" = "win"\n"Oil" = "oyl"\n')
    run("draft", str(source), "-e", "tone")
    assert "Mister win paid" in run("script", str(DRAFT))

    Path("output/lexicon.toml").write_text('[en]\n"Nguyen" = "noo yen"\n')
    assert "Mister noo yen paid" in run("script", str(DRAFT))
    assert "\n\noyl" in run("script", str(DRAFT))


def test_a_draft_of_standard_input(source: Path) -> None:
    """It has no article to go back to, and its episode is that of its title and words."""
    run("draft", "-", "-e", "tone", stdin=ARTICLE.encode())
    assert "source:" not in DRAFT.read_text()
    run("speak", "-", "-e", "tone", stdin=ARTICLE.encode())
    (manifest,) = Path("output").glob("*.manifest.json")
    before = json.loads(manifest.read_text())

    assert speak(DRAFT)["guid"] == before["guid"]


def test_errors_of_a_draft_name_file_and_line(source: Path) -> None:
    """Nothing is spoken of a draft that cannot be understood."""
    run("draft", str(source), "-e", "tone")
    edit(DRAFT, "The sea is calm.", "The sea is calm.\nIt is deep.\n%= ")
    failed = narrate("speak", str(DRAFT), "-e", "tone")

    assert failed.returncode == 3
    assert "a-light-at-sea.draft.md, line " in failed.stderr
    assert not list(Path("output").glob("*.mp3"))
