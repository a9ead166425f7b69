"""A network's layers as a table, read from the network itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from models.explaining.layer_activations import MEMBER
from models.networks import NETWORKS, build, members_of
from models.serving import predictor

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class LayerRow:
    """One layer: its name and kind, the shape that it gives on for one report or lead, and how much it learns."""

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int


@cache
def table_of(name: str) -> tuple[LayerRow, ...]:
    """Return the layers of a network by name: of a member of one that ships, or of one that is built untrained."""
    if name in NETWORKS:
        return member_table(predictor.networks().by_name[name].network)
    return layer_table(build(name))


def layer_table(network: keras.Model) -> tuple[LayerRow, ...]:
    """Return the layers of a network, from its input on."""
    return tuple(
        LayerRow(layer.name, type(layer).__name__, _shape(layer), layer.count_params()) for layer in network.layers
    )


def member_table(network: keras.Model) -> tuple[LayerRow, ...]:
    """Return the layers of one member of a committee, as `Classifier.network` holds it."""

    return layer_table(members_of(network)[MEMBER])


def _shape(layer: keras.Layer) -> tuple[int, ...]:
    # The first number is how many reports go in together, which is left open.
    return tuple(layer.output.shape[1:])
