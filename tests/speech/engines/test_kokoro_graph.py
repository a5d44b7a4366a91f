"""The shipped graph with the exported weights is a model, and it speaks as the exported one does."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.speech.engines import kokoro_graph, kokoro_model
from narrate.speech.engines.kokoro_graph import with_weights


def field(number: int, body: bytes) -> bytes:
    return bytes([number << 3 | 2, len(body)]) + body


WEIGHT, NODE = field(5, b"weight"), field(1, b"node")


def test_weights_of_one_and_graph_of_the_other() -> None:
    """Of the model nothing but its weights is taken; other fields of any kind are passed over."""
    numbers = b"\x08\x96\x01" + b"\x11" + bytes(8) + b"\x1d" + bytes(4)
    model = numbers + field(7, NODE + WEIGHT + numbers + WEIGHT)

    assert with_weights(b"graph", model) == b"graph" + field(7, WEIGHT * 2)


@pytest.mark.parametrize("data", [b"\x3a\x05ab", b"\xff\xff", b"\x0b", b"\x11ab", b"\x3a"])
def test_what_is_no_message(data: bytes) -> None:
    """It ends early, or has a kind of field that there is not."""
    with pytest.raises(ValueError, match=r"message ends early|no field of kind"):
        with_weights(b"", data)


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """They are read to the end or refused."""
    with contextlib.suppress(ValueError):
        assert with_weights(b"graph", data).startswith(b"graph")


@pytest.mark.slow
def test_it_speaks_as_the_exported_model_does(model_cache: Path) -> None:
    """It speaks as long as the exported model, to the frame, in hardly other sound; the model itself differs by more.

    A change of 0.001 % in the style, which nobody hears, leaves 5 dB between sound and difference, as the model
    rounds what it works with to 256 steps; the graph leaves 16 to 20.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    own = kokoro_model.model_file(model_cache)
    sessions = [onnxruntime.InferenceSession(model, options) for model in (kokoro_model.exported_model(), str(own))]
    styles = kokoro_model.load_voice(kokoro_model.shipped_voices(), "af_heart")
    tokens = [0, 50, 83, 54, 156, 57, 135, 16, 81, 102, 61, 16, 46, 156, 43, 102, 4, 0]
    inputs = {"tokens": np.array([tokens]), "style": styles[15:16], "speed": np.ones(1, dtype=np.float32)}

    exported, made = (session.run(["audio"], inputs)[0].ravel() for session in sessions)

    assert len(exported) == len(made)
    difference = exported - made
    assert 10 * np.log10(np.sum(exported**2) / np.sum(difference**2)) > 10


def test_the_graph_is_small() -> None:
    """Weights are not shipped a second time."""
    assert len(kokoro_graph.shipped_graph()) < 2_000_000
