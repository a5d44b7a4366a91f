"""Engines of other packages: whatever they do, the error says which engine, and whose."""

from __future__ import annotations

import sys
import types
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import numpy as np
import pytest

from narrate.core.episode import Audio, Speech, Word
from narrate.core.errors import EngineError, EngineUnavailable
from narrate.core.settings.loading import Settings
from narrate.engine.testing import EngineContract
from narrate.pipeline.engine import open_engine
from narrate.pipeline.making import make_episode
from narrate.speech import engines
from narrate.speech.engines import plugin
from narrate.speech.engines.base import Engine, Voice
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.synthesis import ClipMaker

SOUND = Audio(np.zeros(2400, dtype=np.float32), 24_000)


# What no word of a text of three letters and a sound of 2,400 samples can be.
ODD: Any = 0.0
WORDS: list[Any] = [None, (0, 2, 0, 9), Word(0, 99, 0, 9), Word(0, 2, 0, 9999), Word(2, 0, 0, 9), Word(ODD, 2, 0, 9)]


def raising(error: BaseException) -> Any:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def giving(value: object) -> Any:
    return lambda *_, **__: value


def other(**changed: Any) -> Any:
    """An engine of another package: the tone engine with something else in it."""
    return type("Other", (ToneEngine,), {"name": "other", **changed})()


def made(monkeypatch: pytest.MonkeyPatch, make: Any) -> Engine:
    """The engine, found by its entry point in a module of its own."""
    module = types.ModuleType("other_package")
    module.make = make  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "other_package", module)
    entry = EntryPoint("other", "other_package:make", engines.ENTRY_POINT_GROUP)
    monkeypatch.setattr(engines, "entry_points", lambda group: EntryPoints([entry]))
    return engines.make_engine(Settings(engine="other"))


class TestGuarded(EngineContract):
    """Behind its guard an engine is what it was."""

    @pytest.fixture
    def engine(self) -> Engine:
        return plugin.guard(other(), "other", "other_package 1.0")


RAISED = [
    RuntimeError("no\nway"),
    SystemExit(3),
    ValueError(),
    KeyError("x"),
    OSError(5, "gone"),
    RecursionError(),
]


