"""One script on its way to one episode, with all that lies beside it."""

from __future__ import annotations

import io
import json
import os
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from mutagen.id3 import ID3
from PIL import Image
from support.clips import sine
from support.engines import CountingEngine
from support.site import reply, site

from narrate.audio.codec import decode, measure_file, to_int16
from narrate.audio.encoder import encode
from narrate.audio.timeline import LEAD_IN_MS, TAIL_MS
from narrate.core.episode import Episode
from narrate.core.errors import ConfigError, OutputError, SynthesisFailed
from narrate.core.formats import FORMATS
from narrate.core.settings.loading import Music, Pauses, Settings
from narrate.episode.cover import cover as covers
from narrate.episode.cover.cover import drawn_cover, picture_cover
from narrate.pipeline import sound
from narrate.pipeline.cast import Cast
from narrate.pipeline.making import make_episode
from narrate.speech.engines import Voice
from narrate.speech.engines.tone import PITCHES_HZ

ARTICLE = """---
title: A Light at Sea
author: Anna Berg
date: 2024-10-25
site: The Daily Light
url: https://example.com/a-light
---

# A Light at Sea

She climbs. She lights it.

## Winter

It froze.

> Nobody knows the sea.

## Spring

It thaws.
"""
CHAPTERS = ["A Light at Sea", "Winter", "Spring"]


# What is quick: little silence, fast beeps, a format that need not be compressed.
PAUSES = Pauses(**{item.name: 50 for item in fields(Pauses)})

# A cover takes a second, and the same picture gives the same one.
PICTURE_COVER, DRAWN_COVER = cache(picture_cover), cache(drawn_cover)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(covers, "picture_cover", PICTURE_COVER)
    monkeypatch.setattr(covers, "drawn_cover", DRAWN_COVER)
    return Settings(engine="tone", cover="none", cache_dir=tmp_path / "cache", format="wav", speed=2.0, pauses=PAUSES)


@pytest.fixture
def article() -> Path:
    """With headings and a quote, and with all that can be known of it."""
    path = Path("light.md")
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def photo(name: str, colour: str = "red") -> Path:
    """A picture with a pattern in one colour."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("RGB", (600, 400), colour)
    picture.paste("white", (100, 100, 140, 140))
    picture.save(path)
    return path


def names_of(folder: str = "output") -> list[str]:
    """What lies there, but for the lock and what every episode has."""
    return sorted(name for name in os.listdir(folder) if not name.endswith((".lock", ".manifest.json", ".page.html")))


def transcript_of(episode: Episode) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(episode.path.with_suffix(".json").read_text(encoding="utf-8"))
    return loaded


def colour_of(jpeg: bytes) -> str:
    """The channel that there is far more of than of the others; "none" in a drawn cover."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert picture.size in ((3000, 3000), (1400, 1400))
        picture.draft("RGB", (375, 375))  # a JPEG can be read small
        means = np.asarray(picture.convert("RGB").resize((50, 50)), dtype=float).mean(axis=(0, 1))
    _, middle, most = sorted(means)
    return ["red", "green", "blue"][int(np.argmax(means))] if most > 8 * middle else "none"


def chapters_of(episode: Episode) -> list[str]:
    return [chapter["title"] for chapter in transcript_of(episode)["chapters"]]


def large_cover(episode: Episode) -> bytes:
    return episode.path.with_name(f"{episode.path.stem}.cover.jpg").read_bytes()


# Formats


