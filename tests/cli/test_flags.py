"""What the command line was given, as settings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from narrate.cli.app import app
from narrate.cli.flags import settings_given
from narrate.core.settings.loading import CleanChoices, Music, Settings, load_settings

# Said to a command, and no setting.
SAID = {
    "source",
    "sources",
    "as_json",
    "debug",
    "plain",
    "clean",
    "dropped",
    "sample",
    "lists",
    "feeds",
    "newest",
    "report",
    "cluster",
    "play",
}


def settings(**parameters: object) -> Settings:
    return load_settings(settings_given(parameters), environ={})


def test_what_was_not_given_is_left_out() -> None:
    """So that files and variables decide."""
    assert settings_given({"voice": None, "lexicon": [], "keep": [], "speed": None}) == {}


def test_what_switches_off_is_given() -> None:
    """False and nought are no absence."""
    assert settings_given({"intro": False, "loudness_lufs": 0.0}) == {"intro": False, "loudness_lufs": 0.0}


def test_what_is_said_to_the_command_is_no_setting() -> None:
    """Sources and ways to print."""
    assert settings_given(dict.fromkeys(SAID - {"plain"}, "x")) == {}


def test_flags_of_tables() -> None:
    """Music and cleaning have tables of their own in narrate.toml."""
    made = settings(music_before=Path("a.mp3"), music_after=Path("b.mp3"), keep=["legal"], drop=["^x", "y"])

    assert made.music == Music(before=Path("a.mp3"), after=Path("b.mp3"))
    assert made.clean == CleanChoices(keep=("legal",), drop=("^x", "y"))


def test_one_flag_of_a_table_leaves_its_other_keys() -> None:
    """Those of the file stay."""
    Path("narrate.toml").write_text('[music]\nbefore = "a.mp3"\nbelow_lu = 9\n')

    assert settings(music_after=Path("b.mp3")).music == Music(Path("a.mp3"), Path("b.mp3"), below_lu=9.0)


def test_plain_switches_off_what_files_and_flags_switched_on() -> None:
    """And nothing else."""
    Path("narrate.toml").write_text(
        'intro = "Hello."\noutro = true\nquote_voice = "low"\nspeed = 1.5\n'
        '[music]\nbefore = "a.mp3"\nafter = "b.mp3"\nfade_ms = 5\n'
    )

    made = settings(plain=True, intro=True, music_before=Path("c.mp3"), voice="high")

    assert made == Settings(voice="high", speed=1.5, music=Music(fade_ms=5))


@pytest.mark.parametrize("command", ["speak", "script"])
def test_every_flag_is_a_setting(command: str) -> None:
    """Of the same name, or of a table's key; nothing that is typed is lost."""
    known = {item.name for item in fields(Settings)} | {"music_before", "music_after", "keep", "drop"}
    parameters = get_command(app).commands[command].params  # type: ignore[attr-defined]

    names = {str(parameter.name) for parameter in parameters} - {"help"}

    assert names - SAID <= known
    assert {"voice", "language", "intro"} & names
