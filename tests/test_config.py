"""Settings come from four places, and each is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.config import BlockPolicies, CleanChoices, Pauses, Settings, load_settings
from narrate.errors import ConfigError


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


def test_variables_of_others_are_left_alone() -> None:
    """A variable that narrate does not know may belong to someone else."""
    assert load_settings(environ={"NARRATE_SOMETHING": "1"}) == Settings()


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
        ("table_max_cells", -1, "between 0"),
        ("clean", 3, "not a table"),
        ("clean", {"keep": "read-more"}, "a list"),
        ("clean", {"drop": ["("]}, "no regular expression"),
        ("clean", {"hold": []}, "unknown setting"),
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


@pytest.mark.parametrize("content", [b"voice = ", b"\xff\xfe", b"[pauses"])
def test_a_broken_file_is_an_error(content: bytes) -> None:
    """Not a file to pass over."""
    Path("narrate.toml").write_bytes(content)

    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(environ={})