def read_back(path: Path) -> tuple[dict[str, str], list[tuple[str, int]], bool]:
    """Tags in FFmpeg's names, chapters with their starts in milliseconds, and whether there is a cover."""
    with av.open(str(path)) as container:
        tags = {**container.streams.audio[0].metadata, **container.metadata}
        chapters = [
            (item["metadata"]["title"], round(item["start"] * item["time_base"] * 1000))
            for item in container.chapters()
        ]
        return {key.lower(): text for key, text in tags.items()}, chapters, bool(container.streams.video)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_episode(article: Path, settings: Settings, name: str) -> None:
    """By name and by ending: as long, as loud, with its tags, chapters, cover and words."""
    cover = str(photo("cover.png"))
    made = make_episode(article, replace(settings, format=name, cover=cover))
    talk = Path("x/talk").with_suffix(FORMATS[name].endings[-1])
    by_ending = make_episode(article, replace(settings, format=None, output=talk, sidecars=False))

    assert made.path == Path("output/a-light-at-sea").with_suffix(FORMATS[name].endings[0])
    assert (by_ending.path, by_ending.duration_ms) == (talk, made.duration_ms)
    assert made.duration_ms == round(transcript_of(made)["duration_samples"] / 24)
    frame_ms = 1000 * FORMATS[name].frame_samples / FORMATS[name].rate_hz
    for path in (made.path, talk):
        assert decode(path).duration_s * 1000 == pytest.approx(made.duration_ms, abs=frame_ms + 1)
    assert abs(measure_file(made.path).integrated_lufs + 16) < 0.3
    assert measure_file(made.path).true_peak_dbtp <= -1.0
    tags, chapters, has_cover = read_back(made.path)
    assert (tags["title"], tags["artist"], tags["album"]) == ("A Light at Sea", "Anna Berg", "The Daily Light")
    assert tags["date"] == "2024-10-25"
    words = next(text for key, text in tags.items() if key.startswith("lyrics"))
    assert words == "\n\n".join(block["text"] for block in transcript_of(made)["blocks"])
    assert [title for title, _ in chapters] == CHAPTERS
    marks = transcript_of(made)["chapters"]
    assert [start for _, start in chapters] == pytest.approx([mark["start_sample"] / 24 for mark in marks], abs=1)
    assert has_cover


def test_the_cover_inside_is_the_small_one(article: Path, settings: Settings) -> None:
    """Players load it with the sound; the large one is for feeds."""
    episode = make_episode(article, replace(settings, format="mp3", cover=str(photo("cover.png"))))

    (front,) = ID3(episode.path).getall("APIC")
    with Image.open(io.BytesIO(front.data)) as inside, Image.open(io.BytesIO(large_cover(episode))) as beside:
        assert (inside.size, beside.size) == ((1400, 1400), (3000, 3000))
    assert colour_of(front.data) == colour_of(large_cover(episode)) == "red"


@pytest.mark.parametrize(("name", "kbps", "known"), [("mp3", 33, "96"), ("opus", 80_000, "48"), ("flac", 96, "mp3")])
def test_a_bit_rate_that_the_format_lacks(article: Path, settings: Settings, name: str, kbps: int, known: str) -> None:
    """Is an error that lists those it has, and nothing is spoken."""
    engine = CountingEngine()

    with pytest.raises(ConfigError) as caught:
        make_episode(article, replace(settings, format=name, bitrate_kbps=kbps), engine=engine)

    assert known in caught.value.hint
    assert engine.asked == []
    assert not Path("output").exists()


# Files beside the episode


def test_what_lies_beside_an_episode(article: Path, settings: Settings) -> None:
    """Transcripts and chapters that parse, of one length, in the author's words."""
    episode = make_episode(article, settings)

    assert [path.name.partition(".")[2] for path in episode.sidecars] == [
        *("vtt", "srt", "json", "chapters.json", "page.html", "manifest.json")
    ]
    vtt, srt, transcript, chapters, *_ = (path.read_text(encoding="utf-8") for path in episode.sidecars)
    assert vtt.startswith("WEBVTT")
    assert srt.startswith("1\n00:00:00,150 --> ")
    for text in (vtt, srt):
        assert "Nobody knows the sea." in " ".join(text.split())
    assert [block["kind"] for block in json.loads(transcript)["blocks"]] == [
        *("title", "paragraph", "heading", "paragraph", "quote", "heading", "paragraph"),
    ]
    listed = json.loads(chapters)["chapters"]
    assert [item["title"] for item in listed] == CHAPTERS
    assert round(listed[-1]["endTime"] * 1000) == episode.duration_ms


