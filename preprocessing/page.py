"""The page as paper: its grey picture and how many pixels make a millimetre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.errors import EcgImageError, Notice
from preprocessing.grid import find_grid
from preprocessing.ink import INK_LEVEL

GRAY_WEIGHTS = (0.2125, 0.7154, 0.0721)
# Below this many pixels a millimetre a QRS complex is one or two pixels wide.
LEAST_WIDTH_PX, LEAST_HEIGHT_PX = 480, 240
# What A4 paper turned sideways measures, for a page on which nothing says the scale.
A4_WIDTH_MM = 297.0
STRIPS = 12


@dataclass(frozen=True)
class Page:
    """An upright page.

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
        By how much the page was turned before reading, clockwise.
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
    notices: tuple[Notice, ...] = ()

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
    """Measure the paper of an upright page.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Raises
    ------
    EcgImageError
        ``too_small`` when twelve leads cannot be told apart in so few pixels.
    """
    height, width = rgb.shape[:2]
    if width < LEAST_WIDTH_PX or height < LEAST_HEIGHT_PX:
        raise EcgImageError(
            "too_small",
            f"The picture is {width} x {height} pixels, and a whole 12-lead page needs at least "
            f"{LEAST_WIDTH_PX} x {LEAST_HEIGHT_PX}; scan or photograph it again in more detail.",
        )
    # The grid lives in the darkest channel: a red line is as bright as paper in the red one.
    darkest = np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    is_paper = darkest >= np.uint8(INK_LEVEL * 255)
    darkness = np.where(is_paper, 255 - darkest, np.uint8(0))
    grid = find_grid(strip_profiles(darkness, is_paper), strip_profiles(darkness.T, is_paper.T))
    if grid.found:
        return Page(rgb, grid.px_per_mm_x, grid.px_per_mm_y, "grid")
    assumed = width / A4_WIDTH_MM
    return Page(rgb, assumed, assumed, "assumed")


def strip_profiles(darkness: np.ndarray, is_paper: np.ndarray) -> np.ndarray:
    """Average the paper's darkness over the rows of each of `STRIPS` strips, one above the other.

    Returns
    -------
    ndarray, shape (STRIPS, columns), float64
    """
    starts = np.linspace(0, darkness.shape[0], STRIPS, endpoint=False).astype(int)
    sums = np.add.reduceat(darkness, starts, axis=0, dtype=np.float64)
    return sums / np.maximum(np.add.reduceat(is_paper, starts, axis=0, dtype=np.float64), 1)
