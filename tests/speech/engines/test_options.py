"""Settings of an engine's own are checked by what it declares, from wherever they come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.engines import register

from narrate.core.errors import ConfigError
from narrate.core.settings.checks import number, one_of
from narrate.core.settings.loading import Settings, load_settings
from narrate.speech.engines import make_engine, options_to_send, settings_received
from narrate.speech.engines.declaration import engine_factory, option
from narrate.speech.engines.options import variable_prefix
from narrate.speech.engines.tone import ToneEngine


@dataclass(frozen=True)
class OtherOptions:
    pitch_hz: float = option(220.0, meaning="pitch of the beep", check=number(50, 1000))
    style: str = option("calm", meaning="how it is said", check=one_of("calm", "gay"))
    takes: int | None = option(None, meaning="how often it is tried")
    model: Path | None = option(None, meaning="a model's file")
    words: tuple[str, ...] = option((), meaning="words that it knows")
    loud: bool = option(False, meaning="louder", decides_sound=False)
    key: str = option("", meaning="the key of the service", secret=True, check=one_of("s3cret"))


class OtherEngine(ToneEngine):
    name, version = "other", "7"

    def __init__(self, options: Any, run: object = None) -> None:
        self.options = options


def make(settings: Settings, monkeypatch: pytest.MonkeyPatch, options: type = OtherOptions, **others: object) -> Any:
    """The engine behind its guard, made with settings; `given` is what it got."""
    got: list[Any] = []
    factory = engine_factory("other", options=options)(lambda given, run: got.append(given) or OtherEngine(given))
    register(monkeypatch, other=factory, **others)
    engine = make_engine(settings)
    engine.given = got[0]  # type: ignore[attr-defined]
    return engine


def from_file(text: str, **environ: str) -> Settings:
    Path("narrate.toml").write_text(f'engine = "other"\n{text}', encoding="utf-8")
    return load_settings(environ=environ)


@pytest.mark.parametrize(
    ("written", "variable", "value"),
    [
        ("pitch_hz = 330", "330", {"pitch_hz": 330.0}),
        ("style = 'gay'", "gay", {"style": "gay"}),
        ("takes = 3", "3", {"takes": 3}),
        ("model = 'a/b.onnx'", "a/b.onnx", {"model": Path("a/b.onnx")}),
        ("loud = true", "yes", {"loud": True}),
        ("key = 's3cret'", "s3cret", {"key": "s3cret"}),
    ],
)
def test_the_same_from_everywhere(written: str, variable: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table, a variable and Python give one value, of the declared type; the rest are the defaults."""
    (key,) = value
    places = [
        from_file(f"[engines.other]\n{written}"),
        from_file("", **{f"NARRATE_ENGINES_OTHER_{key.upper()}": variable}),
        load_settings({"engine": "other", "engines": {"other": {key: value[key]}}}, environ={}),
    ]

    for settings in places:
        assert make(settings, monkeypatch).given == OtherOptions(**value)


