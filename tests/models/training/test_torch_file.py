"""A legacy PyTorch file is read without PyTorch: strides count, and a file that names anything else is refused."""

import collections
import os
import pickle
import sys
import types

import numpy as np
import pytest

from models.training import torch_weights


class FloatStorage:
    """Stands for PyTorch's class of this name."""


def _rebuild_tensor_v2(*_):
    """Stand for PyTorch's function of this name."""


class Writer(pickle.Pickler):
    """Writes storages as persistent identifiers, as PyTorch does."""

    def persistent_id(self, found):
        return ("storage", FloatStorage, found.key, "cpu", found.size, None) if isinstance(found, Storage) else None


class Storage:
    def __init__(self, key, size):
        self.key, self.size = key, size


class Tensor:
    def __init__(self, storage, offset, shape, strides):
        self.parts = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.parts


@pytest.fixture
def torch_file(tmp_path, monkeypatch):
    """Write one tensor of six values, as 2 x 3 with given strides."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    torch.FloatStorage, utils._rebuild_tensor_v2 = FloatStorage, _rebuild_tensor_v2
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    monkeypatch.setattr(FloatStorage, "__module__", "torch")
    monkeypatch.setattr(_rebuild_tensor_v2, "__module__", "torch._utils")

    def write(strides=(3, 1), state=None):
        file = tmp_path / "weights.pth"
        with file.open("wb") as stream:
            for opening in (119547037146038801333356, 1001, {"little_endian": True}):
                pickle.dump(opening, stream, protocol=2)
            tensor = Tensor(Storage("7", 6), 0, (2, 3), strides)
            Writer(stream, protocol=2).dump(state or collections.OrderedDict(weight=tensor))
            pickle.dump(["7"], stream, protocol=2)
            stream.write(np.int64(6).tobytes() + np.arange(6, dtype="<f4").tobytes())
        return file

    return write


def test_a_tensor_is_read_with_its_shape(torch_file):
    np.testing.assert_array_equal(torch_weights(torch_file())["weight"], [[0, 1, 2], [3, 4, 5]])


def test_strides_are_kept(torch_file):
    np.testing.assert_array_equal(torch_weights(torch_file((1, 2)))["weight"], [[0, 2, 4], [1, 3, 5]])


def test_a_file_that_names_code_is_refused(torch_file):
    class Code:
        def __reduce__(self):
            return os.getcwd, ()

    with pytest.raises(pickle.UnpicklingError, match="no tensor"):
        torch_weights(torch_file(state={"weight": Code()}))
