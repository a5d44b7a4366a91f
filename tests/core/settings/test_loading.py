"""Settings come from four places, and each is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from narrate.core.errors import ConfigError
from narrate.core.settings.loading import BlockPolicies, CleanChoices, Music, Pauses, Podcast, Settings, load_settings


def test_defaults() -> None:
    """With nothing said anywhere."""
    assert load_settings(environ={}) == Settings()


def test_each_place_wins_over_the_one_before() -> None:
    """Defaults < narrate.toml < variables < flags."""
    Path("narrate.toml").write_text('voice = "toml"\nspeed = 0.9\nengine = "toml"\n[pauses]\ntitle_ms = 5\n')

    settings = load_settings({"engine": "flag", "voice": None}, environ={"NARRATE_SPEED": "1.5"})

    assert (settings.engine, settings.voice, settings.speed) == ("flag", "toml", 1.5)
    assert settings.pauses == Pauses(title_ms=5)


def test_the_users_file_stands_below_the_projects(tmp_path: Path) -> None:
    """One narrate.toml in the user's folder for everything, one beside the articles."""
    user = tmp_path / "home" / "narrate"
    user.mkdir(parents=True)
    (user / "narrate.toml").write_text('voice = "user"\nspeed = 0.9\n')
    Path("narrate.toml").write_text('voice = "project"\n')

    settings = load_settings(environ={})

    assert (settings.voice, settings.speed) == ("project", 0.9)


def test_variables_reach_the_pauses() -> None:
    """Every setting has a variable."""
    settings = load_settings(environ={"NARRATE_PAUSES_PARAGRAPH_MS": "123", "NARRATE_CACHE": "no"})

    assert (settings.pauses.paragraph_ms, settings.cache) == (123, False)


def test_policies_of_blocks() -> None:
    """In a table of their own, or one by one."""
    Path("narrate.toml").write_text('[blocks]\ncode = "skip"\nimage = "announce"\n')

    settings = load_settings(environ={"NARRATE_BLOCKS_CAPTION": "speak"})

    assert settings.blocks == BlockPolicies(code="skip", image="announce", caption="speak")


def test_cleaning_choices_add_up() -> None:
    """Those of flags come on top of those of the file, and each site has its own."""
    Path("narrate.toml").write_text(
        '[clean]\nkeep = ["author-bio"]\n[clean.sites."Example.com"]\ndrop = ["^Sponsored"]\n'
    )

    settings = load_settings({"clean": {"keep": ["legal"], "drop": ["x"]}}, environ={})

    assert settings.clean == CleanChoices(keep=("author-bio", "legal"), drop=("x",))
    assert settings.clean_sites == (("example.com", CleanChoices(drop=("^Sponsored",))),)


def test_strictness_is_taken_from_where_it_was_said_last() -> None:
    """A list adds up, a word does not; what says nothing of it changes nothing."""
    Path("narrate.toml").write_text(
        '[clean]\nstrictness = "gentle"\nkeep_lines = ["a"]\n[clean.sites."example.com"]\nstrictness = "strict"\n'
    )

    unsaid = load_settings({"clean": {"keep_lines": ["b"]}}, environ={})
    said = load_settings({"clean": {"strictness": "normal"}}, environ={})

    assert unsaid.clean == CleanChoices(keep_lines=("a", "b"), strictness="gentle")
    assert said.clean.strictness == "normal"
    assert unsaid.clean_sites == (("example.com", CleanChoices(strictness="strict")),)


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        ("NARRATE_FORMTA", "did you mean NARRATE_FORMAT?"),
        ("NARRATE_FONT_DIR", "did you mean NARRATE_FONT_DIRS?"),
        ("NARRATE_ENGINES", "did you mean NARRATE_ENGINE?"),
        ("NARRATE_PAUSE_PARAGRAPH_MS", "did you mean NARRATE_PAUSES_PARAGRAPH_MS?"),
        ("NARRATE_BITRATE", "did you mean NARRATE_BITRATE_KBPS?"),
        ("NARRATE_KOKORO_MODLE", "did you mean NARRATE_KOKORO_MODEL?"),
        ("NARRATE_CLEAN_KEEP", "narrate.toml below [clean]"),
        ("NARRATE_ZZZ", "unset NARRATE_ZZZ"),
    ],
)
def test_a_variable_that_nobody_knows_is_an_error(variable: str, hint: str) -> None:
    """With the nearest name, for one that is passed over would change what is heard."""
    with pytest.raises(ConfigError, match=f"unknown variable {variable}$") as caught:
        load_settings(environ={variable: "1"})

    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("speed", 0.4, "between 0.5 and 2"),
        ("speed", 2.1, "between 0.5 and 2"),
        ("speed", float("nan"), "between"),
        ("speed", "fast", "speed"),
        ("speed", True, "a number"),
        ("jobs", 0, "between 1"),
        ("jobs", 1.5, "whole number"),
        ("cache", "perhaps", "true or false"),
        ("voice", " ", "a word"),
        ("pauses", {"title_ms": -1}, "between 0"),
        ("pauses", {"title": 1}, "unknown setting"),
        ("pauses", 3, "not a table"),
        ("vioce", "x", "unknown setting"),
        ("blocks", {"code": "shout"}, "one of speak, announce, skip"),
        ("blocks", {"paragraph": "announce"}, "one of speak, skip"),
        ("blocks", {"verse": "speak"}, "unknown setting"),
        ("read_as", "pdf", "one of text, markdown, html"),
        ("language", "klingon", "no language 'klingon'"),
        ("language", "en-UK", "no region 'UK'"),
        ("podcast", {"language": "english"}, "no language 'english'"),
        ("clean", {"sites": {"https://example.com/": {}}}, "name of a host alone"),
        ("clean", {"sites": {"a b": {}}}, "name of a host alone"),
        ("table_max_cells", -1, "between 0"),
        ("clean", 3, "not a table"),
        ("clean", {"keep": "read-more"}, "a list"),
        ("clean", {"drop": ["("]}, "no regular expression"),
        ("clean", {"hold": []}, "unknown setting"),
        ("clean", {"strictness": "harsh"}, "gentle, normal"),
        ("clean", {"keep_lines": "a line"}, "a list"),
        ("clean", {"sites": {"example.com": 3}}, "not a table"),
    ],
)
def test_values_that_cannot_be_used_are_refused(key: str, value: object, message: str) -> None:
    """The error names the key and says what would do."""
    with pytest.raises(ConfigError, match=message) as caught:
        load_settings({key: value}, environ={})

    assert caught.value.hint


