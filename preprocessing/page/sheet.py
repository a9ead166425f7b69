"""Fitting a sheet of paper to the phase of its grid: where each point of a picture lies on it, in millimetres."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.page.coordinates import Sheet, projected
from preprocessing.page.grid import offsets_of, period_mm
from preprocessing.page.grid_config import SHEET, SQUARE_MM
from preprocessing.page.tiles import GridWaves


def fit_sheet(waves: GridWaves, rows: int, columns: int) -> Sheet:
    """Fit a sheet to the grid of a picture.

    Parameters
    ----------
    waves : GridWaves
        The grid's waves in the picture's tiles.
    rows, columns : int
        Size of the picture, in pixels.

    Notes
    -----
    First a homography, fitted to the waves' lengths and directions and then to the phase of the lines, from the middle
    outwards; then the bends, a smooth surface through the phases that are left, unwrapped from tile to tile.
    """
    x_px, y_px = _ringed(waves.x), _ringed(waves.y)
    bends = np.zeros((y_px.size, x_px.size, 2))
    centre = ((columns - 1) / 2, (rows - 1) / 2)
    places = np.stack(np.meshgrid(waves.x, waves.y), axis=-1)
    seen = waves.weight > 0
    reach = max(rows, columns) / 2
    near = (places - centre) / reach
    sheet = Sheet(centre, reach, _from_waves(waves, near, seen), x_px, y_px, bends)
    far = np.hypot(near[..., 0], near[..., 1])
    for radius in SHEET.radii:
        chosen = seen & (far <= max(radius, np.sort(far[seen])[: SHEET.least_for_flat].max()))
        off_mm, clear = _off_by(sheet, waves, places, chosen)
        moved = _moved(sheet.flat, near[chosen], off_mm[chosen], clear[chosen], period_mm(waves.teeth))
        sheet = replace(sheet, flat=moved)
    # Offsets known to a millimetre alone can be unwrapped into a smooth surface whatever they are: no bends are fitted.
    for _ in range(SHEET.bend_steps if waves.grid.squares else 0):
        off_mm, clear = _off_by(sheet, waves, places, seen)
        sheet = replace(
            sheet, bend_mm=sheet.bend_mm - _smooth(_unwrapped(off_mm, clear, period_mm(waves.teeth)), clear)
        )
    off_mm, clear = _off_by(sheet, waves, places, seen)
    off = np.abs(off_mm[seen]).max(axis=1)
    agrees = off < SHEET.agrees_mm * period_mm(waves.teeth) / SQUARE_MM
    residual = float(np.median(off[agrees])) if agrees.any() else np.inf
    return replace(sheet, agreeing=float(np.average(agrees, weights=clear[seen])), residual_mm=residual)


def _ringed(axis_px: np.ndarray) -> np.ndarray:
    """Add one place before and one after evenly spaced places."""
    step = (axis_px[-1] - axis_px[0]) / (axis_px.size - 1)
    return np.linspace(axis_px[0] - step, axis_px[-1] + step, axis_px.size + 2)


def _from_waves(waves: GridWaves, near: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Fit a homography to the waves' lengths and directions; its origin is the picture's centre."""
    reach = (waves.x[-1] - waves.x[0]) / (near[0, -1, 0] - near[0, 0, 0])
    slopes = np.concatenate([waves.across[seen], waves.down[seen]], axis=1) * reach
    size = float(np.median(np.hypot(slopes[:, 0], slopes[:, 1])))
    weight = np.sqrt(waves.weight[seen])[:, None] / size
    x, y = near[seen].T

    def residuals(free: np.ndarray) -> np.ndarray:
        a, b, c, d, g, h = free
        depth = g * x + h * y + 1
        u, v = (a * x + b * y) / depth, (c * x + d * y) / depth
        expected = np.column_stack([a - u * g, b - u * h, c - v * g, d - v * h]) / depth[:, None]
        return np.ravel((expected - slopes) * weight)

    a, b, c, d, g, h = scipy.optimize.least_squares(
        residuals, [*np.median(slopes, axis=0), 0, 0], loss="soft_l1", f_scale=SHEET.waves_loss
    ).x
    return np.array([a, b, 0.0, c, d, 0.0, g, h])