def test_words_are_heard_where_the_transcript_says(article: Path, settings: Settings) -> None:
    """There is sound in the middle of each, in the finished file."""
    episode = make_episode(article, replace(settings, format="flac"))

    audio = decode(episode.path)
    words = [
        word
        for block in transcript_of(episode)["blocks"]
        for sentence in block["sentences"]
        for word in sentence["words"]
    ]
    assert [word["text"] for word in words][:7] == ["A", "Light", "at", "Sea", "She", "climbs.", "She"]
    for word in words:
        middle = round((word["start_sample"] + word["end_sample"]) / 2 / 24_000 * audio.rate_hz)
        assert np.abs(audio.samples[middle - 200 : middle + 200]).max() > 0.05, word["text"]


def test_without_sidecars_there_is_the_sound_alone(article: Path, settings: Settings) -> None:
    """Chapters and cover are in it all the same."""
    episode = make_episode(article, replace(settings, format="mp3", sidecars=False, cover=str(photo("cover.png"))))

    assert episode.sidecars == ()
    assert names_of() == ["a-light-at-sea.mp3"]
    _, chapters, has_cover = read_back(episode.path)
    assert len(chapters) == 3
    assert has_cover


def test_a_file_that_is_gone_or_changed_is_made_again(article: Path, settings: Settings) -> None:
    """To the very bytes it had, from clips that are there."""
    first = make_episode(article, settings)

    for ending, is_deleted in ((".vtt", True), (".srt", False), (".json", False), (".chapters.json", True)):
        path = first.path.with_suffix(ending)
        before = path.read_bytes()
        path.unlink() if is_deleted else path.write_bytes(before + b"x")
        engine = CountingEngine()
        assert not make_episode(article, settings, engine=engine).unchanged
        assert (path.read_bytes(), engine.asked) == (before, [])

    assert make_episode(article, settings).unchanged


def test_files_of_an_earlier_version_are_removed(article: Path, settings: Settings) -> None:
    """Chapters of headings that are gone, a cover that nobody wants; what is not narrate's stays."""
    episode = make_episode(article, replace(settings, cover=str(photo("cover.png"))))
    assert len(episode.sidecars) == 8
    Path("output/a-light-at-sea.txt").write_text("mine")
    Path("output/a-light-at-sea.jpg").write_text("mine")
    article.write_text("# A Light at Sea\n\nShe climbs.\n")

    episode = make_episode(article, settings)

    own = [f"a-light-at-sea.{ending}" for ending in ("jpg", "json", "srt", "txt", "vtt", "wav")]
    assert names_of() == own
    assert len(episode.sidecars) == 5


def test_what_is_not_narrates_stays(article: Path, settings: Settings) -> None:
    """It was not there when the episode was made."""
    make_episode(article, settings)
    Path("output/a-light-at-sea.cover.jpg").write_text("mine")
    article.write_text(ARTICLE.replace("froze", "snowed"))

    make_episode(article, settings)

    assert Path("output/a-light-at-sea.cover.jpg").read_text() == "mine"


def test_what_cannot_be_removed_is_an_error_in_words(article: Path, settings: Settings) -> None:
    """Such as a folder where a cover was; nothing else is changed either."""
    make_episode(article, replace(settings, cover=str(photo("cover.png"))))
    path = Path("output/a-light-at-sea.cover.jpg")
    path.unlink()
    path.mkdir()
    before = Path("output/a-light-at-sea.wav").read_bytes()
    article.write_text(ARTICLE.replace("froze", "snowed"))

    with pytest.raises(OutputError, match=r"cover\.jpg"):
        make_episode(article, settings)

    assert Path("output/a-light-at-sea.wav").read_bytes() == before


@pytest.mark.parametrize("ending", [".vtt", ".chapters.json"])
def test_a_sidecar_that_cannot_be_written(article: Path, settings: Settings, ending: str) -> None:
    """Is known in words; without it the episode does not appear, either, and no part of it is left."""
    Path(f"output/a-light-at-sea{ending}/x").mkdir(parents=True)

    with pytest.raises(OutputError, match=ending):
        make_episode(article, replace(settings, output=Path("output/a-light-at-sea.wav")))

    assert not [name for name in names_of() if name.endswith((".wav", ".part"))]


