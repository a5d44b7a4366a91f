"""Command lines that cannot be understood, and help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.command import narrate
from typer.main import get_command

from narrate import __version__
from narrate.cli.app import app

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["speek", "a.txt"], "no command 'speek'", "did you mean narrate speak?"),
        (["Speak", "a.txt"], "no command 'Speak'", "did you mean narrate speak?"),
        (["xyzzy"], "no command 'xyzzy'", "narrate --help lists the commands"),
        (["help"], "no command 'help'", "narrate --help"),
        (["version"], "no command 'version'", "narrate --version"),
        (["here.txt"], "no command 'here.txt'", "narrate speak here.txt"),
        (["speak", "--formta", "mp3"], "narrate speak has no option --formta", "--format"),
        (["speak", "a.txt", "--xyzzy"], "narrate speak has no option --xyzzy", "narrate speak --help lists"),
        (["--voice", "low", "speak", "a.txt"], "narrate has no option --voice", "behind the command"),
        (["script"], "narrate script needs SOURCE", "narrate script SOURCE"),
        (["watch"], "narrate watch needs DIR|FEED", "narrate watch DIR|FEED"),
        (["script", "a.txt", "b.txt"], "unexpected extra argument", "narrate script --help"),
        (["speak", "a.txt", "--bitrate"], "'--bitrate' requires an argument", "--help"),
        (["speak", "a.txt", "--bitrate", "x"], "--bitrate x cannot be used: it must be a whole number", "--bitrate"),
        (["speak", "a.txt", "--speed", "fast"], "--speed fast cannot be used: it must be a number", "--speed"),
        (["speak", "a.txt", "-j", "two"], "--jobs two cannot be used: it must be a whole number", "--jobs"),
        (["serve", "--port", "99999"], "--port cannot be used: 99999 is not in the range", "narrate serve --help"),
        (["speak", "a.txt", "--bitrate", "1"], "--bitrate 1 cannot be used: it must be between 8 and 512", "--bitrate"),
        (["speak", "a.txt", "--loudness", "0"], "--loudness 0 cannot be used: it must be between", "--loudness"),
        (["speak", "a.txt", "--as", "htm"], "--as htm cannot be used: it must be one of", "did you mean html?"),
        (["speak", "a.txt", "--format", "MP33"], "--format MP33 cannot be used", "did you mean mp3?"),
        (["speak", "a.txt", "--gender", "femal"], "--gender femal cannot be used", "did you mean female?"),
        (["speak", "a.txt", "--drop", "("], "--drop '(' cannot be used", "change --drop"),
        (["script", "a.txt", "--language", "german"], "--language german cannot be used", "write de for german"),
        (["feed", "--keep-days", "-3"], "--keep-days -3 cannot be used", "--keep-days"),
        (["feed", "--title", " "], "--title ' ' cannot be used", "--title"),
        (["watch", ".", "--jobs", "0"], "--jobs 0 cannot be used", "--jobs"),
        (["doctor", "--engine", " "], "--engine ' ' cannot be used", "--engine"),
    ],
)
def test_each_has_a_line_a_hint_and_code_2(arguments: list[str], message: str, hint: str) -> None:
    """As errors of a run have; no box, no traceback, and nothing on standard output."""
    result = narrate(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first.startswith("narrate: ")
    assert message in first
    assert second.startswith("  hint: ")
    assert hint in second


# Every flag with a value that is a setting, of each command; any path is one that may be there.
VALUED = sorted(
    (command, max(one.opts, key=len))
    for command, parsed in get_command(app).commands.items()  # type: ignore[attr-defined]
    for one in parsed.params
    if one.param_type_name == "option" and not one.is_flag and one.type.name != "path" and command != "serve"
)
NO_SETTINGS = {"--from", "--feed", "--newest", "--split", "--cluster", "--sample", "--every", "--text"}


@pytest.mark.parametrize(("command", "flag"), [one for one in VALUED if one[1] not in NO_SETTINGS])
def test_every_flag_is_named_by_itself(command: str, flag: str) -> None:
    """In the message of a value that it cannot have; nothing of what it is called inside."""
    needed = {"speak": ["a.txt"], "script": ["a.txt"], "words": ["a.txt"], "watch": ["."], "review": ["a.txt"]}.get(
        command, []
    )

    result = narrate(command, *needed, flag, " ")

    assert (result.returncode, result.stdout) == (2, "")
    assert re.match(rf"narrate: {flag} .*cannot be used: ", result.stderr)
    assert f"hint: change {flag}" in result.stderr or "hint: write " in result.stderr


@pytest.mark.parametrize(
    "word", ["a b.txt", "-", "notes.md", "page.HTML", "https://example.com/a", "here", "a.txt", "folder"]
)
def test_an_article_where_a_command_should_be(word: str) -> None:
    """The hint is the command, ready to type."""
    Path("here").write_text("Some words.")
    Path("folder").mkdir()

    result = narrate(word, "-e", "tone")

    quoted = f"'{word}'" if " " in word else word
    assert (result.returncode, result.stdout) == (2, "")
    assert f"  hint: narrate speak {quoted} -e tone\n" in result.stderr


def test_a_word_too_long_for_a_name() -> None:
    """Is no article and no command."""
    assert "narrate --help" in narrate("x" * 5000).stderr


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)])
def test_help_by_either_flag(arguments: list[str]) -> None:
    """Either flag prints the help, in 80 columns, with every value named in words that the README uses."""
    long, short = narrate(*arguments, "--help"), narrate(*arguments, "-h")

    assert (long.returncode, long.stderr) == (0, "")
    assert long.stdout == short.stdout
    assert max(map(len, long.stdout.splitlines())) <= 80
    assert "-h, --help" in long.stdout
    assert not re.search(r"<[a-z]|\{", long.stdout)


def test_version_by_either_flag() -> None:
    """On standard output."""
    assert narrate("-V").stdout == narrate("--version").stdout == f"narrate {__version__}\n"


def test_no_arguments_are_a_question_for_help() -> None:
    """It is shown, with the code of a command line that asks for nothing."""
    result = narrate()

    assert result.returncode == 2
    assert "Commands:" in result.stderr


def test_what_files_and_variables_say_is_named_as_it_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a flag could have said it."""
    Path("a.txt").write_text("Some words.")
    monkeypatch.setenv("NARRATE_BITRATE_KBPS", "1")
    assert "narrate: NARRATE_BITRATE_KBPS=1 cannot be used" in narrate("script", "a.txt").stderr
    monkeypatch.delenv("NARRATE_BITRATE_KBPS")

    Path("narrate.toml").write_text("bitrate_kbps = 1\n")
    assert "narrate: bitrate_kbps = 1 in narrate.toml cannot be used" in narrate("speak", "a.txt").stderr

    Path("narrate.toml").write_text("[podcats]\n")
    assert "did you mean [podcast]?" in narrate("feed").stderr
