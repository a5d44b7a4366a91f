"""The second half of Kokoro, which makes the waveform, works through its layers block by block.

A layer of it has 128 or 256 channels and up to 4,800 steps a second. As exported, each operation goes over the whole
layer, 47 MB for 19 seconds of speech, and an unfolded convolution takes 130 MB. Here all operations between two norms
are done to a block that fits into the processor's cache, and only what the next norm has to see as a whole is kept, in
16 bits:

    scale and shift of the norm -> snake -> int8 -> convolution -> + what is passed by it -> sums for the next norm

A loop of ONNX has a body; its rounds put their blocks into a sequence, which is joined at the end. Blocks overlap by
what the convolution reaches. Numbers of a block are rounded to 256 steps between its own extremes, which is finer than
between those of the layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from onnx import NodeProto, TensorProto, helper
from onnx_graph import Graph, attributes

# Half a megabyte of float32. A quarter and a whole one were a little slower on a processor with a cache of 1 MB.
BLOCK_VALUES = 131_072

# What is kept between two loops: an eighth of the error that int8 has.
KEPT = TensorProto.FLOAT16

EPSILON = np.float32(1e-5)
TIME_AXIS = 2


@dataclass(frozen=True)
class Spans:
    """Where each block begins and ends in its layer, without and with what the convolution reaches beyond it.

    Names of tensors: `count` is a scalar, the others have a number for each block; `before` and `after` are the steps
    that a first and a last block lack.
    """

    count: str
    start: str
    end: str
    first: str
    last: str
    before: str
    after: str


@dataclass(frozen=True)
class Norm:
    """The sum of a layer and of its squares, by channel, and how many steps it has: names of tensors."""

    total: str
    squares: str
    steps: str


class Body:
    """The body of a loop; its names begin with that of the loop's result."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[NodeProto] = []

    def of(self, name: str) -> str:
        """A name of the body's own."""
        return f"{self.name}/{name}"

    def add(self, kind: str, inputs: Sequence[str], name: str, *more: str, **values: object) -> str:
        """Add a node; gives the name of its first output."""
        outputs = [self.of(one) for one in (name, *more)]
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=f"narrate_{outputs[0]}", **values))
        return outputs[0]


