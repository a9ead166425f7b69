"""The two small networks that read letters, in NumPy, with weights that `models.lettering.train_letters` wrote.

The prefilter sees a window at half its resolution and tells whether a name may stand there; the reader tells which. In
the weights file the prefilter's layers are ``glance_0`` and ``glance_1``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from preprocessing.budget import spend
from preprocessing.lettering.config import WINDOWS
from preprocessing.weights_file import load_weights

LETTER_WEIGHTS = Path(__file__).with_name("letters.npz")


@lru_cache(maxsize=1)
def _weights() -> dict[str, np.ndarray]:
    return load_weights(LETTER_WEIGHTS)


def half_resolution(windows: np.ndarray) -> np.ndarray:
    """Reduce windows to half their resolution and stretch them to full contrast.

    Parameters
    ----------
    windows : ndarray, shape (n, rows, columns), float in [0, 1]

    Returns
    -------
    ndarray, shape (n, rows / 2 * columns / 2), float32 in [0, 1]
    """
    n, rows, columns = windows.shape
    small = windows.reshape(n, rows // 2, 2, columns // 2, 2).mean(axis=(2, 4), dtype=np.float32)
    flat = small.reshape(n, rows // 2 * (columns // 2))
    return np.asarray(flat / np.maximum(flat.max(axis=1, keepdims=True), np.float32(WINDOWS.least_ink)))


def convolve(maps: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Convolve with zero padding, add the bias and clip at 0 (ReLU).

    Parameters
    ----------
    maps : ndarray, shape (channels, n, rows, columns), float32
        Channels come first: whole rows are copied and multiplied at once.
    kernel : ndarray, shape (height, width, channels, filters), float32, odd height and width
    bias : ndarray, shape (filters,), float32

    Returns
    -------
    ndarray, shape (filters, n, rows, columns), float32, not negative

    Examples
    --------
    >>> maps = np.arange(4, dtype=np.float32).reshape(1, 1, 2, 2)
    >>> convolve(maps, np.ones((3, 3, 1, 1), np.float32), np.float32([-1]))[0, 0].tolist()
    [[5.0, 5.0], [5.0, 5.0]]
    """
    height, width, channels, filters = kernel.shape
    _, n, rows, columns = maps.shape
    padded = np.zeros((channels, n, rows + height - 1, columns + width - 1), np.float32)
    padded[:, :, height // 2 : height // 2 + rows, width // 2 : width // 2 + columns] = maps
    patches = np.empty((height, width, channels, n, rows, columns), np.float32)
    for y in range(height):
        for x in range(width):
            patches[y, x] = padded[:, :, y : y + rows, x : x + columns]
    flat = kernel.reshape(-1, filters).T @ patches.reshape(-1, n * rows * columns)
    flat += bias[:, None]
    return np.asarray(np.maximum(flat, 0, out=flat)).reshape(filters, n, rows, columns)


def max_pool(maps: np.ndarray, columns: int = 2) -> np.ndarray:
    """Keep the greatest of every two rows and `columns` columns of maps, shape (channels, n, rows, columns).

    Examples
    --------
    >>> max_pool(np.arange(8).reshape(1, 1, 2, 4)).tolist()
    [[[[5, 7]]]]
    """
    maps = np.maximum(maps[:, :, 0::2], maps[:, :, 1::2])
    return maps if columns == 1 else np.maximum(maps[..., 0::2], maps[..., 1::2])


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn logits into probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def name_probabilities(windows: np.ndarray) -> np.ndarray:
    """Read windows.

    Parameters
    ----------
    windows : ndarray, shape (n, rows, columns), float32 in [0, 1]
        Of `preprocessing.lettering.glyph_windows.window`.

    Returns
    -------
    ndarray, shape (n, 1 + leads), float32
        The probability of no name, then of each of `preprocessing.lettering.lead_words.PRINTED_LEADS`.
    """
    w = _weights()
    parts = []
    for first in range(0, len(windows), WINDOWS.batch):
        spend()
        maps = windows[None, first : first + WINDOWS.batch]
        for layer in range(3):
            maps = convolve(maps, w[f"name_kernel_{layer}"], w[f"name_bias_{layer}"])
            if layer < 2:
                maps = max_pool(maps)
        flat = maps.transpose(1, 2, 3, 0).reshape(maps.shape[1], -1)
        dense = flat @ w["name_kernel_3"] + w["name_bias_3"]
        parts.append(softmax(np.maximum(dense, 0) @ w["name_kernel_4"] + w["name_bias_4"]))
    return np.concatenate(parts) if parts else np.zeros((0, w["name_bias_4"].size), np.float32)


def prefilter_logits(patches: np.ndarray) -> np.ndarray:
    """Score quickly how probable a lead's name is in each patch.

    Parameters
    ----------
    patches : ndarray, shape (n, pixels), float32 in [0, 1]
        Windows of `half_resolution`.

    Returns
    -------
    ndarray, shape (n,), float32
        Logits; above 0 a name is more probable than not.
    """
    w = _weights()
    hidden = np.maximum(patches @ w["glance_kernel_0"] + w["glance_bias_0"], 0)
    return np.asarray(hidden @ w["glance_kernel_1"][:, 0] + w["glance_bias_1"])
