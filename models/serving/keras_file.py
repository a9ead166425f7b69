"""The arrays of an ensemble's members out of a Keras file, without Keras."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import h5py
import numpy as np

from models.serving.cards import ModelFileError

_WEIGHTS, _LAYERS, _VALUES = "model.weights.h5", "layers", "vars"


def member_arrays(file: Path) -> list[dict[str, np.ndarray]]:
    """Return the arrays of each member by Keras' own path within the member, such as ``dense_1/vars/0``.

    Raises
    ------
    ModelFileError
        When the file is no Keras file, or holds a single network.
    """
    try:
        with zipfile.ZipFile(file) as archive, h5py.File(io.BytesIO(archive.read(_WEIGHTS))) as stored:
            layers = stored[_LAYERS]
            members = [
                _arrays(layers[name][_LAYERS]) for name in sorted(layers, key=_number) if _LAYERS in layers[name]
            ]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelFileError(f"{file.name} could not be loaded: {error}") from error
    if not members:
        raise ModelFileError(f"{file.name} holds a single network, where an ensemble of members is expected")
    return members


def _number(name: str) -> tuple[str, int]:
    """Return what Keras' numbered names sort by: functional, functional_1, ..., functional_10."""
    stem, _, digits = name.rpartition("_")
    return (stem, int(digits)) if digits.isdigit() else (name, 0)


def _arrays(group: h5py.Group) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}

    def keep(path: str, stored: h5py.HLObject) -> None:
        if isinstance(stored, h5py.Dataset) and stored.dtype == np.float32:
            found[path] = stored[()]

    group.visititems(keep)
    return found
