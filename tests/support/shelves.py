"""Folders of episodes and feeds for tests of the check, and ways to break them one thing at a time."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from mutagen.id3 import APIC, CTOC, ID3
from PIL import Image

from narrate.audio.encoder import encode
from narrate.core.article import Metadata
from narrate.core.chapters import Span
from narrate.core.episode import Chapter
from narrate.core.file_names import MANIFEST
from narrate.core.formats import format_of_ending
from narrate.core.settings.loading import Podcast
from narrate.episode.manifest import Filed, Manifest, filed, from_json, to_json
from narrate.episode.tags import tag
from narrate.episode.tags.id3 import _InOrder
from narrate.publish.feed import feed_xml

BASE = "https://example.org/cast/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STEM = "the-harbour-at-night"

ARTICLE = """---
title: The Harbour at Night
author: Anna Berg
date: 2024-10-08
---

# The Harbour at Night

The lamps come on at six.

## What the keeper saw

He wrote it down, as he did every night.
"""


def manifests(count: int) -> tuple[Manifest, ...]:
    """Episodes that exist on paper only, each with everything that lies beside one."""
    return tuple(_manifest(number) for number in range(count))


def _manifest(number: int) -> Manifest:
    title = ("Ångström & <Søn> “quoted”", "北京的故事 🎧", "Пётр ]]> и волк")[number % 3] + f" {number}"
    stem = f"épisode & {number}"
    endings = (".vtt", ".srt", ".json", ".chapters.json", ".cover.jpg", ".page.html")
    return Manifest(
        guid=f"guid-{number}",
        title=title,
        language="en",
        added=NOW - timedelta(hours=number + 1),
        duration_ms=60_000 + number,
        media_type="audio/mpeg",
        audio=Filed(f"{stem}.mp3", 1000 + number, "0" * 64),
        sidecars={ending: Filed(stem + ending, 10, "0" * 64) for ending in endings},
        chapters=(Span("A", 0, 30_000), Span("B", 30_000, 60_000 + number)),
    )


def feed_text(episodes: tuple[Manifest, ...], base_url: str = BASE) -> str:
    """The feed that narrate writes."""
    return feed_xml(Podcast(title="A podcast", category="Technology"), episodes, base_url=base_url).decode()


def write_feed(folder: Path) -> Path:
    """The feed of a folder with its cover, as `narrate feed` leaves them."""
    found = [from_json(path.read_bytes()) for path in folder.glob(f"*{MANIFEST}")]
    (folder / "feed.cover.jpg").write_bytes(picture())
    (folder / "feed.xml").write_text(feed_text(tuple(found)), encoding="utf-8", newline="\n")
    return folder / "feed.xml"


def refile(folder: Path, **changes: Any) -> None:
    """Let the manifest say again what is in the folder."""
    path = folder / (STEM + MANIFEST)
    manifest = from_json(path.read_bytes())
    beside = {ending: filed(folder / file.name) for ending, file in manifest.sidecars.items()}
    now = replace(manifest, audio=filed(folder / manifest.audio.name), sidecars=beside)
    path.write_text(to_json(replace(now, **changes)), encoding="utf-8")


def picture(size: tuple[int, int] = (1400, 1400), mode: str = "RGB", format: str = "JPEG") -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, format)
    return file.getvalue()


def write_sound(
    path: Path, *, level: float = 0.16, rate_hz: int = 44_100, layout: str = "mono", kbps: int = 96, vbr: bool = False
) -> Path:
    """Two seconds of a tone, without tags; about -16 LUFS at its usual level."""
    codec = {".mp3": "libmp3lame", ".flac": "flac"}[path.suffix]
    channels = len(av.AudioLayout(layout).channels)
    tone = level * np.sin(2 * np.pi * 997 * np.arange(2 * rate_hz) / rate_hz)
    kind = "s16p" if path.suffix == ".mp3" else "s16"
    samples = np.rint(np.tile(tone, (channels, 1)) * 32767).astype(np.int16)
    if kind == "s16":
        samples = samples.T.reshape(1, -1)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate_hz, layout=layout)
        stream.bit_rate = kbps * 1000
        if vbr:
            stream.codec_context.flags |= av.codec.context.Flags.qscale
            stream.codec_context.options = {"global_quality": str(4 * 118)}
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format=kind, layout=layout)
        frame.sample_rate = rate_hz
        fifo = av.AudioFifo()
        fifo.write(frame)
        while piece := fifo.read(stream.codec_context.frame_size or 4096, partial=True):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def write_episode(path: Path) -> Path:
    """Two seconds of a tone in any of narrate's formats, tagged, with two chapters and no manifest."""
    format = format_of_ending(path.suffix)
    assert format
    tone = (0.158 * 32767 * np.sin(2 * np.pi * 997 * np.arange(88_200) / 44_100)).astype(np.int16)
    chapters = (Chapter("One", 0, 44_100), Chapter("Two", 44_100, 88_200))
    encode([tone], 44_100, path, format=format, gain_db=format.loss_db, limit_db=-1.5, chapters=chapters)
    about = {"title": "A tone", "language": "en", "chapters": chapters, "rate_hz": 44_100}
    tag(path, Metadata(), format=format, cover_jpeg=picture(), **about)
    return path


