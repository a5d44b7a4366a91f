"""What a manifest keeps of the making of an episode."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.records import record_in, script_in, settings_in

from narrate.core.article import Article, Cleaned
from narrate.core.episode import Audio, Speech
from narrate.core.settings.loading import Music, Pauses, Settings
from narrate.episode.manifest import read_manifest
from narrate.pipeline import production
from narrate.pipeline.making import make_episode
from narrate.pipeline.shared import Request
from narrate.pipeline.stages import make_script
from narrate.speech.engines.tone import ToneEngine

ARTICLE = """---
title: A Light at Sea
author: Anna Berg
date: 2024-10-25
---

# A Light at Sea

She paid $43.6 million in 1996. He read it to Sgt. Nguyen.

```
if dark: light()
```

> Nobody knows the U.S. sea.

Subscribe to our newsletter

| Town | People |
|---|---|
| Oslo | 700,000 |
"""


@pytest.fixture
def settings() -> Settings:
    """With much that is not usual."""
    return Settings(
        engine="tone",
        speed=1.5,
        cover="none",
        cache_dir=Path("cache"),
        format="opus",
        bitrate_kbps=32,
        loudness_lufs=-18.0,
        intro=True,
        quote_voice="low",
        srt_line_chars=40,
        pauses=Pauses(paragraph_ms=900),
    )


def speak(settings: Settings) -> tuple[Path, Path]:
    """The episode and its manifest."""
    Path("light.md").write_text(ARTICLE, encoding="utf-8")
    episode = make_episode("light.md", settings)
    return episode.path, episode.sidecars[-1]


def test_a_script_is_kept_whole(settings: Settings) -> None:
    """Every utterance with its edits and sounds, every drop, everything that is only seen."""
    _, manifest = speak(settings)

    kept = script_in(record_in(manifest), read_manifest(manifest).meta)

    assert kept == replace(make_script("light.md", settings), meta=kept.meta)
    assert any(utterance.edits for utterance in kept.utterances)
    assert any(utterance.sounds for utterance in kept.utterances)
    assert kept.drops
    assert kept.asides


def test_an_episode_is_made_again_from_its_manifest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, without the article and its settings."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    path, manifest = speak(settings)
    record, known = record_in(manifest), read_manifest(manifest)
    Path("light.md").unlink()
    base = Settings(engine="tone", cover="none", cache_dir=Path("other-cache"), output=Path("again"))
    again, engine = settings_in(record, base), ToneEngine()
    named = replace(again, voice=known.maker.voice, quote_voice=known.maker.quote_voice)
    script = script_in(record, known.meta)
    monkeypatch.setattr(production, "cleaned_request", lambda *_: Cleaned(Article(known.meta, ()), ()))
    monkeypatch.setattr(production, "spoken_script", lambda *_: script)

    made = production.produce(Request("light.md"), named, engine)

    assert made.path.read_bytes() == path.read_bytes()
    for file in made.sidecars:
        assert file.read_bytes() == path.with_name(file.name).read_bytes(), file.name


def test_every_sentence_has_its_time(settings: Settings) -> None:
    """In order, and each chunk its stretch of the timeline."""
    path, manifest = speak(settings)
    record = record_in(manifest)

    times = [tuple(sentence[2:]) for said in record["said"] for sentence in said["sentences"]]
    assert times == sorted(times)
    assert len(times) > len(record["said"])
    assert record["rate_hz"] * read_manifest(manifest).duration_ms / 1000 >= times[-1][1]
    assert [chunk["said"] for chunk in record["chunks"]] == sorted(chunk["said"] for chunk in record["chunks"])
    assert {chunk.get("voice") for chunk in record["chunks"]} == {None, "low"}
    assert path.exists()


def test_every_chunk_has_its_checks(settings: Settings) -> None:
    """What was measured by each rule, and the same whether the clip was spoken or came from the cache."""
    _, manifest = speak(settings)
    first = record_in(manifest)["chunks"]

    _, manifest = speak(replace(settings, bitrate_kbps=64))

    assert record_in(manifest)["chunks"] == first
    for chunk in first:
        assert chunk["checks"].keys() >= {"finite", "clipping", "pace", "words", "unheard", "pauses", "level"}
        assert "failed" not in chunk


def test_what_failed_its_checks_is_marked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lenient run keeps it, and says what is wrong with which chunk."""

    def faint(self: ToneEngine, text: str, **_: object) -> Speech:
        return Speech(Audio(np.full(24_000, 1e-4, dtype=np.float32), 24_000))

    monkeypatch.setattr(ToneEngine, "synthesise", faint)
    _, manifest = speak(replace(settings, strict=False, quote_voice=None))

    failed = [chunk["failed"] for chunk in record_in(manifest)["chunks"]]
    assert {check["name"] for checks in failed for check in checks} == {"silence"}


def test_files_are_named_by_their_content(settings: Settings, tmp_path: Path) -> None:
    """Files are named by their content, not by where they lie on this machine."""
    jingle, _ = speak(replace(settings, format="flac", bitrate_kbps=None, output=Path("jingle.flac")))
    music = Music(before=jingle.absolute())

    _, manifest = speak(replace(settings, music=music))

    record = record_in(manifest)
    assert record["settings"]["files"]["music_before"]["name"] == "jingle.flac"
    assert str(tmp_path) not in manifest.read_text(encoding="utf-8")


def test_how_music_lies_is_recorded(settings: Settings) -> None:
    """With the files that the manifest names, the settings are those of the episode to the last fade."""
    jingle, _ = speak(replace(settings, format="flac", bitrate_kbps=None, output=Path("jingle.flac")))
    music = Music(before=jingle.absolute(), below_lu=9.0, longest_ms=1500, fade_ms=300)

    _, manifest = speak(replace(settings, music=music))

    record = record_in(manifest)
    assert record["settings"]["music"] == {"below_lu": 9.0, "longest_ms": 1500, "fade_ms": 300}
    assert settings_in(record, Settings(music=Music(before=music.before))).music == music


def test_a_manifest_without_a_record(settings: Settings) -> None:
    """Is one of an earlier version, and read as it is."""
    _, manifest = speak(settings)
    known, found = read_manifest(manifest), json.loads(manifest.read_text(encoding="utf-8"))
    del found["record"]
    manifest.write_text(json.dumps(found), encoding="utf-8")

    assert read_manifest(manifest) == known