class Blocks:
    """Turns parts of a graph into loops."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._wanted: set[str] = set()
        self._made: set[str] = set()
        self._steps: dict[str, str] = {}
        self._norms: dict[str, Norm] = {}
        self.spans = cache(self._spans)
        constant = graph.constant
        self.axis = constant("narrate_axis", [TIME_AXIS])
        self.zero = constant("narrate_0", [0])
        self.true = constant("narrate_true", True)
        self.flat = constant("narrate_flat", [-1])
        self.by_channel = constant("narrate_by_channel", [1, -1, 1])

    def kept(self, name: str) -> str:
        """The name of a layer as it is kept between loops."""
        self._wanted.add(name)
        return f"{name}_16"

    def finish(self) -> None:
        """Convert what one half of the graph takes from the other."""
        graph = self.graph
        for name in sorted(self._wanted - self._made):
            graph.add("Cast", [name], f"{name}_16", to=KEPT)
        taken = {name for node in [*graph.nodes, *graph.added] if not graph.is_gone(node) for name in node.input}
        for name in sorted(self._made & taken):
            graph.add("Cast", [f"{name}_16"], name, to=TensorProto.FLOAT)

    def steps(self, name: str) -> str:
        """How many steps a layer has, shape (1,)."""
        if name not in self._steps:
            self._steps[name] = self.graph.add("Shape", [name], f"{name}_steps", start=TIME_AXIS, end=TIME_AXIS + 1)
        return self._steps[name]

    def norm(self, name: str) -> Norm:
        """The sums of a layer: from the loop that made it, or worked out."""
        if name not in self._norms:
            add = self.graph.add
            total = add("ReduceSum", [name, self.axis], f"{name}_total", keepdims=1)
            squares = add("ReduceSumSquare", [name, self.axis], f"{name}_squares", keepdims=1)
            self._norms[name] = Norm(total, squares, self.steps(name))
        return self._norms[name]

    def affine(self, name: str, gain: str, offset: str, output: str) -> tuple[str, str]:
        """What a norm multiplies a layer with and what it adds, shape (1, channels, 1)."""
        add, norm = self.graph.add, self.norm(name)
        steps = add("Cast", [norm.steps], f"{output}_count", to=TensorProto.FLOAT)
        mean = add("Div", [norm.total, steps], f"{output}_mean")
        square = add("Mul", [mean, mean], f"{output}_mean_square")
        mean_of_squares = add("Div", [norm.squares, steps], f"{output}_squares_mean")
        variance = add("Sub", [mean_of_squares, square], f"{output}_variance")
        safe = add("Add", [variance, self.graph.constant("narrate_epsilon", EPSILON)], f"{output}_safe")
        deviation = add("Sqrt", [safe], f"{output}_deviation")
        times = add("Div", [add("Reshape", [gain, self.by_channel], f"{output}_gain"), deviation], f"{output}_times")
        taken = add("Mul", [mean, times], f"{output}_taken")
        return times, add(
            "Sub", [add("Reshape", [offset, self.by_channel], f"{output}_offset"), taken], f"{output}_plus"
        )

    def _spans(self, steps: str, reach: int, block: int) -> Spans:
        add, constant = self.graph.add, self.graph.constant
        prefix = f"{steps}_{block}_{reach}"
        size, wide = constant(f"narrate_{block}", [block]), constant(f"narrate_{reach}", [reach])
        rounded = add("Add", [steps, constant(f"narrate_{block - 1}", [block - 1])], f"{prefix}_rounded")
        count = add("Squeeze", [add("Div", [rounded, size], f"{prefix}_counted")], f"{prefix}_count")
        scalars = [constant("narrate_scalar_0", 0), count, constant("narrate_scalar_1", 1)]
        start = add("Mul", [add("Range", scalars, f"{prefix}_numbers"), size], f"{prefix}_start")
        end = add("Min", [add("Add", [start, size], f"{prefix}_full"), steps], f"{prefix}_end")
        early, late = add("Sub", [start, wide], f"{prefix}_early"), add("Add", [end, wide], f"{prefix}_late")
        first, last = add("Max", [early, self.zero], f"{prefix}_first"), add("Min", [late, steps], f"{prefix}_last")
        before, after = add("Sub", [first, early], f"{prefix}_before"), add("Sub", [late, last], f"{prefix}_after")
        return Spans(count, start, end, first, last, before, after)

    def begin(self, body: Body) -> str:
        """The number of the round, shape (1,)."""
        return body.add("Reshape", [body.of("round"), self.flat], "number")

    def block_of(self, body: Body, layer: str, start: str, end: str, name: str) -> str:
        """A stretch of a layer in float32."""
        cut = body.add("Slice", [self.kept(layer), start, end, self.axis], f"{name}_kept")
        return body.add("Cast", [cut], name, to=TensorProto.FLOAT)

    def loop(self, body: Body, count: str, block: str, channels: int = 0) -> None:
        """Close a body and make the loop of it; with channels, it sums the blocks and their squares up, too."""
        graph, output = self.graph, body.name
        states = ["total", "squares"] if channels else []
        value, tensor = helper.make_tensor_value_info, TensorProto
        shape = [1, channels, 1]
        if channels:
            squared = body.add("Mul", [block, block], "squared")
            for state, of in zip(states, (block, squared), strict=True):
                part = body.add("ReduceSum", [of, self.axis], f"{state}_part", keepdims=1)
                body.add("Add", [body.of(f"{state}_in"), part], f"{state}_out")
        kept = body.add("Cast", [block], "kept", to=KEPT)
        body.add("SequenceInsert", [body.of("blocks_in"), kept], "blocks_out")
        body.add("Identity", [body.of("go_in")], "go_out")
        sequence = helper.make_tensor_sequence_value_info
        inputs = [value(body.of("round"), tensor.INT64, []), value(body.of("go_in"), tensor.BOOL, [])]
        inputs += [value(body.of(f"{state}_in"), tensor.FLOAT, shape) for state in states]
        outputs = [value(body.of("go_out"), tensor.BOOL, [])]
        outputs += [value(body.of(f"{state}_out"), tensor.FLOAT, shape) for state in states]
        inner = helper.make_graph(
            body.nodes,
            f"narrate_{output}",
            [*inputs, sequence(body.of("blocks_in"), KEPT, None)],
            [*outputs, sequence(body.of("blocks_out"), KEPT, None)],
        )
        empty = graph.add("SequenceEmpty", [], f"{output}_none", dtype=KEPT)
        none = [graph.constant(f"narrate_zeros_{channels}", np.zeros(shape, np.float32))] * len(states)
        made = [f"{output}_{name}" for name in (*states, "blocks")]
        graph.add_node(
            helper.make_node("Loop", [count, self.true, *none, empty], made, name=f"narrate_loop_{output}", body=inner)
        )
        graph.add("ConcatFromSequence", [made[-1]], f"{output}_16", axis=TIME_AXIS, new_axis=0)
        self._made.add(output)

    def made(self, output: str, steps: str) -> None:
        """A loop has made a layer of so many steps, and its sums."""
        self._steps[output] = steps
        self._norms[output] = Norm(f"{output}_total", f"{output}_squares", steps)

    def made_of(self, output: str) -> None:
        """A layer was made in 16 bits by other means."""
        self._made.add(output)


@dataclass(frozen=True)
class Unit:
    """A norm, a snake and a convolution, and what is added to it: nodes, and names of tensors.

    Attributes:
        nodes: All that the loop replaces.
        norm: The InstanceNormalization.
        alpha: What the snake is bent by, shape (1, channels, 1).
        inverse: 1 / alpha.
        convolution: The ConvInteger.
        weight_scale: What its weights were divided by.
        bias: In float32, shape (channels,); "" for none.
        passed: Layers that are added.
        output: The result.
    """

    nodes: tuple[NodeProto, ...]
    norm: NodeProto
    alpha: str
    inverse: str
    convolution: NodeProto
    weight_scale: str
    bias: str
    passed: tuple[str, ...]
    output: str


def find_unit(graph: Graph, norm: NodeProto) -> Unit | None:
    """The unit that begins with a norm; None if it is none of them."""
    normal = norm.output[0]
    by_kind = {node.op_type: node for node in graph.users[normal]}
    if by_kind.keys() != {"Mul", "Add"}:
        return None
    nodes = [norm, by_kind["Mul"]]
    for kind in ("Sin", "Pow", "Mul", "Add", "DynamicQuantizeLinear", "BitwiseXor", "Cast", "ConvInteger"):
        user = next((node for node in graph.users[nodes[-1].output[0]] if node.op_type == kind), None)
        if user is None:
            return None
        nodes.append(user)
    times, power, over, quantize, convolution = nodes[1], nodes[3], nodes[4], nodes[6], nodes[9]
    if attributes(convolution)["strides"] != [1]:
        return None
    bias, scaled = _scaled(graph, convolution, nodes)
    added, output = _added(graph, scaled.output[0], nodes)
    return Unit(
        tuple(nodes),
        norm,
        graph.other_input(times, normal),
        graph.other_input(over, power.output[0]),
        convolution,
        graph.other_input(graph.maker[scaled.input[1]], quantize.output[1]),
        bias,
        added,
        output,
    )


def _scaled(graph: Graph, convolution: NodeProto, nodes: list[NodeProto]) -> tuple[str, NodeProto]:
    """The bias in float32, and the DequantizeLinear."""
    (user,) = graph.users[convolution.output[0]]
    nodes.append(user)
    if user.op_type == "DequantizeLinear":
        return "", user
    node = graph.maker[graph.other_input(user, convolution.output[0])]
    while node.op_type != "Div":  # Reshape, Cast, Floor: the export rounds it to the scale of the sums
        node = graph.maker[node.input[0]]
    (scaled,) = graph.users[user.output[0]]
    nodes.append(scaled)
    return node.input[0], scaled


def _added(graph: Graph, output: str, nodes: list[NodeProto]) -> tuple[tuple[str, ...], str]:
    """What is added to a convolution: what is passed by it, and behind the last one of a row the sum of rows."""
    added: list[str] = []
    while len(added) < 2 and (user := graph.only_user(output, "Add")) and not graph.is_gone(user):
        added.append(graph.other_input(user, output))
        nodes.append(user)
        output = user.output[0]
    return tuple(added), output


def convolve(blocks: Blocks, unit: Unit) -> None:
    """Replace a unit by a loop."""
    graph, given = blocks.graph, attributes(unit.convolution)
    graph.remove(*unit.nodes)
    layer, *gains = unit.norm.input
    channels = graph.weights[unit.alpha].dims[1]
    outer = Norming(*blocks.affine(layer, *gains, unit.output), unit.alpha, unit.inverse)
    spans = blocks.spans(blocks.steps(layer), given["pads"][0], BLOCK_VALUES // channels)
    body = Body(unit.output)
    number = blocks.begin(body)
    at = {name: body.add("Gather", [getattr(spans, name), number], name) for name in SPANS}
    block = snake(body, blocks.block_of(body, layer, at["first"], at["last"], "read"), outer)
    block = _convolved(body, blocks, unit, block, (at["before"], at["after"]))
    if unit.bias:
        wide = graph.add("Reshape", [unit.bias, blocks.by_channel], f"{unit.output}_bias")
        block = body.add("Add", [block, wide], "biased")
    for index, passed in enumerate(unit.passed):
        other = blocks.block_of(body, passed, at["start"], at["end"], f"passed_{index}")
        block = body.add("Add", [block, other], f"sum_{index}")
    blocks.loop(body, spans.count, block, channels)
    blocks.made(unit.output, blocks.steps(layer))


SPANS = ("start", "end", "first", "last", "before", "after")


@dataclass(frozen=True)
class Norming:
    """What a norm and a snake do to each channel: names of tensors of shape (1, channels, 1)."""

    times: str
    plus: str
    alpha: str
    inverse: str


def snake(body: Body, block: str, by: Norming) -> str:
    """The norm, then x + sin(alpha x)^2 / alpha."""
    normal = body.add("Add", [body.add("Mul", [block, by.times], "scaled"), by.plus], "normal")
    sine = body.add("Sin", [body.add("Mul", [normal, by.alpha], "angle")], "sine")
    bend = body.add("Mul", [body.add("Mul", [sine, sine], "square"), by.inverse], "bend")
    return body.add("Add", [normal, bend], "bent")


def _convolved(body: Body, blocks: Blocks, unit: Unit, block: str, lacking: tuple[str, str]) -> str:
    """In int8, with zeros where the layer ends; see make_kokoro_graph.sign for why int8."""
    convolution, given = unit.convolution, attributes(unit.convolution)
    body.add("DynamicQuantizeLinear", [block], "unsigned", "step", "unsigned_zero")
    middle = blocks.graph.constant("narrate_middle", 128, np.uint8)
    flipped = body.add("BitwiseXor", [body.of("unsigned_zero"), middle], "flipped")
    zero = body.add("Cast", [flipped], "signed_zero", to=TensorProto.INT8)
    signed = body.add("QuantizeLinear", [block, body.of("step"), zero], "signed")
    none = blocks.zero
    pads = body.add("Concat", [none, none, lacking[0], none, none, lacking[1]], "pads", axis=0)
    padded = body.add("Pad", [signed, pads, zero], "padded")
    inputs = [padded, convolution.input[1], zero, convolution.input[3]]
    shape = {name: given[name] for name in ("kernel_shape", "dilations", "strides", "group")}
    sums = body.add("ConvInteger", inputs, "sums", pads=[0, 0], **shape)
    scale = body.add("Mul", [body.of("step"), unit.weight_scale], "scale")
    return body.add("DequantizeLinear", [sums, scale], "convolved")


def upsample(blocks: Blocks, node: NodeProto) -> None:
    """Replace a transposed convolution that makes a layer longer, and the LeakyRelu and mean before it, by a loop."""
    graph, given, output = blocks.graph, attributes(node), node.output[0]
    relu = graph.maker[node.input[0]]
    above = graph.maker[relu.input[0]]
    is_mean = above.op_type == "Div" and "/generator/" in above.output[0]
    layer = above.input[0] if is_mean else relu.input[0]
    graph.remove(node, relu, *([above] if is_mean else []))
    stride, pad = given["strides"][0], given["pads"][0]
    channels = graph.weights[node.input[2]].dims[0]
    spans = blocks.spans(blocks.steps(layer), 1, max(16, BLOCK_VALUES // (channels * stride)))
    body = Body(output)
    number = blocks.begin(body)
    at = {name: body.add("Gather", [getattr(spans, name), number], name) for name in SPANS[:4]}
    block = blocks.block_of(body, layer, at["first"], at["last"], "read")
    if is_mean:
        block = body.add("Div", [block, above.input[1]], "mean")
    block = body.add("LeakyRelu", [block], "bent", **attributes(relu))
    shape = {name: given[name] for name in ("kernel_shape", "dilations", "strides", "group")}
    longer = body.add("ConvTranspose", [block, *node.input[1:]], "longer", pads=[0, 0], **shape)
    size, edge = graph.constant(f"narrate_{stride}", [stride]), graph.constant(f"narrate_{pad}", [pad])
    lead = body.add("Mul", [body.add("Sub", [at["start"], at["first"]], "lead"), size], "lead_steps")
    begin = body.add("Add", [lead, edge], "begin")
    length = body.add("Mul", [body.add("Sub", [at["end"], at["start"]], "length"), size], "length_steps")
    stop = body.add("Add", [begin, length], "stop")
    blocks.loop(body, spans.count, body.add("Slice", [longer, begin, stop, blocks.axis], "cut"))


def reflect(blocks: Blocks, node: NodeProto) -> None:
    """The pad of one step at the beginning of what a loop made, in 16 bits."""
    graph, output = blocks.graph, node.output[0]
    graph.remove(node)
    source = blocks.kept(node.input[0])
    ends = [graph.constant("narrate_1", [1]), graph.constant("narrate_2", [2]), blocks.axis]
    second = graph.add("Slice", [source, *ends], f"{output}_first")
    graph.add("Concat", [second, source], f"{output}_16", axis=TIME_AXIS)
    blocks.made_of(output)


def work_in_blocks(graph: Graph) -> None:
    """Rewrite the generator of the decoder: its units, and the two steps that make it longer."""
    blocks = Blocks(graph)
    for node in graph.nodes:
        name = node.output[0]
        if "/generator/" not in name:
            continue
        if node.op_type == "InstanceNormalization" and (unit := find_unit(graph, node)):
            convolve(blocks, unit)
        elif node.op_type == "ConvTranspose" and "/ups." in name:
            upsample(blocks, node)
        elif node.op_type == "Pad" and "/reflection_pad/" in name:
            reflect(blocks, node)
    blocks.finish()
