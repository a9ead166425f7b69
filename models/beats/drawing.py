"""Beats as pictures: grey, 128 high and 192 wide, dark on white paper."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

SHAPE = (128, 192)
# Drawn so many times larger and reduced: a line without steps.
FINER = 4
STROKE_PX = 1.6
# Our own pictures: the whole width, and from -2 to 3 mV around the beat's median.
OWN_LIMITS_MV = (-2.0, 3.0)
# As the six classes' pictures are drawn, measured on pictures whose beat is known: 96 samples of 360 Hz either side of
# the beat between two columns, the scale, the row of 0 mV, and the rows beyond which nothing is drawn.
FIELD_HALF_MS = 96 / 360 * 1000
FIELD_COLUMNS, FIELD_ROWS = (24.0, 171.5), (15.4, 113.9)
FIELD_PX_PER_MV, FIELD_ZERO_ROW = 34.6, 52.5
FIELD_STROKE_PX, FIELD_GREY = 1.0, 110


def own_picture(mv: np.ndarray) -> np.ndarray:
    """Draw one beat over the whole picture, shape (128, 192), uint8.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        From 250 ms before the R wave to 400 ms after it.
    """
    low, high = OWN_LIMITS_MV
    rows = (high - (mv - np.median(mv))) / (high - low) * SHAPE[0]
    return _drawn(np.linspace(0, SHAPE[1], len(mv)), rows, STROKE_PX, 0, (0.0, float(SHAPE[0])))


def field_picture(mv: np.ndarray) -> np.ndarray:
    """Draw one beat as the field's pictures of six classes are drawn, shape (128, 192), uint8.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        267 ms either side of the R wave.
    """
    rows = FIELD_ZERO_ROW - FIELD_PX_PER_MV * mv
    return _drawn(np.linspace(*FIELD_COLUMNS, len(mv)), rows, FIELD_STROKE_PX, FIELD_GREY, FIELD_ROWS)


def resized(pictures: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Bring grey pictures, shape (..., h, w), uint8, to another height and width."""
    flat = pictures.reshape(-1, *pictures.shape[-2:])
    size = shape[1], shape[0]
    drawn = [np.asarray(Image.fromarray(one).resize(size, Image.Resampling.BILINEAR)) for one in flat]
    return np.stack(drawn).reshape(*pictures.shape[:-2], *shape)


def _drawn(
    columns: np.ndarray, rows: np.ndarray, stroke_px: float, grey: int, rows_between: tuple[float, float]
) -> np.ndarray:
    """Draw one line; what lies above or below the rows that may be drawn is cut off."""
    height, width = SHAPE
    paper = Image.new("L", (width * FINER, height * FINER), 255)
    # Far beyond the paper a line costs time and shows nothing.
    rows = np.clip(rows, -height, 2 * height)
    points = np.column_stack([columns, rows]) * FINER
    ImageDraw.Draw(paper).line(
        [tuple(point) for point in points], fill=grey, width=round(stroke_px * FINER), joint="curve"
    )
    drawn = np.asarray(paper.reduce(FINER)).copy()
    first, last = rows_between
    drawn[: int(first)] = 255
    drawn[int(np.ceil(last)) :] = 255
    return drawn
