"""The draft of an article, of an episode or of itself is found or made."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.core.errors import SourceError
from narrate.core.settings.loading import Settings
from narrate.pipeline.making import make_episode
from narrate.pipeline.reviewing.opening import opened_draft
from narrate.sources.read.draft.drafts import read_draft
from narrate.speech.engines import make_engine

ARTICLE = "# The Lamp\n\nThe boats came home. All of them were late.\n\nShare this on Facebook\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A voice of tones; episodes go below the article."""
    (tmp_path / "lamp.md").write_text(ARTICLE, encoding="utf-8")
    return Settings(engine="tone", output=tmp_path / "output", cache_dir=tmp_path / "cache", intro="Hear {title}.")


def opened(source: Path, settings: Settings) -> tuple[Path, Settings]:
    """Open a source."""
    return opened_draft(str(source), settings, make_engine(settings))


def test_an_article_gets_a_draft_and_keeps_it(tmp_path: Path, settings: Settings) -> None:
    """What was edited in it stays when the article is reviewed again."""
    path, _ = opened(tmp_path / "lamp.md", settings)
    path.write_text(path.read_text(encoding="utf-8").replace("boats", "ships"), encoding="utf-8")
    again, _ = opened(tmp_path / "lamp.md", settings)
    assert again == path and "ships" in path.read_text(encoding="utf-8")
    assert opened(path, settings) == (path, settings)


def test_two_articles_of_one_title_have_a_draft_each(tmp_path: Path, settings: Settings) -> None:
    """Each finds its own again."""
    (tmp_path / "other.md").write_text("# The Lamp\n\nAnother story altogether.\n", encoding="utf-8")
    first, _ = opened(tmp_path / "lamp.md", settings)
    second, _ = opened(tmp_path / "other.md", settings)
    assert (first.name, second.name) == ("the-lamp.draft.md", "the-lamp-2.draft.md")
    assert "Another story" in second.read_text(encoding="utf-8")
    assert opened(tmp_path / "lamp.md", settings)[0] == first
    assert opened(tmp_path / "other.md", settings)[0] == second


@pytest.mark.parametrize("ending", [".mp3", ".manifest.json"])
def test_an_episode_is_found_back_to_its_article(tmp_path: Path, settings: Settings, ending: str) -> None:
    """By what its manifest says of where it came from; the dropped lines are there, and the voice that it has."""
    episode = make_episode(tmp_path / "lamp.md", Settings(**{**_fields(settings), "voice": "high"}))
    elsewhere = Settings(engine="tone", output=tmp_path / "other", cache_dir=tmp_path / "cache")
    path, found = opened(episode.path.with_name(f"{episode.path.stem}{ending}"), elsewhere)
    draft = read_draft(path)
    assert path == episode.path.with_name(f"{episode.path.stem}.draft.md")
    assert [one.rule for one in draft.blocks if one.is_dropped] == ["share-bar"]
    assert (found.output, draft.meta.voice) == (episode.path.parent, "high")


def test_an_episode_whose_article_is_gone_is_reviewed_by_its_manifest(tmp_path: Path, settings: Settings) -> None:
    """Without the intro, and speaking the draft makes the same episode again."""
    episode = make_episode(tmp_path / "lamp.md", settings)
    (tmp_path / "lamp.md").unlink()
    path, found = opened(episode.path, settings)
    words = [one.block.text for one in read_draft(path).blocks]
    assert words == ["The Lamp", "The boats came home. All of them were late."]
    assert make_episode(path, found).guid == episode.guid


def test_a_sound_of_somebody_elses_is_refused(tmp_path: Path, settings: Settings) -> None:
    """With a hint to name the article."""
    (tmp_path / "song.mp3").write_bytes(b"ID3")
    with pytest.raises(SourceError, match="no manifest") as raised:
        opened(tmp_path / "song.mp3", settings)
    assert "article" in raised.value.hint


def _fields(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in ("engine", "output", "cache_dir", "intro")}
