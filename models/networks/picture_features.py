"""What the networks over pictures see: the backbone's feature maps of every lead, and the outline of its ink.

Both come from the pictures alone by fixed steps. The outline gives in every column where the ink is: its middle,
whether there is any, its upper and its lower edge, in millivolts about the picture's level. The backbone sees the
picture as an image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks.efficientnet import HEAD_FILTERS, MAPS_CHANNELS
from models.networks.pictures import BACKGROUND, PICTURE_SHAPE, PICTURES_SHAPE, PX_PER_MV

if TYPE_CHECKING:
    import keras

OUTLINE_SHAPE = (PICTURES_SHAPE[0], PICTURE_SHAPE[1], 4)
# The feature maps have a step of 16 px; they are pooled over the rows of the picture, by mean and by maximum.
COLUMNS_SHAPE = (PICTURES_SHAPE[0], -(-PICTURE_SHAPE[1] // 16), 2 * MAPS_CHANNELS)
POOLED_SHAPE = (PICTURES_SHAPE[0], HEAD_FILTERS)
# Less ink in a column, in pixels, counts as none.
LEAST_INK_PX = 0.3


@dataclass(frozen=True, eq=False)
class PictureFeatures:
    """The features of some reports, the input of the networks' heads.

    Attributes
    ----------
    outline : ndarray, shape (n, 16, 250, 4)
    columns : ndarray, shape (n, 16, 16, 224)
    pooled : ndarray, shape (n, 16, 1280)
    """

    outline: np.ndarray
    columns: np.ndarray
    pooled: np.ndarray

    def parts(self) -> dict[str, np.ndarray]:
        """Return the features by name, float32, as the heads take them."""
        return {name: part.astype(np.float32) for name, part in vars(self).items()}


def outline_of(pictures: np.ndarray) -> np.ndarray:
    """Return where the ink of each column is, shape (..., columns, 4), float32.

    Parameters
    ----------
    pictures : ndarray, shape (..., 128, columns), uint8

    Returns
    -------
    ndarray
        Middle of the ink, 1 where there is any, upper edge and lower edge; upwards, in mV from the picture's median
        middle. 0 throughout where a column has no ink.

    Examples
    --------
    >>> picture = np.full((128, 5), 255, np.uint8)
    >>> picture[64, :] = 0
    >>> picture[24:64, 2] = 0
    >>> outline_of(picture)[:, 0].round(2).tolist()
    [0.0, 0.0, 0.5, 0.0, 0.0]
    """
    ink = (BACKGROUND - pictures.astype(np.float32)) / BACKGROUND
    amount = ink.sum(axis=-2)
    read = amount > LEAST_INK_PX
    rows = np.arange(pictures.shape[-2], dtype=np.float32)
    divisor = np.maximum(amount, LEAST_INK_PX)
    middle = np.einsum("...rc,r->...c", ink, rows) / divisor
    inked = ink > 0.5
    # Where no pixel is half covered, the edges are the middle.
    some = inked.any(axis=-2)
    upper = np.where(some, inked.argmax(axis=-2), middle)
    lower = np.where(some, len(rows) - 1 - inked[..., ::-1, :].argmax(axis=-2), middle)
    # A picture without ink has no level; any number will do.
    known = np.where(read | ~read.any(axis=-1, keepdims=True), middle, np.nan)
    level = np.nanmedian(known, axis=-1, keepdims=True)
    found = np.stack([np.nan_to_num(level - part) / PX_PER_MV for part in (middle, upper, lower)], axis=-1)
    found *= read[..., None]
    return np.concatenate([found[..., :1], read[..., None], found[..., 1:]], axis=-1).astype(np.float32)


def features_of(network: keras.Model, pictures: np.ndarray) -> PictureFeatures:
    """Return the features of reports' pictures, shape (n, 16, 128, 250), uint8.

    Parameters
    ----------
    network : keras.Model
        The backbone with its weights.
    """
    found = network.predict_on_batch(pictures.reshape(-1, *PICTURE_SHAPE, 1).astype(np.float32))
    return pooled_features(pictures, found)


def pooled_features(pictures: np.ndarray, found: Mapping[str, np.ndarray]) -> PictureFeatures:
    """Return the features of reports' pictures from the backbone's outputs for them."""
    n = len(pictures)
    maps = np.concatenate([found["maps"].mean(axis=1), found["maps"].max(axis=1)], axis=-1)
    # A lead that is not printed has no features, whatever the backbone makes of an empty picture.
    printed = np.asarray(np.any(pictures < BACKGROUND, axis=(2, 3)))
    columns = maps.reshape(n, *COLUMNS_SHAPE) * printed[..., None, None]
    return PictureFeatures(
        outline_of(pictures), columns, found["pooled"].reshape(n, *POOLED_SHAPE) * printed[..., None]
    )
