"""A report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from narrate.check.listen.compare import Added, Missed, Report
from narrate.core.timecode import clock
from narrate.episode.manifest import Manifest

# A paragraph that is missing altogether need not be printed to its end.
SHOWN_WORDS = 24

_NAMES = {"title": "the title", "heading": "a heading"}


def lines(report: Report, manifest: Manifest | None = None) -> list[str]:
    """The word error rate, then each stretch that was not heard, or not written: paragraph, time, words.

    Args:
        report: What was found.
        manifest: Of the episode; without one, paragraphs are called blocks and counted from 1, the title included.
    """
    names = places(passage.block.kind for passage in manifest.text if passage.spoken) if manifest else []
    found: list[Missed | Added] = [*report.missed, *report.added]
    found.sort(key=lambda one: (one.block, one.start_ms))
    rate = f"{100 * report.wer:.1f} % of {report.words} words were heard as others, not at all or too often"
    return [rate, *(_row(one, names) for one in found), *_total(report)]


def places(kinds: Iterable[str]) -> list[str]:
    """Name each spoken block: the title and headings by what they are, all others are counted."""
    names = []
    paragraphs = 0
    for kind in kinds:
        paragraphs += kind not in _NAMES
        names.append(_NAMES.get(kind, f"paragraph {paragraphs}"))
    return names


def _row(one: Missed | Added, names: Sequence[str]) -> str:
    what = "missing" if isinstance(one, Missed) else one.kind
    place = names[one.block] if one.block < len(names) else f"block {one.block + 1}"
    return f"{what:<8} {clock(one.start_ms).zfill(5):>8}  {place}: {_shortened(one.words)}"


def _shortened(text: str) -> str:
    words = text.split()
    shown = words if len(words) <= SHOWN_WORDS else [*words[: SHOWN_WORDS - 4], "…", *words[-3:]]
    return " ".join(shown)


def _total(report: Report) -> Iterator[str]:
    if not report.missed:
        yield "nothing is missing"
