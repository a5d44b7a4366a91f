"""What a shell proposes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from narrate.cli import completion
from narrate.cli.app import app
from narrate.core.formats import FORMATS
from narrate.core.settings.model import FORMS, GENDERS
from narrate.speech.engines import engine_names
from narrate.text.clean import RULES

STARTED = "import sys; sys.argv[0] = 'narrate'; from narrate.cli.app import main; main()"

VALUES = {
    "engine": set(engine_names()),
    "fallback": set(engine_names()),
    "format": set(FORMATS),
    "gender": set(GENDERS),
    "read_as": set(FORMS),
    "clean_keep": {name for name, _ in RULES},
}


def proposed(line: str) -> list[str]:
    """What the command itself answers to bash for a line, with its last word begun."""
    words = line.split(" ")
    asked = {"_NARRATE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    result = subprocess.run(
        [sys.executable, "-c", STARTED], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    return result.stdout.split()


@pytest.mark.parametrize("name", VALUES)
def test_values_of_flags(name: str) -> None:
    """Each is one that the flag takes, and all are there."""
    (parameter,) = (one for one in get_command(app).commands["speak"].params if one.name == name)  # type: ignore[attr-defined]
    context = get_command(app).make_context("narrate", ["speak"], resilient_parsing=True)

    assert {item.value for item in parameter.shell_complete(context, "")} == VALUES[name]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("narrate sp", ["speak", "spoken"]),
        ("narrate speak a.txt --form", ["--format"]),
        ("narrate speak --engine tone --voice ", ["low", "middle", "high"]),
        ("narrate speak --voice bf_e", ["bf_emma"]),
        ("narrate speak --voice af_heart+bf_e", ["af_heart+bf_emma"]),
        ("narrate speak --engine nonsense --voice ", []),
        ("narrate speak --language d", ["da", "de", "dv", "dz"]),
        ("narrate speak --language en-G", [f"en-G{letter}" for letter in "ABDEFGHILMNPQRSTUWY"]),
        ("narrate script a.txt --as m", ["markdown"]),
        ("narrate voices --sample bm_g", ["bm_george"]),
    ],
)
def test_lines(line: str, words: list[str]) -> None:
    """By the protocol of the scripts that typer writes; an engine that is none is no error."""
    assert proposed(line) == words


def test_what_cannot_be_listed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an engine raises."""

    def broken() -> tuple[str, ...]:
        raise RuntimeError

    monkeypatch.setattr("narrate.speech.engines.engine_names", broken)

    assert completion.engines("") == []


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is asked")
def test_in_a_real_shell(tmp_path: Path) -> None:
    """The script that --show-completion prints, read by bash, fills in what bash then shows."""
    program = tmp_path / "narrate"
    program.write_text(f'#!/bin/sh\nexec \'{sys.executable}\' -c "{STARTED}" "$@"\n')
    program.chmod(0o755)
    asked = """
        eval "$(narrate --show-completion bash)"
        COMP_WORDS=(narrate speak --gender '') COMP_CWORD=3
        "$(complete -p narrate | sed 's/.*-F \\([^ ]*\\) .*/\\1/')" narrate
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    surroundings = os.environ | {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        # Else the script is that of the shell which runs the tests.
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
    }

    command = ["bash", "--norc", "-c", asked]
    shell = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    assert (shell.stdout.split(), shell.stderr) == (["female", "male"], "")
