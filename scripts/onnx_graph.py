"""A graph of ONNX that can be changed: its edges, and the nodes that are added to it and taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper


class Graph:
    """Nodes and weights, and what becomes of them."""

    def __init__(self, nodes: Iterable[NodeProto], weights: Iterable[TensorProto]) -> None:
        """Look at the nodes once; edges are those of the graph as it was."""
        self.nodes: list[NodeProto] = list(nodes)
        self.weights = {tensor.name: tensor for tensor in weights}
        self.maker = {name: node for node in self.nodes for name in node.output}
        self.users: dict[str, list[NodeProto]] = defaultdict(list)
        for node in self.nodes:
            for name in dict.fromkeys(node.input):
                self.users[name].append(node)
        self.added: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}
        self._gone: set[int] = set()

    def add(self, kind: str, inputs: Sequence[str], output: str, **attributes: object) -> str:
        """Add a node; gives the name of its output."""
        self.add_node(helper.make_node(kind, inputs, [output], name=f"narrate_{output}", **attributes))
        return output

    def add_node(self, node: NodeProto) -> None:
        """Add a node that is made already."""
        self.added.append(node)

    def constant(self, name: str, value: object, kind: type[np.generic] | None = None) -> str:
        """Add a constant, once for a name; gives the name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def remove(self, *nodes: NodeProto) -> None:
        """Take nodes away."""
        self._gone.update(map(id, nodes))

    def is_gone(self, node: NodeProto) -> bool:
        """Whether a node was taken away."""
        return id(node) in self._gone

    def other_input(self, node: NodeProto, name: str) -> str:
        """The input of a node with two of them that is not the named one."""
        return node.input[1] if node.input[0] == name else node.input[0]

    def only_user(self, name: str, *kinds: str) -> NodeProto | None:
        """The node that alone takes a tensor, if it is one of these kinds."""
        users = self.users[name]
        return users[0] if len(users) == 1 and users[0].op_type in kinds else None

    def value(self, name: str) -> NDArray[np.generic]:
        """The value of a weight or of a Constant node."""
        tensor = self.weights[name] if name in self.weights else self.maker[name].attribute[0].t
        return numpy_helper.to_array(tensor)

    def kept(self, outputs: Iterable[str]) -> list[NodeProto]:
        """The nodes that the outputs need, each after those it needs."""
        maker = {name: node for node in [*self.nodes, *self.added] if not self.is_gone(node) for name in node.output}
        found: dict[int, NodeProto] = {}
        waiting = [(name, False) for name in reversed(list(outputs))]
        while waiting:
            name, is_ready = waiting.pop()
            node = maker.get(name)
            if node is None or id(node) in found:
                continue
            if is_ready:
                found[id(node)] = node
            else:
                waiting += [(name, True), *((below, False) for below in reversed(_needed(node)))]
        return list(found.values())


def attributes(node: NodeProto) -> dict[str, object]:
    """The attributes of a node by name."""
    return {one.name: helper.get_attribute_value(one) for one in node.attribute}


def _needed(node: NodeProto) -> list[str]:
    """What a node takes, and what the body of a loop takes from around it."""
    names = list(node.input)
    for body in (one.g for one in node.attribute if one.name == "body"):
        inner = {one.name for one in body.input} | {name for made in body.node for name in made.output}
        names += [name for made in body.node for name in made.input if name not in inner]
    return names
