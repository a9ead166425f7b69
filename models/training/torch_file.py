"""Reads the weights in a legacy PyTorch file with NumPy, and runs nothing that the file names."""

from __future__ import annotations

import collections
import io
import pickle
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
# The file opens with three pickles: a magic number, a version, and the sizes of the writer's integers.
_OPENING = 3


def torch_weights(file: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a state dictionary by name, each with its own shape.

    Parameters
    ----------
    file : Path
        As ``torch.save`` wrote it before version 1.6: pickles, then the bytes of every storage.

    Raises
    ------
    pickle.UnpicklingError
        When the file names anything but tensors and dictionaries.
    """
    with file.open("rb") as stream:
        for _ in range(_OPENING):
            _Reader(stream).load()
        reader = _Reader(stream)
        described = reader.load()
        for key in _Reader(stream).load():
            size = int(np.frombuffer(stream.read(8), "<i8")[0])
            kind = reader.storages[key]
            reader.storages[key] = np.frombuffer(stream.read(size * kind.itemsize), kind)
    return {name: _array(reader.storages[part.key], part) for name, part in described.items()}


class _Tensor:
    """A tensor before its bytes are read: storage, offset, shape and strides, the last three in items."""

    def __init__(self, key: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any) -> None:
        self.key, self.offset, self.shape, self.strides = key, offset, shape, strides


def _array(storage: np.ndarray, part: _Tensor) -> np.ndarray:
    # Convolutions may be stored channels last: without the strides their weights would be shuffled.
    strides = [step * storage.itemsize for step in part.strides]
    return np.lib.stride_tricks.as_strided(storage[part.offset :], part.shape, strides).copy()


class _Reader(pickle.Unpickler):
    """An unpickler that knows tensors and dictionaries alone."""

    def __init__(self, stream: BinaryIO | io.BytesIO) -> None:
        super().__init__(stream)
        self.storages: dict[str, Any] = {}

    def persistent_load(self, pid: Any) -> str:
        _, kind, key, *_ = pid
        self.storages[key] = kind
        return str(key)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Tensor
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        raise pickle.UnpicklingError(f"the file names {module}.{name}, which is no tensor")
