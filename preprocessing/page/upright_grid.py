"""The grid of a whole page: its spacing, followed from edge to edge, and how far its lines stray."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from preprocessing.page.grid import SQUARE_MM, TEETH, Grid, comb_offsets_mm, find_grid

# Black print stays below this grey after JPEG; coloured grids stay above it in their brightest channel.
PRINT_LEVEL = 0.4
STRIPS, PIECES = 12, 5
# A comb is followed where so large a share of the pieces lies this close to it.
FOLLOWED_MM, FOLLOWED = 0.25, 0.8
NEAR, TRUST_MM, FIT_ROUNDS = 0.3, 0.2, 6
# By so much the spacing may be off to begin with.
STRETCHES = np.linspace(-0.006, 0.006, 13)


def measured_grid(rgb: np.ndarray) -> tuple[Grid, float]:
    """Return the grid of a picture taken as an upright page, and by how many millimetres it strays from even lines."""
    # The grid lives in the darkest channel: a red line is as bright as paper in the red one.
    darkest = np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    is_paper = darkest >= np.uint8(PRINT_LEVEL * 255)
    darkness = np.where(is_paper, 255 - darkest, np.uint8(0))
    across, down = strip_profiles(darkness, is_paper), strip_profiles(darkness.T, is_paper.T)
    grid = find_grid(across, down)
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
        The spacing that the lines keep over the page's whole length, which is finer than a spectrum tells.
    float
        By how many millimetres they stray from one even comb, in the smooth way of paper that lies askew or bent;
        infinite where they cannot be followed.
    """
    for teeth, period_mm in ((TEETH, SQUARE_MM), (TEETH[-1:], 1.0)):
        spacing, stray_mm, share = _fitted(profiles, px_per_mm, teeth, period_mm)
        # On some paper the squares are not set off, and only the millimetres can be followed.
        if share > FOLLOWED:
            return spacing, stray_mm
    return px_per_mm, np.inf


def _fitted(
    profiles: np.ndarray, px_per_mm: float, teeth: tuple[int, ...], period_mm: float
) -> tuple[float, float, float]:
    """Fit one smooth comb to the pieces of the profiles; return its spacing, its stray, and which share follows it."""
    size = profiles.shape[1] // PIECES
    pieces = np.concatenate([profiles[:, piece * size : (piece + 1) * size] for piece in range(PIECES)])
    piece, strip = (axis.ravel() for axis in np.mgrid[-1 : 1 : PIECES * 1j, -1 : 1 : STRIPS * 1j])
    offset_mm, clear = comb_offsets_mm(pieces, px_per_mm, teeth)
    # The pieces begin at different places of the one comb, and a comb a little wider may fit them all.
    reach_mm = (PIECES - 1) * size / px_per_mm
    turns = 2 * np.pi / period_mm * (offset_mm + (piece + 1) / 2 * reach_mm * (1 - STRETCHES[:, None]))
    lines = np.exp(1j * turns)
    # The fit starts from where most pieces have their lines: print in a header has them anywhere.
    near = np.abs(lines[:, None] - lines[:, :, None]) < NEAR
    stretch, common = np.unravel_index(np.argmax(near @ clear), turns.shape)
    off_mm = np.angle(lines[stretch] / lines[stretch, common]) * period_mm / (2 * np.pi)
    surface = np.column_stack([np.ones_like(piece), piece, piece**2, strip, piece * strip, strip**2])
    fit = np.zeros(surface.shape[1])
    for _ in range(FIT_ROUNDS):
        trust = clear / (1 + ((off_mm - surface @ fit) / TRUST_MM) ** 2)
        fit = np.linalg.lstsq(surface * trust[:, None], off_mm * trust, rcond=None)[0]
    spacing = px_per_mm * (1 + STRETCHES[stretch] + fit[1] * 2 / reach_mm)
    share = np.average(np.abs(off_mm - surface @ fit) < FOLLOWED_MM, weights=clear)
    return float(spacing), float(np.quantile(np.abs(surface[:, 2:] @ fit[2:]), 0.8)), float(share)


def strip_profiles(darkness: np.ndarray, is_paper: np.ndarray) -> np.ndarray:
    """Average the paper's darkness over the rows of each of `STRIPS` strips, one above the other.

    Returns
    -------
    ndarray, shape (STRIPS, columns), float64
    """
    starts = np.linspace(0, darkness.shape[0], STRIPS, endpoint=False).astype(int)
    sums = np.add.reduceat(darkness, starts, axis=0, dtype=np.float64)
    return sums / np.maximum(np.add.reduceat(is_paper, starts, axis=0, dtype=np.float64), 1)
