"""Where an episode goes in its folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from mutagen.id3 import ID3, TIT2

from narrate.core.episode import Episode
from narrate.core.errors import OutputError
from narrate.core.formats import FORMATS
from narrate.core.settings.loading import Settings
from narrate.episode.manifest import Manifest, read_manifest
from narrate.library.library import Library
from narrate.pipeline.making import make_episode

TEXT = "She climbs the stairs each evening. She lights the lamp. She writes into the book what she saw at sea."


@pytest.fixture
def settings() -> Settings:
    """Fast: beeps at double speed, no cover."""
    return Settings(engine="tone", speed=2.0, cover="none", cache_dir=Path("cache"), format="wav")


def speak(settings: Settings, name: str = "light.txt", title: str = "A Light at Sea", text: str = TEXT) -> Episode:
    """Write an article and speak it."""
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    return make_episode(name, settings)


def manifest_of(episode: Episode) -> Manifest:
    """What lies beside it."""
    return read_manifest(episode.path.with_name(f"{episode.path.stem}.manifest.json"))


def listed(folder: str = "output") -> list[str]:
    """Names of the episodes in a folder, all of them whole."""
    listing = Library(Path(folder)).listing()
    assert listing.problems == ()
    return sorted(episode.audio.name for episode in listing.episodes)


def test_the_manifest_says_what_the_episode_is(settings: Settings) -> None:
    """Down to the size of each file."""
    episode = speak(settings)

    manifest = manifest_of(episode)
    assert (manifest.guid, manifest.title) == (episode.guid, "A Light at Sea")
    assert (manifest.duration_ms, manifest.media_type) == (episode.duration_ms, "audio/wav")
    assert [file.name for file in manifest.files] == [path.name for path in (episode.path, *episode.sidecars)][:-1]
    assert all(Path("output", file.name).stat().st_size == file.size_bytes for file in manifest.files)
    assert [passage.block.text for passage in manifest.text] == ["A Light at Sea", TEXT]
    assert (manifest.maker.engine, manifest.maker.voice, manifest.maker.speed) == ("tone", "middle", 2.0)
    assert listed() == ["a-light-at-sea.wav"]


def test_no_path_of_this_machine_is_in_it(settings: Settings, tmp_path: Path) -> None:
    """The folder is published."""
    episode = speak(replace(settings, output=tmp_path / "work" / "output"), str(tmp_path / "work" / "light.txt"))

    assert str(tmp_path) not in (episode.path.parent / "a-light-at-sea.manifest.json").read_text(encoding="utf-8")


def test_a_changed_article_takes_the_place_of_itself(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the identity and the day that it had, also under a new title."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = speak(settings)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")

    for title, text in (("A Light at Sea", f"{TEXT} She sleeps."), ("A Lamp at Sea", TEXT)):
        again = speak(settings, title=title, text=text)

        assert (again.path, again.guid, again.unchanged) == (first.path, first.guid, False)
        assert manifest_of(again).title == title
        assert manifest_of(again).added.timestamp() == 1_700_000_000
        assert listed() == ["a-light-at-sea.wav"]


def test_another_article_of_that_title_has_a_number(settings: Settings) -> None:
    """Another article of that title has a number, and keeps it."""
    paths = [
        speak(settings, name, text=text).path.name
        for name, text in (("a.txt", TEXT), ("b.txt", "Two."), ("c.txt", "Three."), ("b.txt", "Two."))
    ]

    assert paths == ["a-light-at-sea.wav", "a-light-at-sea-2.wav", "a-light-at-sea-3.wav", "a-light-at-sea-2.wav"]
    assert listed() == ["a-light-at-sea-2.wav", "a-light-at-sea-3.wav", "a-light-at-sea.wav"]
    assert len({episode.guid for episode in Library(Path("output")).listing().episodes}) == 3


def test_a_name_of_ones_own(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Is taken; the older file stays, and is no episode any more, so that the article is there once."""
    first = speak(replace(settings, output=Path("light.wav")))

    second = speak(replace(settings, output=Path("two.wav"), format=None))

    assert (second.path, second.guid) == (Path("two.wav"), first.guid)
    assert first.path.exists()
    assert listed(".") == ["two.wav"]
    assert "light.wav stays, but two.wav is the article's episode now" in caplog.text


def test_going_back_to_a_name(settings: Settings) -> None:
    """What lies beside it is narrate's still, also where the same words were spoken under other names since."""
    for name in ("one.wav", "two.wav", "three.wav", "one.wav", "two.wav"):
        speak(replace(settings, output=Path(name)))
        assert listed(".") == [name]


def test_a_name_that_another_article_has(settings: Settings) -> None:
    """Is the user's to give away."""
    named = replace(settings, output=Path("talk.wav"))
    first = speak(named, "a.txt")

    second = speak(named, "b.txt", "Another")

    assert second.guid != first.guid
    assert listed(".") == ["talk.wav"]
    assert manifest_of(second).title == "Another"


def test_without_sidecars_the_manifest_goes(settings: Settings) -> None:
    """It would be that of another sound."""
    speak(settings)
    speak(replace(settings, sidecars=False), text=f"{TEXT} She sleeps.")

    assert listed() == []
    assert [path.name for path in Path("output").iterdir() if not path.name.startswith(".")] == ["a-light-at-sea.wav"]


