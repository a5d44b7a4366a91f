"""Many articles at once, with results as of one after the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.engines import CountingEngine
from support.site import reply, site

from narrate.core.article import Sound
from narrate.core.episode import Speech
from narrate.core.errors import ConfigError, EngineUnavailable, SourceError
from narrate.core.file_names import MANIFEST
from narrate.core.settings.model import Settings
from narrate.episode.manifest import read_manifest
from narrate.library import listing
from narrate.pipeline import engine as engines
from narrate.pipeline.many.batch import Failed, speak_all
from narrate.pipeline.many.fair_pool import FairPool
from narrate.pipeline.many.outcomes import Outcome
from narrate.speech.engines import Engine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(engine="tone", cover="none", cache_dir=tmp_path / "cache")


def articles(*texts: str) -> list[str]:
    names = [f"{number}.txt" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        Path(name).write_text(text, encoding="utf-8")
    return names


def short(number: int, title: str = "") -> str:
    return f"{title or f'Title {number}'}\n\nThe lamp of house {number} was lit, and nobody saw it at all.\n"


def run(sources: Iterable[str | Failed], settings: Settings, **given: Any) -> tuple[list[Outcome], CountingEngine, int]:
    engine, outcomes = given.pop("engine", None) or CountingEngine(), []
    report = speak_all(sources, settings, engine=engine, on_outcome=outcomes.append, **given)
    return outcomes, engine, report.exit_code


def test_outcomes_come_in_the_order_of_the_sources(settings: Settings) -> None:
    """Although the first article takes longest."""
    long = "A Long One\n\n" + "\n\n".join(f"This is paragraph {n} of a long text about lamps." for n in range(30))
    names = articles(long, *(short(n) for n in range(1, 6)))

    outcomes, _, code = run(names, settings, jobs=2, engine=CountingEngine(pause_s=0.005))

    assert [one.source for one in outcomes] == names
    assert [one.status for one in outcomes] == ["made"] * 6
    assert code == 0


@pytest.mark.parametrize("flying", [1, 4])
def test_articles_of_one_title_are_named_in_order(settings: Settings, flying: int) -> None:
    """Whatever is finished first."""
    texts = [
        "One Title\n\nBees gather honey from the lime trees in June.\n\n" * 4,
        "One Title\n\nThe harbour froze over and ships stayed out.",
        "One Title\n\nSeven judges could not agree on any single verdict.",
    ]

    outcomes, _, _ = run(articles(*texts), settings, flying=flying, jobs=2)

    assert [Path(one.path).name for one in outcomes] == ["one-title.mp3", "one-title-2.mp3", "one-title-3.mp3"]


def test_one_bad_article_stops_no_other(settings: Settings) -> None:
    """It is reported with its error, and so is what was known to be bad before."""
    first, last = articles(short(0), short(1))
    known = ("links.txt:3", SourceError("this is no address", "correct it"))

    outcomes, _, code = run([first, "none.txt", known, last], settings)

    assert [one.status for one in outcomes] == ["made", "failed", "failed", "made"]
    assert outcomes[1].exit_code == 3
    assert (outcomes[2].error, outcomes[2].hint) == ("this is no address", "correct it")
    assert code == 8


def test_an_engine_that_fails_at_one_article_speaks_the_others(settings: Settings) -> None:
    """Three articles are in work at once here."""
    names = articles(*(short(n) for n in range(4)))

    outcomes, _, _ = run(names, settings, engine=CountingEngine(fail_on="house two"))

    assert [one.status for one in outcomes] == ["made", "made", "failed", "made"]


def test_in_a_large_folder_articles_see_each_other(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of one title gets a name and keeps it, also one much like another, although the folder is read once."""
    monkeypatch.setattr(listing, "LARGE_NAMES", 1)
    monkeypatch.setattr(listing, "HOLDS_TIMES", 1e9)
    texts = [
        "One Title\n\nBees gather honey from the lime trees.",
        "One Title\n\nThe harbour froze over and ships stayed.",
    ]
    names = articles(*texts, short(2), texts[1] + " It thawed.")

    outcomes, _, _ = run(names, settings)
    again, _, _ = run(names, settings)

    assert [Path(one.path).name for one in outcomes] == [
        "one-title.mp3",
        "one-title-2.mp3",
        "title-2.mp3",
        "one-title-3.mp3",
    ]
    assert [one.status for one in again] == ["unchanged"] * 4