def test_which_place_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python over variables over files; None is not given."""
    variable = {"NARRATE_ENGINES_OTHER_PITCH_HZ": "300"}
    table = "[engines.other]\npitch_hz = 200\ntakes = 1"

    base = from_file(table, **variable)
    python = load_settings({"engines": {"other": {"pitch_hz": 400, "takes": None}}}, base=base)

    assert make(base, monkeypatch).given == OtherOptions(pitch_hz=300.0, takes=1)
    assert make(python, monkeypatch).given == OtherOptions(pitch_hz=400.0, takes=1)


REFUSED = [
    (
        "[engines.other]\npich_hz = 1",
        "unknown setting 'pich_hz' of the engine other in .engines.other. in ",
        "pitch_hz?",
    ),
    (
        "[engines.other]\nzzz = 1",
        "unknown setting 'zzz'",
        "known keys: pitch_hz, style, takes, model, words, loud, key",
    ),
    ("[engines.other]\npitch_hz = 5", r"pitch_hz = 5 in \[engines.other\] .*between 50 and 1000", "pitch of the beep"),
    ("[engines.other]\nstyle = 'clam'", "one of calm, gay", "did you mean calm?"),
    ("[engines.other]\ntakes = 1.5", "whole number", "how often"),
    ("[engines.other]\ntakes = inf", "between", "how often"),
    ("[engines.other]\npitch_hz = nan", "between", "pitch"),
    ("[engines.other]\nloud = 'perhaps'", "true or false", "louder"),
    ("[engines.other]\nwords = 'one'", "a list", "words that it knows"),
    ("[engines.othr]\npitch_hz = 1", "no engine 'othr', whose settings stand in .engines.othr.", "did you mean other?"),
    ("[engines.tone]\nx = 1\n[engines.other]\ny = 2", "unknown setting 'y'", "known keys"),
    ("engines = 3", "it is not a table", "write [engines.NAME]"),
    ("[engines]\nother = 3", "engines.other.* it is not a table", "write [engines.other]"),
    ("[engine.other]\nx = 1", "engine = ", "change engine"),
    ("[engins.other]\nx = 1", "unknown setting 'engins'", "did you mean [engines]?"),
]


@pytest.mark.parametrize(("text", "why", "hint"), REFUSED)
def test_what_cannot_be_used(text: str, why: str, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an error that says where it stands and what to write, before the engine is made."""
    Path("narrate.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=why) as caught:
        make(load_settings({"engine": "other"}, environ={}), monkeypatch)

    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("variable", "value", "why", "hint"),
    [
        ("PICH_HZ", "1", "unknown setting 'NARRATE_ENGINES_OTHER_PICH_HZ' of the engine other", "mean @PITCH_HZ?"),
        ("ZZZ", "1", "unknown setting 'NARRATE_ENGINES_OTHER_ZZZ'", "known keys: @PITCH_HZ, @STYLE, @TAKES, "),
        (
            "PITCH_HZ",
            "high",
            "@PITCH_HZ=high cannot be used: it must be a number",
            "change @PITCH_HZ: pitch of the beep",
        ),
    ],
)
def test_variables_that_cannot_be_used(
    variable: str, value: str, why: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Are called by the name that was set; @ stands for how all of the engine's begin."""
    prefix = "NARRATE_ENGINES_OTHER_"
    with pytest.raises(ConfigError, match=why.replace("@", prefix)) as caught:
        make(from_file("", **{f"{prefix}{variable}": value}), monkeypatch)

    assert hint.replace("@", prefix) in caught.value.hint


def test_variables_that_are_none_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of an engine whose name begins the same, of one that is not installed, and those that Kubernetes sets."""
    others = {
        "NARRATE_ENGINES_OTHER_HD_PITCH_HZ": "9",
        "NARRATE_ENGINES_GONE_KEY": "x",
        "NARRATE_ENGINES_OTHER_SERVICE_HOST": "10.0.0.1",
    }
    settings = from_file("", **others)

    made = make(settings, monkeypatch, **{"other-hd": engine_factory("other-hd", options=OtherOptions)(OtherEngine)})

    assert made.given == OtherOptions()


@pytest.mark.parametrize("declared", [True, False])
def test_an_engine_without_settings_has_none(declared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table for it is an error; variables are left to one that is a plain function, which may read them itself."""
    settings = from_file("[engines.bare]\nx = 1\n")
    variable = from_file("", NARRATE_ENGINES_BARE_KEY="x")
    bare = type("Bare", (ToneEngine,), {"name": "bare"})
    plain: Any = lambda settings: bare()  # noqa: E731
    register(monkeypatch, bare=engine_factory("bare")(lambda options, run: bare()) if declared else plain)

    with pytest.raises(ConfigError, match=r"x in .engines.bare. in .*: the engine bare has no settings of its own"):
        make_engine(load_settings({"engine": "bare"}, base=settings))
    chosen = load_settings({"engine": "bare"}, base=variable)
    if declared:
        with pytest.raises(ConfigError, match="no settings of its own") as caught:
            make_engine(chosen)
        assert caught.value.hint == "unset NARRATE_ENGINES_BARE_KEY"
    else:
        assert make_engine(chosen).name == "bare"


def test_what_must_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what it is and both ways to give it."""

    @dataclass(frozen=True)
    class Needs:
        key: str = option(meaning="the key of the service", secret=True)

    with pytest.raises(ConfigError, match="the engine other needs the setting key: the key of the service") as caught:
        make(Settings(engine="other"), monkeypatch, Needs)

    assert "[engines.other]" in caught.value.hint
    assert "NARRATE_ENGINES_OTHER_KEY" in caught.value.hint


def test_a_secret_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret is in no error, its causes or a printed setting, and in no version."""
    wrong = from_file("[engines.other]\nkey = 'hunter2'")
    with pytest.raises(ConfigError, match=r"^key in \[engines.other\] in ") as caught:
        make(wrong, monkeypatch)
    right = from_file("[engines.other]\nkey = 's3cret'")
    made = make(right, monkeypatch)

    assert "hunter2" not in f"{caught.value}{caught.value.hint}{caught.value.__cause__}{wrong!r}"
    assert caught.value.__suppress_context__
    assert made.version == "7"
    assert "s3cret" not in f"{made.given!r}{right!r}"


def version(monkeypatch: pytest.MonkeyPatch, **options: object) -> str:
    return str(make(load_settings({"engine": "other", "engines": {"other": options}}, environ={}), monkeypatch).version)


def test_values_that_decide_the_sound_are_in_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clips and episodes are kept by it; defaults leave it as the engine says, so that a new setting changes none."""
    changes = [{"pitch_hz": 330}, {"pitch_hz": 331}, {"style": "gay"}, {"takes": 1}, {"words": ["a"]}, {"words": ["b"]}]
    versions = [version(monkeypatch, **change) for change in changes]

    assert version(monkeypatch) == version(monkeypatch, pitch_hz=220, style="calm") == "7"
    assert version(monkeypatch, loud=True) == "7"
    assert len({"7", *versions}) == len(changes) + 1
    assert all(one.startswith("7+") for one in versions)
    assert version(monkeypatch, pitch_hz=330.0, style="gay") == version(monkeypatch, style="gay", pitch_hz="330")


def test_files_count_by_their_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever they lie: another machine has them elsewhere."""
    for name, content in {"one": b"1", "same": b"1", "two": b"2"}.items():
        (tmp_path / name).write_bytes(content)
    one, same, two = (version(monkeypatch, model=tmp_path / name) for name in ("one", "same", "two"))

    assert one == same != two


@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            "pitch_hz": st.floats(50, 1000),
            "style": st.sampled_from(["calm", "gay"]),
            "takes": st.integers(-(10**12), 10**12),
            "words": st.lists(st.text(min_size=1).map(str.strip).filter(bool)),
            "loud": st.booleans(),
        },
    )
)
def test_what_is_sent_makes_the_same_engine(values: dict[str, object]) -> None:
    """On another machine, with this one's settings and none of its own; the way there is JSON."""
    with pytest.MonkeyPatch.context() as patch:
        settings = load_settings({"engine": "other", "engines": {"other": values}}, environ={})
        here = make(settings, patch)
        sent = json.loads(json.dumps(options_to_send(settings, "other")))
        own = load_settings({"engines": {"other": {"pitch_hz": 999}}}, environ={})
        there = make(settings_received(own, "other", sent), patch)

    assert asdict(there.given) == asdict(here.given)
    assert there.version == here.version


