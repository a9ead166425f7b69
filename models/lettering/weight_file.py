"""Weights of small networks as a file that NumPy reads without Keras."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras


def save(path: Path, *networks: keras.Model) -> None:
    """Write networks' weights in half precision: of a layer ``name_0`` under ``name_kernel_0`` and ``name_bias_0``."""
    found: dict[str, Any] = {}
    for network in networks:
        for layer in network.layers:
            for kind, values in zip(("kernel", "bias"), layer.get_weights(), strict=False):
                stem, nth = layer.name.rsplit("_", 1)
                found[f"{stem}_{kind}_{nth}"] = values.astype(np.float16)
    np.savez_compressed(path, **found)
