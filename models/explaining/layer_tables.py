"""A network's layers as a table, read from the network itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.explaining.layer_activations import MEMBER
from models.networks import TRACE_NETWORKS, build, members_of
from models.serving import predictor

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class LayerRow:
    """One layer: name, kind, output shape for one report or lead, and number of parameters."""

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int


@cache
def table_of(name: str) -> tuple[LayerRow, ...]:
    """Return the layers of a network by name: of one member where trained weights ship, else of an untrained one."""
    if name in TRACE_NETWORKS:
        return member_table(predictor.networks().by_name[name].network)
    return layer_table(build(name))


def layer_table(network: keras.Model) -> tuple[LayerRow, ...]:
    """Return the layers of a network, from its input on."""
    return tuple(
        LayerRow(layer.name, type(layer).__name__, _shape(layer), layer.count_params()) for layer in network.layers
    )


def member_table(network: keras.Model) -> tuple[LayerRow, ...]:
    """Return the layers of one member of an ensemble, as `Classifier.network` holds it."""
    return layer_table(members_of(network)[MEMBER])


def _shape(layer: keras.Layer) -> tuple[int, ...]:
    # Without the batch.
    return tuple(layer.output.shape[1:])
