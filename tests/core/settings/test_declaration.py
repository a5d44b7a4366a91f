"""A setting is declared once, and nothing that must follow from it is missing."""

from __future__ import annotations

import inspect
import runpy
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import narrate
from narrate.cli import completion
from narrate.core.errors import ConfigError
from narrate.core.settings import declaration
from narrate.core.settings.checks import OneOf, whole, word
from narrate.core.settings.chosen import recorded_values, value_of, values_for_engine
from narrate.core.settings.declaration import (
    Decides,
    Declared,
    Flag,
    changed,
    declared_in,
    documented,
    nested,
    setting,
)
from narrate.core.settings.loading import load_settings
from narrate.core.settings.model import TABLES, Settings, declared
from narrate.core.settings.tables import Music, Pauses, Podcast

SETTINGS = declared()
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "write_settings_reference.py"))

each_setting = pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.key)


@documented
@dataclass(frozen=True, slots=True)
class Tea:
    """What is drunk."""

    kind: str = setting("green", meaning="Which leaves.", check=word, decides=Decides.NOTHING)
    steep_s: int = setting(180, meaning="How long " * 30, check=whole(1, 900), decides=Decides.SOUND)


def test_a_class_of_settings_is_the_declaration() -> None:
    """With name, type and default from the field, and the rest from beside it."""
    kind, steep = declared_in(Tea, "tea")

    assert (kind.name, kind.type, kind.default, kind.key, kind.variable) == (
        "kind",
        "str",
        "green",
        "tea_kind",
        "NARRATE_TEA_KIND",
    )
    assert steep.setting == declaration.Setting("How long " * 30, whole(1, 900), Decides.SOUND)
    assert Tea(steep_s=5) == replace(Tea(), steep_s=5)


def test_settings_with_some_other_values() -> None:
    """The rest stay, a table is changed as settings are, and what is no setting is refused."""
    assert changed(Tea("black"), {"steep_s": 5}) == Tea("black", 5)
    assert changed(Settings(speed=1.5), {}) == Settings(speed=1.5)
    assert changed(Settings(speed=1.5), {"music": Music(fade_ms=1)}) == Settings(speed=1.5, music=Music(fade_ms=1))
    with pytest.raises(TypeError, match="milk"):
        changed(Tea(), {"milk": True})


def test_values_by_their_tables() -> None:
    """As loading takes them, in whichever order they come; the last of a setting wins."""
    by_key = {one.key: one for one in SETTINGS}
    given = [("music_fade_ms", 1), ("speed", 2.0), ("music_below_lu", 3.0), ("podcast_title", "A"), ("speed", 1.5)]

    found = nested((by_key[key], value) for key, value in given)

    assert found == {"music": {"fade_ms": 1, "below_lu": 3.0}, "speed": 1.5, "podcast": {"title": "A"}}
    assert load_settings(found, environ={}) == Settings(
        speed=1.5, music=Music(fade_ms=1, below_lu=3.0), podcast=Podcast(title="A")
    )
    assert nested([]) == {}


def test_help_has_the_meanings() -> None:
    """After what the class says of itself, in lines that can be read."""
    doc = inspect.getdoc(Tea) or ""

    assert doc.startswith("What is drunk.\n\nAttributes:\n    kind: Which leaves.\n    steep_s: How long How long")
    assert max(map(len, doc.splitlines())) <= declaration._LINE_CHARS


def test_a_field_without_a_declaration_is_refused() -> None:
    """A class with a field that is not declared cannot be documented, and so not be made."""

    @dataclass(frozen=True)
    class Careless:
        kind: str = field(default="green")

    with pytest.raises(TypeError, match=r"Careless\.kind is not declared"):
        documented(Careless)


def test_no_two_settings_share_a_name() -> None:
    """Neither as keys nor as variables nor as flags."""
    flags = [name for one in SETTINGS if one.setting.flag for name in one.setting.flag.names]

    for names in ([one.key for one in SETTINGS], [one.variable for one in SETTINGS if one.variable], flags):
        assert not [name for name, times in Counter(names).items() if times > 1]


def test_every_field_is_declared_and_found() -> None:
    """Those above the tables, and those of each table; nothing else is."""
    above = {("", item.name) for item in fields(Settings)} - {
        ("", name) for name in (*TABLES, "clean_sites", "engines")
    }
    below = {(name, item.name) for name, kind in TABLES.items() for item in fields(kind)}

    assert {(one.table, one.name) for one in SETTINGS} == above | below


