"""No input freezes a reader or eats the memory: twice of it is at most 2.5 times the work, whatever it is.

Some thirty shapes are measured with all other tests, those that were squares once among them; all shapes of all
readers, and memory at a megabyte, are under the marker `long`: pytest -m long tests/fuzz/test_costs.py
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import costs, hostile

# Those that took the square of their size, or gigabytes, and one that is harmless for each reader.
QUICK = (
    ("html", "prose"),
    ("html", "spanning cells"),
    ("html", "spanned rows"),
    ("html", "a wide row over narrow ones"),
    ("html", "a wide row"),
    ("html", "a numbered list"),
    ("html", "attributes"),
    ("html", "spans in a paragraph"),
    ("html", "authors in authors"),
    ("html", "dates in dates"),
    ("html", "JSON, nodes"),
    ("html", "an encoding that is none"),
    ("html", "streamed parts"),
    ("html", "raised marks"),
    ("html", "JSON, spaces"),
    ("html", "JSON, a body of sentences"),
    ("html", "buttons and sentences"),
    ("html", "empty slots"),
    ("html", "references to references"),
    ("markdown", "prose"),
    ("markdown", "escaped quotes in a list"),
    ("markdown", "open quotes in a list"),
    ("markdown", "TOML, a dotted key"),
    ("markdown", "TOML, a quoted dotted key"),
    ("markdown", "TOML, a dotted table"),
    ("markdown", "notes"),
    ("markdown", "a row of marks"),
    ("markdown", "a row of marks and commas"),
    ("markdown", "open comments of HTML"),
    ("markdown", "indented lines that go on"),
    ("text", "lines"),
    ("text", "heads between lines"),
    ("mail", "parts"),
    ("mail", "messages in messages"),
    ("feed", "items"),
    ("feed", "idna"),
    ("feed", "punycode"),
    ("feed", "attributes of an outline"),
    ("feed", "a page of attributes"),
    ("robots.txt", "stars"),
    ("list", "addresses"),
    ("checked feed", "items"),
    ("transcript", "cues"),
    ("manifest", "JSON, brackets"),
    ("TOML", "a dotted key"),
)
ALL = tuple(case for case in hostile.cases() if case not in QUICK)

STEPS_FROM_BYTES = 3_000
# What is eaten is as clear at a tenth of a megabyte: it was over a gigabyte of 20 kB.
MEMORY_OF_BYTES = 100_000
EATERS = (
    ("html", "spanning cells"),
    ("html", "spanned rows"),
    ("html", "a wide row over narrow ones"),
    ("html", "JSON, nodes"),
    ("markdown", "TOML, a dotted key"),
    ("markdown", "TOML, a quoted dotted key"),
    ("feed", "items"),
)

RUNNER = """
import json, logging, sys
from support import costs, hostile

logging.disable()
size, cases = int(sys.argv[1]), json.loads(sys.argv[2])
for reader, shape in cases:
    read, shapes = hostile.READERS[reader]
    read(shapes["prose" if "prose" in shapes else shape](1_000)) if reader in ("html", "markdown") else None
for reader, shape in cases:
    read, shapes = hostile.READERS[reader]
    given = shapes[shape](size)
    try:
        taken_bytes = costs.memory_bytes(read, given)
    except MemoryError:
        taken_bytes = costs.ADDRESS_BYTES
    print(taken_bytes, len(given), flush=True)
"""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Readers complain of what they are given."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(("reader", "shape"), [*QUICK, *(pytest.param(*case, marks=pytest.mark.long) for case in ALL)])
def test_twice_the_input_is_no_more_than_two_and_a_half_times_the_steps(reader: str, shape: str) -> None:
    """Lines of Python that are run, libraries included: the same number on every machine."""
    read, shapes = hostile.READERS[reader]

    assert costs.step_growth(shapes[shape], read, STEPS_FROM_BYTES) <= costs.DOUBLING_MAX


@pytest.mark.parametrize(("reader", "shape"), [*QUICK, *(pytest.param(*case, marks=pytest.mark.long) for case in ALL)])
def test_twice_the_input_is_no_more_than_two_and_a_half_times_the_time(reader: str, shape: str) -> None:
    """Parsers and regular expressions in C are seen by the clock alone, against a smaller input."""
    read, shapes = hostile.READERS[reader]

    growth = costs.time_growth(shapes[shape], read, 4_000, at_least_s=0.02, size_max=2**16)

    assert growth.ratio <= costs.DOUBLING_MAX, growth


@pytest.mark.long
@pytest.mark.parametrize(("reader", "shape"), hostile.cases())
def test_large_inputs_grow_no_faster(reader: str, shape: str) -> None:
    """A square that is cheap where it begins shows where a run takes a while."""
    read, shapes = hostile.READERS[reader]

    growth = costs.time_growth(shapes[shape], read, 16_000, at_least_s=0.3, size_max=2**19)

    assert growth.ratio <= costs.DOUBLING_MAX, growth


@pytest.mark.skipif(os.name == "nt", reason="Windows has no resource module")
@pytest.mark.parametrize(
    ("size", "cases"),
    [(MEMORY_OF_BYTES, EATERS), pytest.param(1_000_000, tuple(hostile.cases()), marks=pytest.mark.long)],
    ids=["quick", "all"],
)
def test_memory_is_at_most_twenty_times_the_input(size: int, cases: tuple[tuple[str, str], ...]) -> None:
    """Memory is at most twenty times the input and 200 MB on top, in processes of their own."""
    folder = Path(__file__).parents[1]
    command = [sys.executable, "-c", RUNNER, str(size), json.dumps(cases)]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    taken = [tuple(map(int, line.split())) for line in output.splitlines()]

    assert len(taken) == len(cases)
    over = [
        (case, taken_bytes)
        for case, (taken_bytes, given_bytes) in zip(cases, taken, strict=True)
        if taken_bytes > costs.MEMORY_BYTES + costs.MEMORY_FACTOR * given_bytes
    ]
    assert not over


@pytest.mark.parametrize(
    ("work", "is_steep"),
    [
        (lambda text: [char for char in text], False),
        pytest.param(lambda text: [text.count(char) for char in text], True, marks=pytest.mark.long),
        pytest.param(
            lambda text: [text[place:].strip() for place in range(0, len(text), 8)], True, marks=pytest.mark.long
        ),
    ],
    ids=["a line", "a square in C", "a square of copies"],
)
def test_a_square_is_told_from_a_line(work: costs.Work[str], is_steep: bool) -> None:
    """What measures is measured: a square that runs in C takes as many steps as a line, and the clock sees it."""
    growth = costs.time_growth(lambda size: "ab" * (size // 2), work, 16_000, size_max=2**18)

    assert (growth.ratio > costs.DOUBLING_MAX) == is_steep, growth


def test_steps_tell_a_square_as_well() -> None:
    """Loops in loops run the square of the lines."""

    def pairs(text: str) -> int:
        return sum(one == other for one in text for other in text)

    assert costs.step_growth(lambda size: "a" * size, pairs, 50) > 3
    assert costs.step_growth(lambda size: "a" * size, lambda text: [char for char in text], 1_000) < 2.1
