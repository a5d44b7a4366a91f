"""Prints what hostile inputs cost the readers, as the table of docs/fuzzing.md.

    python3 scripts/costs.py                  # the shapes that the quick tests measure
    python3 scripts/costs.py --all --bytes 400000
    python3 scripts/costs.py --reader markdown

Work is what twice the input does to it: steps are lines of Python, time is that of the processor where a run takes
--seconds at least. Memory is what a process of its own takes beyond its imports, for an input of --bytes.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support import costs, hostile
from test_costs import QUICK, STEPS_FROM_BYTES


def main() -> None:
    """Measure case by case, and print each as it is known."""
    options = _options()
    logging.disable()
    cases = hostile.cases() if options.all or options.reader else QUICK
    print("| reader | shape | steps | time | memory |\n|---|---|---|---|---|")
    for reader, shape in cases:
        if options.reader in (None, reader):
            print(_row(reader, shape, options), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="all shapes of all readers")
    parser.add_argument("--reader", choices=tuple(hostile.READERS), help="all shapes of this one")
    parser.add_argument("--bytes", type=int, default=200_000, help="of the input that memory is measured with")
    parser.add_argument("--seconds", type=float, default=0.1, help="what the smaller of two inputs takes at least")
    return parser.parse_args()


def _row(reader: str, shape: str, options: argparse.Namespace) -> str:
    read, make = hostile.READERS[reader][0], hostile.READERS[reader][1][shape]
    # In a process of its own and before anything else is read, which would leave memory to be used again.
    try:
        memory = f"{costs.memory_bytes(read, make(options.bytes)) / 1e6:.0f} MB"
    except MemoryError:
        memory = f"over {costs.ADDRESS_BYTES / 1e9:.0f} GB"
    steps = costs.step_growth(make, read, STEPS_FROM_BYTES)
    growth = costs.time_growth(make, read, at_least_s=options.seconds)
    time = f"{growth.ratio:.1f} from {growth.size / 1000:,.0f} kB" if growth.ratio else f"under {options.seconds} s"
    return f"| {reader} | {shape.replace('|', chr(92) + '|')} | {steps:.1f} | {time} | {memory} |"


if __name__ == "__main__":
    main()
