"""What ten megabytes of text take at their most, from the file to the script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.shapes import Shape
from tests.support.costs import MEMORY_BYTES, MEMORY_FACTOR

LARGE_CHARS = 9_900_000

# Runs a command and prints what its process took; a process of its own, so that no other child is counted.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

PROSE = Shape("", "The keeper of the light wrote that the night was calm, and on 3 May 1999 he read it twice. ")
SHAPES = {
    "one paragraph": PROSE,
    "paragraphs": Shape("", PROSE.unit * 4 + "\n\n"),
    "leaders": Shape("Introduction ", ".", " 12"),
    "one word": Shape("", "ab"),
    "short lines": Shape("", "Light of day\n\n"),
}


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
@pytest.mark.parametrize("name", SHAPES)
def test_script_of_ten_megabytes(name: str, tmp_path: Path) -> None:
    """A script takes no more than its share of memory, or the text is refused."""
    source = tmp_path / "light.txt"
    source.write_text(f"Light\n\n{SHAPES[name].text(LARGE_CHARS)}\n", encoding="utf-8")
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "narrate", "script", str(source)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1_200)
    code, peak_kib = map(int, run.stdout.split())

    assert code == 0, run.stderr
    assert peak_kib * 1024 <= MEMORY_BYTES + MEMORY_FACTOR * source.stat().st_size
