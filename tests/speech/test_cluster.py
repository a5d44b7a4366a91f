"""Chunks are spoken by the workers of a Dask cluster, and come back as if they had been spoken here."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.clips import chunk
from support.extras import require_extra

from narrate.core.article import Break, Sound
from narrate.core.episode import Clip
from narrate.core.errors import ConfigError, EngineError, EngineUnavailable, SynthesisFailed
from narrate.core.settings.model import Settings
from narrate.pipeline.making import make_episode
from narrate.pipeline.many.batch import speak_all
from narrate.pipeline.many.outcomes import Outcome
from narrate.pipeline.shared import Company, Workers
from narrate.speech import cluster_worker
from narrate.speech.clip_cache import ClipCache
from narrate.speech.cluster import cluster_executor
from narrate.speech.cluster_connection import Roll
from narrate.speech.cluster_worker import UnfitWorker, packed_order, perform, unpacked_answer
from narrate.speech.engines import make_engine
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.synthesis import ClipMaker, synthesise

require_extra("cluster", "dask", "distributed")
import dask  # noqa: E402  only where it is there
import distributed  # noqa: E402

pytestmark = [pytest.mark.slow, pytest.mark.extra("cluster", "dask", "distributed")]

# An engine as another package adds one; what it does depends on the text.
ODD_ENGINE = """
import os, time
from pathlib import Path
from narrate.speech.engines.tone import ToneEngine

class Odd(ToneEngine):
    name = "odd"
    version = os.environ.get("ODD_VERSION", "1")

    def synthesise(self, text, **how):
        with open(os.environ["ODD_LOG"], "a") as log:
            log.write(f"{os.getpid()} {text}\\n")
        if "kills once" in text and not Path(os.environ["ODD_LOG"] + text).exists():
            Path(os.environ["ODD_LOG"] + text).touch()
            os._exit(1)
        if "kills always" in text:
            os._exit(1)
        if "takes for ever" in text:
            time.sleep(3600)
        if "takes a second" in text:
            time.sleep(1)
        if "is poison" in text:
            raise ValueError("poisoned")
        return super().synthesise(text, **how)

def make(settings):
    return Odd()
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workers")