@pytest.mark.parametrize("error", RAISED, ids=repr)
@pytest.mark.parametrize("method", ["make", "voices", "fits", "synthesise", "close", "pronounce", "warm"])
def test_whatever_is_raised(method: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an error that names engine and package, with what was raised as its cause."""
    with pytest.raises(EngineError, match=r"the engine other \(other_package\) failed") as caught:
        engine = made(monkeypatch, raising(error) if method == "make" else giving(other(**{method: raising(error)})))
        asked: dict[str, Any] = {
            "voices": engine.voices,
            "fits": lambda: engine.fits("Hi.", voice="low"),
            "synthesise": lambda: engine.synthesise("Hi.", voice="low", speed=1.0),
            "close": engine.close,
            "pronounce": lambda: engine.pronounce("Hi.", voice="low"),  # type: ignore[attr-defined]
            "warm": lambda: engine.warm(at_once=True),  # type: ignore[attr-defined]
        }
        asked[method]()

    assert caught.value.__cause__ is error
    assert caught.value.message.isprintable()
    assert "other_package" in caught.value.hint


def test_errors_of_the_contract_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is down is what another engine is fallen back on for."""
    engine = made(monkeypatch, giving(other(synthesise=raising(EngineUnavailable("the service is down")))))

    with pytest.raises(EngineUnavailable, match=r"^the service is down$"):
        engine.synthesise("Hi.", voice="low", speed=1.0)


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt(), MemoryError()], ids=repr)
def test_what_is_no_fault_of_the_engine(interrupt: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is not taken for one, and neither is a machine that is too small."""
    engine = made(monkeypatch, giving(other(voices=raising(interrupt))))

    with pytest.raises(type(interrupt)):
        engine.voices()


@pytest.mark.parametrize(
    ("engine", "why"),
    [
        (None, "has no `name`"),
        (5, "has no `name`"),
        ("tone", "has no `name`"),
        (other(name=None), "`name` is None, and must be str"),
        (other(version=3), "`version` is int"),
        (other(parallel="2"), "`parallel` is str"),
        (other(parallel=True), "`parallel` is bool"),
        (other(parallel=0), "`parallel` is 0"),
        (other(online=None), "`online` is None"),
        (other(word_timings=1), "`word_timings` is int"),
        (other(default_voice=b"low"), "`default_voice` is bytes"),
        (other(fits=True), "`fits` is no method"),
        (other(close=None), "`close` is no method"),
        (other(version=property(raising(RuntimeError("odd")))), "`version`: RuntimeError: odd"),
        (other(version=property(raising(AttributeError("odd")))), "`version`: AttributeError: odd"),
    ],
)
def test_what_is_no_engine(engine: Any, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what is missing or wrong, before anything is asked of it."""
    with pytest.raises(EngineError) as caught:
        made(monkeypatch, giving(engine))

    assert "the engine other (other_package)" in caught.value.message
    assert why in caught.value.message


@pytest.mark.parametrize(
    ("method", "value"),
    [
        *(("voices", value) for value in (None, 5, [], "low", [None], [Voice(None, "en")], [Voice("a", "en", "x")])),  # type: ignore[arg-type]
        *(("fits", value) for value in (None, np.zeros(3))),
        *(("synthesise", value) for value in (None, b"RIFF", "", 0, SOUND, Speech(None), Speech(SOUND, None))),  # type: ignore[arg-type]
        *(
            ("synthesise", Speech(Audio(samples, rate_hz)))  # type: ignore[arg-type]
            for samples, rate_hz in (
                (None, 24_000),
                ([0.0], 24_000),
                (np.zeros(9), 24_000),
                (np.zeros((9, 2), dtype=np.float32), 24_000),
                (np.zeros(9, dtype=np.int16), 24_000),
                (SOUND.samples, None),
                (SOUND.samples, 0),
                (SOUND.samples, 24_000.0),
            )
        ),
        *(
            ("synthesise", Speech(SOUND, (word,)))  # type: ignore[arg-type]
            for word in WORDS
        ),
        ("pronounce", None),
    ],
)
def test_what_is_given_back(method: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """None and garbage are refused where they come in."""
    engine: Any = made(monkeypatch, giving(other(**{method: giving(value)})))

    with pytest.raises(EngineError, match=r"the engine other \(other_package\)"):
        engine.synthesise("Hi.", voice="low", speed=1.0) if method == "synthesise" else (
            engine.voices() if method == "voices" else getattr(engine, method)("Hi.", voice="low")
        )


def test_what_an_engine_need_not_have() -> None:
    """It has what the other one has, and no more."""
    plain = plugin.guard(other(), "other", "other_package")

    assert not hasattr(plain, "pronounce")
    assert not hasattr(plain, "warm")
    assert plugin.guard(other(pronounce=giving("haɪ")), "other", "p").pronounce("Hi.", voice="low") == "haɪ"  # type: ignore[attr-defined]
    assert ClipMaker(plain, "low", 1.0, None)


def test_an_engine_that_cannot_be_closed(monkeypatch: pytest.MonkeyPatch, article: Any) -> None:
    """Is said once the episode is there; where something else went wrong, that is said."""
    made(monkeypatch, giving(other(close=raising(RuntimeError("stuck")))))
    settings = Settings(engine="other")

    with pytest.raises(EngineError, match="failed to close: RuntimeError: stuck"), open_engine(settings) as engine:
        path = make_episode(article, settings, engine=engine).path
    assert path.is_file()
    with pytest.raises(ZeroDivisionError), open_engine(settings):
        raise ZeroDivisionError
