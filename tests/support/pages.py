"""Episodes' pages for tests: from an episode that was really made, and of given blocks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from lxml import html

from narrate.core.chapters import Span
from narrate.core.episode import TimedBlock, TimedSentence, TimedWord, Transcript
from narrate.core.file_names import PAGE
from narrate.episode.manifest import Filed, Manifest
from narrate.episode.page.page import EpisodePage, Shown


def shown(transcript: Transcript) -> tuple[Shown, ...]:
    """Everything that is spoken, as it is shown."""
    return tuple(Shown(block.kind, block.level, block.text, (), block) for block in transcript.blocks)


def page_of(audio: Path, *, extra: Sequence[Shown] = (), **more: Any) -> tuple[EpisodePage, int]:
    """The page of a finished episode, from the transcript beside it, and the rate of its timeline."""
    found = json.loads(audio.with_suffix(".json").read_text(encoding="utf-8"))
    rate_hz = found["rate_hz"]
    blocks = [_block(block) for block in found["blocks"]]
    chapters = tuple(
        Span(one["title"], *(round(one[name] * 1000 / rate_hz) for name in ("start_sample", "end_sample")))
        for one in found.get("chapters", ())
    )
    cover = audio.with_name(audio.stem + ".cover.jpg")
    page = EpisodePage(
        found["title"],
        found["language"],
        audio.name,
        "audio/mpeg",
        round(found["duration_samples"] * 1000 / rate_hz),
        chapters=chapters,
        cover_name=cover.name if cover.exists() else "",
        passages=(*(Shown(block.kind, block.level, block.text, (), block) for block in blocks), *extra),
        **more,
    )
    return page, rate_hz


def _block(found: dict[str, Any]) -> TimedBlock:
    sentences = tuple(
        TimedSentence(tuple(TimedWord(**word) for word in sentence["words"])) for sentence in found["sentences"]
    )
    place = found["start_sample"], found["end_sample"]
    return TimedBlock(found["kind"], found.get("level", 0), found["text"], found.get("speaker", ""), *place, sentences)


def manifest(number: int = 0, *, title: str = "An article", sidecars: Sequence[str] = (PAGE,), **more: Any) -> Manifest:
    """An episode of a library; one of a higher number is newer."""
    name = more.pop("name", f"episode-{number}.mp3")
    beside = {ending: Filed(Path(name).stem + ending, 1, "0") for ending in sidecars}
    added = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    fixed = {"language": "en", "duration_ms": 60_000, "media_type": "audio/mpeg", "audio": Filed(name, 1, "0")}
    return Manifest(f"guid-{number}", title, **{**fixed, "added": added, "sidecars": beside, **more})


def parsed(page: str) -> Any:
    """The root element of a page, read by a parser that had no part in writing it."""
    return html.document_fromstring(page)


def texts(root: Any, path: str) -> list[str]:
    """The text of every element that an XPath finds."""
    return [element.text_content() for element in root.xpath(path)]


# Elements that have no end (https://html.spec.whatwg.org/#void-elements).
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta"))


class _Nesting(HTMLParser):
    """Follows tags as they are written; it mends nothing, as browsers do."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{tag} has an attribute twice, line {self.getpos()[0]}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ends something else, line {self.getpos()[0]}")


def nesting_faults(page: str) -> list[str]:
    """What is not closed in a page, closed in the wrong order, or said twice of an element."""
    parser = _Nesting()
    parser.feed(page)
    parser.close()
    return [*parser.faults, *(f"<{tag}> has no end" for tag in parser.open)]
