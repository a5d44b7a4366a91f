"""Where settings were given: which variables are narrate's, and what a setting is called there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import narrate
from narrate.core.errors import ConfigError
from narrate.core.settings.given import READ_ELSEWHERE, Place, is_setting

KNOWN = frozenset({"NARRATE_VOICE", "NARRATE_FORMAT", "NARRATE_SHARED_CACHE"})


@pytest.mark.parametrize(
    "variable",
    [
        "HOME",
        "XNARRATE_VOICE",
        "narrate_voice",
        "_NARRATE_COMPLETE",
        "NARRATE_FONT_DIRS",
        "NARRATE_ENGINES_AZURE_KEY",
        "NARRATE_SERVICE_HOST",
        "NARRATE_PORT",
        "NARRATE_PORT_8000_TCP",
        "NARRATE_PORT_53_UDP_ADDR",
        "NARRATE_SCHEDULER_SERVICE_HOST",
        "NARRATE_SCHEDULER_SERVICE_PORT",
        "NARRATE_SCHEDULER_SERVICE_PORT_DASHBOARD",
        "NARRATE_SCHEDULER_PORT",
        "NARRATE_SCHEDULER_PORT_8786_TCP_PROTO",
    ],
)
def test_variables_of_others(variable: str) -> None:
    """Those of other programs, of engines in other packages, and what Kubernetes gives each pod of its services."""
    assert not is_setting(variable, KNOWN)


def test_settings() -> None:
    """By their whole name."""
    assert is_setting("NARRATE_VOICE", KNOWN)


@given(st.from_regex(r"NARRATE_[A-Z_]{0,20}", fullmatch=True))
def test_no_variable_of_narrates_is_passed_over(variable: str) -> None:
    """It is a setting, of a kind that is left alone, or an error that names it and says what to do."""
    try:
        known = is_setting(variable, KNOWN)
    except ConfigError as error:
        assert variable in error.message
        assert error.hint
    else:
        others = variable in READ_ELSEWHERE or "ENGINES_" in variable or "PORT" in variable or "SERVICE" in variable
        assert known == (variable in KNOWN)
        assert known or others


def test_every_variable_that_narrate_reads_is_known() -> None:
    """None is read in some module and refused by another."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(narrate.__file__).parent.rglob("*.py")
        if path.name != "given.py"
    )
    names = set(re.findall(r"""["'](NARRATE_[A-Z_]*[A-Z])["']""", source))

    assert names == {"NARRATE_FONT_DIRS"} < READ_ELSEWHERE


def test_a_long_value_is_cut() -> None:
    """In all places; what was given may be a whole file."""
    places = [
        Place(),
        Place(file="narrate.toml"),
        Place(variable="NARRATE_VOICE"),
        Place(flag_of=lambda key: "--voice"),
    ]

    assert all(len(place.shown("voice", "x" * 1000)) < 130 for place in places)


def test_words_of_a_flag_are_quoted_as_a_shell_takes_them() -> None:
    """Each of several."""
    shown = Place(flag_of=lambda key: "--drop").shown("drop", ["a b", "c"])

    assert shlex.split(shown) == ["--drop", "a b", "c"]
