"""The small networks that read letters, in plain NumPy, with weights that `models.lettering.train_letters` wrote."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from preprocessing.lettering.glyph_windows import LEAST_INK

LETTER_WEIGHTS = Path(__file__).with_name("letters.npz")
# So many windows at a time fit the processor's cache.
BATCH = 32


@lru_cache(maxsize=1)
def weights() -> dict[str, np.ndarray]:
    """Return the weights by name, float32."""
    with np.load(LETTER_WEIGHTS, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def halved(windows: np.ndarray) -> np.ndarray:
    """Return windows, shape (n, rows, columns), in [0, 1], at half their resolution and full contrast, as flat rows."""
    n, rows, columns = windows.shape
    small = windows.reshape(n, rows // 2, 2, columns // 2, 2).mean(axis=(2, 4), dtype=np.float32)
    flat = small.reshape(n, rows // 2 * (columns // 2))
    return flat / np.maximum(flat.max(axis=1, keepdims=True), np.float32(LEAST_INK))


def convolve(maps: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Convolve with zeros beyond the edges and clip at 0.

    Parameters
    ----------
    maps : ndarray, shape (channels, n, rows, columns), float32
        Channels come first, so that whole rows are copied and multiplied at once.
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
    return np.maximum(flat, 0, out=flat).reshape(filters, n, rows, columns)


def shrink(maps: np.ndarray, columns: int = 2) -> np.ndarray:
    """Keep the greatest of each two rows and `columns` columns of maps, shape (channels, n, rows, columns)."""
    maps = np.maximum(maps[:, :, 0::2], maps[:, :, 1::2])
    return maps if columns == 1 else np.maximum(maps[..., 0::2], maps[..., 1::2])


def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn scores into probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def name_probabilities(windows: np.ndarray) -> np.ndarray:
    """Read windows.

    Parameters
    ----------
    windows : ndarray, shape (n, rows, columns), float32 in [0, 1]
        Of `preprocessing.lettering.glyph_windows.window`.

    Returns
    -------
    ndarray, shape (n, 1 + leads), float32
        The probability of no name, then of each of `preprocessing.lettering.lead_words.LEADS`.
    """
    w = weights()
    parts = []
    for first in range(0, len(windows), BATCH):
        maps = windows[None, first : first + BATCH]
        for layer in range(3):
            maps = convolve(maps, w[f"name_kernel_{layer}"], w[f"name_bias_{layer}"])
            if layer < 2:
                maps = shrink(maps)
        flat = maps.transpose(1, 2, 3, 0).reshape(maps.shape[1], -1)
        dense = flat @ w["name_kernel_3"] + w["name_bias_3"]
        parts.append(softmax(np.maximum(dense, 0) @ w["name_kernel_4"] + w["name_bias_4"]))
    return np.concatenate(parts) if parts else np.zeros((0, w["name_bias_4"].size), np.float32)


def glance(patches: np.ndarray) -> np.ndarray:
    """Say quickly how likely each patch shows a lead's name.

    Parameters
    ----------
    patches : ndarray, shape (n, pixels), float32 in [0, 1]
        Halved windows, row after row.

    Returns
    -------
    ndarray, shape (n,), float32
        A score; above 0 rather than not.
    """
    w = weights()
    hidden = np.maximum(patches @ w["glance_kernel_0"] + w["glance_bias_0"], 0)
    scores: np.ndarray = hidden @ w["glance_kernel_1"][:, 0] + w["glance_bias_1"]
    return scores
