"""What a package declares of its engine is looked at when it is declared, and when it is loaded."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.engines import register

from narrate.core.errors import EngineError
from narrate.core.settings.loading import Settings
from narrate.speech.engines import engine_names, make_engine
from narrate.speech.engines.declaration import API_VERSION, EngineFactory, Run, engine_factory, option
from narrate.speech.engines.tone import ToneEngine


def other(*_: object) -> ToneEngine:
    return type("Other", (ToneEngine,), {"name": "other"})()


@dataclass
class Thawed:
    key: str = option("a", meaning="a word")


@dataclass(frozen=True)
class Bare:
    key: str = "a"


@dataclass(frozen=True)
class Odd:
    key: complex = option(0j, meaning="a number that no file can hold")


@dataclass(frozen=True)
class Either:
    key: int | str = option(0, meaning="a number or a word")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (Thawed, "no frozen dataclass"),
        (namedtuple("Pair", "key"), "no frozen dataclass"),
        (dict, "no frozen dataclass"),
        (Bare, "the field key is no option"),
        (Odd, "key has the type .*complex"),
        (Either, "key has the type int | str"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_options_that_are_none(options: type, why: str) -> None:
    """The author is told when the module is imported, whatever anybody has set."""
    with pytest.raises(TypeError, match=why):
        engine_factory("other", options=options)


@pytest.mark.parametrize("name", ["", "Azure", "my tts", "-x", "a--b", "ä", "a.b", "1a"])
def test_names_that_are_none(name: str) -> None:
    """They are typed, are tables of a file, and parts of a variable's name."""
    with pytest.raises(TypeError, match="no name for an engine"):
        engine_factory(name)


@pytest.mark.parametrize("name", ["azure", "my-tts", "f5_tts", "a1"])
def test_a_declared_engine_is_made(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what its entry point names."""
    made = type("Made", (ToneEngine,), {"name": name})
    register(monkeypatch, **{name: engine_factory(name)(lambda options, run: made())})

    assert name in engine_names()
    assert make_engine(Settings(engine=name)).name == name


@pytest.mark.parametrize("version", [0, API_VERSION + 1, 99])
def test_another_version_of_the_contract(version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is refused with both numbers, and nothing of the engine is called."""
    asked: list[object] = []
    register(monkeypatch, other=engine_factory("other", api_version=version)(lambda *given: asked.append(given)))

    with pytest.raises(EngineError, match=f"version {version} of the contract, .* has version {API_VERSION}") as caught:
        make_engine(Settings(engine="other"))

    assert "docs/engines.md" in caught.value.hint
    assert not asked


@pytest.mark.parametrize(
    ("maker", "why"),
    [
        (engine_factory("another")(other), "declared with the name 'another'"),
        (engine_factory("other")(lambda options, run: ToneEngine()), "its name is 'tone'"),
        (None, "names nothing that makes an engine"),
        (ToneEngine(), "names nothing that makes an engine"),
    ],
)
def test_what_does_not_fit_together(maker: Any, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is the same in the entry point, the declaration and the engine: workers of a cluster look for it."""
    register(monkeypatch, other=maker)

    with pytest.raises(EngineError, match=rf"the engine other \(other_package\) cannot be used: .*{why}"):
        make_engine(Settings(engine="other"))


def test_the_run_that_it_is_made_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says where files may be kept, and whether the network may be used."""
    runs = []
    register(monkeypatch, other=engine_factory("other")(lambda options, run: runs.append(run) or other()))

    make_engine(Settings(engine="other", cache_dir=tmp_path, cache=False, offline=True))

    (run,) = runs
    assert (run.cache_folder, run.keep, run.offline) == (tmp_path, False, True)


def test_a_plain_function_is_called_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As all were before there were declarations."""
    given = []
    register(monkeypatch, other=lambda settings: given.append(settings) or other())

    make_engine(Settings(engine="other", speed=1.25))

    assert [settings.speed for settings in given] == [1.25]


@dataclass(frozen=True)
class Sweet:
    sugar_g: int = option(2, meaning="how much")


@dataclass(frozen=True)
class Sour:
    sugar_g: int = option(0, meaning="how much")


@pytest.mark.parametrize("options", [Sour(), None, {"sugar_g": 2}, Sweet])
def test_an_engine_is_made_of_its_own_options_alone(options: object) -> None:
    """Others that look like them are none, and it is not asked."""
    asked = []
    factory = engine_factory("other", options=Sweet)(lambda given, run: asked.append(given) or other())
    run = Run(None, False, True)

    with pytest.raises(TypeError, match="are no Sweet"):
        factory.make(options, run)
    assert asked == []

    assert factory.make(Sweet(3), run).name == "other"
    assert asked == [Sweet(3)]


def test_the_engines_of_narrate_are_declared() -> None:
    """As every other one's are."""
    from narrate.speech.engines import gtts, kokoro, tone

    for module in (gtts, kokoro, tone):
        assert isinstance(module.make, EngineFactory)
        assert all(one.meaning for one in module.make.options)
