"""Mastered sounds and finished episodes are found again, and damage is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from narrate.core.errors import OutputError
from narrate.pipeline.finished import EpisodeRecords, SoundCache


def test_records_hold_for_the_very_file_only() -> None:
    """A changed, missing or foreign file is made again."""
    records = EpisodeRecords(Path("cache"))
    path = Path("a.mp3")
    path.write_bytes(b"episode")
    beside = Path("a.vtt")
    beside.write_text("WEBVTT")
    records.store("f" * 64, path, 1234, {".vtt": beside})

    assert records.find("f" * 64, path) == (1234, (".vtt",))
    beside.write_text("WEBVTT\n")
    assert records.find("f" * 64, path) is None
    beside.write_text("WEBVTT")
    assert records.find("e" * 64, path) is None
    path.write_bytes(b"episode!")
    assert records.find("f" * 64, path) is None
    path.unlink()
    assert records.find("f" * 64, path) is None


def test_files_that_a_run_made() -> None:
    """Are known by their content, whatever they are called now; damaged records do not matter."""
    records = EpisodeRecords(Path("cache"))
    for name, content in (("a.mp3", "sound"), ("a.vtt", "WEBVTT"), ("mine.mp3", "other")):
        Path(name).write_text(content)
    assert not records.is_made(Path("a.mp3"))
    records.store("f" * 64, Path("a.mp3"), 1234, {".vtt": Path("a.vtt")})
    (Path("cache/episodes") / "0.json").mkdir()
    Path("a.mp3").rename("b.mp3")

    made = [name for name in ("b.mp3", "a.vtt", "mine.mp3", "missing.mp3", ".") if records.is_made(Path(name))]

    assert made == ["b.mp3", "a.vtt"]


@pytest.mark.parametrize(
    "change",
    [
        None,
        {"sha256": 3},
        {"duration_ms": "1234"},
        {"duration_ms": -1},
        {"duration_ms": True},
        {"sidecars": [[".vtt", "x"]]},
        {"sidecars": {".vtt": None}},
        {"before": "abc"},
        {"before": [1]},
    ],
)
def test_a_damaged_record_is_none(change: dict[str, object] | None) -> None:
    """It only costs an encode, and what the next run notes is whole again."""
    records = EpisodeRecords(Path("cache"))
    Path("a.mp3").write_bytes(b"episode")
    records.store("f" * 64, Path("a.mp3"), 1234, {})
    record = Path("cache/episodes/ff") / f"{'f' * 64}.json"
    assert records.find("f" * 64, Path("a.mp3")) == (1234, ())
    record.write_text("[1" if change is None else json.dumps(json.loads(record.read_text()) | change))

    assert records.find("f" * 64, Path("a.mp3")) is None

    records.store("f" * 64, Path("a.mp3"), 1234, {})
    assert records.find("f" * 64, Path("a.mp3")) == (1234, ())


@pytest.fixture
def sounds() -> SoundCache:
    """With a sound of one article."""
    Path("a.part").write_bytes(b"sound" * 1_000)
    kept = SoundCache(Path("cache"))
    kept.store("a" * 64, "1" * 64, Path("a.part"))
    return kept


def test_a_sound_comes_back_as_it_was(sounds: SoundCache) -> None:
    """Under its key, of its article."""
    target = Path("b.part")
    target.write_bytes(b"anything that is longer" * 1_000)

    assert sounds.load("a" * 64, "1" * 64, target)
    assert target.read_bytes() == b"sound" * 1_000
    assert not sounds.load("a" * 64, "2" * 64, target)
    assert not sounds.load("b" * 64, "1" * 64, target)


def test_each_article_has_one_sound(sounds: SoundCache) -> None:
    """The last one, so that an article that is edited for a year takes the room of one."""
    Path("a.part").write_bytes(b"other")
    sounds.store("a" * 64, "2" * 64, Path("a.part"))

    assert not sounds.load("a" * 64, "1" * 64, Path("b.part"))
    assert sounds.load("a" * 64, "2" * 64, Path("b.part"))
    assert len([path for path in Path("cache/sounds").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("at", [3, 40, 100, 300, -1])
def test_a_damaged_sound_is_none(sounds: SoundCache, at: int) -> None:
    """Wherever the damage is."""
    (path,) = (path for path in Path("cache/sounds").rglob("*") if path.is_file())
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)

    assert not sounds.load("a" * 64, "1" * 64, Path("b.part"))
    path.write_bytes(b"")
    assert not sounds.load("a" * 64, "1" * 64, Path("b.part"))


def test_a_sound_that_cannot_be_kept_is_an_error() -> None:
    """With the way round it."""
    Path("a.part").write_bytes(b"sound")
    Path("cache").write_text("a file where the folder should be")

    with pytest.raises(OutputError, match="cannot be written"):
        SoundCache(Path("cache")).store("a" * 64, "1" * 64, Path("a.part"))