@pytest.fixture(scope="module")
def cluster(place: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, processes of one thread each, with a cache of their own."""
    (place / "odd_engine.py").write_text(ODD_ENGINE, encoding="utf-8")
    about = place / "odd_engine-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-engine\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[narrate.engines]\nodd = odd_engine:make\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(place))
        # Workers that are started anew have it, too, whatever the test at hand has set.
        own = {"NARRATE_CACHE_DIR": str(place / "cache"), "ODD_LOG": str(place / "log")}
        # On a busy machine a worker takes longer to start anew than dask by itself waits for it.
        with (
            dask.config.set(
                {"distributed.deploy.lost-worker-timeout": "120s", "distributed.scheduler.allowed-failures": 1}
            ),
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", env=own
            ) as local,
        ):
            yield local.scheduler_address


@pytest.fixture
def address(cluster: str) -> str:
    """Of that scheduler, when both workers are there: a test before this one may have ended them."""
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=90)
    return cluster


def test_many_articles(address: str) -> None:
    """Episodes are the same, byte for byte, as without the cluster, and come in the same order."""
    names = []
    for number in range(3):
        Path(f"{number}.txt").write_text(f"Article {number}\n\nThe lamp is lit {number} times.\n\nAnd once more.")
        names.append(f"{number}.txt")
    here, there = (Settings(engine="tone", cover="none", output=Path(name), cache_dir=Path(name)) for name in "ab")
    with cluster_executor(address, there) as executor:
        reports = [
            speak_all(names, here, engine=ToneEngine()),
            speak_all(names, there, engine=ToneEngine(), executor=executor),
        ]

    assert [report.counts["made"] for report in reports] == [3, 3]
    sounds = [{path.name: path.read_bytes() for path in Path(name).glob("*.mp3")} for name in "ab"]
    assert len(sounds[0]) == 3
    assert sounds[0] == sounds[1]


def spoken(
    address: str,
    texts: list[str],
    cache: ClipCache | None = None,
    limit_s: float = 60,
    again_s: float = 10,
    shared_cache: str = "",
) -> list[Clip]:
    settings = Settings(engine="odd", shared_cache=shared_cache)
    with cluster_executor(address, settings, limit_s=limit_s, again_s=again_s) as executor:
        wanted = [chunk(index, text) for index, text in enumerate(texts)]
        return list(
            synthesise(
                wanted, make_engine(settings), voice="low", speed=1.0, cache=cache, jobs=executor.parallel,
                executor=executor,
            )
        )  # fmt: skip


def askers(place: Path, text: str) -> list[int]:
    """Processes that were asked to speak such a text, once for each time."""
    log = place / "log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [int(line.split()[0]) for line in lines if text in line]


def asked(place: Path, text: str) -> int:
    return len(askers(place, text))


def batch(address: str, articles: Mapping[str, str], **options: float) -> list[Outcome]:
    """Speak articles, given by name, each twice: by a command, and by the same command again."""
    for name, text in articles.items():
        Path(name).write_text(f"{name.removesuffix('.txt').capitalize()}\n\n{text}")
    settings = Settings(engine="odd", cover="none", cache_dir=Path("cache"))
    outcomes: list[Outcome] = []
    for _ in range(2):
        with cluster_executor(address, settings, **options) as executor:
            speak_all(
                list(articles), settings, engine=make_engine(settings), executor=executor, on_outcome=outcomes.append
            )
    return outcomes


def test_an_episode_is_the_same_byte_for_byte(address: str, article: Path, tmp_path: Path) -> None:
    """With its sidecars; and so are the clips that both runs keep."""
    made = {}
    for where in ("here", "there"):
        settings = Settings(engine="tone", output=tmp_path / where, cache_dir=tmp_path / f"cache {where}")
        if where == "here":
            episode = make_episode(article, settings)
        else:
            with cluster_executor(address, settings) as executor:
                assert executor.parallel == 2
                episode = make_episode(article, settings, engine=ToneEngine(), company=Company(Workers(executor)))
        clips = {path.name: path.read_bytes() for path in (settings.cache_folder / "clips").rglob("*.clip")}
        made[where] = (episode.path.read_bytes(), [path.name for path in episode.sidecars], clips)

    assert made["here"] == made["there"]
    assert made["there"][2]


def test_nothing_is_spoken_twice(address: str, place: Path) -> None:
    """Nothing is spoken twice, with the client's cache or, where that is lost, with the workers'."""
    cache = ClipCache(Path("one"))
    texts = [f"said once, number {index}" for index in range(6)]
    first = spoken(address, texts, cache)

    again, elsewhere = spoken(address, texts, cache), spoken(address, texts, ClipCache(Path("other")))

    assert asked(place, "said once") == 6
    for one, *others in zip(first, again, elsewhere, strict=True):
        assert all(np.array_equal(one.audio.samples, other.audio.samples) for other in others)
        assert all(one.words == other.words for other in others)


def test_a_worker_that_ends_is_done_without(address: str, place: Path) -> None:
    """Its chunk is spoken again, the others are not."""
    clips = spoken(address, [*(f"before the end, {index}" for index in range(4)), "this kills once"], ClipCache(Path()))

    assert [clip.chunk.index for clip in clips] == list(range(5))
    assert asked(place, "this kills once") == 2


def test_what_ends_every_worker_fails_its_article_only(address: str, place: Path) -> None:
    """It is given up, the other articles are spoken once each, and nothing is again by the same command.

    Workers share a cache: what one had spoken and not yet handed over is not lost with it.
    """
    outcomes = batch(
        address,
        {"one.txt": "It is lit once here.", "deadly.txt": "This kills always.", "two.txt": "It is lit once there."},
    )

    assert [one.status for one in outcomes] == ["made", "failed", "made", "unchanged", "failed", "unchanged"]
    assert "worker after worker ended while it spoke 'Deadly'" in outcomes[1].error
    assert asked(place, "is lit once") == 2


def test_what_cannot_be_spoken_fails_its_article_only(address: str, place: Path) -> None:
    """Poison, and what takes for ever: the report says why; the rest is spoken once, their own other chunks, too."""
    outcomes = batch(
        address,
        {
            "first.txt": "Spoken in company.",
            "poison.txt": "Spoken in company, too.\n\nThis is poison in it.",
            "endless.txt": "This takes for ever in company.",
            "last.txt": "Spoken in company at last.",
        },
        limit_s=2,
    )

    statuses = [one.status for one in outcomes]
    assert statuses == ["made", "failed", "failed", "made", "unchanged", "failed", "failed", "unchanged"]
    assert "failed to speak 'This is poison in it.': ValueError: poisoned" in outcomes[1].error
    assert "did not speak 'This takes for ever in company.' in 2 s" in outcomes[2].error
    assert asked(place, "poken in company") == 3


def test_a_short_article_is_spoken_by_one_worker(address: str, place: Path) -> None:
    """One message out and one back, where there are at least as many articles as workers."""
    who = ("Ann", "Ben", "Cleo", "Dan")
    batch(address, {f"{name}.txt": f"Noted by {name} first.\n\nNoted by {name} again." for name in who})

    for name in who:
        speakers = askers(place, f"Noted by {name}")
        assert len(speakers) == 2
        assert len(set(speakers)) == 1


def test_an_article_alone_is_spoken_by_all_workers(address: str, place: Path) -> None:
    """However short it is."""
    batch(address, {"alone.txt": "\n\n".join(f"Paragraph {number} takes a second." for number in range(4))})

    assert len(set(askers(place, "takes a second"))) == 2


def test_a_worker_that_is_killed(address: str, place: Path) -> None:
    """By somebody else, in the middle: what it had not handed over is spoken by the others, and all of it comes."""
    texts = [f"until it is killed, {number} takes a second" for number in range(6)]
    with ThreadPoolExecutor(1) as thread:
        speaking = thread.submit(spoken, address, texts, ClipCache(Path()))
        while not (speakers := askers(place, "until it is killed")):
            time.sleep(0.05)
        os.kill(speakers[0], signal.SIGKILL)
        clips = speaking.result(60)

    assert [clip.chunk.text for clip in clips] == texts
    assert asked(place, "until it is killed") <= len(texts) + 1


def test_workers_share_a_cache(address: str, place: Path) -> None:
    """What one has spoken none speaks again, also where neither client nor worker has a cache of its own."""
    shared, texts = str(Path("shared").absolute()), [f"shared out, number {number}" for number in range(6)]
    once, again = (spoken(address, texts, ClipCache(Path(own)), shared_cache=shared) for own in ("one", "two"))

    assert asked(place, "shared out") == 6
    assert len(list(Path(shared).rglob("*.clip"))) == 6
    for one, other in zip(once, again, strict=True):
        assert np.array_equal(one.audio.samples, other.audio.samples)


def test_another_scheduler_goes_on_with_what_the_first_left(place: Path) -> None:
    """A run that was ended with its scheduler is finished by the same command on a new one."""
    cache, texts = ClipCache(Path("cache")), [f"left and found, {number}" for number in range(4)]
    made: list[list[Clip]] = []
    for wanted in (texts[:2], texts):
        own = {"NARRATE_CACHE_DIR": str(Path("workers").absolute()), "ODD_LOG": str(place / "log")}
        with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as ends:
            patch.syspath_prepend(str(place))
            cluster = distributed.LocalCluster(
                n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", env=own
            )
            made.append(spoken(ends.enter_context(cluster).scheduler_address, wanted, cache))

    assert [clip.chunk.text for clip in made[1]] == texts
    assert asked(place, "left and found") == 4


def test_poison_fails_its_article_only(address: str, place: Path) -> None:
    """With what the engine said; nobody tries again."""
    with pytest.raises(
        EngineError, match=r"the engine odd \(.*\) failed to speak 'this is poison': ValueError: poison"
    ):
        spoken(address, ["this is poison"])

    assert len(spoken(address, ["this is none"])) == 1
    assert asked(place, "this is poison") == 1


def test_a_chunk_that_takes_for_ever_is_given_up(address: str) -> None:
    """A chunk that takes for ever is given up, and the worker goes on with others."""
    with pytest.raises(SynthesisFailed, match=r"did not speak 'this takes for ever' in 0\.5 s"):
        spoken(address, ["this takes for ever"], limit_s=0.5)

    assert len(spoken(address, ["one", "two", "three"])) == 3


def test_workers_of_another_version_refuse(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is named with both versions."""
    monkeypatch.setattr(cluster_worker, "__version__", "0.0.0")

    with pytest.raises(EngineUnavailable, match=r"none of the 2 workers has the versions of this run"):
        spoken(address, ["anything"], again_s=0)

    refused = r"worker .* at tcp://.* has narrate .*, and this run has narrate 0\.0\.0; it is passed over"
    assert [bool(re.fullmatch(refused, line)) for line in warnings(caplog)] == [True] * 2


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Of narrate's, and not dask's."""
    return [record.getMessage() for record in caplog.records if record.name.startswith("narrate.speech.cluster")]


OTHER_NARRATE = """
import narrate.speech.cluster_worker
narrate.speech.cluster_worker.__version__ = "0.0.0"
"""

OTHER_ENGINE = """
import os
os.environ["ODD_VERSION"] = "2"
"""


@pytest.mark.parametrize(("preload", "has"), [(OTHER_NARRATE, "narrate 0.0.0"), (OTHER_ENGINE, "odd 2")])
def test_a_worker_of_another_version_is_passed_over(
    address: str, place: Path, caplog: pytest.LogCaptureFixture, preload: str, has: str
) -> None:
    """The others speak its chunks, also one that is started anew meanwhile; it is named once, with what it has."""
    Path("other.py").write_text(preload)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    options = ["--preload", "other.py", "--name", "odd one", "--no-dashboard"]
    own = {**os.environ, "PYTHONPATH": str(place), "ODD_LOG": str(place / "log")}
    with (
        distributed.Client(address, set_as_default=False) as client,
        subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL, env=own) as worker,
    ):
        try:
            client.wait_for_workers(3, timeout=60)
            texts = [*(f"spoken by others, {number}" for number in range(20)), f"it kills once for {has}"]

            clips = spoken(address, texts)
        finally:
            worker.kill()

    assert [clip.chunk.text for clip in clips] == texts
    # Where it kills others, that is said as well.
    (line,) = [said for said in warnings(caplog) if not said.startswith("the cluster has lost")]
    assert re.match(rf"worker odd one at tcp:.* has {has}, and this run has ", line)


def test_a_cluster_does_nothing_else(address: str) -> None:
    """No function but narrate's own is sent there."""
    with cluster_executor(address, Settings(engine="tone")) as executor, pytest.raises(TypeError, match="nothing else"):
        executor.submit(os.getpid)


def test_nobody_answers() -> None:
    """The address is named, and it does not take long."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"

        with (
            pytest.raises(EngineUnavailable, match=f"no Dask scheduler answers at {address}"),
            cluster_executor(address, Settings(), connect_s=0.5),
        ):
            pass


def test_the_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to type."""
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)

    with pytest.raises(ConfigError) as caught, cluster_executor("127.0.0.1:1", Settings()):
        pass

    assert "[cluster]" in caught.value.hint


