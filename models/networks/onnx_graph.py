"""A Keras network as an ONNX graph without its weights: what runs a prediction without TensorFlow.

The graph holds the layers alone. Its initializers have names and shapes; their arrays come from the file that Keras
loads too, when the graph is opened. So one graph serves all members of an ensemble, and weights that were fitted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras
    import onnx

Layers = Mapping[str, Callable[..., str]]
OPSET, IR_VERSION = 17, 8
# Keras orders an LSTM's gates as input, forget, cell, output; ONNX as input, output, forget, cell.
_ONNX_GATES = (0, 3, 1, 2)
_PLANES, _CHANNELS_LAST = [0, 3, 1, 2], [0, 2, 3, 1]
# What is done in training alone.
_TRAINING_ONLY = ("Dropout", "SpatialDropout2D")


class _Graph:
    """ONNX nodes as they are added; tensors of Keras are known by their identity."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}
        self.tensors: dict[int, str] = {}
        self._names = names

    def add(self, kind: str, *inputs: str, outputs_n: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of its output, or a list of names."""
        from onnx import helper

        outputs = [f"{kind.lower()}_{len(self.nodes)}_{place}" for place in range(outputs_n)]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs[0] if outputs_n == 1 else outputs

    def constant(self, values: Any, kind: type = np.int64) -> str:
        from onnx import numpy_helper

        name = f"constant_{len(self.initializers)}"
        self.initializers[name] = numpy_helper.from_array(np.asarray(values, kind), name)
        return name

    def weight(self, variable: keras.Variable) -> str:
        """Return the name of an initializer that has a shape, and no values yet."""
        from onnx import TensorProto

        name = self._names[id(variable)]
        empty = TensorProto(
            name=name, dims=variable.shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL
        )
        empty.external_data.add(key="location", value="weights")
        self.initializers[name] = empty
        return name


def write_graph(
    outputs: Mapping[str, keras.KerasTensor], network: keras.Model, names: Mapping[int, str], more: Layers | None = None
) -> bytes:
    """Return the ONNX graph of a network.

    Parameters
    ----------
    outputs : dict of str to tensor
        What the graph returns, by name: tensors of the network.
    network : keras.Model
        Its inputs keep their names; all are float32.
    names : dict of int to str
        The name of each of its variables, by ``id``.
    more : dict of str to callable, optional
        How layers are written that are not known here, by their class.

    Raises
    ------
    KeyError
        When the network has a layer of a kind that is not known here.
    """
    from onnx import TensorProto, helper

    graph, inputs, layers = _Graph(names), [], {**_LAYERS, **(more or {})}
    for operation in network.operations:
        kind = type(operation).__name__
        if kind == "InputLayer":
            shape = ["n", *operation.output.shape[1:]]
            inputs.append(helper.make_tensor_value_info(operation.name, TensorProto.FLOAT, shape))
            graph.tensors[id(operation.output)] = operation.name
            continue
        given = operation.input if isinstance(operation.input, list) else [operation.input]
        taken = [graph.tensors[id(tensor)] for tensor in given]
        graph.tensors[id(operation.output)] = (
            taken[0] if kind in _TRAINING_ONLY else layers[kind](graph, operation, *taken)
        )
    returned = []
    for name, tensor in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [graph.tensors[id(tensor)]], [name]))
        returned.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *tensor.shape[1:]]))
    model = helper.make_model(
        helper.make_graph(graph.nodes, "network", inputs, returned, list(graph.initializers.values())),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    return bytes(model.SerializeToString(deterministic=True))


def _planes(graph: _Graph, x: str, kind: str, *weights: str, **attributes: Any) -> str:
    """Add a node that wants channels before rows and columns."""
    found = graph.add(kind, graph.add("Transpose", x, perm=_PLANES), *weights, **attributes)
    return str(graph.add("Transpose", found, perm=_CHANNELS_LAST))


def _padding(layer: Any) -> str:
    return "SAME_UPPER" if layer.padding == "same" else "VALID"


def _activated(graph: _Graph, x: str, function: Any) -> str:
    kinds = {"linear": None, "relu": "Relu", "softmax": "Softmax", "tanh": "Tanh"}
    kind = kinds[function.__name__]
    return x if kind is None else str(graph.add(kind, x, **({"axis": -1} if kind == "Softmax" else {})))


def _convolution(graph: _Graph, layer: Any, x: str) -> str:
    depthwise = type(layer).__name__ == "DepthwiseConv2D"
    # Keras: rows, columns, inputs, outputs; of a depthwise one: rows, columns, inputs, outputs of each.
    kernel = graph.add("Transpose", graph.weight(layer.kernel), perm=[2, 3, 0, 1] if depthwise else [3, 2, 0, 1])
    weights = [kernel, graph.weight(layer.bias)] if layer.use_bias else [kernel]
    groups = {"group": layer.kernel.shape[2]} if depthwise else {}
    found = _planes(graph, x, "Conv", *weights, strides=list(layer.strides), auto_pad=_padding(layer), **groups)
    return _activated(graph, found, layer.activation)


def _pooling(graph: _Graph, layer: Any, x: str) -> str:
    kind = {"AveragePooling2D": "AveragePool", "MaxPooling2D": "MaxPool"}[type(layer).__name__]
    sizes = {"kernel_shape": list(layer.pool_size), "strides": list(layer.strides)}
    return _planes(graph, x, kind, auto_pad=_padding(layer), **sizes)


def _batch_normalisation(graph: _Graph, layer: Any, x: str) -> str:
    variance = graph.add("Add", graph.weight(layer.moving_variance), graph.constant(layer.epsilon, np.float32))
    factor = graph.add("Div", graph.weight(layer.gamma), graph.add("Sqrt", variance))
    middle = graph.add("Mul", graph.weight(layer.moving_mean), factor)
    offset = graph.add("Sub", graph.weight(layer.beta), middle)
    return str(graph.add("Add", graph.add("Mul", x, factor), offset))


def _layer_normalisation(graph: _Graph, layer: Any, x: str) -> str:
    weights = graph.weight(layer.gamma), graph.weight(layer.beta)
    return str(graph.add("LayerNormalization", x, *weights, axis=-1, epsilon=layer.epsilon))


def _dense(graph: _Graph, layer: Any, x: str) -> str:
    kernel = graph.weight(layer.kernel)
    einsum = type(layer).__name__ == "EinsumDense"
    found = graph.add("Einsum", x, kernel, equation=layer.equation) if einsum else graph.add("MatMul", x, kernel)
    return _activated(graph, graph.add("Add", found, graph.weight(layer.bias)), layer.activation)


def _lstm(graph: _Graph, layer: Any, x: str) -> str:
    both = type(layer).__name__ == "Bidirectional"
    ways = [layer.forward_layer, layer.backward_layer] if both else [layer]
    of_ways = [_gates(graph, way) for way in ways]
    weights = [
        parts[0] if len(parts) == 1 else graph.add("Concat", *parts, axis=0) for parts in zip(*of_ways, strict=True)
    ]
    steps, last, _ = graph.add(
        "LSTM",
        graph.add("Transpose", x, perm=[1, 0, 2]),
        *weights,
        outputs_n=3,
        hidden_size=ways[0].units,
        direction="bidirectional" if both else "forward",
    )
    if ways[0].return_sequences:
        # Steps, ways, n, units.
        by_report = graph.add("Transpose", steps, perm=[2, 0, 1, 3])
        return str(graph.add("Reshape", by_report, graph.constant([0, 0, -1])))
    return str(graph.add("Reshape", graph.add("Transpose", last, perm=[1, 0, 2]), graph.constant([0, -1])))


def _gates(graph: _Graph, layer: Any) -> tuple[str, str, str]:
    """Return the weights of the inputs, those of the last step, and the biases, each (1, ...), in the order of ONNX."""
    cell, found = layer.cell, []
    for variable in (cell.kernel, cell.recurrent_kernel, cell.bias):
        name = graph.weight(variable)
        if len(variable.shape) == 2:
            name = graph.add("Transpose", name, perm=[1, 0])
        parts = graph.add("Split", name, outputs_n=4, axis=0)
        found.append(graph.add("Concat", *(parts[place] for place in _ONNX_GATES), axis=0))
    # ONNX has a second bias, for the last step.
    found[2] = graph.add("Concat", found[2], graph.constant(np.zeros(4 * layer.units), np.float32), axis=0)
    kernel, recurrent, bias = (graph.add("Unsqueeze", one, graph.constant([0])) for one in found)
    return kernel, recurrent, bias


def _reshape(graph: _Graph, operation: Any, x: str) -> str:
    shape = operation.newshape if hasattr(operation, "newshape") else (0, *operation.target_shape)
    return str(graph.add("Reshape", x, graph.constant(list(shape))))


def _cropping(graph: _Graph, layer: Any, x: str) -> str:
    first, last = layer.cropping
    ends = graph.constant([-last if last else np.iinfo(np.int64).max])
    return str(graph.add("Slice", x, graph.constant([first]), ends, graph.constant([1])))


def _flatten_each_step(graph: _Graph, layer: Any, x: str) -> str:
    if type(layer.layer).__name__ != "Flatten":
        raise KeyError(f"TimeDistributed({type(layer.layer).__name__})")
    return str(graph.add("Reshape", x, graph.constant([0, layer.input.shape[1], -1])))


def _limited(graph: _Graph, layer: Any, x: str) -> str:
    return str(graph.add("Clip", x, graph.constant(0, np.float32), graph.constant(layer.max_value, np.float32)))


def _rescaled(graph: _Graph, layer: Any, x: str) -> str:
    scaled = graph.add("Mul", x, graph.constant(layer.scale, np.float32))
    return str(graph.add("Add", scaled, graph.constant(layer.offset, np.float32)))


_LAYERS: dict[str, Callable[..., str]] = {
    "Activation": lambda graph, layer, x: _activated(graph, x, layer.activation),
    "Add": lambda graph, layer, *given: graph.add("Add", *given),
    "AveragePooling2D": _pooling,
    "BatchNormalization": _batch_normalisation,
    "Bidirectional": _lstm,
    "Concatenate": lambda graph, layer, *given: graph.add("Concat", *given, axis=layer.axis),
    "Conv2D": _convolution,
    "Cropping1D": _cropping,
    "Dense": _dense,
    "DepthwiseConv2D": _convolution,
    "EinsumDense": _dense,
    "Flatten": lambda graph, layer, x: graph.add("Flatten", x, axis=1),
    "GlobalAveragePooling1D": lambda graph, layer, x: graph.add("ReduceMean", x, axes=[1], keepdims=0),
    "GlobalAveragePooling2D": lambda graph, layer, x: graph.add("ReduceMean", x, axes=[1, 2], keepdims=0),
    "LSTM": _lstm,
    "LayerNormalization": _layer_normalisation,
    "MaxPooling2D": _pooling,
    "Multiply": lambda graph, layer, *given: graph.add("Mul", *given),
    "ReLU": _limited,
    "Rescaling": _rescaled,
    "Reshape": _reshape,
    "TimeDistributed": _flatten_each_step,
}
