"""Loading the voice while the text is read, and speaking one chunk on all cores."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from narrate.core.errors import OutputError
from narrate.engine.testing import SENTENCE
from narrate.speech.engines import kokoro_model
from narrate.speech.engines.kokoro import KokoroEngine


def test_all_cores_speak_the_same(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bit for bit, so that clips of a stream are those of a file; one chunk at a time."""
    monkeypatch.setattr("narrate.speech.engines.kokoro.available_cores", lambda: 2)
    plain, eager = KokoroEngine(model_cache), KokoroEngine(model_cache)
    eager.warm(at_once=True)

    once, again = (one.synthesise(SENTENCE, voice="af_heart", speed=1.0) for one in (plain, eager))

    assert (plain.parallel, eager.parallel) == (2, 1)
    assert plain.version == eager.version
    assert np.array_equal(once.audio.samples, again.audio.samples)
    plain.close()
    eager.close()


def test_what_goes_wrong_while_loading_is_told_later(tmp_path: Path) -> None:
    """Nothing is printed by a thread, and closing waits for it."""
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    engine = KokoroEngine(tmp_path, model=broken)

    engine.warm()
    engine.close()


def test_a_model_that_is_not_there_is_not_made_ahead(tmp_path: Path) -> None:
    """It takes seconds, for which nobody would wait to hear that a file is missing."""
    engine = KokoroEngine(tmp_path)

    engine.warm()
    engine.close()

    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_model_that_is_not_kept(has_folder: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is put together in a temporary folder, which is said and why, speaks, and is gone; no cache folder is made."""
    folder = tmp_path / "none" if has_folder else None
    with kokoro_model.model_in(folder, keep=False) as path:
        assert path.is_file()
        assert tmp_path not in path.parents

    assert not path.parent.parent.exists()
    assert not (tmp_path / "none").exists()
    assert "in a temporary folder" in caplog.text
    assert ("nothing is kept" if has_folder else "there is no cache folder") in caplog.text


def test_a_model_that_is_there_is_used(model_cache: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without keeping anything, too: then nothing is put together, and nothing said."""
    with kokoro_model.model_in(model_cache, keep=False) as path:
        assert path.parent == model_cache / "models"
    assert path.is_file()
    assert caplog.text == ""


def test_a_temporary_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an error with the ways round it."""
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent/folder")

    with pytest.raises(OutputError, match="cannot be written") as caught, kokoro_model.model_in(None, keep=False):
        pass
    assert "TMPDIR" in caught.value.hint