_SUBCATEGORY = '<itunes:category text="News"><itunes:category text="X"/></itunes:category>'
_OPUS = f'<enclosure url="{BASE}a.opus" length="9" type="audio/ogg"/>'

# One thing that is wrong with a feed: the rules that find it, what is replaced, and by what.
FEED_BREAKS: tuple[tuple[str, str, str], ...] = (
    ("feed-xml", "</rss>", ""),
    ("feed-doctype", "<rss ", '<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss '),
    ("feed-encoding", 'encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    ("feed-rss", ' version="2.0">', ' version="0.91">'),
    ("feed-namespaces", "modules/content/", "modules/content"),
    ("channel-self-link", r"<atom:link [^>]*>", ""),
    ("channel-title", "<title>A podcast</title>", ""),
    ("channel-link", r"<link>[^<]*</link>", ""),
    ("channel-description", r"(?s)<description>.*?</description>", ""),
    ("channel-language", r"<language>en</language>", "<language/>"),
    ("channel-category", r"<itunes:category [^>]*>", ""),
    ("channel-explicit", r"<itunes:explicit>false</itunes:explicit>", ""),
    ("channel-image", r"<itunes:image [^>]*>", ""),
    ("channel-attributes", r"<itunes:image [^>]*>", "<itunes:image/>"),
    ("channel-addresses", r"<link>[^<]*</link>", "<link>example.org</link>"),
    ("channel-address-letters", r"<link>[^<]*</link>", "<link>https://example.org/ä b</link>"),
    ("channel-description-length", r"(?s)<description>.*?</description>", f"<description>{'é' * 2001}</description>"),
    ("language-code", "<language>en<", "<language>english<"),
    ("language-code", "<language>en<", "<language>xx-US<"),
    ("category-known", 'text="Technology"', 'text="Tech"'),
    ("category-known", r"<itunes:category [^>]*>", _SUBCATEGORY),
    ("explicit-value", "<itunes:explicit>false<", "<itunes:explicit>no<"),
    ("image-ending", r'<itunes:image href="[^"]*"', '<itunes:image href="https://example.org/cover.webp"'),
    ("podcast-guid-form", r"<podcast:guid>[^<]*", "<podcast:guid>8b7c5a3e"),
    ("locked-value", "<podcast:locked>yes", "<podcast:locked>true"),
    ("feed-empty", r"(?s)<item>.*</item>", ""),
    ("channel-author", r"<itunes:author>[^<]*</itunes:author>", ""),
    ("channel-podcast-guid", r"<podcast:guid>[^<]*</podcast:guid>", ""),
    ("channel-locked", r"<podcast:locked>[^<]*</podcast:locked>", ""),
    ("podcast-guid-address", r"<podcast:guid>[^<]*", "<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ("channel-text-length", "<title>A podcast<", f"<title>{'x' * 256}<"),
    ("channel-text-spaces", "<title>A podcast<", "<title>\n A podcast<"),
    ("https", "https://example.org/cast/feed.xml", "http://example.org/cast/feed.xml"),
    ("newest-first", r"(?<=</guid>)(\s*)<pubDate>[^<]*", r"\1<pubDate>Sun, 22 Nov 2020 11:00:00 GMT"),
    ("item-title", r"(?<=<item>)(\s*)<title>[^<]*</title>", ""),
    ("item-enclosure", r"<enclosure [^>]*>", ""),
    ("item-enclosure", r"(<enclosure [^>]*>)", r"\1\1"),
    ("item-guid", r"<guid [^>]*>[^<]*</guid>", '<guid isPermaLink="false"> </guid>'),
    ("guid-unique", ">guid-1<", ">guid-0<"),
    ("enclosure-unique", r"(?s)(<enclosure [^>]*>)(.*)<enclosure [^>]*>", r"\1\2\1"),
    ("item-attributes", r'(<enclosure [^>]*)length="[^"]*"', r"\1"),
    ("item-attributes", r'(<podcast:transcript [^>]*)type="[^"]*"', r"\1"),
    ("item-addresses", r'(<podcast:transcript [^>]*url=")[^"]*', r"\1/cast/a.vtt"),
    ("item-addresses", r'(<enclosure [^>]*url=")[^"]*', r"\1ftp://example.org/a.mp3"),
    ("item-addresses", r'(<enclosure [^>]*url=")[^"]*', r"\1http://[::/a.mp3"),
    ("item-address-letters", r'(<enclosure [^>]*url=")[^"]*', r"\1https://example.org/é 1.mp3"),
    ("enclosure-length", r'(<enclosure [^>]*length=")[^"]*', r"\g<1>1.2 MB"),
    ("enclosure-length", r'(<enclosure [^>]*length=")[^"]*', r"\g<1>0"),
    ("enclosure-type", r'(<enclosure [^>]*type=")[^"]*', r"\1audio/mp4"),
    ("pubdate-form", r"(?<=</guid>)(\s*)<pubDate>[^<]*", r"\1<pubDate>2026-11-22T10:00:00Z"),
    ("pubdate-future", r"(?<=</guid>)(\s*)<pubDate>[^<]*", r"\1<pubDate>Mon, 22 Nov 2027 10:00:00 +0000"),
    ("duration-form", r"<itunes:duration>[^<]*", "<itunes:duration>1 min"),
    ("item-explicit-value", r"(?s)(<item>.*?)<itunes:explicit>false", r"\1<itunes:explicit>clean"),
    ("item-description-length", r"(?s)(<item>.*?<description>).*?(</description>)", rf"\1{'x' * 4001}\2"),
    ("item-image-ending", r'(?s)(<item>.*?<itunes:image href=")[^"]*', r"\1https://example.org/c"),
    ("transcript-type", r'(<podcast:transcript [^>]*type=")text/vtt', r"\1text/plain"),
    ("chapters-type", r"application/json\+chapters", "application/json"),
    ("enclosure-format", r"<enclosure [^>]*>", _OPUS),
    ("item-link", r"(?s)(<item>.*?)<link>[^<]*</link>", r"\1"),
    ("item-pubdate", r"(?<=</guid>)(\s*)<pubDate>[^<]*</pubDate>", r"\1"),
    ("item-description", r"(?s)(<item>.*?)<description>.*?</description>", r"\1"),
    ("item-duration", r"<itunes:duration>[^<]*</itunes:duration>", ""),
    ("item-image", r"(?s)(<item>.*?)<itunes:image [^>]*>", r"\1"),
    ("item-explicit", r"(?s)(<item>.*?)<itunes:explicit>false</itunes:explicit>", r"\1"),
    ("item-transcript", r"(?s)(<item>.*?)<podcast:transcript .*</item>", r"\1</item>"),
    ("item-text-length", r"(?<=<item>)(\s*)<title>[^<]*", rf"\1<title>{'x' * 256}"),
    ("item-text-spaces", r"(?<=<item>)(\s*)<title>", r"\1<title> "),
)  # fmt: skip


def broken(feed: str, old: str, new: str) -> str:
    """A feed with one thing changed."""
    changed = re.sub(old, new, feed, count=1)
    assert changed != feed, old
    return changed


def _on_tags(change: Callable[[Any], None]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        tags: Any = ID3(folder / f"{STEM}.mp3")
        change(tags)
        _save(tags, folder, 3)

    return act


def _on_json(ending: str, change: Callable[[Any], None]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        path = folder / (STEM + ending)
        found = json.loads(path.read_text(encoding="utf-8"))
        change(found)
        path.write_text(json.dumps(found), encoding="utf-8")

    return act


def _content(ending: str, data: bytes | Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        path = folder / (STEM + ending)
        path.write_bytes(data if isinstance(data, bytes) else data(path.read_bytes()))

    return act


def _chapter(index: int, **changes: object) -> Callable[[Path], None]:
    return _on_json(".chapters.json", lambda found: found["chapters"][index].update(changes))


def _cover(**about: Any) -> Callable[[Path], None]:
    return _content(".cover.jpg", picture(**about))


def _embedded(data: bytes, media_type: str = "image/jpeg") -> Callable[[Path], None]:
    frame = APIC(encoding=0, mime=media_type, type=3, desc="", data=data)
    return _on_tags(lambda tags: tags.setall("APIC", [frame]))


def _chap(tags: Any, index: int) -> Any:
    return sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)[index]


def _as_version_4(folder: Path) -> None:
    _save(ID3(folder / f"{STEM}.mp3"), folder, 4)


def _save(tags: Any, folder: Path, version: int) -> None:
    """In the order of the file; mutagen would shuffle the chapters."""
    ordered: Any = _InOrder()
    for frame in tags.values():
        ordered.add(frame)
    ordered.save(folder / f"{STEM}.mp3", v2_version=version)


def _silence(folder: Path) -> None:
    write_sound(folder / f"{STEM}.mp3", level=0)


def _damage(data: bytes) -> bytes:
    """Overwrite what comes after the tags with what no decoder takes."""
    start = len(data) * 19 // 20
    return data[:start] + b"\xff\xfb\x90\xc4" + bytes(range(256)) * 8 + data[start + 2052 :]


_VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n%s\n"

# One thing that is wrong with an episode, whose manifest is set right afterwards: the rules that find it, and the act.
EPISODE_BREAKS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("audio-readable", _content(".mp3", b"\x00\x01\x02" * 1000)),
    ("audio-readable", _content(".mp3", b"")),
    ("audio-whole audio-length chapters-within", _content(".mp3", _damage)),
    ("audio-silent audio-length tag-title tag-cover transcript-within chapters-within", _silence),
    ("tag-title", _on_tags(lambda tags: tags.delall("TIT2"))),
    ("tag-cover", _on_tags(lambda tags: tags.delall("APIC"))),
    ("tag-cover-readable", _embedded(b"\xff\xd8 no picture")),
    ("tag-cover-readable", _embedded(picture((300, 300)), "image/png")),
    ("tag-cover-form", _embedded(picture((1400, 700)))),
    ("tag-cover-form", _embedded(picture((600, 600), "L"))),
    ("tag-cover-size", _embedded(picture((1500, 1500)))),
    ("tag-version-chapters", _as_version_4),
    ("tag-contents", _on_tags(lambda tags: tags.delall("CTOC"))),
    ("tag-contents-whole", _on_tags(lambda tags: tags.getall("CTOC")[0].child_element_ids.pop())),
    ("tag-contents-whole", _on_tags(lambda tags: setattr(tags.getall("CTOC")[0], "flags", CTOC(flags=2).flags))),
    ("chapters-gaps", _on_tags(lambda tags: setattr(_chap(tags, 0), "end_time", 2000))),
    ("chapters-within", _on_tags(lambda tags: setattr(_chap(tags, 1), "end_time", 3_600_000))),
    ("chapters-titles", _on_tags(lambda tags: _chap(tags, 1).sub_frames.clear())),
    ("chapters-form", _content(".chapters.json", b"{}")),
    ("chapters-form", _content(".chapters.json", b"[" * 100_000)),
    ("chapters-form", _chapter(1, startTime="12")),
    ("chapters-form", _chapter(1, startTime=float("nan"))),
    ("chapters-form", _chapter(1, endTime=10**400)),
    ("chapters-version", _on_json(".chapters.json", lambda found: found.update(version="2.0"))),
    ("chapters-none", _on_json(".chapters.json", lambda found: found["chapters"].clear())),
    ("chapters-order chapters-beginning", _on_json(".chapters.json", lambda found: found["chapters"].reverse())),
    ("chapters-order", _chapter(1, endTime=0.5)),
    ("chapters-gaps", _chapter(0, endTime=1)),
    ("chapters-beginning", _chapter(0, startTime=2)),
    ("chapters-within", _chapter(1, endTime=9999)),
    ("chapters-titles", _chapter(1, title=" ")),
    ("cover-readable", _content(".cover.jpg", lambda data: data[: len(data) // 2])),
    ("cover-readable", _content(".cover.jpg", b"\xff\xd8" + b"\xff\xda" * 101)),
    ("cover-format", _cover(format="PNG")),
    ("cover-format cover-colours", _cover(format="GIF", mode="L")),
    ("cover-square", _cover(size=(1400, 1401))),
    ("cover-size", _cover(size=(1399, 1399))),
    ("cover-size", _cover(size=(3001, 3001))),
    ("cover-colours", _cover(mode="CMYK")),
    ("cover-weight", _content(".cover.jpg", lambda data: data + bytes(600_000))),
    ("transcript-form", _content(".vtt", b"")),
    ("transcript-form", _content(".vtt", b"WEBVTT\n00:01.000 --> 00:02.000\nA\n")),
    ("transcript-form", _content(".vtt", b"WEBVTT\n\n00:01,000 --> 00:02,000\nA\n")),
    ("transcript-form", _content(".vtt", b"WEBVTT\n\n\xff\n")),
    ("transcript-form", _content(".srt", b"00:00:01,000 --> 00:00:02,000\nA\n")),
    ("transcript-form", _content(".srt", b"1\n00:00:01.000 --> 00:00:02.000\nA\n")),
    ("transcript-form", _content(".json", b"{")),
    ("transcript-form", _content(".json", b'{"version": "1.0.0"}')),
    ("transcript-form", _on_json(".json", lambda found: found["segments"][1].update(startTime=None))),
    ("transcript-form", _on_json(".json", lambda found: found["segments"][1].pop("body"))),
    ("transcript-empty", _content(".vtt", b"WEBVTT\n\nNOTE nothing\n")),
    ("transcript-empty", _content(".srt", b"\n")),
    ("transcript-order", _content(".vtt", _VTT % b"A" + b"\n00:00.500 --> 00:00.900\nB\n")),
    ("transcript-order", _content(".vtt", b"WEBVTT\n\na name\n00:02.000 --> 00:02.000 align:left\nA\n")),
    ("transcript-within", _content(".srt", b"1\n00:00:01,000 --> 01:00:02,000\nA\n")),
    ("transcript-line-length", _content(".vtt", _VTT % (b"x" * 66))),
    ("transcript-line-length", _content(".srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * 33)),
    ("transcript-line-count", _content(".srt", b"1\n00:00:01,000 --> 00:00:02,000\na\nb\nc\n")),
)  # fmt: skip


def _removed(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _manifest_text(change: Callable[[str], str]) -> Callable[[Path], None]:
    return _content(MANIFEST, lambda data: change(data.decode()).encode())


def _flipped(data: bytes) -> bytes:
    return data.replace(b"six", b"ten")


def _twice(folder: Path) -> None:
    """The episode under a second name, with the identity of the first."""
    for path in list(folder.glob(f"{STEM}*")):
        path.with_name(path.name.replace(STEM, "zweitens")).write_bytes(path.read_bytes())
    path = folder / f"zweitens{MANIFEST}"
    path.write_text(path.read_text(encoding="utf-8").replace(STEM, "zweitens"), encoding="utf-8")


def _feed(old: str, new: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        path = folder / "feed.xml"
        path.write_text(broken(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")

    return act


# One thing that is wrong with a folder and its feed, and the manifest is left as it was.
FOLDER_BREAKS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("manifest-missing", _removed(STEM + MANIFEST)),
    ("manifest-form", _content(MANIFEST, b"{}")),
    ("manifest-form", _content(MANIFEST, b"\xff\xfe\x00")),
    ("manifest-name", _manifest_text(lambda text: text.replace(STEM, "another"))),
    ("manifest-type", _manifest_text(lambda text: text.replace("audio/mpeg", "audio/ogg"))),
    ("manifest-files dead-link", _removed(f"{STEM}.vtt")),
    ("manifest-sizes", _content(".vtt", lambda data: data + b"\n")),
    ("manifest-checksums", _content(".vtt", _flipped)),
    ("audio-length", _manifest_text(lambda text: re.sub(r'"duration_ms": \d+', r'"duration_ms": 4711', text))),
    ("manifest-orphan dead-link", _removed(f"{STEM}.mp3")),
    ("guid-shared", _twice),
    ("feed-lists", _feed(r"<guid [^>]*>[^<]*", '<guid isPermaLink="false">other')),
    ("dead-link", _feed(r'(<podcast:transcript [^>]*url=")[^"]*', rf"\1{BASE}gone.vtt")),
    ("dead-link", _feed(r'(<podcast:transcript [^>]*url=")[^"]*', rf"\1{BASE}..%2F..%2Fetc%2Fpasswd.vtt")),
    ("dead-link", _feed(r'(<podcast:transcript [^>]*url=")[^"]*', rf"\1{BASE}%00.vtt")),
    ("dead-link", _feed(r'(<podcast:transcript [^>]*url=")[^"]*', rf"\1{BASE}{'a' * 300}.vtt")),
    ("enclosure-size", _feed(r'(<enclosure [^>]*length=")[^"]*', r"\g<1>12")),
    ("enclosure-duration", _feed(r"<itunes:duration>[^<]*", "<itunes:duration>0:01:40")),
    ("folder-leftovers", lambda folder: (folder / ".a.mp3.0123.xyz.part").touch()),
    ("folder-leftovers", lambda folder: (folder / ".0123456789abcdef.commit").touch()),
)  # fmt: skip
