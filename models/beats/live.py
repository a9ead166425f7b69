"""The beat networks that the app runs: how their files are named, loaded once a process, and all run on one beat."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.context_live import ContextCard, context_network
from models.beats.live_network import LiveBeatNetwork
from models.beats.registry import BEAT_NETWORKS, CONTEXT_NET, TRACE_KIND
from models.serving import checked_card, once_per_process, shipped

# The task that a beat is first shown with, and that a picture of a beat has alone.
FIRST_TASK = "six_published"
# The task whose classes the network on beats in context predicts.
CONTEXT_TASK = "five_patients"


def task_key(task: str, kind: str) -> str:
    """Return the name of a task with the kind of its pictures.

    Examples
    --------
    >>> task_key("five_patients", TRACE_KIND), task_key("five_patients", "scalogram")
    ('five_patients', 'five_patients-scalogram')
    """
    return task if kind == TRACE_KIND else f"{task}-{kind}"


def file_stem(network: str, key: str) -> str:
    """Return the name of a network's file and card, without their endings; `key` as `task_key` gives it."""
    return f"{network}-{key}"


def shipped_networks(key: str, folder: Path = BEAT_WEIGHTS_FOLDER) -> list[str]:
    """Return the networks that ship for a task, in the order of `BEAT_NETWORKS`; no file is opened."""
    there = shipped(folder)
    return [name for name in BEAT_NETWORKS if file_stem(name, key) in there]


@once_per_process
def networks_for(key: str) -> dict[str, LiveBeatNetwork]:
    """Load every network that ships for a task, once a process, by name and in the order of `BEAT_NETWORKS`.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or wrong.
    """
    return {name: LiveBeatNetwork(file_stem(name, key)) for name in shipped_networks(key)}


@once_per_process
def context_card() -> ContextCard:
    """Return the card of the network on beats in context, checked; the network itself is not loaded.

    Raises
    ------
    ModelFileError
        When its file or the card is missing or wrong.
    """
    return checked_card(CONTEXT_NET, BEAT_WEIGHTS_FOLDER, ContextCard)[1]


def predicted_by_each(
    key: str, picture: np.ndarray, rhythm: np.ndarray | None, context: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """Return the probabilities that each network of a task predicts for one beat, by name.

    Parameters
    ----------
    key : str
        As `task_key` gives it.
    picture : ndarray, shape (128, 192), uint8
    rhythm : ndarray, shape (9,), float32, or None
    context : ndarray, shape (46,), float32, or None
        As `beat_in_context` gives it; without it the network that takes it does not predict.

    Returns
    -------
    dict of str to ndarray, shape (classes,), float32
    """
    batch = None if rhythm is None else rhythm[None]
    found = {name: network(picture[None], batch)[0] for name, network in networks_for(key).items()}
    if key == CONTEXT_TASK and context is not None and CONTEXT_NET in shipped(BEAT_WEIGHTS_FOLDER):
        found[CONTEXT_NET] = context_network()(context[None])[0]
    return found
