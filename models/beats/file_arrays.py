"""The arrays of a beat network out of its Keras file, without Keras, for its graph."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import h5py
import numpy as np

from models.serving import ModelFileError

# The output of a graph.
PROBABILITIES = "probabilities"
_WEIGHTS, _LAYERS, _SCALE = "model.weights.h5", "layers", "2"


def graph_name(network: str, classes_n: int) -> str:
    """Return the name of a network's graph.

    Examples
    --------
    >>> graph_name("beat_cnn_64", 6)
    'beat_cnn_64-6'
    """
    return f"{network}-{classes_n}"


def file_arrays(file: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a single network by Keras' own path within its file, such as ``dense_1/vars/0``, float32.

    Raises
    ------
    ModelFileError
        When the file is no Keras file.
    """
    found: dict[str, np.ndarray] = {}

    def keep(path: str, stored: h5py.HLObject) -> None:
        if isinstance(stored, h5py.Dataset):
            found[path] = stored[()]

    try:
        with zipfile.ZipFile(file) as archive, h5py.File(io.BytesIO(archive.read(_WEIGHTS))) as stored:
            stored[_LAYERS].visititems(keep)
        # Keras stores the kernel of a quantised layer as integers, to be divided by the scale of each output.
        for path in [path for path, values in found.items() if values.dtype == np.int8]:
            found[path] = found[path] / found.pop(f"{path.rpartition('/')[0]}/{_SCALE}")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelFileError(f"{file.name} could not be loaded: {error}") from error
    # Others are the states of random numbers in training.
    return {path: values for path, values in found.items() if values.dtype == np.float32}
