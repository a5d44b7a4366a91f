"""Python's callers: a wrong type is said in the argument's name, before anything is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.engines import CountingEngine

import narrate

WRONG: list[Any] = [3, 2.5, b"article.txt", ["article.txt"], {"a": 1}, frozenset(), True]


@pytest.mark.parametrize("value", [*WRONG, None, "", " ", "a\0b"], ids=repr)
@pytest.mark.parametrize("call", [narrate.speak, narrate.script])
def test_sources(call: Any, value: Any) -> None:
    """A source is a path or an address."""
    with pytest.raises((narrate.ConfigError, narrate.SourceError)) as caught:
        call(value)

    assert "source" in caught.value.message or "a\\x00b" in caught.value.message or "\0" in caught.value.message


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("output", [3, b"out", ["out"], frozenset(), "a\0b", ""]),
        ("engine", [5, b"tone", ["tone"], frozenset(), True]),
        ("voice", [5, b"low", ["low"], True]),
        ("speed", ["fast", b"1", [1.0], True, float("nan"), 9]),
        ("settings", ["a", 1, {"speed": 1.0}, True]),
        ("on_progress", [3, "print", [print]]),
    ],
)
def test_arguments(article: Path, name: str, values: list[Any]) -> None:
    """Each is named, and nothing is made."""
    for value in values:
        with pytest.raises(narrate.ConfigError) as caught:
            narrate.speak(article, **{"engine": "tone", name: value})

        assert name in caught.value.message, value
        assert caught.value.hint
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flags", 3),
        ("flags", "speed"),
        ("flags", ["speed"]),
        ("base", "a"),
        ("folder", 3),
        ("environ", ["A=1"]),
        ("settings", "a"),
    ],
)
def test_settings(article: Path, name: str, value: Any) -> None:
    """Wrong arguments of load_settings and script are named as those of speak are."""
    with pytest.raises(narrate.ConfigError, match=name):
        narrate.script(article, value) if name == "settings" else narrate.load_settings(
            **{"flags" if name == "flags" else name: value}
        )


def test_keys_that_are_no_names() -> None:
    """A setting is called by a word."""
    with pytest.raises(narrate.ConfigError, match="key takes the name of a setting"):
        narrate.load_settings({3: 1})  # type: ignore[dict-item]


class Somewhere:
    """Stands for a path, as those of other libraries do."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path


def test_right_types(article: Path) -> None:
    """Paths of any make, and an engine of the caller's own, which stays open."""
    engine = CountingEngine()
    made = narrate.speak(Somewhere("lighthouse.txt"), Somewhere("out"), engine=engine)  # type: ignore[arg-type]

    assert made.path.parent == Path("out")
    assert engine.asked


def test_an_engine_of_the_callers_that_fails(article: Path) -> None:
    """It is named by its class."""

    class Broken(CountingEngine):
        version = None  # type: ignore[assignment]

    with pytest.raises(narrate.EngineError, match=r"Broken \(.*test_arguments\) cannot be used: `version` is None"):
        narrate.speak(article, engine=Broken())
