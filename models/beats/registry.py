"""Every network for single beats by name, with the figure that its authors report."""

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
    beat_vgg_distilled,
    beat_vgg_slim,
)

if TYPE_CHECKING:
    import keras

# A beat drawn as its trace; the other kinds are spectra, which `tasks` lists and this module must not load.
TRACE_KIND = "trace"


@dataclass(frozen=True)
class BeatNetwork:
    """A network and the figure that its authors report.

    Attributes
    ----------
    build : callable
        From a number of classes to the untrained network.
    shape : tuple of int
        Rows, columns and channels of its input picture.
    reported : str
        The reported figure, with its metric where the authors name one; empty where nothing is reported.
    classes : int
        How many classes the reported figure is about.
    """

    build: Callable[[int], keras.Model]
    shape: tuple[int, int, int]
    reported: str
    classes: int


# Our own network over pictures, and ours over beats in the context of their recording, which takes no picture.
BEAT_NET, CONTEXT_NET = "beat_net", "beat_context"
SMALL_SHAPE, LARGE_SHAPE, BEAT_NET_SHAPE = (64, 64, 3), (128, 128, 3), (64, 96, 1)
BEAT_NETWORKS: dict[str, BeatNetwork] = {
    "beat_cnn_64": BeatNetwork(beat_cnn_64, SMALL_SHAPE, "accuracy 96%", 6),
    "beat_cnn_wide": BeatNetwork(beat_cnn_wide, SMALL_SHAPE, "accuracy 99.2%", 6),
    "beat_deep_cnn": BeatNetwork(beat_deep_cnn, LARGE_SHAPE, "macro-F1 91.3%", 6),
    "beat_shallow_cnn": BeatNetwork(beat_shallow_cnn, LARGE_SHAPE, "67%", 6),
    "beat_cnn_lstm": BeatNetwork(beat_cnn_lstm, LARGE_SHAPE, "80%", 6),
    "beat_cnn_gru_attention": BeatNetwork(beat_cnn_gru_attention, LARGE_SHAPE, "60%", 6),
    "beat_vgg16": BeatNetwork(beat_vgg16, LARGE_SHAPE, "accuracy 97.57%", 5),
    "beat_vgg_distilled": BeatNetwork(beat_vgg_distilled, LARGE_SHAPE, "", 5),
    "beat_vgg_slim": BeatNetwork(beat_vgg_slim, LARGE_SHAPE, "", 5),
    BEAT_NET: BeatNetwork(beat_net, BEAT_NET_SHAPE, "", 6),
}


def build(name: str, classes: int) -> keras.Model:
    """Build an untrained network by name, for so many classes.

    Raises
    ------
    KeyError
        When there is no network of that name.
    """
    if name not in BEAT_NETWORKS:
        raise KeyError(f"no beat network is called {name!r}; there are {', '.join(BEAT_NETWORKS)}")
    return BEAT_NETWORKS[name].build(classes)
