"""The two small networks that read a line of print, in NumPy: one speed and gain, the other printed measurements.

`models.lettering.train_lines` and `models.lettering.train_block` wrote their weights. They have the same layers; the
second knows all letters, and reads speed and gain less well (``preprocessing/LOG.md``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from preprocessing.lettering.letter_network import convolve, max_pool, softmax
from preprocessing.weights_file import load_weights

LINE_WEIGHTS = Path(__file__).with_name("lines.npz")
BLOCK_WEIGHTS = Path(__file__).with_name("block.npz")


@lru_cache(maxsize=1)
def _weights() -> dict[str, np.ndarray]:
    return load_weights(LINE_WEIGHTS)


@lru_cache(maxsize=1)
def _block_weights() -> dict[str, np.ndarray]:
    return load_weights(BLOCK_WEIGHTS)


def line_probabilities(line: np.ndarray) -> np.ndarray:
    """Read a line.

    Parameters
    ----------
    line : ndarray, shape (rows, columns), float32 in [0, 1]
        Of `preprocessing.lettering.glyph_windows.line_window`.

    Returns
    -------
    ndarray, shape (columns / 2, 1 + characters), float32
        Along the line, the probability of the blank and of each of `preprocessing.lettering.printed_line.CHARACTERS`.
    """
    return _probabilities(line, _weights())


def block_probabilities(line: np.ndarray) -> np.ndarray:
    """Read a line of printed measurements, among `preprocessing.lettering.printed_line.BLOCK_CHARACTERS`."""
    return _probabilities(line, _block_weights())


def _probabilities(line: np.ndarray, w: dict[str, np.ndarray]) -> np.ndarray:
    maps = line[None, None]
    for layer in range(3):
        maps = convolve(maps, w[f"line_kernel_{layer}"], w[f"line_bias_{layer}"])
        if layer < 2:
            maps = max_pool(maps, columns=2 if layer == 0 else 1)
    # From (channels, 1, rows, columns) to columns, each with its rows' channels.
    columns = maps[:, 0].transpose(2, 1, 0).reshape(1, 1, maps.shape[3], -1).transpose(3, 0, 1, 2)
    kernel = w["line_kernel_3"][None]
    hidden = convolve(columns, kernel, w["line_bias_3"])[:, 0, 0].T
    return softmax(hidden @ w["line_kernel_4"][0] + w["line_bias_4"])
