"""Files of the cache and the output that are not what narrate left there."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.bench import LOCK, Bench

DEEP = b"[" * 200_000


def _clips(bench: Bench) -> list[Path]:
    return sorted(bench.cache.rglob("*.clip"))


def _all_clips(content: Callable[[bytes], bytes]) -> Callable[[Bench], None]:
    def harm(bench: Bench) -> None:
        for path in _clips(bench):
            path.write_bytes(content(path.read_bytes()))
        shutil.rmtree(bench.output)

    return harm


def _sealed(body: bytes) -> bytes:
    return b"narrate clip 2 " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _record(content: bytes) -> Callable[[Bench], None]:
    def harm(bench: Bench) -> None:
        for path in bench.cache.glob("episodes/*.json"):
            path.write_bytes(content)

    return harm


def _in_output(name: str, content: bytes) -> Callable[[Bench], None]:
    return lambda bench: (bench.output / name).write_bytes(content) and None


def _cut(name: str) -> Callable[[Bench], None]:
    def harm(bench: Bench) -> None:
        path = bench.output / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return harm


def _removed(name: str) -> Callable[[Bench], None]:
    return lambda bench: (bench.output / name).unlink()


MANIFEST = "a-light-at-sea.manifest.json"

DAMAGE: dict[str, Callable[[Bench], None]] = {
    "clips cut": _all_clips(lambda data: data[: len(data) // 2]),
    "clips empty": _all_clips(lambda data: b""),
    "clips with a bit turned": _all_clips(lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]),
    "clips of an older version": _all_clips(lambda data: data.replace(b"clip 2", b"clip 1", 1)),
    "clips of a later version": _all_clips(lambda data: data.replace(b"clip 2", b"clip 3", 1)),
    "clips without words": _all_clips(lambda data: _sealed(b"{}\nx")),
    "clips with half words": _all_clips(lambda data: _sealed(b'{"words":[[1,2]],"estimated":false}\nx')),
    "clips without sound": _all_clips(lambda data: _sealed(b'{"words":[],"estimated":false}\nx')),
    "clips that are lists": _all_clips(lambda data: _sealed(b"[]\nx")),
    "clips too deep": _all_clips(lambda data: _sealed(DEEP + b"\nx")),
    "record cut": _record(b'{"sha256": "12'),
    "record not UTF-8": _record(b"\xff\xfe"),
    "record too deep": _record(DEEP),
    "record a list": _record(b"[1, 2]"),
    "record of numbers": _record(b'{"sha256": 1, "sidecars": 2, "duration_ms": "x"}'),
    "manifest cut": _cut(MANIFEST),
    "manifest gone": _removed(MANIFEST),
    "manifest not UTF-8": _in_output(MANIFEST, b"\xff\xfe\x00"),
    "manifest too deep": _in_output(MANIFEST, DEEP),
    "manifest of a later version": _in_output(MANIFEST, b'{"narrate_manifest": 99}'),
    "sound cut": _cut("a-light-at-sea.mp3"),
    "sound gone": _removed("a-light-at-sea.mp3"),
    "transcript cut": _cut("a-light-at-sea.vtt"),
    "transcript gone": _removed("a-light-at-sea.srt"),
    "journal of nothing": _in_output(".0.commit", b""),
    "journal of bytes": _in_output(".0.commit", bytes(range(256))),
    "journal too deep": _in_output(".0.commit", DEEP),
    "journal to the outside": _in_output(".0.commit", b'{"removes": ["../article.txt"], "moves": []}'),
    "journal that moves what is no part": _in_output(
        ".0.commit", b'{"removes": [], "moves": [["a-light-at-sea.srt", "a-light-at-sea.vtt"]]}'
    ),
    "journal of impossible names": _in_output(".0.commit", b'{"removes": ["a\\u0000", "\\ud800"], "moves": []}'),
    "journal of a part that is gone": _in_output(".0.commit", b'{"removes": [], "moves": [[".x.part", "new.mp3"]]}'),
}


# In a quick run one in three.
DAMAGES = [pytest.param(name, marks=() if n % 3 == 0 else pytest.mark.long) for n, name in enumerate(DAMAGE)]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_made_good(bench: Bench, undisturbed: dict[str, bytes], damage: str) -> None:
    """By the next run, which ends with the files of an undisturbed one."""
    bench.run()
    DAMAGE[damage](bench)

    ended = bench.run()

    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    assert bench.files() == undisturbed
    assert bench.run().err == ""


def _folder_for(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _file_for(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.touch()


def _journal_of_a_folder(bench: Bench) -> None:
    (bench.output / "x").mkdir(parents=True)
    (bench.output / ".0.commit").write_text('{"removes": ["x"], "moves": []}')


BLOCKED: dict[str, tuple[Callable[[Bench], None], str]] = {
    "a clip is a folder": (lambda bench: _folder_for(_clips(bench)[0]), ".clip"),
    "clips are a file": (lambda bench: _file_for(bench.cache / "clips"), "clips"),
    "locks are a file": (lambda bench: _file_for(bench.cache / "locks"), "locks"),
    "the cache is a file": (lambda bench: _file_for(bench.cache), "cache"),
    "the output is a file": (lambda bench: _file_for(bench.output), "output is no folder"),
    "the output leads nowhere": (lambda bench: bench.output.symlink_to("nowhere"), "output is no folder"),
    "the manifest is a folder": (lambda bench: (bench.output / MANIFEST).mkdir(parents=True), MANIFEST),
    "the lock is a folder": (lambda bench: (bench.output / LOCK).mkdir(parents=True), LOCK),
    "a journal names a folder": (_journal_of_a_folder, "output/x"),
}


@pytest.mark.parametrize("what", BLOCKED)
def test_what_is_in_the_way_is_named(bench: Bench, undisturbed: dict[str, bytes], what: str) -> None:
    """With what to do about it; when it is out of the way, the next run goes on."""
    bench.run()
    shutil.rmtree(bench.output)
    harm, named = BLOCKED[what]
    harm(bench)

    ended = bench.run()

    assert ended.code == 6, ended.err
    assert named in ended.err
    assert "hint: " in ended.err
    assert "Traceback" not in ended.err
    for path in (bench.cache, bench.output):
        path.unlink(missing_ok=True) if path.is_symlink() or not path.is_dir() else shutil.rmtree(path)
    assert bench.run().code == 0
    assert bench.files() == undisturbed


def test_a_record_that_cannot_be_kept(bench: Bench) -> None:
    """Costs an encode the next time, and is said."""
    bench.cache.mkdir()
    (bench.cache / "episodes").touch()

    ended = bench.run()

    assert ended.code == 0
    assert "the next run will make this episode again" in ended.err
