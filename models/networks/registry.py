"""The networks over reports by name, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.networks.paper import PaperConfig, paper_cnn, paper_cnn_lstm
from models.networks.picture_heads import PictureConfig, cnn, cnn_lstm
from models.networks.traces import LeadConfig, trace_cnn, trace_cnn_lstm

if TYPE_CHECKING:
    import keras

PAPER_NETWORKS = ("paper_cnn", "paper_cnn_lstm")
PICTURE_NETWORKS = ("cnn", "cnn_lstm")
TRACE_NETWORKS = ("trace_cnn", "trace_cnn_lstm")
# Ours, over both roads.
OWN_NETWORKS = (*PICTURE_NETWORKS, *TRACE_NETWORKS)
ENSEMBLE = "ensemble"
# A member of the ensemble beside these, over the backbone alone; no network of its own, and never shown.
LINEAR_HEAD = "linear_head"
MEMBERS = (*OWN_NETWORKS, LINEAR_HEAD)
# The models that predict, in the order in which they are shown; `shipped` names those with trained weights.
MODEL_KEYS = (*PAPER_NETWORKS, *OWN_NETWORKS, ENSEMBLE)

_NETWORKS: dict[str, Callable[[Any], keras.Model]] = {
    "cnn": cnn,
    "cnn_lstm": cnn_lstm,
    "trace_cnn": trace_cnn,
    "trace_cnn_lstm": trace_cnn_lstm,
    "paper_cnn": paper_cnn,
    "paper_cnn_lstm": paper_cnn_lstm,
}


def names() -> tuple[str, ...]:
    """Return the networks that can be built; `shipped` names those with trained weights."""
    return tuple(_NETWORKS)


def build(name: str, config: LeadConfig | PictureConfig | PaperConfig | None = None) -> keras.Model:
    """Build an untrained network by name, of its usual sizes or of a config of its kind.

    Raises
    ------
    KeyError
        When there is no network of that name.
    """
    if name not in _NETWORKS:
        raise KeyError(f"no network is called {name!r}; there are {', '.join(names())}")
    return _NETWORKS[name](config)
