"""The page as paper: its grey picture and how many pixels make a millimetre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from preprocessing.errors import EcgImageError, Notice
from preprocessing.page.flattening import Flattening, evenly_lit, find_flattening, flattened
from preprocessing.page.ink import ink_amount
from preprocessing.page.upright_grid import measured_grid

GRAY_WEIGHTS = (0.2125, 0.7154, 0.0721)
# Below this many pixels a millimetre a QRS complex is one or two pixels wide.
LEAST_WIDTH_PX, LEAST_HEIGHT_PX = 480, 240
# No page is so long and low.
STRIP_SHAPE = 4
# What A4 paper turned sideways measures, for a page on which nothing says the scale.
A4_WIDTH_MM = 297.0
# Lines that stray less than this are those of a flat, upright page.
FLAT_MM, ASKEW_MM = 0.3, 1.0
# A grid laid flat stands out like this; a sheet fitted to a regular heart on plain paper does not.
LAID_FLAT = 4.5


@dataclass(frozen=True)
class Turn:
    """How a page was turned to be upright: by quarters to the left, and then maybe over, left for right."""

    quarters: int = 0
    mirrored: bool = False

    def applied(self, picture: np.ndarray) -> np.ndarray:
        """Turn a picture, shape (rows, columns, ...)."""
        upright = np.rot90(picture, self.quarters)
        return np.ascontiguousarray(upright[:, ::-1] if self.mirrored else upright)

    def undone(self, points_px: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Map pixels of a turned picture of that shape to pixels of the picture before, both (n, 2) of x, y."""
        last_y, last_x = shape[0] - 1, shape[1] - 1
        x, y = np.asarray(points_px, dtype=float).T
        x = last_x - x if self.mirrored else x
        before = {0: (x, y), 1: (last_y - y, x), 2: (last_x - x, last_y - y), 3: (y, last_x - x)}
        return np.column_stack(before[self.quarters % 4])


@dataclass(frozen=True)
class Page:
    """An upright, flat page.

    Attributes
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
    px_per_mm_x, px_per_mm_y : float
        Pixels in a millimetre of paper along each axis.
    scale_from : str
        ``grid`` when measured there, ``columns`` when taken from the length of the leads' columns, ``assumed``
        when nothing says it.
    speed_mm_s, gain_mm_mv : float
        Paper speed and gain. `speed_from` is ``columns`` when the columns of a page of ten seconds have the
        length that goes with it, `gain_from` is ``pulse`` when the calibration pulse has the height that goes
        with it; else they are ``assumed``.
    rotation_deg : float
        By how much the page is turned in the picture, clockwise.
    flattening : Flattening or None
        How the page was laid flat; None where the picture itself is the page.
    turn : Turn
        How it was turned after that.
    grid_strength : float or None
        How far the teeth of its comb stand above the spectrum around them, along the weaker axis; 1 is nothing, None
        where the scale is not the grid's.
    notices : tuple of Notice
    """

    rgb: np.ndarray
    px_per_mm_x: float
    px_per_mm_y: float
    scale_from: str
    speed_mm_s: float = 25.0
    gain_mm_mv: float = 10.0
    speed_from: str = "assumed"
    gain_from: str = "assumed"
    rotation_deg: float = 0.0
    flattening: Flattening | None = None
    turn: Turn = Turn()
    grid_strength: float | None = None
    notices: tuple[Notice, ...] = ()

    def original_of(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the page to pixels of the picture, both (n, 2) of x, y."""
        points_px = self.turn.undone(points_px, self.rgb.shape[:2])
        return points_px if self.flattening is None else self.flattening.original_of(points_px)

    @cached_property
    def ink(self) -> np.ndarray:
        """The share of each pixel that print covers, shape (rows, columns), float32 in [0, 1]."""
        return ink_amount(self.rgb, self.px_per_mm_x)

    def told(self, **facts: object) -> Page:
        """Return the page with other facts; its ink, which does not depend on them, goes along."""
        page = replace(self, **facts)  # type: ignore[arg-type]
        if "ink" in self.__dict__:
            page.__dict__["ink"] = self.ink
        return page

    @property
    def gray(self) -> np.ndarray:
        """The page as grey, shape (rows, columns), float32 in [0, 1]."""
        return gray_of(self.rgb)


def gray_of(rgb: np.ndarray) -> np.ndarray:
    """Weight red, green and blue into one grey value a pixel.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 1]
    """
    red, green, blue = (np.float32(weight / 255) for weight in GRAY_WEIGHTS)
    gray = rgb[..., 0] * red
    gray += rgb[..., 1] * green
    gray += rgb[..., 2] * blue
    return np.minimum(gray, np.float32(1.0), out=gray)


def find_page(rgb: np.ndarray) -> Page:
    """Find the sheet of paper in a picture, lay it flat where it is not, and measure it.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Raises
    ------
    EcgImageError
        ``too_small`` when twelve leads cannot be told apart in so few pixels, ``not_12_lead`` for the shape of a strip.
    """
    height, width = rgb.shape[:2]
    long, short = max(width, height), min(width, height)
    if short < LEAST_HEIGHT_PX and long > STRIP_SHAPE * short:
        raise EcgImageError(
            "not_12_lead",
            f"The picture is {width} x {height} pixels, the shape of a single strip; open the whole 12-lead page.",
        )
    if long < LEAST_WIDTH_PX or short < LEAST_HEIGHT_PX:
        raise EcgImageError(
            "too_small",
            f"The picture is {width} x {height} pixels, and a whole 12-lead page needs at least "
            f"{LEAST_WIDTH_PX} x {LEAST_HEIGHT_PX}; scan or photograph it again in more detail.",
        )
    grid, drift_mm = measured_grid(rgb)
    if drift_mm < FLAT_MM:
        return Page(evenly_lit(rgb), grid.px_per_mm_x, grid.px_per_mm_y, "grid", grid_strength=grid.strength)
    flattening = find_flattening(rgb)
    if flattening is not None:
        flat = evenly_lit(flattened(rgb, flattening))
        flat_grid, _ = measured_grid(flat)
        even = (flat_grid.strength_x * flat_grid.strength_y) ** 0.5 > LAID_FLAT
        if flat_grid.found and even and abs(flat_grid.px_per_mm_x / flattening.px_per_mm - 1) < 0.03:
            scale = flat_grid.px_per_mm_x, flat_grid.px_per_mm_y
            strength = flat_grid.strength
            return Page(
                flat, *scale, "grid", rotation_deg=flattening.turn_deg, flattening=flattening, grid_strength=strength
            )
    if np.isfinite(drift_mm):
        notices = (_ASKEW,) if drift_mm > ASKEW_MM else ()
        scale = grid.px_per_mm_x, grid.px_per_mm_y
        return Page(evenly_lit(rgb), *scale, "grid", grid_strength=grid.strength, notices=notices)
    # A comb that cannot be followed over the page may be that of the rows of trace, or of a regular heart.
    assumed = width / A4_WIDTH_MM
    return Page(evenly_lit(rgb), assumed, assumed, "assumed")


_ASKEW = Notice(
    "page_askew",
    "The page lies askew or bent in the picture and could not be laid flat; times and voltages may be off.",
)
