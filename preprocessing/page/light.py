"""The light on paper: how bright blank paper is around each pixel.

Two estimates, because two questions are asked:

* `paper_brightness` follows shadows in one channel, in blocks of a few pixels. It serves the grid, whose lines are much
  narrower than a block, and the page that is brought to even light.
* `paper_and_light` separates the paper's colour, one for the page, from the light on it, one factor for all channels,
  in blocks of millimetres. Ink needs this: lit per channel, coloured grids would change the paper's colour block by
  block.

`preprocessing.lettering.glyph_windows.paper_ink` is a third. It stays there because the letter networks were trained
on its output; another estimate would change what they are shown.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy

from preprocessing.page.config import LIGHT, PAPER
from preprocessing.side_by_side import side_by_side


def paper_brightness(channel: np.ndarray) -> np.ndarray:
    """Return how bright blank paper is around each pixel.

    Parameters
    ----------
    channel : ndarray, shape (rows, columns), uint8

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 255]

    Examples
    --------
    >>> page = np.full((64, 64), 200, np.uint8)
    >>> page[30] = 0
    >>> float(paper_brightness(page)[30, 30])
    200.0
    """
    return _between_blocks(_block_brightness(channel), *(np.arange(side) for side in channel.shape))


def _block_brightness(channel: np.ndarray) -> np.ndarray:
    """Return the brightness of blank paper in each block of a channel, shape (down, across), float32."""
    rows, columns = channel.shape
    block_px = LIGHT.block_px
    down, across = -(-rows // block_px), -(-columns // block_px)
    padded = np.pad(channel, ((0, down * block_px - rows), (0, across * block_px - columns)), mode="edge")
    blocks = padded.reshape(down, block_px, across, block_px).swapaxes(1, 2).reshape(down, across, -1)
    bright = _quantile(blocks, LIGHT.paper_quantile).astype(np.float32)
    return np.asarray(
        scipy.ndimage.gaussian_filter(scipy.ndimage.maximum_filter(bright, LIGHT.brightest_of), LIGHT.blur_blocks)
    )


def _between_blocks(bright: np.ndarray, y_px: np.ndarray, x_px: np.ndarray) -> np.ndarray:
    """Interpolate the brightness of blocks bilinearly at rows and columns of pixels, one axis after the other."""
    return _between(_between(bright, y_px, 0), x_px, 1)


def _between(bright: np.ndarray, at_px: np.ndarray, axis: int) -> np.ndarray:
    """Interpolate the brightness of blocks linearly along one axis."""
    at = (at_px - (LIGHT.block_px - 1) / 2) / LIGHT.block_px
    last = bright.shape[axis] - 1
    low = np.clip(np.floor(at).astype(int), 0, max(last - 1, 0))
    part = np.clip(at - low, 0, 1).astype(np.float32)
    part = part[:, None] if axis == 0 else part
    before, after = bright.take(low, axis), bright.take(np.minimum(low + 1, last), axis)
    before *= 1 - part
    after *= part
    return np.asarray(np.add(before, after, out=before))


def _quantile(values: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile along the last axis of bytes, float64, as `np.quantile` does in five times the time.

    Examples
    --------
    >>> float(_quantile(np.array([7, 1, 4], np.uint8), 0.75))
    5.5
    """
    # A stable sort of bytes is a radix sort.
    ordered = np.sort(values, axis=-1, kind="stable")
    place = share * (values.shape[-1] - 1)
    low = int(place)
    below, above = (ordered[..., min(index, values.shape[-1] - 1)].astype(np.float64) for index in (low, low + 1))
    return np.asarray(below + (place - low) * (above - below))


def lit_evenly(rgb: np.ndarray) -> np.ndarray:
    """Divide out the light where the paper is dark or lit unevenly; any other page comes back as the same array.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    blocks = side_by_side(lambda channel: _block_brightness(rgb[..., channel]), range(3))
    rows, columns = (np.arange(side) for side in rgb.shape[:2])
    sampled = slice(None, None, LIGHT.block_px)
    brightness = np.max([_between_blocks(bright, rows[sampled], columns[sampled]) for bright in blocks], axis=0)
    dark, usual = np.quantile(brightness, (LIGHT.dark_quantile, LIGHT.usual_quantile))
    if usual >= LIGHT.bright_paper and dark >= LIGHT.even_light * usual:
        return rgb
    even = np.empty_like(rgb)
    levels = [_between(bright, rows, 0) for bright in blocks]

    def light(some: slice) -> None:
        for channel, level in enumerate(levels):
            lit = np.maximum(_between(level[some], columns, 1), LIGHT.least_light)
            np.divide(LIGHT.target, lit, out=lit)
            lit *= rgb[some, :, channel]
            even[some, :, channel] = np.minimum(lit, 255, out=lit)

    # A few rows at once: what is computed of them stays in the processor's cache.
    side_by_side(light, [slice(row, row + LIGHT.block_px) for row in range(0, rows.size, LIGHT.block_px)])
    return even


def paper_and_light(rgb: np.ndarray, px_per_mm: float) -> tuple[np.ndarray, np.ndarray | None]:
    """Separate the paper's colour from the light on it.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
    px_per_mm : float

    Returns
    -------
    ndarray, shape (3,), float
        The paper's colour, at least 1.
    ndarray, shape (rows, columns), float32, or None
        The light, around 1; None where it is even.
    """
    block = max(PAPER.least_block_px, round(PAPER.block_mm * px_per_mm))
    rows, columns = (max(1, round(side / block)) for side in rgb.shape[:2])
    row_edges = np.linspace(0, rgb.shape[0], rows + 1).astype(int)
    column_edges = np.linspace(0, rgb.shape[1], columns + 1).astype(int)
    step = PAPER.stride
    blocks = np.array(
        [
            [
                _quantile(rgb[top:bottom:step, left:right:step].reshape(-1, 3).T, PAPER.paper_quantile)
                for left, right in pairwise(column_edges)
            ]
            for top, bottom in pairwise(row_edges)
        ]
    )
    paper = np.maximum(np.median(blocks.reshape(-1, 3), axis=0), 1.0)
    levels = (blocks / paper).mean(axis=2)
    if np.ptp(np.percentile(levels, (5, 95))) < PAPER.even_light:
        return paper, None
    levels = np.clip(levels, PAPER.least_light, PAPER.most_light)
    levels = scipy.ndimage.gaussian_filter(levels, PAPER.blur_blocks, mode="nearest")
    factors = (rgb.shape[0] / rows, rgb.shape[1] / columns)
    light = scipy.ndimage.zoom(levels.astype(np.float32), factors, order=1, mode="nearest", grid_mode=True)
    return paper, light
