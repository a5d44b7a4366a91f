"""A cache at an address, as the workers of a cluster share it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from support.clips import chunk

from narrate.core.errors import EngineUnavailable
from narrate.core.settings.model import Settings
from narrate.speech.clip_cache import ClipCache
from narrate.speech.cluster_worker import packed_order, perform, unpacked_answer
from narrate.speech.engines.tone import ToneEngine
from narrate.speech.shared_clips import SharedClips
from narrate.speech.synthesis import ClipMaker

fsspec = pytest.importorskip("fsspec", reason="needs the extra [cluster]")

KEY = "ab" * 32


@pytest.fixture(params=["memory://narrate", "file", "file://"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "memory://narrate":
        fsspec.filesystem("memory").store.clear()
        return str(request.param)
    folder = (tmp_path / "shared").as_posix()
    return folder if request.param == "file" else f"file://{folder}"


def test_what_is_kept_is_found(address: str) -> None:
    """By whoever has the address, and no other file stays."""
    speech = ToneEngine().synthesise("The lamp was lit.", voice="low", speed=1.0)
    assert SharedClips(address).load(KEY) is None

    SharedClips(address).store(KEY, speech)
    SharedClips(address).store(KEY, speech)
    found = SharedClips(address).load(KEY)

    assert found
    assert np.allclose(found.audio.samples, speech.audio.samples, atol=1 / 32768)
    assert found.words == speech.words
    files, folder = fsspec.core.url_to_fs(address)
    assert [path.rpartition("/")[2] for path in files.find(folder)] == [f"{KEY}.clip"]


@pytest.mark.parametrize("content", [b"", b"narrate", bytes(1000)])
def test_a_damaged_clip_is_a_miss(content: bytes, address: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is told, and made again."""
    clips = SharedClips(address)
    clips.store(KEY, ToneEngine().synthesise("Lit.", voice="low", speed=1.0))
    files, folder = fsspec.core.url_to_fs(address)
    (path,) = files.find(folder)
    files.pipe_file(path, content)

    assert clips.load(KEY) is None
    assert "cannot be used and is made again" in caplog.text


def test_a_place_that_fails_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The clip was spoken, and somebody waits for it."""
    (tmp_path / "shared").write_text("a file where a folder should be")
    clips = SharedClips((tmp_path / "shared").as_posix())

    clips.store(KEY, ToneEngine().synthesise("Lit.", voice="low", speed=1.0))

    assert "a clip cannot be kept" in caplog.text
    assert clips.load(KEY) is None


def test_an_address_of_no_kind() -> None:
    """The error names it."""
    with pytest.raises(EngineUnavailable, match="the shared cache nothing://x cannot be used"):
        SharedClips("nothing://x")


def test_workers_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one worker spoke, another need not; a worker's own cache is left alone."""
    maker = ClipMaker(ToneEngine(), "low", 1.0, ClipCache(Path("client")))
    settings = Settings(engine="tone", shared_cache=Path("shared").absolute().as_posix())
    order = packed_order(maker, chunk(0, "The lamp was lit."), settings, 5.0)
    assert json.loads(order)["shared_cache"] == settings.shared_cache
    first = unpacked_answer(perform(order, "one"))
    monkeypatch.setattr(ToneEngine, "synthesise", lambda *_, **__: pytest.fail("spoken again"))

    second = unpacked_answer(perform(order, "two"))

    assert np.array_equal(first.speech.audio.samples, second.speech.audio.samples)
    assert not list(Path().rglob("cache/clips"))
