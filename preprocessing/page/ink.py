"""How much ink each pixel holds: light evened out, the grid's colour taken off, grey edges kept."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy

# Every so manyth pixel along each axis is enough to learn colours from.
STRIDE = 3
BLOCK_MM = 8.0
# Light that varies less than this over the page is taken as even.
EVEN_LIGHT = 0.03
GRID_QUANTILE, HIGHEST_GRID = 0.97, 0.45
# No stroke is this wide: darkness that is, is a border, a table or a hand.
SOLID_MM, SOLID_DARKNESS = 2.5, 0.5
LEAST_DARKNESS = 0.05


def ink_amount(rgb: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Return the share of each pixel that the darkest print covers.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        Paper with traces and, maybe, a grid that is paler than they are or of another colour.
    px_per_mm : float

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 1]
        0 for paper and grid, 1 inside a stroke. A stroke's edge keeps its shades, which tell where it runs between
        two pixels.
    """
    paper, light = _paper_and_light(rgb, px_per_mm)
    sample = rgb[::STRIDE, ::STRIDE].reshape(-1, 3).astype(np.float32) / paper
    if light is not None:
        sample /= light[::STRIDE, ::STRIDE].reshape(-1, 1)
    solid = _solid(1 - sample.mean(axis=1).reshape(rgb[::STRIDE, ::STRIDE].shape[:2]), px_per_mm)
    weights, floor = _separation(1 - sample[~solid.ravel()] if not solid.all() else 1 - sample)
    # One weighted sum over the page, as 1 - w . (rgb / paper / light) would be slow pixel by pixel.
    scaled = (weights / paper).astype(np.float32)
    amount = rgb[..., 0] * scaled[0]
    amount += rgb[..., 1] * scaled[1]
    amount += rgb[..., 2] * scaled[2]
    if light is not None:
        amount /= light
    amount *= np.float32(-1 / (1 - floor))
    amount += np.float32((weights.sum() - floor) / (1 - floor))
    np.clip(amount, 0, 1, out=amount)
    if solid.any():
        amount[solid.repeat(STRIDE, axis=0).repeat(STRIDE, axis=1)[: amount.shape[0], : amount.shape[1]]] = 0
    return amount


def _solid(darkness: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Mark the dark areas that are too wide for print; `darkness` is that of every `STRIDE`-th pixel."""
    size = max(2, round(SOLID_MM * px_per_mm / STRIDE))
    inside = scipy.ndimage.minimum_filter(darkness > SOLID_DARKNESS, size, mode="nearest")
    return scipy.ndimage.maximum_filter(inside, size + 2)


def _paper_and_light(rgb: np.ndarray, px_per_mm: float) -> tuple[np.ndarray, np.ndarray | None]:
    """Return the paper's colour, (3,), and the light on it, (rows, columns) around 1 or None where it is even."""
    block = max(8, round(BLOCK_MM * px_per_mm))
    rows, columns = (max(1, round(side / block)) for side in rgb.shape[:2])
    row_edges = np.linspace(0, rgb.shape[0], rows + 1).astype(int)
    column_edges = np.linspace(0, rgb.shape[1], columns + 1).astype(int)
    blocks = np.array(
        [
            [
                np.percentile(rgb[top:bottom:STRIDE, left:right:STRIDE].reshape(-1, 3), 75, axis=0)
                for left, right in pairwise(column_edges)
            ]
            for top, bottom in pairwise(row_edges)
        ]
    )
    paper = np.maximum(np.median(blocks.reshape(-1, 3), axis=0), 1.0)
    levels = (blocks / paper).mean(axis=2)
    if np.ptp(np.percentile(levels, (5, 95))) < EVEN_LIGHT:
        return paper, None
    levels = scipy.ndimage.gaussian_filter(np.clip(levels, 0.15, 1.5), 1.0, mode="nearest")
    factors = (rgb.shape[0] / rows, rgb.shape[1] / columns)
    light = scipy.ndimage.zoom(levels.astype(np.float32), factors, order=1, mode="nearest", grid_mode=True)
    return paper, light


def _separation(darkness: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights, (3,), under which ink is 1 and paper and grid next to 0, and the grid's own level there.

    `darkness` is (n, 3), 0 for paper and 1 for black.
    """
    mean = darkness.mean(axis=1)
    darkest = float(np.quantile(mean, 0.998))
    if darkest <= LEAST_DARKNESS:
        # Nothing is printed.
        return np.full(3, 1 / 3), HIGHEST_GRID
    ink = np.median(darkness[mean > 0.85 * darkest], axis=0)
    between = darkness[(mean > 0.06) & (mean < 0.6 * ink.mean())]
    weights = ink / (ink @ ink)
    if between.shape[0] > 0.01 * mean.size:
        grid = between.mean(axis=0)
        apart = ink - (ink @ grid) / (grid @ grid) * grid
        # A grid of the ink's own colour cannot be told from it by colour.
        if np.linalg.norm(apart) > 0.35 * np.linalg.norm(ink):
            weights = apart / (apart @ ink)
    amount = darkness @ weights
    paler = amount[amount < 0.55]
    floor = float(np.quantile(paler, GRID_QUANTILE)) if paler.size else 0.0
    return weights, float(np.clip(floor, 0.04, HIGHEST_GRID))
