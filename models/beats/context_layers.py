"""The layers of the network on beats in context, out of its Keras file: a few small products, without any runtime."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from models.beats.context_calibration import FLOOR
from models.beats.file_arrays import file_arrays
from models.serving import ModelFileError, member_arrays

_CONFIG, _MEMBER, _SPREAD = "config.json", "Functional", "Normalization"
# What Keras divides by at least.
_LEAST_SPREAD = 1e-7
Dense = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class ContextMember:
    """One member: its features' mean and spread, and its dense layers, the last under a softmax."""

    mean: np.ndarray
    spread: np.ndarray
    dense: tuple[Dense, ...]

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities, shape (n, classes)."""
        x = (features - self.mean) / self.spread
        for kernel, bias in self.dense[:-1]:
            x = np.maximum(x @ kernel + bias, 0)
        kernel, bias = self.dense[-1]
        return np.asarray(scipy.special.softmax(x @ kernel + bias, axis=1))


@dataclass(frozen=True)
class ContextLayers:
    """The mean of the members, calibrated."""

    members: tuple[ContextMember, ...]
    calibration: Dense

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities, shape (n, classes), float32, of features, shape (n, features)."""
        mean = np.mean([member(features) for member in self.members], axis=0)
        kernel, bias = self.calibration
        return np.asarray(scipy.special.softmax(np.log(mean + FLOOR) @ kernel + bias, axis=1), np.float32)


def context_layers(file: Path, sizes: tuple[int, ...]) -> ContextLayers:
    """Read the layers out of a file whose card and hash were checked.

    Parameters
    ----------
    file : Path
    sizes : tuple of int
        Number of features, and of classes.

    Raises
    ------
    ModelFileError
        When the file is no Keras file, or holds another network.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            layers = json.loads(archive.read(_CONFIG))["config"]["layers"]
        spreads = [_spread(layer["config"]["layers"]) for layer in layers if layer["class_name"] == _MEMBER]
        members = [
            ContextMember(*spread, _dense(arrays)) for spread, arrays in zip(spreads, member_arrays(file), strict=True)
        ]
        (calibration,) = _dense({path: own for path, own in file_arrays(file).items() if path.startswith("dense")})
    except (OSError, KeyError, ValueError, StopIteration, zipfile.BadZipFile) as error:
        raise ModelFileError(f"{file.name} could not be loaded: {error}") from error
    for member in members:
        found = len(member.mean), len(member.dense[-1][1])
        if found != sizes:
            raise ModelFileError(f"{file.name} has the sizes {found}, where its card has {sizes}")
    return ContextLayers(tuple(members), calibration)


def _spread(layers: Sequence[dict[str, Any]]) -> Dense:
    config = next(layer["config"] for layer in layers if layer["class_name"] == _SPREAD)
    mean, variance = (np.asarray(config[key], np.float32).reshape(-1) for key in ("mean", "variance"))
    return mean, np.maximum(np.sqrt(variance), _LEAST_SPREAD)


def _dense(arrays: dict[str, np.ndarray]) -> tuple[Dense, ...]:
    """Return kernel and bias of each dense layer, in the order of Keras: dense, dense_1, dense_2."""
    names = sorted({path.split("/")[0] for path in arrays}, key=lambda name: (len(name), name))
    return tuple((arrays[f"{name}/vars/0"], arrays[f"{name}/vars/1"]) for name in names)