def test_a_misspelt_key_gets_a_proposal() -> None:
    """In a file, with the file's name."""
    Path("narrate.toml").write_text("sped = 1.0\n")

    with pytest.raises(ConfigError, match=r"sped.*narrate\.toml") as caught:
        load_settings(environ={})

    assert caught.value.hint == "did you mean speed?"


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("[podcats]\ntitle = 'x'\n", "did you mean [podcast]?"),
        ("[podcast]\ntilte = 'x'\n", "did you mean title?"),
        ("[blocks]\nheadline = 'skip'\n", "did you mean heading?"),
        ("[pauses]\nparagraph = 1\n", "did you mean paragraph_ms?"),
        ("[music]\nbelow = 1\n", "did you mean below_lu?"),
        ("[clean]\nkep = []\n", "did you mean keep?"),
        ("[clean.sites.'example.com']\ndorp = []\n", "did you mean drop?"),
        ("[clean.site.'example.com']\ndrop = []\n", "did you mean sites?"),
        ("paragraph_ms = 1\n", "write it below [pauses]"),
        ("keep = ['legal']\n", "write it below [clean]"),
        ("[podcast]\nvoice = 'low'\n", "write it above the first [table]"),
        ("[clean]\nspeed = 1\n", "write it above the first [table]"),
        ("Format = 'mp3'\n", "did you mean format?"),
        ("zzz = 1\n", "known keys: engine, voice"),
    ],
)
def test_every_key_of_every_table_is_known_or_refused(content: str, hint: str) -> None:
    """The hint has the nearest key, or the table that it belongs to."""
    Path("narrate.toml").write_text(content)

    with pytest.raises(ConfigError, match=r"unknown setting .*narrate\.toml") as caught:
        load_settings(environ={})

    assert hint in caught.value.hint


# No setting can be a space, wherever it comes from.
UNFIT = " "

TABLES = {"pauses": Pauses, "music": Music, "podcast": Podcast, "blocks": BlockPolicies}
KEYS = [("", item.name) for item in fields(Settings) if item.name not in {*TABLES, "clean", "clean_sites", "engines"}]
KEYS += [(table, item.name) for table, kind in TABLES.items() for item in fields(kind)]


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_messages_name_a_setting_as_it_was_given(table: str, key: str) -> None:
    """In a file its key and the file, as a variable its name, as a flag the flag, in a call the argument."""
    nested = {table: {key: UNFIT}} if table else {key: UNFIT}
    variable = f"NARRATE_{f'{table}_' if table else ''}{key}".upper()
    Path("narrate.toml").write_text(f"[{table}]\n{key} = ' '\n" if table else f"{key} = ' '\n")
    asked: list[str] = []

    def flag_of(name: str) -> str:
        asked.append(name)
        return "--the-flag"

    in_file = refused()
    Path("narrate.toml").unlink()
    places = {
        f"{key} = {UNFIT!r}{f' in [{table}]' if table else ''} in narrate.toml": in_file,
        f"{variable}={UNFIT}": refused(environ={variable: UNFIT}),
        "--the-flag ' '": refused(nested, flag_of=flag_of),
        f"{key} = {UNFIT!r}": refused(nested),
    }

    for begins, error in places.items():
        assert error.message.startswith(begins)
        assert " cannot be used: " in error.message
        assert error.hint
    assert asked[0] == (f"{table}_{key}" if table else key)


def refused(given: Mapping[str, object] | None = None, **places: Any) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_settings(given, **{"environ": {}, **places})
    return caught.value


def test_languages_are_kept_in_one_spelling() -> None:
    """Wherever they were given."""
    Path("narrate.toml").write_text('[podcast]\nlanguage = "PT_br"\n')

    made = load_settings({"language": "EN-gb"}, environ={})

    assert (made.language, made.podcast.language) == ("en-GB", "pt-BR")


@pytest.mark.parametrize("content", [b"voice = ", b"\xff\xfe", b"[pauses"])
def test_a_broken_file_is_an_error(content: bytes) -> None:
    """A broken file is an error, and none to pass over."""
    Path("narrate.toml").write_bytes(content)

    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(environ={})
