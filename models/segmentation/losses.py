"""What the segmentation network is trained on, and what is reported of it: losses and overlaps of pixels and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

# Traces, pulses and dividers are thin and decide the reading; grid and print are many pixels. With weights of 2 for
# pulses and dividers, and the overlap of the traces alone, neither was found after 1,000 steps (overlap 0.02 and 0.03).
PIXEL_WEIGHTS = (4.0, 1.0, 3.0, 10.0, 10.0, 1.0)
OVERLAP_WEIGHTS = (0.2, 0.0, 0.1, 0.1, 0.1, 0.0)
NAMES_WEIGHT, NAME_PIXEL = 2.0, 10.0
# Patches that are predicted at once.
AT_ONCE = 16


def pixel_loss(true: Any, logits: Any) -> Any:
    """Cross-entropy of the coverage, 0 to 255, plus the overlap (Dice) over the batch, each label with its weights."""
    from keras import ops

    true, logits = ops.cast(true, "float32") / 255, ops.cast(logits, "float32")
    each = ops.relu(logits) - logits * true + ops.softplus(-ops.abs(logits))
    found = ops.sigmoid(logits)
    both, squares = (ops.sum(pixels, axis=(0, 1, 2)) for pixels in (true * found, true * true + found * found))
    overlap = (2 * both + 1) / (squares + 1)
    weights = ops.convert_to_tensor(OVERLAP_WEIGHTS)
    return ops.mean(each * ops.convert_to_tensor(PIXEL_WEIGHTS)) + ops.sum(weights * (1 - overlap))


def name_loss(true: Any, logits: Any) -> Any:
    """Cross-entropy of the heat maps, 0 to 255, in which the few pixels of names count more."""
    from keras import ops

    true, logits = ops.cast(true, "float32") / 255, ops.cast(logits, "float32")
    each = ops.relu(logits) - logits * true + ops.softplus(-ops.abs(logits))
    return NAMES_WEIGHT * ops.mean(each * (1 + NAME_PIXEL * true))


def validation_figures(network: keras.Model, patches: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """Return the overlap (Dice) of each label over held-out patches, as soft coverage.

    Parameters
    ----------
    network : keras.Model
    patches : tuple of ndarray
        RGB, shape (n, rows, columns, 3), and coverage, shape (n, rows, columns, 6), both uint8.
    """
    from preprocessing.page import PIXEL_LABELS

    both, squares = np.zeros(len(PIXEL_LABELS)), np.zeros(len(PIXEL_LABELS))
    for first in range(0, len(patches[0]), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        logits = np.asarray(network.predict_on_batch(patches[0][some].astype(np.float32))["pixels"])
        found, true = 1 / (1 + np.exp(-logits)), patches[1][some] / np.float32(255)
        both += (2 * found * true).sum(axis=(0, 1, 2))
        squares += (found**2).sum(axis=(0, 1, 2)) + (true**2).sum(axis=(0, 1, 2))
    return {label: round(float(value), 4) for label, value in zip(PIXEL_LABELS, both / squares, strict=True)}
