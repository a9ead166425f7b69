"""The grid of a page taken as upright: its spacing, followed from edge to edge, and how far its lines stray."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from preprocessing.page.grid import Grid, comb_offsets_mm, find_grid, period_mm
from preprocessing.page.grid_config import TEETH, UPRIGHT_GRID


def measured_grid(
    darkness: np.ndarray, is_paper: np.ndarray, assumed_px_per_mm: float, slack: float = np.inf
) -> tuple[Grid, float]:
    """Measure the grid of a picture as that of an upright page.

    Parameters
    ----------
    darkness : ndarray, shape (rows, columns), uint8
        How much grid covers each pixel; 0 where there is no paper.
    is_paper : ndarray, shape (rows, columns), bool
        Where paper or grid is seen, and nothing over it.
    assumed_px_per_mm : float
        The scale, guessed from the size of the picture.
    slack : float
        Greatest factor by which that may be off.

    Returns
    -------
    Grid
    float
        By how many millimetres its lines stray from even ones; infinite where they cannot be followed.
    """
    across, down = strip_profiles(darkness, is_paper), strip_profiles(darkness.T, is_paper.T)
    grid = find_grid(across, down, assumed_px_per_mm, slack)
    if not grid.found:
        return grid, np.inf
    px_x, stray_x = _followed(across, grid.px_per_mm_x)
    px_y, stray_y = _followed(down, grid.px_per_mm_y)
    return replace(grid, px_per_mm_x=px_x, px_per_mm_y=px_y), max(stray_x, stray_y)


def _followed(profiles: np.ndarray, px_per_mm: float) -> tuple[float, float]:
    """Follow the lines over the page.

    Returns
    -------
    float
        The spacing that the lines keep over the whole page, which is finer than a spectrum shows.
    float
        By how many millimetres they drift smoothly from one even comb, as on paper that lies askew or bent; infinite
        where they cannot be followed.
    """
    for teeth in (TEETH, TEETH[-1:]):
        spacing, stray_mm, share = _fitted(profiles, px_per_mm, teeth)
        # On some paper the squares are not set off, and only the millimetres can be followed.
        if share > UPRIGHT_GRID.followed:
            return spacing, stray_mm
    return px_per_mm, np.inf


def _fitted(profiles: np.ndarray, px_per_mm: float, teeth: tuple[int, ...]) -> tuple[float, float, float]:
    """Fit one smooth comb to the pieces of the profiles; return its spacing, its stray and the share following it."""
    strips, count = UPRIGHT_GRID.strips, UPRIGHT_GRID.pieces
    stretches = np.linspace(-UPRIGHT_GRID.most_stretch, UPRIGHT_GRID.most_stretch, UPRIGHT_GRID.stretch_steps)
    size = profiles.shape[1] // count
    pieces = np.concatenate([profiles[:, piece * size : (piece + 1) * size] for piece in range(count)])
    piece, strip = (axis.ravel() for axis in np.mgrid[-1 : 1 : count * 1j, -1 : 1 : strips * 1j])
    offset_mm, clear = comb_offsets_mm(pieces, px_per_mm, teeth)
    # The pieces begin at different places of the one comb, and a comb a little wider may fit them all.
    reach_mm = (count - 1) * size / px_per_mm
    turns = 2 * np.pi / period_mm(teeth) * (offset_mm + (piece + 1) / 2 * reach_mm * (1 - stretches[:, None]))
    lines = np.exp(1j * turns)
    # The fit starts from where most pieces have their lines: print in a header has them anywhere.
    near = np.abs(lines[:, None] - lines[:, :, None]) < UPRIGHT_GRID.near
    stretch, common = np.unravel_index(np.argmax(near @ clear), turns.shape)
    off_mm = np.angle(lines[stretch] / lines[stretch, common]) * period_mm(teeth) / (2 * np.pi)
    surface = np.column_stack([np.ones_like(piece), piece, piece**2, strip, piece * strip, strip**2])
    fit = np.zeros(surface.shape[1])
    for _ in range(UPRIGHT_GRID.fit_rounds):
        trust = clear / (1 + ((off_mm - surface @ fit) / UPRIGHT_GRID.trust_mm) ** 2)
        fit = np.linalg.lstsq(surface * trust[:, None], off_mm * trust, rcond=None)[0]
    spacing = px_per_mm * (1 + stretches[stretch] + fit[1] * 2 / reach_mm)
    share = np.average(np.abs(off_mm - surface @ fit) < UPRIGHT_GRID.followed_mm, weights=clear)
    return (
        float(spacing),
        float(np.quantile(np.abs(surface[:, 2:] @ fit[2:]), UPRIGHT_GRID.stray_quantile)),
        float(share),
    )


def strip_profiles(darkness: np.ndarray, is_paper: np.ndarray) -> np.ndarray:
    """Average the paper's darkness over the rows of each of `UPRIGHT_GRID.strips` strips, one above the other.

    Parameters
    ----------
    darkness : ndarray, shape (rows, columns), uint8
        0 where there is no paper.
    is_paper : ndarray, shape (rows, columns), bool

    Returns
    -------
    ndarray, shape (strips, columns), float64
    """
    starts = np.linspace(0, darkness.shape[0], UPRIGHT_GRID.strips, endpoint=False).astype(int)
    sums = np.add.reduceat(darkness, starts, axis=0, dtype=np.float64)
    return sums / np.maximum(np.add.reduceat(is_paper, starts, axis=0, dtype=np.float64), 1)
