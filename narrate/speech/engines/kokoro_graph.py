"""Puts the weights of Kokoro's export into the graph that narrate ships.

A model file of ONNX is one message of protocol buffers (https://protobuf.dev/programming-guides/encoding/), and such
messages concatenate: a graph without weights, followed by weights without a graph, is a model. The graph is made by
scripts/make_kokoro_graph.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from narrate.core.resources import packaged_file

GRAPH_NAME = "kokoro-graph.onnx.zz"

# Numbers of fields in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
_GRAPH_OF_MODEL = 7
_INITIALIZER_OF_GRAPH = 5

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5


def shipped_graph() -> bytes:
    """The graph of this package: a model without weights."""
    return zlib.decompress(packaged_file("narrate.speech.engines", f"data/{GRAPH_NAME}").read_bytes())


def with_weights(graph: bytes, model: bytes) -> bytes:
    """A model of one graph and the weights of another model; weights have the same names in both.

    Args:
        graph: A model without weights.
        model: A model whose weights are wanted, and nothing else of it.

    Raises:
        ValueError: The other one is no model.
    """
    data = memoryview(model)
    weights = [
        part
        for number, _, body in _fields(data)
        if number == _GRAPH_OF_MODEL
        for inner, part, _ in _fields(body)
        if inner == _INITIALIZER_OF_GRAPH
    ]
    size = sum(map(len, weights))
    return b"".join([graph, _varint(_GRAPH_OF_MODEL << 3 | _BYTES), _varint(size), *weights])


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """The fields of a message: number, all of it, and its value."""
    at = 0
    while at < len(data):
        start = at
        key, at = _read_varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            _, end = _read_varint(data, at)
        elif kind == _BYTES:
            length, at = _read_varint(data, at)
            end = at + length
        elif kind in (_FIXED_64, _FIXED_32):
            end = at + (8 if kind == _FIXED_64 else 4)
        else:
            raise ValueError(f"there is no field of kind {kind} in protocol buffers")
        if end > len(data):
            raise ValueError("the message ends early")
        yield key >> 3, data[start:end], data[at:end]
        at = end


def _read_varint(data: memoryview, at: int) -> tuple[int, int]:
    """The number at a place, and the place behind it."""
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at
    raise ValueError("the message ends early")


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)
