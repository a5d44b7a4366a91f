"""Time and memory against the length of an episode, from a minute to hours; writes a plot.

    python benchmarks/lengths.py --minutes 1 10 60 600 --rounds 3 --svg docs/lengths.svg

The voice is `tone`, which costs next to nothing, so what is measured is everything but inference: reading, cleaning,
spoken form, chunks, checks, joining, metering, encoding, tags, transcripts, the page. No clip comes from a cache.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from measured import run

from narrate.audio import codec

# `tone` says so many characters of this text in a minute.
CHARS_A_MINUTE = 530

SENTENCES = (
    "The keeper of the light climbed {} stairs on {} evenings of the year.",
    "She wrote ${} into the book, and {} % of it came from visitors.",
    "Nobody had counted the ships, but {} of them passed in 19{}.",
    "“It was never hard,” she said to Sgt. Berg, who was {} and had walked {} miles.",
)

WIDTH_PX, HEIGHT_PX, EDGE_PX = 720, 360, 64


@dataclass(frozen=True, slots=True)
class Point:
    """An episode.

    Attributes:
        sound_s: Its length.
        wall_s: Time to make it.
        cpu_s: Processor time.
        peak_mb: Memory at most.
    """

    sound_s: float
    wall_s: float
    cpu_s: float
    peak_mb: float


def article(minutes: float) -> str:
    """An article of about that length, no two paragraphs of which are alike."""
    paragraphs = ["The Long Night"]
    numbers = itertools.count(11)
    while sum(map(len, paragraphs)) < minutes * CHARS_A_MINUTE:
        lines = [SENTENCES[next(numbers) % 4].format(next(numbers), 10 + next(numbers) % 90) for _ in range(4)]
        paragraphs.append(" ".join(lines))
    return "\n\n".join(paragraphs) + "\n"


def middle(points: Sequence[Point]) -> Point:
    """The median of each of their values: how clips and the cover meet in memory is a matter of chance."""
    return Point(*map(median, zip(*map(astuple, points), strict=True)))


def measured(minutes: float, folder: Path) -> Point:
    """Make the episode of an article of that length."""
    (folder / "article.txt").write_text(article(minutes), encoding="utf-8")
    command = (
        sys.executable, "-m", "narrate", "speak", "article.txt", "-e", "tone", "--no-cache", "-o", "episode.mp3",
    )  # fmt: skip
    used = run("narrate", command, folder, {"NARRATE_CACHE_DIR": str(folder / "cache")})
    sound_s = sum(len(part) / rate_hz for part, rate_hz in codec.parts_of(folder / "episode.mp3"))
    return Point(sound_s, used.wall_s, used.cpu_s, used.peak_mb)


def table(points: Sequence[Point]) -> str:
    """A line an episode."""
    lines = [f"{'sound':>10}{'wall':>10}{'cpu':>10}{'cpu/sound':>11}{'peak':>10}"]
    lines += [
        f"{one.sound_s / 60:>6.1f} min{one.wall_s:>8.1f} s{one.cpu_s:>8.1f} s{one.cpu_s / one.sound_s:>10.2%}"
        f"{one.peak_mb:>7.0f} MB"
        for one in points
    ]
    return "\n".join(lines)


def plot(points: Sequence[Point]) -> str:
    """Processor time (both axes logarithmic) and memory (from 0) against length, as SVG."""
    left, right, top, bottom = EDGE_PX, WIDTH_PX - EDGE_PX, 24, HEIGHT_PX - 40
    low, high = math.log10(points[0].sound_s), math.log10(points[-1].sound_s)
    most_mb = 100 * math.ceil(max(one.peak_mb for one in points) / 100)
    least_s, most_s = (math.log10(limit(one.cpu_s for one in points)) for limit in (min, max))

    def x(one: Point) -> float:
        return left + (right - left) * (math.log10(one.sound_s) - low) / (high - low)

    def line(values: Sequence[float], colour: str) -> str:
        places = " ".join(f"{x(one):.1f},{y:.1f}" for one, y in zip(points, values, strict=True))
        dots = "".join(
            f'<circle cx="{x(one):.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
            for one, y in zip(points, values, strict=True)
        )
        return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'

    time_y = [
        bottom - (bottom - top - 40) * (math.log10(one.cpu_s) - least_s) / (most_s - least_s) - 10 for one in points
    ]
    memory_y = [bottom - (bottom - top) * one.peak_mb / most_mb for one in points]
    words = [
        f'<text x="{x(one):.0f}" y="{bottom + 20}" text-anchor="middle">{one.sound_s / 60:.0f} min</text>'
        for one in points
    ]
    for one, above, below in zip(points, time_y, memory_y, strict=True):
        words.append(f'<text x="{x(one):.0f}" y="{above - 8:.0f}" text-anchor="middle" fill="#b45309">'
                     f"{one.cpu_s:.0f} s</text>")  # fmt: skip
        words.append(f'<text x="{x(one):.0f}" y="{below + 18:.0f}" text-anchor="middle" fill="#1d4ed8">'
                     f"{one.peak_mb:.0f} MB</text>")  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" font-family="sans-serif" '
        f'font-size="13"><rect width="100%" height="100%" fill="white"/>'
        f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="#888"/>'
        f"{line(time_y, '#b45309')}{line(memory_y, '#1d4ed8')}{''.join(words)}"
        f'<text x="{left}" y="16" fill="#b45309">processor time without inference</text>'
        f'<text x="{right}" y="16" text-anchor="end" fill="#1d4ed8">memory</text></svg>\n'
    )


def main() -> None:
    """Measure all lengths, and print a table."""
    parser = argparse.ArgumentParser(description="Time and memory against length.")
    parser.add_argument("--minutes", type=float, nargs="+", default=[1, 10, 60])
    parser.add_argument("--svg", type=Path, help="where the plot goes")
    parser.add_argument("--rounds", type=int, default=1, help="runs of each length; their medians are shown")
    given = parser.parse_args()
    runs: dict[float, list[Point]] = {minutes: [] for minutes in sorted(given.minutes)}
    for _ in range(given.rounds):
        for minutes, points in runs.items():
            with tempfile.TemporaryDirectory() as name:
                points.append(measured(minutes, Path(name)))
            print(table(points[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
    points = [middle(of_length) for of_length in runs.values()]
    print(table(points))
    if given.svg and len(points) > 1:
        given.svg.write_text(plot(points), encoding="utf-8")


if __name__ == "__main__":
    main()
