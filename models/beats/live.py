"""The networks of beats that are shown live: how their files are named, loaded once a process, asked side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.beats import NETWORKS, PLAIN_KIND
from models.beats.classifier import BEAT_WEIGHTS, BeatClassifier, load_beats
from models.serving import once_per_process, shipped


def asked_as(task: str, kind: str) -> str:
    """Return what networks of a task are asked for by: ``six_published``, or ``five_patients-scalogram`` for a kind."""
    return task if kind == PLAIN_KIND else f"{task}-{kind}"


def file_name(network: str, task: str) -> str:
    """Return the name of a network's file and card, without their endings; the task as `asked_as` names it."""
    return f"{network}-{task}"


def shipped_for(task: str, folder: Path = BEAT_WEIGHTS) -> list[str]:
    """Return the networks that ship for a task, in the order of `NETWORKS`; no file is opened."""
    there = shipped(folder)
    return [name for name in NETWORKS if file_name(name, task) in there]


@once_per_process
def networks_of(task: str) -> dict[str, BeatClassifier]:
    """Load every network that ships for a task, once a process, by its name and in the order of `NETWORKS`.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or wrong.
    """
    return {name: load_beats(file_name(name, task)) for name in shipped_for(task)}


def asked(task: str, picture: np.ndarray, rhythm: np.ndarray | None) -> dict[str, np.ndarray]:
    """Return what each network of a task says of one picture, by its name.

    Parameters
    ----------
    task : str
    picture : ndarray, shape (128, 192), uint8
    rhythm : ndarray, shape (9,), float32, or None

    Returns
    -------
    dict of str to ndarray, shape (classes,), float32
    """
    around = None if rhythm is None else rhythm[None]
    return {name: network(picture[None], around)[0] for name, network in networks_of(task).items()}
