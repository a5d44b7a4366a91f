"""What front matter says of an episode, and what of it cannot be used."""

from __future__ import annotations

import pytest

from narrate.core.article import Metadata
from narrate.sources.read.front_matter.splitting import split_front_matter

NAME = "a.md"


def meta(lines: str) -> Metadata:
    return split_front_matter(f"---\ntitle: A\n{lines}\n---\nThe text.", NAME)[0]


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: [sea, lamps]", ("sea", "lamps")),
        ("tags:\n  - sea\n  - machine learning", ("sea", "machine learning")),
        ("tags:\n- sea", ("sea",)),
        ("tags: sea, machine learning", ("sea", "machine learning")),
        ("tags: machine learning", ("machine learning",)),
        ('tags: "#sea #lamps"', ("sea", "lamps")),
        ("keywords: [sea, sea, '']", ("sea",)),
        ("tags:\nkeywords: sea", ("sea",)),
        ("tags: []", ()),
        ("tags:", ()),
    ],
)
def test_tags(lines: str, tags: tuple[str, ...]) -> None:
    """As lists, as texts, as note-takers write them; each once."""
    assert meta(lines).tags == tags


@pytest.mark.parametrize(
    ("line", "is_draft"),
    [
        ("draft: true", True),
        ("draft: True # later", True),
        ("draft: yes", True),
        ("draft: false", False),
        ("draft:", False),
        ("published: false", True),
        ("published: true", False),
        ("published: 2024-03-01", False),
        ("drafted: true", False),
    ],
)
def test_drafts(line: str, is_draft: bool) -> None:
    """In either of the ways that generators know."""
    assert meta(line).is_draft is is_draft


def test_toml_has_values_of_its_own() -> None:
    """Numbers, truth and lists are such."""
    lines = 'draft = true\nseason = 2\nepisode = 12\ntags = ["sea"]\nvoice = "af_bella"\nlexicon = ["a.toml", "b.toml"]'
    found, _ = split_front_matter(f"+++\n{lines}\n+++\nThe text.")

    assert found == Metadata(
        is_draft=True, season=2, episode=12, tags=("sea",), voice="af_bella", lexicon=("a.toml", "b.toml")
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("description: On lamps.", "description", "On lamps."),
        ("summary: >\n  On lamps\n  and oil.", "description", "On lamps and oil."),
        ("season: 02", "season", 2),
        ("episode: 0", "episode", 0),
        ("voice: af_bella:0.6+af_heart", "voice", "af_bella:0.6+af_heart"),
        ("lexicon: names/own.toml", "lexicon", ("names/own.toml",)),
        ("lexicon: [a.toml, b.toml]", "lexicon", ("a.toml", "b.toml")),
    ],
)
def test_what_an_episode_is_told(line: str, field: str, value: object) -> None:
    """Each key has its place in the metadata."""
    assert getattr(meta(line), field) == value


@pytest.mark.parametrize(
    "line",
    [
        "date: soon",
        "date: 2024-13-01",
        "season: two",
        "episode: -1",
        "episode: 3.5",
        "lang: Klingon!",
        "draft: maybe",
    ],
)
def test_what_cannot_be_used_is_told(line: str, caplog: pytest.LogCaptureFixture) -> None:
    """The file, the key, the value and what to write; the article is read all the same."""
    assert meta(line).title == "A"
    (message,) = (record.getMessage() for record in caplog.records)

    key, value = line.replace("lang:", "language:").split(": ")
    assert message.startswith(f"{NAME}: {key}: {value!r}")
    assert "; write" in message


@pytest.mark.parametrize("line", ["date:", "season: ''", "date: 2024-03-01", "layout: 7", "params:\n  season: two"])
def test_what_is_fine_is_not_told(line: str, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is said of empty values, of good ones, and of keys that are others'."""
    meta(line)

    assert not caplog.records
