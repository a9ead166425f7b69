"""Beats as pictures, grey, 128 high and 192 wide, dark on white; and as the arrays that the networks take."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

SHAPE = (128, 192)
# Drawn so many times larger and then reduced, for a line without steps.
SUPERSAMPLING = 4
# For the five AAMI classes: the whole width, and from -2 to 3 mV around the beat's median.
AAMI_STROKE_PX = 1.6
AAMI_LIMITS_MV = (-2.0, 3.0)
# As the published pictures of six classes are drawn, measured on those whose beat is known: 96 samples of 360 Hz either
# side of the R wave, the columns between which they lie, the scale, the row of 0 mV, and the rows of the ink.
SIX_HALF_WINDOW_MS = 96 / 360 * 1000
SIX_COLUMNS, SIX_ROWS = (24.0, 171.5), (15.4, 113.9)
SIX_PX_PER_MV, SIX_ZERO_ROW = 34.6, 52.5
SIX_STROKE_PX, SIX_GREY = 1.0, 110


def aami_picture(mv: np.ndarray) -> np.ndarray:
    """Draw a beat for the networks of the five AAMI classes, shape (128, 192), uint8.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        From 250 ms before the R wave to 400 ms after it.
    """
    low, high = AAMI_LIMITS_MV
    rows = (high - (mv - np.median(mv))) / (high - low) * SHAPE[0]
    return _line_picture(np.linspace(0, SHAPE[1], len(mv)), rows, AAMI_STROKE_PX, 0, (0.0, float(SHAPE[0])))


def six_class_picture(mv: np.ndarray) -> np.ndarray:
    """Draw a beat as the published pictures of six classes are drawn, shape (128, 192), uint8.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        267 ms either side of the R wave.

    Examples
    --------
    >>> picture = six_class_picture(np.zeros(192))
    >>> picture.shape, np.flatnonzero((picture < 255).any(axis=1)).tolist()
    ((128, 192), [52, 53])
    """
    rows = SIX_ZERO_ROW - SIX_PX_PER_MV * mv
    return _line_picture(np.linspace(*SIX_COLUMNS, len(mv)), rows, SIX_STROKE_PX, SIX_GREY, SIX_ROWS)


def resized(pictures: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Resize grey pictures, shape (..., h, w), uint8, to another height and width."""
    flat = pictures.reshape(-1, *pictures.shape[-2:])
    size = shape[1], shape[0]
    found = [np.asarray(Image.fromarray(one).resize(size, Image.Resampling.BILINEAR)) for one in flat]
    return np.stack(found).reshape(*pictures.shape[:-2], *shape)


def network_inputs(
    pictures: np.ndarray, shape: tuple[int, int, int], rhythm: np.ndarray | None = None
) -> np.ndarray | dict[str, np.ndarray]:
    """Turn pictures, shape (n, h, w), uint8, into a network's input.

    Returns
    -------
    ndarray or dict
        Pictures, shape (n, *shape), float32, 0 for ink to 1 for paper, in equal channels; by name with the rhythm
        where that is given.
    """
    height, width, channels = shape
    scaled = (resized(pictures, (height, width)).astype(np.float32) / 255)[..., None]
    repeated = np.repeat(scaled, channels, axis=-1)
    return repeated if rhythm is None else {"picture": repeated, "rhythm": rhythm}


def _line_picture(
    columns: np.ndarray, rows: np.ndarray, stroke_px: float, grey: int, row_limits: tuple[float, float]
) -> np.ndarray:
    """Draw one line; ink beyond the row limits is removed."""
    height, width = SHAPE
    canvas = Image.new("L", (width * SUPERSAMPLING, height * SUPERSAMPLING), 255)
    # A line far beyond the canvas costs time and shows nothing.
    rows = np.clip(rows, -height, 2 * height)
    points = np.column_stack([columns, rows]) * SUPERSAMPLING
    ImageDraw.Draw(canvas).line(
        [tuple(point) for point in points], fill=grey, width=round(stroke_px * SUPERSAMPLING), joint="curve"
    )
    picture = np.asarray(canvas.reduce(SUPERSAMPLING)).copy()
    first, last = row_limits
    picture[: int(first)] = 255
    picture[int(np.ceil(last)) :] = 255
    return picture
