"""Where each point of a picture lies on the paper, in millimetres, fitted to the grid's own phase."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import scipy

from preprocessing.page.grid import SQUARE_MM, TEETH, offsets_of
from preprocessing.page.tiles import GridWaves

# The flat sheet's fit begins in the middle, where perspective bends the grid least, and grows from there.
REACHES = (0.3, 0.45, 0.65, 0.85, 1.5)
LEAST_FOR_FLAT = 8
# Then the bends and folds are fitted, and once more where their lines have become clearer.
BEND_STEPS = 2
# How much a bend between neighbouring tiles counts against lines that lie off; both in millimetres.
STIFFNESS = 0.15
# A tile agrees with the fit when its lines lie within this of their places.
AGREES_MM = 0.6


@dataclass(frozen=True)
class Sheet:
    """The paper in a picture: a flat sheet seen by a camera, and its bends and folds.

    Attributes
    ----------
    centre_px : tuple of float
        x and y of the picture's centre; `reach_px` is half its longer side. Both make pixels small numbers.
    flat : ndarray, shape (8,)
        Homography from those numbers to millimetres, its last entry 1.
    x, y : ndarray, float
        Columns and rows of the lattice on which the bends are known, in pixels, evenly spread.
    bend_mm : ndarray, shape (y.size, x.size, 2)
        What the bends add to the flat sheet.
    agreeing : float
        Share of the tiles with a grid whose lines lie where they should.
    residual_mm : float
        Median distance of those lines from their places.
    """

    centre_px: tuple[float, float]
    reach_px: float
    flat: np.ndarray
    x: np.ndarray
    y: np.ndarray
    bend_mm: np.ndarray
    agreeing: float = 0.0
    residual_mm: float = np.inf
    _spline: np.ndarray = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spline = np.stack(
            [scipy.ndimage.spline_filter(self.bend_mm[..., axis], order=3, mode="nearest") for axis in (0, 1)], axis=-1
        )
        object.__setattr__(self, "_spline", spline)

    def mm_of(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the picture to millimetres on the paper, both (n, 2) of x, y."""
        return self._flat_mm(points_px) + self._bent_mm(points_px)

    def px_of(self, points_mm: np.ndarray) -> np.ndarray:
        """Map millimetres on the paper to pixels of the picture, both (n, 2) of x, y."""
        backward = np.linalg.inv(np.append(self.flat, 1.0).reshape(3, 3))
        target = np.asarray(points_mm, dtype=np.float64)
        aim = target
        # The bends are small and smooth: what they add at a place is taken off the aim, and the place found again.
        for _ in range(8):
            seen = np.column_stack([aim, np.ones(len(aim))]) @ backward.T
            place = seen[:, :2] / seen[:, 2:] * self.reach_px + self.centre_px
            aim = target - self._bent_mm(place)
        return place

    def _flat_mm(self, points_px: np.ndarray) -> np.ndarray:
        return _projected_mm(self.flat, (points_px - self.centre_px) / self.reach_px)

    def _bent_mm(self, points_px: np.ndarray) -> np.ndarray:
        steps = [(axis[-1] - axis[0]) / (axis.size - 1) for axis in (self.y, self.x)]
        places = [(points_px[:, 1] - self.y[0]) / steps[0], (points_px[:, 0] - self.x[0]) / steps[1]]
        bent = [
            scipy.ndimage.map_coordinates(self._spline[..., axis], places, order=3, mode="nearest", prefilter=False)
            for axis in (0, 1)
        ]
        return np.column_stack(bent)


def _projected_mm(flat: np.ndarray, points: np.ndarray) -> np.ndarray:
    x, y = points.T
    depth = flat[6] * x + flat[7] * y + 1
    across, down = flat[0] * x + flat[1] * y + flat[2], flat[3] * x + flat[4] * y + flat[5]
    return np.column_stack([across / depth, down / depth])


def fit_sheet(waves: GridWaves, rows: int, columns: int) -> Sheet:
    """Fit the sheet to the grid of a picture of so many rows and columns, from its waves in the tiles."""
    x_px, y_px = _ringed(waves.x), _ringed(waves.y)
    bends = np.zeros((y_px.size, x_px.size, 2))
    centre = ((columns - 1) / 2, (rows - 1) / 2)
    places = np.stack(np.meshgrid(waves.x, waves.y), axis=-1)
    seen = waves.weight > 0
    reach = max(rows, columns) / 2
    near = (places - centre) / reach
    sheet = Sheet(centre, reach, _from_waves(waves, near, seen), x_px, y_px, bends)
    far = np.hypot(near[..., 0], near[..., 1])
    for radius in REACHES:
        chosen = seen & (far <= max(radius, np.sort(far[seen])[:LEAST_FOR_FLAT].max()))
        off_mm, clear = _off_by(sheet, waves, places, chosen)
        sheet = replace(sheet, flat=_moved(sheet.flat, near[chosen], off_mm[chosen], clear[chosen]))
    for _ in range(BEND_STEPS):
        off_mm, clear = _off_by(sheet, waves, places, seen)
        sheet = replace(sheet, bend_mm=sheet.bend_mm - _smooth(_unwrapped(off_mm, clear), clear))
    off_mm, clear = _off_by(sheet, waves, places, seen)
    off = np.abs(off_mm[seen]).max(axis=1)
    agrees = off < AGREES_MM
    residual = float(np.median(off[agrees])) if agrees.any() else np.inf
    return replace(sheet, agreeing=float(np.average(agrees, weights=clear[seen])), residual_mm=residual)


