"""The long fuzzing run: atheris makes bytes that reach new code, the targets of tests/fuzz say what must hold.

    python3 -m venv fuzz && fuzz/bin/pip install -e '.[test]' atheris
    fuzz/bin/python scripts/fuzz.py read --corpus corpora/read -runs=1000000 -max_len=160 -len_control=0 -timeout=20

What follows the name of a target goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html). It ends at the first input
that fails and keeps it as crash-*; `scripts/fuzz.py read --replay crash-…` runs it again without atheris.
More in docs/fuzzing.md.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Run one target until libFuzzer is told to stop, or replay files."""
    parser = argparse.ArgumentParser(description="Fuzz one part of narrate.", allow_abbrev=False)
    parser.add_argument("target")
    parser.add_argument("--corpus", type=Path, help="folder where inputs that reached new code are kept")
    parser.add_argument("--replay", type=Path, nargs="+", help="run these inputs once, and fail as they fail")
    arguments, for_fuzzer = parser.parse_known_args()
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, str(ROOT / "tests"))
    if arguments.replay:
        replay(arguments.target, arguments.replay)
    else:
        fuzz(arguments.target, arguments.corpus, for_fuzzer)


def replay(name: str, files: list[Path]) -> None:
    """Give a target the inputs of some files."""
    from fuzz.targets import TARGETS

    for file in files:
        TARGETS[name](file.read_bytes())


def fuzz(name: str, corpus: Path | None, for_fuzzer: list[str]) -> None:
    """Look for inputs that fail; the whole package is instrumented, and the parsers that it leans on."""
    import atheris

    with atheris.instrument_imports(include=["narrate", "markdown_it", "mdit_py_plugins", "mutagen"]):
        from fuzz.targets import TARGETS

    if corpus:
        corpus.mkdir(parents=True, exist_ok=True)
        for_fuzzer = [str(corpus), *for_fuzzer]
    atheris.Setup([sys.argv[0], *for_fuzzer], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
