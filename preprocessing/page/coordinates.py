"""Coordinates: from pixels of a page to pixels of its picture and back, through paper that is turned, tilted or bent.

Points are arrays of shape (n, 2), x before y, float. Whole numbers are the centres of pixels; (0, 0) is the centre of
the top left one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy

from preprocessing.page.grid_config import SHEET


@dataclass(frozen=True)
class Turn:
    """How a page was turned upright: by quarter turns counter-clockwise, then mirrored left to right or not.

    Examples
    --------
    >>> Turn(1).applied(np.array([[1, 2, 3]])).tolist()
    [[3], [2], [1]]
    >>> Turn(1).undone(np.array([[0, 2]]), shape=(3, 1)).tolist()
    [[0.0, 0.0]]
    """

    quarters: int = 0
    mirrored: bool = False

    def applied(self, picture: np.ndarray) -> np.ndarray:
        """Turn a picture, shape (rows, columns, ...)."""
        upright = np.rot90(picture, self.quarters)
        return np.ascontiguousarray(upright[:, ::-1] if self.mirrored else upright)

    def undone(self, points_px: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Map pixels of the turned picture, whose (rows, columns) are `shape`, to pixels of the picture before."""
        last_y, last_x = shape[0] - 1, shape[1] - 1
        x, y = np.asarray(points_px, dtype=float).T
        x = last_x - x if self.mirrored else x
        before = {0: (x, y), 1: (last_y - y, x), 2: (last_x - x, last_y - y), 3: (y, last_x - x)}
        return np.column_stack(before[self.quarters % 4])

    def redone(self, points_px: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Map pixels of the picture before to pixels of the turned picture, whose (rows, columns) are `shape`."""
        last_y, last_x = shape[0] - 1, shape[1] - 1
        x, y = np.asarray(points_px, dtype=float).T
        after = {0: (x, y), 1: (y, last_y - x), 2: (last_x - x, last_y - y), 3: (last_x - y, x)}
        x, y = after[self.quarters % 4]
        return np.column_stack([last_x - x if self.mirrored else x, y])


# As found: not turned at all.
UPRIGHT = Turn()


def projected(homography: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Apply a homography, given as its first eight entries (the ninth is 1), to points, shape (n, 2).

    Examples
    --------
    >>> projected(np.array([2, 0, 1, 0, 2, 0, 0, 0]), np.array([[3.0, 4.0]])).tolist()
    [[7.0, 8.0]]
    """
    x, y = points.T
    depth = homography[6] * x + homography[7] * y + 1
    across = homography[0] * x + homography[1] * y + homography[2]
    down = homography[3] * x + homography[4] * y + homography[5]
    return np.column_stack([across / depth, down / depth])


@dataclass(frozen=True)
class Sheet:
    """Paper in a picture: a flat sheet seen by a camera, plus its bends and folds.

    Attributes
    ----------
    centre_px : tuple of float
        x and y of the picture's centre. Points relative to it, divided by `reach_px`, are about -1 to 1.
    reach_px : float
        Half the picture's longer side.
    flat : ndarray, shape (8,)
        Homography from those numbers to millimetres on the paper, without its last entry, which is 1.
    x, y : ndarray, float
        Columns and rows of the lattice on which the bends are known, in pixels, evenly spaced.
    bend_mm : ndarray, shape (y.size, x.size, 2)
        What the bends add to the flat sheet.
    agreeing : float
        Share of the tiles with a grid whose lines lie where the sheet has them, in [0, 1].
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
        """Map pixels of the picture to millimetres on the paper."""
        flat_mm = projected(self.flat, (points_px - self.centre_px) / self.reach_px)
        return np.asarray(flat_mm + self._bent_mm(points_px))

    def px_of(self, points_mm: np.ndarray) -> np.ndarray:
        """Map millimetres on the paper to pixels of the picture."""
        # Imported here: the app's first page needs no transform.
        from skimage.transform import ProjectiveTransform

        forward = np.append(self.flat, 1.0).reshape(3, 3)
        backward = ProjectiveTransform(np.linalg.inv(forward))  # type: ignore[no-untyped-call]  # skimage has no types
        target = np.asarray(points_mm, dtype=np.float64)
        aim = target
        # Fixed-point iteration: bends are small and smooth, so what they add at a place is taken off the target and
        # the place is computed again.
        for _ in range(SHEET.inverse_steps):
            place: np.ndarray = backward(aim) * self.reach_px + self.centre_px
            aim = target - self._bent_mm(place)
        return place

    def _bent_mm(self, points_px: np.ndarray) -> np.ndarray:
        steps = [(axis[-1] - axis[0]) / (axis.size - 1) for axis in (self.y, self.x)]
        places = [(points_px[:, 1] - self.y[0]) / steps[0], (points_px[:, 0] - self.x[0]) / steps[1]]
        bent = [
            scipy.ndimage.map_coordinates(self._spline[..., axis], places, order=3, mode="nearest", prefilter=False)
            for axis in (0, 1)
        ]
        return np.column_stack(bent)


@dataclass(frozen=True)
class Flattening:
    """How the flat page was resampled from the picture.

    Attributes
    ----------
    sheet : Sheet
        The paper as a reduced copy of the picture shows it.
    reduced_by : float
        How many times smaller that copy is.
    origin_mm : tuple of float
        Millimetres on the paper at the page's top left pixel, x and y.
    px_per_mm : float
        Of the page.
    width, height : int
        Of the page, in pixels.
    """

    sheet: Sheet
    reduced_by: float
    origin_mm: tuple[float, float]
    px_per_mm: float
    width: int
    height: int

    def to_picture(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the flat page to pixels of the picture."""
        reduced = self.sheet.px_of(points_px / self.px_per_mm + np.array(self.origin_mm))
        return np.asarray((reduced + 0.5) * self.reduced_by - 0.5)

    def to_page(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the picture to pixels of the flat page."""
        reduced = (np.asarray(points_px, dtype=float) + 0.5) / self.reduced_by - 0.5
        return np.asarray((self.sheet.mm_of(reduced) - np.array(self.origin_mm)) * self.px_per_mm)

    @property
    def turn_deg(self) -> float:
        """By how much the middle of the paper is turned in the picture, clockwise."""
        x, y = self.width / 2, self.height / 2
        left, right = self.to_picture(np.array([(x - 50, y), (x + 50, y)]))
        return float(np.rad2deg(np.arctan2(right[1] - left[1], right[0] - left[0])))


def clockwise_from_top_left(corners_px: np.ndarray) -> np.ndarray:
    """Return the order, shape (4,), in which a picture shows a quadrilateral's corners clockwise from its top left.

    Parameters
    ----------
    corners_px : ndarray, shape (4, 2)
        Neighbours follow each other, either way round.

    Examples
    --------
    >>> clockwise_from_top_left(np.array([[9, 0], [0, 0], [0, 5], [9, 5]])).tolist()
    [1, 0, 3, 2]
    """
    order = np.arange(len(corners_px))
    following = np.roll(corners_px, -1, axis=0)
    area = np.sum(corners_px[:, 0] * following[:, 1] - following[:, 0] * corners_px[:, 1])
    if area < 0:
        order = order[::-1]
    sides = np.roll(corners_px[order], -1, axis=0) - corners_px[order]
    # The side that runs most nearly to the right is the upper one.
    top = int(np.argmax(sides[:, 0] / np.hypot(*sides.T)))
    return np.roll(order, -top)


def along_sides(corners_px: np.ndarray, pieces: int) -> np.ndarray:
    """Return points along the sides between corners, shape (len(corners_px) * pieces, 2), each corner among them.

    A straight side of the page bends in the picture as the paper does: mapped point by point, its bend is seen.

    Examples
    --------
    >>> along_sides(np.array([[0.0, 0.0], [4.0, 0.0]]), 2).tolist()
    [[0.0, 0.0], [2.0, 0.0], [4.0, 0.0], [2.0, 0.0]]
    """
    share = np.arange(pieces)[:, None] / pieces
    following = np.roll(corners_px, -1, axis=0)
    return np.concatenate([start + share * (end - start) for start, end in zip(corners_px, following, strict=True)])
