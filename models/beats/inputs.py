"""Pictures of beats as a network takes them."""

from __future__ import annotations

import numpy as np

from models.beats.drawing import resized


def inputs_of(
    pictures: np.ndarray, shape: tuple[int, int, int], rhythm: np.ndarray | None = None
) -> np.ndarray | dict[str, np.ndarray]:
    """Bring pictures, shape (n, h, w), uint8, to what a network takes.

    Returns
    -------
    ndarray or dict
        Pictures, shape (n, *shape), float32, 0 for ink to 1 for paper, in equal channels; with the rhythm by name
        where it is given.
    """
    height, width, channels = shape
    scaled = (resized(pictures, (height, width)).astype(np.float32) / 255)[..., None]
    repeated = np.repeat(scaled, channels, axis=-1)
    return repeated if rhythm is None else {"picture": repeated, "rhythm": rhythm}
