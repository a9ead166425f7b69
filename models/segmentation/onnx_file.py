"""The trained network as an ONNX file that runs without TensorFlow, and its card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from preprocessing.page import NAMES, PIXEL_LABELS, SEGMENTATION_FILE
from preprocessing.weights_file import WeightsCard

if TYPE_CHECKING:
    import keras
    import onnx

OPSET = 17


class _Graph:
    """ONNX nodes and weights as they are added; weights are stored in half precision and cast when loaded."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def weight(self, name: str, values: np.ndarray) -> str:
        self.constant(f"{name}_half", values.astype(np.float16))
        return self.add("Cast", [f"{name}_half"], name, to=1)


def write_onnx(network: keras.Model, path: Path) -> None:
    """Write a network of `build_network` with its batch normalisation folded into the convolutions.

    Parameters
    ----------
    network : keras.Model
    path : Path
        The file takes RGB, shape (1, rows, columns, 3), uint8, and returns ``pixels``, shape (1, 6, rows, columns),
        and ``names``, shape (1, 13, rows / 4, columns / 4), both uint8: 255 is certain.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph()
    names: dict[int, str] = {}
    joined: dict[int, list[str]] = {}
    for operation in network.operations:
        _translate(graph, operation, names, joined)
    outputs = []
    for output, channels in (("pixels", PIXEL_LABELS), ("names", NAMES)):
        share = graph.add("Sigmoid", [names[id(network.output[output])]], f"{output}_share")
        step = graph.constant(f"{output}_step", np.array(1 / 255, np.float32))
        zero = graph.constant(f"{output}_zero", np.array(0, np.uint8))
        if output == "pixels":
            # As bytes, the four pixels of each cell take a quarter of the memory as they are put beside one another.
            graph.add("QuantizeLinear", [share, step, zero], "pixels_of_cells")
            graph.add("DepthToSpace", ["pixels_of_cells"], output, blocksize=2, mode="CRD")
        else:
            graph.add("QuantizeLinear", [share, step, zero], output)
        size = ("rows", "columns") if output == "pixels" else (f"{output}_rows", f"{output}_columns")
        outputs.append(helper.make_tensor_value_info(output, TensorProto.UINT8, [1, len(channels), *size]))
    picture = helper.make_tensor_value_info("rgb", TensorProto.UINT8, [1, "rows", "columns", 3])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "page_segmentation", [picture], outputs, graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _translate(graph: _Graph, operation: Any, names: dict[int, str], joined: dict[int, list[str]]) -> None:
    """Add the ONNX nodes of one Keras layer.

    `names` are those of the tensors so far, by their identity, and `joined` the parts of those that are concatenated:
    convolutions take their parts one by one and add what comes out, which spares the copy and a third of the memory.
    """
    kind, name = type(operation).__name__, f"layer_{operation.name}"
    if kind == "InputLayer":
        names[id(operation.output)] = graph.add("Transpose", ["rgb"], "rgb_planes", perm=[0, 3, 1, 2])
        return
    inputs = operation.input if isinstance(operation.input, list) else [operation.input]
    if kind == "Concatenate":
        joined[id(operation.output)] = [names[id(tensor)] for tensor in inputs]
        return
    given = joined.get(id(inputs[0])) or [names[id(tensor)] for tensor in inputs]
    if kind == "Rescaling":
        step = graph.constant(f"{name}_scale", np.array(operation.scale, np.float32))
        zero = graph.constant(f"{name}_zero", np.array(0, np.uint8))
        scaled = graph.add("DequantizeLinear", [*given, step, zero], f"{name}_mul")
        result = graph.add(
            "Add", [scaled, graph.constant(f"{name}_offset", np.array(operation.offset, np.float32))], name
        )
    elif kind == "Conv2D":
        # The strided ones pad as TensorFlow does for even sizes: what is missing goes after the last pixel.
        over = operation.kernel_size[0] - operation.strides[0]
        before, after = over // 2, over - over // 2
        kernel, bias = _folded(operation)
        attributes = {"strides": list(operation.strides), "pads": [before, before, after, after]}
        parts = np.split(kernel, len(given), axis=1)
        # The last part is the one at hand; it brings the bias.
        result = ""
        for place, (part, own_kernel) in reversed(list(enumerate(zip(given, parts, strict=True)))):
            own = name if len(given) == 1 else f"{name}_{place}"
            terms = [part, graph.weight(f"{own}_kernel", own_kernel)]
            terms += [] if result else [graph.weight(f"{own}_bias", bias)]
            convolved = graph.add("Conv", terms, own, **attributes)
            result = graph.add("Add", [result, convolved], f"{own}_added") if result else convolved
    elif kind == "Conv2DTranspose":
        # Cells of 2x2 do not overlap: a convolution of 1x1 gives the four pixels of each as channels of their own.
        kernel, bias = operation.get_weights()
        pixels = kernel.transpose(2, 0, 1, 3).reshape(-1, kernel.shape[3])[..., None, None]
        weights = graph.weight(f"{name}_kernel", pixels), graph.weight(f"{name}_bias", np.repeat(bias, 4))
        result = graph.add("Conv", [*given, *weights], name)
    elif kind == "UpSampling2D":
        sizes = graph.constant(f"{name}_sizes", np.array([1, 1, 2, 2], np.float32))
        result = graph.add(
            "Resize",
            [*given, "", sizes],
            name,
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )
    elif kind == "BatchNormalization":
        # Folded into the convolution before it.
        result = given[0]
    else:
        result = graph.add({"ReLU": "Relu", "Add": "Add"}[kind], given, name)
    names[id(operation.output)] = result


def _folded(convolution: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return kernel, (out, in, rows, columns), and bias of a convolution and the batch normalisation after it."""
    kernel, *rest = convolution.get_weights()
    bias = rest[0] if rest else np.zeros(kernel.shape[-1], np.float32)
    following = [node.operation for node in convolution._outbound_nodes]
    if following and type(following[0]).__name__ == "BatchNormalization":
        gamma, beta, mean, variance = following[0].get_weights()
        factor = gamma / np.sqrt(variance + following[0].epsilon)
        kernel, bias = kernel * factor, (bias - mean) * factor + beta
    return kernel.transpose(3, 2, 0, 1), bias


