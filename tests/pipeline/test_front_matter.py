"""What an article says of its own episode reaches the voice, the lexicon, the files and the feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import narrate

from narrate.episode.manifest import from_json


def article(lines: str, name: str = "a.md", body: str = "The lamp of Nguyen is lit.") -> str:
    """Write an article with lines of front matter; return its name."""
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(f"---\ntitle: A Light\n{lines}\n---\n\n{body}\n")
    return name


def manifest(stem: str = "a-light") -> dict[str, object]:
    """Return what the manifest of an episode says."""
    found: dict[str, object] = json.loads(Path(f"output/{stem}.manifest.json").read_text())
    return found


def voice_of(*arguments: str) -> object:
    """Return the voice that a run speaks with."""
    done = narrate("speak", "a.md", "-e", "tone", *arguments)
    assert done.returncode == 0, done.stderr
    maker = manifest()["maker"]
    assert isinstance(maker, dict)
    return maker["voice"]


def test_an_articles_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over that of the settings, and a flag wins over it; a setting turns it off."""
    article("voice: high")
    Path("narrate.toml").write_text('voice = "low"\n')

    assert voice_of() == "high"
    assert voice_of("--voice", "low") == "low"
    monkeypatch.setenv("NARRATE_OWN_VOICE", "no")
    assert voice_of() == "low"


def test_a_voice_that_is_not_there() -> None:
    """Nothing is made, and the file, the key and the name are told."""
    article("voice: nobody")
    failed = narrate("speak", "a.md", "-e", "tone")

    assert failed.returncode == 2
    assert "a.md: voice: nobody" in failed.stderr
    assert not list(Path().glob("output/*.mp3"))


def test_an_articles_lexicon() -> None:
    """Its path is seen from the article's folder, from wherever it is spoken."""
    article("lexicon: names/own.toml", "in/a.md")
    Path("in/names").mkdir()
    Path("in/names/own.toml").write_text('[en]\n"Nguyen" = "win"\n')

    assert "The lamp of win is lit." in narrate("script", "in/a.md").stdout


@pytest.mark.parametrize("path", ["../secret.toml", "none.toml", "/etc/passwd", "names"])
def test_a_lexicon_that_is_not_beside_the_article(path: str) -> None:
    """An article makes narrate read no other file."""
    Path("secret.toml").write_text('[en]\n"Nguyen" = "win"\n')
    article(f"lexicon: {path}", "in/a.md")
    Path("in/names").mkdir()
    failed = narrate("script", "in/a.md")

    assert failed.returncode == 2
    assert f"a.md: lexicon: '{path}'" in failed.stderr


def test_what_the_manifest_keeps() -> None:
    """All that others may want to know; paths of the article's folder are nobody's business."""
    Path("own.toml").write_text("")
    article("description: On lamps.\ntags: [sea, oil]\nseason: 2\nepisode: 12\nvoice: high\nlexicon: own.toml")
    voice_of()
    kept = manifest()["meta"]
    wanted = {"description": "On lamps.", "tags": ["sea", "oil"], "season": 2, "episode": 12, "voice": "high"}

    assert isinstance(kept, dict)
    assert {key: kept[key] for key in wanted} == wanted
    assert not {"lexicon", "is_draft"} & kept.keys()
    read = from_json(Path("output/a-light.manifest.json").read_bytes()).meta
    assert (read.tags, read.season, read.episode, read.is_draft) == (("sea", "oil"), 2, 12, False)


def test_a_description_stands_first_in_the_feed() -> None:
    """It is what apps show of an episode."""
    article("description: On lamps & oil.")
    voice_of()
    assert narrate("feed", "output", "--base-url", "https://example.com/").returncode == 0

    assert "<description><![CDATA[<p>On lamps &amp; oil.</p>" in Path("output/feed.xml").read_text()


def test_drafts_are_spoken_by_name_alone() -> None:
    """In a folder and by a pattern they are left alone; named, they are spoken with a warning, and in no feed."""
    article("draft: true", "in/a.md")
    article("draft: false", "in/b.md", "Another one.")
    Path("in/c.draft.md").write_text("---\ntitle: C\nnarrate-draft: 1\n---\n\nThe third one.\n")
    for source in ("in", "i*/*.md"):
        done = narrate("speak", source, "-e", "tone")
        assert done.returncode == 0, done.stderr
        assert "in/a.md is left alone" in done.stderr
        assert len(done.stdout.splitlines()) == 1
    done = narrate("speak", "in/a.md", "-e", "tone")
    assert "in/a.md says that it is a draft" in done.stderr
    assert len(list(Path("output").glob("*.mp3"))) == 2
    narrate("feed", "output", "--base-url", "https://example.com/")

    assert Path("output/feed.xml").read_text().count("<item>") == 1
    assert narrate("speak", "in/*.draft.md", "-e", "tone").stdout == "output/c.mp3\n"