def _ringed(axis_px: np.ndarray) -> np.ndarray:
    """Add a place before and one behind."""
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
        return ((expected - slopes) * weight).ravel()

    a, b, c, d, g, h = scipy.optimize.least_squares(
        residuals, [*np.median(slopes, axis=0), 0, 0], loss="soft_l1", f_scale=0.01
    ).x
    return np.array([a, b, 0.0, c, d, 0.0, g, h])


def _off_by(sheet: Sheet, waves: GridWaves, places: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return by how many millimetres each tile's lines lie off their places, (rows, columns, 2), and how clearly.

    In a tile the paper is taken as flat, so that the spectrum at the teeth is one product along x and one along y.
    """
    tiles, at = waves.tiles[chosen], places[chosen]
    along = np.arange(tiles.shape[1], dtype=np.float32) - (tiles.shape[1] - 1) / 2
    here, right, below = (sheet.mm_of(at + step) for step in ((0, 0), (1, 0), (0, 1)))
    cycles = -2 * np.pi / SQUARE_MM * np.array(TEETH)
    off, clear = np.zeros((*chosen.shape, 2)), np.zeros((*chosen.shape, 2))
    for axis in (0, 1):
        over_x = np.exp(1j * cycles * (right - here)[:, axis, None, None] * along[:, None]).astype(np.complex64)
        over_y = np.exp(1j * cycles * (below - here)[:, axis, None, None] * along[:, None]).astype(np.complex64)
        half = tiles @ np.concatenate([over_x.real, over_x.imag], axis=2)
        half = half[..., : len(TEETH)] + 1j * half[..., len(TEETH) :]
        lines = np.sum(half * over_y, axis=1) * np.exp(1j * cycles * here[:, axis, None])
        off[chosen, axis], clear[chosen, axis] = offsets_of(lines)
    return off, clear.min(axis=2)


def _moved(flat: np.ndarray, near: np.ndarray, off_mm: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """Move the flat sheet so that the lines come to lie in their places; what does not follow counts little."""
    # Off by half a square this way is off by half a square the other way: both are taken to the side of the rest.
    common = np.angle(np.mean(np.exp(2j * np.pi / SQUARE_MM * off_mm), axis=0)) * SQUARE_MM / (2 * np.pi)
    target = _projected_mm(flat, near) - (common + _wrapped(off_mm - common))
    root = np.sqrt(clear)[:, None]

    def residuals(free: np.ndarray) -> np.ndarray:
        return ((_projected_mm(free, near) - target) * root).ravel()

    return scipy.optimize.least_squares(residuals, flat, loss="soft_l1", f_scale=0.15, x_scale="jac").x


def _wrapped(mm: np.ndarray) -> np.ndarray:
    return (mm + SQUARE_MM / 2) % SQUARE_MM - SQUARE_MM / 2


def _unwrapped(off_mm: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """Add whole squares so that neighbours agree, from the clearest tile outwards and by clear tiles first."""
    rows, columns = clear.shape
    whole = off_mm.copy()
    done = np.zeros(clear.shape, dtype=bool)
    y, x = np.unravel_index(int(clear.argmax()), clear.shape)
    done[y, x] = True
    edge = np.zeros(clear.shape)
    while True:
        for i, j in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            if 0 <= y + i < rows and 0 <= x + j < columns and not done[y + i, x + j]:
                edge[y + i, x + j] = clear[y + i, x + j] + 1e-9
        if not edge.any():
            return whole
        y, x = np.unravel_index(int(edge.argmax()), clear.shape)
        around = (slice(max(y - 1, 0), y + 2), slice(max(x - 1, 0), x + 2))
        known = done[around]
        expected = np.average(whole[around][known], axis=0, weights=clear[around][known] + 1e-6)
        whole[y, x] = expected + (_wrapped(off_mm[y, x] - expected) if clear[y, x] else 0)
        done[y, x], edge[y, x] = True, 0


def _smooth(off_mm: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """Lay the stiffest surface that follows the tiles, on their lattice and one ring around it."""
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
    for _ in range(4):
        normal = STIFFNESS * bends + 1e-6 * np.eye(rows * columns)
        normal[inner, inner] += trust
        right = np.zeros((rows * columns, 2))
        right[inner] = target * trust[:, None]
        surface = np.linalg.solve(normal, right)
        off = np.hypot(*(surface[inner] - target).T)
        trust = weight / (1 + (off / AGREES_MM) ** 2)
    return surface.reshape(rows, columns, 2)
