"""Tell what fails of generated sentences, and which rows of the open list nothing needs any more."""

from __future__ import annotations

import argparse
import random
from collections import Counter

from narrate.text.spoken import spoken_form
from support.quantities.judging import faults
from support.quantities.open import FIELDS, is_open, open_rows
from support.quantities.sentences import Composed, compose, draw


def main() -> None:
    """Say so many sentences, and print what is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many sentences (20000)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    failing = []
    for _ in range(asked.count):
        composed = compose(draw(chance), chance)
        said = spoken_form(composed.written, "en-US").text
        if found := faults(composed, said):
            failing.append((composed, said, found))
    print(f"{len(failing)} of {asked.count} sentences are said wrong.")
    _tell_rows([composed for composed, _, _ in failing])
    rows = open_rows()
    unlisted = [one for one in failing if not is_open(one[0].key, rows)]
    print(f"\n{len(unlisted)} of them are in no row of the open list. What they have in common:")
    _tell_common([composed for composed, _, _ in unlisted])
    for composed, said, found in unlisted[:40]:
        print(f"\n{', '.join(sorted(found))}: {composed.written}\n    {said}")


def _tell_rows(failing: list[Composed]) -> None:
    for number, row in enumerate(open_rows(), 1):
        named = [one for one in failing if is_open(one.key, [row])]
        print(f"row {number}: {len(named)} fail" + ("; it can go" if not named else ""))
        for name in ("form", "number", "shape"):
            idle = set(row.get(name, ())) - {one.key[name] for one in named}
            if idle and named:
                print(f"    {name}: nothing fails with {sorted(idle)}")


def _tell_common(failing: list[Composed]) -> None:
    for name in FIELDS:
        print(f"    {name}: {Counter(one.key[name] for one in failing).most_common(8)}")


if __name__ == "__main__":
    main()
