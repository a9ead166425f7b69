"""The networks of beats that are shown live, loaded once a process and asked side by side."""

from __future__ import annotations

from functools import cache
from threading import Lock

import numpy as np

from models.beats import NETWORKS
from models.beats.classifier import BeatClassifier, load_beats, shipped_beats

_LOADING = Lock()


def networks_of(task: str) -> dict[str, BeatClassifier]:
    """Load every network that ships for a task, once a process, by its name and in the order of `NETWORKS`.

    The task is named as the files are: ``six_published``, or ``five_patients-scalogram`` for other kinds of pictures.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or wrong.
    """
    with _LOADING:
        return _loaded(task)


def asked(task: str, picture: np.ndarray, rhythm: np.ndarray | None) -> dict[str, np.ndarray]:
    """Return what each network of a task says of one picture, by its name.

    Parameters
    ----------
    task : str
    picture : ndarray, shape (128, 192), uint8
    rhythm : ndarray, shape (5,), float32, or None

    Returns
    -------
    dict of str to ndarray, shape (classes,), float32
    """
    around = None if rhythm is None else rhythm[None]
    return {name: network(picture[None], around)[0] for name, network in networks_of(task).items()}


@cache
def _loaded(task: str) -> dict[str, BeatClassifier]:
    there = set(shipped_beats())
    return {name: load_beats(f"{name}-{task}") for name in NETWORKS if f"{name}-{task}" in there}
