"""Layers that only beat networks have, as nodes of an ONNX graph; `models.networks.write_graph` takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _gated_recurrent(graph: Any, layer: Any, x: str) -> str:
    """Add a GRU that returns every step, with its second bias inside the reset gate, as Keras has it by default."""
    if not (layer.return_sequences and layer.reset_after):
        raise KeyError("GRU of another form")
    cell = layer.cell
    # Keras and ONNX both order the gates as update, reset, new state.
    kernel, recurrent = (
        graph.add("Unsqueeze", graph.add("Transpose", graph.weight(one), perm=[1, 0]), graph.constant([0]))
        for one in (cell.kernel, cell.recurrent_kernel)
    )
    bias = graph.add("Reshape", graph.weight(cell.bias), graph.constant([1, -1]))
    steps, _ = graph.add(
        "GRU",
        graph.add("Transpose", x, perm=[1, 0, 2]),
        kernel,
        recurrent,
        bias,
        outputs_n=2,
        hidden_size=layer.units,
        linear_before_reset=1,
    )
    # Steps, ways, n, units.
    return str(graph.add("Reshape", graph.add("Transpose", steps, perm=[2, 0, 1, 3]), graph.constant([0, 0, -1])))


def _dot(graph: Any, layer: Any, first: str, second: str) -> str:
    """Multiply two sequences over their steps."""
    if layer.axes != 1 or layer.normalize:
        raise KeyError("Dot of another form")
    return str(graph.add("MatMul", graph.add("Transpose", first, perm=[0, 2, 1]), second))


BEAT_LAYERS: dict[str, Callable[..., str]] = {
    "Average": lambda graph, layer, *given: graph.add("Mean", *given),
    "Dot": _dot,
    "GRU": _gated_recurrent,
    "Permute": lambda graph, layer, x: graph.add("Transpose", x, perm=[0, *layer.dims]),
    "Softmax": lambda graph, layer, x: graph.add("Softmax", x, axis=layer.axis),
}
