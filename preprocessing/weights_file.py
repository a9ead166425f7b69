"""Weights of the networks that read pages, each with a card whose hash the file must have to be loaded.

`models.serving.cards` does the same for the ``.keras`` files of the classifiers; this package may not import that one.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np


class WeightsFileError(RuntimeError):
    """A network's weights or their card are missing or not the ones that belong together; the install is damaged."""


@dataclass(frozen=True)
class WeightsCard:
    """What must be known of a trained network before it is used.

    Attributes
    ----------
    name : str
        That of the file, without its ending.
    sha256 : str
        Of the weights file, in hexadecimal digits.
    network : str
        Its layers.
    keras : str
        The version that trained it. Reading needs NumPy alone.
    input : tuple of int
        Rows and columns of what it reads.
    outputs : tuple of str
        What its outputs are the probabilities of, in order.
    data, split : str
        What it was trained on, and what was held out.
    seed : int
    training : dict
        Settings of the training run.
    figures : dict
        Each with its n and its interval.
    limits : tuple of str
    """

    name: str
    sha256: str
    network: str
    keras: str
    input: tuple[int, ...]
    outputs: tuple[str, ...]
    data: str
    split: str
    seed: int
    training: dict[str, Any]
    figures: dict[str, Any]
    limits: tuple[str, ...]


_KINDS: dict[str, type] = {
    "input": list,
    "outputs": list,
    "seed": int,
    "training": dict,
    "figures": dict,
    "limits": list,
}


def load_weights(path: Path) -> dict[str, np.ndarray]:
    """Return a network's weights by name, float32.

    Parameters
    ----------
    path : Path
        A ``.npz`` file with its card, a ``.json`` file of the same name, beside it.

    Raises
    ------
    WeightsFileError
        When the file or its card is missing, the card is incomplete or another file's, or the hash is wrong.
    """
    with np.load(io.BytesIO(checked_bytes(path)), allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def checked_bytes(path: Path) -> bytes:
    """Return the bytes of a weights file of any format, which has its card beside it.

    Raises
    ------
    WeightsFileError
        As `load_weights`.
    """
    card = read_card(path)
    data = _bytes_of(path)
    found = hashlib.sha256(data).hexdigest()
    if found != card.sha256:
        raise WeightsFileError(
            f"{path.name} has the sha256 {found}, but its card gives {card.sha256}; install ecgviz again"
        )
    return data


def read_card(path: Path) -> WeightsCard:
    """Return the card of a weights file, which is not opened.

    Raises
    ------
    WeightsFileError
        When there is none, or it is incomplete or another file's.
    """
    card_file = path.with_suffix(".json")
    try:
        values = json.loads(_bytes_of(card_file))
    except ValueError as error:
        raise WeightsFileError(f"{card_file.name} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise WeightsFileError(f"{card_file.name} must hold one JSON object")
    keys = [field.name for field in fields(WeightsCard)]
    if missing := [key for key in keys if key not in values]:
        raise WeightsFileError(f"{card_file.name} lacks {', '.join(missing)}")
    for key in keys:
        kind = _KINDS.get(key, str)
        if type(values[key]) is not kind:
            raise WeightsFileError(f"{card_file.name} must give {key} as {kind.__name__}, not {values[key]!r}")
    if values["name"] != path.stem:
        raise WeightsFileError(f"{card_file.name} is the card of {values['name']!r}, not of {path.stem!r}")
    lists = {key: tuple(values[key]) for key, kind in _KINDS.items() if kind is list}
    return WeightsCard(**{key: values[key] for key in keys} | lists)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsFileError(f"{path.name} is missing from {path.parent}; install ecgviz again") from error
