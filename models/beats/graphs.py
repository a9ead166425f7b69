"""The graphs of the beat networks that ship, as ``python -m models.write_graphs`` writes them.

A graph holds the layers alone: all networks of one name and number of classes share it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from models.beats.file_arrays import PROBABILITIES, graph_name
from models.beats.graph_layers import BEAT_LAYERS
from models.beats.recordings import AAMI, RHYTHM_FEATURES
from models.beats.registry import BEAT_NETWORKS
from models.beats.six_classes import SIX_CLASSES
from models.beats.training import build_for_task
from models.networks import write_graph

if TYPE_CHECKING:
    import keras

# Too large to ship.
WITHOUT_GRAPH = "beat_vgg16"


def beat_graphs() -> dict[str, bytes]:
    """Return the graph of every beat network that ships, for six classes and for five, by `graph_name`."""
    return {
        graph_name(name, classes_n): beat_graph(name, classes_n)
        for name in BEAT_NETWORKS
        if name != WITHOUT_GRAPH
        for classes_n in (len(SIX_CLASSES), len(AAMI))
    }


def beat_graph(name: str, classes_n: int) -> bytes:
    """Return the graph of one network for so many classes."""
    network = build_for_task(name, classes_n, len(RHYTHM_FEATURES))
    return write_graph({PROBABILITIES: network.output}, network, _names_in_file(network), BEAT_LAYERS)


def _names_in_file(network: keras.Model) -> dict[int, str]:
    """Return what Keras calls each variable of a network in its file, by the variable's ``id``.

    Keras numbers the layers of each class in the order of the network, whatever their names.
    """
    names: dict[int, str] = {}
    before = Counter[str]()
    for layer in network.layers:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])", "_", type(layer).__name__).lower()
        place = f"{kind}_{before[kind]}" if before[kind] else kind
        before[kind] += 1
        within = "cell/vars" if hasattr(layer, "cell") else "vars"
        names |= {id(variable): f"{place}/{within}/{at}" for at, variable in enumerate(layer.weights)}
    return names
