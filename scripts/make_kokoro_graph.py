"""Rewrites the graph of Kokoro's int8 export so that onnxruntime needs less than half of the time for it.

    python3 -m pip install onnx
    python3 scripts/make_kokoro_graph.py narrate/speech/engines/data/kokoro-graph.onnx.zz

The file holds the new graph without weights; narrate puts the weights of the installed packages into it
(narrate/speech/engines/kokoro_model.py, whose checksum of the whole has to be renewed when this changes). What is
done, and what it gives, is in docs/performance.md:

signed      ConvInteger is given int8 instead of uint8 activations, and the same sums come out: onnxruntime has a
            faster kernel for them.
normalised  Seven operations of an instance norm with a style become one InstanceNormalization.
scaled      Cast and Mul behind a convolution become one DequantizeLinear; a bias that the norm takes away is left out.
in blocks   The half that makes the waveform works block by block: kokoro_blocks.py.
duration    The count of frames of each token, which the graph has, is given out.
"""

from __future__ import annotations

import argparse
import hashlib
import zlib
from pathlib import Path

import numpy as np
import onnx
from kokoro_blocks import work_in_blocks
from onnx import NodeProto, TensorProto, helper
from onnx_graph import Graph

from narrate.speech.engines import kokoro_graph, kokoro_model

# What becomes of 0 in int8, and the other way round.
MIDDLE = "narrate_middle"
FLAT = "narrate_flat"

DURATION_TENSOR = "/encoder/Cast_output_0"


def sign(graph: Graph) -> None:
    """Turn what ConvInteger is given from 0..255 into -128..127, its zero point with it."""
    turned: dict[str, str] = {}

    def signed(name: str) -> str:
        if name not in turned:
            flipped = graph.add("BitwiseXor", [name, graph.constant(MIDDLE, 128, np.uint8)], f"{name}_flipped")
            turned[name] = graph.add("Cast", [flipped], f"{name}_signed", to=TensorProto.INT8)
        return turned[name]

    for node in graph.nodes:
        if node.op_type == "ConvInteger":
            node.input[0], node.input[2] = signed(node.input[0]), signed(node.input[2])


def normalise(graph: Graph) -> set[str]:
    """Make one operation of each instance norm in the decoder; gives the names of what is normalised."""
    found: set[str] = set()
    for divide in graph.nodes:
        if divide.op_type == "Div" and "/decoder/" in divide.name and _is_norm(graph, divide):
            found.add(_normalised(graph, divide))
    return found


def _is_norm(graph: Graph, divide: NodeProto) -> bool:
    above = [graph.maker.get(name) for name in divide.input]
    return all(above) and [node.op_type for node in above if node] == ["Sub", "Sqrt"]


def _normalised(graph: Graph, divide: NodeProto) -> str:
    """From (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) * gain + offset, for any number of gains."""
    subtract, root = (graph.maker[name] for name in divide.input)
    source = subtract.input[0]
    mean, plus = graph.maker[subtract.input[1]], graph.maker[root.input[0]]
    variance = graph.maker[plus.input[0]]
    square = graph.maker[variance.input[0]]
    assert mean.input[0] == source
    assert set(square.input) == {subtract.output[0]}
    assert list(graph.value(mean.input[1])) == [2]
    for times in graph.users[divide.output[0]]:
        (offset,) = graph.users[times.output[0]]
        output = offset.output[0]
        gains = graph.other_input(times, divide.output[0]), graph.other_input(offset, times.output[0])
        shape = graph.constant(FLAT, [-1])
        flat = [graph.add("Reshape", [name, shape], f"{output}_{at}") for at, name in enumerate(gains)]
        epsilon = float(graph.value(plus.input[1]))
        graph.add("InstanceNormalization", [source, *flat], output, epsilon=epsilon)
        graph.remove(times, offset)
    graph.remove(divide, subtract, root, plus, variance, square)
    return str(source)


def scale(graph: Graph, normalised: set[str]) -> None:
    """One DequantizeLinear for each convolution instead of Cast and Mul."""
    for node in graph.nodes:
        if node.op_type == "ConvInteger":
            _scaled(graph, node, normalised)


def _scaled(graph: Graph, convolution: NodeProto, normalised: set[str]) -> None:
    sums = convolution.output[0]
    (bias,) = graph.users[sums]
    (cast,) = graph.users[bias.output[0]] if bias.op_type == "Add" else [bias]
    (times,) = graph.users[cast.output[0]]
    output = times.output[0]
    # A norm takes away what is added to a whole channel; other users must not miss it.
    only_normalised = output in normalised and all(map(graph.is_gone, graph.users[output]))
    if bias.op_type == "Add":
        if not only_normalised:
            sums = graph.add("Add", [sums, graph.other_input(bias, sums)], f"{output}_with_bias")
        graph.remove(bias)
    graph.add("DequantizeLinear", [sums, graph.other_input(times, cast.output[0])], output)
    graph.remove(cast, times)


def rewritten(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with its graph rewritten, and without its weights."""
    graph = Graph(model.graph.node, model.graph.initializer)
    scale(graph, normalise(graph))
    sign(graph)
    graph.add("Identity", [DURATION_TENSOR], "duration")
    duration = helper.make_tensor_value_info("duration", TensorProto.INT64, ["duration_length"])
    outputs = [*model.graph.output, duration]
    names = [output.name for output in outputs]
    blocks = Graph(graph.kept(names), model.graph.initializer)
    blocks.constants.update(graph.constants)
    work_in_blocks(blocks)
    made = helper.make_graph(blocks.kept(names), "narrate", model.graph.input, outputs, list(blocks.constants.values()))
    return helper.make_model(made, ir_version=model.ir_version, opset_imports=model.opset_import)


def main() -> None:
    """Write the file, and print what has to be in kokoro_model.py."""
    parser = argparse.ArgumentParser(description="Rewrite Kokoro's graph for speed.")
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    weights = kokoro_model.exported_model()
    graph = rewritten(onnx.load_from_string(weights)).SerializeToString(deterministic=True)
    path.write_bytes(zlib.compress(graph, 9))
    checksum = hashlib.sha256(kokoro_graph.with_weights(graph, weights)).hexdigest()
    print(f"{len(graph)} bytes, {path.stat().st_size} compressed; MODEL_SHA256 = {checksum}")


if __name__ == "__main__":
    main()