def order(**changes: Any) -> bytes:
    maker = ClipMaker(ToneEngine(), "low", 1.0, None)
    made = chunk(0, "The lamp was lit.")
    wanted = type(made)(0, made.text, 0, 0, 17, 0, None, (Sound(4, 8, "lˈæmp", "lexicon"),), (Break(8, 100),))
    return json.dumps(json.loads(packed_order(maker, wanted, Settings(engine="tone"), 5.0)) | changes).encode()


def test_an_order_is_done_as_it_would_be_here() -> None:
    """Text out, a packed clip back."""
    there = unpacked_answer(perform(order(), "w"))
    here = ClipMaker(ToneEngine(), "low", 1.0, None).speak(chunk(0, "The lamp was lit."))

    assert np.array_equal(there.speech.audio.samples, here.speech.audio.samples)
    assert there.speech.words == here.speech.words


@pytest.mark.parametrize(
    ("changes", "error", "says"),
    [
        ({"engine_version": "0"}, EngineUnavailable, "worker w has tone 1, and this run has tone 0"),
        ({"engine": "nothing"}, UnfitWorker, "worker w cannot use the engine nothing: no engine 'nothing'"),
        (
            {"make": {"offline": False, "options": {"pitch_hz": 9}}},
            UnfitWorker,
            "worker w cannot use the engine tone: pitch_hz in .* has no settings of its own",
        ),
        (
            {"engine": "kokoro", "make": {"offline": False, "options": {"model": "/nowhere/model.onnx"}}},
            UnfitWorker,
            "worker w cannot use the engine kokoro: /nowhere/model.onnx does not exist",
        ),
        ({"engine": "gtts", "make": {"offline": True, "options": {}}}, UnfitWorker, "gtts needs the network"),
        ({"narrate": None}, EngineUnavailable, "worker w has narrate"),
        ({"unknown": 1}, SynthesisFailed, "worker w failed: TypeError"),
    ],
)
def test_an_order_that_cannot_be_done(changes: dict[str, Any], error: type[Exception], says: str) -> None:
    """Always an answer, and an error of narrate's here."""
    with pytest.raises(error, match=says):
        unpacked_answer(perform(order(**changes), "w"))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]\n", b'{"error": 3}', b'{"faults": [], "text": ""}\nno clip'])
