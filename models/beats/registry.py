"""Networks for pictures of single beats: the field's by name with what is claimed for each, and our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.beats.beat_net import beat_net
from models.beats.networks import (
    beat_cnn_64,
    beat_cnn_gru_attention,
    beat_cnn_lstm,
    beat_cnn_wide,
    beat_deep_cnn,
    beat_shallow_cnn,
    beat_vgg16,
    beat_vgg_slim,
)

if TYPE_CHECKING:
    import keras

# The kind of picture that a trace is: asked about on every page, so not where pictures are drawn and spectra computed.
PLAIN_KIND = "picture"


@dataclass(frozen=True)
class BeatNetwork:
    """One network and what its authors say of it.

    Attributes
    ----------
    build : callable
        From a number of classes to the untrained network.
    shape : tuple of int
        Rows, columns and channels of the picture that it takes.
    claimed : str
        The figure and, where its authors say so, what it is of; empty where nobody claims anything.
    classes : int
        How many classes the claim is about.
    """

    build: Callable[[int], keras.Model]
    shape: tuple[int, int, int]
    claimed: str
    classes: int


OURS = "beat_net"
SMALL, LARGE, OWN = (64, 64, 3), (128, 128, 3), (64, 96, 1)
NETWORKS: dict[str, BeatNetwork] = {
    "beat_cnn_64": BeatNetwork(beat_cnn_64, SMALL, "accuracy 96%", 6),
    "beat_cnn_wide": BeatNetwork(beat_cnn_wide, SMALL, "accuracy 99.2%", 6),
    "beat_deep_cnn": BeatNetwork(beat_deep_cnn, LARGE, "macro-F1 91.3%", 6),
    "beat_shallow_cnn": BeatNetwork(beat_shallow_cnn, LARGE, "67%", 6),
    "beat_cnn_lstm": BeatNetwork(beat_cnn_lstm, LARGE, "80%", 6),
    "beat_cnn_gru_attention": BeatNetwork(beat_cnn_gru_attention, LARGE, "60%", 6),
    "beat_vgg16": BeatNetwork(beat_vgg16, LARGE, "accuracy 97.57%", 5),
    "beat_vgg_slim": BeatNetwork(beat_vgg_slim, LARGE, "", 5),
    OURS: BeatNetwork(beat_net, OWN, "", 6),
}


def build(name: str, classes: int) -> keras.Model:
    """Build an untrained network by name, for so many classes.

    Raises
    ------
    KeyError
        When there is no network of that name.
    """
    if name not in NETWORKS:
        raise KeyError(f"no network of beats is called {name!r}; there are {', '.join(NETWORKS)}")
    return NETWORKS[name].build(classes)