def _off_by(sheet: Sheet, waves: GridWaves, places: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each tile's offset from the sheet's grid, in millimetres, shape (rows, columns, 2), and how clear it is.

    Within a tile the paper is taken as flat: the spectrum at the teeth is then one product along x and one along y.
    """
    tiles, at = waves.tiles[chosen], places[chosen]
    along = np.arange(tiles.shape[1], dtype=np.float32) - (tiles.shape[1] - 1) / 2
    here, right, below = (sheet.mm_of(at + step) for step in ((0, 0), (1, 0), (0, 1)))
    cycles = -2 * np.pi / SQUARE_MM * np.array(waves.teeth)
    off, clear = np.zeros((*chosen.shape, 2)), np.zeros((*chosen.shape, 2))
    for axis in (0, 1):
        over_x = np.exp(1j * cycles * (right - here)[:, axis, None, None] * along[:, None]).astype(np.complex64)
        over_y = np.exp(1j * cycles * (below - here)[:, axis, None, None] * along[:, None]).astype(np.complex64)
        half = tiles @ np.concatenate([over_x.real, over_x.imag], axis=2)
        half = half[..., : len(waves.teeth)] + 1j * half[..., len(waves.teeth) :]
        lines = np.sum(half * over_y, axis=1) * np.exp(1j * cycles * here[:, axis, None])
        off[chosen, axis], clear[chosen, axis] = offsets_of(lines, waves.teeth)
    return off, clear.min(axis=2)


def _moved(flat: np.ndarray, near: np.ndarray, off_mm: np.ndarray, clear: np.ndarray, period: float) -> np.ndarray:
    """Fit the homography again to move the lines into their places; the robust loss gives outliers little weight."""
    # Offsets are known up to whole squares: each is wrapped to within half a square of the tiles' common offset.
    common = np.angle(np.mean(np.exp(2j * np.pi / period * off_mm), axis=0)) * period / (2 * np.pi)
    target = projected(flat, near) - (common + _wrapped(off_mm - common, period))
    root = np.sqrt(clear)[:, None]

    def residuals(free: np.ndarray) -> np.ndarray:
        return np.ravel((projected(free, near) - target) * root)

    fit = scipy.optimize.least_squares(residuals, flat, loss="soft_l1", f_scale=SHEET.places_loss_mm, x_scale="jac")
    return np.asarray(fit.x)


def _wrapped(mm: np.ndarray, period: float) -> np.ndarray:
    return (mm + period / 2) % period - period / 2


def _unwrapped(off_mm: np.ndarray, clear: np.ndarray, period: float) -> np.ndarray:
    """Unwrap offsets in two dimensions: add whole squares until neighbours agree, the clearest tiles first.

    skimage.restoration.unwrap_phase orders pixels by their second differences. Here each tile comes with its own
    clarity, some with none, and an unclear tile has to take over its neighbours' offset; that function has no weights.
    """
    rows, columns = clear.shape
    whole = off_mm.copy()
    done = np.zeros(clear.shape, dtype=bool)
    y, x = np.unravel_index(int(clear.argmax()), clear.shape)
    done[y, x] = True
    edge = np.zeros(clear.shape)
    while True:
        spend()
        for i, j in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            if 0 <= y + i < rows and 0 <= x + j < columns and not done[y + i, x + j]:
                edge[y + i, x + j] = clear[y + i, x + j] + 1e-9
        if not edge.any():
            return whole
        y, x = np.unravel_index(int(edge.argmax()), clear.shape)
        around = (slice(max(y - 1, 0), y + 2), slice(max(x - 1, 0), x + 2))
        known = done[around]
        expected = np.average(whole[around][known], axis=0, weights=clear[around][known] + 1e-6)
        whole[y, x] = expected + (_wrapped(off_mm[y, x] - expected, period) if clear[y, x] else 0)
        done[y, x], edge[y, x] = True, 0


def _smooth(off_mm: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """Fit a smooth surface to the tiles' offsets, on their lattice and one ring around it: a reweighted thin plate."""
    rows, columns = clear.shape[0] + 2, clear.shape[1] + 2
    number = np.arange(rows * columns).reshape(rows, columns)
    inner = number[1:-1, 1:-1].ravel()
    bends = np.zeros((rows * columns, rows * columns))
    for lines in (number, number.T):
        first, middle, last = (part.ravel() for part in (lines[:-2], lines[1:-1], lines[2:]))
        rule = np.zeros((first.size, rows * columns))
        every = np.arange(first.size)
        rule[every, first], rule[every, middle], rule[every, last] = 1, -2, 1
        bends += rule.T @ rule
    twist = np.zeros(((rows - 1) * (columns - 1), rows * columns))
    every = np.arange(len(twist))
    for sign, part in ((1, number[:-1, :-1]), (-1, number[:-1, 1:]), (-1, number[1:, :-1]), (1, number[1:, 1:])):
        twist[every, part.ravel()] = sign
    bends += 2 * twist.T @ twist
    target = off_mm.reshape(-1, 2)
    weight = clear.ravel() ** 2
    surface = np.zeros((rows * columns, 2))
    trust = weight.copy()
    for _ in range(SHEET.smoothing_rounds):
        normal = SHEET.stiffness * bends + 1e-6 * np.eye(rows * columns)
        normal[inner, inner] += trust
        right = np.zeros((rows * columns, 2))
        right[inner] = target * trust[:, None]
        surface = np.linalg.solve(normal, right)
        off = np.hypot(*(surface[inner] - target).T)
        trust = weight / (1 + (off / SHEET.agrees_mm) ** 2)
    return surface.reshape(rows, columns, 2)
