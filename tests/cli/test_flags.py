"""What the command line was given, as settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from narrate.cli.app import app
from narrate.cli.flags import DECLARED, NO_SETTINGS, of_setting, settings_given
from narrate.core.settings.declaration import Declared, Flag
from narrate.core.settings.loading import CleanChoices, Music, Settings, load_settings
from narrate.core.settings.model import declared


def settings(**parameters: object) -> Settings:
    return load_settings(settings_given(parameters), environ={})


def test_what_was_not_given_is_left_out() -> None:
    """Flags that were not given are left out, so that files and variables decide."""
    assert settings_given({"voice": None, "lexicon": [], "clean_keep": [], "speed": None}) == {}


def test_what_switches_off_is_given() -> None:
    """False and nought are no absence."""
    assert settings_given({"intro": False, "loudness_lufs": 0.0}) == {"intro": False, "loudness_lufs": 0.0}


def test_what_is_said_to_the_command_is_no_setting() -> None:
    """Sources and ways to print."""
    assert settings_given(dict.fromkeys(NO_SETTINGS - {"plain"}, "x")) == {}


def test_flags_of_tables() -> None:
    """Music and cleaning have tables of their own in narrate.toml."""
    made = settings(music_before=Path("a.mp3"), music_after=Path("b.mp3"), clean_keep=["legal"], clean_drop=["^x", "y"])

    assert made.music == Music(before=Path("a.mp3"), after=Path("b.mp3"))
    assert made.clean == CleanChoices(keep=("legal",), drop=("^x", "y"))


def test_one_flag_of_a_table_leaves_its_other_keys() -> None:
    """Those of the file stay."""
    Path("narrate.toml").write_text('[music]\nbefore = "a.mp3"\nbelow_lu = 9\n')

    assert settings(music_after=Path("b.mp3")).music == Music(Path("a.mp3"), Path("b.mp3"), below_lu=9.0)


def test_plain_switches_off_what_files_and_flags_switched_on() -> None:
    """`--plain` switches off what files and flags switched on, and nothing else."""
    Path("narrate.toml").write_text(
        'intro = "Hello."\noutro = true\nquote_voice = "low"\nspeed = 1.5\n'
        '[music]\nbefore = "a.mp3"\nafter = "b.mp3"\nfade_ms = 5\n'
    )

    made = settings(plain=True, intro=True, music_before=Path("c.mp3"), voice="high")

    assert made == Settings(voice="high", own_voice=False, speed=1.5, music=Music(fade_ms=5))


def test_what_is_neither_a_setting_nor_said_to_the_command_is_an_error() -> None:
    """Nothing that is typed is lost because somebody gave a parameter another name."""
    with pytest.raises(LookupError, match="bitrate"):
        settings_given({"bitrate": 96})


def test_a_setting_without_a_flag_has_none() -> None:
    """A setting without a flag has none, and no command can take it by mistake."""
    with pytest.raises(LookupError, match="cache_dir"):
        of_setting("cache_dir")


COMMANDS = get_command(app).commands  # type: ignore[attr-defined]

# Flags of the same name that are no settings: the server's own address, the file of a draft.
OWN = {("serve", "--base-url"), ("draft", "--output"), ("draft", "-o")}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_flag_of_a_setting_is_the_declared_one(command: str) -> None:
    """Its parameter is called like the setting, by which it is found, and names and help are the declaration's."""
    by_flag = {name: one for one in declared() if one.setting.flag for name in names_of(one.setting.flag)}

    for parameter in COMMANDS[command].params:
        typed = [*parameter.opts, *parameter.secondary_opts]
        one = next((by_flag[name] for name in typed if name in by_flag and (command, name) not in OWN), None)
        if one is None:
            assert parameter.name not in DECLARED, parameter.name
            continue
        assert parameter.name == one.key
        assert set(typed) == names_of(one.setting.flag)


@pytest.mark.parametrize("command", ["speak", "script", "feed", "watch", "spoken", "words", "voices", "doctor"])
def test_every_parameter_is_a_setting_or_declared_to_be_none(command: str) -> None:
    """For the commands that take settings."""
    names = {str(parameter.name) for parameter in COMMANDS[command].params} - {"help"}

    assert names <= set(DECLARED) | NO_SETTINGS
    assert names & set(DECLARED)


def test_every_declared_flag_is_taken_by_a_command() -> None:
    """None is declared for nothing."""
    taken = {parameter.name for command in COMMANDS.values() for parameter in command.params}

    assert {one.key for one in declared() if one.setting.flag} <= taken


@pytest.mark.parametrize("one", [one for one in declared() if one.setting.flag], ids=lambda one: one.key)
def test_a_flag_has_the_type_of_its_setting(one: Declared) -> None:
    """A path is not handed over as a word, nor a number as a flag without a value."""
    parameters = [parameter for command in COMMANDS.values() for parameter in command.params]
    (kind, multiple), *others = {
        (type(each.type).__name__, each.multiple) for each in parameters if each.name == one.key
    }
    switches = one.type.startswith("bool") or (one.setting.flag is not None and "/--no-" in one.setting.flag.names[0])

    assert not others
    assert multiple == one.type.startswith("tuple")
    word = "bool" if switches else next(word for word in TYPES if word in one.type)
    assert TYPES[word] in kind.lower()


TYPES = {"bool": "bool", "float": "float", "int": "int", "Path": "path", "str": "string"}


def names_of(flag: Flag | None) -> set[str]:
    """Every name of a flag, those that switch off, too."""
    return {part for name in flag.names for part in name.split("/")} if flag else set()
