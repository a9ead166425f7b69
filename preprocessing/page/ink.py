"""How much ink each pixel holds: light evened out, the grid's colour taken off, grey edges kept."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.page.config import INK
from preprocessing.page.light import paper_and_light


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
        0 for paper and grid, 1 inside a stroke. The edge of a stroke keeps its intermediate values: they show where it
        runs between two pixels.
    """
    paper, light = paper_and_light(rgb, px_per_mm)
    stride = INK.stride
    sample = rgb[::stride, ::stride].reshape(-1, 3).astype(np.float32) / paper
    if light is not None:
        sample /= light[::stride, ::stride].reshape(-1, 1)
    solid = _solid(1 - sample.mean(axis=1).reshape(rgb[::stride, ::stride].shape[:2]), px_per_mm)
    weights, floor = _separation(1 - sample[~solid.ravel()] if not solid.all() else 1 - sample)
    # One weighted sum over the page; 1 - w . (rgb / paper / light) pixel by pixel would be slow.
    scaled = (weights / paper).astype(np.float32)
    amount: np.ndarray = rgb[..., 0] * scaled[0]
    amount += rgb[..., 1] * scaled[1]
    amount += rgb[..., 2] * scaled[2]
    if light is not None:
        amount /= light
    amount *= np.float32(-1 / (1 - floor))
    amount += np.float32((weights.sum() - floor) / (1 - floor))
    np.clip(amount, 0, 1, out=amount)
    if solid.any():
        amount[solid.repeat(stride, axis=0).repeat(stride, axis=1)[: amount.shape[0], : amount.shape[1]]] = 0
    return amount


def _solid(darkness: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Mark the dark areas that are too wide for print; `darkness` is that of every `INK.stride`-th pixel."""
    size = max(2, round(INK.solid_mm * px_per_mm / INK.stride))
    inside = scipy.ndimage.minimum_filter(darkness > INK.solid_darkness, size, mode="nearest")
    return np.asarray(scipy.ndimage.maximum_filter(inside, size + 2))


def _separation(darkness: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights of the channels, shape (3,), and the grid's own level under them.

    `darkness` is (n, 3), 0 for paper and 1 for black. Under the weights ink is 1, paper 0 and the grid close to 0.
    """
    mean = darkness.mean(axis=1)
    darkest = float(np.quantile(mean, INK.ink_quantile))
    if darkest <= INK.least_darkness:
        # Nothing is printed.
        return np.full(3, 1 / 3), INK.highest_grid
    ink = np.median(darkness[mean > INK.ink_share * darkest], axis=0)
    between = darkness[(mean > INK.least_grid_darkness) & (mean < INK.most_grid_share * ink.mean())]
    weights = ink / (ink @ ink)
    if between.shape[0] > INK.least_grid_pixels * mean.size:
        grid = between.mean(axis=0)
        apart = ink - (ink @ grid) / (grid @ grid) * grid
        # A grid of the ink's own colour cannot be separated from it by colour.
        if np.linalg.norm(apart) > INK.least_apart * np.linalg.norm(ink):
            weights = apart / (apart @ ink)
    amount = darkness @ weights
    paler = amount[amount < INK.pale]
    floor = float(np.quantile(paler, INK.grid_quantile)) if paler.size else 0.0
    return weights, float(np.clip(floor, INK.least_grid, INK.highest_grid))