def test_a_failure_leaves_all_files_as_they_were(article: Path, settings: Settings) -> None:
    """Those beside the episode, too."""
    make_episode(article, settings)
    before = {name: Path("output", name).read_bytes() for name in names_of()}
    article.write_text(ARTICLE.replace("It thaws.", "A fault is here."))

    with pytest.raises(SynthesisFailed):
        make_episode(article, settings, engine=CountingEngine(fail_on="fault"))

    assert {name: Path("output", name).read_bytes() for name in names_of()} == before


# Covers


def pictured(picture: str) -> Path:
    """An article with a picture of its own."""
    path = Path("pictured.md")
    path.write_text(f"---\ntitle: A Light at Sea\nimage: {picture}\n---\n\nShe climbs.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("cover", "colour"), [("auto", "red"), ("drawn", "none"), ("other.png", "blue")])
def test_where_the_cover_comes_from(settings: Settings, cover: str, colour: str) -> None:
    """From the article's picture, from its title, or from the picture that is named."""
    article = pictured(str(photo("red.png")))
    photo("other.png", "blue")

    assert colour_of(large_cover(make_episode(article, replace(settings, cover=cover)))) == colour


def test_a_named_picture_is_looked_at_before_the_first_word(article: Path, settings: Settings) -> None:
    """A named picture is looked at before the first word, and nothing is spoken where it is none."""
    Path("text.png").write_text("no picture")
    engine = CountingEngine()

    with pytest.raises(ConfigError, match=r"text\.png cannot be made into a cover"):
        make_episode(article, replace(settings, cover="text.png"), engine=engine)

    assert engine.asked == []


def test_no_cover(settings: Settings) -> None:
    """Neither beside the sound nor in it."""
    episode = make_episode(pictured(str(photo("red.png"))), replace(settings, format="mp3"))

    assert not read_back(episode.path)[2]
    assert "a-light-at-sea.cover.jpg" not in names_of()


def test_a_picture_that_is_none_gives_way_to_a_drawn_one(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """The article's own, with a warning."""
    Path("red.jpg").write_text("no picture")

    make_episode(pictured("red.jpg"), replace(settings, cover="auto"))

    assert "a-light-at-sea.cover.jpg" in names_of()
    assert "one is drawn" in caplog.text


@pytest.mark.parametrize("cover", ["broken.jpg", "missing.jpg", "small.png", "."])
def test_a_named_picture_that_cannot_be_used(article: Path, settings: Settings, cover: str) -> None:
    """Is an error before the first word is spoken."""
    Path("broken.jpg").write_bytes(photo("whole.jpg").read_bytes()[:300])
    Image.new("RGB", (50, 50)).save("small.png")
    engine = CountingEngine()

    with pytest.raises(ConfigError, match="cover") as caught:
        make_episode(article, replace(settings, cover=cover), engine=engine)

    assert caught.value.hint
    assert engine.asked == []
    assert not list(Path("output").iterdir())


def test_the_picture_of_a_fetched_page(settings: Settings) -> None:
    """Is fetched and used."""
    page = (
        b'<html lang="en"><head><title>A Light</title><meta property="og:image" content="/pic.png"></head><body>'
        b"<article><h1>A Light</h1><p>The keeper climbs the stairs each evening, lights the lamp and writes a line "
        b"in the book, which nobody reads.</p></article></body></html>"
    )
    with site() as web:
        web.answers["/a"] = reply(page)
        web.answers["/pic.png"] = reply(photo("red.png").read_bytes(), content_type="image/png")
        episode = make_episode(web.url("/a", host="127.0.0.1"), replace(settings, cover="auto", allow_private=True))

    assert colour_of(large_cover(episode)) == "red"
    assert web.paths == ["/a", "/pic.png"]


def test_a_local_article_shows_no_picture_from_outside_its_folder(settings: Settings) -> None:
    """One is drawn instead."""
    photo("outside.png")
    Path("in").mkdir()
    Path("in/a.md").write_text("---\ntitle: A Light at Sea\nimage: ../outside.png\n---\n\nText.\n")

    drawn = make_episode("in/a.md", replace(settings, cover="auto"))

    assert colour_of(large_cover(drawn)) == "none"


# Intro, outro, voices


def kinds_of(episode: Episode) -> list[str]:
    return [block["kind"] for block in transcript_of(episode)["blocks"]]


def test_an_intro_and_an_outro(article: Path, settings: Settings) -> None:
    """Are heard, stand in the transcript, and change neither the title nor the chapters."""
    episode = make_episode(article, replace(settings, intro=True, outro="Thank you."))

    first, *_, last = transcript_of(episode)["blocks"]
    assert first["text"] == "A Light at Sea. By Anna Berg. Published by The Daily Light on October 25, 2024."
    assert last["text"] == "Thank you."
    assert kinds_of(episode).count("title") == 0
    assert episode.path.stem == "a-light-at-sea"
    assert chapters_of(episode) == CHAPTERS


def test_an_intro_that_does_not_say_the_title(article: Path, settings: Settings) -> None:
    """Belongs to the first chapter, and is none of its own."""
    episode = make_episode(article, replace(settings, intro="Welcome."))

    assert kinds_of(episode)[:2] == ["intro", "title"]
    assert chapters_of(episode) == CHAPTERS


@pytest.mark.parametrize(
    ("template", "reason"), [("{titel}.", "titel"), ("[{title}", "never closed"), ("By {author}.", "square brackets")]
)
@pytest.mark.parametrize("which", ["intro", "outro"])
def test_a_template_that_cannot_be_used(
    article: Path, settings: Settings, which: str, template: str, reason: str
) -> None:
    """Says what is wrong with it, and nothing is spoken."""
    engine = CountingEngine()

    with pytest.raises(ConfigError, match=reason) as caught:
        make_episode(article, replace(settings, **{which: template}), engine=engine)

    assert which in caught.value.hint
    assert engine.asked == []


def pitch_of(episode: Episode, block: dict[str, Any]) -> str:
    """The voice whose pitch is the loudest in a block."""
    audio = decode(episode.path)
    start, end = (round(block[edge] / 24_000 * audio.rate_hz) for edge in ("start_sample", "end_sample"))
    spectrum = np.abs(np.fft.rfft(audio.samples[start:end]))
    hertz = float(np.argmax(spectrum) * audio.rate_hz / (end - start))
    return min(PITCHES_HZ, key=lambda name: abs(PITCHES_HZ[name] - hertz))


def test_quotes_in_another_voice(article: Path, settings: Settings) -> None:
    """Are heard in it, and all else in the episode's; transcripts name both."""
    episode = make_episode(article, replace(settings, voice="high", quote_voice="low", format="flac"))

    heard = [(block["kind"], pitch_of(episode, block)) for block in transcript_of(episode)["blocks"]]
    assert {voice for kind, voice in heard if kind == "quote"} == {"low"}
    assert {voice for kind, voice in heard if kind != "quote"} == {"high"}
    assert "<v low>Nobody knows the sea." in episode.path.with_suffix(".vtt").read_text(encoding="utf-8")
    assert "low: Nobody knows" in episode.path.with_suffix(".srt").read_text(encoding="utf-8")


@pytest.mark.parametrize("quote_voice", ["", "middle"])
def test_one_voice_for_all_is_not_named(article: Path, settings: Settings, quote_voice: str) -> None:
    """There is nobody to tell it from."""
    episode = make_episode(article, replace(settings, quote_voice=quote_voice))

    assert "<v " not in episode.path.with_suffix(".vtt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("voice", "quotes", "speakers"),
    [
        ("af_heart", "bm_george", {"": "Heart", "bm_george": "George"}),
        ("en-GB", "fr", {"": "en-GB", "fr": "fr"}),
        ("af_heart:0.6+af_bella:0.4", "am_michael", {"": "Heart + Bella", "am_michael": "Michael"}),
        ("af_heart", "af_heart", {}),
        ("af_heart", None, {}),
    ],
)
def test_what_a_transcript_calls_the_voices(voice: str, quotes: str | None, speakers: dict[str, str]) -> None:
    """By the names people know them by."""
    cast = Cast(Voice(voice, "en"), "en", Voice(quotes, "en") if quotes else None)

    assert cast.speakers == speakers


# Music


@pytest.fixture
def jingle() -> Path:
    """Three seconds of a tone."""
    path = Path("jingle.flac")
    encode([to_int16(sine(3))], 24_000, path, format=FORMATS["flac"], gain_db=0.0, limit_db=-1.0)
    return path


def test_music_before_and_after(article: Path, settings: Settings, jingle: Path) -> None:
    """It is alone but for its fades, words are heard after it, and the loudness of the whole is as asked."""
    plain = make_episode(article, settings)
    music = Music(jingle, jingle, fade_ms=1000)

    episode = make_episode(article, replace(settings, music=music, output=Path("b"), format="flac"))

    first = transcript_of(episode)["blocks"][0]["sentences"][0]["words"][0]
    before = transcript_of(plain)["blocks"][0]["sentences"][0]["words"][0]
    assert first["start_sample"] - before["start_sample"] == (2000 - LEAD_IN_MS) * 24
    assert episode.duration_ms - plain.duration_ms == 2000 - LEAD_IN_MS + 2000 - TAIL_MS
    audio = decode(episode.path)
    for at_s in (1.0, audio.duration_s - 1.0):  # where without music there is silence
        at = round(at_s * audio.rate_hz)
        assert np.abs(audio.samples[at : at + 2000]).max() > 0.02
    assert abs(measure_file(episode.path).integrated_lufs + 16) < 0.3
    chapter, earlier = (transcript_of(made)["chapters"][1]["start_sample"] for made in (episode, plain))
    assert chapter - earlier == (2000 - LEAD_IN_MS) * 24


def test_music_that_is_none(article: Path, settings: Settings) -> None:
    """Is an error before the first word is spoken."""
    Path("notes.mp3").write_text("words")
    engine = CountingEngine()

    with pytest.raises(ConfigError, match=r"notes\.mp3"):
        make_episode(article, replace(settings, music=Music(after=Path("notes.mp3"))), engine=engine)

    assert engine.asked == []
    assert names_of() == []


# What makes another episode


CHANGES: list[dict[str, Any]] = [
    {"stereo": True},
    {"sidecars": False},
    {"srt_line_chars": 40},
    {"true_peak_dbtp": -3.0},
    {"intro": True},
    {"outro": "Thank you."},
    {"quote_voice": "low"},
    {"music": Music(before=Path("jingle.flac"))},
    {"music": Music(before=Path("jingle.flac"), below_lu=9.0)},
    {"music": Music(after=Path("jingle.flac"))},
    {"pauses": replace(PAUSES, before_heading_ms=300)},
    {"language": "en-GB"},
]


def test_each_setting_makes_another_episode(article: Path, settings: Settings, jingle: Path) -> None:
    """Once; the same settings again leave it as it is, and nothing is spoken."""
    make_episode(article, settings)
    plain = {name: Path("output", name).read_bytes() for name in os.listdir("output")}

    for change in CHANGES:
        for name, content in plain.items():
            Path("output", name).write_bytes(content)
        assert make_episode(article, settings).unchanged
        assert not make_episode(article, replace(settings, **change)).unchanged, change
        engine = CountingEngine()
        assert make_episode(article, replace(settings, **change), engine=engine).unchanged, change
        assert engine.asked == []


@pytest.mark.parametrize("which", ["cover", "music"])
def test_another_content_of_a_file_makes_another_episode(
    article: Path, settings: Settings, jingle: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the same name, be that in the home folder."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(Path().absolute()))
    photo("cover.png")
    made = replace(settings, cover="~/cover.png", music=Music(before=jingle))
    make_episode(article, made)
    assert make_episode(article, made).unchanged

    if which == "cover":
        photo("cover.png", "blue")
    else:
        encode([to_int16(sine(2))], 24_000, jingle, format=FORMATS["flac"], gain_db=0.0, limit_db=-1.0)

    assert not make_episode(article, made).unchanged


def test_how_music_lies_makes_another_episode(article: Path, settings: Settings, jingle: Path) -> None:
    """One file of music makes another episode where it is quieter, shorter, or faded otherwise."""
    music = Music(before=jingle)
    make_episode(article, replace(settings, music=music))

    for other in (replace(music, below_lu=9.0), replace(music, longest_ms=1000), replace(music, fade_ms=10)):
        assert not make_episode(article, replace(settings, music=other)).unchanged
        assert make_episode(article, replace(settings, music=other)).unchanged


def test_settings_that_decide_no_byte_change_nothing(article: Path, settings: Settings) -> None:
    """How many are spoken at once, and whether the network may be used."""
    make_episode(article, settings)

    assert make_episode(article, replace(settings, jobs=1, offline=True)).unchanged


# What is encoded again


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files whose sound was encoded, and not taken from the cache."""
    found: list[Path] = []
    plain = sound.master

    def noted(spool: Any, rate_hz: int, path: Path, **wanted: Any) -> Any:
        found.append(path)
        return plain(spool, rate_hz, path, **wanted)

    monkeypatch.setattr(sound, "master", noted)
    return found


def test_a_sound_is_encoded_once(article: Path, settings: Settings, encoded: list[Path]) -> None:
    """For another folder, for a file that is gone, and under another cover; the same bytes as made anew."""
    settings = replace(settings, format="mp3")
    first = make_episode(article, settings)
    elsewhere = make_episode(article, replace(settings, output=Path("elsewhere")))
    data = first.path.read_bytes()
    first.path.unlink()
    make_episode(article, settings)
    covered = make_episode(article, replace(settings, cover="drawn"))
    assert len(encoded) == 1

    assert first.path.name == elsewhere.path.name
    assert [elsewhere.path.read_bytes(), first.path.read_bytes() == covered.path.read_bytes()] == [data, True]
    anew = make_episode(article, replace(settings, cover="drawn", cache=False, output=Path("anew")))
    assert covered.path.read_bytes() == anew.path.read_bytes()
    assert len(encoded) == 2


MASTERED: list[dict[str, Any]] = [
    {"stereo": True},
    {"true_peak_dbtp": -9.0},
    {"loudness_lufs": -23.0},
    {"bitrate_kbps": 64},
    {"format": "m4b"},
    {"format": "m4b", "language": "en-GB"},
    {"format": "wav"},
    {"intro": True},
    {"speed": 1.2},
    {"music": Music(before=Path("jingle.flac"))},
    {"music": Music(before=Path("jingle.flac"), below_lu=9.0)},
    {"pauses": replace(PAUSES, before_heading_ms=300)},
]


def test_no_sound_is_taken_for_another(article: Path, settings: Settings, jingle: Path) -> None:
    """With the sound of other settings in the cache, each episode is what it is without a cache."""
    settings = replace(settings, format="mp3")
    make_episode(article, settings)

    for number, change in enumerate(MASTERED):
        made = make_episode(article, replace(settings, **change, output=Path(f"cached-{number}")))
        anew = make_episode(article, replace(settings, **change, output=Path(f"anew-{number}"), cache=False))
        assert made.path.read_bytes() == anew.path.read_bytes(), change


def test_chapters_inside_are_those_of_the_headings(article: Path, settings: Settings) -> None:
    """A heading that sounds the same but is written otherwise makes other chapters of the same sound."""
    settings = replace(settings, format="m4b")
    make_episode(article, settings)
    article.write_text(ARTICLE.replace("## Winter", "## WINTER"))
    made = make_episode(article, replace(settings, output=Path("cached")))
    anew = make_episode(article, replace(settings, output=Path("anew"), cache=False))

    assert made.path.read_bytes() == anew.path.read_bytes()


def test_a_sound_that_cannot_be_kept_is_no_fault(
    article: Path, settings: Settings, encoded: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    """The episode is finished all the same."""
    settings = replace(settings, format="mp3")
    cache_folder = settings.cache_folder
    cache_folder.mkdir(parents=True)
    (cache_folder / "sounds").write_text("a file where the folder should be")

    for _ in range(2):
        made = make_episode(article, settings)
        made.path.unlink()

    assert len(encoded) == 2
    assert "encode this sound again" in caplog.text