def test_secrets_stay_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of them is sent; the other machine has its own."""
    settings = from_file("[engines.other]\nkey = 's3cret'\ntakes = 2")
    make(settings, monkeypatch)

    sent = options_to_send(settings, "other")
    there = from_file("", NARRATE_ENGINES_OTHER_KEY="s3cret")

    assert sent == {"takes": 2}
    assert make(settings_received(Settings(), "other", sent), monkeypatch).given == OtherOptions(takes=2)
    assert make(settings_received(there, "other", sent), monkeypatch).given == OtherOptions(takes=2, key="s3cret")


def test_nothing_is_sent_of_an_engine_that_is_not_registered() -> None:
    """It is an instance that a caller made; the workers look for its name."""
    assert options_to_send(Settings(), "nowhere") == {}


def test_kokoros_older_names_are_heeded(tmp_path: Path) -> None:
    """Under either name; where both are given, the table's holds."""
    from narrate.speech.engines.kokoro import make as kokoro
    from narrate.speech.engines.options import options_in

    older = load_settings({"kokoro_model": tmp_path / "old", "kokoro_voices": tmp_path / "voices"}, environ={})
    both = load_settings({"engines": {"kokoro": {"model": str(tmp_path / "new")}}}, base=older)

    assert asdict(options_in(older, kokoro)) == {"model": tmp_path / "old", "voices": tmp_path / "voices"}
    assert asdict(options_in(both, kokoro)) == {"model": tmp_path / "new", "voices": tmp_path / "voices"}
    assert options_to_send(both, "kokoro") == {"model": str(tmp_path / "new"), "voices": str(tmp_path / "voices")}


def test_variables_of_engines_with_hyphens() -> None:
    """No variable can have one."""
    assert variable_prefix("my-tts") == "NARRATE_ENGINES_MY_TTS_"