def test_an_answer_that_cannot_be_read(data: bytes) -> None:
    """It is an error of narrate's."""
    with pytest.raises(SynthesisFailed, match="cannot be read"):
        unpacked_answer(data)


@pytest.mark.parametrize("given", ["tcp://", "http://x:1", "[::1", "127.0.0.1:x", "127.0.0.1:99999", "[::1]:65536"])
def test_what_is_no_address_is_refused_at_once(given: str) -> None:
    """Nobody is asked at an address that is none; the answer has it, and the form of one."""
    with (
        pytest.raises(ConfigError, match="is no address of a Dask scheduler") as caught,
        cluster_executor(given, Settings(engine="tone"), connect_s=60.0),
    ):
        raise AssertionError("it was taken for a scheduler")

    assert repr(given) in caught.value.message
    assert "HOST:PORT" in caught.value.hint


# The command, but it gives up on a scheduler sooner.
IMPATIENT = """
import runpy, sys
from narrate.speech import cluster
plain = cluster.connected
cluster.connected = lambda address, connect_s: plain(address, 1.0)
sys.argv[0] = "narrate"
runpy.run_module("narrate", run_name="__main__")
"""


@pytest.mark.parametrize(
    "given",
    ["127.0.0.1:1", "[::1", *(pytest.param(one, marks=pytest.mark.long) for one in ("foo", "::", "127.0.0.1:99999"))],
)
def test_addresses_where_no_scheduler_is(given: str, article: Path) -> None:
    """A line and a hint, also where it is no address; nothing of dask's, not even when Python ends."""
    command = [sys.executable, "-c", IMPATIENT, "speak", str(article), "-e", "tone", "--cluster", given]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert ended.returncode in (2, 5)
    said = [line for line in ended.stderr.splitlines() if not line.startswith("waiting for the cluster at")]
    assert [line[:8] for line in said] == ["narrate:", "  hint: "]


def test_what_is_no_scheduler() -> None:
    """A server that answers something else, or nothing at all, is not waited for longer than a scheduler would be."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(EngineUnavailable, match=f"no Dask scheduler answers at {place}"),
            cluster_executor(place, Settings(engine="tone"), connect_s=1.0),
        ):
            raise AssertionError("it was taken for a scheduler")


def test_a_worker_that_leaves_is_named(caplog: pytest.LogCaptureFixture) -> None:
    """A worker that leaves is named, and that none is left, where that is so; one that comes is no news."""
    there = [{"a": 1}, {"a": 1, "b": 1}, {"b": 1}, {}, {"c": 1}]
    seen = threading.Event()

    class Client:
        def nthreads(self) -> dict[str, int]:
            if len(there) == 1:
                seen.set()
            return there.pop(0) if len(there) > 1 else there[0]

    with Roll(Client(), every_s=0.001):
        assert seen.wait(30)

    assert warnings(caplog) == [
        "the cluster has lost a; left: 1, which take its chunks",
        "the cluster has lost b; none is left; waiting for another",
    ]
