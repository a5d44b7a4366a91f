"""What an engine can do beyond the contract is found by its protocol, also behind a guard."""

from __future__ import annotations

from typing import Any

import pytest

from narrate.core.errors import EngineError
from narrate.speech.engines import abilities, plugin
from narrate.speech.engines.tone import ToneEngine


def engine(**has: Any) -> Any:
    """Another package's, with more than it must have, behind its guard."""
    return plugin.guard(type("Other", (ToneEngine,), has)(), "other", "other_package")


def test_an_engine_that_can_do_nothing_beyond() -> None:
    """Is asked for nothing."""
    bare = engine()

    abilities.begin_loading(bare, at_once=True)

    assert abilities.loader_of(bare) is None
    assert abilities.pronouncer_of(bare, "low") is None
    assert not abilities.can_blend(bare)


def test_loading() -> None:
    """What is asked for reaches the engine."""
    asked: list[object] = []
    made = engine(warm=lambda self, *, at_once=False: asked.append(at_once), load=lambda self: asked.append("load"))

    abilities.begin_loading(made, at_once=True)
    load = abilities.loader_of(made)

    assert load
    load()
    assert asked == [True, "load"]


def test_pronouncing() -> None:
    """With the voice that is chosen."""
    made = engine(pronounce=lambda self, text, *, voice: f"{voice} {text}")

    pronounce = abilities.pronouncer_of(made, "low")

    assert pronounce
    assert pronounce("Hi") == "low Hi"


@pytest.mark.parametrize(("blends", "can"), [(True, True), (False, False), (1, True)])
def test_blends(blends: object, can: bool) -> None:
    """An engine may say that it has none after all."""
    assert abilities.can_blend(engine(blends=blends)) is can


@pytest.mark.parametrize("name", abilities.METHODS)
def test_what_is_no_method(name: str) -> None:
    """Is said when the engine is made."""
    with pytest.raises(EngineError, match=f"`{name}` is no method"):
        engine(**{name: 5})


@pytest.mark.parametrize("name", [*abilities.METHODS, "blends"])
def test_a_property_that_raises(name: str) -> None:
    """Is the engine's fault, and none of narrate's."""
    with pytest.raises(EngineError, match=f"failed when it was asked for `{name}`: ValueError: odd"):
        engine(**{name: property(lambda self: int("odd") if not self else raising())})


def raising() -> None:
    raise ValueError("odd")