def publish(store: Path, seed: int) -> None:
    """Write the averaged checkpoint of a training run as the shipped network, with its card.

    Parameters
    ----------
    store : Path
        The run's folder with its log.
    seed : int
        The run's random seed.
    """
    import keras

    from models.segmentation.network import build_network

    network = build_network()
    network.load_weights(store / "averaged.weights.h5")
    write_onnx(network, SEGMENTATION_FILE)
    log = [json.loads(line) for line in (store / "log.jsonl").read_text().splitlines()]
    last = log[-1]
    card = WeightsCard(
        name=SEGMENTATION_FILE.stem,
        sha256=hashlib.sha256(SEGMENTATION_FILE.read_bytes()).hexdigest(),
        network=(
            f"U-Net of {network.count_params():,} parameters: five levels of residual 3x3 convolutions, the first at "
            "half the resolution; batch normalisation folded, weights in half precision."
        ),
        keras=keras.__version__,
        input=(0, 0),
        outputs=(*PIXEL_LABELS, *(f"name {name}" for name in NAMES)),
        data=(
            "Patches of 256x256 pixels at 4.5 to 8 px/mm, drawn by sample_images.endless from simulated recordings and "
            "those of PTB-XL's folds 1 to 8. No real page, and no page of another generator."
        ),
        split="Trained on drawn patches; validated on patches drawn with the next random seed.",
        seed=seed,
        training={
            **{key: last[key] for key in ("step", "batch", "minutes", "shards")},
            "optimizer": "AdamW, cosine decay from 0.002, averaged weights",
        },
        figures={"validation_overlap": {label: last[label] for label in PIXEL_LABELS}},
        limits=(
            "Runs at 4.5 to 8 px/mm; the scale must be known within a third.",
            "Traces by hand, and paper that is darker than its traces outside monitor screens, were hardly drawn.",
        ),
    )
    SEGMENTATION_FILE.with_suffix(".json").write_text(
        json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
