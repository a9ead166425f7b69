"""Write the graphs of the networks that ship, which ONNX Runtime runs: ``python -m models.write_graphs``.

Only after the layers of a network were changed: graphs hold no weights. Ten seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from models.beats import beat_graphs
from models.networks import (
    DIRECTIONS,
    OWN_NETWORKS,
    PAPER_NETWORKS,
    PICTURE_SHAPE,
    Whitening,
    backbone,
    build,
    member_ensemble,
    statistics,
    with_distance,
    write_graph,
)
from models.serving import BACKBONE, GRAPHS_CARD, GRAPHS_FOLDER, member_arrays

if TYPE_CHECKING:
    import keras


def own_graph(name: str) -> bytes:
    """Return the graph of one member of a network of ours, with its distance."""
    plain = build(name)
    pooled = statistics(plain)
    shapes = pooled.shape[-1], plain.output["features"].shape[-1]
    whitenings = [Whitening(np.zeros((size, DIRECTIONS)), np.zeros(DIRECTIONS)) for size in shapes]
    member = with_distance(plain, pooled, *whitenings)
    return write_graph(member.output, member, names_in_file(member))


def names_in_file(member: keras.Model) -> dict[int, str]:
    """Return what Keras calls each variable of a member in its file, by the variable's ``id``."""
    random = np.random.default_rng(0)
    for variable in member.weights:
        if variable.dtype == "float32":
            variable.assign(random.normal(size=variable.shape))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ensemble.keras"
        member_ensemble(member.name, [member]).save(file)
        (arrays,) = member_arrays(file)
    known = {values.tobytes(): name for name, values in arrays.items()}
    return {id(one): known[one.numpy().tobytes()] for one in member.weights if one.dtype == "float32"}


def paper_graph(name: str) -> bytes:
    """Return the graph of one of the article's networks, with the features before its last layer."""
    network = build(name)
    outputs = {"probabilities": network.output, "features": network.layers[-2].output}
    return write_graph(outputs, network, {id(one): str(at) for at, one in enumerate(network.weights)})


def backbone_graph() -> bytes:
    """Return the graph of the backbone of the networks over pictures."""
    network = backbone(PICTURE_SHAPE)
    names = {
        id(getattr(layer, part)): f"{layer.name}/{part}"
        for layer in network.layers
        if layer.weights
        for part in ("kernel", "bias")
    }
    return write_graph(network.output, network, names)


def main() -> None:
    """Write every graph and their hashes."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    GRAPHS_FOLDER.mkdir(exist_ok=True)
    graphs = {BACKBONE: backbone_graph()}
    graphs |= {name: own_graph(name) for name in OWN_NETWORKS} | {name: paper_graph(name) for name in PAPER_NETWORKS}
    graphs |= beat_graphs()
    for name, graph in graphs.items():
        (GRAPHS_FOLDER / f"{name}.onnx").write_bytes(graph)
    hashes = {name: hashlib.sha256(graph).hexdigest() for name, graph in graphs.items()}
    (GRAPHS_FOLDER / GRAPHS_CARD).write_text(json.dumps({"sha256": hashes}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
