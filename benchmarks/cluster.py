"""Short articles on a local Dask cluster against plain processes on the same cores, in one run; POSIX only.

    python benchmarks/cluster.py --articles 40

Two workers, processes of one thread each, and one client, against two `narrate speak --jobs 1` with half of the
articles each; the one that comes first changes from round to round. Caches are empty but for the model, and the
cluster is there before the clock starts. The episodes of both are compared byte by byte.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from distributed import Client, LocalCluster

from narrate.speech.engines import kokoro_model

# About 80 words in three paragraphs, half a minute of speech; each article has figures of its own.
ARTICLE = """The Log of Day {number}

The keeper climbed {stairs} stairs on day {number} and lit the lamp at six. A ship from Bergen passed close to
the rocks, and its captain waved a lantern for {minutes} minutes. She wrote it down, as she did each night.

Nobody had asked her to keep a second book. It held the weather, the price of oil, which was ${price} a barrel,
and what the gulls did.

“It was never hard,” she said {minutes} years later. “It was only long.”
"""

WORKERS = 2


def articles(folder: Path, count: int) -> None:
    """Two folders with half of the articles each, and one with all."""
    for number in range(count):
        text = ARTICLE.format(number=number, stairs=100 + 7 * number, minutes=2 + number % 50, price=40 + number)
        for part in ("all", f"half{number % WORKERS}"):
            (folder / part).mkdir(exist_ok=True)
            (folder / part / f"{number:03}.txt").write_text(text, encoding="utf-8")


def cache(folder: Path, models: Path) -> dict[str, str]:
    """The environment of a run with an empty cache but for the model."""
    folder.mkdir()
    (folder / "models").symlink_to(models)
    return {**os.environ, "NARRATE_CACHE_DIR": str(folder), "SOURCE_DATE_EPOCH": "0"}


def speak(folder: Path, sources: str, output: str, environment: dict[str, str], *more: str) -> subprocess.Popen[bytes]:
    """Begin a run over a folder of articles."""
    command = [sys.executable, "-m", "narrate", "speak", sources, "--cover", "none", "-o", output, *more]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ended(*runs: subprocess.Popen[bytes]) -> float:
    """Wait for runs, and give the processor time of all.

    Raises:
        RuntimeError: One failed.
    """
    cpu_s, failed = 0.0, ""
    for run in runs:
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        cpu_s += used.ru_utime + used.ru_stime
        failed = failed or (f"{run.args} ended with {run.returncode}" if run.returncode else "")
    if failed:
        raise RuntimeError(failed)
    return cpu_s


def plain(folder: Path, models: Path, name: str) -> tuple[float, float]:
    """Two processes: seconds, and processor seconds."""
    caches = [cache(folder / f"{name}-cache{half}", models) for half in range(WORKERS)]
    began_s = time.monotonic()
    halves = [speak(folder, f"half{half}", name, caches[half], "--jobs", "1") for half in range(WORKERS)]
    cpu_s = ended(*halves)
    return time.monotonic() - began_s, cpu_s


def clustered(folder: Path, models: Path, name: str, cluster: LocalCluster) -> tuple[float, float]:
    """One client on the cluster: seconds, and the client's processor seconds."""
    began_s = time.monotonic()
    environment = cache(folder / f"{name}-cache", models)
    cpu_s = ended(speak(folder, "all", name, environment, "--cluster", cluster.scheduler_address))
    return time.monotonic() - began_s, cpu_s


def started(folder: Path, models: Path, round_name: str) -> LocalCluster:
    """A cluster whose workers have an empty cache."""
    own = cache(folder / f"{round_name}-workers", models)
    return LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
        env={name: own[name] for name in ("NARRATE_CACHE_DIR",)},
    )  # fmt: skip


def moved_bytes(folder: Path, name: str) -> int:
    """The clips that came back: what the client has kept."""
    return sum(path.stat().st_size for path in (folder / f"{name}-cache" / "clips").rglob("*.clip"))


def sounds(folder: Path, name: str) -> dict[str, bytes]:
    """Episodes by their name."""
    return {path.name: path.read_bytes() for path in sorted((folder / name).glob("*.mp3"))}


def in_cluster(folder: Path, models: Path, number: int) -> tuple[float, tuple[float, float, float]]:
    """Seconds on a new cluster; processor seconds of client and scheduler, and the largest memory of a worker in MB."""
    # The scheduler runs in this process, which does nothing else meanwhile.
    with started(folder, models, f"round{number}") as cluster, Client(cluster) as client:
        began = resource.getrusage(resource.RUSAGE_SELF)
        there_s, client_cpu_s = clustered(folder, models, f"there{number}", cluster)
        used = resource.getrusage(resource.RUSAGE_SELF)
        peaks = client.run(lambda: __import__("resource").getrusage(0).ru_maxrss / 1024)
    scheduler_cpu_s = used.ru_utime + used.ru_stime - began.ru_utime - began.ru_stime
    return there_s, (client_cpu_s, scheduler_cpu_s, max(peaks.values()))


def one_round(folder: Path, models: Path, number: int, count: int) -> float:
    """Both ways, one after the other; how much longer the cluster took."""
    if number % 2:
        there_s, taken = in_cluster(folder, models, number)
    plain_s, plain_cpu_s = plain(folder, models, f"plain{number}")
    if not number % 2:
        there_s, taken = in_cluster(folder, models, number)
    client_cpu_s, scheduler_cpu_s, peak_mb = taken
    minutes = sum(map(len, sounds(folder, f"there{number}").values())) / (96_000 / 8) / 60
    print(f"two processes {plain_s:.1f} s (cpu {plain_cpu_s:.1f}), cluster {there_s:.1f} s: {there_s / plain_s:.3f}")
    print(f"processor time an article: client {client_cpu_s / count:.2f} s, scheduler {scheduler_cpu_s / count:.3f} s")
    print(f"back {moved_bytes(folder, f'there{number}') / minutes / 1e6:.2f} MB a minute of sound")
    print(f"a worker's memory at most {peak_mb:.0f} MB", flush=True)
    if sounds(folder, f"plain{number}") != sounds(folder, f"there{number}"):
        raise SystemExit("the episodes differ")
    print("the episodes are the same")
    return there_s / plain_s


def main() -> None:
    """Alternate, and print seconds, their ratio, and what the cluster takes."""
    parser = argparse.ArgumentParser(description="Compare a local cluster with plain processes.")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles(folder, given.articles)
        kokoro_model.model_file(folder / "model")
        models = folder / "model" / "models"
        for number in range(given.rounds):
            ratios.append(one_round(folder, models, number, given.articles))
    print(f"median of {given.rounds}: {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
