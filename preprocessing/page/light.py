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
    rows, columns = channel.shape
    block_px = LIGHT.block_px
    down, across = -(-rows // block_px), -(-columns // block_px)
    padded = np.pad(channel, ((0, down * block_px - rows), (0, across * block_px - columns)), mode="edge")
    blocks = padded.reshape(down, block_px, across, block_px).swapaxes(1, 2).reshape(down, across, -1)
    bright = np.quantile(blocks, LIGHT.paper_quantile, axis=2).astype(np.float32)
    bright = scipy.ndimage.gaussian_filter(scipy.ndimage.maximum_filter(bright, LIGHT.brightest_of), LIGHT.blur_blocks)
    y = (np.arange(rows) - (block_px - 1) / 2) / block_px
    x = (np.arange(columns) - (block_px - 1) / 2) / block_px
    # Bilinear, one axis after the other.
    low = np.clip(np.floor(y).astype(int), 0, max(down - 2, 0))
    part = np.clip(y - low, 0, 1)[:, None].astype(np.float32)
    tall = bright[low] * (1 - part) + bright[np.minimum(low + 1, down - 1)] * part
    low = np.clip(np.floor(x).astype(int), 0, max(across - 2, 0))
    part = np.clip(x - low, 0, 1)[None, :].astype(np.float32)
    return np.asarray(tall[:, low] * (1 - part) + tall[:, np.minimum(low + 1, across - 1)] * part)


def lit_evenly(rgb: np.ndarray) -> np.ndarray:
    """Divide out the light where the paper is dark or lit unevenly; any other page comes back as the same array.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    light = [paper_brightness(rgb[..., channel]) for channel in range(3)]
    brightness = np.max([channel[:: LIGHT.block_px, :: LIGHT.block_px] for channel in light], axis=0)
    dark, usual = np.quantile(brightness, (LIGHT.dark_quantile, LIGHT.usual_quantile))
    if usual >= LIGHT.bright_paper and dark >= LIGHT.even_light * usual:
        return rgb
    even = [
        np.clip(rgb[..., c] * (LIGHT.target / np.maximum(light[c], LIGHT.least_light)), 0, 255).astype(np.uint8)
        for c in range(3)
    ]
    return np.stack(even, axis=-1)


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
                np.percentile(rgb[top:bottom:step, left:right:step].reshape(-1, 3), PAPER.paper_percentile, axis=0)
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