class DownEngine(CountingEngine):
    """An online engine whose service is down for one article."""

    name = "down"

    def synthesise(self, text: str, *, voice: str, speed: float, sounds: Sequence[Sound] = ()) -> Speech:
        if "house two" in text:
            raise EngineUnavailable("the service is down", "use --engine kokoro")
        return super().synthesise(text, voice=voice, speed=speed, sounds=sounds)


@pytest.mark.parametrize(("fallback", "third", "code"), [(None, "failed", 8), ("tone", "made", 0)])
def test_another_engine_for_the_article_that_needs_it(
    settings: Settings, fallback: str | None, third: str, code: int
) -> None:
    """The other articles keep the engine that was asked for, and manifests say which one spoke."""
    names = articles(*(short(n) for n in range(4)))

    outcomes, _, found = run(names, replace(settings, fallback=fallback), engine=DownEngine())

    assert [one.status for one in outcomes] == ["made", "made", third, "made"]
    assert found == code
    spoke = [read_manifest(Path(one.path).with_suffix(MANIFEST)).maker.engine for one in outcomes if one.path]
    assert spoke == (["down", "down", "tone", "down"] if fallback else ["down"] * 3)


def test_the_other_engine_is_opened_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all articles that need it: some take seconds to load."""
    opened: list[str] = []
    plain = engines.open_engine

    def open_engine(given: Settings) -> AbstractContextManager[Engine]:
        opened.append(given.engine)
        return plain(given)

    monkeypatch.setattr(engines, "open_engine", open_engine)
    names = articles(*(f"House {n}\n\nIn house two, number {n}." for n in range(4)))

    outcomes, _, _ = run(names, replace(settings, fallback="tone"), engine=DownEngine())

    assert [one.status for one in outcomes] == ["made"] * 4
    assert opened == ["tone"]


def test_the_same_command_again_speaks_what_is_missing(settings: Settings) -> None:
    """A run of one command, given again, speaks what is missing and nothing else."""
    names = articles(*(short(n) for n in range(4)))
    run(names, settings, engine=CountingEngine(fail_on="house two"))

    outcomes, engine, code = run(names, settings)

    assert [one.status for one in outcomes] == ["unchanged", "unchanged", "made", "unchanged"]
    assert [text for text in engine.asked if "house" in text and "two" not in text] == []
    assert code == 0


def test_episodes_are_those_of_one_after_the_other(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    names = articles(*(short(n) for n in range(4)))

    run(names, replace(settings, output=Path("one"), cache_dir=Path("cache-one")), flying=1, jobs=1)
    run(names, replace(settings, output=Path("many"), cache_dir=Path("cache-many")), flying=3, jobs=2)

    assert sorted(os.listdir("one")) == sorted(os.listdir("many"))
    for path in Path("one").glob("*"):
        assert path.read_bytes() == (Path("many") / path.name).read_bytes(), path.name


def test_sources_are_asked_for_as_they_are_needed(settings: Settings) -> None:
    """A list may never end."""

    def endless() -> Iterator[str]:
        yield from articles(*(short(n) for n in range(4)))
        raise KeyboardInterrupt

    outcomes: list[Outcome] = []
    with pytest.raises(KeyboardInterrupt):
        speak_all(endless(), settings, engine=CountingEngine(), on_outcome=outcomes.append, flying=1)

    assert outcomes


def test_an_outcome_does_not_wait_for_the_next_source(settings: Settings) -> None:
    """Whoever writes a list line by line hears of each article as soon as it is spoken."""
    told = threading.Event()
    in_time: list[bool] = []

    def slow() -> Iterator[str]:
        for name in articles(short(1), short(2)):
            yield name
            in_time.append(told.wait(30))
            told.clear()

    speak_all(slow(), settings, engine=CountingEngine(), on_outcome=lambda outcome: told.set())

    assert in_time == [True, True]


def test_many_articles_do_not_fit_in_a_file(settings: Settings) -> None:
    """That is said before anything is spoken."""
    with pytest.raises(ConfigError, match="do not fit"):
        run([], replace(settings, output=Path("one.mp3")))


def test_a_long_article_does_not_hold_up_a_short_one() -> None:
    """Articles are served in turn."""
    pool, done = FairPool(1), []
    held = threading.Event()
    book, note = pool.lane(), pool.lane()
    first = book.submit(held.wait, 5)
    pages = [book.submit(done.append, f"page {number}") for number in range(10)]
    line = note.submit(done.append, "note")
    held.set()

    for one in (first, line, *pages):
        one.result(5)
    pool.end()

    assert done.index("note") <= 1


def test_one_source_by_many_names_is_spoken_once(settings: Settings) -> None:
    """Each is told of, and the second time all is as it was."""
    (name,) = articles(short(0))
    Path("sub").mkdir()
    names = [name, f"./{name}", str(Path(name).absolute()), f"sub/../{name}", name]
    if os.name != "nt":
        Path("link.txt").symlink_to(name)
        os.link(name, "hard.txt")
        names += ["link.txt", "hard.txt"]

    outcomes, _, code = run(names, settings)
    again, _, _ = run(names, settings)

    assert [one.source for one in outcomes] == names
    assert [one.status for one in outcomes] == ["made"] + ["same"] * (len(names) - 1)
    assert [one.status for one in again] == ["unchanged"] + ["same"] * (len(names) - 1)
    assert {one.same_as for one in outcomes[1:]} == {name}
    assert len({one.path for one in (*outcomes, *again)}) == 1
    assert code == 0


@pytest.mark.parametrize("flying", [1, 4])
def test_the_same_text_under_two_names_is_spoken_once(settings: Settings, flying: int) -> None:
    """Also in another form, and where a name comes again that was the same as another."""
    names = articles(short(0), short(1), short(0))
    Path("0.md").write_text("# Title 0\n\n" + short(0).split("\n\n", 1)[1])
    names += ["0.md", "2.txt"]

    outcomes, _, _ = run(names, settings, flying=flying)
    again, _, _ = run(names, settings, flying=flying)

    assert [one.status for one in outcomes] == ["made", "made", "same", "same", "same"]
    assert [one.status for one in again] == ["unchanged", "unchanged", "same", "same", "same"]
    assert [one.same_as for one in outcomes[2:]] == ["0.txt", "0.txt", "2.txt"]
    assert {one.path for one in outcomes[2:]} == {outcomes[0].path}


def test_what_is_the_same_as_a_failure_is_one(settings: Settings) -> None:
    """It has no episode."""
    outcomes, _, code = run(["none.txt", "none.txt"], settings)

    assert [one.status for one in outcomes] == ["failed", "failed"]
    assert outcomes[1].error == "it is the same as none.txt, which failed"
    assert code == 8


def test_two_versions_of_an_article_in_one_run_are_two_episodes(settings: Settings) -> None:
    """No words are lost; each keeps its name and identity in whatever order they come."""
    long = "The keeper of the light climbs the stairs each evening and writes into the book what she saw at sea."
    names = articles(f"One Title\n\n{long}", f"One Title\n\n{long} Then she sleeps.")

    outcomes, _, _ = run(names, settings)
    again, _, _ = run(names[::-1], settings)

    assert [one.status for one in outcomes] == ["made", "made"]
    assert [one.status for one in again] == ["unchanged", "unchanged"]
    assert [one.path for one in again] == [one.path for one in outcomes][::-1]
    assert len({one.path for one in outcomes}) == 2


def test_addresses_that_lead_to_one_article_are_one(settings: Settings) -> None:
    """Whatever says where the reader came from; it is fetched once."""
    words = "The keeper of the light climbs the stairs each evening and writes into the book what she saw at sea. " * 9
    html = f"<html><title>A Light</title><article><h1>A Light</h1><p>{words}</p></article></html>"
    with site() as there:
        there.answers["/a"] = reply(html.encode())
        url = f"http://127.0.0.1:{there.port}/a"
        names = [url, f"{url}?utm_source=x", f"{url}/", f"{url}#top"]
        outcomes, _, _ = run(names, replace(settings, allow_private=True))

    assert [one.status for one in outcomes] == ["made", "same", "same", "same"]
    assert there.paths.count("/a") == 1