def test_an_episode_whose_manifest_is_gone_gets_one(settings: Settings) -> None:
    """With the same identity: it follows from the article."""
    first = speak(settings)
    Path("output/a-light-at-sea.manifest.json").unlink()

    again = speak(settings)

    assert (again.guid, again.unchanged) == (first.guid, False)
    assert listed() == ["a-light-at-sea.wav"]
    assert speak(settings).unchanged


def test_code_is_seen_on_the_page(settings: Settings) -> None:
    """Code is seen on the page, and said to be there."""
    Path("code.md").write_text("# Code\n\nIt is short.\n\n```\nif dark: light()\n```\n\nThat is all.\n")
    episode = make_episode("code.md", settings)

    passages = [(passage.block.kind, passage.spoken) for passage in manifest_of(episode).text]
    assert passages == [("title", True), ("paragraph", True), ("caption", True), ("code", False), ("paragraph", True)]
    assert "if dark: light()" in episode.path.with_name("code.page.html").read_text(encoding="utf-8")


def test_a_name_that_somebody_elses_file_has(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Is left alone, and said; the episode keeps the number that it has instead."""
    Path("output").mkdir()
    Path("output/a-light-at-sea.json").write_text("mine")

    episode = speak(settings)

    assert episode.path == Path("output/a-light-at-sea-2.wav")
    assert Path("output/a-light-at-sea.json").read_text() == "mine"
    assert "a-light-at-sea.json is not narrate's and stays" in caplog.text
    assert speak(settings, text=f"{TEXT} She sleeps.").path == episode.path


def test_somebody_elses_file_beside_a_name_of_ones_own(settings: Settings) -> None:
    """Was not named, and is not lost; without sidecars it is in nobody's way."""
    named = replace(settings, output=Path("talk.wav"))
    Path("talk.json").write_text("mine")

    with pytest.raises(OutputError, match=r"talk\.json is not narrate's"):
        speak(named)

    assert speak(replace(named, sidecars=False)).path == Path("talk.wav")
    assert Path("talk.json").read_text() == "mine"


def test_an_episode_in_another_format_and_back(settings: Settings) -> None:
    """No manifest names the older sound, but it is narrate's."""
    paths = [speak(replace(settings, format=name)).path.name for name in ("wav", "flac", "wav")]

    assert paths == ["a-light-at-sea.wav", "a-light-at-sea.flac", "a-light-at-sea.wav"]
    assert listed() == ["a-light-at-sea.wav"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_episode_of_which_only_the_sound_is_left_is_known(settings: Settings, name: str) -> None:
    """By the mark in its tags: no manifest and no record speaks for it, and the article has changed a little."""
    bare = replace(settings, sidecars=False, cache=False, format=name)
    first = speak(bare)

    again = speak(bare, text=f"{TEXT} She sleeps.")

    assert again.path == first.path
    assert [path.name for path in Path("output").iterdir() if not path.name.startswith(".")] == [first.path.name]


def test_by_its_address_it_is_known_under_any_title(settings: Settings) -> None:
    """An episode is known by its article's address under any title and in any words, as one with a manifest is."""
    bare = replace(settings, sidecars=False, cache=False, output=Path("output"))
    paths = []
    for text in (TEXT, "All is new."):
        front = "---\ntitle: A Light\ncanonical_url: https://example.com/light\n---\n"
        Path("light.md").write_text(f"{front}{text}\n", encoding="utf-8")
        paths.append(make_episode("light.md", bare).path.name)

    assert paths == ["a-light.wav", "a-light.wav"]


def test_a_sound_of_another_article_stays(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Though it is narrate's and has that title; each keeps its name."""
    bare = replace(settings, sidecars=False, cache=False)
    names = [speak(bare, name, text=text).path.name for name, text in (("a.txt", TEXT), ("b.txt", "Two.")) * 2]

    assert names == ["a-light-at-sea.wav", "a-light-at-sea-2.wav"] * 2
    assert "a-light-at-sea.wav is another article's and stays" in caplog.text


def test_a_sound_that_somebody_retagged_stays(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """It is theirs now."""
    bare = replace(settings, sidecars=False, cache=False, format="mp3")
    first = speak(bare)
    tags = ID3(first.path)
    tags["TIT2"] = TIT2(text="My favourite")
    tags.save(first.path)
    before = first.path.read_bytes()

    assert speak(bare).path.name == "a-light-at-sea-2.mp3"
    assert first.path.read_bytes() == before
    assert "a-light-at-sea.mp3 is not narrate's and stays" in caplog.text


def test_a_mark_vouches_for_the_sound_alone(settings: Settings) -> None:
    """What lies beside it may be anybody's."""
    speak(replace(settings, sidecars=False, cache=False))
    Path("output/a-light-at-sea.json").write_text("mine")

    assert speak(settings).path.name == "a-light-at-sea-2.wav"
    assert Path("output/a-light-at-sea.json").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_way_holds_nothing_up(settings: Settings) -> None:
    """It is not opened: nobody may ever write to it."""
    Path("output").mkdir()
    os.mkfifo("output/a-light-at-sea.wav")

    assert speak(settings).path.name == "a-light-at-sea-2.wav"