def test_what_a_setting_decides_has_no_default() -> None:
    """Whoever declares one must say; and so of its meaning and its check."""
    parameters = inspect.signature(setting).parameters

    assert {name for name, one in parameters.items() if one.default is inspect.Parameter.empty} == {
        "default",
        "meaning",
        "check",
        "decides",
    }
    assert not {"meaning", "check", "decides"} & set(declaration.Setting._field_defaults)


@each_setting
def test_each_setting_says_what_it_means(one: Declared) -> None:
    """In sentences, in the reference, and in help() of its class; and which stage it decides."""
    meaning, kind = one.setting.meaning, TABLES.get(one.table, Settings)
    words = " ".join((kind.__doc__ or "").split())

    assert meaning.strip() == meaning
    assert meaning.endswith(".")
    assert meaning[0].isupper() or meaning[0] == '"'
    assert f"{one.name}: {meaning}" in words
    assert isinstance(one.setting.decides, Decides)
    assert SCRIPT["takes"](one.setting.check)


@each_setting
def test_each_default_passes_its_own_check(one: Declared) -> None:
    """As it would from narrate.toml; None and nothing can only be left out."""
    assert one.setting.check
    if one.default not in (None, ""):
        assert one.setting.check(one.default) == one.default
        assert one.setting.check(str(one.default) if isinstance(one.default, Path) else one.default) == one.default


@each_setting
def test_each_setting_is_read_from_where_it_is_declared_to_be(one: Declared) -> None:
    """From narrate.toml and from its variable; one without a variable is refused there."""
    values = {one.table: {one.name: one.default}} if one.table else {one.name: one.default}
    if one.default is not None and one.default != "":
        assert value_of(load_settings(values, environ={}), one) == one.default
    name = f"NARRATE_{one.key.upper()}"

    assert one.variable in (name, "")
    with pytest.raises(ConfigError) as caught:
        load_settings(environ={name: " "})
    assert caught.value.message.startswith(name if one.variable else f"unknown variable {name}")


@pytest.mark.parametrize("one", [one for one in SETTINGS if one.setting.flag], ids=lambda one: one.key)
def test_each_flag_says_what_it_takes(one: Declared) -> None:
    """In help, and to shells where it is one of a few words or a list of them is known."""
    flag = one.setting.flag

    assert isinstance(flag, Flag)
    assert all(name.startswith("-") for name in flag.names)
    assert flag.help.endswith(".")
    is_switch = one.type.startswith("bool") or "/--no-" in flag.names[0]
    assert bool(flag.metavar) != is_switch
    assert not flag.proposes or callable(getattr(completion, flag.proposes))
    assert not (flag.proposes and isinstance(one.setting.check, OneOf))


def test_the_reference_is_what_the_script_writes() -> None:
    """Written anew with each change: python scripts/write_settings_reference.py"""
    page = SCRIPT["REFERENCE"].read_text(encoding="utf-8")

    assert page == SCRIPT["reference"]()
    for one in SETTINGS:
        assert f"| `{one.name}` | {one.setting.meaning.replace('|', chr(92) + '|')} |" in page


def test_what_is_recorded_can_be_loaded_again() -> None:
    """By the names that it is recorded under, tables as tables; and it decides something."""
    made = Settings(speed=1.5, quote_voice="low", srt_line_chars=40, pauses=Pauses(word_ms=7))

    assert load_settings({**recorded_values(made), "voice": None}, environ={}) == made
    assert all(one.setting.decides is not Decides.NOTHING for one in SETTINGS if one.setting.is_recorded)


def test_what_an_engine_is_made_of_travels_as_json() -> None:
    """Paths as text, and none that nobody chose."""
    made = Settings(engine="tone", offline=True, kokoro_model=Path("a.onnx"))
    sent = values_for_engine(made)

    assert sent == {"engine": "tone", "offline": True, "kokoro_model": "a.onnx"}
    assert load_settings(sent, base=Settings()) == made


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [(Settings, "loudness_lufs"), (Music, "below_lu"), (Podcast, "guid"), (narrate.Pauses, "word_ms")],
)
def test_classes_keep_their_public_names_and_help(kind: Any, attribute: str) -> None:
    """Whoever asks Python for help reads what the reference says."""
    assert kind.__module__.startswith("narrate.core.settings.")
    assert f"    {attribute}: " in (inspect.getdoc(kind) or "")
